"""School terms and classes: what every report and every judgement is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import Asking, SchoolClass
from qingfu.records.plans.models import Term
from qingfu.records.plans.queries import is_office
from qingfu.rules.grades import GRADES


@dataclass(frozen=True)
class TermView:
    """A school term; `asked_a_day` classes of each stage report their homework on a school day."""

    id: int
    name: str
    year: int
    from_on: date
    until_on: date
    asked_a_day: int


@dataclass(frozen=True)
class ClassView:
    """A class of one school year."""

    id: int
    organ: int
    year: int
    name: str
    grade: str
    place: str | None
    pupils: int | None
    experimental: bool | None
    permit: bool | None


def term_view(row: Term, asked: int) -> TermView:
    """The view of a term row."""
    return TermView(row.id, row.name, row.year, row.from_on, row.until_on, asked)


def _views(rows: Iterable[Term]) -> tuple[TermView, ...]:
    asked = dict(Asking.objects.values_list("term", "a_day"))
    return tuple(term_view(row, asked.get(row.id, 0)) for row in rows)


def class_view(row: SchoolClass) -> ClassView:
    """The view of a class row."""
    return ClassView(
        row.id, row.organ_id, row.year, row.name, row.grade, row.place, row.pupils, row.experimental, row.permit,
    )  # fmt: skip


def terms(actor: Actor) -> tuple[TermView, ...]:
    """Every school term of the bureau, the latest first."""
    with reading(actor):
        return _views(Term.objects.order_by("-from_on"))


def term(actor: Actor, term_id: int) -> TermView:
    """One term; raises NotFound."""
    with reading(actor):
        row = Term.objects.filter(id=term_id).first()
        if row is None:
            raise NotFound(what=str(term_id))
        return _views([row])[0]


def term_on(actor: Actor, day: date) -> TermView | None:
    """The term a day lies in, else the last one that has begun, else the first that will; None where there is none."""
    with reading(actor):
        begun = Term.objects.filter(from_on__lte=day).order_by("-from_on").first()
        row = begun or Term.objects.order_by("from_on").first()
        return _views([row])[0] if row else None


def classes(actor: Actor, *, organ: int, year: int) -> tuple[ClassView, ...]:
    """The classes of a school in a school year, from the lowest grade up; raises NotFound for another's school."""
    with reading(actor):
        require_school_of(actor, organ)
        rows = SchoolClass.objects.filter(organ=organ, year=year, closed=False)
        return tuple(sorted((class_view(row) for row in rows), key=class_order))


def class_order(view: ClassView) -> tuple[int, int, str]:
    """By grade, then by name, a shorter name first: class 2 before class 10."""
    return GRADES.index(view.grade), len(view.name), view.name


def sees_school(actor: Actor, organ: int) -> bool:
    """Whether the actor may know what a school has reported: the school itself, the bureau's office, and the clock."""
    own = actor.kind == "person" and actor.organ == organ
    return actor.kind == "clock" or own or is_office(actor)


def require_school_of(actor: Actor, organ: int) -> None:
    """Raises NotFound unless the actor may know what the school has reported."""
    if not sees_school(actor, organ):
        raise NotFound(what=str(organ))
