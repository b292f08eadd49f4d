"""School data on the page: told in a few taps, judged at once, never typed twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from qingfu.packfile.read import load
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.models import AskedClass
from tests.cast import moment
from tests.faces.desk_of import queries_of
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.records.monitoring.conftest import NOW, Schools

__all__ = ["founded", "pages", "schools"]

HOMEWORK = {
    "rows": "3", "r0__subject": "语文", "r0__fixed": "yes", "r0__minutes": "25", "r0__written": "yes",
    "r1__subject": "数学", "r1__fixed": "yes", "r1__minutes": "20", "r1__written": "yes", "r2__subject": "",
}  # fmt: skip


def stands(pages: Pages, table: str = "homework") -> list[dict[str, object]]:
    rows = queries.reported(
        pages.schools.actor("principal"), table=table, organ=pages.organ, term_id=pages.schools.term.id
    )
    return [dict(row.cells) for row in rows]


def fill(pages: Pages, table: str = "homework", name: str = "三年级1班", **more: str) -> str:
    return f"{pages.desk}/fill-in/{table}?{pages.of(name, **more)}"


def test_a_school_lands_on_its_own_page_and_the_office_on_all_schools(pages: Pages) -> None:
    assert pages.sees("principal", "/school-data").where == pages.desk
    page = pages.sees("school-clerk", pages.desk).words
    assert "3 个班" in page
    assert "课表" in page
    listed = pages.sees("reviewer", "/school-data").words
    assert listed.index("白鹤初级中学") < listed.index("清溪镇中心小学")
    assert pages.sees("fire-clerk", "/school-data").status == 403
    assert pages.sees("other-principal", pages.desk).status == 404


def test_classes_asked_today_stand_first_with_what_they_cost(pages: Pages) -> None:
    schools = pages.schools
    with reading(schools.actor("principal")):
        AskedClass.objects.create(
            bureau_id=schools.county.bureau, organ_id=pages.organ, day=NOW.date(),
            school_class_id=schools.classes["三年级2班"].id,
        )  # fmt: skip
    page = pages.sees("principal", pages.desk).words
    assert page.index("三年级2班") < page.index("课表")
    assert "约1分钟" in page
    assert "三年级2班" in pages.sees("principal", "/inbox").words
    address = fill(pages, name="三年级2班", day="2024-10-18")
    pages.presses("principal", address, "none")
    assert [(row["subject"], row["minutes"], row["written"]) for row in stands(pages)] == [("全科", 0, False)]
    assert "三年级2班" not in pages.sees("principal", "/inbox").words


def test_after_homework_the_receipt_leads_to_the_next_class_that_was_drawn_and_to_no_other(pages: Pages) -> None:
    schools = pages.schools
    with reading(schools.actor("principal")):
        for name in ("三年级1班", "三年级2班"):
            AskedClass.objects.create(
                bureau_id=schools.county.bureau, organ_id=pages.organ, day=NOW.date(),
                school_class_id=schools.classes[name].id,
            )  # fmt: skip
    today = NOW.date().isoformat()
    page = pages.follows("principal", pages.presses("principal", fill(pages, day=today), "none"))
    assert "接着填三年级2班" in page.words
    last = pages.presses("principal", fill(pages, name="三年级2班", day=today), "none")
    assert "接着填" not in pages.follows("principal", last).words


def test_a_class_drawn_on_an_earlier_day_is_not_called_todays(pages: Pages) -> None:
    schools = pages.schools
    with reading(schools.actor("principal")):
        AskedClass.objects.create(
            bureau_id=schools.county.bureau, organ_id=pages.organ, day=NOW.date() - timedelta(days=2),
            school_class_id=schools.classes["三年级2班"].id,
        )  # fmt: skip
    page = pages.sees("principal", pages.desk).words
    assert "今天请填报" not in page
    assert "以前抽到、没有填报的：1 个班" in page


def test_a_table_that_nobody_asks_for_and_nobody_told_has_no_column(pages: Pages) -> None:
    page = pages.sees("reviewer", "/school-data").words
    assert "作息时间表" in page
    assert "教辅" not in page


@pytest.mark.proves("C12")
def test_homework_is_told_in_one_form_and_what_breaks_a_limit_is_said_at_once(pages: Pages) -> None:
    done = pages.presses("principal", fill(pages, day="2024-10-17"), "file", **HOMEWORK)
    receipt = pages.follows("principal", done)
    assert "没有超出限额" in receipt.words
    more = {**HOMEWORK, "r0__minutes": "５５"}
    receipt = pages.follows("principal", pages.presses("principal", fill(pages, day="2024-10-17"), "file", **more))
    assert "75分钟" in receipt.words.replace(" ", "")
    assert "class=" in receipt.text
    assert "day=2024-10-17" in receipt.text
    assert sorted(str(row["minutes"]) for row in stands(pages)) == ["20", "55"]


def test_a_later_day_begins_with_the_subjects_of_the_last_but_not_with_its_minutes(pages: Pages) -> None:
    sent = {**HOMEWORK, "r2__subject": "书法", "r2__minutes": "10", "r2__written": "yes"}
    pages.presses("principal", fill(pages, day="2024-10-16"), "file", **sent)
    page = pages.sees("principal", fill(pages, day="2024-10-17")).text
    assert 'name="r2.subject" value="书法"' in page
    assert re.search(r'name="r2.minutes"[^>]*value=""', page)
    again = pages.sees("principal", fill(pages, day="2024-10-16")).text
    assert re.search(r'name="r2.minutes"[^>]*value="10"', again)


def test_a_fault_stands_at_its_field_and_what_was_typed_stays(pages: Pages) -> None:
    wrong = {**HOMEWORK, "r0__minutes": "六十", "r2__subject": "", "r2__minutes": "5"}
    page = pages.presses("principal", fill(pages, day="2024-10-17"), "file", **wrong)
    assert page.status == 422
    assert 'href="#r2.subject"' in page.text
    wrong["r2__minutes"] = ""
    page = pages.presses("principal", fill(pages, day="2024-10-17"), "file", **wrong)
    assert 'href="#r0.minutes"' in page.text
    assert 'value="六十"' in page.text
    assert stands(pages) == []


def test_a_row_is_added_without_a_script(pages: Pages) -> None:
    answer = pages.client("principal").post(fill(pages), {"rows": "1", "row-more": "1", "r0.subject": "语文"})
    page = answer.content.decode()
    assert 'name="r1.subject"' in page
    assert 'name="rows" value="2"' in page


def test_an_empty_form_says_how_to_report_no_homework(pages: Pages) -> None:
    page = pages.presses("principal", fill(pages, day="2024-10-17"), "file", rows="1", r0__subject="语文")
    assert page.status == 422
    assert "没有书面" in page.words


def test_the_office_types_a_paper_in_and_says_who_signed_it(pages: Pages) -> None:
    address = fill(pages, day="2024-10-17")
    refused = pages.presses("reviewer", address, "file", **HOMEWORK)
    assert (refused.status, 'href="#on-behalf"' in refused.text) == (422, True)
    done = pages.presses("reviewer", address, "file", **HOMEWORK, **{"on-behalf": "赵校长"})
    assert "赵校长" in pages.follows("reviewer", done).words


def test_what_was_reported_by_mistake_is_taken_back_with_a_reason(pages: Pages) -> None:
    address = fill(pages, day="2024-10-17")
    pages.presses("principal", address, "file", **HOMEWORK)
    assert pages.presses("principal", address, "take-back", reason="").status == 422
    assert pages.presses("principal", address, "take-back", reason="写错了班").status == 302
    assert stands(pages) == []


@pytest.mark.parametrize(
    ("table", "fields", "told"),
    [
        ("evenings", {"rows": "1", "r0__periods": "3", "r0__day-pupils": "yes"}, {"periods": 3, "day-pupils": True}),
        (
            "extra-lessons",
            {"rows": "1", "r0__subject": "数学", "r0__when": "rest-day"},
            {"subject": "数学", "when": "rest-day"},
        ),
        (
            "exams",
            {"rows": "1", "r0__subject": "数学", "r0__unified": "yes", "r0__when": "mid"},
            {"subject": "数学", "unified": True, "when": "mid", "paper": None},
        ),
        (
            "aids",
            {"rows": "1", "r0__subject": "数学", "r0__titles": "2", "r0__listed": "no"},
            {"subject": "数学", "titles": 2, "listed": False, "voluntary": None},
        ),
    ],
)
def test_each_table_has_its_form_and_one_form_may_speak_for_a_grade(
    pages: Pages, table: str, fields: dict[str, str], told: dict[str, object]
) -> None:
    address = fill(pages, table, day="2024-10-17")
    assert pages.sees("principal", address).status == 200
    receipt = pages.follows("principal", pages.presses("principal", address, "file", **fields, **{"for": "grade"}))
    assert "三年级2班" in receipt.words
    rows = stands(pages, table)
    assert len(rows) == 2
    assert {key: rows[0][key] for key in told} == told


def test_a_combined_class_is_told_in_two_fields_and_speaks_for_no_other(pages: Pages) -> None:
    address = fill(pages, "combined")
    assert 'name="for"' not in pages.sees("principal", address).text
    sent = {"rows": "1", "r0__grades": "2", "r0__pupils": "33", "for": "grade"}
    receipt = pages.follows("principal", pages.presses("principal", address, "file", **sent))
    assert "三年级1班" in receipt.words
    assert [(row["grades"], row["pupils"]) for row in stands(pages, "combined")] == [(2, 33)]
    again = pages.sees("principal", address).text
    assert re.search(r'name="r0.pupils"[^>]*value="33"', again)


@pytest.mark.parametrize("table", ["exams", "extra-lessons"])
def test_a_form_sent_as_it_was_opened_makes_no_fact(pages: Pages, table: str) -> None:
    first = {"rows": "1", "r0__subject": "数学", "r0__when": "mid" if table == "exams" else "noon"}
    pages.presses("principal", fill(pages, table, day="2024-10-16"), "file", **first)
    page = pages.sees("principal", fill(pages, table, day="2024-10-17")).text
    sent = {}
    for tag in re.findall(r'<input[^>]+name="r\d+[^>]+>', page):
        if ('type="radio"' not in tag and 'type="checkbox"' not in tag) or " checked" in tag:
            name, value = re.findall(r' (?:name|value)="([^"]*)"', tag)
            sent[name.replace(".", "__")] = value
    assert "数学" in sent.values()
    again = pages.presses("principal", fill(pages, table, day="2024-10-17"), "file", rows="2", **sent)
    assert again.status == 422
    assert len(stands(pages, table)) == 1


GRID = {"periods": "7", "c1__1": "语文", "c1__2": "数学", "c2__1": "音乐/美术", "c3__1": "班会（单周）"}


@pytest.mark.proves("C09")
def test_a_timetable_is_typed_once_and_then_confirmed_as_posted_and_taught(pages: Pages) -> None:
    address = f"{pages.desk}/timetable?{pages.of()}&record="
    assert pages.presses("principal", address + "planned", "file", periods="7").status == 422
    assert pages.presses("principal", address + "planned", "file", **GRID).status == 302
    rows = {(row["weekday"], row["period"], row["subject"], row["fortnight"]) for row in stands(pages, "timetable")}
    assert rows == {(1, 1, "语文", 2), (1, 2, "数学", 2), (2, 1, "音乐", 1), (2, 1, "美术", 1), (3, 1, "班会", 1)}
    posted = pages.sees("principal", address + "posted")
    assert "与公示" not in posted.words
    assert 'value="音乐/美术"' in posted.text
    assert "一样，确认" in posted.words
    for record in ("posted", "taught"):
        assert pages.presses("principal", f"{pages.desk}/timetables", "same", record=record).status == 302
    assert len(stands(pages, "timetable")) == 15
    assert pages.presses("principal", f"{pages.desk}/timetables", "same", record="taught").status == 422


def test_three_subjects_in_one_lesson_are_asked_about_at_their_field(pages: Pages) -> None:
    page = pages.presses("principal", f"{pages.desk}/timetable?{pages.of()}", "file", **{**GRID, "c5__6": "音/体/美"})
    assert page.status == 422
    assert 'href="#c5.6"' in page.text


def ask_when_lessons_begin(pages: Pages) -> None:
    actions.set_beside(
        pages.schools.actor("reviewer"), edition=pages.schools.edition, source=load("national"),
        limit_key="first-lesson", reason="作息", from_on=NOW.date(), at=NOW,
    )  # fmt: skip


def test_what_no_limit_asks_for_is_not_on_the_form(pages: Pages) -> None:
    address = f"{pages.desk}/day?{pages.of()}"
    assert "d.first-lesson" not in pages.sees("principal", address).text
    ask_when_lessons_begin(pages)
    assert "d.first-lesson" in pages.sees("principal", address).text


def test_a_day_is_told_once_for_all_weekdays_and_classes_and_a_day_that_differs_beside_it(pages: Pages) -> None:
    ask_when_lessons_begin(pages)
    sent = {
        "d__first-lesson": "8:20",
        "d__teaching": "350",
        "d__exercise": "60",
        "d5__teaching": "300",
        "for": "school",
    }
    address = f"{pages.desk}/day?{pages.of()}"
    assert pages.presses("principal", address, "file", **sent).status == 302
    rows = stands(pages, "schedules")
    assert len(rows) == 15
    assert {row["teaching"] for row in rows if row["weekday"] == 5} == {300}
    assert {row["first-lesson"] for row in rows} == {500}
    again = pages.sees("principal", address).text
    assert re.search(r'name="d.teaching"[^>]*value="350"', again)
    assert re.search(r'name="d5.teaching"[^>]*value="300"', again)
    assert re.search(r'name="d4.teaching"[^>]*value=""', again)


def test_a_clock_that_is_none_is_refused_at_its_field(pages: Pages) -> None:
    ask_when_lessons_begin(pages)
    page = pages.presses("principal", f"{pages.desk}/day?{pages.of()}", "file", **{"d__first-lesson": "早上"})
    assert page.status == 422
    assert 'href="#d.first-lesson"' in page.text


def test_classes_are_made_in_one_line_corrected_and_taken_away(pages: Pages) -> None:
    address = f"{pages.desk}/classes"
    pages.presses("principal", address, "generate", grade="P4", count="2", place="village")
    names = [one.name for one in queries.classes(pages.schools.actor("principal"), organ=pages.organ, year=2024)]
    assert names == ["一年级1班", "三年级1班", "三年级2班", "四年级1班", "四年级2班"]
    rows = {"rows": "5", **{f"r{n}__grade": grade for n, grade in enumerate(("P1", "P3", "P3", "P4", "P4"))}}
    rows |= {f"r{n}__name": name for n, name in enumerate(names)}
    faulty = pages.presses("principal", address, "file", **{**rows, "r1__pupils": "多"})
    assert (faulty.status, 'href="#r1.pupils"' in faulty.text) == (422, True)
    kept = {**rows, "r1__pupils": "41", "r4__gone": "yes", "r0__name": "一年级一班"}
    assert pages.presses("principal", address, "file", **kept).status == 302
    after = queries.classes(pages.schools.actor("principal"), organ=pages.organ, year=2024)
    assert [(one.name, one.pupils) for one in after][:2] == [("一年级一班", None), ("三年级1班", 41)]
    assert "四年级2班" not in [one.name for one in after]


def test_last_years_classes_are_taken_over_a_grade_up(pages: Pages) -> None:
    actions.set_term(
        pages.schools.actor("reviewer"), name="2025年秋季学期", year=2025, from_on=moment("2025-09-01").date(),
        until_on=moment("2026-01-16").date(), at=NOW,
    )  # fmt: skip
    term = queries.terms(pages.schools.actor("reviewer"))[0].id
    address = f"{pages.desk}/classes?term={term}"
    assert "升一个年级" in pages.sees("principal", address).words
    pages.presses("principal", address, "promote")
    made = queries.classes(pages.schools.actor("principal"), organ=pages.organ, year=2025)
    assert [one.name for one in made] == ["二年级1班", "四年级1班", "四年级2班"]


def test_the_office_sets_a_term_and_what_plans_propose_is_filled_in(pages: Pages) -> None:
    page = pages.sees("reviewer", "/school-data/terms")
    assert "2019年秋季学期" in page.words
    assert 'value="2019-09-02"' in pages.sees("reviewer", "/school-data/terms?name=x&from=2019-09-02").text
    sent = {"name": "2025年春季学期", "from": "2025-02-17", "until": "2025-07-04", "asked": "2"}
    assert pages.presses("reviewer", "/school-data/terms", "set", **{**sent, "until": "2025-13-01"}).status == 422
    assert pages.presses("reviewer", "/school-data/terms", "set", **sent).status == 302
    assert [one.year for one in queries.terms(pages.schools.actor("reviewer"))] == [2024, 2024]
    assert pages.sees("principal", "/school-data/terms").status == 403


@pytest.mark.parametrize("address", ["/fill-in/homework", "/fill-in/aids", "/timetables", "/timetable", "/day", ""])
def test_a_page_asks_the_database_no_more_for_many_classes(pages: Pages, schools: Schools, address: str) -> None:
    client = pages.client("principal")
    few = queries_of(client, f"{pages.desk}{address}")
    rows = [{"name": f"五年级{n}班", "grade": "P5", "pupils": 40} for n in range(40)]
    actions.file_classes(schools.actor("principal"), organ=pages.organ, year=2024, rows=rows, at=NOW)
    assert queries_of(client, f"{pages.desk}{address}") <= few
