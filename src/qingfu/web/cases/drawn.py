"""The draw of a panel beside its case: its number, what a verifier says of it, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from qingfu.records.disclosures.queries import standing
from qingfu.records.draws.queries import CallLine, call_list, may_hold
from qingfu.records.enactment.queries import DrawnPanel, drawn_panels
from qingfu.web.desk import Desk
from qingfu.web.draws.wording import VERDICTS, Verdict


@dataclass(frozen=True)
class ShownDraw:
    """The draw that stands for a panel; ``href`` is empty for those who may read neither it nor a public copy."""

    draw: int
    number: str
    state: str
    href: str
    verdict: Verdict | None
    tickets: Mapping[int, str]
    mine: bool


@dataclass(frozen=True)
class Seating:
    """Who is in turn: reached, still to be called, lost; and who of them sits on the panel already.

    ``exhausted``: the kinds of which nobody is left to follow.
    """

    reached: tuple[CallLine, ...]
    uncalled: tuple[CallLine, ...]
    lost: tuple[CallLine, ...]
    seated: frozenset[int]
    exhausted: tuple[str, ...]

    @property
    def fresh(self) -> tuple[CallLine, ...]:
        """Reached and not asked yet."""
        return tuple(line for line in self.reached if line.ticket.person not in self.seated)

    @property
    def fresh_uncalled(self) -> tuple[CallLine, ...]:
        return tuple(line for line in self.uncalled if line.ticket.person not in self.seated)


def shown_draws(desk: Desk, run: int) -> dict[str, ShownDraw]:
    """The draws that stand for a case, by step."""
    return {step: _shown(desk, one) for step, one in drawn_panels(desk.actor, run).items()}


def _shown(desk: Desk, one: DrawnPanel) -> ShownDraw:
    return ShownDraw(
        one.draw, one.number, one.state, _href(desk, one), VERDICTS.get(one.verdict), one.tickets, one.mine
    )  # fmt: skip


def _href(desk: Desk, one: DrawnPanel) -> str:
    if one.mine:
        return reverse("draw", args=[one.draw])
    if desk.post is not None and standing(desk.actor, key=f"draw:{one.number}") is not None:
        return reverse("portal-draw", kwargs={"bureau": desk.post.bureau.slug, "number": one.number})
    return ""


def seating(desk: Desk, one: ShownDraw, seated: frozenset[int]) -> Seating | None:
    """The call list of a draw that was run, for whoever holds it."""
    if one.state != "drawn" or not one.mine:
        return None
    found = call_list(desk.actor, one.draw)
    lines = found.lines
    return Seating(
        reached=tuple(line for line in lines if line.standing == "reached"),
        uncalled=tuple(line for line in lines if line.standing in ("waiting", "tried")),
        lost=tuple(line for line in lines if line.standing not in ("waiting", "tried", "reached")),
        seated=seated, exhausted=tuple(" · ".join(marks) for marks in found.exhausted),
    )  # fmt: skip


def may_draw(desk: Desk) -> bool:
    """Whether a draw can be held from this post at all."""
    return may_hold(desk.actor)
