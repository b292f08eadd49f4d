"""Sunshine class placement in the register: drawn and not chosen, and what becomes of it afterwards (C07, C08)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from qingfu.base import verify_draw
from qingfu.base.actor import Actor
from qingfu.base.errors import AboveCap, Invalid, NotAllowed, NotFound, QingfuError, SecondSplit, WrongState
from qingfu.packfile.read import load
from qingfu.records.draws import queries as draws
from qingfu.records.journal.actions import deed
from qingfu.records.journal.models import Entry
from qingfu.records.placement import actions, queries
from qingfu.records.placement.actions import NewPupil, NewTeam
from qingfu.records.placement.models import Placement
from qingfu.records.placement.queries import PlacementView
from qingfu.records.placement.states import PLACEMENT
from tests.cast import County, everybody, moment
from tests.records.placement.classes import AT, listed, opened, placed, roster
from tests.records.stage import found, stage, undone

__all__ = ["found", "stage"]


def capped(county: County, cap: int) -> int:
    """A placement under a cap, as if a plan in force said so."""
    held = opened(county)
    with deed(county["principal"]):
        Placement.objects.filter(id=held).update(cap=cap, clause="五(一)2e")
    return held


@pytest.mark.proves("C07")
def test_classes_are_as_even_as_arithmetic_allows_and_pairs_are_kept(found: County) -> None:
    view = placed(found)
    assert [one.size for one in view.classes] == [45, 45]
    assert [one.word for one in view.balances if one.spread > one.limit] == []
    where = {one.number: one.label for one in view.pupils}
    assert where["N010"] != where["N011"]
    assert where["N020"] == where["N021"]
    assert view.unmet == ()
    own = next(one for one in view.classes if one.label == where["N030"])
    assert own.team != "甲老师组"
    assert {one.team for one in view.classes} == {"甲老师组", "乙老师组"}


@pytest.mark.proves("C07")
def test_the_record_verifies_and_carries_no_name(found: County) -> None:
    view = placed(found)
    drawn = draws.draw(found["principal"], view.row.draw or 0)
    assert drawn.record is not None
    assert verify_draw.verify(drawn.record, drawn.anchor).verdict == "replayable"
    text = drawn.record.decode()
    assert not any(word in text for word in ("学生0", "甲老师", "东河镇", "双胞胎"))
    by_ticket = {one.ticket: one.label for one in view.pupils}
    for one in drawn.result["classes"]:
        assert {by_ticket[ticket] for ticket in one["tickets"]} == {one["label"]}


def test_the_bureau_sees_counts_and_tickets_and_no_names(found: County) -> None:
    view = placed(found)
    seen = queries.placement(found["clerk"], view.row.id)
    assert (seen.names, seen.pupils, seen.ties, seen.teams) == (False, (), (), ())
    assert [one.size for one in seen.classes] == [45, 45]
    assert seen.balances == view.balances
    with pytest.raises(NotFound):
        draws.tickets(found["clerk"], view.row.draw or 0)
    with pytest.raises(NotFound):
        draws.slips(found["clerk"], view.row.draw or 0)
    assert len(draws.slips(found["principal"], view.row.draw or 0)) == 90


@pytest.mark.proves("C08")
def test_a_class_above_the_cap_needs_a_written_permit(found: County) -> None:
    held = capped(found, 45)
    school = found["principal"]
    assert actions.bring_roster(school, placement=held, pupils=roster(91), at=AT).row.classes == 3
    actions.bring_roster(school, placement=held, pupils=roster(92), classes=2, at=AT)
    with pytest.raises(AboveCap):
        actions.freeze_list(school, placement=held, alone=True, at=AT)
    actions.bring_roster(school, placement=held, pupils=roster(92), classes=2, permit="县教字〔2024〕12号", at=AT)
    actions.freeze_list(school, placement=held, alone=True, at=AT)
    assert max(one.size for one in actions.draw_classes(school, placement=held, at=AT).classes) == 46


@pytest.mark.proves("C08")
def test_the_cap_is_the_plans_own_number_by_stage() -> None:
    from qingfu.packfile.limits import rules_of_one

    limit = load("burden-30-measures").limits["class-size"]
    (rule,) = rules_of_one("class-size", limit)
    assert (rule.bound.of("P1", None), rule.bound.of("J1", None), rule.measure.column) == (45, 50, "pupils")


@pytest.mark.proves("C07")
def test_a_second_split_is_refused_in_every_later_year(found: County) -> None:
    placed(found)
    for year, grade in ((2024, "P1"), (2025, "P2")):
        with pytest.raises(SecondSplit):
            actions.open_placement(found["principal"], year=year, grade=grade, at=moment("2024-09-20"))
    assert opened(found, grade="P1", year=2025)


def test_a_placement_that_was_only_begun_is_found_again_and_blames_nobody(found: County) -> None:
    who = found["principal"]
    held = opened(found)
    for year, grade in ((2024, "P1"), (2025, "P2")):
        assert actions.open_placement(who, year=year, grade=grade, at=AT).row.id == held
    with deed(who):
        assert Placement.objects.count() == 1
    assert "placement.refuse_split" not in [verb for verb, _ in everything_said(found)]


def everything_said(found: County) -> list[tuple[str, int]]:
    with deed(found["clerk"]):
        return list(Entry.objects.values_list("verb", "subject_id"))


@pytest.mark.proves("C07")
def test_tickets_are_in_no_order_of_the_list(found: County) -> None:
    """Else the posted record, beside a class list by number, would say of each child who has special needs."""
    view = placed(found)
    tickets = [one.ticket for one in sorted(view.pupils, key=lambda one: one.number)]
    assert sorted(tickets) == [f"{place:03d}" for place in range(1, 91)]
    assert tickets != sorted(tickets)


@pytest.mark.proves("C07")
def test_who_comes_later_takes_the_next_seats_of_the_same_draw(found: County) -> None:
    view = placed(found, count=89)
    seats = draws.draw(found["principal"], view.row.draw or 0).result["later"]
    assert isinstance(seats, list)
    for place in range(3):
        new = actions.NewPupil(number=f"L{place}", name=f"后到{place}", gender="m", level=100)
        view = actions.arrive(found["principal"], placement=view.row.id, pupil=new, at=AT)
    assert [one.label for one in view.pupils if one.later] == seats[:3]
    assert view.seats_left == len(seats) - 3
    # The first seat is in the smaller class.
    assert seats[0] == min(placed_sizes(view, before=3), key=lambda pair: pair[1])[0]


def placed_sizes(view: queries.PlacementView, *, before: int) -> list[tuple[str, int]]:
    """Sizes as they were before the last arrivals."""
    late = [one.label for one in view.pupils if one.later and one.later <= before]
    return [(one.label, one.size - late.count(one.label)) for one in view.classes]


@pytest.mark.proves("C07")
def test_a_change_by_hand_is_an_exception_with_reason_and_approver_that_stays(found: County) -> None:
    view = placed(found)
    pupil = view.pupils[0]
    goal = next(one.label for one in view.classes if one.label != pupil.label)
    said = {"placement": view.row.id, "number": pupil.number, "goal": goal, "at": AT}
    for reason, approver in (("", "县教育局"), ("行动不便，一楼教室", " ")):
        with pytest.raises(Invalid):
            actions.except_pupil(found["principal"], reason=reason, approver=approver, **said)  # type: ignore[arg-type]
    view = actions.except_pupil(found["principal"], reason="行动不便", approver="县教育局基教股", **said)  # type: ignore[arg-type]
    assert next(one for one in view.pupils if one.number == pupil.number).label == goal
    assert queries.placement_row(found["clerk"], view.row.id).largest == view.row.largest == 46
    change = queries.placement(found["clerk"], view.row.id).changes[0]
    assert (change.kind, change.pupil, change.approver) == ("exception", pupil.ticket, "县教育局基教股")
    with (
        deed(found["principal"]),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM placement_change")


def test_whoever_left_keeps_the_trace_and_the_place_stays_empty(found: County) -> None:
    view = placed(found)
    view = actions.leave(found["principal"], placement=view.row.id, number="N001", reason="随父母迁居", at=AT)
    assert sorted(one.size for one in view.classes) == [44, 45]
    with pytest.raises(NotFound):
        actions.leave(found["principal"], placement=view.row.id, number="N001", reason="再次", at=AT)


@pytest.mark.proves("C07")
def test_next_years_lists_show_a_quiet_reshuffle_and_forgive_new_labels(found: County) -> None:
    view = placed(found)
    first, second = (one.label for one in view.classes)
    renamed = {one.number: {first: "二(2)班", second: "二(1)班"}[one.label] for one in view.pupils}
    assert queries.compared(found["principal"], view.row.id, now=renamed).moved == ()
    swapped = dict(renamed)
    for number in [one.number for one in view.pupils if one.label == first][:10]:
        swapped[number] = "二(1)班"
    told = queries.compared(found["principal"], view.row.id, now=swapped)
    assert (len(told.moved), told.quiet) == (10, True)
    del swapped["N050"]
    assert queries.compared(found["principal"], view.row.id, now={**swapped, "X": "二(1)班"}).missing == ("N050",)


@pytest.mark.proves("C07")
def test_a_class_for_the_best_is_seen_even_where_few_of_the_grade_moved(found: County) -> None:
    view = placed(found, count=200, classes=5)
    now = {one.number: one.label for one in view.pupils}
    best = [one.number for one in view.pupils if one.label == "1班"][:9]
    for number in best:
        now[number] = "2班"
    told = queries.compared(found["principal"], view.row.id, now=now)
    assert (len(told.moved), told.gathered, told.quiet) == (9, (), False)
    now |= dict.fromkeys(best, "实验班")
    assert queries.compared(found["principal"], view.row.id, now=now).gathered == ("实验班",)
    assert queries.compared(found["principal"], view.row.id, now=now).quiet


@pytest.mark.proves("C07")
def test_a_list_with_other_numbers_never_says_that_the_classes_stayed_together(found: County) -> None:
    view = placed(found)
    other = {f"{one.number}-2025": "一(1)班" for one in view.pupils}
    told = queries.compared(found["principal"], view.row.id, now=other)
    assert (told.moved, told.unclear) == ((), True)
    part = {one.number: one.label for one in view.pupils[:60]}
    assert queries.compared(found["principal"], view.row.id, now=part).unclear
    assert not queries.compared(found["principal"], view.row.id, now={**part, **_rest(view, 60)}).unclear


def _rest(view: PlacementView, start: int) -> dict[str, str]:
    return {one.number: one.label for one in view.pupils[start:]}


@pytest.mark.proves("C07")
def test_the_list_of_pupils_who_were_placed_is_a_second_split_whatever_it_is_opened_for(found: County) -> None:
    placed(found)
    school, later = found["principal"], opened(found, year=2025)
    renumbered = [replace(one, number=f"B{one.number}") for one in roster()]
    for again in (roster(), roster()[:30], renumbered):
        with pytest.raises(SecondSplit):
            actions.bring_roster(school, placement=later, pupils=again, at=AT)
    fresh = [replace(one, number=f"Z{one.number}", name=f"新生{one.number}") for one in roster()]
    # Somebody repeats the year.
    assert actions.bring_roster(school, placement=later, pupils=[*fresh, roster()[4]], at=AT).row.pupils == 91


@pytest.mark.proves("C07")
def test_what_is_told_of_a_team_is_of_the_whole_team_and_whatever_cannot_be_is_named(found: County) -> None:
    held, school = listed(found), found["principal"]
    wrong = [NewTeam("甲", teachers=3, seniors=4), NewTeam("乙", teachers=0, years=70)]
    with pytest.raises(Invalid) as refused:
        actions.name_teams(school, placement=held, teams=wrong, at=AT)
    assert [fault.field for fault in refused.value.faults] == ["seniors-1", "teachers-2", "years-2"]
    told = [NewTeam("甲老师组", 3, 1, 12), NewTeam("乙老师组", 3)]
    view = actions.name_teams(school, placement=held, teams=told, at=AT)
    assert {(one.name, one.teachers, one.seniors, one.years) for one in view.teams} == {
        ("甲老师组", 3, 1, 12), ("乙老师组", 3, None, None),
    }  # fmt: skip
    # A team that stays keeps the child of one of its teachers away.
    assert [one.kind for one in view.ties].count("avoid") == 1
    with pytest.raises(Invalid):
        actions.name_teams(school, placement=held, teams=[NewTeam("甲"), NewTeam("甲 ")], at=AT)


@pytest.mark.proves("C08")
def test_nobody_comes_into_a_full_class_after_the_draw_without_a_permit(found: County) -> None:
    held, school = capped(found, 45), found["principal"]
    actions.bring_roster(school, placement=held, pupils=roster(90), at=AT)
    actions.freeze_list(school, placement=held, alone=True, at=AT)
    view = actions.draw_classes(school, placement=held, at=AT)
    new = NewPupil(number="L1", name="后到者", gender="f")
    with pytest.raises(AboveCap):
        actions.arrive(school, placement=held, pupil=new, permit=" ", at=AT)
    moved, goal = view.classes[0].pupils[0], view.classes[1].label
    said: dict[str, Any] = {"placement": held, "number": moved.number, "goal": goal}
    said |= {"reason": "行动不便", "approver": "基教股"}
    with pytest.raises(AboveCap):
        actions.except_pupil(school, **said, at=AT)
    assert (
        actions.arrive(school, placement=held, pupil=new, permit="教基〔2024〕12号", at=AT).permit == "教基〔2024〕12号"
    )
    assert actions.except_pupil(school, **said, at=AT).row.largest >= 46


def test_a_void_draw_opens_the_list_again_and_the_next_notice_says_why(found: County) -> None:
    held, school = listed(found), found["principal"]
    first = actions.freeze_list(school, placement=held, at=AT)
    with pytest.raises(WrongState):
        actions.bring_roster(school, placement=held, pupils=roster(10), at=AT)
    actions.give_up(school, placement=held, reason="漏了两名学生", at=AT)
    actions.bring_roster(school, placement=held, pupils=roster(92), classes=2, at=AT)
    again = actions.freeze_list(school, placement=held, alone=True, at=AT)
    assert again.notice.replaces is not None
    assert (again.notice.replaces.draw, again.notice.replaces.reason) == (first.number, "漏了两名学生")
    assert actions.draw_classes(school, placement=held, at=AT).row.pupils == 92


def test_a_rehearsal_leaves_the_list_open(found: County) -> None:
    held, school = listed(found), found["principal"]
    told = actions.rehearse(school, placement=held, at=AT)
    assert told.rehearsal
    assert queries.placement(school, held).row.state == "collecting"


def test_as_many_classes_as_the_school_chooses_and_no_class_without_a_pupil(found: County) -> None:
    held, school = listed(found), found["principal"]
    assert actions.choose_classes(school, placement=held, classes=3, permit=" 批复 ", at=AT).row.classes == 3
    assert queries.placement(school, held).permit == "批复"
    for wrong in (0, 91):
        with pytest.raises(Invalid):
            actions.choose_classes(school, placement=held, classes=wrong, at=AT)
    assert queries.placement_row(school, held).classes == 3


def test_a_faulty_roster_is_refused_and_the_former_one_stays(found: County) -> None:
    held, school = listed(found), found["principal"]
    odd = [*roster(3), roster(1)[0], actions.NewPupil(number="", name="无名", gender="x")]
    for pupils in (odd, []):
        with pytest.raises(Invalid):
            actions.bring_roster(school, placement=held, pupils=pupils, at=AT)
    assert queries.placement(school, held).row.pupils == 90


def test_nobody_is_the_twin_of_himself(found: County) -> None:
    held = listed(found)
    with pytest.raises(Invalid, match="same pupil"):
        actions.tie(found["principal"], placement=held, kind="apart", one="N050", other="N050", reason="双胞胎", at=AT)


def test_pairs_that_contradict_each_other_are_named_before_anything_is_posted(found: County) -> None:
    held, school = listed(found), found["principal"]
    actions.tie(school, placement=held, kind="together", one="N011", other="N012", reason="表亲", at=AT)
    actions.tie(school, placement=held, kind="together", one="N012", other="N010", reason="表亲", at=AT)
    with pytest.raises(Invalid):
        actions.freeze_list(school, placement=held, alone=True, at=AT)
    with pytest.raises(Invalid):
        actions.tie(school, placement=held, kind="together", one="N012", other="N010", reason="又一次", at=AT)


def test_a_repeat_changes_nothing(found: County) -> None:
    from qingfu.base.chance import new_id

    held, school, once, twice = listed(found), found["principal"], new_id(), new_id()
    first = actions.freeze_list(school, placement=held, alone=True, client_id=once, at=AT)
    assert actions.freeze_list(school, placement=held, alone=True, client_id=once, at=AT).id == first.id
    drawn = actions.draw_classes(school, placement=held, client_id=twice, at=AT)
    assert actions.draw_classes(school, placement=held, client_id=twice, at=AT).classes == drawn.classes


VERBS: dict[str, Callable[[Actor, int], object]] = {
    "bring_roster": lambda who, held: actions.bring_roster(who, placement=held, pupils=roster(90), classes=2, at=AT),
    "choose_classes": lambda who, held: actions.choose_classes(who, placement=held, classes=3, at=AT),
    "tie": lambda who, held: actions.tie(
        who, placement=held, kind="apart", one="N001", other="N002", reason="x", at=AT
    ),
    "untie": lambda who, held: actions.untie(who, placement=held, tie=0, at=AT),
    "name_teams": lambda who, held: actions.name_teams(
        who, placement=held, teams=[NewTeam("甲"), NewTeam("乙")], at=AT
    ),
    "rehearse": lambda who, held: actions.rehearse(who, placement=held, at=AT),
    "freeze_list": lambda who, held: actions.freeze_list(who, placement=held, alone=True, at=AT),
    "draw_classes": lambda who, held: actions.draw_classes(who, placement=held, at=AT),
    "give_up": lambda who, held: actions.give_up(who, placement=held, reason="停电", at=AT),
    "arrive": lambda who, held: actions.arrive(
        who, placement=held, pupil=actions.NewPupil(number="Z1", name="后到", gender="f"), at=AT
    ),
    "leave": lambda who, held: actions.leave(who, placement=held, number="N001", reason="迁居", at=AT),
    "except_pupil": lambda who, held: actions.except_pupil(
        who, placement=held, number="N001", goal="9班", reason="x", approver="y", at=AT
    ),
}


@pytest.mark.parametrize("state", ["collecting", "frozen", "placed"])
def test_every_verb_in_every_state_as_every_member_of_the_cast(found: County, state: str) -> None:
    held = listed(found)
    if state != "collecting":
        actions.freeze_list(found["principal"], placement=held, alone=True, at=AT)
    if state == "placed":
        actions.draw_classes(found["principal"], placement=held, at=AT)
    office = {
        "clerk",
        "second-clerk",
        "reviewer",
        "second-reviewer",
        "leader",
        "deputy",
        "convener",
        "secretary",
        "keeper",
    }
    wrong = []
    for name, actor in everybody(found):
        for verb, act in VERBS.items():
            possible = any((row.source, row.verb) == (state, verb) for row in PLACEMENT.rows)
            want: type[QingfuError] | None = None if possible else WrongState
            if name not in ("principal", "school-clerk"):
                want = NotAllowed if name in office else NotFound
            got: type[QingfuError] | None = None
            with undone():
                try:
                    act(actor, held)
                except (NotAllowed, WrongState) as refused:
                    got = NotAllowed if isinstance(refused, NotAllowed) else WrongState
                except NotFound:
                    got = None if want is None else NotFound
                except Invalid:
                    got = None
            if got != want:
                wrong.append((name, verb, got, want))
    assert wrong == []


def test_every_verb_of_the_table_is_tried_here() -> None:
    assert set(VERBS) == set(PLACEMENT.all_verbs)


def test_a_rehearsal_shows_what_would_come_out_to_the_school_alone(found: County) -> None:
    from qingfu.records.draws import actions as draw_actions

    held, school = listed(found), found["principal"]
    told = actions.rehearse(school, placement=held, at=AT)
    assert [one.draw for one in queries.rehearsals(school, held)] == [told.id]
    with pytest.raises(NotFound):
        queries.rehearsed(school, held, told.id)
    draw_actions.run(school, draw=told.id, at=AT)
    shown = queries.rehearsed(school, held, told.id)
    assert [one.values for one in shown.balances if one.word == "size"] == [(45, 45)]
    assert (shown.unmet, len(shown.labels)) == ((), 2)
    for who in ("clerk", "other-principal"):
        with pytest.raises(NotFound):
            queries.rehearsed(found[who], held, told.id)
    real = actions.freeze_list(school, placement=held, alone=True, at=AT)
    with pytest.raises(NotFound):
        queries.require_rehearsal(school, held, real.id)


def test_departments_have_no_business_with_placements(found: County) -> None:
    queries.require_reader(found["clerk"])
    queries.require_reader(found["other-principal"])
    with pytest.raises(NotAllowed):
        queries.require_reader(found["fire-clerk"])
    assert queries.placements(found["other-principal"]) == ()
