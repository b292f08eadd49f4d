"""What falls on one school in one semester."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qingfu.base.workdays import Workdays
from qingfu.packfile.burden.asks import KINDS, counted, minutes
from qingfu.packfile.calendar import Entry
from qingfu.packfile.due import dates, events_of, span_of, terms_of
from qingfu.packfile.words.pack import Pack


@dataclass(frozen=True)
class Semester:
    """One semester of one school: minutes, and how many forms, reports, meetings, visits and activities.

    What is due in a vacation counts for the semester after it: that is when it is looked at. ``name`` is None for
    what falls after the last semester the plan knows.
    """

    name: str | None
    minutes: int
    counts: dict[str, int]


def semesters(
    pack: Pack, workdays: Workdays, entries: Sequence[Entry], within: tuple[date, date]
) -> tuple[Semester, ...]:
    """What falls on one school, semester by semester, in the order of time."""
    spent: Counter[str | None] = Counter()
    counts: dict[str | None, Counter[str]] = {}
    for name, kind, each, times in [*_duties(pack, entries), *_visits(pack, workdays, within)]:
        spent[name] += each * times
        counts.setdefault(name, Counter())[kind or ""] += times
    order = [term.name for term in sorted(terms_of(pack), key=lambda term: term.start)]
    names = sorted(counts, key=lambda name: order.index(name) if name in order else len(order))
    return tuple(Semester(name, spent[name], {kind: counts[name][kind] for kind in KINDS}) for name in names)


_Falls = tuple[str | None, str | None, int, int]


def _duties(pack: Pack, entries: Sequence[Entry]) -> Iterator[_Falls]:
    for entry in entries:
        duty = pack.duties[entry.about.removeprefix("duties.")]
        falls_on_schools = any(pack.parties[party].any == "school" for party in duty.who)
        if entry.day and entry.scope is None and falls_on_schools:
            each = minutes(pack, duty)
            yield _semester(pack, entry.day), counted(duty), each.value or 0 if each else 0, entry.due.times


def _visits(pack: Pack, workdays: Workdays, within: tuple[date, date]) -> Iterator[_Falls]:
    for visit in pack.visits.values():
        if visit.at_least is None or visit.place != "school":
            continue
        found = dates(visit.at_least, workdays, events=events_of(pack), terms=terms_of(pack), within=within)
        yield from ((_semester(pack, due.day), "visit", 0, due.times) for due in found if due.day)


def _semester(pack: Pack, day: date) -> str | None:
    terms = terms_of(pack)
    known = [term for term in terms if term.end >= day]
    return span_of("semester", day, terms).key if known else None
