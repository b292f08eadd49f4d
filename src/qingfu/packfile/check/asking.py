"""Forms and duties: items once, conditions on earlier answers, a ledger where problems are opened."""

from __future__ import annotations

from qingfu.base.errors import DuplicateKey, NoSuchReference, WrongValue
from qingfu.base.words import N_, Word
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.check.meanings import form_at, need_meanings
from qingfu.packfile.errors import Circular, Contradiction
from qingfu.packfile.faults import nearest
from qingfu.packfile.words.asks import Duty, Item, Only
from qingfu.packfile.yamltext import Path


def check_asking(bench: Bench) -> None:
    """All checks of forms, duties and the ledger."""
    for key, form in bench.pack.forms.items():
        _items(bench, ("forms", key, "items"), form.items)
    for key, duty in bench.pack.duties.items():
        _duty(bench, key, duty)
    opening = bench.pack.problem_kinds or any(duty.opens for duty in bench.pack.duties.values())
    if opening and bench.pack.problems_policy is None:
        path: Path = ("problem-kinds",) if bench.pack.problem_kinds else ("duties",)
        problem = Word(N_("problems are opened, and no problems-policy says how the ledger is kept"))
        bench.fault(Contradiction, path, problem=problem, suggestion="problems-policy.yaml")


def _items(bench: Bench, path: Path, items: tuple[Item, ...]) -> None:
    before: dict[str, Item] = {}
    for index, item in enumerate(items):
        here: Path = (*path, index)
        if item.id in before:
            bench.fault(DuplicateKey, (*here, "id"))
        if item.only:
            _only(bench, (*here, "only"), item.only, before)
        if item.least is not None and item.most is not None and item.most < item.least:
            problem = Word(N_("the smallest value allowed is above the largest"))
            bench.fault(Contradiction, (*here, "least"), problem=problem)
        _kinds(bench, here, item)
        _items(bench, (*here, "items"), item.items)
        before[item.id] = item


def _only(bench: Bench, path: Path, only: Only, before: dict[str, Item]) -> None:
    earlier = before.get(only.item)
    if earlier is None:
        near = nearest(only.item, before)
        bench.fault(NoSuchReference, (*path, "item"), value=only.item, suggestion=near)
        return
    known = tuple(earlier.options) or (("yes", "no") if earlier.answer == "yes-no" else ())
    if known and only.is_ not in known:
        bench.fault(WrongValue, (*path, "is"), value=only.is_, expected=" · ".join(known))


def _kinds(bench: Bench, path: Path, item: Item) -> None:
    if item.means == "problem-kind":
        for option in item.options:
            if option not in bench.pack.problem_kinds:
                near = nearest(option, bench.pack.problem_kinds)
                bench.fault(NoSuchReference, (*path, "options", option), value=option, suggestion=near)


def _duty(bench: Bench, key: str, duty: Duty) -> None:
    held = form_at(bench, duty.hand_in)
    if duty.opens and held:
        need_meanings(bench, ("duties", key, "hand-in"), held, ("problem",), duty.says)
    if duty.opens and duty.hand_in is None:
        problem = Word(N_("problems are read from a form, and this duty hands none in"))
        bench.fault(Contradiction, ("duties", key, "opens"), problem=problem)
    if duty.accepted_by == "person" and duty.hand_in and duty.to is None:
        problem = Word(N_("somebody accepts what is handed in, and it is handed in to nobody"))
        bench.fault(Contradiction, ("duties", key), problem=problem, suggestion="to: …")
    seen, held_up = [key], duty
    while held_up.rolls_up and held_up.rolls_up in bench.pack.duties:
        if held_up.rolls_up in seen:
            bench.fault(Circular, ("duties", key, "rolls-up"), circle=(*seen, held_up.rolls_up))
            return
        seen.append(held_up.rolls_up)
        held_up = bench.pack.duties[held_up.rolls_up]
