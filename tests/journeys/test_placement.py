"""A school places its new pupils: list, wishes, teams, rehearsal, ceremony, papers, and what comes afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import expect
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from qingfu.base.chance import new_code
from qingfu.base.clock import system_now
from qingfu.records.almanac.actions import set_clock
from tests import pg_plugin
from tests.cast import County, moment
from tests.conftest import pointed_to
from tests.faces.conftest import open_account
from tests.journeys.conftest import Visit
from tests.journeys.test_school_data import sign_in
from tests.journeys.visitor import PHONE, Visitor

HEAD = ("学号", "姓名", "性别", "乡镇", "水平", "特殊需要")
FAMILIES, GIVEN = "王李张罗陈吴杨莫龙石", ("一诺", "子涵", "若溪", "远山", "知夏", "安然", "星河", "小满", "清和")


@pytest.fixture
def hall(
    pg_server: pg_plugin.Server, standing_county: tuple[str, County], settings: Settings,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:  # fmt: skip
    """The address of a county at the end of August, before any class was placed."""
    template, county = standing_county
    name = f"{pg_plugin.NAME}_{new_code(6)}"
    pg_server.create(name, like=template)
    settings.DEMO = True
    with django_db_blocker.unblock(), pointed_to(name):
        set_clock(to=moment("2024-08-28", 10), at=system_now())
        for who in ("principal", "clerk"):
            open_account(county, who)
        server = LiveServer("127.0.0.1")
        yield str(server)
        server.stop()
        connections.close_all()
    pg_server.drop(name)


def roster(count: int = 90) -> bytes:
    """The list as the school has it: a title, one absent on the day of the test, one place written in two ways."""
    import openpyxl

    made = openpyxl.Workbook()
    page = made.worksheets[0]
    page.append((f"清溪镇中心小学2024级新生名册（{count}人）",))
    page.append(HEAD)
    for n in range(count):
        name = FAMILIES[n % 10] + GIVEN[n // 10]
        place = "城关" if n == 4 else ("清溪镇", "城关镇", "清溪镇")[n % 3]
        level = "缺考" if n == 12 else 60 + n * 37 % 80 / 2
        page.append((f"2024{n + 1:03d}", name, "男女"[n * 7 % 11 % 2], place, level, "是" if n in (7, 50) else "否"))
    data = BytesIO()
    made.save(data)
    return data.getvalue()


@pytest.mark.proves("C07", "C08")
def test_a_school_places_its_new_pupils_from_the_list_to_an_exception(hall: str, visit: Visit, tmp_path: Path) -> None:
    desk = sign_in(visit(hall), "principal")
    file = tmp_path / "名册.xlsx"
    file.write_bytes(roster())
    home = _list_and_wishes(desk, file)
    _rehearse_and_freeze(desk, home)
    _draw_on_the_screen(desk, visit, hall, home)
    _afterwards(desk, home)
    clerk = sign_in(visit(hall), "clerk")
    clerk.open("/placements?year=2024")
    expect(clerk.page.locator("main")).to_contain_text("清溪镇中心小学")
    clerk.look_closely()
    clerk.draw("placement-office")
    assert "李一诺" not in clerk.open(home).content()


def _list_and_wishes(desk: Visitor, file: Path) -> str:
    desk.open("/placements")
    desk.look_closely()
    desk.act("open")
    desk.told("2024年一年级")
    home = desk.page.url.removeprefix(desk.site)
    desk.look_closely()
    desk.open(f"{home}/roster")
    desk.page.locator("#sheet").set_input_files(file)
    desk.act("preview")
    expect(desk.page.locator(".doubt")).to_have_count(2)
    desk.draw("placement-questions")
    desk.act("preview")
    expect(desk.page.locator("button[value=take]")).to_be_visible()
    desk.draw("placement-preview")
    desk.act("take")
    desk.told("90名学生")
    desk.page.locator("#classes").fill("2")
    desk.act("divide")
    desk.open(f"{home}/teams")
    for n, name in ((1, "甲老师组"), (2, "乙老师组")):
        desk.page.locator(f"#team-{n}").fill(name)
        for figure, told in (("teachers", 3), ("seniors", 1), ("years", 9 + n)):
            desk.page.locator(f"#{figure}-{n}").fill(str(told))
    desk.draw("placement-teams")
    desk.act("name-teams")
    _wishes(desk, home)
    desk.open(home)
    desk.look_closely()
    desk.draw("placement-check-list")
    return home


def _wishes(desk: Visitor, home: str) -> None:
    desk.open(f"{home}/pairs")
    desk.page.locator("#one").fill("一诺")
    desk.page.locator("#other").fill("2024012")
    desk.page.locator("#reason").fill("双胞胎，家长要求分开")
    desk.act("tie")
    expect(desk.page.locator(".found input")).to_have_count(10)
    desk.draw("placement-who-is-meant")
    desk.page.locator("#one").fill("2024011")
    desk.act("tie")
    desk.told("已登记")
    desk.page.locator("#kind-avoid").check()
    desk.page.locator("#one").fill("2024030")
    desk.page.locator("#reason").fill("教职工子女")
    desk.act("tie")
    desk.told("已登记")
    desk.look_closely()


def _rehearse_and_freeze(desk: Visitor, home: str) -> None:
    desk.open(home)
    desk.act("rehearse")
    expect(desk.page.locator(".chart").first).to_be_visible()
    desk.look_closely()
    desk.draw("placement-rehearsal")
    desk.open(f"{home}/freeze")
    desk.look_closely()
    desk.page.locator("#alone").check()
    desk.draw("placement-freeze")
    desk.act("freeze")
    desk.told("名册已固定")
    desk.look_closely()
    desk.draw("placement-ceremony")


# Whether the page may ask how the draw stands: before a form is sent, and while its answer is awaited.
ASKS = """() => {
  const may = () => ["htmx:beforeRequest", "htmx:beforeOnLoad"].map((name) =>
    document.querySelector("#live").dispatchEvent(new CustomEvent(name, {bubbles: true, cancelable: true})));
  const before = may();
  const sent = new Event("submit", {bubbles: true, cancelable: true});
  document.querySelector("main form[method=post]").dispatchEvent(sent);
  const awaiting = may();
  window.dispatchEvent(new Event("pageshow"));
  return [before, awaiting, may()];
}"""


def _draw_on_the_screen(desk: Visitor, visit: Visit, hall: str, home: str) -> None:
    projector = sign_in(visit(hall, reduced_motion="reduce"), "principal")
    projector.open(f"{home}/screen")
    projector.look_closely()
    projector.open(f"{home}/screen")
    projector.draw("placement-screen-sealed")
    # Or a question under way would lead the desk away from the answer to its button.
    assert desk.page.evaluate(ASKS) == [[True, True], [False, False], [True, True]]
    desk.act("run")
    desk.told("抽签完成")
    # The screen asks by itself.
    expect(projector.page.locator(".hall-tickets li")).to_have_count(90)
    projector.look_closely()
    projector.draw("placement-screen-drawn")
    desk.look_closely()
    desk.draw("placement-drawn")


def _afterwards(desk: Visitor, home: str) -> None:
    desk.open(f"{home}/classes")
    expect(desk.page.locator(".name")).to_have_count(90)
    desk.look_closely()
    desk.draw("placement-class-lists", whole=False)
    desk.open(f"{home}/changes")
    desk.page.locator("#arrive summary").click()
    desk.page.locator("#number").fill("2024091")
    desk.page.locator("#name").fill("周来迟")
    desk.page.locator("input[name=gender][value=f]").check()
    desk.act("arrive")
    desk.told("下一个学位")
    desk.page.locator("#exception summary").click()
    desk.page.locator("#moved").fill("2024002")
    desk.page.locator("#goal").select_option(index=0)
    desk.page.locator("#reason").fill("行动不便，教室须在一楼")
    desk.page.locator("#approver").fill("县教育局基础教育股")
    desk.act("except")
    if desk.page.locator(".errors").count():
        # The first class was already the pupil's own.
        desk.page.locator("#goal").select_option(index=1)
        desk.act("except")
    desk.told("例外")
    desk.look_closely()
    desk.draw("placement-changes")
    desk.page.set_viewport_size(PHONE)
    desk.open(home)
    desk.draw("placement-drawn-360")
