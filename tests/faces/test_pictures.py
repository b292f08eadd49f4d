"""Pictures: a number, a sign and a word for everything; silence is no zero, few schools are hidden."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import actions
from qingfu.records.monitoring.models import AskedClass
from qingfu.records.monitoring.queries.pictures import SMALLEST
from qingfu.records.people.actions import add_organ
from tests import cast
from tests.faces.desk_of import queries_of
from tests.faces.first_week_stage import report
from tests.faces.schools_stage import Pages, founded, pages, schools
from tests.records.monitoring.conftest import NOW, Schools

__all__ = ["founded", "pages", "schools"]

MONDAY = date(2024, 10, 14)


def told(schools: Schools, name: str, minutes: dict[date, int | None], who: str = "principal") -> None:
    """Homework of one class: minutes by day; None where it was reported without them."""
    one = schools.classes[name]
    rows = [
        {"class": one.id, "day": day, "subject": "语文", "minutes": amount, "written": True}
        for day, amount in minutes.items()
    ]
    actions.file_rows(
        schools.actor(who), table="homework", organ=one.organ, term=schools.term.id, rows=rows, at=NOW
    )  # fmt: skip


def days(first: int, *minutes: int | None) -> dict[date, int | None]:
    return {date(2024, 10, first + n): amount for n, amount in enumerate(minutes)}


def cells(text: str, name: str) -> list[tuple[str, str]]:
    """The kinds and the words of a class's days in the table of the month."""
    row = re.search(rf"<tr><th scope=\"row\"><a[^>]*>{name}</a></th>(.*?)</tr>", text, re.DOTALL)
    assert row, name
    found = re.findall(r'<td class="day-(\w+)[^"]*">(.*?)</td>', row[1], re.DOTALL)
    return [(kind, re.sub(r"<[^>]+>", "", inside).strip()) for kind, inside in found]


@pytest.mark.proves("C12")
def test_a_day_over_the_limit_has_its_number_a_sign_and_a_word_and_silence_is_no_zero(pages: Pages) -> None:
    told(pages.schools, "三年级1班", days(14, 75, 60, 0, None))
    page = pages.sees("principal", f"/pictures/{pages.organ}/calendar")
    assert cells(page.text, "三年级1班")[-5:] == [
        ("over", "75▲超过限额"), ("within", "60"), ("within", "0"), ("bare", "?已报，未填分钟数"), ("silent", "·未报"),
    ]  # fmt: skip
    assert "不超过 60 分钟" in page.words
    assert "一年级 · 不布置书面作业" in page.words
    assert "▲" in page.text[: page.text.index("<table")], "the signs are explained before they are used"


def test_classes_stand_by_grade_whatever_they_reported(pages: Pages) -> None:
    told(pages.schools, "三年级2班", days(14, 100, 100, 100))
    page = pages.sees("principal", f"/pictures/{pages.organ}/calendar").text
    places = [page.index(f">{name}</a>") for name in ("一年级1班", "三年级1班", "三年级2班")]
    assert places == sorted(places)


def test_another_month_and_one_class_through_the_whole_term(pages: Pages) -> None:
    told(pages.schools, "三年级1班", {date(2024, 9, 3): 90, **days(14, 61)})
    calendar = f"/pictures/{pages.organ}/calendar"
    assert "90" not in [words[:2] for _, words in cells(pages.sees("principal", calendar).text, "三年级1班")]
    assert ("over", "90▲超过限额") in cells(pages.sees("principal", f"{calendar}?month=2024-09").text, "三年级1班")
    whole = pages.sees("principal", f"{calendar}?{pages.of()}")
    assert "超限 2 天" in whole.words
    assert "9月2日" in whole.words
    assert "10月1日" not in whole.words, "a holiday is no school day"
    assert pages.sees("principal", f"{calendar}?month=2031-99&class=x").status == 200


@pytest.mark.proves("C10")
def test_three_timetables_stand_side_by_side_and_only_posted_and_taught_are_held_against_each_other(
    pages: Pages,
) -> None:
    report(pages.schools, "planned", d1_1="班会")
    report(pages.schools, "posted")
    address = f"/pictures/{pages.organ}/timetable?{pages.of()}"
    page = pages.sees("principal", address)
    assert "未填报：实际上课" in page.words
    assert "differs" not in page.text
    report(pages.schools, "taught", d3_2="数学")
    page = pages.sees("reviewer", address)
    assert re.findall(r'<table class="week week-(\w+)"', page.text) == ["planned", "posted", "taught"]
    assert page.text.count('<td class="differs">') == 2
    assert "周三第 2 节：公示为语文，实际上数学" in page.words


def many_schools(schools: Schools, number: int) -> None:
    """More primary schools, each with one class that has fifty minutes on a day and is drawn on three days."""
    for n in range(number):
        organ = add_organ(
            schools.county.keeper, kind="school", name=f"第{n}小学", level="county", code=f"n{n}", at=cast.BEGINS
        ).id
        made = actions.file_classes(
            schools.actor("reviewer"), organ=organ, year=2024, rows=[{"name": "三年级1班", "grade": "P3"}],
            on_behalf="校长", at=NOW,
        )  # fmt: skip
        rows = [{"class": made[0].id, "day": MONDAY, "subject": "语文", "minutes": 50 + 40 * (n == 0), "written": True}]
        actions.file_rows(
            schools.actor("reviewer"), table="homework", organ=organ, term=schools.term.id, rows=rows, on_behalf="校长",
            at=NOW,
        )  # fmt: skip
        with reading(schools.actor("reviewer")):
            for day in range(3):
                AskedClass.objects.create(
                    bureau_id=schools.county.bureau, organ_id=organ, day=MONDAY + timedelta(days=day),
                    school_class_id=made[0].id,
                )  # fmt: skip


def bars(text: str) -> dict[str, str]:
    found = re.findall(r'<tr><th scope="row">([^<]+)</th><td>(.*?)</td></tr>', text, re.DOTALL)
    return {says: re.sub(r"<[^>]+>", "", inside).strip() for says, inside in found}


def test_what_few_schools_make_up_is_not_shown_nor_what_it_could_be_computed_from(pages: Pages) -> None:
    many_schools(pages.schools, SMALLEST + 1)
    drawn = bars(pages.sees("reviewer", "/pictures/homework").text)
    assert drawn["61—90 分钟"].startswith("不显示")
    assert drawn["31—60 分钟"].startswith("不显示"), "the only other bar would tell the hidden one by subtraction"
    assert drawn["120 分钟以上"] == "0 个班日"
    page = pages.sees("principal", "/pictures/homework")
    assert "少于 5 所学校" in page.words
    assert "第0小学" not in page.words


def test_what_enough_schools_make_up_is_shown_with_its_number(pages: Pages) -> None:
    many_schools(pages.schools, SMALLEST + 1)
    told(pages.schools, "三年级1班", days(14, 50))
    for n in range(SMALLEST):
        organ = add_organ(
            pages.schools.county.keeper, kind="school", name=f"乙{n}小学", level="county", code=f"z{n}", at=cast.BEGINS
        ).id
        made = actions.file_classes(
            pages.schools.actor("reviewer"), organ=organ, year=2024, rows=[{"name": "四年级1班", "grade": "P4"}],
            on_behalf="校长", at=NOW,
        )  # fmt: skip
        actions.file_rows(
            pages.schools.actor("reviewer"), table="homework", organ=organ, term=pages.schools.term.id, at=NOW,
            rows=[{"class": made[0].id, "day": MONDAY, "subject": "语文", "minutes": 90, "written": True}],
            on_behalf="校长",
        )  # fmt: skip
    drawn = bars(pages.sees("reviewer", "/pictures/homework").text)
    assert (drawn["31—60 分钟"], drawn["61—90 分钟"]) == ("6 个班日", "6 个班日")


def test_an_estimate_says_how_many_were_asked_who_told_and_between_what_the_share_lies(pages: Pages) -> None:
    many_schools(pages.schools, 6)
    page = pages.sees("reviewer", "/pictures/estimate")
    said = re.search(
        r"抽样 18 个班日，报了 6 个，其中 1 个超限；超限比例在 ([\d.]+)% 到 ([\d.]+)% 之间（置信度95%）", page.words
    )
    assert said
    low, high = float(said[1]), float(said[2])
    assert low < 100 / 18 < 100 * 13 / 18 < high
    assert re.search(r'class="whisker-span" x1="[\d.]+%" x2="[\d.]+%"', page.text)
    assert "数据表" in page.words
    assert "第0小学" not in page.words


def test_pictures_are_for_the_bureau_and_for_schools_each_its_own(pages: Pages) -> None:
    calendar, timetable = f"/pictures/{pages.organ}/calendar", f"/pictures/{pages.organ}/timetable"
    for address in (calendar, timetable):
        assert pages.sees("other-principal", address).status == 404
        assert pages.sees("fire-clerk", address).status == 404
        assert pages.sees("reviewer", address).status == 200
    assert pages.sees("fire-clerk", "/pictures").status == 403
    assert pages.sees("fire-clerk", "/pictures/homework").status == 404
    assert pages.sees("principal", "/pictures/estimate").status == 403
    listed = pages.sees("reviewer", "/pictures")
    assert calendar in listed.text
    assert listed.words.index("白鹤初级中学") < listed.words.index("清溪镇中心小学")
    assert "图表" in pages.sees("principal", "/pictures").words


def test_pages_with_nothing_in_them_say_so(pages: Pages) -> None:
    other = pages.schools.county.organs["other-school"]
    assert "还没有填报作业" in pages.sees("reviewer", "/pictures/homework").words
    assert "还没有抽样" in pages.sees("reviewer", "/pictures/estimate").words
    assert "未填报" in pages.sees("other-principal", f"/pictures/{other}/timetable").words
    before = actions.set_term(
        pages.schools.actor("reviewer"), name="2025年春季学期", year=2024, from_on=date(2025, 2, 17),
        until_on=date(2025, 7, 4), at=NOW,
    )  # fmt: skip
    page = pages.sees("principal", f"/pictures/{pages.organ}/calendar?term={before.id}")
    assert "还没有教学日" in page.words


@pytest.mark.parametrize("page", ["/pictures", "/pictures/homework", "/pictures/estimate", "calendar", "timetable"])
def test_more_schools_classes_and_days_cost_no_more_queries(pages: Pages, page: str) -> None:
    address = page if page.startswith("/") else f"/pictures/{pages.organ}/{page}"
    many_schools(pages.schools, 1)
    few = queries_of(pages.client("reviewer"), address)
    with_more(pages)
    assert queries_of(pages.client("reviewer"), address) <= few


def with_more(pages: Pages) -> None:
    rows = [{"name": f"五年级{n}班", "grade": "P5", "pupils": 40} for n in range(30)]
    actions.file_classes(pages.schools.actor("principal"), organ=pages.organ, year=2024, rows=rows, at=NOW)
    told(pages.schools, "三年级1班", days(14, 75, 60, 0, 10, 20))
    told(pages.schools, "三年级2班", days(14, 75, 60, 0, 10, 20))
    report(pages.schools, "posted")
    for n in range(8):
        add_organ(
            pages.schools.county.keeper, kind="school", name=f"丙{n}小学", level="county", code=f"w{n}", at=cast.BEGINS
        )
