"""Rolls and listings: places, validity, search, what the public reads."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.errors import AlreadyThere, Full, NotAllowed
from qingfu.packfile.read import load
from qingfu.records.journal.actions import deed
from qingfu.records.lists import actions as lists
from qingfu.records.lists.models import Roll
from qingfu.records.lists.queries import (
    ListingView,
    export_header,
    export_rows,
    listings,
    places_left,
    public_rolls,
    rolls,
)
from tests.cast import SEATS, County, county, enact_plan, moment
from tests.records.routes.walk import MONDAY, carried_to

CAP = 3


def entered(found: County, title: str, *, span: str = "2024", until: date | None = date(2024, 12, 31)) -> ListingView:
    """An item on the list, put there as the clock would."""
    return lists.enter(
        Actor.clock(found.bureau), plan=found.in_force(), list="whitelist", span=span, title=title,
        organ=found.organs["fire"], card={"criterion": "有部署"}, digest="d" * 64, valid_from=date(2024, 8, 1),
        valid_until=until, at=MONDAY,
    )  # fmt: skip


@pytest.mark.proves("A15")
def test_the_item_after_the_last_place_is_refused(found: County) -> None:
    for number in range(CAP):
        entered(found, f"事项{number}")
    with pytest.raises(Full) as refused:
        entered(found, "多出来的一项")
    assert (refused.value.facts["cap"], refused.value.facts["window"]) == (CAP, "2024")
    assert refused.value.clause is not None
    roll = rolls(found["principal"])[0]
    assert (roll.taken, roll.places_left) == (CAP, 0)
    assert listings(found["principal"]).total == CAP


def test_the_database_itself_keeps_the_cap(found: County) -> None:
    entered(found, "事项")
    with deed(found.keeper), pytest.raises(IntegrityError), transaction.atomic():
        Roll.objects.update(taken=CAP + 1)


def test_the_same_title_stands_on_a_roll_once(found: County) -> None:
    entered(found, "事项")
    with pytest.raises(AlreadyThere):
        entered(found, "事项")
    assert entered(found, "事项", span="2025").number == 1


def test_each_span_has_a_roll_and_a_cap_of_its_own(found: County) -> None:
    for number in range(CAP):
        entered(found, f"事项{number}")
    assert entered(found, "来年事项", span="2025").number == 1
    assert [(roll.span, roll.taken) for roll in rolls(found["clerk"])] == [("2025", 1), ("2024", CAP)]


def test_places_left_count_down(found: County) -> None:
    plan = found.in_force()
    assert places_left(found["fire-clerk"], plan=plan, list="whitelist", on=date(2024, 7, 22)) == CAP
    entered(found, "事项")
    assert places_left(found["fire-clerk"], plan=plan, list="whitelist", on=date(2024, 7, 22)) == CAP - 1


@pytest.mark.parametrize("who", ["fire-clerk", "principal", "expert", "town-clerk"])
def test_nobody_enters_the_list_by_himself(found: County, who: str) -> None:
    with pytest.raises(NotAllowed):
        lists.open_roll(found[who], plan=found.in_force(), list="whitelist", span="2024", at=MONDAY)


def test_a_roll_is_opened_once(found: County) -> None:
    first = lists.open_roll(found["clerk"], plan=found.in_force(), list="whitelist", span="2024", at=MONDAY)
    again = lists.open_roll(found["clerk"], plan=found.in_force(), list="whitelist", span="2024", at=MONDAY)
    assert first == again


def test_listings_are_found_by_title_organ_and_state(found: County) -> None:
    entered(found, "消防安全第一课")
    entered(found, "森林防火宣传")
    held = listings(found["principal"])
    assert [row.title for row in listings(found["principal"], text="森林").rows] == ["森林防火宣传"]
    assert listings(found["principal"], text="消防救援").total == 2
    assert listings(found["principal"], state="paused").total == 0
    assert listings(found["principal"], roll=held.rows[0].roll, size=1, page=2).rows[0].number == 2


@pytest.mark.proves("A14")
def test_the_public_reads_what_is_valid_today(found: County) -> None:
    entered(found, "长期事项")
    entered(found, "短期事项", until=date(2024, 9, 30))
    told = public_rolls(Actor.clock(found.bureau), plan=found.in_force(), at=moment("2024-08-20"))
    assert [(roll["span"], [item["title"] for item in roll["items"]]) for roll in told] == [
        ("2024", ["长期事项", "短期事项"])
    ]
    assert told[0]["off_list_clause"] == "三(二)a"
    later = public_rolls(Actor.clock(found.bureau), plan=found.in_force(), at=moment("2024-10-08"))
    assert [item["title"] for item in later[0]["items"]] == ["长期事项"]


def test_what_the_public_reads_names_nobody(found: County) -> None:
    carried_to(found, "listed")
    told = public_rolls(Actor.clock(found.bureau), plan=found.in_force(), at=moment("2024-08-20"))
    item = told[0]["items"][0]
    assert item["organ"] == "区消防救援局"
    assert item["route_clause"] == "四(三)a、四(三)b、四(二)b"
    assert set(item) == {
        "case", "criterion", "criterion_clause", "mode", "scope", "schools", "school_codes", "starts", "ends",
        "route", "route_clause", "number", "title", "organ", "valid_from", "valid_until", "state",
    }  # fmt: skip


def test_the_workbook_has_a_row_for_each_listing(found: County) -> None:
    held = entered(found, "消防安全第一课")
    rows = export_rows(found["clerk"], roll=held.roll)
    assert rows == ((1, "消防安全第一课", "区消防救援局", date(2024, 8, 1), date(2024, 12, 31), "listed", "2024"),)
    assert len(export_header()) == len(rows[0])


def test_listings_run_out_the_day_after_their_last(found: County) -> None:
    clock, plan = Actor.clock(found.bureau), found.in_force()
    held = entered(found, "短期事项", until=date(2024, 9, 30))
    assert lists.expire(clock, plan=plan, on=date(2024, 9, 30), at=moment("2024-09-30")) == 0
    assert lists.expire(clock, plan=plan, on=date(2024, 10, 1), at=moment("2024-10-01")) == 1
    assert lists.expire(clock, plan=plan, on=date(2024, 10, 1), at=moment("2024-10-01")) == 0
    assert [row.state for row in listings(found["clerk"], roll=held.roll).rows] == ["expired"]


def test_a_list_that_holds_until_the_next_ends_when_that_begins(found: County) -> None:
    pack = load("hechuan-2024")
    held = pack.lists["whitelist"].model_copy(update={"valid_until": "next-list"})
    made = county("until-next", enact=False)
    enact_plan(made, pack.model_copy(update={"lists": {"whitelist": held}}), SEATS, at=moment("2024-07-16"))
    old = entered(made, "今年事项", until=None)
    entered(made, "来年事项", span="2025", until=None)
    ends = {row.title: row.valid_until for row in listings(made["clerk"]).rows}
    assert ends == {"来年事项": None, "今年事项": date(2024, 7, 31)}
    assert old.valid_until is None
