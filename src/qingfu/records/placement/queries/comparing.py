"""Next year's lists against this year's: whether classes were quietly reshuffled (C07)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qingfu.base.actor import Actor
from qingfu.records.journal.queries import reading
from qingfu.records.placement.models import Pupil
from qingfu.records.placement.queries.rights import visible


@dataclass(frozen=True)
class Reshuffle:
    """`moved`: pupils who are not where most of their class went, by number; `classes`: from each class to each class.

    `missing` are no longer on the list, `new` are not known. A class that only has another label is not reshuffled.
    `gathered`: classes of today of which more than one in five came from elsewhere, as into a class for the best.
    """

    moved: tuple[str, ...]
    missing: tuple[str, ...]
    new: tuple[str, ...]
    classes: Mapping[str, Mapping[str, int]]
    gathered: tuple[str, ...] = ()

    @property
    def compared(self) -> int:
        """How many stand on both lists."""
        return sum(sum(row.values()) for row in self.classes.values())

    @property
    def quiet(self) -> bool:
        """More moved than single transfers explain: more than one in twenty, or many of them into one class."""
        return bool(self.gathered) or len(self.moved) * 20 > self.compared

    @property
    def unclear(self) -> bool:
        """More than one in five are missing: with other numbers on the list any reshuffle would go unseen."""
        return len(self.missing) * 4 > self.compared


def compared(actor: Actor, placement: int, *, now: Mapping[str, str]) -> Reshuffle:
    """What became of the classes: `now` gives the class of every pupil by number. Public changes are not moves."""
    with reading(actor):
        row = visible(actor, placement)
        before = dict(Pupil.objects.filter(placement=row, left_at=None).values_list("number", "label"))
    table: dict[str, Counter[str]] = {}
    for number, label in before.items():
        if number in now:
            table.setdefault(label, Counter())[now[number]] += 1
    went = _went(table)
    moved = sorted(number for number, label in before.items() if number in now and now[number] != went[label])
    return Reshuffle(
        moved=tuple(moved),
        missing=tuple(sorted(before.keys() - now.keys())),
        new=tuple(sorted(now.keys() - before.keys())),
        classes={label: dict(row) for label, row in table.items()},
        gathered=_gathered(table, [now[number] for number in moved]),
    )


def _gathered(table: Mapping[str, Counter[str]], moved: Iterable[str]) -> tuple[str, ...]:
    sizes = sum(table.values(), Counter[str]())
    return tuple(sorted(label for label, count in Counter(moved).items() if count > 3 and count * 5 > sizes[label]))


def _went(table: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Where most of every class went; two classes never went to the same one."""
    went: dict[str, str] = {}
    pairs = sorted(
        ((-count, before, after) for before, row in table.items() for after, count in row.items()),
    )
    for _, before, after in pairs:
        if before not in went and after not in went.values():
            went[before] = after
    return {before: went.get(before, "") for before in table}
