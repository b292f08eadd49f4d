"""Figures of the pupils a plan has watched: what a school is asked for, and how they change; never who they are (C30).

The school and the bureau side know every number; of the county as a whole schools may know what tells of nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet, Sum

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.base.words import N_
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring.models import Filing, SchoolClass, Watched
from qingfu.records.monitoring.queries.filings import FilingView, filing_view
from qingfu.records.monitoring.queries.terms import TermView, require_school_of, term, terms
from qingfu.records.people.queries import person_names
from qingfu.records.plans.queries import is_office, plans_in_force
from qingfu.rules.grades import GRADES, STAGES
from qingfu.rules.tables import Column

WATCHED = "watched"
SAYS = N_("pupils with the lowest results")
# A number this small is not shown to whoever is neither the school nor the bureau, nor one of so few schools.
FEWEST = 5
MOST_PUPILS = 5_000
# What a school is asked for of each grade; what follows from it is not.
FIGURES = (
    Column("pupils", "whole", N_("pupils of the grade"), unit="person", most=MOST_PUPILS),
    Column("lowest", "whole", N_("of these with the lowest results"), unit="person", most=MOST_PUPILS),
    Column("helped", "whole", N_("of these were helped"), unit="person", most=MOST_PUPILS),
    Column("gone", "whole", N_("were among them last term and are no longer"), unit="person", most=MOST_PUPILS),
)


@dataclass(frozen=True)
class Watch:
    """What plans in force have watched: the pupils with the lowest `share` per cent of the results, each term."""

    share: int
    edition: int
    key: str
    says: str
    clause: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Figures of one grade, stage or school in a term; None is not known, or not shown."""

    pupils: int | None
    lowest: int | None
    helped: int | None
    before: int | None
    gone: int | None
    come: int | None


@dataclass(frozen=True)
class WatchedGrade:
    """One grade of a school: its pupils by the classes, how many were watched last term, and what stands."""

    grade: str
    pupils: int | None
    before: int | None
    stands: Figures | None


@dataclass(frozen=True)
class WatchDesk:
    """What a school is asked for and has given in a term."""

    watch: Watch
    term: TermView
    grades: tuple[WatchedGrade, ...]
    rows: tuple[int, ...]
    last: FilingView | None
    by: str

    @property
    def told(self) -> int:
        """Of how many grades figures stand."""
        return sum(one.stands is not None for one in self.grades)


@dataclass(frozen=True)
class TermFigures:
    """The figures of one term; of a county also how many schools gave them, and whether something is not shown."""

    term: TermView
    figures: Figures
    schools: int = 1
    veiled: bool = False


@dataclass(frozen=True)
class Cohort:
    """A grade of a school, or a stage of the county, over the terms; the earliest first. `key`: its grade or stage."""

    key: str
    terms: tuple[TermFigures, ...]


def watches(actor: Actor) -> tuple[Watch, ...]:
    """What the plans in force have watched, each share once, for the bureau side and for schools."""
    with reading(actor):
        if not (actor.kind == "clock" or "school" in actor.roles or is_office(actor)):
            return ()
        found: dict[int, Watch] = {}
        for plan in plans_in_force(actor):
            for key, one in plan.pack.monitors.items():
                if one.share is not None:
                    found.setdefault(one.share, Watch(one.share, plan.edition, key, one.says, tuple(one.clause)))
        return tuple(found[share] for share in sorted(found))


def watch_of(actor: Actor, share: int) -> Watch:
    """The watch of a share; raises NotFound where no plan in force has it watched."""
    found = next((one for one in watches(actor) if one.share == share), None)
    if found is None:
        raise NotFound(what=f"{share}%")
    return found


def watch_desk(actor: Actor, *, organ: int, term_id: int, share: int) -> WatchDesk:
    """What a school is asked for in a term and what stands of it. Raises NotFound."""
    with reading(actor):
        require_school_of(actor, organ)
        watch, view = watch_of(actor, share), term(actor, term_id)
        pupils = _pupils(organ, view.year)
        rows = {row.grade: row for row in _standing(share).filter(organ=organ, term=view.id)}
        before = lowest_before(actor, organ=organ, term_=view, share=share)
        grades = tuple(
            WatchedGrade(
                grade, pupils.get(grade), before.get(grade), _figures(rows[grade]) if grade in rows else None
            )
            for grade in GRADES if grade in pupils or grade in rows
        )  # fmt: skip
        last = Filing.objects.filter(id__in=[row.filing_id for row in rows.values()]).order_by("-id").first()
        by = person_names(actor, [last.person_id]).get(last.person_id or 0, "") if last else ""
        ids = tuple(row.id for row in rows.values())
        return WatchDesk(watch, view, grades, ids, filing_view(last) if last else None, by)


def _standing(share: int) -> QuerySet[Watched]:
    return Watched.objects.filter(share=share, replaced_by=None)


def _pupils(organ: int, year: int) -> dict[str, int | None]:
    """The pupils of each grade that has classes; None where a class has not said how many it has."""
    rows = SchoolClass.objects.filter(organ=organ, year=year, closed=False).values("grade")
    counted = rows.annotate(all=Sum("pupils"), unsaid=Count("id", filter=Q(pupils=None)))
    return {row["grade"]: None if row["unsaid"] else row["all"] for row in counted}


def _figures(row: Watched) -> Figures:
    return Figures(row.pupils, row.lowest, row.helped, row.before, row.gone, row.come)


def watched_told(actor: Actor, *, term_id: int, share: int) -> dict[int, tuple[int, int]]:
    """By school, of how many of its grades figures of a term stand; for the bureau's office. Raises NotFound."""
    with reading(actor):
        if not is_office(actor):
            raise NotFound(what=f"{share}%")
        view = term(actor, term_id)
        told = dict(_standing(share).filter(term=view.id).values_list("organ").annotate(n=Count("id")))
        classes = SchoolClass.objects.filter(year=view.year, closed=False)
        grades = classes.values_list("organ").annotate(n=Count("grade", distinct=True))
        return {organ: (told.get(organ, 0), n) for organ, n in grades}


def lowest_before(actor: Actor, *, organ: int, term_: TermView, share: int) -> dict[str, int]:
    """By grade, how many of the same pupils were watched in the term before; a new school year is a grade up."""
    former = next((one for one in terms(actor) if one.from_on < term_.from_on), None)
    if former is None or term_.year - former.year not in (0, 1):
        return {}
    rows = _standing(share).filter(organ=organ, term=former.id).values_list("grade", "lowest")
    risen = {raised(grade, term_.year - former.year): lowest for grade, lowest in rows}
    return {grade: lowest for grade, lowest in risen.items() if grade is not None}


def raised(grade: str, years: int) -> str | None:
    """The grade of the same pupils so many years later; None where they have left the stage, and the school."""
    later = GRADES.index(grade) + years
    return GRADES[later] if 0 <= later < len(GRADES) and GRADES[later][0] == grade[0] else None


def watched_of_school(actor: Actor, *, organ: int, share: int, term_id: int) -> tuple[Cohort, ...]:
    """How the figures of each grade of a term changed up to it; pupils are followed from grade to grade.

    Raises NotFound.
    """
    with reading(actor):
        require_school_of(actor, organ)
        watch_of(actor, share)
        until, known = term(actor, term_id), {one.id: one for one in terms(actor)}
        found: dict[str, list[TermFigures]] = {}
        rows = _standing(share).filter(organ=organ, term__from_on__lte=until.from_on)
        for row in rows.order_by("term__from_on"):
            view = known[row.term_id]
            if (grade := raised(row.grade, until.year - view.year)) is not None:
                found.setdefault(grade, []).append(TermFigures(view, _figures(row)))
        return tuple(Cohort(grade, tuple(found[grade])) for grade in GRADES if grade in found)


def watched_of_county(actor: Actor, *, share: int) -> tuple[Cohort, ...]:
    """How the figures of each stage changed over the terms; a school is not shown what could tell of a few pupils.

    Raises NotFound for whoever is neither on the bureau side nor of a school.
    """
    with reading(actor):
        watch_of(actor, share)
        known = {one.id: one for one in terms(actor)}
        rows = _standing(share).values_list(
            "term", "organ", "grade", "pupils", "lowest", "helped", "before", "gone", "come"
        )  # fmt: skip
        told: dict[tuple[str, int], list[tuple[int, Figures]]] = {}
        for of_term, organ, grade, *numbers in rows:
            told.setdefault((grade[0], of_term), []).append((organ, Figures(*numbers)))
        whole = is_office(actor) or actor.kind == "clock"
        found: dict[str, list[TermFigures]] = {}
        for view in sorted(known.values(), key=lambda one: one.from_on):
            for stage in STAGES:
                if (stage, view.id) in told:
                    found.setdefault(stage, []).append(_summed(view, told[stage, view.id], whole))
        return tuple(Cohort(stage, tuple(found[stage])) for stage in STAGES if stage in found)


def _summed(view: TermView, told: Sequence[tuple[int, Figures]], whole: bool) -> TermFigures:
    """One term of a stage; the change is that of the grades which know it."""
    schools, all_of = len({organ for organ, _ in told}), [one for _, one in told]
    summed = Figures(
        _sum(one.pupils for one in all_of), _sum(one.lowest for one in all_of), _sum(one.helped for one in all_of),
        _sum(one.before for one in all_of), _sum(one.gone for one in all_of), _sum(one.come for one in all_of),
    )  # fmt: skip
    shown = summed if whole else veiled(summed, schools)
    return TermFigures(view, shown, schools, veiled=shown != summed)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [one for one in numbers if one is not None]
    return sum(known) if known else None


NOTHING_SHOWN = Figures(None, None, None, None, None, None)


def veiled(figures: Figures, schools: int) -> Figures:
    """The figures as others may see them: none of few schools, and no number of a few pupils.

    What changed goes as a whole: one of its numbers follows from the others.
    """
    if schools < FEWEST or _few(figures.lowest):
        return NOTHING_SHOWN
    helped = None if _few(figures.helped) or _rest_few(figures.lowest, figures.helped) else figures.helped
    changes = (figures.before, figures.gone, figures.come)
    if any(_few(one) for one in changes) or _rest_few(figures.before, figures.gone):
        return replace(figures, helped=helped, before=None, gone=None, come=None)
    return replace(figures, helped=helped)


def _few(number: int | None) -> bool:
    return number is not None and 0 < number < FEWEST


def _rest_few(whole: int | None, part: int | None) -> bool:
    """Whether those left over are so few that they are told of by what is shown."""
    return whole is not None and part is not None and _few(whole - part)
