"""Every binding sentence is followed to what runs it; the same pack has the same bytes."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.packfile.paths import at, name_of, path_of, walk
from qingfu.packfile.read import from_bytes, load, pack_bytes, pack_digest
from qingfu.packfile.rooms import AWAITING, BUILT, runs
from qingfu.packfile.skeleton import Section, Skeleton, differences, read_skeleton, sentence_digest
from qingfu.packfile.trace import by_clause, catalogue, trace
from qingfu.packfile.words.pack import KINDS
from qingfu.packfile.words.word import Quantity
from tests.unit.packfile import tiny


def _skeleton(root: Path) -> Skeleton:
    skeleton, faults = read_skeleton(root)
    assert faults == []
    assert skeleton is not None
    return skeleton


def test_each_binding_sentence_runs_or_says_why_or_awaits_a_room(tmp_path: Path) -> None:
    found = trace(tiny.sound(tmp_path), _skeleton(tmp_path / "tiny-2024"))
    assert {(row.section, row.sentence): row.fate for row in found.rows} == {
        ("第二条", 1): "runs", ("第三条", 1): "runs", ("第三条", 2): "runs", ("第四条", 1): "runs",
        ("第五条", 1): "runs", ("第五条", 2): "runs", ("第六条", 1): "awaits", ("第七条", 1): "nothing",
    }  # fmt: skip
    assert found.counts == {"runs": 6, "nothing": 1, "awaits": 1, "unmapped": 0}
    assert found.whole
    assert {one.clause: one.rooms for one in by_clause(tiny.sound(tmp_path))}["第六条"] == ("clues", "visits")


def test_a_sentence_nobody_covers_is_unmapped(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path, ("clauses.yaml", '"报问题", sentences: ["1", "2"]', '"报问题", sentences: ["1"]'))
    found = trace(pack, _skeleton(tmp_path / "tiny-2024"))
    assert [(row.section, row.sentence) for row in found.rows if row.fate == "unmapped"] == [("第五条", 2)]
    assert not found.whole


def test_a_clause_under_which_nothing_stands_is_unmapped(tmp_path: Path) -> None:
    clause = '  - {id: "第八条", of: "第六条", says: "还有", sentences: ["1"]}\n'
    pack = tiny.sound(
        tmp_path,
        ("clauses.yaml", '  - {id: "第七条"', clause + '  - {id: "第七条"'),
        ("clauses.yaml", '{id: "第六条", says: "检查"', '{id: "第六条", of: "第二条", says: "检查"'),
    )
    found = trace(pack, _skeleton(tmp_path / "tiny-2024"))
    assert found.idle == ("第八条",)
    assert [row.section for row in found.rows if row.fate == "unmapped"] == ["第六条"]


def test_a_party_alone_does_not_run_a_clause_that_awaits_its_room(tmp_path: Path) -> None:
    named = ("parties.yaml", 'school: {clause: "第五条"', 'school: {clause: ["第五条", "第六条"]')
    assert {one.clause: one.fate for one in by_clause(tiny.sound(tmp_path, named))}["第六条"] == "awaits"


def test_every_room_of_the_vocabulary_is_built_or_awaited_and_none_is_both() -> None:
    assert {kind.room for kind in KINDS} <= BUILT | AWAITING
    assert not BUILT & AWAITING


@pytest.mark.proves("C30")
def test_of_monitoring_the_figures_of_the_weakest_run_and_everything_else_awaits() -> None:
    def monitors(name: str) -> dict[str, bool]:
        every = (runner for one in by_clause(load(name)) for runner in one.runners)
        return {runner.name: runner.built for runner in every if runner.name.startswith("monitors.")}

    assert monitors("light-load") == {"monitors.lowest-fifth": True}
    assert monitors("hechuan-2024") == {"monitors.sentinels": False, "monitors.data": False}
    assert monitors("hebi-2024") == {"monitors.teacher-survey": False}
    assert {one.id: one.runs for one in catalogue(load("hechuan-2024"))}["A21"] is False


@pytest.mark.parametrize(
    "changed", [{"take": None}, {"stores": "names"}, {"picks": None}, {"take": Quantity(value=20, unit="school")}]
)
def test_figures_of_the_weakest_need_their_share_in_per_cent_and_no_name(changed: dict[str, object]) -> None:
    pack = load("light-load")
    assert runs(pack, "monitors", "lowest-fifth")
    other = pack.monitors["lowest-fifth"].model_copy(update=changed)
    assert not runs(pack.model_copy(update={"monitors": {"lowest-fifth": other}}), "monitors", "lowest-fifth")


def test_the_catalogue_names_what_is_an_instance_and_what_proves_it(tmp_path: Path) -> None:
    proof = ("lists.yaml", '    says: "准入单"', '    says: "准入单"\n    proves: [A13, A15]')
    awaited = ("visits.yaml", '    says: "每月到校"', '    says: "每月到校"\n    proves: [B02]')
    found = {one.id: (one.things, one.runs) for one in catalogue(tiny.sound(tmp_path, proof, awaited))}
    assert found == {
        "A13": (("lists.entry",), True),
        "A15": (("lists.entry",), True),
        "B02": (("visits.monthly",), False),
    }


TEXT = "一、目的\n为了减负。\n(一)先申请,后进校。未经批准的不得进校；\n(二)办理期限(2024年底前)。每年一次。"


def test_a_source_text_is_held_against_the_digests() -> None:
    whole = Section("一", 2, (1,), (sentence_digest("先申请,后进校。"), sentence_digest("未经批准的不得进校；")))
    dated = Section("二", 1, (1,), (sentence_digest("办理期限(2024年底前)。每年一次。"),))
    assert differences(Skeleton("x", (whole, dated)), TEXT) == []
    changed = differences(Skeleton("x", (whole, dated)), TEXT.replace("不得", "可以"))
    assert [(fault.code, fault.facts["sentence"]) for fault in changed] == [("QF-PACK-SOURCE", 2)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sentences = 2", "sentences = 0", "QF-PACK-MISSING"),
        ("binding = [1, 2]", "binding = [1, 3]", "QF-PACK-VALUE"),
        ("sentences = 2", 'sentences = 2\ndigests = ["0"]', "QF-PACK-VALUE"),
        ("[[section]]", "[[section", "QF-PACK-YAML"),
    ],
)
def test_a_broken_skeleton_is_a_fault_of_the_pack(old: str, new: str, code: str, tmp_path: Path) -> None:
    found = tiny.reading(tmp_path, ("skeleton.toml", old, new))
    assert code in [fault.code for fault in found.faults if fault.file == "skeleton.toml"]


def test_a_pack_comes_back_from_its_bytes_with_the_order_of_its_ids(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path)
    again = from_bytes(pack_bytes(pack))
    assert again == pack
    assert list(again.duties) == list(pack.duties) == ["look-back", "meeting", "study"]
    assert list(again.forms["opinion"].items[0].options) == ["admit", "refuse"]


def test_the_digest_changes_with_a_number_and_not_with_a_situation_or_a_comment(tmp_path: Path) -> None:
    digest = pack_digest(tiny.sound(tmp_path / "a"))
    assert pack_digest(tiny.sound(tmp_path / "b", ("lists.yaml", 'value: "2"', 'value: "3"'))) != digest
    assert pack_digest(tiny.sound(tmp_path / "c", ("lists.yaml", "caps:", "caps:  # at most"))) == digest
    situation = {
        "situations.yaml": 'situations:\n  - {id: a, proves: [A15], says: "空", day: "2024-04-01", expect: [{list: entry, taken: "0"}]}\n'
    }
    assert pack_digest(tiny.sound(tmp_path / "d", also=situation)) == digest


def test_every_name_leads_back_to_its_path(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path)
    for path, part in walk(pack):
        if path:
            assert path_of(pack, name_of(pack, path)) == path
            assert at(pack, path) == part
