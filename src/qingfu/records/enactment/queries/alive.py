"""The plan alive: every clause, what it makes happen, and how far that has come; and the leader's one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.days import read_day
from qingfu.base.words import N_
from qingfu.packfile.due import last_day
from qingfu.packfile.rooms import room_of, runs
from qingfu.packfile.words.pack import KINDS, Pack
from qingfu.packfile.words.plan import Advisory, Clause
from qingfu.records.affairs.models import Affair, Evaluation, Flag
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.duties.queries import DutyCount, counts
from qingfu.records.journal.queries import reading
from qingfu.records.lists.models import Roll
from qingfu.records.monitoring.models import Finding, Watched
from qingfu.records.monitoring.queries import term_on
from qingfu.records.monitoring.states import TO_END
from qingfu.records.plans.queries import InForce, MovedDate, in_force, moved_dates, official_texts, sees_all
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries.ledger import late as over
from qingfu.records.routes.models import Run

SCHOOLS_TOLD = N_("schools that gave this term's figures")


@dataclass(frozen=True)
class Figure:
    """One number about a thing: an English msgid naming it, the value, and of how many, where that says something."""

    names: str
    value: int
    of: int | None = None
    late: bool = False


@dataclass(frozen=True)
class ThingAlive:
    """An object of the pack under its clause: what runs it or which room it awaits, and its figures today."""

    kind: str
    kind_name: str
    id: str
    says: str
    awaits: str
    figures: tuple[Figure, ...]
    next_day: date | None
    was_day: date | None


@dataclass(frozen=True)
class ClauseAlive:
    """A clause as the plan page shows it."""

    id: str
    heading: str
    says: str
    official: str
    runs_nothing: str
    because: str
    things: tuple[ThingAlive, ...]
    advisories: tuple[Advisory, ...]


@dataclass(frozen=True)
class PhaseAlive:
    """A phase with its days; `was` is the day before a leader moved it."""

    id: str
    says: str
    from_: str
    until: date | None
    was: date | None
    clause: str
    over: bool


@dataclass(frozen=True)
class PlanPage:
    """The plan page: the document on one side, what each clause makes happen on the other."""

    plan: InForce
    clauses: tuple[ClauseAlive, ...]
    phases: tuple[PhaseAlive, ...]
    moved: tuple[MovedDate, ...]
    whole: bool


Living = Callable[[str], tuple[tuple[Figure, ...], date | None, date | None]]


def plan_page(actor: Actor, *, edition: int, at: datetime) -> PlanPage:
    """The plan alive, over what the actor may see; a constant number of queries."""
    with reading(actor):
        plan = in_force(actor, edition)
        living = _living(actor, plan, at)
        official = official_texts(actor, edition)
        under = _things_by_clause(plan.pack, living)
        return PlanPage(
            plan=plan,
            clauses=tuple(_clause(plan.pack, clause, under, official) for clause in plan.pack.clauses),
            phases=_phases(plan, day_of(at)),
            moved=moved_dates(actor, edition),
            whole=sees_all(actor, plan),
        )


def _clause(
    pack: Pack, clause: Clause, under: Mapping[str, list[ThingAlive]], official: Mapping[str, str]
) -> ClauseAlive:
    things = under.get(clause.id, [])
    about = {clause.id} | {f"{thing.kind}.{thing.id}" for thing in things}
    return ClauseAlive(
        id=clause.id,
        heading=clause.heading or "",
        says=clause.says,
        official=official.get(clause.id, ""),
        runs_nothing=clause.runs_nothing or "",
        because=clause.because or "",
        things=tuple(things),
        advisories=tuple(a for a in pack.advisories if a.about in about),
    )


def _things_by_clause(pack: Pack, living: Mapping[str, Living]) -> dict[str, list[ThingAlive]]:
    under: dict[str, list[ThingAlive]] = defaultdict(list)
    for kind in KINDS:
        for key, thing in pack.things(kind.key).items():
            figures, day, was = living[kind.key](key) if kind.key in living else ((), None, None)
            awaits = "" if runs(pack, kind.key, key) else room_of(kind.key)
            alive = ThingAlive(kind.key, kind.name, key, thing.says, awaits, figures, day, was)
            for number in thing.clause:
                under[number].append(alive)
    return under


def _phases(plan: InForce, today: date) -> tuple[PhaseAlive, ...]:
    found = []
    for key, phase in plan.pack.phases.items():
        own = None if phase.until == "open" else last_day(phase.until.value)
        moved = plan.moved.get(f"phases.{key}")
        until = moved or own
        found.append(
            PhaseAlive(
                id=key,
                says=phase.says,
                from_=phase.from_.value if phase.from_ else "",
                until=until,
                was=own if moved else None,
                clause="、".join(phase.clause),
                over=until is not None and until < today,
            )
        )
    return tuple(found)


def _living(actor: Actor, plan: InForce, at: datetime) -> dict[str, Living]:
    # The bureau side counts everything; anybody else what is their own organ's.
    mine = None if sees_all(actor, plan) else actor.organ or 0
    return {
        "duties": _duties(counts(actor, edition=plan.edition, at=at)),
        "routes": _routes(plan, mine),
        "lists": _lists(plan),
        "limits": _findings(plan, mine),
        "monitors": _watched(actor, plan, at, mine),
        "problem-kinds": _problems(actor, plan, at, by="kind"),
        "problems-policy": _problems(actor, plan, at, by=None),
        "conduct": _conduct(plan, mine),
        "criteria": _criteria(plan, mine),
        "disclosures": _disclosures(plan),
        "evaluations": _evaluations(plan, mine),
        "phases": lambda key: ((), plan.moved.get(f"phases.{key}"), None),
    }


def _duties(rows: tuple[DutyCount, ...]) -> Living:
    by_duty: dict[str, list[DutyCount]] = defaultdict(list)
    for row in rows:
        by_duty[row.duty].append(row)

    def living(key: str) -> tuple[tuple[Figure, ...], date | None, date | None]:
        held = by_duty.get(key, [])
        running = [row for row in held if row.total > row.waiting]
        figures = []
        if running:
            total = sum(row.total - row.waiting for row in running)
            figures.append(Figure(N_("done"), sum(row.done + row.waived for row in running), total))
        if late := sum(row.late for row in held):
            figures.append(Figure(N_("late"), late, late=True))
        days = [row.next_due for row in held if row.next_due]
        was = [row.moved_from for row in held if row.moved_from]
        return tuple(figures), min(days, default=None), min(was, default=None)

    return living


def _routes(plan: InForce, mine: int | None) -> Living:
    rows = (
        Run.objects.filter(_own("organ", mine), edition=plan.edition).values("route", "state").annotate(n=Count("id"))
    )
    by_route: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        by_route[row["route"]][row["state"]] = row["n"]

    def living(key: str) -> tuple[tuple[Figure, ...], date | None, date | None]:
        held = by_route.get(key, {})
        running = held.get("at", 0) + held.get("returned", 0)
        figures = [Figure(N_("on their way"), running), Figure(N_("finished"), held.get("finished", 0))]
        if refused := held.get("refused", 0):
            figures.append(Figure(N_("refused"), refused))
        return tuple(figures) if held else (), None, None

    return living


def _lists(plan: InForce) -> Living:
    rows = {row.list: row for row in Roll.objects.filter(edition=plan.edition).order_by("span")}

    def living(key: str) -> tuple[tuple[Figure, ...], date | None, date | None]:
        row = rows.get(key)
        return ((Figure(N_("on the list"), row.taken, row.cap),) if row else ()), None, None

    return living


def _problems(actor: Actor, plan: InForce, at: datetime, *, by: str | None) -> Living:
    rows = Problem.objects.filter(edition=plan.edition)
    if not sees_all(actor, plan):
        rows = rows.filter(owner=actor.organ)
    late = Count("id", filter=over(day_of(at)))
    found = {
        row["kind"]: row
        for row in rows.values("kind").annotate(
            n=Count("id"), closed=Count("id", filter=Q(state="struck-off")), late=late
        )
    }

    def living(key: str) -> tuple[tuple[Figure, ...], date | None, date | None]:
        held = [found[key]] if by and key in found else list(found.values()) if by is None else []
        total = sum(row["n"] for row in held)
        if not total:
            return (), None, None
        figures = [Figure(N_("struck off"), sum(row["closed"] for row in held), total)]
        if overdue := sum(row["late"] for row in held):
            figures.append(Figure(N_("late"), overdue, late=True))
        return tuple(figures), None, None

    return living


def _findings(plan: InForce, mine: int | None) -> Living:
    rows = Finding.objects.filter(_own("organ", mine), edition=plan.edition, state__in=TO_END)
    found: dict[str, int] = defaultdict(int)
    for name, number in rows.values_list("limit").annotate(n=Count("id")):
        # An item of a presence limit stands behind a slash.
        found[name.partition("/")[0]] += number
    return _counted(found, N_("findings to be ended"))


def _watched(actor: Actor, plan: InForce, at: datetime, mine: int | None) -> Living:
    """How many schools have given the running term's figures; to nobody who has no part in them."""
    shares = {key: one.share for key, one in plan.pack.monitors.items() if one.share is not None}
    now = term_on(actor, day_of(at)) if shares and (mine is None or "school" in actor.roles) else None
    if now is None:
        return _counted({}, SCHOOLS_TOLD)
    rows = Watched.objects.filter(_own("organ", mine), replaced_by=None, term=now.id)
    told = dict(rows.values_list("share").annotate(n=Count("organ", distinct=True)))
    return _counted({key: told.get(share, 0) for key, share in shares.items()}, SCHOOLS_TOLD)


def _own(field: str, mine: int | None) -> Q:
    return Q() if mine is None else Q(**{field: mine})


def _counted(rows: Mapping[str, int], names: str) -> Living:
    def living(key: str) -> tuple[tuple[Figure, ...], date | None, date | None]:
        return ((Figure(names, rows[key]),) if key in rows else ()), None, None

    return living


def _conduct(plan: InForce, mine: int | None) -> Living:
    rows = (
        Flag.objects.filter(_own("affair__department", mine), affair__edition=plan.edition)
        .values_list("conduct")
        .annotate(n=Count("affair", distinct=True))
    )
    return _counted(dict(rows), N_("affairs flagged"))


def _criteria(plan: InForce, mine: int | None) -> Living:
    rows = (
        Affair.objects.filter(_own("department", mine), edition=plan.edition)
        .values_list("criterion")
        .annotate(n=Count("id"))
    )
    return _counted(dict(rows), N_("affairs rest on it"))


def _evaluations(plan: InForce, mine: int | None) -> Living:
    rows = (
        Evaluation.objects.filter(_own("listing__organ", mine), listing__roll__edition=plan.edition)
        .values_list("evaluation")
        .annotate(n=Count("id"))
    )
    return _counted(dict(rows), N_("evaluated"))


def _disclosures(plan: InForce) -> Living:
    rows = Disclosure.objects.filter(edition=plan.edition, replaced_at=None, withdrawn_at=None)
    shown = dict(rows.values_list("key", "from_on"))

    def living(key: str) -> tuple[tuple[Figure, ...], date | None, date | None]:
        if key in shown:
            return (Figure(N_("published"), 1),), None, None
        due = plan.pack.disclosures[key].due
        day = getattr(due, "date", None)
        return (), (read_day(day) if day and day.count("-") == 2 else None), None

    return living
