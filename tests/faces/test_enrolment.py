"""Open enrolment on pages: found by a street without a script, in a constant number of queries, printed, not named."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from qingfu.base.chance import new_id
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions
from qingfu.records.enrolment.queries import Figures, Ground, NewArea
from qingfu.records.journal.actions import deed
from qingfu.records.models import Disclosure
from qingfu.records.people.actions import add_organ
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
