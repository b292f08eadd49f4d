"""A placement ceremony with a projector, the school office and two parents, while web and database are killed.

One parent walks out before telling the share; the circle opens it. The other verifies at home, without a network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from qingfu.base import verify_draw
from tests.journeys.pictures import Album
from tests.journeys.test_placement import roster
from tests.journeys.visitor import PHONE, Visitor
from tests.pg_plugin import ROOT
from tests.recovery.office import PASSWORD
from tests.recovery.test_killed_while_writing import Bureau, bureau, strikes
from tests.servers import Served, eventually

__all__ = ["bureau"]

VERIFIER = ROOT / "src" / "qingfu" / "web" / "static" / "draw" / "verify.html"
JOINED, DEALT, TOLD = "您已加入见证。", "您的份额已交。", "您的份额已亮出。"

Seat = Callable[..., Visitor]


@pytest.fixture
def seat(browser: Browser, served: Served) -> Iterator[Seat]:
    """A browser at the served site; what it says while the site is away is its own affair."""
    opened: list[Visitor] = []

    def open_one(**how: object) -> Visitor:
        opened.append(Visitor(browser, f"http://127.0.0.1:{served.port}", Album(None), **how))
        return opened[-1]

    yield open_one
    for visitor in opened:
        visitor.leave()


def signed_in(visitor: Visitor, name: str) -> Visitor:
    visitor.open("/sign-in")
    visitor.page.fill("#name", name)
    visitor.page.fill("#password", PASSWORD)
    visitor.act("sign-in")
    expect(visitor.page.locator(".who-name")).to_be_visible()
    return visitor


def frozen(desk: Visitor, file: Path) -> str:
    """From an empty desk to a frozen list with witnesses; the address of the placement."""
    desk.open("/placements")
    desk.act("open")
    home = desk.page.url.removeprefix(desk.site).partition("?")[0]
    desk.open(f"{home}/roster")
    desk.page.locator("#sheet").set_input_files(file)
    desk.act("preview")
    desk.act("preview")
    desk.act("take")
    desk.page.locator("#classes").fill("2")
    desk.act("divide")
    desk.open(f"{home}/freeze")
    desk.act("freeze")
    return home


def door_of(desk: Visitor, home: str) -> str:
    """The address behind the code at the door."""
    content = desk.open(f"{home}/screen").content()
    found = re.search(r"/[a-z-]+/d/[\w-]{43}", content)
    assert found, "no code for the parents on the screen"
    return found[0]


@pytest.mark.proves("C07")
def test_a_ceremony_goes_on_where_it_was_when_everything_is_killed_and_a_witness_walks_out(
    bureau: Bureau, served: Served, seat: Seat, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "名册.xlsx"
    file.write_bytes(roster())
    kill = strikes(served, bureau.data)

    def struck() -> None:
        next(kill)()
        eventually(lambda: served.status() == 200 and served.parts("web_server"))

    desk = signed_in(seat(), "principal")
    home = frozen(desk, file)
    projector = signed_in(seat(reduced_motion="reduce"), "principal")
    door = door_of(projector, home)
    stays, leaves = (seat(viewport=PHONE) for _ in range(2))
    for phone, name in ((stays, "一年级李妈妈"), (leaves, "一年级王爸爸")):
        phone.open(door)
        phone.page.fill("#name", name)
        phone.page.get_by_role("button", name="加入见证").click()
        expect(phone.page.locator(".witness-big")).to_have_text(JOINED)
    struck()

    desk.open(f"{home}/ceremony")
    desk.act("close-circle")
    for phone in (stays, leaves):
        expect(phone.page.locator(".witness-big")).to_have_text(DEALT)
    struck()
    desk.open(f"{home}/ceremony")
    desk.act("seal")
    leaves.leave()
    stays.page.get_by_role("button", name="一致，亮出我的份额").click()
    expect(stays.page.locator(".witness-big")).to_have_text(TOLD)
    struck()
    stays.page.get_by_role("button", name="帮助开启").click()
    expect(stays.page.get_by_role("button", name="帮助开启")).to_have_count(0)
    desk.open(f"{home}/ceremony")
    desk.act("open-missing")
    desk.act("run")
    struck()

    projector.open(f"{home}/screen")
    expect(projector.page.locator(".hall-tickets li")).to_have_count(90)
    verified_at_home(stays, browser)


def verified_at_home(parent: Visitor, browser: Browser) -> None:
    """The two files of the phone, in the page without a server, and in the program."""
    page = parent.page
    page.reload()
    expect(page.locator(".witness-big")).to_have_text("已抽出。")
    files = []
    for name in ("记录", "张贴的公告"):
        with page.expect_download() as taken:
            page.get_by_role("link", name=name, exact=True).click()
        files.append(taken.value.path())
    verdict = verify_draw.verify(*(file.read_bytes() for file in files))
    assert (verdict.verdict, verdict.faults) == ("random", ())
    away = browser.new_context(offline=True, viewport=PHONE, locale="zh-CN").new_page()
    replayed(away, VERIFIER.as_uri(), files)
    away.context.close()
    # Opened from the site it stands under a policy of its own, or none of its scripts would run.
    online = page.context.new_page()
    said: list[str] = []
    online.on("console", lambda line: said.append(line.text))
    link = page.locator("a[href*='draw/verify']:not([download])").get_attribute("href")
    replayed(online, f"{parent.site}{link}", files)
    online.close()
    assert said == []


def replayed(page: Page, address: str, files: list[Path]) -> None:
    """The verifier at this address finds the draw random."""
    page.goto(address)
    page.locator("#record").set_input_files(files[0])
    page.locator("#anchor").set_input_files(files[1])
    page.locator("#ask button.main").click()
    expect(page.locator("#answer")).to_contain_text("可证随机")
