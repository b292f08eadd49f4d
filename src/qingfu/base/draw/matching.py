"""Targets and takers over several rounds: drawn within what is excluded, loads as even as can be (draw-record.md, 7.3).

First every target draws its takers for all rounds; then loads are evened out along paths of hand-overs, which ends at
the best there is or at the takers and targets that make it impossible; then the pairs are spread over the rounds by
colouring edges, which is always possible. So an answer is missed only where none exists.

Sets of takers are whole numbers, a bit for a taker: thousands of targets by hundreds of takers cost no loop each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qingfu.base.draw.notice import Entry, Match
from qingfu.base.draw.rounds import spread
from qingfu.base.draw.stream import Chance, Stream
from qingfu.base.errors import NoMatch

_NO_LIMIT = 1 << 60


class _Board:
    """Targets and takers by their places in drawn order; a set of takers is a mask."""

    def __init__(self, targets: Sequence[Entry], takers: Sequence[Entry], allowed: list[int]) -> None:
        self.targets = [one.ticket for one in targets]
        self.takers = [one.ticket for one in takers]
        self.allowed = allowed
        self.most = [_NO_LIMIT if one.most is None else one.most for one in takers]
        self.has = [0] * len(targets)
        self.of: list[set[int]] = [set() for _ in takers]
        self.by_load = {0: (1 << len(takers)) - 1}
        self.roomy = _mask(taker for taker, most in enumerate(self.most) if most > 0)

    def load(self, taker: int) -> int:
        return len(self.of[taker])

    def light(self, bound: int) -> int:
        """Who has room and a load of at most ``bound``."""
        found = 0
        for load, takers in self.by_load.items():
            if load <= bound:
                found |= takers
        return found & self.roomy

    def give(self, target: int, taker: int) -> None:
        self.has[target] |= 1 << taker
        self.of[taker].add(target)
        self._came(taker, self.load(taker) - 1)

    def hand(self, target: int, source: int, taker: int) -> None:
        self.has[target] ^= 1 << source
        self.of[source].remove(target)
        self._came(source, self.load(source) + 1)
        self.give(target, taker)

    def _came(self, taker: int, before: int) -> None:
        bit, load = 1 << taker, self.load(taker)
        self.by_load[before] ^= bit
        if not self.by_load[before]:
            del self.by_load[before]
        self.by_load[load] = self.by_load.get(load, 0) | bit
        self.roomy = self.roomy | bit if load < self.most[taker] else self.roomy & ~bit

    def named(self, takers: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted(self.takers[taker] for taker in takers))


def _mask(places: Iterable[int]) -> int:
    made = 0
    for place in places:
        made |= 1 << place
    return made


def _places(mask: int) -> Iterator[int]:
    """The places in a mask, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _place(mask: int, number: int) -> int:
    """The place in a mask that has ``number`` others before it, by halving."""
    passed, width = 0, mask.bit_length()
    while width > 1:
        half = width // 2
        lower = mask & ((1 << half) - 1)
        count = lower.bit_count()
        if number < count:
            mask, width = lower, half
        else:
            mask, width, number, passed = mask >> half, width - half, number - count, passed + half
    return passed


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
    return _Board(targets, takers, _allowed(method, targets, takers))


def _allowed(method: Match, targets: Sequence[Entry], takers: Sequence[Entry]) -> list[int]:
    """For every target, who is neither tied to it nor has a mark that keeps them apart."""
    marked: dict[tuple[str, str | None], int] = {}
    for place, taker in enumerate(takers):
        for word in method.apart_by:
            if word in taker.marks:
                own = (word, taker.marks[word])
                marked[own] = marked.get(own, 0) | 1 << place
    bit_of = {taker.ticket: 1 << place for place, taker in enumerate(takers)}
    excluded = {one.ticket: 0 for one in targets}
    for tie in method.ties:
        excluded[tie.target] |= bit_of[tie.taker]
    everybody = (1 << len(takers)) - 1
    allowed = []
    for target in targets:
        apart = excluded[target.ticket]
        for word in method.apart_by:
            apart |= marked.get((word, target.marks.get(word)), 0)
        allowed.append(everybody & ~apart)
    return allowed


def _draw(board: _Board, rounds: int, chance: Chance) -> None:
    ties = chance.stream("match/ties")
    for target, allowed in enumerate(board.allowed):
        if allowed.bit_count() < rounds:
            raise _too_few(board, target, rounds)
        for _ in range(rounds):
            free = allowed & ~board.has[target]
            board.give(target, _lightest(board, free & board.roomy or free, ties))


def _lightest(board: _Board, fitting: int, ties: Stream) -> int:
    """One of those with the least load, by lot."""
    lightest = next(found for load in sorted(board.by_load) if (found := board.by_load[load] & fitting))
    return _place(lightest, ties.below(lightest.bit_count()))


def _too_few(board: _Board, target: int, rounds: int) -> NoMatch:
    return NoMatch(
        targets=(board.targets[target],),
        takers=board.named(_places(board.allowed[target])),
        needs=rounds,
        room=board.allowed[target].bit_count(),
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
    light, unseen = board.light(bound), ~(1 << source)
    queue = [source]
    for visited in queue:
        for target in sorted(board.of[visited]):
            reached = board.allowed[target] & ~board.has[target] & unseen
            if reached & light:
                taker = next(_places(reached & light))
                came[taker] = (target, visited)
                return came, taker
            unseen &= ~reached
            for taker in _places(reached):
                came[taker] = (target, visited)
                queue.append(taker)
    return came, None


def _overfull(board: _Board, source: int) -> NoMatch:
    """Whoever can be come to from ``source`` is full, and their targets have nobody else."""
    came, _ = _search(board, source, _NO_LIMIT)
    closed = set(came)
    targets = sorted({target for taker in closed for target in board.of[taker]})
    return NoMatch(
        targets=tuple(sorted(board.targets[target] for target in targets)),
        takers=board.named(closed),
        needs=sum(board.load(taker) for taker in closed),
        room=sum(board.most[taker] for taker in closed),
    )
