"""The ceremony as the office leads it, step by step; the projector and the phones follow by themselves.

Every step is a verb of the register, so that a page that was closed, or a computer that went out, loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.base.words import N_
from qingfu.records.draws import actions as draw_actions
from qingfu.records.draws import queries as draw_queries
from qingfu.records.draws.queries import DrawView, MemberView
from qingfu.records.enactment import actions as enactment
from qingfu.records.placement import actions, queries
from qingfu.records.placement.queries import PlacementRow
from qingfu.web.desk import Desk, page
from qingfu.web.draws import typed
from qingfu.web.draws.polled import moved_on, standing
from qingfu.web.placement.wording import ROOM, charts, grouped, joined, row_says

STEPS = (N_("List frozen"), N_("Witnesses join"), N_("Shares dealt"), N_("Sealed"), N_("Classes drawn"))
_AT = {"frozen": 1, "dealing": 2, "sealed": 3, "drawn": 5, "void": 0}


@dataclass(frozen=True)
class Stage:
    """A draw on its way, the placement it belongs to, and whether it is a rehearsal."""

    row: PlacementRow
    draw: DrawView

    @property
    def rehearsal(self) -> bool:
        return self.draw.rehearsal

    @property
    def page(self) -> str:
        """The page that leads it."""
        if self.rehearsal:
            return reverse("placement-rehearsal", kwargs={"placement": self.row.id, "draw": self.draw.id})
        return reverse("placement-ceremony", kwargs={"placement": self.row.id})

    @property
    def screen(self) -> str:
        """The page for the projector."""
        if self.rehearsal:
            return reverse("placement-rehearsal-screen", kwargs={"placement": self.row.id, "draw": self.draw.id})
        return reverse("placement-screen", kwargs={"placement": self.row.id})

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The steps in order, each done, now or ahead."""
        at = _AT[self.draw.state]
        return [(_(says), "done" if n < at else "now" if n == at else "ahead") for n, says in enumerate(STEPS)]

    @property
    def witnesses(self) -> list[MemberView]:
        return [one for one in self.draw.members if one.role == "witness"]

    @property
    def undealt(self) -> list[str]:
        return [one.name for one in self.draw.members if not one.dealt]

    @property
    def missing(self) -> list[str]:
        """Whose share has not been told; what the register keeps is told when it is run."""
        return list(self.draw.missing) if self.draw.state == "sealed" else []

    @property
    def notice(self) -> tuple[str, ...]:
        return grouped(self.draw.notice_digest)

    @property
    def seal(self) -> tuple[str, ...]:
        return grouped(self.draw.seal)

    @property
    def record(self) -> tuple[str, ...]:
        return grouped(self.draw.record_digest)

    @property
    def to_take_over(self) -> bool:
        """The draw was run on its own page; the classes are still to be taken over."""
        return self.draw.state == "drawn" and not self.rehearsal and self.row.state == "frozen"


def staged(desk: Desk, placement: int, draw: int | None = None) -> Stage:
    """The draw of a placement, or one of its rehearsals. NotFound before the list was frozen."""
    row = queries.placement_row(desk.actor, placement)
    if draw is not None:
        queries.require_rehearsal(desk.actor, placement, draw)
    wanted = draw if draw is not None else row.draw
    if wanted is None:
        raise NotFound(what=str(placement))
    return Stage(row, draw_queries.draw(desk.actor, wanted))


def led(desk: Desk, placement: int, draw: int | None = None) -> Stage:
    """The same, for whoever leads it: the school itself."""
    found = staged(desk, placement, draw)
    if found.row.organ != desk.actor.organ or desk.actor.kind != "person":
        raise NotFound(what=str(placement))
    return found


def threshold_of(stage: Stage) -> int:
    """The majority of the circle."""
    return len(stage.draw.members) // 2 + 1


def lacks_number(desk: Desk, stage: Stage) -> bool:
    """Whether the public number that the notice names is still to be entered."""
    if stage.draw.notice.number is None or stage.draw.state != "sealed":
        return False
    return draw_queries.ceremony(desk.actor, stage.draw.id).number is None


def _page(desk: Desk, stage: Stage) -> HttpResponse:
    if (anew := moved_on(desk, stage.draw)) is not None:
        return anew
    circle, witnesses = len(stage.draw.members), len(stage.witnesses)
    done = queries.rehearsed(desk.actor, stage.row.id, stage.draw.id) if _shows_rehearsal(stage) else None
    return desk.show(
        "placement/ceremony.html", stage=stage, row=stage.row, draw=stage.draw, says=row_says(stage.row),
        stands=standing(stage.draw),
        witnesses=witnesses, threshold=desk.typed("threshold"),
        thresholds=[str(n) for n in range(2 if witnesses else 1, circle + 1)], weak=0 < witnesses < threshold_of(stage),
        lacks_number=lacks_number(desk, stage), missing=joined(stage.missing), undealt=joined(stage.undealt),
        dealt=circle - len(stage.undealt), circle=circle, verb=desk.request.POST.get("verb", ""),
        charts=charts(done.balances, done.labels) if done else (), labels=done.labels if done else (),
        unmet=[joined(pair) for pair in done.unmet] if done else [], values=desk.typed("values"),
    )  # fmt: skip


def _shows_rehearsal(stage: Stage) -> bool:
    return stage.rehearsal and stage.draw.state == "drawn"


@page(ROOM)
def ceremony(desk: Desk, placement: int) -> HttpResponse:
    """The step that is now, and what each button does."""
    return _page(desk, led(desk, placement))


@page(ROOM)
def rehearsal(desk: Desk, placement: int, draw: int) -> HttpResponse:
    """The same for a rehearsal, marked as one."""
    return _page(desk, led(desk, placement, draw))


def _close(desk: Desk, stage: Stage) -> str:
    draw_actions.close_circle(
        desk.actor, draw=stage.draw.id, threshold=typed.threshold(desk), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return _("The circle is closed. Every phone deals its share now.")


def _seal(desk: Desk, stage: Stage) -> str:
    draw_actions.seal(desk.actor, draw=stage.draw.id, client_id=desk.client_id, at=desk.at)
    return _("Sealed. Show the anchor on the screen before anybody reveals.")


def _open_missing(desk: Desk, stage: Stage) -> str:
    draw_actions.open_missing(desk.actor, draw=stage.draw.id, client_id=desk.client_id, at=desk.at)
    return _("The school's pieces are open; the outcome is the same whoever opens them.")


def _tell_number(desk: Desk, stage: Stage) -> str:
    draw_actions.tell_number(
        desk.actor, draw=stage.draw.id, values=typed.public_number(desk), client_id=desk.client_id, at=desk.at
    )  # fmt: skip
    return _("The public number is entered.")


def _run(desk: Desk, stage: Stage) -> str:
    if stage.rehearsal:
        draw_actions.run(desk.actor, draw=stage.draw.id, client_id=desk.client_id, at=desk.at)
        return _("Rehearsed. Nothing of it is the draw.")
    actions.draw_classes(desk.actor, placement=stage.row.id, client_id=desk.client_id, at=desk.at)
    return _("Drawn. The classes stand.")


def _give_up(desk: Desk, stage: Stage) -> str:
    reason = desk.request.POST.get("reason", "")
    if stage.rehearsal:
        draw_actions.void(desk.actor, draw=stage.draw.id, reason=reason, client_id=desk.client_id, at=desk.at)
        return _("The rehearsal is given up.")
    enactment.give_up(desk.actor, placement=stage.row.id, reason=reason, client_id=desk.client_id, at=desk.at)
    return _("It is void. The list is open again; the public reads why, and so does the next notice.")


ACTS = {
    "close-circle": _close, "seal": _seal, "open-missing": _open_missing, "tell-number": _tell_number, "run": _run,
    "give-up": _give_up,
}  # fmt: skip


def _offer(verb: str) -> None:
    done = ACTS[verb]

    def at_ceremony(desk: Desk, placement: int) -> HttpResponse:
        said = done(desk, led(desk, placement))
        if verb in ("run", "give-up"):
            return desk.go("placement", placement=placement, said=said)
        return desk.go("placement-ceremony", placement=placement, said=said)

    def at_rehearsal(desk: Desk, placement: int, draw: int) -> HttpResponse:
        said = done(desk, led(desk, placement, draw))
        return desk.go("placement-rehearsal", placement=placement, draw=draw, said=said)

    ceremony.act(verb)(at_ceremony)
    rehearsal.act(verb)(at_rehearsal)


for _verb in ACTS:
    _offer(_verb)
