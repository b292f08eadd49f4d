"""Open enrolment on pages: found by a street without a script, in a constant number of queries, printed, not named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from python_calamine import CalamineWorkbook

from qingfu.base.chance import new_id
from qingfu.records.disclosures.actions import withdraw
from qingfu.records.disclosures.queries import disclosure_view
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import Figures, Ground, NewArea
from qingfu.records.journal.actions import deed
from qingfu.records.models import Disclosure
from qingfu.records.people.actions import add_organ
from qingfu.web.portal_enrolment import Area, beside, change_in, concerning
from tests.faces.desk_of import Seen, seen
from tests.faces.world import World
from tests.faces.world_of_enrolment import AT, YEAR
from tests.records.stage import undone


@pytest.fixture(autouse=True)
def on_a_plan_day(settings: Settings) -> None:
    """The demonstration's clock, which the world has set."""
    settings.DEMO = True


def get(address: str) -> Seen:
    return seen(Client().get(address))


def queries_of(address: str) -> int:
    with CaptureQueriesContext(connections["portal"]) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


@pytest.mark.proves("C06")
@pytest.mark.parametrize("asked", ["柳湾村", "柳湾", "柳湾村3组", "清溪镇中心"])
def test_a_parent_finds_the_school_by_the_words_of_the_street(world: World, asked: str) -> None:
    page = get(f"/{world.home.slug}/enrolment?text={asked}")
    assert page.status == 200
    found = page.text.partition('role="status"')[2].partition("</section>")[0]
    assert "清溪镇中心小学" in found
    assert "白鹤初级中学" not in found
    assert "<script" not in found


def test_a_street_that_no_area_names_is_told_so(world: World) -> None:
    assert "没有学区写到这个地方" in get(f"/{world.home.slug}/enrolment?text=东门外大街").words


def test_the_page_says_when_who_how_and_what_came_of_it(world: World) -> None:
    words = get(f"/{world.home.slug}/enrolment").words
    for said in ("到校登记", "8月21日", "年满六周岁", "户口簿", "清溪路、柳湾村", "2所学校中，1所已公布"):
        assert said in words


def test_an_older_year_is_told_to_be_one(world: World) -> None:
    """As where this year's copy was taken down, or the new year has not been announced: its areas may be others."""
    address = f"/{world.home.slug}/enrolment"
    assert "目前没有更新的公告" not in get(address).words
    assert "目前没有更新的公告" in get(f"{address}?year={YEAR + 1}").words
    assert "目前没有更新的公告" not in get(f"{address}?year=²²²²").words


def test_a_schools_own_page_has_its_area_its_numbers_and_no_change_that_is_not_announced(world: World) -> None:
    page = get(f"/{world.home.slug}/s/school/enrolment")
    assert "清溪路、柳湾村" in page.words
    assert "摇号" in page.words
    assert "新建学校" not in page.words
    assert f'href="/{world.home.slug}/s/school/enrolment"' in get(f"/{world.home.slug}/s/school").text
    assert get(f"/{world.home.slug}/s/nobody/enrolment").status == 404


def test_the_public_page_reads_each_kind_of_copy_once(world: World) -> None:
    assert queries_of(f"/{world.home.slug}/enrolment?text=路") <= 8
    with CaptureQueriesContext(connections["portal"]) as asked:
        Client().get(f"/{world.home.slug}/enrolment")
    read = [one["sql"] for one in asked if 'FROM "disclosures_disclosure"' in one["sql"]]
    assert len(read) == 3


def test_a_refused_publication_leads_to_the_school_whose_area_changed_without_a_record(world: World) -> None:
    """The page names the school, its clause, and the way to a change."""
    home = world.home
    with undone():
        area = NewArea(home.organs["school"], "清溪路", 90, 80)
        actions.set_catchment(home["reviewer"], year=YEAR, area=area, at=AT)
        sent = {"verb": "publish", "client-id": str(new_id())}
        page = seen(world.browsers["reviewer"].post(f"/enrolment/{YEAR}", sent))
    assert page.status == 422
    assert "年满六周岁" in page.text
    assert "清溪镇中心小学" in page.words
    assert f'id="school-{home.organs["school"]}"' in page.text
    assert "三(四)" in page.words
    assert f"/enrolment/changes?year={YEAR}&amp;school={home.organs['school']}" in page.text


def test_the_board_of_results_asks_the_same_for_more_schools(world: World) -> None:
    home, browser = world.home, world.browsers["reviewer"]

    def asked() -> int:
        with CaptureQueriesContext(connections["default"]) as found:
            assert browser.get(f"/enrolment/{YEAR}/results").status_code == 200
        return len(found)

    with undone():
        before = asked()
        for n in range(3):
            organ = add_organ(
                home.keeper, kind="school", name=f"柳湾{n}小学", level="county", code=f"lw{n}", at=AT
            ).id  # fmt: skip
            area = NewArea(organ, f"柳湾{n}组", 45, 40)
            actions.set_catchment(home["reviewer"], year=YEAR, area=area, at=AT)
            figures = Figures(45, 40, 40, (), 0, 0)
            enactment.publish_result(
                home["reviewer"], organ=organ, year=YEAR, figures=figures, on_behalf="校长", at=AT
            )  # fmt: skip
        assert asked() == before


@pytest.mark.parametrize("year", [0, 1999, 9999, 32768, 10**20])
def test_a_number_that_is_no_school_year_has_no_page(world: World, year: int) -> None:
    school = world.home.organs["school"]
    for who, path in (("reviewer", ""), ("reviewer", "/results"), ("principal", f"/results/{school}")):
        assert world.browsers[who].get(f"/enrolment/{year}{path}").status_code == 404


@pytest.mark.parametrize("school", ["²", "-1", "9" * 30, "x"])
def test_a_school_that_is_no_number_is_none(world: World, school: str) -> None:
    sent = {"verb": "open", "client-id": str(new_id()), "year": "2025", "school": school, "why": "a"}
    assert world.browsers["reviewer"].post("/enrolment/changes", sent).status_code == 422


def test_a_number_that_is_none_is_told_at_its_field_and_the_others_stay(world: World) -> None:
    sent = {
        "verb": "publish", "client-id": str(new_id()), "places": "九十", "registered": "84", "within": "84",
        "refused": "0", "refused-within": "0", "ground-2": "摇号", "number-2": "两个",
    }  # fmt: skip
    page = seen(world.browsers["principal"].post(f"/enrolment/{YEAR}/results/{world.home.organs['school']}", sent))
    assert page.status == 422
    assert 'href="#places"' in page.text
    assert 'id="number-2-fault"' in page.text
    assert 'value="84"' in page.text


def test_the_names_of_few_children_are_in_no_copy(world: World) -> None:
    with undone():
        figures = Figures(90, 90, 80, (Ground("摇号", 7), Ground("残疾儿童", 2), Ground("军人子女", 1)), 0, 0)
        view = enactment.publish_result(
            world.home["principal"], organ=world.home.organs["school"], year=YEAR, figures=figures, at=AT
        )  # fmt: skip
        assert [one.ground for one in view.grounds] == ["摇号", "残疾儿童", "军人子女"]
        with deed(world.home["reviewer"]):
            rows = Disclosure.objects.filter(shows="admissions", replaced_at=None)
            (content,) = (bytes(row.content).decode() for row in rows)
        assert "残疾儿童" not in content
        assert "军人子女" not in content


TYPED = {
    "what-1": "到校登记", "from-1": "2024-08-21", "until-1": "2024-08-23", "conditions": "年满六周岁，随迁子女凭居住证",
    "where": "片区内学校", "papers": "户口簿", "online": "",
}  # fmt: skip


def sent(**other: str) -> dict[str, str]:
    return {"client-id": str(new_id()), **other}


def seal_of(world: World) -> str:
    return queries.year_of(world.home["reviewer"], YEAR).seal


def test_what_is_typed_and_not_saved_is_published_with_the_rest(world: World) -> None:
    """Whoever presses the one red button means what stands on the page."""
    with undone():
        form = sent(verb="publish", seen=seal_of(world), **TYPED)
        for _again in range(2):
            assert world.browsers["reviewer"].post(f"/enrolment/{YEAR}", form).status_code == 302
        with deed(world.home["reviewer"]):
            content = bytes(Disclosure.objects.get(shows="enrolment", replaced_at=None).content).decode()
        assert "随迁子女凭居住证" in content


def test_what_is_typed_stays_where_publishing_is_refused_and_is_saved_afterwards(world: World) -> None:
    home, browser = world.home, world.browsers["reviewer"]
    with undone():
        area = NewArea(home.organs["school"], "清溪路", 90, 80)
        actions.set_catchment(home["reviewer"], year=YEAR, area=area, at=AT)
        page = seen(browser.post(f"/enrolment/{YEAR}", sent(verb="publish", seen=seal_of(world), **TYPED)))
        assert page.status == 422
        assert "随迁子女凭居住证" in page.text
        seal = page.text.partition('name="seen" value="')[2].partition('"')[0]
        again = {**TYPED, "papers": "户口簿、房产证"}
        assert browser.post(f"/enrolment/{YEAR}", sent(verb="write", seen=seal, **again)).status_code == 302


def test_nothing_is_published_that_somebody_else_changed_unseen(world: World) -> None:
    with undone():
        form = sent(verb="publish", seen="0" * 64, **TYPED)
        assert world.browsers["reviewer"].post(f"/enrolment/{YEAR}", form).status_code == 409


def test_two_windows_do_not_publish_a_result_over_each_other(world: World) -> None:
    school, browser = world.home.organs["school"], world.browsers["principal"]
    path = f"/enrolment/{YEAR}/results/{school}"
    numbers = {"places": "90", "registered": "90", "within": "90", "refused": "0", "refused-within": "0"}
    with undone():
        seal = seen(browser.get(path)).text.partition('name="seen" value="')[2].partition('"')[0]
        form = sent(verb="publish", seen=seal, **numbers)
        assert browser.post(path, form).status_code == 302
        assert browser.post(path, form).status_code == 302
        late = seen(
            browser.post(path, sent(verb="publish", seen=seal, **{**numbers, "registered": "88", "within": "88"}))
        )
        assert late.status == 409
        assert 'value="88"' in late.text


def test_a_school_finds_its_result_of_the_year_before(world: World) -> None:
    page = seen(world.browsers["principal"].get(f"/enrolment/{YEAR}/results/{world.home.organs['school']}"))
    assert f'href="/enrolment/{YEAR - 1}/results/{world.home.organs["school"]}"' in page.text


def test_the_public_reads_who_entered_a_result(world: World) -> None:
    home = world.home
    address = f"/{home.slug}/s/school/enrolment"
    assert "由教育局按学校签字的纸质材料录入" not in get(address).words
    with undone():
        figures = Figures(90, 80, 80, (), 0, 0)
        enactment.publish_result(
            home["reviewer"], organ=home.organs["school"], year=YEAR, figures=figures, on_behalf="王校长", at=AT
        )  # fmt: skip
        with deed(home["reviewer"]):
            content = bytes(Disclosure.objects.get(shows="admissions", replaced_at=None).content).decode()
        assert '"typed_in":true' in content
        assert "王校长" not in content


def test_the_template_has_what_is_known_and_goes_back_as_it_is(world: World) -> None:
    browser = world.browsers["reviewer"]
    data = browser.get(f"/enrolment/{YEAR}/sheet/blank").content
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    known = {row[0]: row[1:] for row in rows[1:]}
    assert known["清溪镇中心小学"] == ["清溪路、柳湾村", 90.0, 95.0]
    assert not any("示例" in str(row) for row in rows)
    read = queries.preview_catchments(world.home["reviewer"], year=YEAR, data=data)
    assert {row.school.code for row in read.rows if row.school and not row.faults} == {"school", "other-school"}


def test_what_nobody_has_entered_is_no_nought(world: World) -> None:
    home = world.home
    with undone():
        actions.open_year(home["reviewer"], year=YEAR + 1, at=AT)
        areas = seen(world.browsers["reviewer"].get(f"/enrolment/{YEAR + 1}/areas")).words
        assert "还没有填全" in areas
        assert "预计生源0人" not in areas
        assert (
            ">0</td>"
            not in seen(world.browsers["reviewer"].get(f"/enrolment/{YEAR + 1}"))
            .text.partition('data-head="预计生源数"')[2]
            .partition("</tr>")[0]
        )


def test_whoever_chooses_no_school_for_a_change_is_told(world: World) -> None:
    assert "请至少选择一所学校" in seen(world.browsers["reviewer"].get("/enrolment/changes?year=2025")).words
    assert "请至少选择一所学校" not in seen(world.browsers["reviewer"].get("/enrolment/changes")).words


def change_of(world: World) -> int:
    return int(str(world.mine["change"]))


def test_a_place_that_no_school_takes_is_told_before_it_is_decided(world: World) -> None:
    page = seen(world.browsers["reviewer"].get(f"/enrolment/changes/{change_of(world)}")).words
    assert "调整后没有学校接收： 柳湾村" in page


def test_what_a_change_moves_is_told_in_a_word_and_so_is_that_it_was_taken_down(world: World) -> None:
    office, change = world.home["reviewer"], change_of(world)
    with undone():
        view = actions.announce_change(office, change=change, notice_on=date(2024, 8, 19), places="县局网站", at=AT)
        assert view.areas[0].moved.out == ("柳湾村",)
        assert view.shown is not None
        assert "划出 柳湾村" in seen(world.browsers["reviewer"].get(f"/enrolment/changes/{change}")).words
        withdraw(office, disclosure=view.shown.id, reason="写错了", at=AT)
        page = seen(world.browsers["reviewer"].get(f"/enrolment/changes/{change}"))
        assert "已撤下公示，公众看不到" in page.words
        assert "打开公示页" not in page.words


@pytest.mark.parametrize(
    ("year", "state", "there"), [(2020, "decided", False), (2024, "decided", True), (2020, "announced", True)]
)
def test_a_change_of_long_ago_is_on_the_pages_of_its_schools_only(
    world: World, year: int, state: str, *, there: bool
) -> None:
    with undone():
        actions.announce_change(
            world.home["reviewer"], change=change_of(world), notice_on=date(2024, 8, 19), places="县局网站", at=AT
        )
        with deed(world.home["reviewer"]):
            copy = disclosure_view(Disclosure.objects.get(shows="rezoning", replaced_at=None))
    said = {"year": year, "state": state, "effect_on": f"{year}-07-01"}
    change = change_in(replace(copy, content={**copy.content, **said}), date(2024, 8, 20))
    assert bool(concerning([change], YEAR)) is there
    assert change.is_settled is (state == "decided")
    areas = [Area(code, code, "", "清溪路", 1, 1) for code in ("school", "other-school")]
    assert beside([change], areas) == beside([change], []) == frozenset()
    assert beside([change], areas[1:]) == {copy.id}
    assert change.areas[0].moved.out == ("柳湾村",)


def test_a_number_of_an_area_may_follow_later_and_two_that_are_none_are_told_together(world: World) -> None:
    path = f"/enrolment/{YEAR}/areas/{world.home.organs['school']}"
    browser = world.browsers["reviewer"]
    with undone():
        form = sent(verb="save", area="清溪路、柳湾村", places="九十", expected="八十")
        page = seen(browser.post(path, form))
        assert page.status == 422
        assert 'href="#places"' in page.text
        assert 'href="#expected"' in page.text
        assert browser.post(path, sent(verb="save", area="清溪路、柳湾村", places="90", expected="")).status_code == 302
        held = queries.year_of(world.home["reviewer"], YEAR).missing
        assert [one.school.code for one in held] == ["school"]


def test_what_was_dropped_for_a_slip_is_begun_again_without_typing_it_anew(world: World) -> None:
    office, change, browser = world.home["reviewer"], change_of(world), world.browsers["reviewer"]
    with undone():
        actions.drop_change(office, change=change, reason="范围写错", at=AT)
        over = seen(browser.get(f"/enrolment/changes/{change}"))
        assert f"/enrolment/changes?like={change}" in over.text
        assert "公众还看不到" not in over.words
        page = seen(browser.get(f"/enrolment/changes?like={change}"))
        assert ">清溪路</textarea>" in page.text
        assert ">新建学校</textarea>" in page.text
        assert 'value="2025-07-01"' in page.text
        assert browser.get("/enrolment/changes?like=999999").status_code == 404


@pytest.mark.parametrize("path", ["", "/areas", "/sheet", "/changes"])
def test_the_pages_of_a_year_ask_the_same_for_more_schools(world: World, path: str) -> None:
    home, browser = world.home, world.browsers["reviewer"]
    address = f"/enrolment{path}/{change_of(world)}" if path == "/changes" else f"/enrolment/{YEAR}{path}"

    def asked() -> int:
        with CaptureQueriesContext(connections["default"]) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    with undone():
        before = asked()
        for n in range(3):
            organ = add_organ(home.keeper, kind="school", name=f"柳湾{n}小学", level="county", code=f"lw{n}", at=AT).id
            actions.set_catchment(home["reviewer"], year=YEAR, area=NewArea(organ, f"柳湾{n}组", 45, 40), at=AT)
        assert asked() == before
