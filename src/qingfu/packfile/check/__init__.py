"""Check: everything about a pack that its types alone cannot say."""

from __future__ import annotations

from collections.abc import Mapping

from qingfu.packfile.check.asking import check_asking
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.check.clauses import check_clauses
from qingfu.packfile.check.dates import check_dates
from qingfu.packfile.check.limits import check_limits
from qingfu.packfile.check.listing import check_lists
from qingfu.packfile.check.parties import check_parties
from qingfu.packfile.check.references import check_references
from qingfu.packfile.check.routes import check_routes
from qingfu.packfile.check.situations import check_situations
from qingfu.packfile.skeleton import Skeleton
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path, Place, Tree

__all__ = ["Bench", "check"]

# The order is that of trust: what a later check follows must have been seen to be there.
_CHECKS = (
    check_references,
    check_dates,
    check_clauses,
    check_parties,
    check_routes,
    check_lists,
    check_asking,
    check_limits,
)


def check(pack: Pack, tree: dict[str, Tree], places: Mapping[Path, Place], skeleton: Skeleton | None = None) -> Bench:
    """Check a whole pack; the bench holds what was found, each with its place."""
    bench = Bench(pack, tree, places, skeleton)
    for one in _CHECKS:
        one(bench)
    check_situations(bench)
    return bench
