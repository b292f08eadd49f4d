"""What waits: how far every school is with its reports, and what is asked of whoever opens the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotAllowed
from qingfu.base.words import Word
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import FACTS, Filing, Finding, Question, SchoolClass, Watched
from qingfu.records.monitoring.queries.filings import not_told, standing
from qingfu.records.monitoring.queries.terms import TermView, term, term_on
from qingfu.records.monitoring.queries.watching import watches
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import InForce, is_office, plans_in_force, sees_all

ASKED_DAYS = timedelta(days=6)
# Kinds of organ that do the daily work of the bureau side.
DAILY = frozenset({"office", "authority"})
# Results are known when a term nears its end; earlier nobody is reminded of its figures.
NEAR_THE_END = timedelta(days=28)


@dataclass(frozen=True)
class SchoolStanding:
    """How far one school is in a term: of how many classes each table was told, and when it reported last."""

    organ: int
    name: str
    classes: int
    told: Mapping[str, int]
    last_at: datetime | None


@dataclass(frozen=True)
class AskedFor:
    """A class that was drawn to report its homework of a day and has not told yet."""

    class_id: int
    class_name: str
    organ: int
    day: date


@dataclass(frozen=True)
class WaitingFindings:
    """Findings of one limit, school and term that wait for the same thing."""

    edition: int
    limit: str
    organ: int | None
    organ_name: str
    term: int
    number: int
    first_day: date | None


@dataclass(frozen=True)
class WaitingFigures:
    """Figures of the pupils a plan has watched that a school has not given of a term yet."""

    share: int
    says: str
    clause: tuple[str, ...]
    organ: int
    term: int
    term_name: str


@dataclass(frozen=True)
class OpenFindings:
    """Findings of all limits that nobody has looked at yet; `term` is the latest with some."""

    number: int
    schools: int
    term: int


@dataclass(frozen=True)
class Waiting:
    """What this room asks of one actor: classes, findings given back, exceptions to decide, questions, figures.

    `open` is asked of those who do the daily work of the bureau, not of whoever leads.
    """

    asked: tuple[AskedFor, ...] = ()
    returned: tuple[WaitingFindings, ...] = ()
    exceptions: tuple[WaitingFindings, ...] = ()
    questions: int = 0
    figures: tuple[WaitingFigures, ...] = ()
    open: OpenFindings | None = None


def schools_standing(actor: Actor, *, term_id: int) -> tuple[SchoolStanding, ...]:
    """Every school by its name in pinyin, for the bureau's office; a constant number of queries."""
    with reading(actor):
        if not is_office(actor):
            raise NotAllowed(verb=Word("act for the bureau"), who=[])
        view = term(actor, term_id)
        classes = _tally(SchoolClass.objects.filter(year=view.year, closed=False))
        told = {name: _told(name, view) for name in FACTS}
        rows = Filing.objects.values_list("organ").annotate(last=Max("at"))
        last = dict(rows)
        return tuple(
            SchoolStanding(
                one.id, one.name, classes.get(one.id, 0), {name: told[name].get(one.id, 0) for name in FACTS},
                last.get(one.id),
            )
            for one in organs(actor, kinds=["school"])
        )  # fmt: skip


def _tally(rows: QuerySet[SchoolClass]) -> dict[int, int]:
    return dict(rows.values_list("organ").annotate(n=Count("id")))


def _told(table: str, view: TermView) -> dict[int, int]:
    """Classes told by school; of timetables those of which all three records were."""
    rows = FACTS[table].objects.filter(**standing(FACTS[table], view))
    if table != "timetable":
        return dict(rows.values_list("organ").annotate(n=Count("school_class", distinct=True)))
    by_record: dict[int, list[int]] = {}
    for organ, _record, n in rows.values_list("organ", "record").annotate(n=Count("school_class", distinct=True)):
        by_record.setdefault(organ, []).append(n)
    return {organ: min(told) for organ, told in by_record.items() if len(told) == 3}


def waiting(actor: Actor, *, at: datetime) -> Waiting:
    """What this room asks of the actor now; a constant number of queries."""
    with reading(actor):
        today, school = day_of(at), actor.organ if "school" in actor.roles else None
        editions = [plan.edition for plan in plans_in_force(actor) if _keeps(actor, plan)]
        return Waiting(
            asked=_asked(school, today) if school is not None else (),
            returned=_grouped(Finding.objects.filter(organ=school, state="returned")) if school is not None else (),
            exceptions=_grouped(
                Finding.objects.filter(edition__in=editions, state="asked").exclude(asked_by=actor.person)
            ) if editions else (),
            questions=Question.objects.filter(organ=school, state="asked").count() if school is not None else 0,
            figures=_figures(actor, school, today) if school is not None else (),
            open=_open(editions) if editions and actor.roles & DAILY else None,
        )  # fmt: skip


def _open(editions: Sequence[int]) -> OpenFindings | None:
    found = Finding.objects.filter(edition__in=editions, state="open").aggregate(
        number=Count("id"), schools=Count("organ", distinct=True), term=Max("term")
    )
    return OpenFindings(found["number"], found["schools"], found["term"]) if found["number"] else None


def _figures(actor: Actor, school: int, today: date) -> tuple[WaitingFigures, ...]:
    """Of the running or last term, from its last weeks on, while none of a watch was given."""
    now = term_on(actor, today)
    if now is None or today < now.until_on - NEAR_THE_END:
        return ()
    told = set(Watched.objects.filter(organ=school, term=now.id, replaced_by=None).values_list("share", flat=True))
    return tuple(
        WaitingFigures(one.share, one.says, one.clause, school, now.id, now.name)
        for one in watches(actor) if one.share not in told
    )  # fmt: skip


def _keeps(actor: Actor, plan: InForce) -> bool:
    return bool(plan.pack.limits) and sees_all(actor, plan)


def _asked(school: int, today: date) -> tuple[AskedFor, ...]:
    return tuple(
        AskedFor(row.school_class_id, row.school_class.name, school, row.day)
        for row in not_told(school, today - ASKED_DAYS, today)
    )


def _grouped(rows: QuerySet[Finding]) -> tuple[WaitingFindings, ...]:
    found: Iterable[Mapping[str, object]] = (
        rows.values("edition", "limit", "organ", "organ__name", "organ__sort_key", "term")
        .annotate(number=Count("id"), first=Min("day"))
        .order_by("organ__sort_key", "edition", "limit", "term")
    )
    return tuple(_waiting(one) for one in found)


def _waiting(one: Mapping[str, object]) -> WaitingFindings:
    first, organ = one["first"], one["organ"]
    return WaitingFindings(
        edition=int(str(one["edition"])), limit=str(one["limit"]), organ=int(str(organ)) if organ else None,
        organ_name=str(one["organ__name"] or ""), term=int(str(one["term"])), number=int(str(one["number"])),
        first_day=first if isinstance(first, date) else None,
    )  # fmt: skip
