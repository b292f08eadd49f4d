"""Head counts of every mark, class by class, as even as they can be (draw-record.md, 7.4, step 5)."""

from __future__ import annotations

from collections.abc import Iterator

from qingfu.base.draw.allotment.hall import Hall


def even_counts(hall: Hall) -> None:
    counts = counted(hall)
    aside: set[int] = set()
    while True:
        value = next((v for v, row in enumerate(counts) if v not in aside and max(row) - min(row) >= 2), None)
        if value is None:
            return
        if _exchange_for(hall, counts, value):
            aside.clear()
        else:
            aside.add(value)


def counted(hall: Hall) -> list[list[int]]:
    """How many of every value stand in every class, by value."""
    counts = [[0] * len(hall.rows) for _ in range(hall.values)]
    for pupil, one in enumerate(hall.place_of):
        for value in hall.values_of_cell[hall.cell[pupil]]:
            counts[value][one] += 1
    return counts


def _exchange_for(hall: Hall, counts: list[list[int]], value: int) -> bool:
    for here, there in _pairs(counts[value]):
        found = _best(hall, counts, value, here, there)
        if found:
            _make(hall, counts, here, there, found)
            return True
    return any(_move(hall, counts, value, here, there) for here, there in _pairs(counts[value]))


def _move(hall: Hall, counts: list[list[int]], value: int, here: int, there: int) -> bool:
    """A single goes over, and the two classes exchange their sizes with it; False where that evens out nothing."""
    if len(hall.rows[here]) <= len(hall.rows[there]):
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
    tell(hall, counts, pupil, here, there)
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


def _best(hall: Hall, counts: list[list[int]], value: int, here: int, there: int) -> tuple[int, int] | None:
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
            near = min(_exchanges(hall, change, (here, x_places), (there, y_places)), default=None)
            if near is not None and (not found or near < found[0]):
                found = [near]
    return (found[0][2], found[0][3]) if found else None


def _exchanges(
    hall: Hall, change: int, ours: tuple[int, list[int]], theirs: tuple[int, list[int]]
) -> Iterator[tuple[int, int, int, int]]:
    here, there = ours[0], theirs[0]
    levels, row, other_row = hall.levels, hall.rows[here], hall.rows[there]
    for i in ours[1]:
        for j in theirs[1]:
            if hall.fit(here, i, there, j):
                yield change, abs(levels[row[i]] - levels[other_row[j]]), i, j


def _by_cell(hall: Hall, one: int) -> dict[int, list[int]]:
    """Places of singles by cell."""
    found: dict[int, list[int]] = {}
    for place, pupil in enumerate(hall.rows[one]):
        if hall.single[pupil]:
            found.setdefault(hall.cell[pupil], []).append(place)
    return found


def _change(hall: Hall, counts: list[list[int]], cells: tuple[int, int], here: int, there: int) -> int:
    """By how much the sum of squares of all counts changes."""
    gone, come = (set(hall.values_of_cell[cell]) for cell in cells)
    difference = {value: counts[value][here] - counts[value][there] for value in gone ^ come}
    return sum(2 * (1 - difference[value]) for value in gone - come) + sum(
        2 * (1 + difference[value]) for value in come - gone
    )


def _make(hall: Hall, counts: list[list[int]], here: int, there: int, places: tuple[int, int]) -> None:
    x, y = hall.rows[here][places[0]], hall.rows[there][places[1]]
    hall.exchange(here, places[0], there, places[1])
    tell(hall, counts, x, here, there)
    tell(hall, counts, y, there, here)


def tell(hall: Hall, counts: list[list[int]], pupil: int, source: int, goal: int) -> None:
    """The counts after ``pupil`` went from one class to another."""
    for value in hall.values_of_cell[hall.cell[pupil]]:
        counts[value][source] -= 1
        counts[value][goal] += 1
