"""What a plan orders of a draw binds whoever holds it: not fewer, not from another list, not by coarser parts."""

from __future__ import annotations

from collections.abc import Sequence

from qingfu.base.draw.notice import Match, Method, Share
from qingfu.base.draw.picking import drawn_of
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_, Word
from qingfu.packfile.words.moves import Draw as Ordered
from qingfu.packfile.words.word import Quantity
from qingfu.records.draws.queries.pools import MARKS
from qingfu.records.draws.queries.views import Candidate
from qingfu.records.plans.queries import InForce

OTHER_POOL = N_("The plan orders a draw from another list; go back and choose that one, or hold a draw of your own.")
TOO_FEW = N_("The plan orders at least {n}.")
TOO_SMALL = N_("The plan orders at least {n} % of every part.")
COARSER = N_("The plan orders a share of every part by: {words}.")
NOT_APART = N_("The plan orders that nobody goes where he has the same mark, as to his own township.")
FEWER_ROUNDS = N_("The plan orders {n} rounds.")


def require_ordered(
    plan: InForce | None, key: str, *, method: Method, candidates: Sequence[Candidate], pool: str
) -> None:
    """Invalid where a draw that a plan orders is smaller than ordered. More, and a finer division, are free."""
    ordered = plan.pack.draws.get(key) if plan is not None else None
    if ordered is None:
        return
    faults = [FieldFault("pool", OTHER_POOL)] if ordered.pool and pool and ordered.pool != pool else []
    faults += _size(ordered, method, [one for one in candidates if not one.reason])
    if faults:
        raise Invalid(*faults)


def _size(ordered: Ordered, method: Method, eligible: Sequence[Candidate]) -> list[FieldFault]:
    if isinstance(method, Match):
        rounds, apart = _number(ordered.rounds), [word for word in ordered.apart_by if word not in method.apart_by]
        fewer = [FieldFault("rounds", FEWER_ROUNDS, {"n": rounds})] * (method.rounds < rounds)
        return fewer + [FieldFault("apart", NOT_APART)] * bool(apart)
    if percent := _number(ordered.at_least_percent):
        return _share(ordered, percent, method)
    least = min(_number(ordered.take), len(eligible))
    return [FieldFault("take", TOO_FEW, {"n": least})] * (drawn_of(method, (one.marks for one in eligible)) < least)


def _share(ordered: Ordered, percent: int, method: Method) -> list[FieldFault]:
    if not isinstance(method, Share) or method.parts * 100 < percent * method.of:
        return [FieldFault("percent", TOO_SMALL, {"n": percent})]
    missing = [word for word in ordered.strata if word not in method.by]
    return [FieldFault("by", COARSER, {"words": [Word(MARKS[word]) for word in ordered.strata]})] * bool(missing)


def _number(said: Quantity | None) -> int:
    return said.value or 0 if said is not None else 0
