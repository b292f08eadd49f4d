"""What may be answered to a form: every answer in one way only, every fault named by its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingfu.base.errors import Invalid
from qingfu.packfile.answers import Taken, asked_now, taken
from qingfu.packfile.read import load
from qingfu.packfile.words.asks import Form, Item
from qingfu.packfile.words.pack import Pack

REF = "a" * 43


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load("hechuan-2024")


def form(*items: dict[str, Any]) -> Form:
    asked = [{"asks": "问", **item} for item in items]
    return Form.model_validate({"clause": "一", "says": "表", "minutes": {"value": 1}, "items": asked})


def one(pack: Pack, value: object, **item: Any) -> object:
    """The answer to a form of one item."""
    return taken(pack, form({"id": "x", **item}), {"x": value}).content.get("x")


def faults(pack: Pack, asked: Form, content: dict[str, object]) -> list[str]:
    with pytest.raises(Invalid) as refused:
        taken(pack, asked, content)
    assert refused.value.clause == "一"
    assert all(fault.text() for fault in refused.value.faults)
    return [fault.field for fault in refused.value.faults]


OPTIONS = {"b": "乙", "a": "甲"}


@pytest.mark.parametrize(
    ("value", "item", "kept"),
    [
        ("  两 \n 行 ", {"answer": "text"}, "两 行"),
        ("a\r\nb ", {"answer": "long-text"}, "a\nb"),
        ("e\u0301", {"answer": "text"}, "é"),
        (True, {"answer": "yes-no"}, "yes"),
        ("no", {"answer": "yes-no"}, "no"),
        ("a", {"answer": "choice", "options": OPTIONS}, "a"),
        (["a", "b", "a"], {"answer": "choices", "options": OPTIONS}, ["b", "a"]),
        ("a", {"answer": "choices", "options": OPTIONS}, ["a"]),
        ("１２", {"answer": "number"}, 12),
        (-3, {"answer": "number"}, -3),
        ("2024-7-3", {"answer": "date"}, "2024-07-03"),
        (date(2024, 7, 3), {"answer": "date"}, "2024-07-03"),
        ("all", {"answer": "schools"}, "all"),
        (["all"], {"answer": "schools"}, "all"),
        (["7", 3, 7], {"answer": "schools"}, [3, 7]),
        ("12", {"answer": "organ"}, 12),
        ([REF, REF], {"answer": "files"}, [REF]),
    ],
)
def test_an_answer_is_kept_in_one_way_only(pack: Pack, value: object, item: dict[str, Any], kept: object) -> None:
    assert one(pack, value, **item) == kept


@pytest.mark.parametrize(
    ("value", "item"),
    [
        (12, {"answer": "text"}),
        ("a\0b", {"answer": "text"}),
        ("\ud800", {"answer": "text"}),
        ("长" * 201, {"answer": "text"}),
        ("长" * 10_001, {"answer": "long-text"}),
        ("ab", {"answer": "text", "least": 3}),
        ("yes!", {"answer": "yes-no"}),
        ("c", {"answer": "choice", "options": OPTIONS}),
        (["a"], {"answer": "choice", "options": OPTIONS}),
        (["a", "c"], {"answer": "choices", "options": OPTIONS}),
        ("1.5", {"answer": "number"}),
        (1.5, {"answer": "number"}),
        (True, {"answer": "number"}),
        ("9" * 13, {"answer": "number"}),
        ("2000000001", {"answer": "number"}),
        (4, {"answer": "number", "least": 5}),
        (6, {"answer": "number", "most": 5}),
        ("2024-02-30", {"answer": "date"}),
        ("明天", {"answer": "date"}),
        ("nonsense", {"answer": "criterion"}),
        (["nonsense"], {"answer": "flags"}),
        (["x"], {"answer": "schools"}),
        (0, {"answer": "organ"}),
        ("1" * 19, {"answer": "organ"}),
        (["../etc/passwd"], {"answer": "files"}),
        ([f"{n:043d}" for n in range(21)], {"answer": "files"}),
        ("text", {"answer": "rows", "items": [{"id": "y", "asks": "问"}]}),
        ([["a"]], {"answer": "rows", "items": [{"id": "y", "asks": "问"}]}),
        ([{"y": "a"}] * 301, {"answer": "rows", "items": [{"id": "y", "asks": "问"}]}),
        ([{"y": "a"}], {"answer": "rows", "least": 2, "items": [{"id": "y", "asks": "问"}]}),
    ],
)
def test_an_answer_of_another_shape_is_refused_at_its_field(pack: Pack, value: object, item: dict[str, Any]) -> None:
    assert faults(pack, form({"id": "x", **item}), {"x": value}) == ["x"]


@pytest.mark.parametrize("nothing", [None, "", " \u3000", [], [""], {}])
def test_nothing_is_no_answer(pack: Pack, nothing: object) -> None:
    assert faults(pack, form({"id": "x"}), {"x": nothing}) == ["x"]
    assert taken(pack, form({"id": "x", "required": False}), {"x": nothing}) == Taken({}, ())


def test_every_fault_is_named_at_once(pack: Pack) -> None:
    asked = form({"id": "x"}, {"id": "y", "answer": "number"}, {"id": "z", "required": False})
    assert faults(pack, asked, {"y": "many", "w": "?", "z.files": [REF]}) == ["x", "y", "w", "z.files"]


def test_a_fault_in_a_row_says_which_row_as_it_was_sent(pack: Pack) -> None:
    columns = [{"id": "problem", "asks": "问题"}, {"id": "n", "asks": "数", "answer": "number"}]
    asked = form({"id": "rows", "answer": "rows", "items": columns})
    sent: list[dict[str, object]] = [{"problem": "甲", "n": 1}, {"problem": " ", "n": ""}, {"problem": "", "n": "x"}]
    assert faults(pack, asked, {"rows": sent}) == ["rows.2.problem", "rows.2.n"]
    assert taken(pack, asked, {"rows": sent[:2]}).content == {"rows": [{"problem": "甲", "n": 1}]}


def test_what_is_asked_only_in_another_case_is_left_out(pack: Pack) -> None:
    asked = form(
        {"id": "uses", "answer": "yes-no"}, {"id": "which", "only": {"item": "uses", "is": "yes"}}
    )  # fmt: skip
    assert taken(pack, asked, {"uses": "no", "which": "钉钉"}).content == {"uses": "no"}
    assert faults(pack, asked, {"uses": "yes"}) == ["which"]
    assert taken(pack, asked, {"uses": "yes", "which": "钉钉"}).content == {"uses": "yes", "which": "钉钉"}


def test_a_choice_among_several_opens_what_hangs_on_it() -> None:
    item = Item.model_validate({"id": "x", "asks": "问", "only": {"item": "modes", "is": "b"}})
    assert asked_now(item, {"modes": ["a", "b"]})
    assert not asked_now(item, {"modes": ["a"]})
    assert not asked_now(item, {})


def test_files_may_stand_beside_an_item_with_evidence_and_beside_the_form(pack: Pack) -> None:
    asked = form({"id": "basis", "evidence": True})
    held = taken(pack, asked, {"basis": "依据", "basis.files": [REF], "_files": ["b" * 43]})
    assert held.content == {"basis": "依据", "basis.files": [REF], "_files": ["b" * 43]}
    assert [(m.path, m.kind, m.value) for m in held.mentions] == [
        ("basis.files", "file", REF),
        ("_files", "file", "b" * 43),
    ]


def test_what_only_the_register_knows_is_mentioned_with_its_path(pack: Pack) -> None:
    asked = form(
        {"id": "schools", "answer": "schools"},
        {"id": "rows", "answer": "rows", "items": [{"id": "owner", "asks": "谁", "answer": "organ"}]},
    )
    held = taken(pack, asked, {"schools": [4, 5], "rows": [{"owner": 6}]})
    assert [(m.path, m.kind, m.value) for m in held.mentions] == [
        ("schools", "school", 4),
        ("schools", "school", 5),
        ("rows.0.owner", "organ", 6),
    ]


def test_criteria_and_red_lines_are_the_plans_own(pack: Pack) -> None:
    criterion = next(iter(pack.criteria))
    first, second, *_ = pack.conduct
    assert one(pack, criterion, answer="criterion") == criterion
    assert one(pack, [second, first], answer="flags") == [first, second]


def test_every_form_of_every_pack_refuses_an_empty_answer_or_takes_it_whole() -> None:
    for name in ("hechuan-2024", "hebi-2024", "qingshan-2025"):
        held = load(name)
        for key, asked in held.forms.items():
            required = [item.id for item in asked.items if item.required and item.only is None]
            if required:
                with pytest.raises(Invalid) as refused:
                    taken(held, asked, {})
                assert [fault.field for fault in refused.value.faults] == required, key
            else:
                assert taken(held, asked, {}) == Taken({}, ()), key
