"""The hall in which pupils are dealt to classes: by numbers, with what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qingfu.base.draw.notice import Allot, Entry


class Hall:
    """Pupils 0 … N-1 in pool order, classes 0 … K-1, and the rows of pupils in them."""

    def __init__(self, method: Allot, pool: Sequence[Entry]) -> None:
        self.tickets = [one.ticket for one in pool]
        self.levels = [one.level or 0 for one in pool]
        self.number = {ticket: pupil for pupil, ticket in enumerate(self.tickets)}
        size, classes = len(pool), len(method.classes)
        self.least, self.larger = divmod(size, classes)
        sizes = [self.least + (one < self.larger) for one in range(classes)]
        self.room = sizes
        self.rows: list[list[int]] = [[] for _ in range(classes)]
        self.place_of = [-1] * size
        self._cells(method, pool)
        self._relations(method)

    def _cells(self, method: Allot, pool: Sequence[Entry]) -> None:
        marks = [[one.marks[word] for word in method.balance] for one in pool]
        numbers: dict[tuple[str, ...], int] = {}
        self.cell = [numbers.setdefault(tuple(own), len(numbers)) for own in marks]
        values: dict[tuple[int, str], int] = {}
        for word in range(len(method.balance)):
            for own in marks:
                values.setdefault((word, own[word]), len(values))
        self.values = len(values)
        self.values_of_cell = [[values[word, mark] for word, mark in enumerate(cell)] for cell in numbers]

    def _relations(self, method: Allot) -> None:
        self.groups = [[self.number[ticket] for ticket in group] for group in method.together]
        self.single = [True] * len(self.tickets)
        for group in self.groups:
            for pupil in group:
                self.single[pupil] = False
        self.apart = [(self.number[a], self.number[b]) for a, b in method.apart]
        self.clashes: dict[int, set[int]] = {}
        for a, b in self.apart:
            self.clashes.setdefault(a, set()).add(b)
            self.clashes.setdefault(b, set()).add(a)

    def put(self, pupil: int, one: int) -> None:
        """Into the next place of the class."""
        self.rows[one].append(pupil)
        self.place_of[pupil] = one
        self.room[one] -= 1

    def clash_in(self, pupils: Iterable[int], one: int, leaving: int = -1) -> bool:
        """Whether one of the pupils clashes with somebody of the class, ``leaving`` not counted."""
        return any(
            self.place_of[other] == one and other != leaving
            for pupil in pupils
            for other in self.clashes.get(pupil, ())
        )

    def fit(self, here: int, i: int, there: int, j: int) -> bool:
        """Whether the pupils in these two places may be exchanged; both are single."""
        x, y = self.rows[here][i], self.rows[there][j]
        if x not in self.clashes and y not in self.clashes:
            return True
        return not self.clash_in((x,), there, y) and not self.clash_in((y,), here, x)

    def exchange(self, here: int, i: int, there: int, j: int) -> None:
        x, y = self.rows[here][i], self.rows[there][j]
        self.rows[here][i], self.rows[there][j] = y, x
        self.place_of[x], self.place_of[y] = there, here
