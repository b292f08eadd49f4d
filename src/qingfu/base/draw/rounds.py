"""Pairs spread over rounds: nobody twice in a round, every taker's rounds as even as can be.

Each taker's edges are cut into parts as large as there are rounds; then no point of the graph has more edges than
there are rounds, and so many colours always suffice (König). A part with every colour loads each round once.
"""

from __future__ import annotations

from collections.abc import Sequence

from qingfu.base.draw.stream import Stream

_NONE = -1


def spread(edges: Sequence[tuple[int, int]], rounds: int, stream: Stream) -> list[int]:
    """The round of every (taker, target); edges stand taker by taker."""
    coloured = _Colouring(edges, rounds)
    colours = coloured.all()
    drawn = stream.shuffled(range(rounds))
    return [drawn[colour] for colour in colours]


class _Colouring:
    def __init__(self, edges: Sequence[tuple[int, int]], rounds: int) -> None:
        self.rounds = rounds
        self.ends: list[tuple[int, int]] = []
        self.colours = [_NONE] * len(edges)
        parts, last, held = -1, None, 0
        for taker, target in edges:
            if taker != last or held == rounds:
                parts, last, held = parts + 1, taker, 0
            held += 1
            self.ends.append((parts, target))
        # At every point, the edge of each colour.
        self.parts = [[_NONE] * rounds for _ in range(parts + 1)]
        self.targets = [[_NONE] * rounds for _ in range(1 + max((target for _, target in edges), default=-1))]

    def all(self) -> list[int]:
        for edge, (part, target) in enumerate(self.ends):
            here, there = self.parts[part], self.targets[target]
            both = next((c for c in range(self.rounds) if here[c] == there[c] == _NONE), _NONE)
            if both == _NONE:
                both, other = there.index(_NONE), here.index(_NONE)
                self._exchange(part, both, other)
            self._colour(edge, both)
        return self.colours

    def _colour(self, edge: int, colour: int) -> None:
        part, target = self.ends[edge]
        self.colours[edge] = colour
        self.parts[part][colour] = self.targets[target][colour] = edge

    def _exchange(self, part: int, first: int, second: int) -> None:
        """Exchange two colours along the path that leaves ``part`` with the first; it never comes to the target."""
        path, at, on_part, colour = [], part, True, first
        while True:
            edge = (self.parts if on_part else self.targets)[at][colour]
            if edge == _NONE:
                break
            path.append(edge)
            at = self.ends[edge][1 if on_part else 0]
            on_part, colour = not on_part, second if colour == first else first
        for edge in path:
            self._clear(edge)
        for place, edge in enumerate(path):
            self._colour(edge, second if place % 2 == 0 else first)

    def _clear(self, edge: int) -> None:
        part, target = self.ends[edge]
        self.parts[part][self.colours[edge]] = self.targets[target][self.colours[edge]] = _NONE
