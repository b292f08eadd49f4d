"""The public pages, through the portal's own role: list, gate, slip, plan, channels; nothing of anybody's inside."""

from __future__ import annotations

import pytest
from django.test import Client

from qingfu.base.chance import new_id
from qingfu.records.enactment import actions as enactment
from qingfu.records.lists.queries import listings
from tests.cast import County, county, moment
from tests.records.test_story_of_a_list import published


@pytest.fixture
def shown(real_db: str) -> County:
    """A county whose list is published for real: the portal's own connection sees committed rows only."""
    home = county()
    published(home)
    return home


def get(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.proves("A13", "A14", "P19")
def test_the_public_pages_of_a_bureau(shown: County) -> None:
    assert "消防安全进校园" in get("/hechuan/list")
    assert "消防安全进校园" in get("/hechuan/list?text=消防")
    assert "名单上没有这样的事项" in get("/hechuan/list?text=围棋")
    assert "清溪镇中心小学" in get("/hechuan/schools?text=清溪")
    assert "000-0000" in get("/hechuan/contact")
    assert "五(二)" in get("/hechuan/plan")


@pytest.mark.proves("A14")
def test_the_gate_says_a_plain_yes_and_a_plain_no(shown: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingfu.project.moment.plan_now", lambda: moment("2024-09-02"))
    assert "在名单上" in get("/hechuan/s/school?name=消防安全 进校园")
    refused = get("/hechuan/s/school?name=消防器材推广")
    assert "不在名单上" in refused
    slip = get("/hechuan/s/school/slip?name=消防器材推广")
    assert "消防器材推广" in slip
    assert "清溪镇中心小学" in slip
    assert Client().get("/hechuan/s/school/slip?name=消防安全进校园").status_code == 404


@pytest.mark.proves("A20")
def test_what_left_the_list_is_refused_the_same_day(shown: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingfu.project.moment.plan_now", lambda: moment("2024-09-02"))
    listing = listings(shown["clerk"], edition=shown.edition).rows[0].id
    exit_of = shown.in_force().pack.lists["whitelist"].leaves_by[0].id
    leader = shown["leader"]
    enactment.leave(
        leader, listing_id=listing, exit=exit_of, reason="师生反映强烈", client_id=new_id(), at=moment("2024-09-01")
    )
    assert "不在名单上" in get("/hechuan/s/school?name=消防安全进校园")


def test_an_unknown_bureau_and_an_unknown_school_are_not_found(shown: County) -> None:
    assert Client().get("/nowhere/").status_code == 404
    assert Client().get("/hechuan/s/x999").status_code == 404


def test_a_hostile_name_is_shown_as_text(shown: County) -> None:
    page = get('/hechuan/s/school?name=<script>alert(1)</script>"><img src=x>')
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_a_near_name_is_asked_about_before_it_is_refused(shown: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingfu.project.moment.plan_now", lambda: moment("2024-09-02"))
    asked = get("/hechuan/s/school?name=消防安全")
    assert "请先问清是哪一项" in asked
    assert asked.index("消防安全进校园") < asked.index("打开拒绝单并打印")
    assert "不在名单上" not in asked


def test_a_short_code_typed_with_a_capital_opens_the_same_page(shown: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qingfu.project.moment.plan_now", lambda: moment("2024-09-02"))
    assert "在名单上，可以进校" in get("/hechuan/s/SCHOOL?name=消防安全进校园")


@pytest.mark.parametrize("page", ["", "list", "schools", "plan", "contact", "s/school"])
def test_choosing_large_type_leads_back_to_the_public_page(shown: County, page: str) -> None:
    address = f"/hechuan/{page}"
    assert f'name="next" value="{address}"' in get(address)


def test_phases_and_telephones_are_written_for_people(shown: County) -> None:
    plan = get("/hechuan/plan")
    assert "8月底前" in plan or "2024年8月底前" in plan
    assert "2024-08" not in plan
    assert 'href="tel:' in get("/hechuan/contact")


@pytest.mark.parametrize("page", ["s/x999", "no-such-page", "published/999999"])
def test_what_is_not_there_is_told_to_the_public_and_leads_to_the_first_public_page(shown: County, page: str) -> None:
    answer = Client().get(f"/hechuan/{page}")
    told = answer.content.decode()
    assert answer.status_code == 404
    assert "您所在的单位" not in told
    assert '<a class="button" href="/hechuan/">' in told
    assert 'href="/"' not in told
    assert "您所在的单位" not in Client().get("/nowhere/").content.decode()
