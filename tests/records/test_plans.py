"""Plans: adopted, filled, seated, put in force; blanks and empty seats stand in the way."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.errors import AlreadyThere, Invalid, NotAllowed, QingfuError, WrongState
from qingfu.packfile.errors import NotReadyForForce
from qingfu.packfile.read import load
from qingfu.records.disclosures import queries as disclosures
from qingfu.records.duties.queries import counts
from qingfu.records.enactment.actions import put_in_force
from qingfu.records.enactment.queries import plan_page
from qingfu.records.plans import actions as plans
from qingfu.records.plans.queries import (
    blanks_of,
    editions,
    in_force,
    parties_of,
    plans_in_force,
    seats_of,
    sees_all,
)
from tests.cast import BEGINS, SEATS, County, county, enact_plan, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare() -> County:
    """A county without a plan."""
    return county("baixian", enact=False)


@pytest.mark.proves("P03")
def test_an_open_blank_keeps_a_plan_out_of_force(bare: County) -> None:
    plan = plans.adopt_pack(bare.keeper, pack=load("hechuan-2024"), at=BEGINS)
    with pytest.raises(NotReadyForForce):
        put_in_force(bare.keeper, edition=plan.edition, on=date(2024, 7, 16), at=BEGINS)


@pytest.mark.proves("P02")
def test_an_empty_seat_keeps_a_plan_out_of_force(bare: County) -> None:
    with pytest.raises(Invalid) as refused:
        enact_plan(bare, load("hechuan-2024"), {k: v for k, v in SEATS.items() if k != "office"}, at=BEGINS)
    assert [fault.field for fault in refused.value.faults] == ["seats.office"]


@pytest.mark.proves("P01")
@pytest.mark.proves("P02")
def test_a_party_is_filled_by_the_organ_the_bureau_seats(home: County) -> None:
    plan = home.in_force()
    assert "office" in parties_of(home["clerk"], plan)
    assert parties_of(home["principal"], plan) == {"school"}
    assert sees_all(home["clerk"], plan)
    assert not sees_all(home["principal"], plan)
    assert all(seat.organ is not None for seat in seats_of(home.keeper, plan))


def test_only_who_keeps_the_register_adopts_and_enacts(bare: County) -> None:
    with pytest.raises(NotAllowed):
        plans.adopt_pack(bare["clerk"], pack=load("hechuan-2024"), at=BEGINS)
    plan = plans.adopt_pack(bare.keeper, pack=load("hechuan-2024"), at=BEGINS)
    with pytest.raises(NotAllowed):
        put_in_force(bare["clerk"], edition=plan.edition, on=date(2024, 7, 16), at=BEGINS)


def test_one_pack_has_one_open_edition(bare: County) -> None:
    plans.adopt_pack(bare.keeper, pack=load("hechuan-2024"), at=BEGINS)
    with pytest.raises(AlreadyThere):
        plans.adopt_pack(bare.keeper, pack=load("hechuan-2024"), at=BEGINS)


def test_a_blank_takes_what_it_asks_for_and_nothing_else(bare: County) -> None:
    plan = plans.adopt_pack(bare.keeper, pack=load("hechuan-2024"), at=BEGINS)
    path = "lists.whitelist.caps.0.at-most"
    for wrong in ("十", "-1", "0", "1.5", ""):
        with pytest.raises(QingfuError):
            plans.fill_blank(bare.keeper, edition=plan.edition, path=path, value=wrong, at=BEGINS)
    filled = plans.fill_blank(bare.keeper, edition=plan.edition, path=path, value="20", at=BEGINS)
    assert filled.pack.lists["whitelist"].caps[0].at_most.value == 20
    assert next(b for b in blanks_of(bare.keeper, plan.edition) if b.path == path).value == "20"


def test_a_plan_in_force_keeps_its_numbers(home: County) -> None:
    with pytest.raises(WrongState):
        plans.fill_blank(
            home.keeper,
            edition=home.edition,
            path="lists.whitelist.caps.0.at-most",
            value="99",
            at=moment("2024-08-01"),
        )


@pytest.mark.proves("P08")
def test_putting_in_force_opens_tasks_and_shows_the_plan_to_the_public(home: County) -> None:
    assert sum(row.total for row in counts(home["clerk"], edition=home.edition, at=BEGINS)) > 10
    shown = {row.shows for row in disclosures.trail(home["clerk"])}
    assert {"plan", "channels", "schools", "progress"} <= shown


@pytest.mark.proves("P04")
def test_the_plan_keeps_scope_and_look_back_window(home: County) -> None:
    scope = home.in_force().pack.plan.scope
    assert scope is not None
    assert scope.since is not None
    assert scope.since.value.startswith("2023")


@pytest.mark.proves("P05")
def test_the_plan_page_shows_every_clause_alive(home: County) -> None:
    page = plan_page(home["clerk"], edition=home.edition, at=moment("2024-08-01"))
    assert [c.id for c in page.clauses] == [c.id for c in home.in_force().pack.clauses]
    census = next(t for c in page.clauses for t in c.things if (t.kind, t.id) == ("duties", "census"))
    assert ("late", 5) in {(figure.names, figure.value) for figure in census.figures}
    for clause in page.clauses:
        assert clause.things or clause.runs_nothing, clause.id
    assert {phase.id for phase in page.phases} >= {"census", "deploy"}


def test_the_plan_page_asks_a_constant_number_of_questions(home: County, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        plan_page(home["clerk"], edition=home.edition, at=moment("2024-08-01"))


def test_a_school_sees_its_own_part_of_the_plan_page(home: County) -> None:
    page = plan_page(home["principal"], edition=home.edition, at=moment("2024-08-01"))
    census = next(t for c in page.clauses for t in c.things if (t.kind, t.id) == ("duties", "census"))
    assert ("late", 1) in {(figure.names, figure.value) for figure in census.figures}
    assert not page.whole


def test_an_official_text_stands_beside_our_wording(home: County) -> None:
    plans.enter_official_text(home.keeper, edition=home.edition, clause="五(一)", text="原文一句。", at=BEGINS)
    page = plan_page(home["clerk"], edition=home.edition, at=BEGINS)
    assert next(c for c in page.clauses if c.id == "五(一)").official == "原文一句。"


def test_an_ended_edition_is_no_longer_in_force(home: County) -> None:
    plans.end_edition(home.keeper, edition=home.edition, on=date(2024, 12, 31), at=moment("2024-12-31"))
    assert plans_in_force(home.keeper) == ()
    assert [e.state for e in editions(home.keeper)] == ["ended"]
    assert in_force(home.keeper, home.edition).state == "ended"
