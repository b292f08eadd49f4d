"""The form of a draw and its preview: which of the two is shown, and what every kind of draw says of its circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.draw.notice import PublicNumber
from qingfu.base.errors import Invalid, QingfuError
from qingfu.records.plans.queries import InForce
from qingfu.web.desk import Desk
from qingfu.web.parts import Fact
from qingfu.web.spoken import numbers


class Asking(Protocol):
    """A draw as it is asked for, of whatever kind."""

    def text(self, name: str) -> str:
        """What was typed into a field."""

    def plan(self, desk: Desk) -> tuple[InForce | None, str]:
        """The plan and the key of its draw, where one was chosen."""

    @property
    def alone(self) -> bool: ...


A = TypeVar("A", bound=Asking)
Show = Callable[[Desk, A], HttpResponse]


def form_or_preview(
    desk: Desk, *, begun: Callable[[Desk], A], sent: Callable[[Desk], A], form: Show[A], preview: Show[A]
) -> HttpResponse:
    """The form, as it was filled in; after an act that was refused on the preview, the preview again."""
    if not desk.posted:
        return form(desk, begun(desk))
    if desk.request.POST.get("stage") == "preview":
        try:
            return preview(desk, sent(desk))
        except QingfuError as error:
            desk.error = desk.error or error
    try:
        asked = sent(desk)
    except Invalid:
        asked = begun(desk)
    return form(desk, asked)


def named_exclusions(desk: Desk, asked: Asking) -> tuple[str, ...]:
    """Who must be left out in the words of the plan; the panel of a case has bars of its own."""
    plan, key = asked.plan(desk)
    return plan.pack.draws[key].excludes if plan is not None and not asked.text("case") else ()


def exclusion_facts(named: Sequence[str], reasons: Sequence[str]) -> list[Fact]:
    """How many are left out for each reason the plan names, 0 too, and for how many nothing of it was said."""
    if not named:
        return []
    counted = Counter(reasons)
    facts = [Fact(_("The plan leaves out"), "", lines=tuple(f"{one}（{counted.pop(one, 0)}）" for one in named))]
    others = counted.total()
    return [*facts, Fact(_("Left out for another reason"), str(others), zh=False)] if others else facts


def circle_facts(desk: Desk, asked: Asking, number: PublicNumber | None) -> list[Fact]:
    """Under which clause it is drawn, before whom, with which public number, and whether it only rehearses."""
    plan, _key = asked.plan(desk)
    facts = []
    if asked.text("clause"):
        facts.append(Fact(_("Clause"), plan.title if plan else "", clause=numbers(asked.text("clause"))))
    facts.append(Fact(_("Witnesses"), _("None: replayable only") if asked.alone else _("By phone"), zh=False))
    if number:
        facts.append(Fact(_("Public number"), f"{number.source} {number.issue}"))
    if asked.text("rehearsal") == "yes":
        facts.append(Fact(_("Rehearsal"), _("It can never be the draw."), zh=False))
    return facts
