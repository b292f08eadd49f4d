"""How much written homework the county's classes have, by stage; what few schools make up is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import Bar, Distribution
from qingfu.records.monitoring.queries.pictures import SMALLEST
from qingfu.rules.phrases import WHOLE
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import NO_TERM, chosen_term
from qingfu.web.pictures.index import ROOM


@dataclass(frozen=True)
class Drawn:
    """One bar: whom it counts, how many (None: too few schools), and its length in hundredths of the longest."""

    says: str
    number: int | None
    width: str


@dataclass(frozen=True)
class Stage:
    """One stage and its bars; ``hidden`` where one of them is not shown."""

    says: str
    bars: tuple[Drawn, ...]
    classes: int
    schools: int
    hidden: bool


@page(ROOM)
def homework(desk: Desk) -> HttpResponse:
    """For the bureau side, and for schools, which may know the whole but never who."""
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    if term is None:
        raise NotFound(what=_(NO_TERM))
    found = queries.distributions(desk.actor, term_id=term.id)
    return desk.show(
        "pictures/county.html", term=term, terms=known, path=desk.request.path, smallest=SMALLEST,
        stages=[_stage(one) for one in found],
    )  # fmt: skip


def _stage(one: Distribution) -> Stage:
    most = max((bar.number or 0 for bar in one.bars), default=0)
    bars = tuple(
        Drawn(_says(bar), bar.number, f"{100 * (bar.number or 0) / most:.1f}%" if most else "0%") for bar in one.bars
    )
    return Stage(_(WHOLE[one.stage]), bars, one.classes, one.schools, any(bar.number is None for bar in one.bars))


def _says(bar: Bar) -> str:
    if bar.above is None:
        return _("none at all")
    if bar.to is None:
        return _("more than {n} minutes").format(n=bar.above)
    return _("{first} to {last} minutes").format(first=bar.above + 1, last=bar.to)
