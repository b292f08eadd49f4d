"""Situations: ids once, facts that say what their verb reads, names that stand for something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qingfu.base.errors import DuplicateKey, MissingKey, NoSuchReference
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.faults import nearest
from qingfu.packfile.paths import path_of
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.situation import Expect, Fact, Situation
from qingfu.packfile.yamltext import Path

# What each verb of a fact reads and cannot do without; the manual prints this table.
READS: dict[str, tuple[str, ...]] = {
    "fill": ("blank", "value"),
    "put-in-force": (),
    "hand-in": ("duty",),
    "accept": ("duty",),
    "return-hand-in": ("duty",),
    "waive": ("duty",),
    "reschedule": ("duty", "to_day"),
    "apply": ("route", "as_"),
    **dict.fromkeys(("opine", "pass", "approve", "return", "refuse", "record", "publish", "withdraw"), ("as_",)),
    "evaluate": ("as_", "verdict"),
    "exit": ("as_", "exit"),
    "restore": ("as_",),
    "find-problem": ("as_",),
    **dict.fromkeys(("plan-rectification", "report-done", "verify", "send-back", "revisit", "relapse"), ("as_",)),
    "ask-at-gate": ("name",),
}
_NAMES = {"as_": "as"}


def check_situations(bench: Bench) -> None:
    """All checks of situations."""
    seen: set[str] = set()
    for index, situation in enumerate(bench.pack.situations):
        path: Path = ("situations", index)
        if situation.id in seen:
            bench.fault(DuplicateKey, (*path, "id"))
        seen.add(situation.id)
        for name in situation.blanks:
            _blank(bench, (*path, "blanks", name), name)
        for number, fact in enumerate(situation.facts):
            _fact(bench, (*path, "facts", number), fact)
        for number, expect in enumerate(situation.expect):
            _expect(bench, (*path, "expect", number), expect, situation)


def _blank(bench: Bench, path: Path, name: str) -> None:
    if path_of(bench.pack, name) is None:
        bench.fault(NoSuchReference, path, value=name)


def _fact(bench: Bench, path: Path, fact: Fact) -> None:
    for field in READS[fact.verb]:
        if getattr(fact, field) is None:
            key = _NAMES.get(field, field.replace("_", "-"))
            bench.fault(MissingKey, (*path, key), suggestion=f"{key}: …")
    if fact.blank:
        _blank(bench, (*path, "blank"), fact.blank)
    for field, known in _known(bench.pack, fact):
        _names(bench, (*path, _NAMES.get(field, field)), getattr(fact, field), known)


def _known(pack: Pack, said: Fact | Expect) -> Iterator[tuple[str, Iterable[str]]]:
    yield "duty", pack.duties
    yield "step", [step.id for route in pack.routes.values() for step in route.steps]
    yield "flags", pack.conduct
    yield "unit", pack.scopes
    if isinstance(said, Fact):
        yield "who", pack.parties
        yield "route", pack.routes
        yield "kind", [*pack.problem_kinds, *pack.evaluations]
        yield "exit", [leave.id for held in pack.lists.values() for leave in held.leaves_by]
        yield "verdict", [one.id for held in pack.evaluations.values() for one in held.verdicts]
    else:
        yield "list_", pack.lists
        yield "phase", pack.phases
        yield "seated", pack.parties
        yield "advisory", [advisory.about for advisory in pack.advisories]


def _names(bench: Bench, path: Path, said: str | tuple[str, ...] | None, known: Iterable[str]) -> None:
    names = (said,) if isinstance(said, str) else said or ()
    known = tuple(known)
    for name in names:
        if name not in known:
            bench.fault(NoSuchReference, path, value=name, suggestion=nearest(name, known))


def _expect(bench: Bench, path: Path, expect: Expect, situation: Situation) -> None:
    named = {fact.as_ for fact in situation.facts if fact.as_}
    for field in ("case", "problem"):
        said = getattr(expect, field)
        if said is not None and said not in named:
            bench.fault(NoSuchReference, (*path, field), value=said, suggestion=nearest(said, named))
    if expect.refused is not None and not 1 <= expect.refused <= len(situation.facts):
        bench.fault(NoSuchReference, (*path, "refused"), value=expect.refused)
    for field, known in _known(bench.pack, expect):
        _names(bench, (*path, field.rstrip("_")), getattr(expect, field), known)
