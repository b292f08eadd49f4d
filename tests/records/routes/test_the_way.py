"""An application goes its whole way: opinions, first review, approval, filing, publication."""

from __future__ import annotations

import pytest

from qingfu.base.errors import Invalid, NotAllowed, NotFound
from qingfu.records.affairs.queries import affair
from qingfu.records.lists.queries import listings
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import cases, done_by, run, to_decide, waiting_for_others
from tests.cast import County, moment
from tests.records.routes.walk import EXPERTS, MONDAY, apply, carried_to, decide, opine, posts_of, seat_panel


@pytest.mark.proves("A07", "A09", "A10", "A11", "A12", "A13", "A24")
def test_a_yearly_application_ends_on_the_published_list(found: County) -> None:
    view = carried_to(found, "listed")
    told = run(found["fire-clerk"], view.row.run, at=MONDAY)
    assert told.state == "finished"
    assert [(t.step, t.outcome) for t in told.turns] == [
        ("apply", "submit"), ("experts", "opined"), ("first", "pass"), ("approve", "approve"), ("file", "record"),
        ("publish", "publish"),
    ]  # fmt: skip
    page = listings(found["principal"], edition=found.edition)
    assert [(row.title, row.number, row.state) for row in page.rows] == [("消防安全第一课", 1, "listed")]
    assert affair(found["fire-clerk"], view.id, at=MONDAY).row.listing == page.rows[0].id


def test_each_step_names_whose_turn_it_is_and_counts_its_working_days(found: County) -> None:
    view = apply(found)
    told = run(found["fire-clerk"], view.row.run, at=MONDAY)
    assert (told.step, told.whose_organ) == ("experts", "社会事务进校园专家委员会")
    # Three working days after Monday 22 July.
    assert told.due_on is not None
    assert told.due_on.isoformat() == "2024-07-25"
    assert told.working_days_left == 3
    later = run(found["fire-clerk"], view.row.run, at=moment("2024-07-29"))
    assert later.late
    assert later.working_days_left == -2
    assert run(found["fire-clerk"], view.row.run).working_days_left is None


def test_a_late_step_is_still_decided(found: County) -> None:
    view = carried_to(found, "first")
    told = decide(found, "reviewer", view.row.run, "pass", at=moment("2024-08-30"))
    assert told.step == "approve"
    assert next(turn for turn in told.turns if turn.step == "first").late


def test_a_return_goes_back_to_the_applicant_and_the_whole_way_again(found: County) -> None:
    view = carried_to(found, "approve")
    told = decide(found, "leader", view.row.run, "return", reason="范围太大")
    assert (told.state, told.whose_organ) == ("returned", "区消防救援局")
    again = routes.resubmit(found["fire-clerk"], run=told.id, title=told.title, content={"second": "try"}, at=MONDAY)
    assert (again.state, again.step, again.version) == ("at", "experts", 2)
    # Who sat on the panel is asked again without being seated anew.
    panel = run(found["clerk"], told.id).turn
    assert panel is not None
    assert panel.panel is not None
    assert [member.person for member in panel.panel.members] == [found.persons[name] for name in EXPERTS]


@pytest.mark.parametrize("verb", ["return", "refuse"])
def test_saying_no_needs_a_reason(found: County, verb: str) -> None:
    view = carried_to(found, "first")
    with pytest.raises(Invalid) as refused:
        decide(found, "reviewer", view.row.run, verb, reason="  ")
    assert [fault.field for fault in refused.value.faults] == ["reason"]
    assert run(found["reviewer"], view.row.run).state == "at"


def test_a_refused_case_is_over(found: County) -> None:
    view = carried_to(found, "approve")
    told = decide(found, "leader", view.row.run, "refuse", reason="不属于准入范围")
    assert told.state == "refused"
    assert told.closed_at == MONDAY
    assert told.verbs == ()


def test_the_applicant_may_withdraw_and_nobody_else(found: County) -> None:
    view = carried_to(found, "first")
    with pytest.raises(NotAllowed):
        routes.withdraw(found["reviewer"], run=view.row.run, at=MONDAY)
    told = routes.withdraw(found["fire-head"], run=view.row.run, at=MONDAY)
    assert told.state == "withdrawn"
    with pytest.raises(NotFound):
        routes.withdraw(found["police-clerk"], run=view.row.run, at=MONDAY)


def test_who_has_no_part_in_a_case_does_not_know_of_it(found: County) -> None:
    view = carried_to(found, "approve")
    for name in ("police-clerk", "principal", "town-clerk"):
        with pytest.raises(NotFound):
            run(found[name], view.row.run)
        assert cases(found[name]).total == 0


def test_an_expert_knows_only_the_cases_he_was_asked_about(found: County) -> None:
    asked, other = apply(found), apply(found, title="反诈进校园", theme="防范电信诈骗")
    seat_panel(found, asked.row.run)
    assert [row.id for row in cases(found["expert"]).rows] == [asked.row.run]
    with pytest.raises(NotFound):
        run(found["expert"], other.row.run)


def test_the_inbox_holds_what_one_must_do_and_nothing_else(found: County) -> None:
    view = apply(found)
    assert [row.verbs for row in to_decide(found["clerk"], MONDAY)] == [("appoint_panel",)]
    assert to_decide(found["leader"], MONDAY) == ()
    assert to_decide(found["fire-clerk"], MONDAY) == ()
    assert [row.id for row in waiting_for_others(found["fire-clerk"], at=MONDAY)] == [view.row.run]
    seat_panel(found, view.row.run)
    assert to_decide(found["clerk"], MONDAY) == ()
    assert [row.verbs for row in to_decide(found["expert"], MONDAY)] == [("opine",)]
    for who in EXPERTS[:3]:
        opine(found, who, view.row.run)
    assert to_decide(found["cppcc-expert"], MONDAY) == ()
    assert [row.verbs for row in to_decide(found["reviewer"], MONDAY)] == [("pass", "return", "refuse")]
    decide(found, "reviewer", view.row.run, "return", reason="请写明年级")
    assert [row.verbs for row in to_decide(found["fire-clerk"], MONDAY)] == [("resubmit",)]
    assert [row.verb for row in done_by(found["reviewer"])] == ["return"]
    assert [row.verb for row in done_by(found["expert"])] == ["opine"]


def test_cases_are_found_by_number_title_and_applicant(found: County) -> None:
    view = apply(found)
    apply(found, "police-clerk", title="反诈进校园", theme="防范电信诈骗")
    clerk = found["clerk"]
    assert cases(clerk).total == 2
    assert [row.title for row in cases(clerk, text="反诈").rows] == ["反诈进校园"]
    assert [row.id for row in cases(clerk, text="消防救援").rows] == [view.row.run]
    assert [row.id for row in cases(clerk, text=view.row.number).rows] == [view.row.run]
    assert cases(clerk, state="refused").total == 0


def test_numbers_of_cases_follow_each_other_without_gap(found: County) -> None:
    first, second = apply(found), apply(found, title="反诈进校园", theme="防范电信诈骗")
    assert (first.row.number, second.row.number) == ("2024-000001", "2024-000002")


def test_a_panel_lacking_a_kind_of_member_is_refused(found: County) -> None:
    view = apply(found)
    with pytest.raises(Invalid, match="人大代表"):
        routes.appoint_panel(
            found["clerk"], run=view.row.run, posts=posts_of(found, "expert", "principal-expert", "cppcc-expert"),
            at=MONDAY,
        )  # fmt: skip


def test_nobody_outside_the_committee_can_be_seated(found: County) -> None:
    view = apply(found)
    with pytest.raises(Invalid):
        routes.appoint_panel(found["clerk"], run=view.row.run, posts=posts_of(found, *EXPERTS, "leader"), at=MONDAY)
