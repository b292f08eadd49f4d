"""Two packs compared: what changed, what was added, and which objects answer to each other."""

from __future__ import annotations

from pathlib import Path

from qingfu.packfile.diff import aligned, diff
from tests.unit.packfile import tiny


def test_a_pack_does_not_differ_from_itself(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path)
    assert diff(pack, pack) == ()


def test_a_changed_number_is_named_with_both_values(tmp_path: Path) -> None:
    old = tiny.sound(tmp_path / "a")
    new = tiny.sound(tmp_path / "b", ("lists.yaml", 'value: "2", unit: item', 'blank: "总量", unit: item'))
    (found,) = diff(old, new)
    assert (found.kind, found.id, found.what, found.field) == ("lists", "entry", "changed", "caps.0.at-most")
    assert (found.old, found.new) == ("2 item", "left open (总量)")
    assert found.text() == "名单 “准入单” (entry): caps › 0 › at most was 2 item and is left open (总量)."


def test_a_step_put_before_another_is_one_new_step(tmp_path: Path) -> None:
    step = '      - {id: look, says: "初审", by: office, verbs: [pass, return, refuse]}\n'
    mark = "      - {id: decide"
    new = tiny.sound(tmp_path / "b", ("routes.yaml", mark, step + mark))
    found = diff(tiny.sound(tmp_path / "a"), new)
    assert {one.field.rpartition(".")[0] for one in found} == {"steps.look"}


def test_added_and_removed_objects_stand_on_their_side(tmp_path: Path) -> None:
    study = tiny.FILES["duties.yaml"]
    gone = study[study.index("          study:") :]
    old, new = tiny.sound(tmp_path / "a"), tiny.sound(tmp_path / "b", ("duties.yaml", _dedented(gone), ""))
    assert [(one.what, one.id, one.other_id) for one in diff(old, new)] == [("removed", "study", "")]
    assert [(one.what, one.id, one.other_id) for one in diff(new, old)] == [("added", "", "study")]


def _dedented(text: str) -> str:
    return "".join(f"{line[8:]}\n" for line in text.rstrip().splitlines())


def test_a_changed_clause_is_shown_within_one_plan_and_not_between_two(tmp_path: Path) -> None:
    said = ("clauses.yaml", 'says: "名单"', 'says: "准入名单"')
    old, new = tiny.sound(tmp_path / "a"), tiny.sound(tmp_path / "b", said)
    assert [(one.kind, one.id, one.field) for one in diff(old, new)] == [("clauses", "第四条", "says")]
    other = tiny.sound(tmp_path / "c", said, ("plan.yaml", "id: tiny-2024", "id: other-2024"))
    assert [(one.kind, one.field) for one in diff(old, other)] == [("plan", "id")]


def test_objects_of_two_plans_are_aligned_by_what_they_prove_and_say(tmp_path: Path) -> None:
    old = tiny.sound(
        tmp_path / "a",
        ("routes.yaml", "    of: affair\n    steps", "    of: affair\n    proves: [A07, A11]\n    steps"),
    )
    routes = old.routes
    other = {
        "batch": routes["yearly"].model_copy(update={"says": "年度集中申请"}),
        "nothing-like-it": routes["yearly"].model_copy(update={"says": "甲乙丙丁", "proves": ("B01",)}),
    }
    assert aligned(routes, other, by_likeness=True) == {"yearly": "batch"}
    assert aligned(routes, other, by_likeness=False) == {}
