"""Mean levels as near to each other as whole numbers allow (draw-record.md, 7.4, step 6)."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

from qingfu.base.draw.allotment.counts import Counts
from qingfu.base.draw.allotment.hall import Hall


def even_levels(hall: Hall) -> None:
    if hall.least:
        levels = _Levels(hall)
        while levels.exchange_once():
            pass


class _Levels:
    """Sums of levels, weighed so that classes of two sizes can be compared without a fraction."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.weights = [1] * len(hall.rows)
        self.good = 1
        # Where groups did not fit, sizes differ although they need not, and some are neither q nor q + 1.
        if len({len(row) for row in hall.rows}) > 1:
            self.weights = [hall.least + (len(row) <= hall.least) for row in hall.rows]
            self.good = hall.least
        self.sums = [
            weight * sum(hall.levels[pupil] for pupil in row)
            for weight, row in zip(self.weights, hall.rows, strict=True)
        ]
        self.cells = [self._by_cell(one) for one in range(len(hall.rows))]
        self.counts = Counts(hall)
        self.totals = [sum(row) for row in self.counts.rows]
        # Old entries stay in the heaps and are passed over when they come to the top.
        self.high = [(-value, one) for one, value in enumerate(self.sums)]
        self.low = [(value, one) for one, value in enumerate(self.sums)]
        heapify(self.high)
        heapify(self.low)

    def _by_cell(self, one: int) -> dict[int, list[int]]:
        """Places of singles by cell; only an exchange across cells changes them."""
        found: dict[int, list[int]] = {}
        for place, pupil in enumerate(self.hall.rows[one]):
            if self.hall.single[pupil]:
                found.setdefault(self.hall.cell[pupil], []).append(place)
        return found

    def exchange_once(self) -> bool:
        for search in (self._best, self._best_across):
            for here, there in self._pairs():
                found = search(here, there)
                if found:
                    self._make(here, there, *found)
                    return True
        return False

    def _pairs(self) -> Iterator[tuple[int, int]]:
        highest, lowest = self._top(self.high, -1), self._top(self.low, 1)
        if self.sums[highest] - self.sums[lowest] <= self.good:
            return
        yield highest, lowest
        others = [one for one in range(len(self.sums)) if one not in (highest, lowest)]
        for other in sorted(others, key=lambda one: (self.sums[one], one)):
            if self.sums[highest] - self.sums[other] > self.good:
                yield highest, other
        for other in sorted(others, key=lambda one: (-self.sums[one], one)):
            if self.sums[other] - self.sums[lowest] > self.good:
                yield other, lowest

    def _top(self, heap: list[tuple[int, int]], sign: int) -> int:
        while heap[0][0] != sign * self.sums[heap[0][1]]:
            heappop(heap)
        return heap[0][1]

    def _best(self, here: int, there: int) -> tuple[int, int] | None:
        """The places whose exchange leaves the least between the two classes."""
        gap = self.sums[here] - self.sums[there]
        step = self.weights[here] + self.weights[there]
        found: tuple[int, int, int] | None = None
        for cell, ours in self.cells[here].items():
            theirs = self.cells[there].get(cell)
            if theirs:
                found = self._nearest((here, ours), (there, theirs), (gap, step), found)
        return found and (found[1], found[2])

    def _nearest(
        self,
        ours: tuple[int, list[int]],
        theirs: tuple[int, list[int]],
        measure: tuple[int, int],
        found: tuple[int, int, int] | None,
    ) -> tuple[int, int, int] | None:
        here, there, (gap, step) = ours[0], theirs[0], measure
        hall, levels = self.hall, self.hall.levels
        row, other_row = hall.rows[here], hall.rows[there]
        bound = gap if found is None else found[0]
        offered = [(levels[other_row[j]], j) for j in theirs[1]]
        for i in ours[1]:
            own = levels[row[i]]
            for level, j in offered:
                left = abs(gap - (own - level) * step)
                nearer = left < bound or (found is not None and left == bound and (i, j) < found[1:])
                if nearer and hall.fit(here, i, there, j):
                    found, bound = (left, i, j), left
        return found

    def _best_across(self, here: int, there: int) -> tuple[int, int] | None:
        """The same between cells, where no count of a mark leaves its limit."""
        found: tuple[int, int, int] | None = None
        gap, step = self.sums[here] - self.sums[there], self.weights[here] + self.weights[there]
        for x_cell, ours in self.cells[here].items():
            for y_cell, theirs in self.cells[there].items():
                if x_cell != y_cell and self._keeps_counts(x_cell, y_cell, here, there):
                    found = self._nearest((here, ours), (there, theirs), (gap, step), found)
        return found and (found[1], found[2])

    def _keeps_counts(self, x_cell: int, y_cell: int, here: int, there: int) -> bool:
        gone, come = (set(self.hall.values_of_cell[cell]) for cell in (x_cell, y_cell))
        counts, classes = self.counts, len(self.hall.rows)
        for value in gone ^ come:
            step = 1 if value in come else -1
            total = self.totals[value]
            for count in (counts[value][here] + step, counts[value][there] - step):
                if not total // classes <= count <= -(-total // classes):
                    return False
        return True

    def _make(self, here: int, there: int, i: int, j: int) -> None:
        hall = self.hall
        moved = hall.levels[hall.rows[here][i]] - hall.levels[hall.rows[there][j]]
        x, y = hall.rows[here][i], hall.rows[there][j]
        hall.exchange(here, i, there, j)
        if hall.cell[x] != hall.cell[y]:
            self.counts.tell(x, here, there)
            self.counts.tell(y, there, here)
            self.cells[here], self.cells[there] = self._by_cell(here), self._by_cell(there)
        self.sums[here] -= moved * self.weights[here]
        self.sums[there] += moved * self.weights[there]
        for one in (here, there):
            heappush(self.high, (-self.sums[one], one))
            heappush(self.low, (self.sums[one], one))
