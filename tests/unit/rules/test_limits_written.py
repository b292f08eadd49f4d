"""Limits as a pack writes them: what is wrong dies at load, with the key and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qingfu.packfile.limits import rules_of
from qingfu.packfile.read import load, read
from qingfu.rules.faults import RuleFault
from qingfu.rules.grades import GRADES, grades_of
from qingfu.rules.parse import limits_of

TIME: dict[str, Any] = {
    "reads": "homework", "per": ["class", "day"], "measure": {"sum": "minutes"}, "at-most": 60, "unit": "minute"
}  # fmt: skip
SAME = {
    "column": "record",
    "one": "posted",
    "other": "taught",
    "by": ["weekday", "period", "subject"],
    "of": "fortnight",
}

WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no such table": ({"reads": "homwork"}, "reads", "homework"),
    "no such column": ({"measure": {"sum": "minute"}}, "measure.sum", "minutes"),
    "no such measure": ({"measure": {"avg": "minutes"}}, "measure", ""),
    "a fact cannot be summed": ({"measure": {"sum": "written"}}, "measure.sum", "whole"),
    "only rows are counted": ({"measure": {"count": "minutes"}, "unit": "item"}, "measure.count", "rows"),
    "hours of pupils": ({"unit": "person"}, "unit", "minute"),
    "no unit": ({"unit": None}, "unit", ""),
    "grade that does not exist": ({"at-most": {"P7": 60}}, "at-most.P7", "P1-2"),
    "grades the wrong way round": ({"at-most": {"P6-3": 60}}, "at-most.P6-3", "P1-2"),
    "place that does not exist": ({"at-most": {"vilage/J": 60}}, "at-most.vilage/J", "village"),
    "below nothing": ({"at-most": -1}, "at-most.*", ""),
    "two bounds": ({"at-least": 1}, "at-most", ""),
    "two shapes": ({"never": {"written": True}}, "measure", ""),
    "condition on nothing": ({"where": {"writen": True}}, "where", "written"),
    "fact as a word": ({"where": {"written": "yes"}}, "where.written", ""),
    "grade in a condition": ({"where": {"grade": "P9"}}, "where.grade", "P1-2"),
    "edge of a word": ({"where": {"subject": {"at-most": 3}}}, "where.subject", "whole"),
    "groups of several grades": ({"per": ["day"], "at-most": {"J": 60}}, "per", "class"),
    "groups by what may be missing": ({"per": ["minutes"]}, "per", "day"),
    "expected by nobody": ({"expects": "smaple"}, "expects", "sample"),
    "expected without the day": ({"expects": "classes"}, "expects", "day"),
    "exact and tolerant": ({"at-most": None, "exactly": 3, "tolerance": 1}, "tolerance", ""),
    "word of another column": ({"reads": "exams", "where": {"when": "middle"}, "measure": {"count": "rows"},
                                "unit": "time"}, "where.when", "mid"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_dies_with_its_key_and_a_suggestion(name: str) -> None:
    change, key, suggestion = WRONG[name]
    with pytest.raises(RuleFault) as caught:
        limits_of("it", {**TIME, **change})
    assert caught.value.key == key
    assert suggestion in (caught.value.suggestion or "")


@pytest.mark.parametrize(
    "same", [{**SAME, "by": ["fortnight"]}, {**SAME, "of": "subject"}, {**SAME, "by": ["record"]}], ids=str
)
def test_two_records_are_compared_by_what_is_never_empty(same: dict[str, Any]) -> None:
    with pytest.raises(RuleFault):
        limits_of("it", {"reads": "timetable", "per": ["class", "term"], "same": same})


def test_units_are_converted_and_tolerance_with_them() -> None:
    (hours,) = limits_of("it", {**TIME, "at-most": {"P": 1}, "unit": "hour", "tolerance": 2})
    assert (hours.bound.of("P3", None), hours.tolerance, hours.ratio) == (60, 120, 60)


def test_a_later_row_overrides_an_earlier_one() -> None:
    (one,) = limits_of("it", {**TIME, "at-most": {"*": 90, "P": 60, "village/P1-2": 0, "P2": 10}})
    assert [one.bound.of(grade, "village") for grade in ("P1", "P2", "P3", "J1")] == [0, 10, 60, 90]
    assert one.bound.of("P1", "town") == 60


def test_what_is_still_blank_is_left_out() -> None:
    (one,) = limits_of("it", {**TIME, "at-most": {"P": 60, "S": None}})
    assert one.bound.of("S1", None) is None
    assert limits_of("it", {**TIME, "at-most": {"S": None}}) == ()


def test_a_presence_limit_is_one_for_each_item() -> None:
    written = {
        "reads": "timetable", "where": {"record": "taught"}, "per": ["class", "term"], "each": "subject",
        "measure": {"sum": "fortnight"}, "unit": "period", "needs": {"语文": 4, "体育": {"P1-2": 4}},
    }  # fmt: skip
    assert [one.name for one in limits_of("courses", written)] == ["courses/语文", "courses/体育"]


def test_grades_are_those_of_the_schools() -> None:
    assert grades_of("P5-J1") == ("P5", "P6", "J1")
    assert grades_of("*") == GRADES
    assert [grades_of(text) for text in ("", "P0", "J4", "S4-5", "K1", "P1-", "p1")] == [None] * 7


def test_a_pack_with_a_wrong_limit_names_file_line_and_key(tmp_path: Path) -> None:
    source = Path(str(read("light-load").folder))
    for file in source.rglob("*"):
        if file.is_file() and "demo" not in file.parts:
            copy = tmp_path / "plan" / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    limits = next((tmp_path / "plan").rglob("limits*.yaml"))
    text = limits.read_text(encoding="utf-8")
    at = text.index("\n    unit: minute") + 1
    limits.write_text(text.replace("\n    unit: minute", "\n    unit: person", 1), encoding="utf-8")
    (fault,) = read(tmp_path / "plan").faults
    assert (fault.file, fault.line) == (limits.relative_to(tmp_path / "plan").as_posix(), text[:at].count("\n") + 1)
    assert fault.key.endswith(".unit")
    assert fault.suggestion == "minute"


@pytest.mark.parametrize("pack", ["burden-30-measures", "light-load", "national"])
def test_the_shipped_limits_are_all_read(pack: str) -> None:
    assert len(rules_of(load(pack))) > 10
