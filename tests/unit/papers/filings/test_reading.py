"""Sheets as they come: where the headings stand, what is passed over, what is wrong, what is asked."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.papers.filings.outcome import Read
from tests.unit.papers.filings.sheets import CHINESE, TERM, Rows, book, faults, read, with_sheet_xml

HEAD = ["日期", "班级", "科目", "用时", "书面家庭作业"]
ROW = ["2025-03-04", "三（2）班", "语文", 20, "是"]


def told(found: Read) -> str:
    return "\n".join(note.text(CHINESE) for note in found.notes)


def test_rows_come_typed_with_the_class_as_its_code_and_what_has_no_column_as_not_reported() -> None:
    found = read(book({"作业": [HEAD, ROW]}))
    assert found.is_clean
    assert found.rows[0].number == 2
    assert found.rows[0].cells == {
        "day": date(2025, 3, 4), "class": "P3-2", "subject": "语文", "minutes": 20, "written": True, "rest": None,
        "parent-marked": None, "punitive": None, "marked": None,
    }  # fmt: skip
    assert "没有“教师批改”列" in told(found)


def test_titles_above_and_two_rows_of_headings_are_found() -> None:
    rows: Rows = [
        ["城关小学作业公示表"],
        ["填报日期：2025年3月"],
        ["日期", "班级", "科目", "作业情况"],
        ["", "", "", "时长", "是否书面"],
        ROW,
    ]
    found = read(book({"作业": rows}, {"作业": ["A1:E1", "A3:A4", "B3:B4", "C3:C4", "D3:E3"]}))
    assert found.faults == ()
    assert [(row.number, row.cells["minutes"], row.cells["written"]) for row in found.rows] == [(5, 20, True)]


def test_headings_are_known_by_what_offices_call_them_in_any_order() -> None:
    rows: Rows = [
        ["学科", "所在班级", "布置日期", "用时（学生平均，分钟）", "备注"],
        ["数学", "3.2班", "2025/3/4", "30分钟", "口算"],
    ]
    found = read(book({"Sheet1": rows}))
    assert found.is_clean
    assert (found.rows[0].cells["subject"], found.rows[0].cells["minutes"]) == ("数学", 30)
    assert "“备注”列（E1）" in told(found)


def test_every_sheet_that_holds_the_table_is_read_and_the_others_are_named() -> None:
    other = ["2025-03-05", "三（3）班", "语文", 25, "否"]
    found = read(book({"三2": [HEAD, ROW], "三3": [HEAD, other], "说明": [["请按时填报"]]}))
    assert [(row.sheet, row.cells["class"]) for row in found.rows] == [("三2", "P3-2"), ("三3", "P3-3")]
    assert "“说明”表" in told(found)


def test_empty_rows_totals_notes_and_repeated_headings_are_passed_over_and_named() -> None:
    rows: Rows = [HEAD, ROW, ["", "", "", ""], HEAD, ["合计", "", "", 20], ["填表人：王芳", "审核人：李四"]]
    found = read(book({"作业": rows}))
    assert found.is_clean
    assert len(found.rows) == 1
    assert all(f"第{row}行" in told(found) for row in (4, 5, 6))


def test_everything_wrong_is_reported_at_once_with_sheet_and_cell() -> None:
    rows: Rows = [
        HEAD, ["2025-02-30", "三（2）班", "语文", -5, "也许"], ["2025-03-04", "", "语文", 2000, "是"],
        ["2025-03-04", "三（2）班", "", "很多", ""],
    ]  # fmt: skip
    found = read(book({"作业": rows}))
    assert set(faults(found)) == {
        ("NotADay", "A2"), ("Negative", "D2"), ("NotYesNo", "E2"), ("KeyEmpty", "B3"), ("Excess", "D3"),
        ("KeyEmpty", "C4"),
        ("NotANumber", "D4"),
    }  # fmt: skip
    assert found.rows == ()
    assert not found.is_clean
    assert "“作业”表A2" in found.faults[0].text(CHINESE)


def test_many_faults_of_one_kind_are_counted() -> None:
    found = read(book({"作业": [HEAD, *[["2025-03-04", "三（2）班", f"科{n}", -1] for n in range(60)]]}))
    assert len(found.faults) == 20
    assert found.fault_count == 60
    assert "40" in found.faults[-1].text(CHINESE)


def test_two_rows_about_the_same_are_both_named() -> None:
    same = ["2025年3月4日", "三年级2班", "语文", 30]
    found = read(book({"作业": [HEAD, ROW, same]}))
    assert faults(found) == [("StoodBefore", "A3")]
    assert found.faults[0].facts["other"] == "A2"
    across = read(book({"一": [HEAD, ROW], "二": [HEAD, same]}))
    assert (across.faults[0].sheet, across.faults[0].facts["other"]) == ("二", "一 A2")


def test_merged_cells_below_the_headings_are_faults_and_above_them_are_not() -> None:
    rows: Rows = [["作业公示"], HEAD, ROW, ["", "三（3）班", "语文", 20]]
    found = read(book({"作业": rows}, {"作业": ["A1:E1", "A3:A4"]}))
    assert ("CellsMerged", "A3") in faults(found)
    assert "A3:A4" in found.faults[0].text(CHINESE)


@pytest.mark.parametrize(("missing", "column"), [(0, "日期"), (1, "班级"), (2, "科目")])
def test_a_missing_key_column_is_a_fault(missing: int, column: str) -> None:
    found = read(book({"作业": [[*HEAD[:missing], *HEAD[missing + 1 :]], [*ROW[:missing], *ROW[missing + 1 :]]]}))
    assert [fault.column for fault in found.faults if type(fault).__name__ == "NoKeyColumn"] == [column]


def test_a_column_that_stands_twice_is_a_fault() -> None:
    assert ("ColumnTwice", "F1") in faults(read(book({"作业": [[*HEAD, "科目"], [*ROW, "数学"]]})))


def test_no_headings_at_all_are_a_fault_that_names_them() -> None:
    found = read(book({"作业": [["甲", "乙"], [1, 2]]}))
    assert faults(found) == [("NoHeadings", "")]
    assert "用时（学生平均，分钟）" in found.faults[0].text(CHINESE)


def test_headings_below_the_tenth_row_are_not_looked_for() -> None:
    assert read(book({"作业": [*[["—"]] * 9, HEAD, ROW]})).is_clean
    assert faults(read(book({"作业": [*[["—"]] * 10, HEAD, ROW]}))) == [("NoHeadings", "")]


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    from tests.unit.papers import hostile

    content = book({"作业": [HEAD, ROW], "草稿": [HEAD, ["2025-03-05", "三（2）班", "语文", 20]]})
    xml = hostile.part_of(content, "xl/workbook.xml").decode().replace('name="草稿"', 'name="草稿" state="veryHidden"')
    found = read(hostile.with_parts(content, {"xl/workbook.xml": xml.encode()}))
    assert len(found.rows) == 1
    assert "“草稿”表是隐藏的" in told(found)


def test_the_same_doubt_is_asked_once_with_all_its_cells_and_settled_by_one_answer() -> None:
    rows: Rows = [HEAD, *[["3月4日", "2班", f"科目{n}", "约40", "是"] for n in range(3)]]
    content = book({"作业": rows})
    found = read(content)
    assert [(doubt.where, doubt.places) for doubt in found.doubts] == [
        ("A2", ("A2", "A3", "A4")), ("B2", ("B2", "B3", "B4")), ("D2", ("D2", "D3", "D4")),
    ]  # fmt: skip
    assert not found.is_clean
    day, whose, minutes = found.doubts
    assert (day.presumed, whose.presumed, minutes.presumed) == ("2025-03-04", None, "40")
    again = read(content, answers={day.id: "2025-03-04", whose.id: "P3-2", minutes.id: "35"})
    assert again.is_clean
    assert {(row.cells["day"], row.cells["class"], row.cells["minutes"]) for row in again.rows} == {
        (date(2025, 3, 4), "P3-2", 35)
    }


def test_some_answers_leave_the_other_doubts_open() -> None:
    content = book({"作业": [HEAD, ["3月4日", "三（2）班", "语文", "约40"]]})
    day = read(content).doubts[0]
    assert [doubt.text for doubt in read(content, answers={day.id: "2025-03-04"}).doubts] == ["约40"]


@pytest.mark.parametrize("answer", ["约50", "-3", "2000", "很多", "   "])
def test_an_answer_is_checked_again_and_a_bad_one_is_asked_again(answer: str) -> None:
    content = book({"作业": [HEAD, ["2025-03-04", "三（2）班", "语文", "约40"]]})
    (doubt,) = read(content).doubts
    (again,) = read(content, answers={doubt.id: answer}).doubts
    assert (again.id, again.refused) == (doubt.id, answer)


def test_a_class_is_answered_with_a_class_of_the_school_only() -> None:
    content = book({"作业": [HEAD, ["2025-03-04", "2班", "语文", 20]]})
    (doubt,) = read(content).doubts
    assert read(content, answers={doubt.id: "P9-9"}).doubts[0].refused == "P9-9"
    assert read(content, answers={doubt.id: "P6-3"}).rows[0].cells["class"] == "P6-3"


def test_more_questions_than_anybody_can_answer_are_one_fault() -> None:
    found = read(book({"作业": [HEAD, *[["2025-03-04", f"甲{n}班", "语文", 20] for n in range(300)]]}))
    assert faults(found) == [("TooDoubtful", "")]
    assert len(found.doubts) == 200


def test_a_stroke_may_mean_not_reported() -> None:
    content = book({"作业": [HEAD, ["2025-03-04", "三（2）班", "语文", "/"]]})
    (doubt,) = read(content).doubts
    assert read(content, answers={doubt.id: ""}).rows[0].cells["minutes"] is None
    assert read(content, answers={doubt.id: "0"}).rows[0].cells["minutes"] == 0


def test_a_stroke_where_a_key_belongs_is_an_empty_key() -> None:
    assert faults(read(book({"作业": [HEAD, ["2025-03-04", "/", "语文", 20]]}))) == [("KeyEmpty", "B2")]


def test_a_term_that_is_not_written_is_the_one_the_caller_knows_and_another_one_is_asked() -> None:
    head = ["班级", "学期", "日期", "科目"]
    content = book(
        {"考试": [head, ["三（2）班", "", "2025-04-20", "语文"], ["三（3）班", "上学期", "2025-04-20", "语文"]]}
    )
    found = read(content, "exams")
    assert [row.cells["term"] for row in found.rows] == [TERM, None]
    (doubt,) = found.doubts
    assert (doubt.where, doubt.presumed) == ("B3", TERM)
    answered = read(content, "exams", answers={doubt.id: TERM})
    assert {row.cells["term"] for row in answered.rows} == {TERM}
    assert faults(read(content, "exams", term=None)) == [("KeyEmpty", "B2")]
    assert read(book({"考试": [["班级", "日期", "科目"], ["三（2）班", "2025-04-20", "语文"]]}), "exams").is_clean


def test_a_school_the_caller_knows_need_not_be_written() -> None:
    content = book({"班级": [["班级", "年级", "班级人数"], ["三（2）班", "三年级", 45]]})
    assert ("NoKeyColumn", "") in faults(read(content, "classes"))
    found = read(content, "classes", given={"school": "城关小学"})
    assert (found.rows[0].cells["school"], found.rows[0].cells["grade"]) == ("城关小学", "P3")


def test_the_table_of_classes_may_name_a_class_nobody_knows_yet() -> None:
    content = book({"班级": [["班级", "学校", "年级"], ["三（9）班", "城关小学", "三年级"]]})
    assert read(content, "classes", classes=()).rows[0].cells["class"] == "三（9）班"
    (doubt,) = read(content, "classes").doubts
    assert doubt.presumed == "三（9）班"
    assert read(content, "classes", answers={doubt.id: "三（9）班"}).rows[0].cells["class"] == "三（9）班"


def test_short_names_of_subjects_are_those_of_the_table_and_unclear_ones_are_asked() -> None:
    content = book({"作业": [HEAD, ["2025-03-04", "三（2）班", "道法", 5], ["2025-03-04", "三（2）班", "综", 5],
                            ["2025-03-04", "三（2）班", "快乐读书", 5]]})  # fmt: skip
    found = read(content)
    assert [row.cells["subject"] for row in found.rows] == ["道德与法治", None, "快乐读书"]
    assert [doubt.text for doubt in found.doubts] == ["综"]


def test_a_formula_with_its_value_is_taken_and_one_without_is_a_fault() -> None:
    content = book({"作业": [HEAD, ROW]})
    kept = with_sheet_xml(content, r'<c r="D2"><v>20</v></c>', '<c r="D2"><f>10+10</f><v>20</v></c>')
    assert read(kept).rows[0].cells["minutes"] == 20
    empty = with_sheet_xml(content, r'<c r="D2"><v>20</v></c>', '<c r="D2"><f>10+10</f></c>')
    assert faults(read(empty)) == [("NoResult", "D2")]
    failed = with_sheet_xml(content, r'<c r="D2"><v>20</v></c>', '<c r="D2" t="e"><f>X1</f><v>#REF!</v></c>')
    assert faults(read(failed)) == [("FailedFormula", "D2")]
    nothing = with_sheet_xml(content, r'<c r="D2"><v>20</v></c>', '<c r="D2" t="str"><f>IF(1,"")</f><v></v></c>')
    assert read(nothing).rows[0].cells["minutes"] is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_a_csv_is_read_in_every_encoding_a_spreadsheet_writes(encoding: str, sign: str) -> None:
    text = "\r\n".join(sign.join(map(str, row)) for row in (HEAD, ROW))
    found = read(text.encode(encoding), name="作业.csv")
    assert found.is_clean
    assert found.rows[0].cells["minutes"] == 20


def test_a_file_is_what_its_content_is_whatever_its_name_says() -> None:
    assert read(book({"作业": [HEAD, ROW]}), name="作业.csv").is_clean
    assert read(",".join(HEAD).encode() + b"\n" + ",".join(map(str, ROW)).encode(), name="作业.xls").is_clean
