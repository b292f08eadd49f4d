"""A demonstration: what it promises is there on its best day, and its clock and seats can be moved."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NoSuchDay
from qingfu.project.demo import doors, lived
from qingfu.project.demo.books import best_day, books
from qingfu.project.demo.errors import NoWayBack
from qingfu.project.demo.play import nine
from qingfu.project.demo.seeding import real_bureaus, wanted_day, written
from qingfu.project.demo.stage import MOST, Stage
from qingfu.project.moment import plan_now
from qingfu.records.affairs.queries import affairs, evaluations
from qingfu.records.almanac.queries import lived_until
from qingfu.records.duties.queries import board
from qingfu.records.duties.queries import task as task_of
from qingfu.records.journal.queries import head
from qingfu.records.lists.queries import listings
from qingfu.records.people.actions import found_bureau
from qingfu.records.people.queries import organs, posts
from qingfu.records.plans.queries import moved_dates
from qingfu.records.problems.actions import send_back
from qingfu.records.problems.queries import ledger
from qingfu.records.problems.queries import problem as problem_of
from qingfu.records.problems.states import PROBLEM
from qingfu.records.routes.queries import cases
from qingfu.records.routes.queries import run as run_of

AT = nine(best_day())


def test_the_county_has_its_schools_departments_and_towns(county: Stage, clock: Actor) -> None:
    kinds = Counter(organ.kind for organ in organs(clock))
    assert (kinds["school"], kinds["department"], kinds["township"]) == (62, 20, 30)


def test_several_schools_have_nobody_with_an_account(county: Stage, clock: Actor) -> None:
    shut = [row.organ.name for row in posts(clock, on=best_day()) if row.organ.kind == "school" and not row.has_account]
    assert len(shut) == 5


@pytest.mark.proves("P12", "P17", "A04")
def test_58_of_62_schools_have_handed_the_census_in_some_from_paper_and_one_through_a_link(
    county: Stage, clock: Actor
) -> None:
    rows = board(clock, edition=county.plan.edition, duty="census", size=MOST, at=AT).rows
    schools = [row for row in rows if row.organ.kind == "school"]
    handed = [row for row in schools if row.state in ("handed-in", "accepted")]
    assert (len(handed), len(schools)) == (58, 62)
    assert all(row.late for row in schools if row not in handed)
    via = Counter(task_of(clock, row.id, at=AT).hand_ins[-1].via for row in handed)
    assert (via["paper"], via["link"]) == (3, 1)


@pytest.mark.proves("P13", "P14", "P16")
def test_the_ledger_shows_a_line_in_every_state_and_a_look_back(county: Stage, clock: Actor) -> None:
    rows = ledger(clock, edition=county.plan.edition, size=MOST, at=AT).rows
    states = {row.source for row in PROBLEM.rows} | {row.target for row in PROBLEM.rows}
    assert {row.state for row in rows} == states
    held = [v for row in rows for v in problem_of(county.keeper(), row.id, at=AT).revisits]
    assert {visit.verdict for visit in held} == {"holds", "relapsed"}
    assert any(row.revisit_on and row.revisit_on > best_day() for row in rows)
    assert any(row.late for row in rows)


@pytest.mark.proves("A07", "A11", "A16")
def test_applications_stand_everywhere_on_their_way(county: Stage, clock: Actor) -> None:
    found = [row for page in range(1, 4) for row in cases(clock, kind="affair", page=page).rows]
    assert len(found) >= 24
    assert {row.state for row in found} == {"at", "returned", "refused", "withdrawn", "finished"}
    assert {row.step for row in found if row.state == "at"} >= {"experts", "first", "approve", "file"}
    assert {row.route for row in affairs(clock, edition=county.plan.edition, page=1).rows} >= {"annual"}
    assert any(row.route == "single" for row in found)


@pytest.mark.proves("A06")
def test_a_refusal_names_the_conduct_that_was_seen(county: Stage, clock: Actor) -> None:
    flagged = [
        row for page in (1, 2) for row in affairs(clock, edition=county.plan.edition, page=page).rows if row.flags
    ]
    families = {row.state for row in flagged}
    assert families >= {"refused", "returned"}


@pytest.mark.proves("A09")
def test_an_opinion_is_sealed_while_its_panel_is_open(county: Stage, clock: Actor) -> None:
    waiting = next(row for row in cases(clock, state="at", kind="affair").rows if row.step == "experts")
    panel = run_of(county.actor("区委教育工作领导小组/组长"), waiting.id, at=AT).turns[-1].panel
    assert panel is not None
    assert not panel.closed
    assert panel.handed_in == 1
    assert panel.opinions == ()


@pytest.mark.proves("A13", "A19", "A20")
def test_the_list_is_published_and_one_item_has_left_it(county: Stage, clock: Actor) -> None:
    rows = listings(clock, edition=county.plan.edition, size=MOST).rows
    states = Counter(row.state for row in rows)
    assert states["listed"] >= 14
    gone = [row for row in rows if row.state != "listed"]
    assert len(gone) == 1
    assert [one.exit for one in evaluations(clock, listing=gone[0].id)] == ["removed"]


def test_two_dates_were_moved_with_their_reasons(county: Stage, clock: Actor) -> None:
    moves = moved_dates(clock, county.plan.edition)
    assert len(moves) == 2
    assert all(move.reason and move.was != move.now for move in moves)


def test_the_journal_holds_a_row_for_what_was_done(clock: Actor, county: Stage) -> None:
    assert head(clock).waiting > 1_000


def test_a_sign_in_is_made_for_every_persona_and_opens_the_door(demo: None) -> None:
    opened = doors.open_doors(plan_now())
    assert len(opened) == sum(len(book.personas) for book in books())
    door = opened[-1]
    sent = Client().post("/sign-in", {"verb": "sign-in", "name": door.sign_in, "password": door.password})
    assert sent.status_code == 302
    said = written(opened, best_day(), "http://127.0.0.1:8000/")
    assert said.index("演示") < said.index("demonstration")
    assert all(d.sign_in in said and d.password in said for d in opened)


def test_a_long_way_shows_the_days_as_they_pass(demo: None) -> None:
    answer = Client().post("/demo/go-to", {"on": "2024-09-28", "next": "/posts"})
    assert answer.streaming
    # The days are lived as the answer is read.
    parts = [part.decode() for part in answer]
    assert "<li>2024-09-15</li>\n" in parts
    assert 'href="/posts"' in parts[-1]
    assert day_of(plan_now()) == date(2024, 9, 28)


def test_acts_of_the_script_happen_on_the_days_passed_and_only_once(demo: None, county: Stage, clock: Actor) -> None:
    def handed() -> int:
        rows = board(clock, edition=county.plan.edition, duty="census", size=MOST, at=plan_now()).rows
        return sum(row.state in ("handed-in", "accepted") for row in rows)

    before = handed()
    client = Client()
    client.post("/demo/go-to", {"on": "2024-08-28"})
    assert handed() == before + 1
    assert lived_until() == nine(date(2024, 8, 28))
    client.post("/demo/go-to", {"on": "2024-08-28"})
    assert handed() == before + 1


def test_what_somebody_decided_otherwise_is_passed_over(demo: None, county: Stage, clock: Actor) -> None:
    line, _ = county.problem("p03", at=AT)
    send_back(county.actor("专班办公室/副主任"), problem=line, reason="再看一看。", at=AT + timedelta(hours=1))
    assert Client().post("/demo/next-day").status_code == 302
    assert problem_of(county.keeper(), line, at=plan_now()).row.state == "sent-back"


def test_the_clock_does_not_go_back(demo: None) -> None:
    answer = Client().post("/demo/go-to", {"on": "2024-08-01"})
    assert answer.status_code == 409
    assert "QF-DEMO-NO-WAY-BACK" in answer.content.decode()
    with pytest.raises(NoWayBack):
        wanted_day("2024-08-01", lived_until())
    with pytest.raises(NoSuchDay):
        wanted_day("2024-02-30", None)
    assert wanted_day("", None) == best_day()


def test_a_persona_takes_its_seat(demo: None) -> None:
    client = Client()
    for key, _label in doors.personas():
        assert client.post("/demo/persona", {"persona": key}).status_code == 302
        account, post = doors.seat_of(key, plan_now())
        assert client.session["post"] == post
        assert client.session["_auth_user_id"] == str(account.pk)
        assert client.get("/inbox").context["demo"].now == key
    assert client.post("/demo/persona", {"persona": "nobody"}).status_code == 409


def test_elsewhere_none_of_it_exists(demo: None, settings: Settings) -> None:
    settings.DEMO = False
    for page in ("next-day", "go-to", "persona"):
        assert Client().post(f"/demo/{page}").status_code == 404
        assert Client().get(f"/demo/{page}").status_code == 404


def test_reading_a_page_moves_nothing(demo: None) -> None:
    before = lived_until()
    for page in ("next-day", "go-to", "persona"):
        assert Client().get(f"/demo/{page}").status_code == 405
    assert lived_until() == before


def test_a_real_bureau_is_told_from_a_demonstration(demo: None) -> None:
    before = real_bureaus()
    assert not {book.bureau.name for book in books()} & set(before)
    found_bureau(
        slug="somewhere", name="某县教育局", short_name="县教育局", level="county", division=None, officer="周清和",
        title="办公室主任", at=AT,
    )  # fmt: skip
    assert set(real_bureaus()) - set(before) == {"某县教育局"}


def test_living_on_to_where_one_is_does_nothing_twice(demo: None, clock: Actor, county: Stage) -> None:
    before = head(clock).waiting
    assert list(lived.days_to(best_day())) == [best_day()]
    assert head(clock).waiting == before
