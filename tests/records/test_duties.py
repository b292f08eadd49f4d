"""Duties: they open on their day, are handed in, judged, waived, moved; and nobody does another's part."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, LinkSpent, NotAllowed, NotFound, QingfuError, WrongState
from qingfu.packfile.read import load
from qingfu.packfile.words.pack import Pack
from qingfu.records.duties import actions as duties
from qingfu.records.duties.queries import TaskRow, board, counts, late_organs, mine, next_opening, task, task_by_link
from qingfu.records.duties.states import TASK
from qingfu.records.enactment.actions import hand_in, hand_in_by_link, open_the_day
from qingfu.records.journal.actions import deed
from qingfu.records.journal.queries import reading
from qingfu.records.models import Problem, Task
from tests.cast import SEATS, County, county, enact_plan, moment

pytestmark = pytest.mark.django_db
NOTHING_FOUND = {"problems": [], "note": "逐条核对，未发现问题。"}


def one_problem(home: County) -> dict[str, Any]:
    """A problem list with one row."""
    row = {"problem": "连续三周要求教师微信接龙转发消防答题", "kind": "heavy-trace", "owner": home.organs["fire"]}
    return {"problems": [row]}


def census(home: County, organ: str) -> TaskRow:
    """The census task of one organ."""
    rows = board(home["clerk"], edition=home.edition, duty="census", at=moment("2024-07-16"), size=100).rows
    return next(row for row in rows if row.organ.id == home.organs[organ])


@pytest.mark.proves("P12")
@pytest.mark.proves("A04")
def test_the_census_is_laid_on_every_department_township_and_school(home: County) -> None:
    (row,) = [c for c in counts(home["clerk"], edition=home.edition, at=moment("2024-07-16")) if c.duty == "census"]
    assert (row.total, row.late, row.next_due) == (5, 0, date(2024, 7, 30))


def test_opening_a_day_twice_changes_nothing(home: County) -> None:
    before = board(home["clerk"], edition=home.edition, at=moment("2024-07-17"), size=500)
    open_the_day(bureau=home.bureau, at=moment("2024-07-17"))
    open_the_day(bureau=home.bureau, at=moment("2024-07-17"))
    assert board(home["clerk"], edition=home.edition, at=moment("2024-07-17"), size=500) == before


@pytest.mark.proves("P12")
def test_a_handed_in_problem_becomes_a_line_of_the_ledger_once(home: County) -> None:
    row = census(home, "school")
    hand_in(home["principal"], task=row.id, content=one_problem(home), client_id=new_id(), at=moment("2024-07-20"))
    duties.give_back(home["clerk"], task=row.id, reason="请补充时间", at=moment("2024-07-21"))
    hand_in(home["principal"], task=row.id, content=one_problem(home), client_id=new_id(), at=moment("2024-07-22"))
    with reading(home.keeper):
        assert [p.title for p in Problem.objects.all()] == [one_problem(home)["problems"][0]["problem"]]


def test_handing_in_twice_with_one_client_id_is_once(home: County) -> None:
    row, once = census(home, "school"), new_id()
    for _ in range(2):
        hand_in(home["principal"], task=row.id, content=one_problem(home), client_id=once, at=moment("2024-07-20"))
    assert len(task(home["clerk"], row.id, at=moment("2024-07-20")).hand_ins) == 1


@pytest.mark.proves("P17")
def test_late_is_known_the_day_after_and_not_on_the_day(home: County) -> None:
    late = late_organs(home["clerk"], edition=home.edition, duty="census", at=moment("2024-07-30"))
    assert late == ()
    late = late_organs(home["clerk"], edition=home.edition, duty="census", at=moment("2024-07-31"))
    assert {row.organ.code for row in late} == {"school", "other-school", "town", "fire", "police"}


@pytest.mark.proves("P05")
def test_a_moved_day_shows_old_and_new_to_everybody(home: County) -> None:
    moved = duties.move_duty(
        home["clerk"],
        edition=home.edition,
        duty="census",
        to=date(2024, 8, 5),
        reason="汛期延后",
        at=moment("2024-07-25"),
    )
    seen = [row for row in mine(home["principal"], at=moment("2024-07-31")) if row.duty == "census"]
    assert moved == 5
    assert [(row.moved_from, row.due_on, row.late) for row in seen] == [(date(2024, 7, 30), date(2024, 8, 5), False)]


def test_a_day_is_not_moved_without_a_reason(home: County) -> None:
    with pytest.raises(Invalid):
        duties.move_duty(
            home["clerk"], edition=home.edition, duty="census", to=date(2024, 8, 5), reason=" ", at=moment("2024-07-25")
        )


def test_a_school_cannot_move_the_county(home: County) -> None:
    with pytest.raises(NotAllowed):
        duties.move_duty(
            home["principal"],
            edition=home.edition,
            duty="census",
            to=date(2024, 8, 5),
            reason="忙",
            at=moment("2024-07-25"),
        )


def test_what_the_office_types_in_from_paper_is_marked(home: County) -> None:
    row = census(home, "other-school")
    with pytest.raises(Invalid):
        hand_in(home["clerk"], task=row.id, content=NOTHING_FOUND, at=moment("2024-07-20"))
    view = hand_in(home["clerk"], task=row.id, content=NOTHING_FOUND, on_behalf="校长刘某", at=moment("2024-07-20"))
    assert [(h.via, h.on_behalf) for h in view.hand_ins] == [("paper", "校长刘某")]


def test_a_school_without_an_account_hands_in_through_a_link_once(home: County) -> None:
    row = census(home, "other-school")
    token = duties.send_link(home["clerk"], task=row.id, at=moment("2024-07-20"))
    seen = task_by_link(bureau=home.bureau, token=token, at=moment("2024-07-21"))
    assert seen.row.id == row.id
    view = hand_in_by_link(
        bureau=home.bureau, token=token, content=one_problem(home), signed="办公室 陈", client_id=new_id(),
        at=moment("2024-07-21"),
    )  # fmt: skip
    assert [(h.via, h.on_behalf) for h in view.hand_ins] == [("link", "办公室 陈")]
    with pytest.raises(LinkSpent):
        hand_in_by_link(
            bureau=home.bureau,
            token=token,
            content=one_problem(home),
            signed="陈",
            client_id=new_id(),
            at=moment("2024-07-22"),
        )


def test_a_repeat_through_the_link_gets_the_first_answer(home: County) -> None:
    row, once = census(home, "other-school"), new_id()
    token = duties.send_link(home["clerk"], task=row.id, at=moment("2024-07-20"))
    for _ in range(2):
        hand_in_by_link(
            bureau=home.bureau,
            token=token,
            content=one_problem(home),
            signed="陈",
            client_id=once,
            at=moment("2024-07-21"),
        )
    assert len(task(home["clerk"], row.id, at=moment("2024-07-21")).hand_ins) == 1


def test_what_asks_for_nothing_is_never_late_and_closes_by_itself(home: County) -> None:
    open_the_day(bureau=home.bureau, at=moment("2024-07-21"))
    rows = board(home["clerk"], edition=home.edition, duty="launch", at=moment("2024-07-21")).rows
    assert [(row.state, row.late) for row in rows] == [("accepted", False)]


def _and_once_a_year(pack: Pack) -> Pack:
    """The plan with one more duty of every school, which comes again each year."""
    census = pack.duties["census"]
    again = {"who": ["school"], "due": {"each": "year", "month": 3}, "due_for": {}, "opens_on": None}
    yearly = type(census).model_validate({**census.model_dump(), **again})
    return pack.model_copy(update={"duties": {**pack.duties, "yearly": yearly}})


def test_what_opens_after_the_tasks_that_are_laid_out_is_expected_all_the_same(home: County) -> None:
    autumn, winter = moment("2024-09-30"), moment("2024-11-10")
    open_the_day(bureau=home.bureau, at=autumn)
    assert next_opening(home["principal"], at=autumn) is None
    far = county("yuanxian", enact=False)
    enact_plan(far, _and_once_a_year(load("hechuan-2024")), SEATS, at=autumn)
    assert not board(far["clerk"], edition=far.edition, state="waiting", at=autumn).rows
    assert next_opening(far["principal"], at=autumn) == date(2025, 1, 1)
    assert next_opening(far["fire-clerk"], at=autumn) is None
    open_the_day(bureau=far.bureau, at=winter)
    assert board(far["clerk"], edition=far.edition, duty="yearly", state="waiting", at=winter).rows
    assert next_opening(far["principal"], at=winter) == date(2025, 1, 1)


def test_a_school_sees_its_own_tasks_only(home: County) -> None:
    rows = board(home["principal"], edition=home.edition, at=moment("2024-07-20"), size=500).rows
    assert {row.organ.id for row in rows} == {home.organs["school"]}
    with pytest.raises(NotFound):
        task(home["principal"], census(home, "other-school").id, at=moment("2024-07-20"))


# Every verb in every state as every role, through the real verbs.
ROLES = {"doer": "principal", "receiver": "clerk", "stranger": "other-principal"}


def _verb(actor: Actor, verb: str, row: int) -> None:
    at = moment("2024-07-22")
    match verb:
        case "hand_in":
            hand_in(actor, task=row, content=NOTHING_FOUND, on_behalf="校长", at=at)
        case "tick_off":
            duties.tick_off(actor, task=row, at=at)
        case "accept":
            duties.accept(actor, task=row, at=at)
        case "give_back":
            duties.give_back(actor, task=row, reason="请补充", at=at)
        case "waive":
            duties.waive(actor, task=row, reason="已撤并", at=at)


@pytest.mark.parametrize(
    ("state", "verb", "role"),
    list(product(TASK.states, ("hand_in", "tick_off", "accept", "give_back", "waive"), ROLES)),
)
def test_every_verb_in_every_state_as_every_role(home: County, state: str, verb: str, role: str) -> None:
    row = census(home, "school")
    with deed(home.keeper):
        Task.objects.filter(id=row.id).update(state=state)
    actor = home[ROLES[role]]
    # The office is receiver and may also type in from paper; a form duty is never ticked off.
    roles = {"doer": {"doer"}, "receiver": {"receiver", "typist"}, "stranger": set()}[role]
    allowed = verb in TASK.verbs(state, roles) and verb != "tick_off"
    if allowed:
        _verb(actor, verb, row.id)
        target = TASK.move(state, verb, roles)
        assert task(home["clerk"], row.id, at=moment("2024-07-22")).row.state == target
        return
    with pytest.raises(QingfuError) as refused:
        _verb(actor, verb, row.id)
    assert isinstance(refused.value, NotFound if role == "stranger" else (WrongState, NotAllowed, Invalid))
    with reading(home.keeper):
        assert Task.objects.get(id=row.id).state == state
