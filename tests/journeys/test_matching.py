"""合川: the clerk draws which inspector goes to which school in three months, and who goes where one of them cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import expect

from qingfu.base import verify_draw
from tests.journeys.conftest import Visit
from tests.journeys.visitor import DESK, PHONE, Visitor

TOWNS = ("清溪镇", "白鹤镇", "石桥镇")
SCHOOLS = ("至善小学", "归燕小学", "南坪小学", "青草坝小学", "石桥小学", "白鹤小学", "柳溪小学", "望江小学", "清溪中学")
NAMES = ("周清和", "吴桂芳", "郑建国", "王秀英", "冯志强")
FOURTH = "4"


def _sheet(path: Path, heads: list[str], rows: list[list[str]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名单")
    for n, row in enumerate([heads, *rows]):
        sheet.write_row(n, 0, row)
    book.close()
    return path


def _targets(folder: Path) -> Path:
    rows = [[name, TOWNS[n % 3]] for n, name in enumerate(SCHOOLS)]
    return _sheet(folder / "检查对象.xlsx", ["名称", "镇街"], rows)


def _inspectors(folder: Path, count: int, *, faulty: bool = False) -> Path:
    rows = [[NAMES[n], "至善小学" if n == 0 else "县教研室", TOWNS[n] if n < 3 else "", ""] for n in range(count)]
    if faulty:
        rows[1][3] = "不限"
    name = "检查人员.xlsx" if faulty else f"检查人员{count}人.xlsx"
    return _sheet(folder / name, ["姓名", "单位", "本人所在镇街", "最多次数"], rows)


@pytest.mark.proves("P21", "D10")
def test_inspectors_are_drawn_to_schools_and_one_who_cannot_go_is_replaced(
    site: str, visit: Visit, tmp_path: Path
) -> None:
    clerk, phone = visit(site), visit(site, viewport=PHONE)
    clerk.be("hechuan-office")
    _begin(clerk, tmp_path)
    _no_answer(clerk)
    _put_right(clerk, tmp_path)
    address = _freeze(clerk, site)
    _run(clerk, address, tmp_path)
    _somebody_cannot_go(clerk, address)
    phone.be("hechuan-office")
    _on_a_phone(phone, address)


def _begin(clerk: Visitor, folder: Path) -> None:
    """From the page of new draws to the form; a fault of a sheet is told by its row."""
    clerk.open("/draws/new")
    clerk.page.locator("a", has_text="检查人员与对象配对").click()
    clerk.look_closely()
    page = clerk.page
    page.locator("#title").fill("2024年秋季责任督学抽取")
    page.locator("#targets-roster").check()
    page.locator("#takers-roster").check()
    page.locator("#rounds").fill("3")
    page.locator("#circle-alone").check()
    page.locator("#sheet-targets").set_input_files(str(_targets(folder)))
    page.locator("#sheet-inspectors").set_input_files(str(_inspectors(folder, 4, faulty=True)))
    clerk.draw("matching-new")
    clerk.act("preview")
    expect(page.locator("#faults")).to_contain_text("第 3 行")
    clerk.draw("matching-faulty")
    page.locator("#sheet-inspectors").set_input_files(str(_inspectors(folder, 4)))
    clerk.act("preview")


def _no_answer(clerk: Visitor) -> None:
    """Of four inspectors one is of the township and one has a relative: two are left for three rounds."""
    page = clerk.page
    expect(page.locator("#no-answer")).to_have_count(0)
    page.locator("#tie-taker").select_option(FOURTH)
    page.locator("#tie-target").select_option(label="至善小学")
    clerk.act("tie")
    expect(page.locator("#tie .fault")).to_be_visible()
    page.locator("#tie-taker").select_option(FOURTH)
    page.locator("#tie-target").select_option(label="至善小学")
    page.locator("#tie-reason").fill("亲属在该校任职")
    clerk.act("tie")
    expect(page.locator("#no-answer")).to_contain_text("至善小学")
    expect(page.locator("#no-answer")).to_contain_text("亲属在该校任职")
    expect(page.locator("button[value=freeze]")).to_have_count(0)
    clerk.draw("matching-no-answer")
    page.set_viewport_size(PHONE)
    clerk.draw("matching-no-answer-360", whole=False)
    page.set_viewport_size(DESK)


def _put_right(clerk: Visitor, folder: Path) -> None:
    """A fifth inspector is named, the tie entered again."""
    page = clerk.page
    clerk.act("back")
    page.locator("#sheet-inspectors").set_input_files(str(_inspectors(folder, 5)))
    clerk.act("preview")
    page.locator("#tie-taker").select_option(FOURTH)
    page.locator("#tie-target").select_option(label="至善小学")
    page.locator("#tie-reason").fill("亲属在该校任职")
    clerk.act("tie")
    expect(page.locator("#no-answer")).to_have_count(0)
    expect(page.locator(".rail")).to_contain_text("每人每轮")
    clerk.draw("matching-preview")
    page.set_viewport_size(PHONE)
    clerk.draw("matching-preview-360")
    page.set_viewport_size(DESK)


def _freeze(clerk: Visitor, site: str) -> str:
    clerk.act("freeze")
    clerk.told("名单已固定")
    address = clerk.page.url.removeprefix(site)
    clerk.open(f"{address}/notice")
    expect(clerk.page.locator(".draw-paper")).not_to_contain_text("周清和")
    expect(clerk.page.locator(".draw-paper")).to_contain_text("T004 × 001")
    clerk.draw("matching-notice")
    clerk.look_closely()
    return address


def _run(clerk: Visitor, address: str, folder: Path) -> None:
    clerk.open(address)
    clerk.act("run")
    clerk.told("已抽取")
    expect(clerk.page.locator("#effect-publish")).to_contain_text("暗访")
    found = {}
    for which in ("record", "anchor"):
        with clerk.page.expect_download() as waiting:
            clerk.page.locator(f".papers a[href$='/{which}']").click()
        waiting.value.save_as(folder / which)
        found[which] = (folder / which).read_bytes()
    assert verify_draw.verify(found["record"], found["anchor"]).verdict == "replayable"
    assert "周清和".encode() not in found["record"]
    clerk.open(f"{address}/matching")
    clerk.draw("matching-result")
    clerk.look_closely()
    clerk.open(f"{address}/visits")
    expect(clerk.page.locator(".draw-slip")).to_have_count(5)
    clerk.draw("matching-slips", whole=False)
    clerk.look_closely()


def _somebody_cannot_go(clerk: Visitor, address: str) -> None:
    """Somebody is absent in the first round; who goes instead is looked at, then kept."""
    page = clerk.page
    clerk.open(f"{address}/matching")
    first = page.locator("#round-1 tbody tr").nth(1)
    gone = re.sub(r"（.*", "", first.locator("td").first.inner_text()).strip()
    first.locator("a", has_text="去不了").click()
    clerk.act("propose")
    expect(page.locator("#reason-fault")).to_be_visible()
    page.locator("#reason").fill("外出培训")
    clerk.act("propose")
    expect(page.locator("#proposal")).to_contain_text(gone)
    clerk.draw("matching-proposal", whole=False)
    clerk.act("substitute", within=page.locator("#proposal"))
    clerk.told("换人递补")
    expect(page.locator("#changes")).to_contain_text("外出培训")
    expect(page.locator("#round-1 tbody tr").nth(1)).to_contain_text(f"递补 {gone}")
    page.locator("#changes").scroll_into_view_if_needed()
    clerk.draw("matching-replaced", whole=False)
    clerk.look_closely()


def _on_a_phone(phone: Visitor, address: str) -> None:
    """On a phone somebody recuses from one school."""
    page = phone.page
    phone.open(f"{address}/matching")
    phone.draw("matching-result-360")
    page.locator("#round-2 tbody tr").nth(1).locator("a", has_text="去不了").click()
    page.locator("#cause-recused").check()
    expect(page.locator("#round")).to_be_hidden()
    page.locator("#reason").fill("子女转入该校")
    phone.draw("matching-recuses-360", whole=False)
    phone.act("propose")
    phone.act("substitute", within=page.locator("#proposal"))
    expect(page.locator("#changes")).to_contain_text("子女转入该校")
