"""Sheets of school data on the page: everything shown first, doubts asked, nothing taken until all is clear."""

from __future__ import annotations

import html
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfu.records.monitoring import queries
from tests.faces.desk_of import Seen
from tests.faces.schools_stage import Pages, founded, pages, schools

__all__ = ["founded", "pages", "schools"]

HEADINGS = ("日期", "班级", "学科", "分钟", "书面作业")
WEEK = ("节次", "星期一", "星期二", "星期三", "星期四", "星期五")


def book(*sheets: tuple[str, list[tuple[object, ...]]]) -> SimpleUploadedFile:
    """A workbook with these sheets."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    data = BytesIO()
    made.save(data)
    return SimpleUploadedFile("课表.xlsx", data.getvalue())


def week(*lessons: tuple[str, ...]) -> list[tuple[object, ...]]:
    """A timetable as it hangs on the door."""
    return [WEEK, *((f"第{n}节", *cells) for n, cells in enumerate(lessons, 1))]


def stands(pages: Pages, table: str) -> list[dict[str, object]]:
    rows = queries.reported(
        pages.schools.actor("principal"), table=table, organ=pages.organ, term_id=pages.schools.term.id
    )
    return [dict(row.cells) for row in rows]


def address(pages: Pages, table: str) -> str:
    return f"{pages.desk}/sheets/{table}"


def carried(page: Seen, **answers: str) -> dict[str, str]:
    """What the preview's form sends: what it carries, and these answers."""
    hidden = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text.partition('class="doubts"')[2]
    )
    kept = {name: html.unescape(value) for name, value in hidden if name not in ("client-id", "csrfmiddlewaretoken")}
    return {**kept, **answers}


def test_the_template_of_every_table_can_be_had(pages: Pages) -> None:
    import openpyxl

    every = "classes homework timetable schedules evenings extra-lessons exams aids combined"
    for table in every.split():
        assert pages.sees("principal", address(pages, table)).status == 200
        blank = pages.sees("principal", f"{address(pages, table)}/blank")
        assert openpyxl.load_workbook(BytesIO(blank.data)).worksheets
    assert pages.sees("principal", address(pages, "sample")).status == 404
    assert pages.sees("other-principal", f"{address(pages, 'homework')}/blank").status == 404


def test_a_clear_sheet_is_shown_and_then_taken_whole(pages: Pages) -> None:
    sheet = book(
        (
            "作业",
            [HEADINGS, ("2024-10-16", "三年级1班", "语文", 20, "是"), ("2024-10-16", "三（2）班", "数学", 15, "是")],
        )
    )
    page = pages.presses("principal", address(pages, "homework"), "preview", sheet=sheet)
    assert page.status == 200
    assert "三年级2班" in page.words
    assert stands(pages, "homework") == []
    done = pages.presses("principal", address(pages, "homework"), "take", **carried(page))
    receipt = pages.follows("principal", done)
    assert "表格导入" in pages.sees("principal", pages.desk).words
    assert "没有超出限额" in receipt.words
    assert {(row["subject"], row["minutes"]) for row in stands(pages, "homework")} == {("语文", 20), ("数学", 15)}


def test_a_fault_is_named_by_its_cell_and_nothing_can_be_taken(pages: Pages) -> None:
    sheet = book(
        (
            "作业",
            [HEADINGS, ("2024-10-16", "三年级1班", "语文", -20, "是"), ("2024-10-16", "三年级2班", "数学", 15, "是")],
        )
    )
    page = pages.presses("principal", address(pages, "homework"), "preview", sheet=sheet)
    assert "D2" in page.words
    assert 'value="take"' not in page.text
    forced = pages.presses("principal", address(pages, "homework"), "take", **carried(page))
    assert forced.status == 422
    assert stands(pages, "homework") == []


def test_a_day_that_has_not_come_is_refused_by_its_row_after_the_preview(pages: Pages) -> None:
    sheet = book(("作业", [HEADINGS, ("2024-12-16", "三年级1班", "语文", 20, "是")]))
    page = pages.presses("principal", address(pages, "homework"), "preview", sheet=sheet)
    refused = pages.presses("principal", address(pages, "homework"), "take", **carried(page))
    assert refused.status == 422
    assert "第2行" in refused.words
    assert 'name="data"' in refused.text


@pytest.mark.proves("C09")
def test_a_dirty_timetable_is_asked_about_and_taken_when_all_is_clear(pages: Pages) -> None:
    doubtful = week(("语", "数学", "语文", "数学", "综"), ("音乐/美术", "英语", "体育", "英语", "班会"))
    sheet = book(("三年级1班", doubtful), ("三（2）班", week(("语文", "数学", "语文", "数学", "语文"))))
    page = pages.presses("principal", address(pages, "timetable"), "preview", sheet=sheet, record="planned")
    assert page.status == 200
    assert 'class="doubtful"' in page.text
    assert 'value="take"' not in page.text
    questions = re.findall(r'name="(a\.[^"]+)" value="([^"]*)"(?: checked)?', page.text)
    answers = {name: html.unescape(value) for name, value in reversed(questions)}
    clear = pages.presses("principal", address(pages, "timetable"), "preview", **carried(page, **answers))
    assert 'value="take"' in clear.text, clear.words
    done = pages.presses("principal", address(pages, "timetable"), "take", **carried(clear))
    assert done.status == 302
    rows = stands(pages, "timetable")
    assert {row["record"] for row in rows} == {"planned"}
    assert len({row["class"] for row in rows}) == 2
    assert {(row["subject"], row["fortnight"]) for row in rows if row["period"] == 2 and row["weekday"] == 1} == {
        ("音乐", 1), ("美术", 1),
    }  # fmt: skip


def test_classes_come_from_a_sheet_too(pages: Pages) -> None:
    sheet = book(("班级", [("班级", "年级", "学生数"), ("五年级1班", "五年级", 40), ("五年级2班", "五年级", 41)]))
    page = pages.presses("principal", address(pages, "classes"), "preview", sheet=sheet)
    questions = re.findall(r'name="(a\.[^"]+)" value="([^"]*)" checked', page.text)
    answers = {name: html.unescape(value) for name, value in questions}
    clear = pages.presses("principal", address(pages, "classes"), "preview", **carried(page, **answers))
    assert pages.presses("principal", address(pages, "classes"), "take", **carried(clear)).status == 302
    known = queries.classes(pages.schools.actor("principal"), organ=pages.organ, year=2024)
    assert {(one.name, one.grade, one.pupils) for one in known} >= {("五年级1班", "P5", 40), ("五年级2班", "P5", 41)}


@pytest.mark.parametrize("data", ["", "not base64!", "bm90IGEgc2hlZXQ="])
def test_rubbish_is_refused_in_words(pages: Pages, data: str) -> None:
    answer = pages.presses("principal", address(pages, "homework"), "take", data=data, name="x.xlsx")
    assert answer.status == 422
    assert "QF-" in answer.text


def test_no_file_and_a_file_that_is_no_sheet_are_told_apart(pages: Pages) -> None:
    none = pages.presses("principal", address(pages, "homework"), "preview")
    assert (none.status, 'href="#sheet"' in none.text) == (422, True)
    picture = SimpleUploadedFile("门上的课表.png", b"\x89PNG\r\n\x1a\n" + bytes(300))
    page = pages.presses("principal", address(pages, "homework"), "preview", sheet=picture)
    assert page.status == 200
    assert "QF-FILED" in page.text
