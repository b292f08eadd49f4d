"""School data: a school's first week by telephone and by sheet; a clerk changes a limit and ends its findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

import pytest
from django.db import connections
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from qingfu.base.chance import new_code
from qingfu.base.clock import system_now
from qingfu.packfile.read import load
from qingfu.records.almanac.actions import set_clock
from qingfu.records.monitoring import actions
from qingfu.records.people.actions import add_organ
from tests import pg_plugin
from tests.cast import County, enact_plan, moment
from tests.conftest import pointed_to
from tests.faces.conftest import PASSWORD, open_account
from tests.journeys.conftest import Visit
from tests.journeys.visitor import PHONE, Visitor
from tests.records.monitoring.conftest import DEPARTMENTS, FILLS

MONDAY = "2024-09-09"
SEATS = ("principal", "reviewer", "second-reviewer")
WEEK = ("节次", "星期一", "星期二", "星期三", "星期四", "星期五")
LESSONS = (
    ("语文", "数学", "语文", "数学", "语文"),
    ("数学", "语", "英语", "语文", "数学"),
    ("音乐/美术", "体育", "数学", "英语", "综"),
    ("体育", "科学", "道德与法治", "体育", "班会"),
)


@dataclass
class Bureau:
    """The site, and the county behind it."""

    site: str
    county: County
    edition: int
    term: int

    @property
    def school(self) -> int:
        """The school of the journey."""
        return self.county.organs["school"]


@pytest.fixture
def bureau(
    pg_server: pg_plugin.Server, standing_county: tuple[str, County], settings: Settings,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Bureau]:  # fmt: skip
    """A county on the second Monday of the term, with a plan that limits school life and nothing reported yet."""
    template, county = standing_county
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    pg_server.create(name, like=template)
    settings.DEMO = True
    with django_db_blocker.unblock(), pointed_to(name):
        made = _founded(replace(county, organs=dict(county.organs)))
        server = LiveServer("127.0.0.1")
        yield replace(made, site=str(server))
        server.stop()
        connections.close_all()
    pg_server.drop(name)


def _founded(county: County) -> Bureau:
    at = moment("2024-09-02")
    for code, title in DEPARTMENTS.items():
        organ = add_organ(county.keeper, kind="department", name=title, level="county", code=code, at=at)
        county.organs[code] = organ.id
    seats = {"education-bureau": "commission", "police": "police", **{code: code for code in DEPARTMENTS}}
    plan = enact_plan(replace(county), load("light-load"), seats, fills=FILLS, at=at)
    term = actions.set_term(
        county["reviewer"],
        name="2024年秋季学期",
        year=2024,
        from_on=date(2024, 9, 2),
        until_on=date(2025, 1, 17),
        at=at,
    )
    for who in SEATS:
        open_account(county, who)
    set_clock(to=moment(MONDAY, 17), at=system_now())
    return Bureau("", county, plan.edition, term.id)


def sign_in(visitor: Visitor, who: str) -> Visitor:
    """Somebody of the cast sits down."""
    visitor.open("/sign-in")
    visitor.page.locator("#name").fill(who)
    visitor.page.locator("#password").fill(PASSWORD)
    visitor.act("sign-in")
    expect(visitor.page.locator(".masthead")).to_be_visible()
    return visitor


def timetable(*classes: str) -> bytes:
    """The timetables as the school has them: one class a sheet, short names, alternating weeks in one cell."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in classes:
        page = book.create_sheet(name)
        page.append((f"清溪镇中心小学 {name} 课程表",))
        page.append(WEEK)
        for n, cells in enumerate(LESSONS, 1):
            page.append((f"第{n}节", *cells))
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.proves("C11", "C12", "C09")
def test_a_school_office_files_its_first_week_by_telephone_and_by_sheet(bureau: Bureau, visit: Visit) -> None:
    phone = sign_in(visit(bureau.site, viewport=PHONE, has_touch=True, is_mobile=True), "principal")
    _classes(phone)
    _homework(phone)
    _timetables(phone)
    _day(phone)
    phone.open("/school-data")
    phone.look_closely()
    phone.draw("school-data-360")


def _classes(phone: Visitor) -> None:
    phone.open("/school-data")
    phone.draw("school-data-empty-360")
    phone.page.locator("main a.button.main").click()
    phone.page.locator("#grade").select_option("P3")
    phone.page.locator("#count").fill("2")
    phone.act("generate")
    phone.told("2 个班")
    expect(phone.page.locator("[id='r1.name']")).to_have_value("三年级2班")
    phone.page.locator("[id='r0.pupils']").fill("44")
    phone.act("file")
    phone.told("保存")
    phone.look_closely()


def _homework(phone: Visitor) -> None:
    """Too much, told at once with a way to correct it, and corrected."""
    phone.open("/school-data")
    phone.page.locator("a[href*='fill-in/homework']").first.click()
    phone.look_closely()
    phone.page.locator("[id='r0.minutes']").fill("30")
    phone.page.locator("[id='r1.minutes']").fill("45")
    phone.draw("homework-form-360")
    phone.act("file")
    expect(phone.page.locator(".broken")).to_contain_text("75")
    phone.look_closely()
    phone.draw("homework-over-the-limit-360")
    phone.page.locator(".broken a.button").click()
    expect(phone.page.locator("[id='r1.minutes']")).to_have_value("45")
    phone.page.locator("[id='r1.minutes']").fill("25")
    phone.act("file")
    expect(phone.page.locator(".broken")).to_have_count(0)
    phone.page.locator("main a.button.main").first.click()
    phone.page.locator("a[href*='fill-in/homework']").first.click()
    phone.page.locator("#class").select_option(index=1)
    phone.page.locator(".which button").click()
    phone.act("none")
    expect(phone.page.locator("main")).to_contain_text("没有超出限额")


def _timetables(phone: Visitor) -> None:
    """The school's own file, its doubts answered; then the posted and the taught one confirmed."""
    phone.open("/school-data")
    phone.page.locator("a[href*='sheets/timetable']").first.click()
    phone.look_closely()
    phone.page.locator("#sheet").set_input_files({
        "name": "课程表.xlsx", "buffer": timetable("三年级1班", "三（2）班"),
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    })  # fmt: skip
    phone.act("preview")
    expect(phone.page.locator(".doubt").first).to_be_visible()
    phone.draw("timetable-doubts-360", whole=False)
    for doubt in phone.page.locator(".doubt").all():
        if not doubt.locator("input:checked").count():
            doubt.locator("input[type=radio]").first.check()
    phone.act("preview")
    expect(phone.page.locator("button[value=take]")).to_be_visible()
    phone.draw("timetable-read-360", whole=False)
    phone.act("take")
    expect(phone.page.locator("h1")).to_contain_text("已填报")
    for _record in ("posted", "taught"):
        phone.open("/school-data")
        phone.page.locator("a[href*='timetables']").first.click()
        phone.look_closely()
        phone.page.locator("button[name=record]").first.click()
        expect(phone.page.locator("h1")).to_contain_text("已填报")
    phone.open("/school-data")
    phone.page.locator("a[href*='timetables']").first.click()
    phone.page.locator("td a").first.click()
    expect(phone.page.locator("[id='c1.1']")).to_have_value("语文")
    expect(phone.page.locator("[id='c1.3']")).to_have_value("音乐/美术")
    phone.look_closely()
    phone.draw("timetable-form-360")


def _day(phone: Visitor) -> None:
    phone.open("/school-data")
    phone.page.locator("a[href*='/day']").first.click()
    phone.look_closely()
    phone.page.locator("[id='d.teaching']").fill("350")
    phone.page.locator("input[name=for][value=school]").check()
    phone.act("file")
    expect(phone.page.locator("h1")).to_contain_text("已填报")


@pytest.mark.proves("C12", "P12")
def test_a_clerk_tries_a_changed_limit_puts_it_in_force_and_ends_a_finding_in_each_way(
    bureau: Bureau, visit: Visit
) -> None:
    _reported(bureau)
    clerk, school = sign_in(visit(bureau.site), "reviewer"), sign_in(visit(bureau.site, viewport=PHONE), "principal")
    _change(clerk)
    _into_the_ledger(clerk)
    _back_and_corrected(clerk, school)
    _excepted(clerk, sign_in(visit(bureau.site), "second-reviewer"))


def _reported(bureau: Bureau) -> None:
    """Three classes report the homework of the week before: 55 minutes each day, the limit being 60."""
    county, at = bureau.county, moment(MONDAY, 9)
    rows = [{"name": f"三年级{n}班", "grade": "P3", "pupils": 40} for n in (1, 2, 3)]
    classes = actions.file_classes(county["principal"], organ=bureau.school, year=2024, rows=rows, at=at)
    told = [
        {"class": one.id, "day": date(2024, 9, 5), "subject": subject, "minutes": minutes, "written": True,
         "marked": True}
        for one in classes for subject, minutes in (("语文", 20), ("数学", 35))
    ]  # fmt: skip
    actions.file_rows(
        county["principal"], table="homework", organ=bureau.school, term=bureau.term, rows=told, at=at
    )  # fmt: skip


def _change(clerk: Visitor) -> None:
    """A stricter number is tried, shown with the schools it would flag, and put in force."""
    clerk.open("/limits")
    clerk.look_closely()
    clerk.page.locator(".limit h3 a", has_text="书面家庭作业").first.click()
    clerk.look_closely()
    clerk.page.locator("[id='bound.P3-6']").fill("50")
    clerk.act("try")
    expect(clerk.page.locator("#tried")).to_contain_text("会多标出 1 所学校")
    expect(clerk.page.locator("#tried")).to_contain_text("清溪镇中心小学")
    clerk.draw("limit-tried-on-the-past")
    clerk.page.locator("#reason").fill("本学期试行50分钟")
    clerk.act("order")
    clerk.told("施行")
    clerk.open("/limits")
    expect(clerk.page.locator(".limit", has_text="书面家庭作业").first).to_contain_text("3")
    clerk.draw("limits", whole=False)


def _findings(clerk: Visitor) -> None:
    clerk.open("/limits")
    clerk.page.locator(".limit", has_text="书面家庭作业").first.locator(".schools-of a").first.click()


def _into_the_ledger(clerk: Visitor) -> None:
    _findings(clerk)
    clerk.look_closely()
    clerk.draw("findings-of-a-school")
    clerk.page.locator(".row-whom a").first.click()
    expect(clerk.page.locator("main")).to_contain_text("减少5分钟")
    clerk.look_closely()
    clerk.draw("finding")
    clerk.page.locator("details.end summary").first.click()
    expect(clerk.page.locator("#kind")).to_have_value("homework")
    clerk.act("open-problem")
    clerk.told("台账")
    expect(clerk.page.locator("h1")).to_contain_text("三年级1班")


def _back_and_corrected(clerk: Visitor, school: Visitor) -> None:
    _findings(clerk)
    clerk.page.locator(".row", has_text="三年级2班").locator("input[type=checkbox]").check()
    clerk.page.locator("details.end summary", has_text="退回").click()
    clerk.page.locator("#text").fill("数学35分钟像是写错了，请核对。")
    clerk.act("return")
    clerk.told("待办")
    school.open("/inbox")
    school.page.locator("#hand-in a", has_text="书面家庭作业").first.click()
    school.look_closely()
    school.page.locator(".row-whom a").first.click()
    expect(school.page.locator(".story")).to_contain_text("数学35分钟像是写错了")
    school.draw("finding-given-back-360")
    school.page.locator("aside a.button.main").click()
    school.page.locator("[id='r1.minutes']").fill("25")
    school.act("file")
    expect(school.page.locator("main")).to_contain_text("没有超出限额")


def _excepted(clerk: Visitor, other: Visitor) -> None:
    """Asked for by one of the bureau and granted by another."""
    _findings(clerk)
    clerk.page.locator(".row", has_text="三年级3班").locator(".row-whom a").click()
    clerk.page.locator("details.end summary", has_text="例外").click()
    clerk.page.locator("#reason").fill("该班停课两天，补做一天的练习。")
    clerk.act("ask-exception")
    clerk.told("另一人")
    expect(clerk.page.locator("button[value=grant]")).to_have_count(0)
    other.open("/inbox")
    other.page.locator("#decide a", has_text="书面家庭作业").first.click()
    other.page.locator(".row-whom a").first.click()
    other.draw("exception-to-decide")
    other.act("grant")
    other.told("同意")
    expect(other.page.locator(".task-state")).to_contain_text("例外期内")


def test_the_pages_of_the_office_are_sound_with_nothing_in_them(bureau: Bureau, visit: Visit) -> None:
    clerk = sign_in(visit(bureau.site), "reviewer")
    for path in ("/school-data", "/school-data/terms", f"/school-data/{bureau.school}",
                 f"/school-data/{bureau.school}/classes", f"/limits/{bureau.edition}/beside"):  # fmt: skip
        clerk.open(path)
        clerk.look_closely()
    clerk.open(f"/limits/{bureau.edition}/beside")
    clerk.draw("later-rules", whole=False)
