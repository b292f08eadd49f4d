"""Timetables as schools have them: three layouts, merged cells, pauses, teachers, and classes nobody named."""

from __future__ import annotations

from datetime import time

import pytest

from qingfu.papers.filings.outcome import Read
from tests.unit.papers.filings.sheets import (
    CHINESE,
    SCHOOL,
    TERM,
    WEEK,
    Rows,
    book,
    faults,
    lessons,
    timetable,
    with_sheet_xml,
)

FIRST, SECOND = ["语文", "数学", "语文", "数学", "语文"], ["数", "语", "数", "语", "数"]
PLAIN: Rows = [["节次", *WEEK], ["第一节", *FIRST], ["第二节", *SECOND]]


def told(found: Read) -> str:
    return "\n".join(note.text(CHINESE) for note in (*found.layout, *found.notes))


def block(title: str, week: list[str] | None = None) -> list[list[object]]:
    return [
        [title],
        ["节次", *(week or WEEK)],
        ["1", "语", "数", "语", "数", "语"],
        ["2", "体", "音", "美", "科", "英"],
    ]


def test_one_class_on_a_sheet_is_read_by_the_name_of_the_sheet() -> None:
    found = timetable(book({"三（2）班": PLAIN}))
    assert found.is_clean
    assert len(found.rows) == 10
    assert found.rows[0].cells == {
        "class": "P3-2", "term": TERM, "record": "taught", "weekday": 1, "period": 1, "subject": "语文", "fortnight": 2,
    }  # fmt: skip
    assert "一班一张课表" in told(found)


@pytest.mark.parametrize("title", [
    "城关小学三（2）班课程表（2024-2025学年第二学期）", "班级：三年级2班", "三（2）班", "2024—2025学年度小三2班课表",
])  # fmt: skip
def test_the_class_is_named_by_a_title_above(title: str) -> None:
    found = timetable(book({"Sheet1": [[title], *PLAIN]}, {"Sheet1": ["A1:F1"]}))
    assert {row.cells["class"] for row in found.rows} == {"P3-2"}


def test_the_class_is_named_in_the_corner() -> None:
    rows = [["三（2）班", *WEEK], *PLAIN[1:]]
    assert {row.cells["class"] for row in timetable(book({"Sheet1": rows})).rows} == {"P3-2"}


def test_a_title_and_a_sheet_that_name_two_classes_are_asked() -> None:
    content = book({"三（1）班": [["三（2）班课程表"], *PLAIN]})
    found = timetable(content)
    (doubt,) = found.doubts
    assert [code for code, _ in doubt.candidates[:2]] == ["P3-2", "P3-1"]
    assert found.rows == ()
    again = timetable(content, answers={doubt.id: "P3-1"})
    assert again.is_clean
    assert {row.cells["class"] for row in again.rows} == {"P3-1"}


def test_a_class_that_nobody_named_is_asked_and_shown_meanwhile() -> None:
    content = book({"Sheet1": PLAIN})
    found = timetable(content)
    (doubt,) = found.doubts
    assert (doubt.presumed, len(doubt.candidates)) == (None, len(SCHOOL))
    assert found.preview[0].code == ""
    assert len(found.preview[0].cells) == 10
    assert len(timetable(content, answers={doubt.id: "P1-1"}).rows) == 10
    assert timetable(content, answers={doubt.id: "X"}).doubts[0].refused == "X"


def test_a_class_the_school_has_not_is_asked_by_its_name() -> None:
    (doubt,) = timetable(book({"全校": [*block("三（2）班课表"), [], *block("三（9）班课表")]})).doubts
    assert doubt.text == "三(9)班"


REAL: Rows = [
    ["城关小学三（2）班课程表"], ["", "", "时间", *WEEK],
    ["上午", "早读", "8:00-8:20", "语文", "语文", "英语", "语文", "语文"],
    ["", "1", time(8, 30), "语文\n张老师", "数 学", "英", "语", "数"],
    ["", "2", "9:20-10:00", "数学(李四)", "体", "体", "科", "道法"],
    ["大课间", "", "", "大课间活动"], ["", "3", "10:30", "音乐/美术（单双周）", "综合", "劳", "劳", "班会"], ["午休"],
    ["下午", "1", "14:00", "单：音乐 双：美术", "语文", "体", "信息", "班会"],
    ["", "2", "15:00", "综合", "数学", "美", "音", "体育"],
    ["课后服务", "", "16:00", "作业辅导", "作业辅导"], ["备注：班主任王芳，本课表自2月17日起执行"],
]  # fmt: skip
MERGES = ["A1:H1", "A3:A5", "D6:H6", "A9:A10", "A12:H12"]


def test_a_real_one_with_pauses_times_teachers_and_an_afternoon_is_read() -> None:
    found = timetable(book({"三（2）班": REAL}, {"三（2）班": MERGES}))
    assert found.is_clean
    have = lessons(found)
    assert have["P3-2", 1, 1, "语文"] == 2
    assert have["P3-2", 1, 3, "音乐"] == have["P3-2", 1, 3, "美术"] == have["P3-2", 1, 4, "美术"] == 1
    assert have["P3-2", 5, 5, "体育"] == 2
    assert {period for _, _, period, _ in have} == {1, 2, 3, 4, 5}
    assert "早读、大课间、午休、课后服务" in told(found)
    assert "接着上午往下编号" in told(found)


def test_no_name_of_a_teacher_is_anywhere_in_what_was_read() -> None:
    rows = [
        ["三（2）班 班主任王芳"],
        *PLAIN[:1],
        ["1", "语文王芳", "数学 李四", "王芳", "朗读\n赵六", "体/田甜"],
        ["备注 王芳"],
    ]
    found = timetable(book({"三（2）班": rows}))
    assert found.doubts
    assert not [name for name in ("王芳", "李四", "赵六", "田甜") if name in repr(found)]


def test_a_merged_cell_counts_for_every_period_and_day_it_covers() -> None:
    rows = [["节次", *WEEK], ["1", "语文", "数学", "", "英语", "体育"], ["2", "", "科学", "美术", "音乐", "劳动"]]
    found = timetable(book({"三（2）班": rows}, {"三（2）班": ["B2:B3", "C2:D2"]}))
    have = lessons(found)
    assert ("P3-2", 1, 2, "语文") in have
    assert ("P3-2", 3, 1, "数学") in have
    assert len(have) == 10


def test_blocks_below_and_beside_each_other_are_classes_of_their_own() -> None:
    below = timetable(book({"全校": [*block("三（1）班课表"), [], *block("三年级2班课表"), [], *block("三（3）班")]}))
    assert sorted({str(row.cells["class"]) for row in below.rows}) == ["P3-1", "P3-2", "P3-3"]
    assert below.is_clean
    left, right = block("三（1）班", list("一二三四五")), block("三（2）班", list("一二三四五"))
    beside = [[*(row + [""] * (7 - len(row))), *other] for row, other in zip(left, right, strict=True)]
    found = timetable(book({"Sheet1": beside}, {"Sheet1": ["A1:F1", "H1:M1"]}))
    assert found.is_clean
    assert sorted({str(row.cells["class"]) for row in found.rows}) == ["P3-1", "P3-2"]
    assert len(found.rows) == 20


def test_a_column_of_teachers_under_each_weekday_is_passed_over() -> None:
    rows = [
        ["节次", *(cell for day in WEEK for cell in (day, ""))],
        ["", *["课程", "教师"] * 5],
        ["1", *["语文", "王芳"] * 5],
    ]
    found = timetable(book({"三（2）班": rows}))
    assert found.is_clean
    assert len(found.rows) == 5


def whole_school(names: list[list[str]], *, periods: int = 2) -> Rows:
    week = [cell for day in WEEK for cell in (day, *[""] * (periods - 1))]
    numbers = [str(number) for _ in WEEK for number in range(1, periods + 1)]
    blank = [""] * len(names[0])
    return [["全校总课程表"], [*["班级"] * len(names[0]), *week], [*blank, *numbers],
            *[[*name, *["语", "数"] * 5] for name in names]]  # fmt: skip


def test_the_whole_school_with_a_row_for_each_class_is_read() -> None:
    found = timetable(book({"总": whole_school([["三（1）班"], ["三(2)班"], ["303"]])}))
    assert found.is_clean
    assert "班级竖排" in told(found)
    assert len(found.rows) == 30
    assert lessons(found)["P3-3", 5, 2, "数学"] == 2


def test_three_rows_of_headings_and_merged_grades_are_read() -> None:
    rows = [["总课程表"], ["年级", "班级", "班主任", *(cell for day in WEEK for cell in (day, "", ""))],
            ["", "", "", *["上午", "", "下午"] * 5], ["", "", "", *["1", "2", "1"] * 5],
            ["三年级", "1班", "王芳", *["语", "数", "体"] * 5],
            ["", "2班", "李四", *["数", "语", "音"] * 5]]  # fmt: skip
    merges = ["A2:A4", "B2:B4", "A5:A6", *(f"{a}2:{b}2" for a, b in zip("DGJMP", "FILOR", strict=True)),
              *(f"{a}3:{b}3" for a, b in zip("DGJMP", "EHKNQ", strict=True))]  # fmt: skip
    found = timetable(book({"总": rows}, {"总": merges}))
    assert found.is_clean
    assert lessons(found)["P3-2", 5, 3, "音乐"] == 2
    assert len(found.rows) == 30
    assert "王芳" not in repr(found)


def test_a_row_of_a_class_nobody_knows_is_asked_and_a_footer_is_not() -> None:
    found = timetable(book({"总": [*whole_school([["三（9）班"], ["三(2)班"]]), ["注：每节40分钟"]]}))
    assert [doubt.text for doubt in found.doubts] == ["三(9)班"]
    assert {row.cells["class"] for row in found.rows} == {"P3-2"}


def test_the_whole_school_with_a_column_for_each_class_is_read() -> None:
    rows = [["星期", "节次", "三（1）班", "三(2)班", "3.3班", "备注"],
            *[[day if n == 1 else "", str(n), "语", "数", "英"] for day in WEEK for n in (1, 2)]]  # fmt: skip
    merges = [f"A{row}:A{row + 1}" for row in range(2, 12, 2)]
    for some in (merges, []):
        found = timetable(book({"总": rows}, {"总": some}))
        assert found.is_clean
        assert "班级横排" in told(found)
        assert lessons(found)["P3-3", 5, 2, "英语"] == 2
        assert len(found.rows) == 30


def test_classes_across_under_merged_grades_are_read() -> None:
    rows = [["星期", "节次", "三年级", ""], ["", "", "1班", "2班"], *[[day, "1", "语", "数"] for day in WEEK]]
    found = timetable(book({"总": rows}, {"总": ["C1:D1", "A1:A2", "B1:B2"]}))
    assert found.is_clean
    assert lessons(found)["P3-2", 5, 1, "数学"] == 2


def test_two_subjects_in_one_cell_are_asked_once_for_the_file_and_answered_in_each_way() -> None:
    rows = [["节次", *WEEK], ["1", "音/美", "语文", "音乐、美术", "数学", "体育"]]
    content = book({"三（2）班": rows})
    found = timetable(content)
    (doubt,) = found.doubts
    assert (doubt.presumed, doubt.places) == ("turns", ("B2", "D2"))
    cell = found.preview[0].at(1, 1)
    assert cell
    assert (cell.text, cell.doubts, cell.where) == ("音/美", (doubt.id,), "B2")

    def answered(value: str) -> dict[tuple[object, ...], object]:
        again = timetable(content, answers={doubt.id: value})
        assert again.is_clean
        return {key: count for key, count in lessons(again).items() if key[1] == 1}

    key = ("P3-2", 1, 1)
    assert answered("turns") == {(*key, "音乐"): 1, (*key, "美术"): 1}
    assert answered("both") == {(*key, "音乐"): 2, (*key, "美术"): 2}
    assert answered("only:美术") == {(*key, "美术"): 2}
    assert timetable(content, answers={doubt.id: "only:语文"}).doubts[0].refused == "only:语文"


def test_an_unclear_short_name_is_answered_with_a_candidate_or_a_subject_of_the_plan() -> None:
    content = book({"三（2）班": [["节次", *WEEK], ["1", "综", "语文", "综", "数学", "体育"]]})
    (doubt,) = timetable(content).doubts
    assert (doubt.presumed, doubt.places) == ("综合实践", ("B2", "D2"))
    assert lessons(timetable(content, answers={doubt.id: "科学"}))["P3-2", 1, 1, "科学"] == 2
    assert timetable(content, answers={doubt.id: "随便"}).doubts[0].refused == "随便"


def test_a_cell_that_holds_no_subject_is_answered_with_one() -> None:
    content = book({"三（2）班": [["节次", *WEEK], ["1", "王芳", "语文", "语文", "数学", "体育"]]})
    (doubt,) = timetable(content).doubts
    assert (doubt.text, doubt.where, doubt.presumed) == ("", "B2", None)
    assert lessons(timetable(content, answers={doubt.id: "美术"}))["P3-2", 1, 1, "美术"] == 2


@pytest.mark.parametrize(("rows", "fault"), [
    ([["节次", *WEEK], ["1", *FIRST], ["1", *FIRST]], ("PeriodAgain", "A3")),
    ([["节次", *WEEK], ["1", "语文"], ["", "数学"]], ("PeriodUnclear", "B3")),
    ([["节次", *WEEK], ["8:00-8:40", "语文"]], ("PeriodUnclear", "B2")),
    ([["语文", "数学"], ["体育", "音乐"]], ("NoTimetable", "A1")),
    ([["", "第一节", "第二节"], *[[day, "语文", "数学"] for day in WEEK]], ("NoTimetable", "A1")),
])  # fmt: skip
def test_what_cannot_be_placed_is_a_fault_with_its_cell(rows: Rows, fault: tuple[str, str]) -> None:
    found = timetable(book({"三（2）班": rows}))
    assert faults(found)[0] == fault
    assert found.rows == ()


def test_a_class_with_two_timetables_is_a_fault_that_names_both() -> None:
    found = timetable(book({"三（2）班": PLAIN, "302": PLAIN}))
    assert faults(found) == [("ClassTwice", "A1")]
    assert found.faults[0].facts["other"] == "三（2）班 A1"


def test_a_failed_formula_in_a_timetable_is_a_fault() -> None:
    content = with_sheet_xml(book({"三（2）班": PLAIN}), r'<c r="C2"[^>]*>.*?</c>', '<c r="C2" t="e"><v>#N/A</v></c>')
    assert faults(timetable(content)) == [("FailedFormula", "C2")]


def test_a_sheet_without_timetable_is_named_and_the_others_are_read() -> None:
    found = timetable(book({"三（2）班": PLAIN, "说明": [["请按时填报"]]}))
    assert found.is_clean
    assert "“说明”表" in told(found)


def test_the_table_of_lessons_itself_is_read_too() -> None:
    head = ["班级", "学期", "课表种类", "星期", "节次", "科目", "两周课时"]
    content = book({"课表": [head, ["三（2）班", TERM, "计划课表", "星期一", "第1节", "语", "每周"]]})
    (doubt,) = timetable(content).doubts
    assert ([code for code, _ in doubt.candidates], doubt.where) == (["taught", "planned"], "C2")
    assert timetable(content, answers={doubt.id: "taught"}).rows[0].cells["record"] == "taught"
    bare = [*head[:2], *head[3:]]
    found = timetable(book({"课表": [bare, ["三（2）班", TERM, "星期一", "第1节", "语", "每周"]]}))
    assert found.rows[0].cells["record"] == "taught"
    assert lessons(timetable(book({"课表": [head, ["三（2）班", TERM, "taught", 1, 1, "语文", 2]]}))) == {
        ("P3-2", 1, 1, "语文"): 2
    }


@pytest.mark.parametrize("content", [b"", b"%PDF-1", book({"a": []})])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    found = timetable(content)
    assert found.faults
    assert found.rows == ()
