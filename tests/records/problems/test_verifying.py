"""Striking off by somebody else, looking again, and the same line reopened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from qingfu.base.errors import Invalid, NotAllowed, SomebodyElse
from qingfu.records.people import actions as people
from qingfu.records.problems import actions
from qingfu.records.problems.queries import ProblemView, inbox
from tests.cast import County, delegate_of, moment
from tests.records.problems.lines import in_state, line, planned, seen

AT = moment("2024-07-25")


def judged(county: County, held: int, by: str = "clerk") -> ProblemView:
    return actions.strike_off(county[by], problem=held, reason="现场看过", at=AT)


@pytest.mark.proves("P14")
def test_a_line_is_struck_off_by_somebody_else_and_the_re_visit_is_set_by_the_plan(found: County) -> None:
    view = judged(found, in_state(found, "reported"))
    assert view.row.state == "struck-off"
    # The county filled the blank with three days.
    assert view.row.revisit_on == date(2024, 7, 28)
    assert [(v.round, v.verdict, v.reason) for v in view.verifications] == [(1, "struck-off", "现场看过")]


def typed_in(county: County) -> int:
    held = in_state(county, "planned")
    actions.report_done(county["clerk"], problem=held, text="纸质回函", at=moment("2024-07-22"))
    return held


def planned_by_clerk(county: County) -> int:
    held = line(county).id
    planned(county, held, by="clerk")
    actions.report_done(county["principal"], problem=held, text="已停止", at=moment("2024-07-22"))
    return held


def posted_at_school(county: County) -> int:
    post = people.add_post(county.keeper, organ=county.organs["school"], title="兼职督导", at=AT)
    people.hold_post(
        county.keeper, post=post, person=county.persons["clerk"], from_on=date(2024, 7, 1), at=AT
    )  # fmt: skip
    return in_state(county, "reported")


def lent_by_principal(county: County) -> int:
    delegate_of(county, "principal", "clerk", days=30, at=moment("2024-07-20"))
    return in_state(county, "reported")


def lent_to_principal(county: County) -> int:
    delegate_of(county, "clerk", "principal", days=30, at=moment("2024-07-20"))
    return in_state(county, "reported")


def lent_and_ended_in_between(county: County) -> int:
    held = in_state(county, "reported")
    delegate_of(county, "principal", "clerk", days=1, at=moment("2024-07-22"))
    return held


@pytest.mark.proves("P14")
@pytest.mark.parametrize(
    "story",
    [typed_in, planned_by_clerk, posted_at_school, lent_by_principal, lent_to_principal, lent_and_ended_in_between],
)
def test_whoever_did_the_work_or_is_bound_to_those_who_did_may_not_verify(
    found: County, story: Callable[[County], int]
) -> None:
    held = story(found)
    with pytest.raises(SomebodyElse) as refused:
        judged(found, held)
    assert refused.value.clause
    assert seen(found, held).bound
    assert "strike_off" not in seen(found, held).verbs
    assert held not in {row.id for row in inbox(found["clerk"], at=AT).to_verify}
    # Somebody else in the same office may.
    assert held in {row.id for row in inbox(found["second-clerk"], at=AT).to_verify}
    assert judged(found, held, "second-clerk").row.state == "struck-off"


def test_a_delegation_that_was_over_before_the_work_began_binds_nobody(found: County) -> None:
    delegate_of(found, "principal", "clerk", days=1, at=moment("2024-07-16"))
    assert judged(found, in_state(found, "reported")).row.state == "struck-off"


def test_a_delegate_of_the_keeper_is_somebody_else_and_one_of_the_owner_is_not(found: County) -> None:
    held = in_state(found, "reported")
    stand_in = delegate_of(found, "clerk", "principal", days=30, at=moment("2024-07-23"))
    with pytest.raises(SomebodyElse):
        actions.strike_off(stand_in, problem=held, at=AT)
    outsider = delegate_of(found, "second-clerk", "secretary", days=30, at=moment("2024-07-23"))
    assert actions.strike_off(outsider, problem=held, at=AT).row.state == "struck-off"


def test_the_owner_is_told_that_somebody_else_must(found: County) -> None:
    held = in_state(found, "reported")
    for name in ("principal", "school-clerk"):
        with pytest.raises(SomebodyElse):
            judged(found, held, name)


def test_a_line_of_the_ledgers_keeper_is_verified_by_the_rest_of_the_bureau_side(found: County) -> None:
    held = line(found, owner="office", by="reviewer").id
    actions.plan_rectification(
        found["clerk"], problem=held, measure="a", deadline=date(2024, 7, 30), person_name="王", at=moment("2024-07-21")
    )
    actions.report_done(found["clerk"], problem=held, text="已改", at=moment("2024-07-22"))
    for name in ("clerk", "second-clerk"):
        with pytest.raises(SomebodyElse):
            judged(found, held, name)
    assert held in {row.id for row in inbox(found["leader"], at=AT).to_verify}
    assert judged(found, held, "leader").row.state == "struck-off"


def test_the_rest_of_the_bureau_side_may_not_verify_what_the_keeper_can(found: County) -> None:
    with pytest.raises(NotAllowed):
        judged(found, in_state(found, "reported"), "leader")


def test_a_line_sent_back_says_what_is_missing_and_begins_a_new_round(found: County) -> None:
    held = in_state(found, "reported")
    with pytest.raises(Invalid):
        actions.send_back(found["clerk"], problem=held, reason=" ", at=AT)
    view = actions.send_back(found["clerk"], problem=held, reason="缺少照片", at=AT)
    assert (view.row.state, view.round) == ("sent-back", 2)
    actions.report_done(found["principal"], problem=held, text="补交", at=AT)
    assert [v.verdict for v in judged(found, held).verifications] == ["sent-back", "struck-off"]


@pytest.mark.proves("P16")
def test_a_re_visit_that_holds_leaves_the_line_closed(found: County) -> None:
    held = in_state(found, "struck-off")
    view = actions.revisit(found["clerk"], problem=held, verdict="holds", at=moment("2024-07-29"))
    assert (view.row.state, view.row.revisit_on, view.row.times_reopened) == ("struck-off", None, 0)
    assert [(r.on, r.verdict) for r in view.revisits] == [(date(2024, 7, 29), "holds")]


@pytest.mark.proves("P16")
def test_a_relapse_reopens_the_same_line_which_goes_round_again(found: County) -> None:
    held = in_state(found, "struck-off")
    number = seen(found, held).row.number
    with pytest.raises(Invalid):
        actions.revisit(found["clerk"], problem=held, verdict="relapsed", at=moment("2024-07-29"))
    view = actions.revisit(found["clerk"], problem=held, verdict="relapsed", note="又发了", at=moment("2024-08-02"))
    assert (view.row.number, view.row.state, view.row.times_reopened, view.round) == (number, "reopened", 1, 2)
    # The day it had is over and stays beside the line; a new one must be set.
    assert (view.row.deadline, view.row.moved_from, view.row.closed_at) == (None, date(2024, 7, 30), None)
    actions.plan_rectification(
        found["principal"], problem=held, deadline=date(2024, 8, 20), at=moment("2024-08-03")
    )  # fmt: skip
    actions.report_done(found["principal"], problem=held, text="再次停止", at=moment("2024-08-04"))
    again = actions.strike_off(found["clerk"], problem=held, at=moment("2024-08-05"))
    assert [v.round for v in again.verifications] == [1, 2]
    assert again.row.revisit_on == date(2024, 8, 8)


def test_a_relapse_of_a_kind_with_a_counted_deadline_counts_anew(found: County) -> None:
    held = in_state(found, "struck-off", kind="same-theme")
    view = actions.revisit(found["clerk"], problem=held, verdict="relapsed", note="又来", at=moment("2024-08-02"))
    assert view.row.deadline == date(2024, 8, 12)


def test_a_re_visit_waits_in_the_inbox_until_its_day(found: County) -> None:
    held = in_state(found, "struck-off")
    due = seen(found, held).row.revisit_on
    assert due == date(2024, 7, 26)
    assert inbox(found["clerk"], at=moment("2024-07-25")).to_revisit == ()
    assert [row.id for row in inbox(found["clerk"], at=moment("2024-07-26")).to_revisit] == [held]


def test_nobody_revisits_by_a_word_that_is_no_verdict(found: County) -> None:
    with pytest.raises(Invalid):
        actions.revisit(found["clerk"], problem=in_state(found, "struck-off"), verdict="maybe", at=AT)  # type: ignore[arg-type]  # what a forged form may send
