"""A panel is drawn from the whole committee, called, seated; whoever is lost is followed by the next ticket (A09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from qingfu.base.chance import new_id
from qingfu.base.draw.notice import Pick, Share
from qingfu.base.errors import Invalid, NotAllowed, NotFound, OpinionGiven, WrongState
from qingfu.records.draws import actions as draws
from qingfu.records.draws import queries
from qingfu.records.enactment import actions as enactment
from qingfu.records.enactment.models import PanelDraw, PanelSeat
from qingfu.records.enactment.queries import drawn_for, drawn_panels
from qingfu.records.journal.actions import deed
from qingfu.records.people import actions as people
from qingfu.records.people.queries import PostRow
from qingfu.records.people.queries import posts as posts_in
from qingfu.records.routes.queries import RunView, panel_wanted
from qingfu.records.routes.queries import run as run_of
from tests.cast import BEGINS, County
from tests.records.draws.lots import frozen as any_draw
from tests.records.enactment.panels import (
    DAY,
    by_hand,
    call,
    case,
    committee,
    drawn,
    frozen,
    in_turn,
    lot,
    seated,
    with_reserves,
)
from tests.records.routes.walk import EXPERTS, MONDAY, apply, opine, posts_of, seat_panel


def seat(county: County, run: int, draw: int, *, by: str = "clerk", uncalled: bool = False) -> RunView:
    return enactment.seat_panel(county[by], run=run, draw=draw, uncalled=uncalled, at=MONDAY)


@pytest.mark.proves("A09")
def test_one_of_every_kind_is_drawn_and_seated_once_reached(found: County) -> None:
    with_reserves(found)
    run = case(found)
    held = drawn(found, run)
    lines = in_turn(found, held)
    assert sorted(line.stratum for line in lines) == [
        ("人大代表",),
        ("政协委员",),
        ("教育领域专家",),
        ("校长教师代表",),
    ]
    with pytest.raises(Invalid):
        seat(found, run, held)
    for line in lines:
        call(found, held, line)
    seat(found, run, held)
    assert seated(found, run) == {line.ticket.person for line in lines}
    shown = drawn_panels(found["clerk"], run)["experts"]
    assert (shown.draw, shown.verdict, set(shown.tickets)) == (held, "replayable", seated(found, run))


def test_whoever_was_drawn_may_be_seated_before_anybody_is_called(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    seat(found, run, held, uncalled=True)
    assert len(seated(found, run)) == 4
    assert opine(found, "expert", run).turn is not None


@pytest.mark.proves("A09", "D04")
def test_who_declines_is_followed_by_the_next_ticket_of_the_same_draw(found: County) -> None:
    with_reserves(found)
    run = case(found)
    held = drawn(found, run)
    first, *others = in_turn(found, held)
    call(found, held, first, "refused", "出差")
    heir = next(line for line in in_turn(found, held) if line.follows == first.ticket.ticket)
    for line in (heir, *others):
        call(found, held, line)
    seat(found, run, held)
    assert first.ticket.person not in seated(found, run)
    assert heir.ticket.person in seated(found, run)


def test_who_is_lost_after_being_seated_is_excused_with_the_same_reason_and_followed(found: County) -> None:
    with_reserves(found)
    run = case(found)
    held = drawn(found, run)
    seat(found, run, held, uncalled=True)
    first = in_turn(found, held)[0]
    call(found, held, first, "unfit", "与申请单位有业务往来")
    panel = run_of(found["clerk"], run).turns[-1].panel
    assert panel is not None
    assert [one.stepped_aside for one in panel.members if one.person == first.ticket.person] == ["与申请单位有业务往来"]
    assert first.ticket.person not in seated(found, run)
    seat(found, run, held, uncalled=True)
    heir = next(line for line in in_turn(found, held) if line.follows == first.ticket.ticket)
    assert heir.ticket.person in seated(found, run)


def test_a_member_who_steps_aside_is_followed_by_the_next_ticket_and_the_reason_is_kept(found: County) -> None:
    heirs = with_reserves(found)
    run = case(found)
    held = drawn(found, run)
    for line in in_turn(found, held):
        call(found, held, line)
    seat(found, run, held)
    (line,) = [one for one in in_turn(found, held) if one.stratum == ("教育领域专家",)]
    mine = line.ticket.person
    assert mine in (found.persons["expert"], heirs["教育领域专家"])
    enactment.step_aside(replace(found["expert"], person=mine), run=run, reason="须回避", at=MONDAY)
    lost = next(line for line in queries.call_list(found["clerk"], held).lines if line.ticket.person == mine)
    assert (lost.standing, lost.calls[-1].reason) == ("refused", "须回避")
    heir = next(line for line in in_turn(found, held) if line.follows == lost.ticket.ticket)
    seat(found, run, held, uncalled=True)
    assert heir.ticket.person in seated(found, run)
    assert mine not in seated(found, run)


def test_stepping_aside_twice_is_said_once(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    seat(found, run, held, uncalled=True)
    once = new_id()
    for _ in range(2):
        enactment.step_aside(found["expert"], run=run, reason="回避", client_id=once, at=MONDAY)
    line = next(
        one for one in queries.call_list(found["clerk"], held).lines if one.ticket.person == found.persons["expert"]
    )
    assert len(line.calls) == 1


def test_an_opinion_that_is_in_is_not_taken_back_by_a_call(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    seat(found, run, held, uncalled=True)
    opine(found, "expert", run)
    line = next(one for one in in_turn(found, held) if one.ticket.person == found.persons["expert"])
    with pytest.raises(Invalid):
        call(found, held, line, "refused", "不来了")
    assert found.persons["expert"] in seated(found, run)
    with pytest.raises(OpinionGiven):
        enactment.step_aside(found["expert"], run=run, reason="回避", at=MONDAY)


def test_who_holds_a_post_at_the_applicant_must_be_left_out(found: County) -> None:
    with_reserves(found)
    people.hold_post(
        found.keeper, post=people.add_post(found.keeper, organ=found.organs["fire"], title="顾问", at=BEGINS),
        person=found.persons["expert"], from_on=date(2024, 1, 1), at=BEGINS,
    )  # fmt: skip
    run = case(found)
    assert found.persons["expert"] in panel_wanted(found["clerk"], run, on=DAY).barred
    whole = queries.pool(found["clerk"], kind="experts", on=DAY, organ=found.organs["committee"])
    with pytest.raises(Invalid):
        frozen(found, run, candidates=queries.listed(whole, by=("kind",), excluded={}))
    held = drawn(found, run)
    assert found.persons["expert"] not in {line.ticket.person for line in in_turn(found, held)}


def test_a_list_that_is_not_the_whole_committee_is_refused(found: County) -> None:
    run = case(found)
    with pytest.raises(Invalid):
        frozen(found, run, candidates=committee(found, run)[1:])
    left_out = committee(found, run, out={found.persons["expert"]: "生病"})
    with pytest.raises(Invalid):  # the only one of a kind that the plan asks for
        frozen(found, run, candidates=left_out)
    assert panel_wanted(found["clerk"], run, on=DAY).asked == frozenset()


@pytest.mark.parametrize("method", [Pick(4), Share(("organ",), 1, 100)])
def test_a_draw_that_cannot_hold_every_kind_is_refused(found: County, method: Pick | Share) -> None:
    run = case(found)
    whole = queries.pool(found["clerk"], kind="experts", on=DAY, organ=found.organs["committee"])
    by = method.by if isinstance(method, Share) else ()
    with pytest.raises(Invalid):
        frozen(found, run, method=method, candidates=queries.listed(whole, by=by, excluded={}))


def test_one_draw_stands_for_a_panel_until_it_is_void(found: County) -> None:
    run = case(found)
    first = frozen(found, run)
    with pytest.raises(Invalid):
        frozen(found, run)
    draws.void(found["clerk"], draw=first.id, reason="停电", at=MONDAY)
    second = frozen(found, run)
    assert second.replaces == first.number
    told = drawn_for(found["clerk"], first.id)
    assert told is not None
    assert not told.stands
    draws.run(found["clerk"], draw=second.id, at=MONDAY)
    with pytest.raises(Invalid):
        frozen(found, run)


def test_no_draw_is_held_once_members_were_asked_by_hand(found: County) -> None:
    run = case(found)
    listed = lot(found, run)
    seat_panel(found, run)
    with pytest.raises(Invalid):
        enactment.freeze_for_panel(found["clerk"], run=run, frozen=listed, alone=True, at=MONDAY)


def test_a_rehearsal_a_void_draw_and_one_not_run_never_seat(found: County) -> None:
    run = case(found)
    rehearsed = frozen(found, run, rehearsal=True).id
    draws.run(found["clerk"], draw=rehearsed, at=MONDAY)
    void = frozen(found, run).id
    draws.void(found["clerk"], draw=void, reason="停电", at=MONDAY)
    waits = frozen(found, run).id
    for held in (rehearsed, void, waits):
        with pytest.raises(WrongState):
            seat(found, run, held, uncalled=True)
    assert seated(found, run) == set()
    assert drawn_for(found["clerk"], rehearsed) is None


def test_a_draw_of_another_case_or_of_none_never_seats(found: County) -> None:
    run = case(found)
    other = apply(found, title="防诈骗", theme="防诈骗").row.run
    held = drawn(found, other)
    loose = any_draw(found, lot(found, run), alone=True).id
    draws.run(found["clerk"], draw=loose, at=MONDAY)
    for draw in (held, loose):
        with pytest.raises(Invalid):
            seat(found, run, draw, uncalled=True)
    assert seated(found, run) == set()


def test_who_may_not_seat_by_hand_may_not_seat_from_a_draw(found: County) -> None:
    run = case(found)
    listed = lot(found, run)
    for name in ("fire-clerk", "expert", "principal", "police-clerk"):
        with pytest.raises((NotAllowed, NotFound)):
            enactment.freeze_for_panel(found[name], run=run, frozen=listed, alone=True, at=MONDAY)
    with pytest.raises(NotAllowed):  # the leading group holds no draws
        enactment.freeze_for_panel(found["leader"], run=run, frozen=listed, alone=True, at=MONDAY)
    held = drawn(found, run)
    for name in ("fire-clerk", "expert", "principal", "police-clerk", "leader"):
        with pytest.raises((NotAllowed, NotFound)):
            seat(found, run, held, by=name, uncalled=True)
    with pytest.raises(NotFound):
        draws.step_back(found["fire-clerk"], draw=held, reason="不去", at=MONDAY)


def test_seating_again_seats_nobody_twice(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    once = new_id()
    for _ in range(2):
        enactment.seat_panel(found["clerk"], run=run, draw=held, uncalled=True, client_id=once, at=MONDAY)
    seat(found, run, held, uncalled=True)
    panel = run_of(found["clerk"], run).turns[-1].panel
    assert panel is not None
    assert len(panel.members) == 4
    with deed(found["clerk"]):
        assert PanelSeat.objects.count() == 4


def test_a_panel_that_was_named_by_hand_is_not_told_as_drawn(found: County) -> None:
    run = case(found)
    by_hand(found, run, posts_of(found, *EXPERTS))
    assert drawn_panels(found["clerk"], run) == {}


def test_the_database_itself_keeps_one_draw_for_a_panel_and_every_seat(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    seat(found, run, held, uncalled=True)
    other = any_draw(found).id
    with deed(found["clerk"]):
        kept = PanelDraw.objects.get(draw=held)
        with pytest.raises(IntegrityError), transaction.atomic():
            PanelDraw.objects.create(
                bureau_id=found.bureau, draw_id=other, run_id=run, turn_id=kept.turn_id, step=kept.step
            )
        step = PanelDraw.objects.filter(id=kept.pk)
        for act in (PanelSeat.objects.all().delete, lambda: step.update(step="first")):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()


def committee_rows(county: County) -> tuple[PostRow, ...]:
    return tuple(posts_in(county["clerk"], organ=county.organs["committee"], on=DAY))


def name(county: County, run: int, *who: str) -> RunView:
    return enactment.name_panel(county["clerk"], run=run, posts=posts_of(county, *who), at=MONDAY)


def test_nobody_is_named_by_hand_while_a_draw_is_under_way_or_has_tickets_left(found: County) -> None:
    with_reserves(found)
    run = case(found)
    held = frozen(found, run)
    with pytest.raises(Invalid):
        name(found, run, *EXPERTS)
    draws.run(found["clerk"], draw=held.id, at=MONDAY)
    with pytest.raises(Invalid):
        name(found, run, *EXPERTS)
    with pytest.raises(NotAllowed):
        enactment.name_panel(found["leader"], run=run, posts=posts_of(found, *EXPERTS), at=MONDAY)
    assert seated(found, run) == set()


def test_by_hand_is_named_only_where_nobody_of_the_kind_is_left_to_follow(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    seat(found, run, held, uncalled=True)
    line = next(one for one in in_turn(found, held) if one.stratum == ("人大代表",))
    call(found, held, line, "refused", "出差")
    with_reserves(found)  # elected after the draw
    committee_posts = {row.title: row.id for row in committee_rows(found)}
    for title, fits in (("委员己", False), ("委员庚", True)):
        if fits:
            enactment.name_panel(found["clerk"], run=run, posts=[committee_posts[title]], at=MONDAY)
        else:
            with pytest.raises(Invalid):
                enactment.name_panel(found["clerk"], run=run, posts=[committee_posts[title]], at=MONDAY)
    assert len(seated(found, run)) == 4


def test_a_void_draw_bars_nobody_from_being_named(found: County) -> None:
    run = case(found)
    draws.void(found["clerk"], draw=frozen(found, run).id, reason="停电", at=MONDAY)
    name(found, run, *EXPERTS)
    assert len(seated(found, run)) == 4


def test_whoever_agreed_and_then_cannot_come_is_excused_and_followed(found: County) -> None:
    with_reserves(found)
    run = case(found)
    held = drawn(found, run)
    for line in in_turn(found, held):
        call(found, held, line)
    seat(found, run, held)
    first = in_turn(found, held)[0]
    with pytest.raises(WrongState):
        call(found, held, first, "tried")
    call(found, held, first, "absent", "住院", after_all=True)
    assert first.ticket.person not in seated(found, run)
    heir = next(line for line in in_turn(found, held) if line.follows == first.ticket.ticket)
    seat(found, run, held, uncalled=True)
    assert heir.ticket.person in seated(found, run)


def test_a_call_is_taken_back_until_somebody_was_seated_by_it(found: County) -> None:
    with_reserves(found)
    run = case(found)
    held = drawn(found, run)
    first, second = in_turn(found, held)[:2]
    call(found, held, first, "refused", "记错一行")
    enactment.take_back_call(found["clerk"], draw=held, ticket=first.ticket.ticket, at=MONDAY)
    assert first.ticket.ticket in {one.ticket.ticket for one in in_turn(found, held)}
    seat(found, run, held, uncalled=True)
    assert {first.ticket.person, second.ticket.person} <= seated(found, run)
    call(found, held, second)
    with pytest.raises(WrongState):
        enactment.take_back_call(found["clerk"], draw=held, ticket=second.ticket.ticket, at=MONDAY)


def test_what_a_call_came_to_stays_once_the_panel_is_closed(found: County) -> None:
    run = case(found)
    held = drawn(found, run)
    for line in in_turn(found, held):
        call(found, held, line)
    seat(found, run, held)
    for who in EXPERTS[:3]:
        opine(found, who, run)
    with pytest.raises(WrongState):
        call(found, held, in_turn(found, held)[0], "unfit", "意见不合", after_all=True)


def test_nobody_is_left_out_by_hand_so_that_the_outcome_is_certain(found: County) -> None:
    heirs = with_reserves(found)
    run = case(found)
    for out in (heirs["人大代表"], found.persons["expert"]):
        with pytest.raises(Invalid):
            frozen(found, run, candidates=committee(found, run, out={out: "出差"}))
    third = people.add_person(found.keeper, name="候补九", at=BEGINS)
    post = people.add_post(
        found.keeper, organ=found.organs["committee"], title="委员壬", member_kind="人大代表", at=BEGINS
    )
    people.hold_post(found.keeper, post=post, person=third, from_on=date(2024, 1, 1), at=BEGINS)
    assert frozen(found, run, candidates=committee(found, run, out={third: "出差"})).state == "sealed"
