"""Organs and people on the page: for the keeper only; links shown once; sheets entered whole or not at all."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qingfu.base.chance import new_id
from qingfu.base.clock import day_of, system_now
from qingfu.records.people.queries import organs, posts
from tests.cast import County
from tests.faces.conftest import PASSWORD, Browser, SignedIn

pytestmark = pytest.mark.django_db
KEPT = ["/people", "/people/organs", "/people/sheets/schools", "/people/sheets/people/blank"]


@pytest.mark.parametrize("address", KEPT)
def test_only_the_keeper_of_the_register_may_open_it(signed_in: SignedIn, address: str) -> None:
    assert signed_in("keeper").get(address).status_code == 200
    assert signed_in("leader").get(address).status_code == 403


def test_the_entry_of_the_register_is_shown_to_its_keeper_only(signed_in: SignedIn) -> None:
    assert "机构与人员" in signed_in("keeper").get("/stand-in").content.decode()
    assert "机构与人员" not in signed_in("leader").get("/stand-in").content.decode()


def test_an_invitation_is_shown_once_and_opens_the_door(home: County, signed_in: SignedIn) -> None:
    keeper = signed_in("keeper")
    page = keeper.post("/people", {"verb": "invite", "person": str(home.persons["clerk"])})
    link = re.search(r"http://testserver(/welcome/[\w-]+)", page.content.decode())
    assert link
    assert page.headers["Cache-Control"] == "no-store"
    assert link[1] not in keeper.get("/people").content.decode()
    sent = {"verb": "set", "name": "clerk", "password": PASSWORD, "again": PASSWORD}
    assert Browser().post(link[1], sent).status_code == 302
    again = keeper.post("/people", {"verb": "invite", "person": str(home.persons["clerk"])})
    assert again.status_code == 409
    assert "QF-ALREADY-THERE" in again.content.decode()


def test_a_link_asked_for_twice_is_made_once_and_the_page_says_so(home: County, signed_in: SignedIn) -> None:
    """Shown once and kept nowhere: a repeat is told that it was made, and may make another."""
    keeper, sent = signed_in("keeper"), {"verb": "invite", "person": str(home.persons["clerk"])}
    once = {**sent, "client-id": str(new_id())}
    first = re.search(r"/welcome/[\w-]+", keeper.post("/people", once).content.decode())
    again = keeper.post("/people", once)
    assert (again.status_code, "QF-LINK-MADE" in again.content.decode()) == (409, True)
    assert "/welcome/" not in again.content.decode()
    assert first
    assert keeper.get(first[0]).status_code == 200
    another = re.search(r"/welcome/[\w-]+", keeper.post("/people", sent).content.decode())
    assert another
    assert another[0] != first[0]


def test_each_form_of_a_page_carries_an_id_of_its_own(home: County, signed_in: SignedIn) -> None:
    page = signed_in("keeper").get("/people").content.decode()
    ids = re.findall(r'name="client-id" value="([^"]+)"', page)
    assert len(ids) > 3
    assert len(set(ids)) == len(ids)


def test_a_fresh_password_needs_no_mail(home: County, signed_in: SignedIn) -> None:
    signed_in("clerk")
    page = signed_in("keeper").post("/people", {"verb": "reset", "person": str(home.persons["clerk"])})
    link = re.search(r"/reset/[\w-]+", page.content.decode())
    assert link
    fresh = PASSWORD + " two"
    assert Browser().post(link[0], {"verb": "set", "password": fresh, "again": fresh}).status_code == 302


def test_a_post_is_made_and_taken_up_by_somebody_new(home: County, signed_in: SignedIn) -> None:
    keeper, school = signed_in("keeper"), home.organs["school"]
    keeper.post(f"/people/organs/{school}", {"verb": "post", "title": "德育主任", "holder": "新来的"})
    made = [p for p in posts(home.keeper, organ=school, on=day_of(system_now())) if p.title == "德育主任"]
    assert [p.holder_name for p in made] == ["新来的"]


def test_an_organ_is_entered_and_a_second_of_its_name_refused(home: County, signed_in: SignedIn) -> None:
    keeper = signed_in("keeper")
    sent = {"verb": "enter", "kind": "school", "name": "云门中学", "level": "county", "stage": "初中"}
    assert keeper.post("/people/organs", sent).status_code == 302
    assert keeper.post("/people/organs", sent).status_code == 409
    assert [o.name for o in organs(home.keeper, kinds=["school"])].count("云门中学") == 1


def test_an_organ_of_another_bureau_is_not_there(home: County, signed_in: SignedIn) -> None:
    assert signed_in("keeper").get("/people/organs/999999").status_code == 404


def sheet(*rows: list[str]) -> SimpleUploadedFile:
    """A filled-in template of schools."""
    import openpyxl

    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["名称*", "简称", "短码", "学段", "层级", "区划代码"])
    for row in rows:
        page.append(row)
    data = BytesIO()
    book.save(data)
    return SimpleUploadedFile("学校.xlsx", data.getvalue())


def schools(home: County) -> set[str]:
    return {o.name for o in organs(home.keeper, kinds=["school"])}


def test_a_preview_enters_nothing_and_the_commit_all_of_it(home: County, signed_in: SignedIn) -> None:
    keeper, before = signed_in("keeper"), schools(home)
    rows = (["云门中学", "", "", "初中", "县", ""], ["渭沱小学", "", "", "小学", "县", ""])
    page = keeper.post("/people/sheets/schools", {"verb": "preview", "sheet": sheet(*rows)}).content.decode()
    assert "云门中学" in page
    assert schools(home) == before
    data = re.search(r'name="data" value="([^"]+)"', page)
    assert data
    assert keeper.post("/people/sheets/schools", {"verb": "commit", "data": data[1]}).status_code == 302
    assert schools(home) == before | {"云门中学", "渭沱小学"}


def test_a_sheet_with_one_faulty_row_can_only_be_corrected(home: County, signed_in: SignedIn) -> None:
    keeper, before = signed_in("keeper"), schools(home)
    faulty = sheet(["云门中学", "", "", "初中", "县", ""], ["渭沱小学", "", "school", "小学", "县", ""])
    data = faulty.read()
    faulty.seek(0)
    page = keeper.post("/people/sheets/schools", {"verb": "preview", "sheet": faulty}).content.decode()
    assert 'name="data"' not in page
    forced = {"verb": "commit", "data": base64.b64encode(data).decode()}
    assert keeper.post("/people/sheets/schools", forced).status_code == 422
    assert schools(home) == before


@pytest.mark.parametrize("data", ["", "not base64!", base64.b64encode(b"not a sheet").decode()])
def test_a_commit_of_rubbish_is_refused_in_words(home: County, signed_in: SignedIn, data: str) -> None:
    answer = signed_in("keeper").post("/people/sheets/schools", {"verb": "commit", "data": data})
    assert answer.status_code == 422
    assert "QF-" in answer.content.decode()


def test_somebody_may_let_a_colleague_stand_in_and_end_it(home: County, signed_in: SignedIn) -> None:
    leader, today = signed_in("leader"), day_of(system_now()).isoformat()
    sent = {"verb": "delegate", "post": str(home["leader"].post), "taker": str(home.persons["deputy"]), "from": today}
    early = leader.post("/stand-in", {**sent, "until": "2020-01-01", "client-id": str(new_id())})
    assert early.status_code == 422
    assert leader.post("/stand-in", {**sent, "until": today, "client-id": str(new_id())}).status_code == 302
    deputy = signed_in("deputy").get("/posts").content.decode()
    assert "组长" in deputy
    assert "代理" in deputy
    row = next(p for p in posts(home.keeper, on=day_of(system_now())) if p.delegation)
    assert leader.post("/stand-in", {"verb": "end", "delegation": str(row.delegation)}).status_code == 302


def test_a_fault_names_the_heading_of_its_column(home: County, signed_in: SignedIn) -> None:
    faulty = sheet(["", "云门", "", "初中", "县", ""], ["渭沱小学", "", "", "小学", "区级", ""])
    page = signed_in("keeper").post("/people/sheets/schools", {"verb": "preview", "sheet": faulty}).content.decode()
    assert "名称：此项必须填写。" in page
    assert "层级：“区级”不在可选范围内" in page


def test_a_sheet_with_nothing_in_it_says_so(home: County, signed_in: SignedIn) -> None:
    page = signed_in("keeper").post("/people/sheets/schools", {"verb": "preview", "sheet": sheet()}).content.decode()
    assert "表里还没有填写内容" in page
    assert 'name="data"' not in page


def test_a_weak_password_is_refused_in_the_language_of_the_page(home: County, signed_in: SignedIn) -> None:
    link = re.search(
        r"/welcome/[\w-]+",
        signed_in("keeper").post("/people", {"verb": "invite", "person": str(home.persons["clerk"])}).content.decode(),
    )
    assert link
    page = Browser().post(link[0], {"verb": "set", "name": "clerk", "password": "123", "again": "123"}).content.decode()
    assert "至少要 10 个字符" in page
    assert "This password" not in page


def test_the_first_officer_is_told_how_to_begin(home: County, signed_in: SignedIn) -> None:
    assert "/people/sheets/schools" in signed_in("keeper").get("/inbox").content.decode()
    page = signed_in("leader").get("/inbox").content.decode()
    assert "还没有施行中的方案" in page
    assert "/people/sheets/schools" not in page
