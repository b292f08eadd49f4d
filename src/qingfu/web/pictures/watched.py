"""How the pupils with the lowest results change over the terms: a school's by grade, the county's by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotFound
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import Cohort, TermFigures
from qingfu.records.monitoring.queries.watching import FEWEST
from qingfu.rules.phrases import WHOLE, grades
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import NO_TERM, chosen_term, ground
from qingfu.web.pictures.index import ROOM
from qingfu.web.spoken import numbers

# Half of the drawing is for those who are no longer among them, half for those who are new.
HALF = 50


@dataclass(frozen=True)
class Change:
    """One term: numbers (None: not known, or not shown), and the two halves of its bar in hundredths of the width.

    ``kind`` is first (nothing before it is known), hidden (too few), or change.
    """

    kind: str
    term: str
    schools: int
    of: TermFigures
    gone_from: str
    gone: str
    come: str


@dataclass(frozen=True)
class Drawn:
    """One grade or stage over the terms."""

    says: str
    rows: tuple[Change, ...]


@page(ROOM)
def watched(desk: Desk, school: int, share: int) -> HttpResponse:
    """The grades of one school; for the school itself and for the bureau."""
    here = ground(desk, school)
    found = queries.watched_of_school(desk.actor, organ=school, share=share, term_id=here.term.id)
    watch = queries.watch_of(desk.actor, share)
    return desk.show(
        "pictures/watched.html", here=here, school=here.school, term=here.term, terms=here.terms, share=f"{share}%",
        path=desk.request.path, watch=watch, clause=numbers("、".join(watch.clause)), smallest=FEWEST,
        drawn=_drawn(found, lambda key: grades((key,), _)),
    )  # fmt: skip


@page(ROOM)
def county(desk: Desk, share: int) -> HttpResponse:
    """The stages of the county: whole for the bureau side, for schools without what tells of a few pupils."""
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    if term is None:
        raise NotFound(what=_(NO_TERM))
    watch, found = queries.watch_of(desk.actor, share), queries.watched_of_county(desk.actor, share=share)
    return desk.show(
        "pictures/watched.html", school=None, term=term, share=f"{share}%", watch=watch, smallest=FEWEST,
        clause=numbers("、".join(watch.clause)), drawn=_drawn(found, lambda key: _(WHOLE[key])),
        veiled=not queries.is_office(desk.actor),
    )  # fmt: skip


def _drawn(found: Iterable[Cohort], says: Callable[[str], str]) -> list[Drawn]:
    """All of them on one scale."""
    held = list(found)
    counts = (n for one in held for of in one.terms for n in (of.figures.gone, of.figures.come))
    most = max((n or 0 for n in counts), default=0)
    return [Drawn(says(one.key), tuple(_change(of, most) for of in one.terms)) for one in held]


def _change(of: TermFigures, most: int) -> Change:
    figures = of.figures

    def width(number: int | None) -> float:
        return HALF * (number or 0) / most if most else 0

    if figures.lowest is None:
        kind = "hidden"
    elif figures.gone is None:
        kind = "first" if figures.before is None and not of.veiled else "hidden"
    else:
        kind = "change"
    gone, come = width(figures.gone), width(figures.come)
    return Change(kind, of.term.name, of.schools, of, f"{HALF - gone:.1f}%", f"{gone:.1f}%", f"{come:.1f}%")
