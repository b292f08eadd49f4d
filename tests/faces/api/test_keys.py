"""Who may do what with a key: a matrix over every operation; keys that open nothing any more; the page of keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from qingfu.api import keys
from qingfu.api.contract import described
from qingfu.api.keys import Pace
from qingfu.base.chance import new_id
from qingfu.base.clock import system_now
from qingfu.base.errors import Full, Invalid, NotAllowed, NotFound, QingfuError
from qingfu.base.errors.keys import KeyEnded, KeyHolderGone, KeyMade, KeyRefused, TooFast
from qingfu.records.journal.queries import reading
from qingfu.records.models import ApiKey, Entry
from qingfu.records.people import actions as people
from qingfu.records.people.queries import as_actor
from qingfu.records.people.queries import keys as keys_of
from tests.cast import delegate_of, moment
from tests.faces.api.conftest import TERM, Programs, founded, programs, schools
from tests.faces.conftest import enter
from tests.records.monitoring.conftest import NOW, Schools

__all__ = ["founded", "programs", "schools"]

TODAY = NOW.date()
CELLS: dict[str, dict[str, object]] = {
    "classes": {"class": "三年级1班", "grade": "P3"},
    "homework": {"class": "三年级1班", "day": "2024-10-17", "subject": "语文"},
    "exams": {"class": "三年级1班", "day": "2024-10-17", "subject": "语文"},
    "timetable": {"class": "三年级1班", "record": "planned", "weekday": 1, "period": 1, "subject": "语文"},
    "schedules": {"class": "三年级1班", "weekday": 1},
    "evenings": {"class": "三年级1班", "day": "2024-10-17"},
    "extra-lessons": {"class": "三年级1班", "day": "2024-10-17", "subject": "语文"},
    "aids": {"class": "三年级1班", "subject": "语文"},
    "combined": {"class": "三年级1班", "grades": 2},
}
OPEN = ("/api/v1/terms", "/api/v1/tables")
# Of each member's program: about its own, about the primary school named by its code.
MEMBERS = {
    "principal": (200, 200),
    "other-principal": (200, 404),
    "reviewer": (422, 200),
    "nobody": (401, 401),
}


def operations() -> list[tuple[str, str]]:
    return [(method, path) for path, found in described()["paths"].items() for method in found]


def tried(programs: Programs, who: str, method: str, path: str, school: str) -> int:
    table, address = path.rsplit("/", 1)[1], path.removeprefix("/api/v1/")
    who = "" if who == "nobody" else who
    if method == "get":
        return programs.reads(who, f"{address}?school={school}").status
    cells = dict(CELLS[table])
    if who == "other-principal" and not school and table != "classes":
        cells["class"] = "七年级1班"
    body = {"term": TERM, "rows": [cells], "school": school, **({"on-behalf": "周校长"} if who == "reviewer" else {})}
    return programs.sends(who, method, address, body).status


@pytest.mark.parametrize(("method", "path"), operations(), ids=str)
def test_every_operation_gives_each_member_what_is_his(programs: Programs, method: str, path: str) -> None:
    found = {
        who: tuple(tried(programs, who, method, path, school) for school in ("", "school")) for who in MEMBERS
    }  # fmt: skip
    expected = dict(MEMBERS)
    if path in OPEN:
        expected = {who: (401, 401) if who == "nobody" else (200, 200) for who in MEMBERS}
    if path == "/api/v1/findings":
        # A question about no school is about all that one may know of; about another's school it finds nothing.
        expected |= {"reviewer": (200, 200), "other-principal": (200, 200)}
    assert found == expected


def test_a_school_reads_no_finding_of_another(programs: Programs) -> None:
    programs.reports("principal", "homework", {**CELLS["homework"], "minutes": 90, "written": True})
    assert programs.reads("reviewer", "findings?school=school").said["total"] > 0
    assert programs.reads("other-principal", "findings?school=school").said["rows"] == []
    assert programs.reads("other-principal", "findings").said["rows"] == []


def test_a_session_opens_nothing_here_and_neither_does_a_key_the_pages(programs: Programs) -> None:
    browser = enter(programs.schools.county, "principal")
    assert browser.get("/api/v1/terms").status_code == 401
    assert browser.post("/api/v1/filings/homework", b"{}", content_type="application/json").status_code == 401
    named = {"Authorization": f"Bearer {programs.key('principal')}"}
    assert Client().get("/inbox", headers=named).status_code == 302


def test_a_key_that_is_none_says_so_and_names_nothing(programs: Programs, capsys: pytest.CaptureFixture[str]) -> None:
    for token, code in (("nobody-ever-made-this", "QF-KEY"), (programs.key("principal") + "x", "QF-KEY")):
        refused = programs.sends("", "get", "terms", token=token)
        assert (refused.status, refused.said["code"], refused.headers["WWW-Authenticate"]) == (401, code, "Bearer")
        assert token not in str(refused)
    assert programs.reads("", "terms").said["code"] == "QF-KEY-NONE"
    assert programs.reads("", "terms", Authorization="Basic eDp5").said["code"] == "QF-KEY-NONE"
    logged = capsys.readouterr()
    assert "nobody-ever" not in logged.out + logged.err


def test_only_the_digest_is_kept_and_the_day_of_the_last_use(programs: Programs) -> None:
    token = programs.key("principal")
    row = ApiKey.objects.get()
    assert token not in str(row.__dict__)
    assert row.used_on is None
    programs.reads("principal", "terms")
    assert ApiKey.objects.get().used_on == TODAY
    with reading(programs.schools.county.keeper):
        told = Entry.objects.filter(verb="people.make_key").get()
        assert (told.subject_id, told.digest, told.person) == (row.id, "", programs.schools.county.persons["principal"])


def test_an_ended_key_opens_nothing(programs: Programs) -> None:
    token = programs.key("principal")
    ended = people.end_key(programs.schools.actor("school-clerk"), key=ApiKey.objects.get().id, at=NOW)
    assert (ended.ended_at, ended.opens) == (NOW, False)
    with pytest.raises(KeyEnded):
        people.open_with_key(token=token, at=NOW)
    refused = programs.reports("principal", "homework", CELLS["homework"])
    assert (refused.status, refused.said["code"]) == (401, "QF-KEY-ENDED")
    again = people.end_key(programs.schools.actor("principal"), key=ended.id, at=NOW + timedelta(days=1))
    assert again.ended_at == NOW


def test_a_key_opens_nothing_once_its_maker_has_left_the_post(programs: Programs) -> None:
    token, county = programs.key("principal"), programs.schools.county
    people.leave_post(county.keeper, post=county["principal"].post or 0, on=TODAY, at=NOW)
    assert people.open_with_key(token=token, at=NOW).actor.person == county.persons["principal"]
    with pytest.raises(KeyHolderGone):
        people.open_with_key(token=token, at=NOW + timedelta(days=1))
    assert [one.opens for one in keys_of(county["school-clerk"], on=TODAY + timedelta(days=1))] == [False]


def test_a_key_opens_nothing_once_its_school_has_ended(programs: Programs) -> None:
    token, county = programs.key("principal"), programs.schools.county
    people.close_organ(county.keeper, organ=county.organs["school"], at=NOW)
    with pytest.raises(KeyHolderGone):
        people.open_with_key(token=token, at=NOW + timedelta(days=1))


def test_a_key_is_never_the_keeper_of_the_register(schools: Schools) -> None:
    token = people.make_key(schools.county.keeper, name="市级平台", at=NOW)
    actor = people.open_with_key(token=token, at=NOW).actor
    assert (actor.roles, actor.via) == (frozenset({"authority"}), "key")


def stands_in(schools: Schools) -> object:
    return people.make_key(delegate_of(schools.county, "principal", "school-clerk", days=9, at=NOW), name="x", at=NOW)


REFUSED: list[tuple[str, Callable[[Schools], object], type[QingfuError]]] = [
    ("a department", lambda s: people.make_key(s.actor("fire-clerk"), name="x", at=NOW), NotAllowed),
    ("an expert", lambda s: people.make_key(s.actor("expert"), name="x", at=NOW), NotAllowed),
    ("whoever stands in", stands_in, NotAllowed),
    ("no name", lambda s: people.make_key(s.actor("principal"), name="  ", at=NOW), Invalid),
    ("a long name", lambda s: people.make_key(s.actor("principal"), name="x" * 41, at=NOW), Invalid),
    ("no such key", lambda s: people.end_key(s.actor("principal"), key=10**9, at=NOW), NotFound),
]


@pytest.mark.parametrize(("act", "error"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_who_may_not_make_or_end_a_key(
    schools: Schools, act: Callable[[Schools], object], error: type[QingfuError]
) -> None:
    with pytest.raises(error):
        act(schools)
    assert ApiKey.objects.count() == 0


def test_keys_are_known_to_their_unit_and_to_the_keeper_only(programs: Programs) -> None:
    programs.key("principal")
    programs.key("reviewer")
    names = {
        who: [one.organ.short_name for one in keys_of(programs.schools.actor(who), on=TODAY)]
        for who in ("principal", "school-clerk", "other-principal", "fire-clerk")
    }
    assert [len(found) for found in names.values()] == [1, 1, 0, 0]
    assert len(keys_of(programs.schools.county.keeper, on=TODAY)) == 2
    mine = keys_of(programs.schools.actor("principal"), on=TODAY)[0]
    with pytest.raises(NotFound):
        people.end_key(programs.schools.actor("other-principal"), key=mine.id, at=NOW)
    assert not people.end_key(programs.schools.county.keeper, key=mine.id, at=NOW).opens


def test_a_form_sent_twice_makes_one_key_and_ten_are_enough(schools: Schools) -> None:
    actor, sent = schools.actor("principal"), new_id()
    people.make_key(actor, name="教务系统", client_id=sent, at=NOW)
    with pytest.raises(KeyMade):
        people.make_key(actor, name="教务系统", client_id=sent, at=NOW)
    assert ApiKey.objects.count() == 1
    for n in range(9):
        people.make_key(actor, name=f"系统{n}", at=NOW)
    with pytest.raises(Full):
        people.make_key(actor, name="再来一个", at=NOW)
    people.end_key(actor, key=keys_of(actor, on=TODAY)[0].id, at=NOW)
    assert people.make_key(actor, name="再来一个", at=NOW)


def test_a_key_of_another_bureau_sees_nothing_of_this_one(programs: Programs) -> None:
    with pytest.raises(KeyRefused):
        people.open_with_key(token="", at=NOW)
    first = people.found_bureau(
        slug="next-door", name="邻县教育局", short_name="邻县", level="county", division=None, officer="邻",
        title="科长", at=moment("2024-07-16"),
    )  # fmt: skip
    neighbour = people.make_key(as_actor(first), name="平台", at=NOW)
    for address in ("classes?school=school", "filings/homework?school=school"):
        assert programs.sends("", "get", address, token=neighbour).status in (404, 422)
    assert programs.sends("", "get", "terms", token=neighbour).said == []


def test_the_page_of_keys_shows_a_key_once_and_ends_it(programs: Programs) -> None:
    browser = enter(programs.schools.county, "principal")
    made = browser.post("/keys", {"verb": "make", "name": "教务系统"})
    shown = re.search(r"<textarea[^>]*>([^<]+)</textarea>", made.content.decode())
    assert shown
    assert made.headers["Cache-Control"] == "no-store"
    assert programs.sends("", "get", "terms", token=shown[1]).status == 200
    page = browser.get("/keys").content.decode()
    assert "教务系统" in page
    assert shown[1] not in page
    assert "上次使用：2024年10月18日" in page
    assert "程序密钥" in browser.get("/inbox").content.decode()
    ended = browser.post("/keys", {"verb": "end", "key": str(ApiKey.objects.get().id)})
    assert ended.status_code == 302
    assert "已结束" in browser.get("/keys").content.decode()
    assert programs.sends("", "get", "terms", token=shown[1]).status == 401
    assert browser.post("/keys", {"verb": "end", "key": "٣"}).status_code == 422


def test_more_than_a_program_needs_in_a_minute_is_refused_and_says_how_long_to_wait(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "PACE", Pace(2, timedelta(minutes=1)))
    assert [programs.reads("principal", "terms").status for _ in range(3)] == [200, 200, 429]
    refused = programs.reads("principal", "terms")
    assert (refused.said["code"], 1 <= int(refused.headers["Retry-After"]) <= 61) == ("QF-TOO-FAST", True)
    assert programs.reads("other-principal", "terms").status == 200


def test_the_pace_forgets_what_is_longer_ago() -> None:
    pace, now = Pace(2, timedelta(minutes=1), remembered=2), system_now()
    pace.step(1, now)
    pace.step(1, now + timedelta(seconds=30))
    with pytest.raises(TooFast):
        pace.step(1, now + timedelta(seconds=59))
    pace.step(1, now + timedelta(seconds=60))
    for key in (2, 3):
        pace.step(key, now)
    pace.step(1, now + timedelta(seconds=61))
