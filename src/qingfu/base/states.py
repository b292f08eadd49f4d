"""A transition table: from, verb, to, who may. State changes only through one of these."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qingfu.base.errors import BadTable, NotAllowed, WrongState
from qingfu.base.words import Word


@dataclass(frozen=True)
class Move:
    """One row: in ``source``, ``verb`` leads to ``target``, and the roles in ``who`` may."""

    source: str
    verb: str
    target: str
    who: frozenset[str]


@dataclass(frozen=True)
class Table:
    """All moves of one kind of record, checked when it is made.

    A state without moves must be named in ``final``. The same verb may leave one state
    twice only for disjoint roles, so that a move is never ambiguous.
    """

    name: str
    initial: str
    rows: tuple[Move, ...]
    final: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for problem in self._problems():
            raise BadTable(table=self.name, problem=problem)

    @property
    def states(self) -> tuple[str, ...]:
        """All states in the order they first appear, the initial one first."""
        named = [self.initial]
        for row in self.rows:
            named += [row.source, row.target]
        return tuple(dict.fromkeys([*named, *sorted(self.final)]))

    @property
    def all_verbs(self) -> tuple[str, ...]:
        """All verbs in the order they first appear."""
        return tuple(dict.fromkeys(row.verb for row in self.rows))

    @property
    def roles(self) -> frozenset[str]:
        """Everybody who may do anything."""
        return frozenset(role for row in self.rows for role in row.who)

    def move(self, state: str, verb: str, who: str | Collection[str]) -> str:
        """The state after ``verb``; raises WrongState, or NotAllowed for a role that may not."""
        roles = _roles(who)
        rows = [row for row in self.rows if (row.source, row.verb) == (state, verb)]
        if not rows:
            possible = [Word(known) for known in self.verbs(state, roles)]
            raise WrongState(verb=Word(verb), state=Word(state), possible=possible, table=self.name)
        for row in rows:
            if row.who & roles:
                return row.target
        allowed = sorted({role for row in rows for role in row.who})
        raise NotAllowed(verb=Word(verb), who=[Word(role) for role in allowed], table=self.name)

    def verbs(self, state: str, who: str | Collection[str]) -> tuple[str, ...]:
        """What ``who`` may do in ``state``, in the order of the table."""
        roles = _roles(who)
        return tuple(dict.fromkeys(row.verb for row in self.rows if row.source == state and row.who & roles))

    def mermaid(self) -> str:
        """The diagram for the manual, in Mermaid's stateDiagram-v2."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for row in self.rows:
            lines.append(f"    {row.source} --> {row.target}: {row.verb} ({', '.join(sorted(row.who))})")
        lines += [f"    {state} --> [*]" for state in sorted(self.final)]
        return "\n".join(lines) + "\n"

    def _problems(self) -> Iterator[str]:
        for index, row in enumerate(self.rows):
            if not row.who:
                yield f"nobody may {row.verb} in {row.source}"
            for other in self.rows[:index]:
                if (other.source, other.verb) == (row.source, row.verb) and other.who & row.who:
                    yield f"{row.verb} leaves {row.source} twice for the same role"
            if row.source in self.final:
                yield f"{row.verb} leaves {row.source}, which is final"
        reached = self._reached()
        for state in self.states:
            if state not in reached:
                yield f"{state} is never reached"
            elif state not in self.final and all(row.source != state for row in self.rows):
                yield f"{state} is a dead end but not final"

    def _reached(self) -> set[str]:
        reached = {self.initial}
        while fresh := {row.target for row in self.rows if row.source in reached} - reached:
            reached |= fresh
        return reached


def _roles(who: str | Collection[str]) -> frozenset[str]:
    return frozenset({who}) if isinstance(who, str) else frozenset(who)
