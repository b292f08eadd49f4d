"""Plans: taken in, prepared, put in force; the plan alive clause by clause; a date moved; the official text."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qingfu.packfile import blanks
from qingfu.packfile.read import load
from qingfu.records.duties.queries import board
from qingfu.records.enactment.actions import set_term
from qingfu.records.plans.queries import blanks_of, editions, in_force
from qingfu.web.plan_told import ClauseTold
from tests.cast import FILLS, County, moment
from tests.faces.plan_stage import PROBLEM, OnDay, Seat, found, handed_in, on, seat, sent, stage, task_of
from tests.records.stage import undone

__all__ = ["found", "on", "seat", "stage"]


def clauses(client: Client, county: County) -> dict[str, ClauseTold]:
    answer = client.get(f"/plans/{county.edition}")
    assert answer.status_code == 200
    return {clause.id: clause for clause in answer.context["told"].clauses}


@pytest.mark.proves("P02")
def test_every_clause_stands_in_the_documents_own_numbering(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    told = clauses(seat("principal"), found)
    pack = load("hechuan-2024")
    assert list(told) == [clause.id for clause in pack.clauses]
    assert (told["三(一)a"].number, told["三(一)a"].again, told["三(一)b"].again) == ("三(一)", False, True)
    assert told["二a"].opens_chapter
    assert not told["二b"].opens_chapter
    page = seat("clerk").get(f"/plans/{found.edition}").content.decode()
    assert all(f'id="c-{clause.id}"' in page for clause in pack.clauses)


def test_what_a_clause_makes_happen_is_told_once_and_named_elsewhere(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    told = clauses(seat("clerk"), found)
    said = [thing.says for clause in told.values() for thing in clause.things]
    assert len(said) == len(set(zip(said, (t.kind for c in told.values() for t in c.things), strict=True)))
    assert "摸排2023年以来社会事务进校园情况，报问题清单" in [thing.says for thing in told["五(二)a"].things]
    assert [one.clause for one in told["五(二)b"].elsewhere if "摸排" in "".join(one.says)] == ["五(二)a"]


@pytest.mark.proves("P12")
def test_a_duty_is_alive_under_its_clause(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-08-02")
    handed_in(found, "school", PROBLEM, day="2024-08-01")
    answer = seat("clerk").get(f"/plans/{found.edition}")
    told = {clause.id: clause for clause in answer.context["told"].clauses}
    duty = next(thing for thing in told["五(二)a"].things if thing.kind == "duties" and thing.bars)
    assert (duty.bars[0].done, duty.bars[0].whole, duty.late) == (1, 5, 4)
    assert duty.next_day == date(2024, 7, 30)
    assert [clause.number for clause in answer.context["told"].late] == ["五(二)"]
    # Four lists and the summary of the ledger.
    assert answer.context["told"].late_total == 5
    kind = next(thing for thing in told["三(二)a"].things if thing.kind == "problem-kinds")
    assert (kind.bars[0].done, kind.bars[0].whole) == (0, 1)


def test_a_clause_with_nothing_running_says_why_and_a_missing_room_is_named(
    found: County, on: OnDay, seat: Seat
) -> None:
    on("2024-07-25")
    told = clauses(seat("clerk"), found)
    assert told["六(一)"].why == "目标要求，没有可办的事项"
    assert told["六(一)"].because.startswith("讲的是认识和态度")
    assert {one.room for one in told["四(五)"].awaiting} >= {"线索受理", "监测"}
    assert all(clause.things or clause.why or clause.awaiting or clause.elsewhere or clause.frames
               for clause in told.values())  # fmt: skip


def test_later_rules_stand_beside_what_they_touch(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    told = clauses(seat("clerk"), found)
    said = [advice for clause in told.values() for advice in clause.advice]
    assert any("10项" in advice.says and advice.since == "2025-11-10" for advice in said)
    assert {advice.word for advice in said} == {"部分被新规定取代", "与新规定不尽一致"}


@pytest.mark.proves("P08")
def test_a_moved_date_shows_both_days_to_everybody(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk = seat("clerk")
    address = f"/plans/{found.edition}/dates"
    assert clerk.post(address, sent("move", target="duties.census", to="2024-02-30", reason="x")).status_code == 422
    assert clerk.post(address, sent("move", target="duties.nothing", to="2024-08-05", reason="x")).status_code == 422
    assert clerk.post(address, sent("move", target="duties.census", to="2024-08-05", reason="")).status_code == 422
    moved = sent("move", target="duties.census", to="2024-08-05", reason="与暑期安排错开")
    assert clerk.post(address, moved).status_code == 302
    phase = sent("move", target="phases.listing", to="2024-08-25", reason="等待备案")
    assert clerk.post(address, phase).status_code == 302
    page = seat("principal").get(f"/plans/{found.edition}").content.decode()
    for part in ("7月30日", "8月5日", "与暑期安排错开", "8月20日", "8月25日", "等待备案"):
        assert part in page


def test_only_the_bureau_side_moves_dates(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    principal = seat("principal")
    address = f"/plans/{found.edition}/dates"
    assert principal.get(address).status_code == 403
    moved = sent("move", target="duties.census", to="2024-12-31", reason="来不及")
    assert principal.post(address, moved).status_code == 403
    assert address not in principal.get(f"/plans/{found.edition}").content.decode()


def test_the_official_text_stands_beside_our_wording(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    keeper = seat("keeper")
    address = f"/plans/{found.edition}/words?clause=五(二)b"
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, sent("enter", text="全面摸清底数。")).status_code == 302
    shown = clauses(seat("principal"), found)["五(二)b"]
    assert shown.official == "全面摸清底数。"
    assert shown.says in seat("clerk").get(f"/plans/{found.edition}").content.decode()
    assert seat("reviewer").get(address).status_code == 403
    assert keeper.get(f"/plans/{found.edition}/words?clause=九").status_code == 404


@pytest.mark.proves("P01", "P02")
def test_a_plan_is_taken_in_prepared_and_put_in_force_in_the_browser(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    keeper = seat("keeper")
    assert "青山县进校园事项管理办法" in keeper.get("/plans").content.decode()
    assert keeper.post("/plans", sent("adopt", pack="nothing")).status_code == 422
    answer = keeper.post("/plans", sent("adopt", pack="qingshan-2025"))
    edition = editions(found.keeper)[0].id
    assert answer.headers["Location"] == f"/plans/{edition}/setup"
    setup = keeper.get(f"/plans/{edition}/setup")
    assert setup.context["left"] > 0
    assert 'value="put-in-force"' not in setup.content.decode()
    _fill(keeper, found, edition)
    _seat(keeper, found, edition)
    assert 'value="put-in-force"' in keeper.get(f"/plans/{edition}/setup").content.decode()
    assert keeper.post(f"/plans/{edition}/setup", sent("put-in-force")).status_code == 302
    assert in_force(found.keeper, edition).state == "in-force"
    assert keeper.get(f"/plans/{edition}").status_code == 200


def _fill(keeper: Client, county: County, edition: int) -> None:
    pack = in_force(county.keeper, edition).pack
    fills = {blank.name: FILLS[blank.holds] for blank in blanks.open_blanks(pack)}
    assert keeper.post(f"/plans/{edition}/setup", sent("fill") | fills).status_code == 302
    assert all(blank.value for blank in blanks_of(county.keeper, edition) if not blank.given)


def _seat(keeper: Client, county: County, edition: int) -> None:
    setup = keeper.get(f"/plans/{edition}/setup")
    chosen = {f"seats.{one.party}": str(one.offered[0].id) for one in setup.context["seats"]}
    assert keeper.post(f"/plans/{edition}/setup", sent("seat") | chosen).status_code == 302
    assert keeper.get(f"/plans/{edition}/setup").context["left"] == 0


@pytest.mark.proves("P01")
def test_a_value_that_cannot_be_read_stands_in_its_field_with_the_reason(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    keeper = seat("keeper")
    keeper.post("/plans", sent("adopt", pack="qingshan-2025"))
    edition = editions(found.keeper)[0].id
    assumed = next(blank for blank in blanks_of(found.keeper, edition) if blank.holds == "number")
    answer = keeper.post(f"/plans/{edition}/setup", sent("fill") | {assumed.path: "许多"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{assumed.path}"' in page
    assert 'value="许多"' in page
    keeper.post(f"/plans/{edition}/setup", sent("fill") | {assumed.path: "45"})
    assert next(b for b in blanks_of(found.keeper, edition) if b.path == assumed.path).value == "45"


def test_who_does_not_keep_the_register_sees_no_draft(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    seat("keeper").post("/plans", sent("adopt", pack="qingshan-2025"))
    edition = editions(found.keeper)[0].id
    clerk = seat("clerk")
    assert "青山县" not in clerk.get("/plans").content.decode()
    assert clerk.get(f"/plans/{edition}/setup").status_code == 403
    assert clerk.post(f"/plans/{edition}/setup", sent("put-in-force")).status_code == 403
    assert clerk.post("/plans", sent("adopt", pack="hebi-2024")).status_code == 403


def test_the_plan_is_the_first_address_where_there_is_one(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    assert seat("principal").get("/plan").headers["Location"] == f"/plans/{found.edition}"


def test_more_life_asks_no_more_queries(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk = seat("clerk")
    counts = []
    for organ in ("school", "other-school", "fire"):
        handed_in(found, organ, PROBLEM)
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(f"/plans/{found.edition}").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


@pytest.mark.proves("P02")
def test_duties_whose_day_is_over_are_told_before_a_plan_is_put_in_force(found: County, on: OnDay, seat: Seat) -> None:
    keeper = seat("keeper")
    told: dict[str, list[tuple[str, date]]] = {}
    for day in ("2025-01-02", "2025-10-09"):
        on(day)
        if not told:
            keeper.post("/plans", sent("adopt", pack="qingshan-2025"))
            edition = editions(found.keeper)[0].id
            assert keeper.get(f"/plans/{edition}/setup").context["late"] == [], "said once nothing else is missing"
            _fill(keeper, found, edition)
            _seat(keeper, found, edition)
        setup = keeper.get(f"/plans/{edition}/setup")
        told[day] = setup.context["late"]
        assert all(over < date.fromisoformat(day) for _says, over in told[day])
        assert 'value="put-in-force"' in setup.content.decode()
    assert len(told["2025-10-09"]) > len(told["2025-01-02"])
    assert f"有 {len(told['2025-10-09'])} 项任务的期限已经过了" in setup.content.decode()
    assert 'href="/school-data/terms">先设定学期' in setup.content.decode()
    with undone():
        set_term(
            found.keeper, name="2025年秋季学期", year=2025, from_on=date(2025, 9, 1), until_on=date(2026, 1, 16),
            at=moment(day),
        )  # fmt: skip
        assert "先设定学期" not in keeper.get(f"/plans/{edition}/setup").content.decode()
    assert keeper.post(f"/plans/{edition}/setup", sent("put-in-force")).status_code == 302
    late = {row.says for row in board(found.keeper, edition=edition, state="late", size=500, at=moment(day)).rows}
    assert late == {says for says, _over in told[day]}


@pytest.mark.proves("P08")
def test_a_date_moved_into_the_past_is_asked_about_once_more(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    clerk = seat("clerk")
    task = task_of(found, "school")
    for address, fields in (
        (f"/plans/{found.edition}/dates", {"target": "duties.census", "reason": "提前"}),
        (f"/tasks/{task.id}", {"move-reason": "提前"}),
    ):
        asked = clerk.post(address, sent("move", to="2024-07-22", **fields))
        page = asked.content.decode()
        assert (asked.status_code, "QF-DAY-OVER" in page) == (422, True)
        assert 'name="warned" value="2024-07-22"' in page
        other = clerk.post(address, sent("move", to="2024-07-19", warned="2024-07-22", **fields))
        assert other.status_code == 422, "it was another day that was warned of"
        assert clerk.post(address, sent("move", to="2024-07-22", warned="2024-07-22", **fields)).status_code == 302
    assert task_of(found, "school").due_on == date(2024, 7, 22)
    assert 'name="warned"' not in clerk.get(f"/plans/{found.edition}/dates").content.decode()


def test_organs_are_chosen_under_their_kind(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    page = seat("clerk").get(f"/plans/{found.edition}/problems/new").content.decode()
    school = page.index('<optgroup label="学校">')
    assert school < page.index("清溪镇中心小学") < page.index("</optgroup>", school)
    keeper = seat("keeper")
    keeper.post("/plans", sent("adopt", pack="qingshan-2025"))
    setup = keeper.get(f"/plans/{editions(found.keeper)[0].id}/setup")
    seats = [one for one in setup.context["seats"] if len({organ.kind for organ in one.offered}) > 1]
    assert setup.content.decode().count('<optgroup label="学校">') == len(seats)
