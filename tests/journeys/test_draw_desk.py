"""合川: the clerk draws 3% of the parents of eight schools from a roster, and works the call list on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Locator, expect

from qingfu.base import verify_draw
from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, PHONE, Visitor

SCHOOLS = ("至善小学", "归燕小学", "南坪小学", "青草坝小学", "石桥小学", "白鹤小学", "柳溪小学", "望江小学")
GRADES = ("三年级", "四年级", "五年级")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = ("丽华", "建国", "秀英", "志强", "玉兰", "海燕", "国平", "晓东", "春梅", "永刚", "雪芹", "文斌", "桂芳")
TEACHER = "本人是本校教师"


def _roster(path: Path, *, faulty: bool = False) -> Path:
    """600 parents, 25 in each grade of each school, as an office would write them down."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("家长")
    sheet.write_row(0, 0, ["序号", "学校", "年级", "家长姓名", "联系电话", "学生班级"])
    row = 0
    for school in SCHOOLS:
        for grade in GRADES:
            for n in range(25):
                row += 1
                name = f"{SURNAMES[row * 7 % len(SURNAMES)]}{GIVEN[row * 5 % len(GIVEN)]}"
                phone = "1390000" if faulty and row == 40 else f"139{row:04d}{row * 37 % 10_000:04d}"
                sheet.write_row(row, 0, [row, school, grade, name, phone, f"{n % 3 + 1}班"])
    book.close()
    return path


@pytest.mark.proves("D04")
def test_three_in_a_hundred_of_the_parents_are_drawn_and_called(site: str, visit: Visit, tmp_path: Path) -> None:
    clerk, phone = visit(site), visit(site, viewport=PHONE)
    clerk.be("hechuan-office")
    clerk.open("/draws")
    clerk.draw("draws-empty")
    _look_at_the_list(clerk, tmp_path)
    _freeze(clerk)
    address = clerk.page.url.removeprefix(site)
    _notice(clerk, address)
    _run(clerk, address)
    _verified(clerk, address, tmp_path)
    phone.be("hechuan-office")
    _call(phone, address)
    _covered(clerk, address)
    _published(clerk, visit(site), address)


def _look_at_the_list(clerk: Visitor, folder: Path) -> None:
    """A wrong telephone number is told by its cell; the corrected roster is shown part by part."""
    clerk.page.locator("a", has_text="新的抽取").first.click()
    clerk.page.locator("a[href='?template=parents']").click()
    clerk.look_closely()
    _only_its_own_parts(clerk)
    clerk.page.locator("#roster").set_input_files(str(_roster(folder / "家长名册.xlsx", faulty=True)))
    clerk.page.locator("#circle-alone").check()
    clerk.draw("draw-new")
    clerk.act("preview")
    expect(clerk.page.locator("#faults")).to_contain_text("E41")
    clerk.draw("draw-roster-faulty")
    clerk.page.locator("#roster").set_input_files(str(_roster(folder / "家长名册-改.xlsx")))
    clerk.act("preview")
    expect(clerk.page.locator(".page-head")).to_contain_text("600")
    expect(clerk.page.locator(".page-head")).to_contain_text("24")


def _only_its_own_parts(clerk: Visitor) -> None:
    """Each list is divided by what its own members have, the roster's at last."""
    pools, parts = clerk.page.locator("#pool input"), clerk.page.locator("#by input:visible")
    for pool in [*pools.all(), clerk.page.locator("#pool-roster")]:
        pool.check()
        kind = pool.get_attribute("value")
        assert {str(one.get_attribute("id")).split("-")[1] for one in parts.all()} == {kind}


def _freeze(clerk: Visitor) -> None:
    """Nobody is left out without a reason; then the list is frozen."""
    page = clerk.page
    page.locator("#place-3").check()
    clerk.act("exclude")
    expect(page.locator("#reason-fault")).to_be_visible()
    page.locator("#place-3").check()
    page.locator("#reason").fill(TEACHER)
    clerk.act("exclude")
    expect(page.locator("#excluded")).to_contain_text(TEACHER)
    clerk.draw("draw-preview")
    page.set_viewport_size(PHONE)
    clerk.draw("draw-preview-360", whole=False)
    page.set_viewport_size(DESK)
    clerk.act("freeze")
    clerk.told("名单已固定")


def _notice(clerk: Visitor, address: str) -> None:
    clerk.draw("draw-sealed")
    clerk.open(f"{address}/notice")
    expect(clerk.page.locator("svg.qr")).to_be_visible()
    clerk.draw("draw-notice")
    clerk.look_closely()
    clerk.open(f"{address}/slips")
    expect(clerk.page.locator(".draw-slip")).to_have_count(120)


def _run(clerk: Visitor, address: str) -> None:
    clerk.open(address)
    clerk.act("run")
    clerk.told("已抽取")
    clerk.draw("draw-drawn")
    clerk.look_closely()
    clerk.open(f"{address}/certificate")
    expect(clerk.page.locator(".draw-verdict")).to_contain_text("不能证明是随机的")
    clerk.draw("draw-certificate")
    clerk.look_closely()
    for paper in ("result", "slips"):
        clerk.open(f"{address}/{paper}")
        clerk.look_closely()


def _verified(clerk: Visitor, address: str, folder: Path) -> None:
    """What is saved from the page is what anybody verifies."""
    clerk.open(address)
    found = {}
    for which in ("record", "anchor"):
        with clerk.page.expect_download() as waiting:
            clerk.page.locator(f".papers a[href$='/{which}']").click()
        waiting.value.save_as(folder / which)
        found[which] = (folder / which).read_bytes()
    assert verify_draw.verify(found["record"], found["anchor"]).verdict == "replayable"


def _first(phone: Visitor) -> Locator:
    return phone.page.locator("li.call").first


def _lost(phone: Visitor, reason: str) -> str:
    """The first in turn cannot be asked; two presses say so. Gives the ticket that was lost."""
    line = _first(phone)
    ticket = line.locator(".call-name .ticket").inner_text()
    line.locator(".call-lost summary").click()
    line.locator(".chips button", has_text=reason).click()
    phone.told(f"{ticket}号", "递补")
    expect(phone.page.locator("li.call .follows", has_text=f"递补{ticket}号")).to_contain_text(reason)
    return ticket


def _taken_back(phone: Visitor) -> None:
    """A press on the wrong line: it is found among those who were reached, and waits again."""
    name = _first(phone).locator(".call-name strong").inner_text()
    _first(phone).locator("button[value=reached]").click()
    expect(phone.page.locator(".said")).to_contain_text(name)
    done = phone.page.locator("details.fold", has=phone.page.locator("form.call-again")).last
    done.locator("> summary").click()
    line = done.locator("li.row", has_text=name)
    line.scroll_into_view_if_needed()
    phone.draw("draw-calls-taken-back-360", whole=False)
    line.locator("button[value=take-back]").click()
    expect(phone.page.locator(".said")).to_contain_text("待联系")
    expect(_first(phone).locator(".call-name strong")).to_have_text(name)


def _call(phone: Visitor, address: str) -> None:
    """The first is called; three are lost one after the other; one does not answer yet."""
    phone.open(f"{address}/calls")
    expect(phone.page.locator("li.call")).to_have_count(24)
    line = _first(phone)
    expect(line.locator(".phone-whole")).to_be_hidden()
    line.locator(".phone summary").click()
    expect(line.locator(".phone-whole")).to_be_visible()
    phone.draw("draw-calls-360", whole=False)
    line.locator("button[value=reached]").click()
    phone.told("已联系上")
    for reason in ("空号", "不愿接受回访", "孩子已离校"):
        _lost(phone, reason)
    _first(phone).locator("button[value=tried]").click()
    phone.told("暂未接通")
    _first(phone).scroll_into_view_if_needed()
    phone.draw("draw-calls-replaced-360", whole=False)
    _taken_back(phone)
    phone.look_closely()
    for _one in range(12):
        _first(phone).locator("button[value=reached]").click()
        expect(phone.page.locator(".said")).to_be_visible()


def _covered(clerk: Visitor, address: str) -> None:
    """At the desk the office sees which schools are still below three in a hundred."""
    clerk.open(f"{address}/calls")
    expect(clerk.page.locator(".covered-says").first).to_contain_text("低于 3%")
    clerk.draw("draw-calls", whole=False)
    clerk.page.locator("#covered-school").scroll_into_view_if_needed()
    clerk.draw("draw-coverage", whole=False)
    waiting = clerk.page.locator("li.call")
    while waiting.count():
        _first(clerk).locator("button[value=reached]").click()
        expect(clerk.page.locator(".said")).to_be_visible()
    expect(clerk.page.locator(".covered-says").first).to_contain_text("0 个低于")
    clerk.act("forget")
    clerk.told("600")
    expect(clerk.page.locator(".phone-whole")).to_have_count(0)


def _published(clerk: Visitor, reader: Visitor, address: str) -> None:
    """The public reads it once the organiser says so."""
    clerk.open(address)
    number = clerk.page.locator(".rail .summary dd").first.inner_text()
    clerk.act("publish")
    clerk.told("公众")
    reader.open("/hechuan/draws")
    reader.look_closely()
    reader.open(f"/hechuan/draws/{number}")
    expect(reader.page.locator(".draw-verdict")).to_be_visible()
    reader.draw("draw-public")
    reader.look_closely()
    clerk.open("/draws")
    clerk.look_closely()
