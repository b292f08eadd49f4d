"""What the drawn classes say of all: the share of class-days that break a limit, between what it surely lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import Estimate
from qingfu.records.plans.queries import InForce, sees_all
from qingfu.rules import sentences
from qingfu.rules.phrases import WHOLE
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import NO_TERM, chosen_term
from qingfu.web.parts import Cell, Table
from qingfu.web.pictures.index import ROOM

# The whole width of a drawing stands for one of these shares, in hundredths.
WIDTHS = (10, 20, 50, 100)
TICKS = 5


@dataclass(frozen=True)
class Whisker:
    """One stage under one limit, drawn: places in hundredths of the width, and the same in a sentence."""

    stage: str
    says: str
    low: str
    high: str
    share: str
    of_told: str


@dataclass(frozen=True)
class OfLimit:
    """A limit with what is estimated of each stage; ``ticks`` are the marks under the drawing."""

    rule: str
    whiskers: tuple[Whisker, ...]
    ticks: tuple[tuple[str, str], ...]
    table: Table


@page(ROOM)
def estimate(desk: Desk) -> HttpResponse:
    """For the bureau side of each plan with limits."""
    plans = [plan for plan in queries.judging_plans(desk.actor) if sees_all(desk.actor, plan)]
    if not plans:
        raise NotAllowed(verb=Word(N_("see what is estimated from the drawn classes")), who=[])
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    if term is None:
        raise NotFound(what=_(NO_TERM))
    found = [(plan, queries.estimates(desk.actor, plan=plan, term=term, on=desk.today)) for plan in plans]
    return desk.show(
        "pictures/estimate.html", term=term, terms=known, path=desk.request.path,
        plans=[(plan, _limits(plan, some)) for plan, some in found if some],
    )  # fmt: skip


def _limits(plan: InForce, found: Sequence[Estimate]) -> list[OfLimit]:
    by_limit: dict[str, list[Estimate]] = {}
    for one in found:
        by_limit.setdefault(one.limit.name, []).append(one)
    return [_limit(some) for some in by_limit.values()]


def _limit(some: Sequence[Estimate]) -> OfLimit:
    highest = 100 * max(one.high for one in some)
    width = next(one for one in WIDTHS if one >= highest)
    ticks = tuple((f"{100 * n / TICKS:.0f}%", f"{width * n // TICKS}%") for n in range(TICKS + 1))
    whiskers = tuple(_whisker(one, width) for one in some)
    return OfLimit(sentences.rule(some[0].limit, _), whiskers, ticks, _table(some))


def _whisker(one: Estimate, width: int) -> Whisker:
    def place(share: float) -> str:
        return f"{100 * 100 * share / width:.1f}%"

    share = one.over / one.told if one.told else one.low
    return Whisker(
        _(WHOLE[one.stage]), _said(one), place(one.low), place(one.high), place(share), f"{one.over}/{one.told}"
    )  # fmt: skip


def _said(one: Estimate) -> str:
    facts = {
        "asked": one.asked,
        "told": one.told,
        "over": one.over,
        "low": _per_cent(one.low),
        "high": _per_cent(one.high),
    }
    return _(
        "{asked} class-days were drawn and {told} reported, {over} of them over the limit; the share over the limit "
        "lies between {low} and {high} (95%)."
    ).format(**facts)  # fmt: skip


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _table(some: Sequence[Estimate]) -> Table:
    heads = (_("Stage"), _("Class-days drawn"), _("Reported"), _("Over the limit"), _("At least"), _("At most"))
    rows = tuple(
        (
            Cell(_(WHOLE[one.stage])),
            *(Cell(str(n), number=True) for n in (one.asked, one.told, one.over)),
            *(Cell(_per_cent(share), number=True) for share in (one.low, one.high)),
        )
        for one in some
    )
    return Table(_("The same in figures"), heads, rows, frozenset(range(1, 6)))
