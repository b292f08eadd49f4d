"""Standing: how each limit stands over a folder of files, with the first findings of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qingfu.base.errors import DataUnreadable, FaultyData
from qingfu.base.words import Word
from qingfu.rules.duck import Judgement, judge
from qingfu.rules.files import DAMAGED, Opened
from qingfu.rules.files.columns import needs_of
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.truth import Verdict

EXAMPLES = 5


@dataclass(frozen=True)
class Standing:
    """How one limit stands: ``violating`` and ``not_reported`` count groups.

    ``lacks`` are the tables no file holds. Without its own table or a needed table of classes a limit is not
    ``judged`` at all; without the table of those who must report, who reported nothing does not show.
    """

    limit: Limit
    judged: bool
    lacks: tuple[str, ...] = ()
    violating: int = 0
    not_reported: int = 0
    examples: tuple[Finding, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether nothing violates it and nothing is unreported."""
        return self.judged and not self.lacks and not self.violating and not self.not_reported


@dataclass(frozen=True)
class Standings:
    """All limits, in the order given, and where the rest of the findings may be asked for."""

    judgement: Judgement
    each: tuple[Standing, ...]

    def findings(self, most: int) -> list[Finding]:
        """The first findings of every limit in order, violations first, at most ``most`` in all."""
        found: list[Finding] = []
        for one in self.each:
            if one.judged and len(found) < most:
                found += _first(self.judgement, one.limit, most - len(found))
        return found


Judging = Callable[[Opened, Sequence[Limit]], Judgement]


def judged_here(opened: Opened, limits: Sequence[Limit]) -> Judgement:
    """Judge where the files were checked."""
    return judge(opened.connection, limits, opened.ordered)


def standings(opened: Opened, limits: Sequence[Limit], judging: Judging = judged_here) -> Standings:
    """Judge what can be judged; raises FaultyData where a file turns out to be damaged."""
    import duckdb

    lacking = {limit.name: _lacks(limit, opened) for limit in limits}
    able = [_able(limit, opened) for limit in limits]
    chosen = [limit for limit in able if limit is not None]
    try:
        judgement = judging(opened, chosen)
    except duckdb.InvalidInputException as error:
        shown = ", ".join(opened.shown.values())
        raise FaultyData([DataUnreadable(file=shown, problem=Word(DAMAGED))]) from error
    counts = judgement.counts()
    each = []
    for limit, taken in zip(limits, able, strict=True):
        violating, unreported = (counts.get((limit.name, verdict), 0) for verdict in list(Verdict)[1:])
        examples = _first(judgement, taken, EXAMPLES) if taken and violating + unreported else []
        lacks = lacking[limit.name]
        each.append(Standing(limit, taken is not None, lacks, violating, unreported, tuple(examples)))
    return Standings(judgement, tuple(each))


def _lacks(limit: Limit, opened: Opened) -> tuple[str, ...]:
    return tuple(table for table in needs_of([limit]) if table not in opened.rows)


def _able(limit: Limit, opened: Opened) -> Limit | None:
    """The limit as far as the files let it be judged."""
    if not _lacks(limit, opened):
        return limit
    unexpecting = replace(limit, expects=None)
    return None if _lacks(unexpecting, opened) else unexpecting


def _first(judgement: Judgement, limit: Limit, most: int) -> list[Finding]:
    return list(_in_order(judgement, limit, most))


def _in_order(judgement: Judgement, limit: Limit, most: int) -> Iterator[Finding]:
    """The first findings of a limit: violations before what was not reported, then by the keys."""
    names = [one.name for one in judgement.limits]
    number = names.index(limit.name)
    for part, one in zip(judgement.parts, judgement.passes, strict=True):
        if all(judged.number != number for judged in one.judged):
            continue
        keys = ", ".join(f"k{place}" for place in range(len(one.per)))
        asked = f"SELECT * FROM {part} WHERE number = {number} ORDER BY verdict, {keys} LIMIT {most}"
        for _, *cells, verdict, value, counted, missing, bound in judgement.connection.execute(asked).fetchall():
            yield Finding(limit.name, tuple(cells), Verdict(verdict), value, counted, missing, bound)
