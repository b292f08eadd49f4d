"""Clauses: ids once, sentences inside the skeleton, nothing running where nothing is said to run."""

from __future__ import annotations

from qingfu.base.errors import DuplicateKey, NoSuchReference
from qingfu.base.words import N_, Word
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.errors import Contradiction, OutsideSkeleton
from qingfu.packfile.faults import nearest
from qingfu.packfile.words.pack import KINDS
from qingfu.packfile.words.plan import Clause

# Who and where, not what happens: these may stand under a clause that runs nothing.
ONLY_NAMES = ("parties", "scopes")


def check_clauses(bench: Bench) -> None:
    """All checks of clauses."""
    seen: set[str] = set()
    running = _running(bench)
    for index, clause in enumerate(bench.pack.clauses):
        if clause.id in seen:
            bench.fault(DuplicateKey, ("clauses", index, "id"))
        seen.add(clause.id)
        if clause.runs_nothing and clause.id in running:
            problem = Word(N_("the clause says that nothing runs, and something runs under it"))
            bench.fault(Contradiction, ("clauses", index, "runs-nothing"), problem=problem)
        _sentences(bench, index, clause)


def _running(bench: Bench) -> set[str]:
    kinds = [kind.key for kind in KINDS if kind.key not in ONLY_NAMES]
    return {number for kind in kinds for thing in bench.pack.things(kind).values() for number in thing.clause}


def _sentences(bench: Bench, index: int, clause: Clause) -> None:
    if bench.skeleton is None:
        return
    name = clause.of or clause.id
    section = bench.skeleton.section(name)
    if section is None:
        known = [one.id for one in bench.skeleton.sections]
        field = "of" if clause.of else "id"
        bench.fault(NoSuchReference, ("clauses", index, field), value=name, suggestion=nearest(name, known))
        return
    for place, sentence in enumerate(clause.sentences):
        if not 1 <= sentence <= section.sentences:
            path = ("clauses", index, "sentences", place)
            bench.fault(OutsideSkeleton, path, section=name, sentence=sentence, most=section.sentences)
