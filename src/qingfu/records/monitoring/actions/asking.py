"""Asking a few classes, drawn by the system, for their homework of today, instead of everybody every day (C12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.workdays import Workdays
from qingfu.records.journal.actions import deed, record
from qingfu.records.monitoring.actions.locking import wait_for
from qingfu.records.monitoring.models import AskedClass, Asking, SchoolClass
from qingfu.records.plans.models import Term


def ask_classes(actor: Actor, *, at: datetime) -> int:
    """Draw today's classes of the term; on a rest day nobody is asked. Doing it again the same day changes nothing.

    Of each stage as many as the term says, those first that were asked least often; among equals the digest of the
    term's seed, the day and the class decides, so that whoever knows the seed can draw again. Returns how many.
    """
    today = day_of(at)
    with deed(actor):
        asking = Asking.objects.select_related("term")
        row = asking.filter(term__from_on__lte=today, term__until_on__gte=today, a_day__gt=0).first()
        if row is None or not Workdays.shipped().is_workday(today):
            return 0
        wait_for(actor, "ask", today)
        if AskedClass.objects.filter(day=today).exists():
            return 0
        drawn = draw_classes(_classes(row.term), _asked(row.term), per_stage=row.a_day, seed=row.seed, day=today)
        AskedClass.objects.bulk_create(
            AskedClass(bureau_id=actor.bureau, organ_id=organ, school_class_id=of, day=today) for of, organ in drawn
        )
        record(actor, verb="monitoring.ask_classes", subject="term", subject_id=row.term_id, at=at)
        return len(drawn)


def _classes(row: Term) -> list[tuple[int, int, str]]:
    return list(SchoolClass.objects.filter(year=row.year, closed=False).values_list("id", "organ_id", "grade"))


def _asked(row: Term) -> Counter[int]:
    asked = AskedClass.objects.filter(day__range=(row.from_on, row.until_on))
    return Counter(asked.values_list("school_class_id", flat=True))


def draw_classes(
    classes: Iterable[tuple[int, int, str]], asked: Counter[int], *, per_stage: int, seed: str, day: date
) -> list[tuple[int, int]]:
    """(class, school) of each stage: those asked least often first, in an order that seed and day decide.

    Of classes asked equally often one of each school comes first, then a second of each.
    """
    drawn: list[tuple[int, int]] = []
    stages: dict[str, list[tuple[int, int]]] = {}
    for of, organ, grade in classes:
        stages.setdefault(grade[0], []).append((of, organ))
    for stage in sorted(stages):
        ordered = sorted(stages[stage], key=lambda one: (asked[one[0]], _ticket(seed, day, one[0]), one[0]))
        drawn += _spread(ordered, asked, per_stage)
    return drawn


def _spread(ordered: Sequence[tuple[int, int]], asked: Counter[int], wanted: int) -> list[tuple[int, int]]:
    """The first of each school, then the second of each, among those asked equally often; as many as are wanted."""
    turn: Counter[tuple[int, int]] = Counter()
    turns = []
    for place, (of, organ) in enumerate(ordered):
        often = asked[of]
        turns.append((often, turn[often, organ], place, of, organ))
        turn[often, organ] += 1
    return [(of, organ) for _, _, _, of, organ in sorted(turns)[:wanted]]


def _ticket(seed: str, day: date, of: int) -> str:
    return sha256(f"{seed}|{day.isoformat()}|{of}".encode()).hexdigest()
