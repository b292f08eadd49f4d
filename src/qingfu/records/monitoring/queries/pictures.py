"""Pictures: a school's calendar of homework, timetables side by side, the county's distribution; nobody is ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.base.workdays import Workdays
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import Lesson, SchoolClass
from qingfu.records.monitoring.queries.facts import standing_facts
from qingfu.records.monitoring.queries.limits import judging_plans, limits_in_force
from qingfu.records.monitoring.queries.terms import (
    ClassView,
    TermView,
    class_view,
    classes,
    require_school_of,
    sees_school,
)
from qingfu.records.monitoring.queries.terms import term as term_of
from qingfu.rules.nodes import Limit

EDGES = (0, 30, 60, 90, 120)
# A count that fewer schools than this make up is not shown: it could be told who they are.
SMALLEST = 5


@dataclass(frozen=True)
class ClassDays:
    """A class in the calendar: minutes of written homework by day (None: reported without them), and its bound."""

    view: ClassView
    bound: int | None
    days: Mapping[date, int | None]

    @property
    def over(self) -> int:
        """On how many days the bound was passed."""
        return sum(self.bound is not None and (minutes or 0) > self.bound for minutes in self.days.values())


@dataclass(frozen=True)
class Calendar:
    """A school's term: its school days so far and its classes from the lowest grade up; `clause` sets the bound."""

    term: TermView
    days: tuple[date, ...]
    classes: tuple[ClassDays, ...]
    clause: str


def homework_calendar(actor: Actor, *, organ: int, term_id: int, until: date) -> Calendar:
    """Written homework of a school by class and day against the limit in force. Raises NotFound."""
    with reading(actor):
        require_school_of(actor, organ)
        view = term_of(actor, term_id)
        rule = _homework_rule(actor, until)
        told: dict[int, dict[date, int | None]] = {}
        with standing_facts(actor, view, school=organ) as ask:
            for of, day, minutes in ask(_BY_DAY):
                told.setdefault(of, {})[day] = minutes
        rows = tuple(
            ClassDays(one, rule.bound.of(one.grade, one.place) if rule else None, told.get(one.id, {}))
            for one in classes(actor, organ=organ, year=view.year)
        )
        return Calendar(view, _school_days(view, until), rows, rule.clause if rule else "")


_BY_DAY = (
    'SELECT class, day, CASE WHEN count(*) FILTER (WHERE written IS NULL OR (written AND minutes IS NULL)) = 0'
    " THEN COALESCE(sum(minutes) FILTER (WHERE written), 0) END FROM homework GROUP BY class, day"
)  # fmt: skip


def _homework_rule(actor: Actor, on: date) -> Limit | None:
    """The first limit in force on a day that bounds the minutes of written homework of a class and day."""
    for plan in judging_plans(actor):
        for rule in limits_in_force(actor, plan, on=on):
            measured = (rule.table, rule.measure.does, rule.measure.column) == ("homework", "sum", "minutes")
            if measured and set(rule.per) == {"class", "day"} and rule.bound.side == "at-most":
                return rule
    return None


def _school_days(view: TermView, until: date) -> tuple[date, ...]:
    workdays, last = Workdays.shipped(), min(view.until_on, until)
    every = (view.from_on + timedelta(days=n) for n in range((last - view.from_on).days + 1))
    return tuple(day for day in every if workdays.is_workday(day))


Place = tuple[int, int]


@dataclass(frozen=True)
class SideBySide:
    """The timetables of one class: subjects by (weekday, period), for each record that was reported.

    `differing` are the places where what was posted is not what is taught; empty unless both were reported.
    """

    view: ClassView
    organ_name: str
    term: TermView
    records: Mapping[str, Mapping[Place, str]]
    differing: frozenset[Place]
    weekdays: tuple[int, ...]
    periods: tuple[int, ...]


def timetables(actor: Actor, *, class_id: int, term_id: int) -> SideBySide:
    """The timetables of a class, side by side. Raises NotFound."""
    with reading(actor):
        row = SchoolClass.objects.select_related("organ").filter(id=class_id).first()
        if row is None or not sees_school(actor, row.organ_id):
            raise NotFound(what=str(class_id))
        view = term_of(actor, term_id)
        lessons = Lesson.objects.filter(school_class=row, term=term_id, replaced_by=None)
        return side_by_side(
            class_view(row), row.organ.name, view,
            list(lessons.values_list("record", "weekday", "period", "subject", "fortnight")),
        )  # fmt: skip


def side_by_side(
    view: ClassView, organ_name: str, term: TermView, lessons: Sequence[tuple[str, int, int, str, int | None]]
) -> SideBySide:
    """The timetables of one class as grids."""
    seen = grids([lesson[:4] for lesson in lessons])
    return SideBySide(view, organ_name, term, seen.records, seen.differing, seen.weekdays, seen.periods)


@dataclass(frozen=True)
class Grids:
    """Timetables as grids, as in SideBySide; also of what was shown to the public."""

    records: Mapping[str, Mapping[Place, str]]
    differing: frozenset[Place]
    weekdays: tuple[int, ...]
    periods: tuple[int, ...]


def grids(lessons: Iterable[tuple[str, int, int, str]]) -> Grids:
    """Lessons (record, weekday, period, subject) as grids.

    Two subjects in one place take turns (单双周) and stand together, in the order of names.
    """
    told: dict[str, dict[Place, list[str]]] = {}
    for record, weekday, period, subject in lessons:
        told.setdefault(record, {}).setdefault((weekday, period), []).append(subject)
    records = {record: {at: "/".join(sorted(some)) for at, some in grid.items()} for record, grid in told.items()}
    places = {at for grid in records.values() for at in grid}
    posted, taught = records.get("posted", {}), records.get("taught", {})
    both = posted and taught
    return Grids(
        records,
        frozenset(at for at in places if both and posted.get(at) != taught.get(at)),
        tuple(sorted({weekday for weekday, _ in places} | set(range(1, 6)))) if places else (),
        tuple(range(1, max((period for _, period in places), default=0) + 1)),
    )


@dataclass(frozen=True)
class Bar:
    """Class-days with more than `above` and at most `to` minutes; `number` None: too few to be shown."""

    above: int | None
    to: int | None
    number: int | None


@dataclass(frozen=True)
class Distribution:
    """How much written homework a stage has: `bars` over class-days, of `classes` classes in `schools` schools."""

    stage: str
    bars: tuple[Bar, ...]
    classes: int
    schools: int


def distributions(actor: Actor, *, term_id: int) -> tuple[Distribution, ...]:
    """The county's homework by stage, for the bureau side and for schools. Raises NotFound for others.

    A bar that fewer than SMALLEST schools make up is hidden, and the next smallest with it, so that it cannot be
    computed from the rest.
    """
    with reading(actor):
        plans = judging_plans(actor)
        if not plans:
            raise NotFound(what=str(term_id))
        view = term_of(actor, term_id)
        known = {
            of: (grade, organ)
            for of, grade, organ in SchoolClass.objects.filter(year=view.year).values_list("id", "grade", "organ_id")
        }
        # The county is asked as the clock: a school may know the whole, never who.
        with standing_facts(Actor.clock(actor.bureau), view) as ask:
            told = [(*known[of], of, minutes) for of, _, minutes in ask(_BY_DAY) if minutes is not None and of in known]
        return tuple(_distribution(stage, told) for stage in "PJS" if any(one[0][0] == stage for one in told))


def _distribution(stage: str, told: Sequence[tuple[str, int, int, int]]) -> Distribution:
    here = [one for one in told if one[0][0] == stage]
    counts: Counter[int] = Counter()
    schools: dict[int, set[int]] = {}
    for _, organ, _, minutes in here:
        place = sum(minutes > edge for edge in EDGES)
        counts[place] += 1
        schools.setdefault(place, set()).add(organ)
    hidden = hidden_bars({place: len(some) for place, some in schools.items()}, counts)
    bars = tuple(
        Bar(
            EDGES[place - 1] if place else None, EDGES[place] if place < len(EDGES) else None,
            None if place in hidden else counts[place],
        )
        for place in range(len(EDGES) + 1)
    )  # fmt: skip
    return Distribution(stage, bars, len({one[2] for one in here}), len({one[1] for one in here}))


def hidden_bars(schools: Mapping[int, int], counts: Mapping[int, int]) -> frozenset[int]:
    """The bars not to be shown: those of too few schools, and if that is one, the smallest other with it."""
    hidden = {place for place, number in schools.items() if number < SMALLEST}
    others = sorted((place for place in schools if place not in hidden), key=lambda place: (counts[place], place))
    if len(hidden) == 1 and others:
        hidden.add(others[0])
    return frozenset(hidden)
