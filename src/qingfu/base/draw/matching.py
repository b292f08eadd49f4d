"""Targets and takers over several rounds: drawn within what is excluded, loads as even as can be (draw-record.md, 7.3).

First every target draws its takers for all rounds; then loads are evened out along paths of hand-overs, which ends at
the best there is or at the takers and targets that make it impossible; then the pairs are spread over the rounds by
colouring edges, which is always possible. So an answer is missed only where none exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingfu.base.draw.notice import Entry, Match
from qingfu.base.draw.rounds import spread
from qingfu.base.draw.stream import Chance
from qingfu.base.errors import NoMatch

_NO_LIMIT = 1 << 60


@dataclass
class _Board:
    """Targets and takers by their places in drawn order."""

    targets: list[str]
    takers: list[str]
    allowed: list[list[int]]
    permitted: list[set[int]]
    most: list[int]
    has: list[set[int]]
    of: list[set[int]]

    def load(self, taker: int) -> int:
        return len(self.of[taker])

    def hand(self, target: int, source: int, taker: int) -> None:
        self.has[target].remove(source)
        self.of[source].remove(target)
        self.has[target].add(taker)
        self.of[taker].add(target)


def match(method: Match, pool: Sequence[Entry], chance: Chance) -> dict[str, object]:
    """draw-record.md, 7.3. NoMatch names the targets and takers because of which no answer exists."""
    board = _board(method, pool, chance)
    _draw(board, method.rounds, chance)
    _even_out(board)
    edges = [(taker, target) for taker, targets in enumerate(board.of) for target in sorted(targets)]
    drawn = spread(edges, method.rounds, chance.stream("match/rounds"))
    rounds: list[list[list[str]]] = [[] for _ in range(method.rounds)]
    for (taker, target), number in zip(edges, drawn, strict=True):
        rounds[number].append([board.targets[target], board.takers[taker]])
    loads = {ticket: [0] * method.rounds for ticket in board.takers}
    for number, pairs in enumerate(rounds):
        for _, ticket in pairs:
            loads[ticket][number] += 1
    return {
        "loads": [[ticket, sum(loads[ticket]), *loads[ticket]] for ticket in sorted(loads)],
        "rounds": [sorted(pairs) for pairs in rounds],
    }


def _board(method: Match, pool: Sequence[Entry], chance: Chance) -> _Board:
    targets = chance.stream("match/targets").shuffled(tuple(pool))
    takers = chance.stream("match/takers").shuffled(method.takers)
    tied = {(tie.target, tie.taker) for tie in method.ties}
    allowed = [
        [place for place, taker in enumerate(takers) if not _excluded(method, tied, target, taker)]
        for target in targets
    ]
    return _Board(
        targets=[one.ticket for one in targets],
        takers=[one.ticket for one in takers],
        allowed=allowed,
        permitted=[set(places) for places in allowed],
        most=[_NO_LIMIT if one.most is None else one.most for one in takers],
        has=[set() for _ in targets],
        of=[set() for _ in takers],
    )


def _excluded(method: Match, tied: set[tuple[str, str]], target: Entry, taker: Entry) -> bool:
    if (target.ticket, taker.ticket) in tied:
        return True
    return any(word in taker.marks and taker.marks[word] == target.marks.get(word) for word in method.apart_by)


def _draw(board: _Board, rounds: int, chance: Chance) -> None:
    ties = chance.stream("match/ties")
    load = [0] * len(board.takers)
    for target, allowed in enumerate(board.allowed):
        if len(allowed) < rounds:
            raise _too_few(board, target, rounds)
        free = list(allowed)
        for _ in range(rounds):
            fitting = [taker for taker in free if load[taker] < board.most[taker]] or free
            least = min(load[taker] for taker in fitting)
            lightest = [taker for taker in fitting if load[taker] == least]
            taker = lightest[ties.below(len(lightest))]
            free.remove(taker)
            load[taker] += 1
            board.has[target].add(taker)
            board.of[taker].add(target)


def _too_few(board: _Board, target: int, rounds: int) -> NoMatch:
    return NoMatch(
        targets=(board.targets[target],),
        takers=tuple(sorted(board.takers[taker] for taker in board.allowed[target])),
        needs=rounds,
        room=len(board.allowed[target]),
    )


def _even_out(board: _Board) -> None:
    while _hand_over_once(board):
        pass
    for taker in range(len(board.takers)):
        if board.load(taker) > board.most[taker]:
            raise _overfull(board, taker)


def _hand_over_once(board: _Board) -> bool:
    """One hand-over from the first taker that has one; False where nobody has."""
    order = sorted(
        range(len(board.takers)),
        key=lambda taker: (board.load(taker) <= board.most[taker], -board.load(taker), taker),
    )
    lightest = min((board.load(t) for t in order if board.load(t) < board.most[t]), default=_NO_LIMIT)
    # What a fruitless search has seen holds nobody light enough for a lighter source either.
    hopeless: set[int] = set()
    for source in order:
        over = board.load(source) > board.most[source]
        bound = _NO_LIMIT - 1 if over else board.load(source) - 2
        if source in hopeless or lightest > bound:
            continue
        came, reached = _search(board, source, bound)
        if reached is not None:
            _hand_along(board, came, source, reached)
            return True
        hopeless.update(came)
    return False


def _hand_along(board: _Board, came: dict[int, tuple[int, int]], source: int, reached: int) -> None:
    while reached != source:
        target, before = came[reached]
        board.hand(target, before, reached)
        reached = before


def _search(board: _Board, source: int, bound: int) -> tuple[dict[int, tuple[int, int]], int | None]:
    """How each taker was come to, breadth first, and the first one with room and a load of at most ``bound``."""
    came: dict[int, tuple[int, int]] = {source: (-1, -1)}
    queue = [source]
    for visited in queue:
        for target in sorted(board.of[visited]):
            for taker in board.allowed[target]:
                if taker in came or taker in board.has[target]:
                    continue
                came[taker] = (target, visited)
                if board.load(taker) < board.most[taker] and board.load(taker) <= bound:
                    return came, taker
                queue.append(taker)
    return came, None


def _overfull(board: _Board, source: int) -> NoMatch:
    """Whoever can be come to from ``source`` is full, and their targets have nobody else."""
    came, _ = _search(board, source, _NO_LIMIT)
    closed = set(came)
    targets = sorted({target for taker in closed for target in board.of[taker]})
    return NoMatch(
        targets=tuple(sorted(board.targets[target] for target in targets)),
        takers=tuple(sorted(board.takers[taker] for taker in closed)),
        needs=sum(board.load(taker) for taker in closed),
        room=sum(board.most[taker] for taker in closed),
    )
