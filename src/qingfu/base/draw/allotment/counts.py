"""Head counts of every mark, class by class, as even as they can be (draw-record.md, 7.4, step 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qingfu.base.draw.allotment.hall import Hall


class Counts:
    """How many of every value stand in every class: ``counts[value][class]``."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.rows = [[0] * len(hall.rows) for _ in range(hall.values)]
        for pupil, one in enumerate(hall.place_of):
            for value in hall.values_of_cell[hall.cell[pupil]]:
                self.rows[value][one] += 1
        # How many classes hold each count: thousands of classes hold few different ones.
        self.classes = [Counter(row) for row in self.rows]

    def __getitem__(self, value: int) -> list[int]:
        return self.rows[value]

    def spread(self, value: int) -> int:
        return max(self.classes[value]) - min(self.classes[value])

    def tell(self, pupil: int, source: int, goal: int) -> None:
        """``pupil`` went from one class to another."""
        for value in self.hall.values_of_cell[self.hall.cell[pupil]]:
            self._change(value, source, -1)
            self._change(value, goal, 1)

    def _change(self, value: int, one: int, by: int) -> None:
        row, classes = self.rows[value], self.classes[value]
        classes[row[one]] -= 1
        if not classes[row[one]]:
            del classes[row[one]]
        row[one] += by
        classes[row[one]] += 1


def even_counts(hall: Hall) -> None:
    counts = Counts(hall)
    aside: set[int] = set()
    while True:
        value = next((v for v in range(hall.values) if v not in aside and counts.spread(v) >= 2), None)
        if value is None:
            return
        if _exchange_for(hall, counts, value):
            aside.clear()
        else:
            aside.add(value)


def _exchange_for(hall: Hall, counts: Counts, value: int) -> bool:
    for here, there in _pairs(counts[value]):
        found = _best(hall, counts, value, here, there)
        if found:
            _make(hall, counts, here, there, found)
            return True
    return any(_move(hall, counts, value, here, there) for here, there in _pairs(counts[value]))


def _move(hall: Hall, counts: Counts, value: int, here: int, there: int) -> bool:
    """A single goes over, and the two classes exchange their sizes with it; False where that evens out nothing."""
    if len(hall.rows[here]) != len(hall.rows[there]) + 1:
        return False
    found = min(
        (
            (sum(2 * (1 - counts[v][here] + counts[v][there]) for v in hall.values_of_cell[hall.cell[pupil]]), place)
            for place, pupil in enumerate(hall.rows[here])
            if hall.single[pupil]
            and value in hall.values_of_cell[hall.cell[pupil]]
            and not hall.clash_in((pupil,), there)
        ),
        default=(0, -1),
    )
    if found[0] >= 0:
        return False
    pupil = hall.rows[here].pop(found[1])
    hall.rows[there].append(pupil)
    hall.place_of[pupil] = there
    counts.tell(pupil, here, there)
    return True


def _pairs(row: list[int]) -> Iterator[tuple[int, int]]:
    """Classes with too many and too few of a value: the extremes, then each extreme with the others."""
    most, fewest = row.index(max(row)), row.index(min(row))
    yield most, fewest
    for other in sorted(range(len(row)), key=lambda one: (row[one], one)):
        if other not in (most, fewest) and row[most] - row[other] >= 2:
            yield most, other
    for other in sorted(range(len(row)), key=lambda one: (-row[one], one)):
        if other not in (most, fewest) and row[other] - row[fewest] >= 2:
            yield other, fewest


def _best(hall: Hall, counts: Counts, value: int, here: int, there: int) -> tuple[int, int] | None:
    """The places of the fit exchange that evens out most, of these the one with the nearest levels."""
    ours, theirs = _by_cell(hall, here), _by_cell(hall, there)
    found: list[tuple[int, int, int, int]] = []
    for x_cell, x_places in ours.items():
        for y_cell, y_places in theirs.items():
            if value not in hall.values_of_cell[x_cell] or value in hall.values_of_cell[y_cell]:
                continue
            change = _change(hall, counts, (x_cell, y_cell), here, there)
            if change >= 0 or (found and change > found[0][0]):
                continue
            near = _nearest(hall, (here, x_places), (there, y_places))
            if near is not None and (not found or (change, *near) < found[0]):
                found = [(change, *near)]
    return (found[0][2], found[0][3]) if found else None


def _nearest(hall: Hall, ours: tuple[int, list[int]], theirs: tuple[int, list[int]]) -> tuple[int, int, int] | None:
    """The least (difference of levels, place, place) of the fit exchanges."""
    here, there = ours[0], theirs[0]
    levels, row, other_row = hall.levels, hall.rows[here], hall.rows[there]
    found: tuple[int, int, int] | None = None
    for i in ours[1]:
        for j in theirs[1]:
            apart = abs(levels[row[i]] - levels[other_row[j]])
            if (found is None or apart < found[0]) and hall.fit(here, i, there, j):
                found = (apart, i, j)
    return found


def _by_cell(hall: Hall, one: int) -> dict[int, list[int]]:
    """Places of singles by cell."""
    found: dict[int, list[int]] = {}
    for place, pupil in enumerate(hall.rows[one]):
        if hall.single[pupil]:
            found.setdefault(hall.cell[pupil], []).append(place)
    return found


def _change(hall: Hall, counts: Counts, cells: tuple[int, int], here: int, there: int) -> int:
    """By how much the sum of squares of all counts changes."""
    gone, come = (set(hall.values_of_cell[cell]) for cell in cells)
    difference = {value: counts[value][here] - counts[value][there] for value in gone ^ come}
    return sum(2 * (1 - difference[value]) for value in gone - come) + sum(
        2 * (1 + difference[value]) for value in come - gone
    )


def _make(hall: Hall, counts: Counts, here: int, there: int, places: tuple[int, int]) -> None:
    x, y = hall.rows[here][places[0]], hall.rows[there][places[1]]
    hall.exchange(here, places[0], there, places[1])
    counts.tell(x, here, there)
    counts.tell(y, there, here)
