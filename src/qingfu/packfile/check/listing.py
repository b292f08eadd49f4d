"""Lists, disclosures and evaluations: a way in, caps that can be held, verdicts whose exit exists."""

from __future__ import annotations

from qingfu.base.errors import DuplicateKey, NoSuchReference, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.course import steps_of
from qingfu.packfile.errors import Circular, Contradiction
from qingfu.packfile.faults import nearest
from qingfu.packfile.words.moves import Evaluation, WhiteList
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path


def check_lists(bench: Bench) -> None:
    """All checks of lists and what leads onto or off them."""
    for key, held in bench.pack.lists.items():
        _caps(bench, key, held)
        _exits(bench, key, held)
        for index, name in enumerate(held.entered_by):
            entered = _enters(bench.pack, name)
            if entered is not None and f"lists.{key}" not in entered:
                problem = Word(N_("no step of this route takes a place on the list"))
                bench.fault(Contradiction, ("lists", key, "entered-by", index), problem=problem)
    _back(bench)
    for key, evaluation in bench.pack.evaluations.items():
        _verdicts(bench, key, evaluation)


def _enters(pack: Pack, route: str) -> set[str] | None:
    try:
        return {step.into for step in steps_of(pack, route) if step.into}
    except (NotFound, Circular):
        return None


def _back(bench: Bench) -> None:
    for key, route in bench.pack.routes.items():
        for index, step in enumerate(route.steps):
            held = bench.pack.lists.get((step.into or "").removeprefix("lists."))
            if held and f"routes.{key}" not in held.entered_by:
                problem = Word(N_("the list does not say that it is entered by this route"))
                path: Path = ("routes", key, "steps", index, "into")
                bench.fault(Contradiction, path, problem=problem, suggestion=f"entered-by: [routes.{key}]")


def _caps(bench: Bench, key: str, held: WhiteList) -> None:
    seen = set()
    for index, cap in enumerate(held.caps):
        path: Path = ("lists", key, "caps", index)
        which = (cap.counts, cap.window, cap.scope)
        if which in seen:
            bench.fault(Contradiction, path, problem=Word(N_("the same is capped twice")))
        seen.add(which)
        amount = cap.at_most
        if amount.value is not None and amount.value < 1:
            problem = Word(N_("a cap of nothing closes the list; write at least 1"))
            bench.fault(Contradiction, (*path, "at-most"), problem=problem)
        if amount.least is not None and amount.most is not None and amount.most < amount.least:
            problem = Word(N_("the smallest value allowed is above the largest"))
            bench.fault(Contradiction, (*path, "at-most", "least"), problem=problem)


def _exits(bench: Bench, key: str, held: WhiteList) -> None:
    ids = [leave.id for leave in held.leaves_by]
    for index, one in enumerate(ids):
        if one in ids[:index]:
            bench.fault(DuplicateKey, ("lists", key, "leaves-by", index, "id"))


def _verdicts(bench: Bench, key: str, evaluation: Evaluation) -> None:
    held = bench.pack.lists.get(evaluation.of.removeprefix("lists."))
    known = [leave.id for leave in held.leaves_by] if held else []
    ids = [verdict.id for verdict in evaluation.verdicts]
    for index, verdict in enumerate(evaluation.verdicts):
        path: Path = ("evaluations", key, "verdicts", index)
        if verdict.id in ids[:index]:
            bench.fault(DuplicateKey, (*path, "id"))
        if verdict.exit and held and verdict.exit not in known:
            bench.fault(NoSuchReference, (*path, "exit"), value=verdict.exit, suggestion=nearest(verdict.exit, known))
