"""先评后看: an opinion is never changed, and nobody, office included, reads it before the panel closes."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.errors import (
    DecidedAlready,
    Invalid,
    NotAllowed,
    NotFound,
    NotYet,
    OpinionGiven,
    Stale,
    WrongState,
)
from qingfu.records.enactment import actions as enactment
from qingfu.records.forms.queries import answer
from qingfu.records.people import actions as people
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import PanelView, RunView, cases, run
from tests.cast import County, delegate_of, everybody, moment
from tests.records.routes.walk import EXPERTS, MONDAY, OPINION, apply, decide, opine, posts_of, seat_panel

LATE = moment("2024-07-26")


@pytest.fixture
def case(found: County) -> int:
    """A case whose panel is seated and where one of three opinions is in."""
    view = apply(found)
    seat_panel(found, view.row.run)
    opine(found, "expert", view.row.run, reason="独家意见")
    return view.row.run


def _panel(told: RunView) -> PanelView:
    panel = next(turn.panel for turn in reversed(told.turns) if turn.panel)
    assert panel is not None
    return panel


@pytest.mark.proves("A09")
def test_nobody_reads_an_opinion_before_the_panel_closes(found: County, case: int) -> None:
    readers = 0
    for name, actor in everybody(found):
        if name == "expert":
            continue
        try:
            told = run(actor, case)
        except NotFound:
            continue
        readers += 1
        assert "独家意见" not in repr(told), name
        assert _panel(told).opinions == ()
        assert _panel(told).handed_in == 1
        assert _panel(told).withheld or {member.handed_in for member in _panel(told).members} == {None}
    # The office, the commission, the leading group, the applicant and the other experts did look.
    assert readers >= 10


def test_the_answer_behind_a_sealed_opinion_is_sealed_too(found: County, case: int) -> None:
    mine = run(found["expert"], case).my_opinion
    assert mine is not None
    assert answer(found["expert"], mine.answer).content["reason"] == "独家意见"
    for name in ("clerk", "reviewer", "leader", "principal-expert", "fire-clerk"):
        with pytest.raises(NotFound):
            answer(found[name], mine.answer)


def test_the_needed_number_closes_the_panel_and_opens_what_was_said(found: County, case: int) -> None:
    opine(found, "principal-expert", case)
    assert run(found["clerk"], case).step == "experts"
    told = opine(found, "npc-expert", case)
    assert told.step == "first"
    panel = _panel(run(found["reviewer"], case))
    assert panel.closed
    assert panel.opinions[0].content["reason"] == "独家意见"
    handed_in = {member.person_name: member.handed_in for member in panel.members}
    assert list(handed_in.values()) == [True, True, True, False]


def test_a_second_opinion_of_the_same_expert_is_refused(found: County, case: int) -> None:
    with pytest.raises(OpinionGiven):
        opine(found, "expert", case, reason="改主意了")
    assert _panel(run(found["clerk"], case)).handed_in == 1


def test_a_correction_stands_beside_the_opinion(found: County, case: int) -> None:
    mine = run(found["expert"], case).my_opinion
    assert mine is not None
    told = routes.add_addendum(found["expert"], opinion=mine.id, text="补充一句", at=MONDAY)
    assert told.my_opinion is not None
    assert told.my_opinion.content["reason"] == "独家意见"
    assert [one.text for one in told.my_opinion.addenda] == ["补充一句"]
    with pytest.raises(NotFound):
        routes.add_addendum(found["principal-expert"], opinion=mine.id, text="替别人说", at=MONDAY)


def test_a_correction_makes_a_decider_read_again(found: County, case: int) -> None:
    for who in ("principal-expert", "npc-expert"):
        opine(found, who, case)
    shown = run(found["reviewer"], case).digest
    mine = run(found["expert"], case).my_opinion
    assert mine is not None
    routes.add_addendum(found["expert"], opinion=mine.id, text="有一处要改", at=MONDAY)
    with pytest.raises(Stale):
        enactment.decide(found["reviewer"], run=case, verb="pass", digest=shown, at=MONDAY)


def test_an_opinion_too_many_learns_that_the_panel_has_closed(found: County, case: int) -> None:
    shown = run(found["cppcc-expert"], case).digest
    for who in ("principal-expert", "npc-expert"):
        opine(found, who, case)
    with pytest.raises(DecidedAlready):
        enactment.opine(found["cppcc-expert"], run=case, content=OPINION, digest=shown, at=MONDAY)


def test_an_expert_gives_his_own_opinion_and_no_delegate_gives_it(found: County, case: int) -> None:
    stand_in = delegate_of(found, "principal-expert", "cppcc-expert", days=9, at=MONDAY)
    shown = run(stand_in, case).digest
    with pytest.raises(NotAllowed):
        enactment.opine(stand_in, run=case, content=OPINION, digest=shown, at=MONDAY)


def test_an_expert_may_step_aside_before_his_opinion_and_says_why(found: County, case: int) -> None:
    told = routes.step_aside(found["cppcc-expert"], run=case, reason="参与过该事项", at=MONDAY)
    assert [member.stepped_aside for member in _panel(told).members][-1] == "参与过该事项"
    with pytest.raises(NotFound):
        opine(found, "cppcc-expert", case)
    with pytest.raises(OpinionGiven):
        routes.step_aside(found["expert"], run=case, reason="后悔了", at=MONDAY)
    assert _panel(run(found["clerk"], case)).missing_kinds == ("政协委员",)


@pytest.mark.parametrize("by_office", [False, True])
def test_who_left_the_panel_knows_of_the_case_no_longer(found: County, case: int, by_office: bool) -> None:
    known = {row.id for row in cases(found["cppcc-expert"], at=MONDAY).rows}
    if by_office:
        person = found.persons["cppcc-expert"]
        routes.excuse(found["clerk"], run=case, person=person, reason="与申请单位有业务往来", at=MONDAY)
    else:
        routes.step_aside(found["cppcc-expert"], run=case, reason="参与过该事项", at=MONDAY)
    assert case in known
    assert cases(found["cppcc-expert"], at=MONDAY).rows == ()
    with pytest.raises(NotFound):
        run(found["cppcc-expert"], case)


def test_who_holds_a_post_in_the_applicants_organ_is_kept_off_the_panel(found: County) -> None:
    view = apply(found)
    post = people.add_post(found.keeper, organ=found.organs["fire"], title="顾问", at=MONDAY)
    people.hold_post(found.keeper, post=post, person=found.persons["npc-expert"], from_on=date(2024, 1, 1), at=MONDAY)
    with pytest.raises(Invalid, match="own organ"):
        routes.appoint_panel(found["clerk"], run=view.row.run, posts=posts_of(found, *EXPERTS), at=MONDAY)


def test_a_panel_is_closed_short_only_when_its_time_is_over_and_with_a_reason(found: County, case: int) -> None:
    with pytest.raises(NotYet):
        routes.close_panel(found["clerk"], run=case, reason="等不及", at=moment("2024-07-25"))
    with pytest.raises(Invalid):
        routes.close_panel(found["clerk"], run=case, reason=" ", at=LATE)
    told = routes.close_panel(found["clerk"], run=case, reason="三日已过，多次催促", at=LATE)
    assert told.step == "first"
    assert _panel(told).handed_in == 1
    assert told.turns[-2].acts[-1].reason == "三日已过，多次催促"


def test_a_panel_without_one_opinion_is_never_closed(found: County) -> None:
    view = apply(found)
    seat_panel(found, view.row.run)
    with pytest.raises(Invalid, match="Not one opinion"):
        routes.close_panel(found["clerk"], run=view.row.run, reason="没人来", at=LATE)


def test_an_answer_of_somebody_else_is_no_opinion(found: County, case: int) -> None:
    mine = run(found["expert"], case).my_opinion
    assert mine is not None
    shown = run(found["principal-expert"], case).digest
    with pytest.raises(Invalid):
        routes.opine(found["principal-expert"], run=case, answer_id=mine.answer, digest=shown, at=MONDAY)


def test_deciding_verbs_do_not_exist_while_experts_are_asked(found: County, case: int) -> None:
    for who in ("reviewer", "leader", "clerk"):
        with pytest.raises((NotAllowed, WrongState)):
            decide(found, who, case, "approve")
