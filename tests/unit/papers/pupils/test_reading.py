"""Lists of new pupils as school offices keep them: what is taken, what is wrong, what is asked."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

import pytest

from qingfu.base.words import translator
from qingfu.papers.pupils.headings import COLUMNS
from qingfu.papers.pupils.reading import MOST_PUPILS, NewComer, NewComers, read_classes, read_pupils
from qingfu.papers.sheets import template
from tests.unit.papers import hostile
from tests.unit.papers.filings.sheets import Rows, book

CHINESE = translator("zh-hans")
HEAD = ("学号", "姓名", "性别", "乡镇（街道）", "水平（成绩）", "特殊需要")
ROW = ("N001", "周清和", "女", "和平镇", 87.5, "否")


def read(*rows: Sequence[object], answers: dict[str, str] | None = None, head: Sequence[object] = HEAD) -> NewComers:
    """What is read of a sheet with these rows."""
    return read_pupils(book({"名册": [head, *rows]}), "名册.xlsx", answers=answers, translate=CHINESE)


def faults(found: NewComers) -> list[tuple[str, str]]:
    return [(one.code, one.cell) for one in found.faults]


def test_a_row_comes_with_points_in_halves() -> None:
    found = read(ROW)
    assert found.is_clean
    (pupil,) = found.pupils
    assert pupil == NewComer("N001", "周清和", "f", "和平镇", 175, False, "名册 A2")


def test_headings_go_by_other_names_in_any_order_below_a_title() -> None:
    rows: Rows = [
        ["涟江小学2024级新生名册"],
        ["姓名", "成绩", "性别", "学籍号", "街道"],
        ["王一", "90分", "男生", "G522", "城关"],
    ]
    found = read_pupils(book({"名册": rows}), "名册.xlsx")
    assert [(one.number, one.level, one.gender, one.township) for one in found.pupils] == [("G522", 180, "m", "城关")]


def test_a_csv_of_a_spreadsheet_of_ours_is_read_in_its_own_encoding() -> None:
    out = StringIO()
    csv.writer(out).writerows([HEAD, ROW])
    assert read_pupils(out.getvalue().encode("gb18030"), "名册.csv").pupils[0].name == "周清和"


def test_the_template_reads_as_an_empty_list_and_its_sample_is_no_pupil() -> None:
    found = read_pupils(template(COLUMNS, translate=CHINESE), "模板.xlsx", translate=CHINESE)
    assert [code for code, _ in faults(found)] == ["QF-FILED-EMPTY"]


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        (0, "", "QF-DATA-KEY"), (1, "", "QF-DATA-KEY"), (2, "", "QF-DATA-WORD"), (2, "不详", "QF-DATA-WORD"),
        (1, "双胞胎石一诺、石二诺", "QF-FILED-SEVERAL"), (1, "石一诺，石二诺", "QF-FILED-SEVERAL"),
        (4, 87.3, "QF-FILED-LEVEL"), (4, -1, "QF-FILED-LEVEL"), (4, "优", "QF-FILED-LEVEL"),
        (4, 5000, "QF-FILED-LEVEL"),
        (0, 522731201709180012, "QF-FILED-DIGITS"), (0, "5.22731E+17", "QF-FILED-DIGITS"),
        (1, "长" * 41, "QF-FILED-TEXT"),
        (4, "#REF!", "QF-DATA-FORMULA"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_cell_and_nobody_is_taken(place: int, value: object, code: str) -> None:
    out = StringIO()
    row = list(ROW)
    row[place] = value
    if isinstance(value, str):
        csv.writer(out).writerows([HEAD, row, ("N002", *ROW[1:])])
        found = read_pupils(out.getvalue().encode(), "名册.csv")
    else:
        found = read(row, ("N002", *ROW[1:]))
    assert faults(found) == [(code, f"{'ABCDEF'[place]}2")]
    assert found.pupils == ()


def test_the_nearest_half_point_is_offered() -> None:
    assert read((*ROW[:4], 87.3, "否")).faults[0].instead == "87.5"


def test_a_number_that_stands_twice_names_both_cells() -> None:
    found = read(ROW, ROW)
    assert faults(found) == [("QF-FILED-TWICE", "A3")]
    assert "名册 A2" in found.faults[0].text(CHINESE)


def test_a_column_that_is_needed_is_missed_by_its_name() -> None:
    found = read(("N001", "周清和"), head=("学号", "姓名"))
    assert [one.facts["column"] for one in found.faults] == ["性别"]


def test_what_is_doubtful_is_asked_once_and_taken_as_it_is_answered() -> None:
    rows = [ROW, ("N002", "王一", 1, "和平", "缺考", "轻度听障"), ("N003", "王二", 1, "和平", "缺考", "轻度听障")]
    found = read(*rows)
    assert [(one.text, len(one.places)) for one in found.doubts] == [
        ("1", 2), ("轻度听障", 2), ("缺考", 2), ("和平", 2),
    ]  # fmt: skip
    assert not found.is_clean
    assert found.pupils == ()
    answers = {one.id: str(one.presumed) for one in found.doubts}
    clear = read(*rows, answers=answers)
    assert clear.pupils[1] == NewComer("N002", "王一", "m", "和平镇", 175, True, "名册 A3")


def test_an_answer_that_was_never_offered_is_asked_again() -> None:
    found = read((*ROW[:5], "轻度听障"))
    again = read((*ROW[:5], "轻度听障"), answers={found.doubts[0].id: "perhaps"})
    assert [one.refused for one in again.doubts] == ["perhaps"]


def test_a_list_without_points_asks_nothing_about_them() -> None:
    found = read(("N001", "周清和", "女", "和平镇", "", ""), ("N002", "王一", "男", "和平镇", "", ""))
    assert found.is_clean
    assert "没有成绩" in "".join(note.text(CHINESE) for note in found.notes)


def test_totals_and_signatures_are_passed_over_with_a_note() -> None:
    found = read(ROW, ("合计", "1人"), ("填表人：罗小满",))
    assert len(found.pupils) == 1
    assert len(found.notes) == 2


def test_as_many_as_a_large_county_has_are_read_and_one_more_is_refused() -> None:
    out = StringIO()
    csv.writer(out).writerows(
        [HEAD, *((f"N{n:05d}", f"学生{n}", "男", "和平镇", 60, "否") for n in range(MOST_PUPILS))]
    )
    assert len(read_pupils(out.getvalue().encode(), "名册.csv").pupils) == MOST_PUPILS
    more = "".join(f"M{n:05d},学生,男,和平镇,60,否\n" for n in range(20))
    assert [code for code, _ in faults(read_pupils((out.getvalue() + more).encode(), "名册.csv"))] == ["QF-FILED-ROWS"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<html>",
        "姓名\n".encode(),
        hostile.zipped({"xl/workbook.xml": b"<" * 1000}),
    ],
)
def test_a_hostile_or_broken_file_is_a_fault_and_never_an_error(content: bytes) -> None:
    assert read_pupils(content, "名册.xlsx").faults
    assert read_classes(content, "名册.xlsx").faults


def test_a_formula_never_becomes_a_name() -> None:
    found = read_pupils('学号,姓名,性别\nN1,=HYPERLINK("http://x"),男\n'.encode(), "名册.csv")
    assert found.pupils == ()


def test_next_years_list_says_who_is_in_which_class() -> None:
    rows: Rows = [["学号", "姓名", "班级"], ["N001", "周清和", "二（1）班"], ["N002", "王一", "二（2）班"]]
    found = read_classes(book({"二年级": rows}), "二年级.xlsx")
    assert found.classes == {"N001": "二（1）班", "N002": "二（2）班"}


def test_next_years_list_with_somebody_twice_is_faulty() -> None:
    rows: Rows = [["学号", "班级"], ["N001", "二（1）班"], ["N001", "二（2）班"]]
    found = read_classes(book({"二年级": rows}), "二年级.xlsx")
    assert [one.code for one in found.faults] == ["QF-FILED-TWICE"]
    assert found.classes == {}
