"""One line for each thing a plan asks: of how many, how often, how many minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qingfu.packfile.calendar import Entry
from qingfu.packfile.course import steps_of
from qingfu.packfile.words.asks import Duty
from qingfu.packfile.words.moves import Route, Step
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.when import Standing
from qingfu.packfile.words.word import Quantity

Counted = Literal["form", "report", "meeting", "visit", "activity"]
KINDS: tuple[Counted, ...] = ("form", "report", "meeting", "visit", "activity")


@dataclass(frozen=True)
class Counts:
    """How many there are of each in one bureau and one year.

    No plan says these: the defaults are assumptions that stand for a county of middling size, and every report prints
    them. ``teachers`` and ``classes`` are per school; ``affairs`` are applications a year; ``activities`` are those of
    one affair in a year.
    """

    schools: int = 60
    departments: int = 20
    townships: int = 30
    teachers: int = 40
    classes: int = 18
    affairs: int = 12
    activities: int = 1

    def of(self, kind: str | None) -> int:
        """How many units of this kind there are in the bureau; one for whatever is one organ."""
        known = {
            "school": self.schools,
            "department": self.departments,
            "township": self.townships,
            "teacher": self.teachers * self.schools,
            "class": self.classes * self.schools,
        }
        return known.get(kind or "", 1)


@dataclass(frozen=True)
class Ask:
    """One thing asked. ``times``: how often in the stretch looked at, None for a standing duty.

    ``minutes``: each time and for each unit, None where nobody says; ``assumed`` where the source does not.
    """

    about: str
    says: str
    counts_as: Counted | None
    units: int
    times: int | None
    minutes: int | None
    assumed: bool

    @property
    def total(self) -> int:
        """Minutes in all."""
        return self.units * (self.times or 0) * (self.minutes or 0)


def asks(pack: Pack, counts: Counts, entries: Sequence[Entry]) -> Iterator[Ask]:
    """Every duty, every form of a route and every evaluation, in the order of the pack."""
    # A scope with another day owes the same duty once, not twice.
    times = Counter(entry.about for entry in entries if entry.scope is None)
    for key, duty in pack.duties.items():
        standing = isinstance(duty.due, Standing)
        units = _units(pack, duty, counts)
        about = f"duties.{key}"
        yield _ask(about, duty.says, counted(duty), units, None if standing else times[about], minutes(pack, duty))
    for key, route in pack.routes.items():
        if not route.like:
            yield from _route(pack, key, route, counts)
    for key, evaluation in pack.evaluations.items():
        form = pack.forms[evaluation.form.removeprefix("forms.")]
        yield _ask(f"evaluations.{key}", evaluation.says, "form", counts.affairs, 1, form.minutes)


def _units(pack: Pack, duty: Duty, counts: Counts) -> int:
    """One for each unit of its parties, or for each teacher or class where the duty is for each of them."""
    scope = pack.scopes.get(duty.for_each or "")
    if scope and scope.each in ("teacher", "class"):
        return counts.of(scope.each)
    return sum(counts.of(pack.parties[party].any) for party in duty.who)


def counted(duty: Duty) -> Counted | None:
    """What a duty counts as: what the plan says, else a form where one is handed in."""
    return duty.counts_as or ("form" if duty.hand_in else None)


def minutes(pack: Pack, duty: Duty) -> Quantity | None:
    """The minutes of a duty: its own, else those of its form."""
    form = pack.forms.get((duty.hand_in or "").removeprefix("forms."))
    return duty.minutes or (form.minutes if form else None)


def _route(pack: Pack, key: str, route: Route, counts: Counts) -> Iterator[Ask]:
    cases = counts.affairs * (counts.activities if route.of == "activity" else 1)
    for step in steps_of(pack, route):
        if step.form:
            form = pack.forms[step.form.removeprefix("forms.")]
            yield _ask(f"routes.{key}.{step.id}", step.says, "form", cases * _people(step), 1, form.minutes)


def _people(step: Step) -> int:
    need = step.need.opinions or step.need.agree if step.need else None
    return need.value or 1 if need else 1


def _ask(about: str, says: str, counts_as: Counted | None, units: int, times: int | None, each: Quantity | None) -> Ask:
    value = each.value if each else None
    return Ask(about, says, counts_as, units, times, value, bool(each and each.certainty == "assumed"))
