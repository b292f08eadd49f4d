"""Judging what stands: findings appear, are seen again, and clear themselves when the data keep the limit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.records.journal.actions import deed, record
from qingfu.records.monitoring.actions.locking import wait_for
from qingfu.records.monitoring.models import Filing, Finding, FindingNote, Judgement, LimitOrder, SchoolClass
from qingfu.records.monitoring.queries.facts import standing_facts
from qingfu.records.monitoring.queries.judging import of_schools, violations
from qingfu.records.monitoring.queries.limits import judging_plans, limits_in_force
from qingfu.records.monitoring.queries.terms import TermView, term_on
from qingfu.records.monitoring.states import FINDING
from qingfu.records.plans.queries import InForce
from qingfu.rules import findings as judged
from qingfu.rules.nodes import Limit

CLOCK = frozenset({"clock"})
SEEN = ("value", "counted", "missing", "bound", "seen_at", "state")


@dataclass(frozen=True)
class Judged:
    """What a judgement changed: findings that are new, that stand again, and that cleared themselves."""

    found: int
    again: int
    cleared: int


def judge(actor: Actor, *, plan: InForce, term: TermView, school: int | None = None, at: datetime) -> Judged:
    """Judge all that stands in a term by the limits of a plan; with `school` only what is that school's own.

    Doing it again changes nothing. A finding that has become a problem lives on in the ledger.
    """
    clock = Actor.clock(actor.bureau)
    with deed(actor):
        wait_for(actor, "judge", plan.edition, term.id)
        limits = limits_in_force(clock, plan, on=day_of(at))
        if school is not None:
            limits = of_schools(limits)
        with standing_facts(clock, term, school=school) as ask:
            seen = tuple(violations(ask, limits))
        by_name = {limit.name: limit for limit in limits}
        held = Finding.objects.select_for_update().filter(edition=plan.edition, term=term.id)
        if school is not None:
            held = held.filter(organ=school)
        former = {(row.limit, row.key): row for row in held}
        desk = _Desk(clock, plan, term, by_name, _schools(term), at)
        done = desk.settle(former, seen)
        if school is None:
            Judgement.objects.update_or_create(
                bureau_id=actor.bureau, edition_id=plan.edition, term_id=term.id,
                defaults={"at": at, "violating": len(seen)},
            )  # fmt: skip
        record(clock, verb="monitoring.judge", subject="term", subject_id=term.id, at=at)
        return done


def judge_what_changed(actor: Actor, *, at: datetime) -> int:
    """Judge the running term by every plan whose limits, whose data or whose day is another than last time.

    Returns how many plans were judged; on an hour on which nothing was reported none is.
    """
    clock, judged_plans = Actor.clock(actor.bureau), 0
    with deed(actor):
        running = term_on(clock, day_of(at))
        if running is None:
            return 0
        changed = _changed()
        for plan in judging_plans(clock):
            last = Judgement.objects.filter(edition=plan.edition, term=running.id).first()
            if last is None or day_of(last.at) < day_of(at) or (changed is not None and changed > last.at):
                judge(clock, plan=plan, term=running, at=at)
                judged_plans += 1
        return judged_plans


def _changed() -> datetime | None:
    """When something was last reported or ordered."""
    said = (Filing.objects.aggregate(Max("at"))["at__max"], LimitOrder.objects.aggregate(Max("at"))["at__max"])
    return max((at for at in said if at is not None), default=None)


def _schools(term: TermView) -> dict[int, int]:
    return dict(SchoolClass.objects.filter(year=term.year).values_list("id", "organ_id"))


@dataclass
class _Desk:
    """One judgement being written down."""

    clock: Actor
    plan: InForce
    term: TermView
    limits: dict[str, Limit]
    schools: dict[int, int]
    at: datetime

    def settle(self, former: dict[tuple[str, str], Finding], seen: Sequence[judged.Finding]) -> Judged:
        """Write down what was seen, and clear what was not."""
        new, changed, notes = [], [], []
        for one in seen:
            row = former.pop((one.limit, key_of(self.limits[one.limit], one.keys)), None)
            if row is None:
                new.append(self._new(one))
                continue
            verb = self._verb(row, one)
            row.value, row.counted, row.missing, row.bound = one.value, one.counted, one.missing, one.bound
            row.seen_at = self.at
            if verb:
                row.state = FINDING.move(row.state, verb, CLOCK)
                notes.append(self._note(row, verb))
            changed.append(row)
        again = len(notes)
        for row in former.values():
            if "clear" in FINDING.verbs(row.state, CLOCK):
                row.state = FINDING.move(row.state, "clear", CLOCK)
                notes.append(self._note(row, "clear"))
                changed.append(row)
        Finding.objects.bulk_create(new, batch_size=2_000)
        Finding.objects.bulk_update(changed, SEEN, batch_size=2_000)
        FindingNote.objects.bulk_create(notes, batch_size=2_000)
        return Judged(len(new), again, len(notes) - again)

    def _verb(self, row: Finding, one: judged.Finding) -> str:
        """What seeing it again does: a cleared one is found again, a correction that does not help comes back."""
        if row.state in ("cleared", "corrected"):
            return "find_again"
        before = (row.value, row.counted, row.missing)
        if row.state == "returned" and before != (one.value, one.counted, one.missing):
            return "still_found"
        lapsed = row.state == "excepted" and row.until is not None and row.until < day_of(self.at)
        return "lapse" if lapsed else ""

    def _note(self, row: Finding, verb: str) -> FindingNote:
        return FindingNote(bureau_id=self.clock.bureau, finding=row, verb=verb, at=self.at)

    def _new(self, one: judged.Finding) -> Finding:
        limit = self.limits[one.limit]
        cells = dict(zip(limit.per, one.keys, strict=True))
        of = cells.get("class")
        school = cells.get("school") or (self.schools.get(int(str(of))) if of is not None else None)
        day = cells.get("day")
        return Finding(
            bureau_id=self.clock.bureau, edition_id=self.plan.edition, term_id=self.term.id, limit=one.limit,
            key=key_of(limit, one.keys), keys=[_plain(cell) for cell in one.keys],
            organ_id=int(str(school)) if school is not None else None,
            school_class_id=int(str(of)) if of is not None else None, day=day if isinstance(day, date) else None,
            value=one.value, counted=one.counted, missing=one.missing, bound=one.bound, found_at=self.at,
            seen_at=self.at,
        )  # fmt: skip


def key_of(limit: Limit, keys: Iterable[object]) -> str:
    """The name of a group among the groups of its limit."""
    return ",".join(f"{column}={cell}" for column, cell in zip(limit.per, keys, strict=True))


def _plain(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell
