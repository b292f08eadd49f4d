"""From plan to report: what a line needs, whose evidence counts, and the owner's own words."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, NotFound, SameFile, WrongState
from qingfu.records.forms.actions import keep_file
from qingfu.records.journal.actions import deed
from qingfu.records.problems import actions
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries import evidence_file
from tests.cast import County, moment
from tests.records.problems.lines import in_state, kept, line, photo, planned, seen

AT = moment("2024-07-22")


@pytest.mark.proves("P13")
def test_a_plan_lacking_what_the_policy_asks_names_each_missing_field_and_the_clause(found: County) -> None:
    held = line(found, kind="")
    with pytest.raises(Invalid) as refused:
        actions.plan_rectification(found["principal"], problem=held.id, at=AT)
    assert [fault.field for fault in refused.value.faults] == ["measure", "standard", "deadline", "person"]
    assert refused.value.clause == "五(二)b、五(一)"
    assert seen(found, held.id).row.state == "found"


@pytest.mark.proves("P13")
def test_a_planned_line_holds_measure_standard_deadline_and_person(found: County) -> None:
    held = line(found)
    row = planned(found, held.id).row
    assert (row.state, row.measure, row.deadline) == ("planned", "停止发放", date(2024, 7, 30))
    assert row.standard == found.in_force().pack.problem_kinds["unapproved"].standard
    assert row.responsible


def test_what_is_left_empty_in_a_second_plan_stays_as_it_was(found: County) -> None:
    held = in_state(found, "planned")
    row = actions.plan_rectification(found["principal"], problem=held, measure="全部收回", at=AT).row
    assert (row.measure, row.deadline) == ("全部收回", date(2024, 7, 30))


def test_a_plan_may_bring_the_day_forward_but_not_put_it_off(found: County) -> None:
    held = in_state(found, "planned")
    with pytest.raises(Invalid) as refused:
        actions.plan_rectification(found["principal"], problem=held, deadline=date(2024, 8, 30), at=AT)
    assert refused.value.faults[0].facts == {"deadline": date(2024, 7, 30)}
    row = actions.plan_rectification(found["principal"], problem=held, deadline=date(2024, 7, 25), at=AT).row
    assert row.deadline == date(2024, 7, 25)


def test_a_day_that_is_over_is_refused(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        actions.plan_rectification(
            found["principal"], problem=line(found).id, measure="a", deadline=date(2024, 7, 1), person_name="王", at=AT
        )
    assert refused.value.faults[0].field == "deadline"


def test_the_responsible_person_must_belong_to_the_owner(found: County) -> None:
    with pytest.raises(Invalid) as refused:
        actions.plan_rectification(
            found["principal"], problem=line(found).id, measure="a", deadline=date(2024, 7, 30),
            person=found.persons["fire-clerk"], at=AT,
        )  # fmt: skip
    assert refused.value.faults[0].field == "person"


def test_a_name_that_one_holder_of_the_owner_bears_is_that_person(found: County) -> None:
    held = in_state(found, "planned")
    name = seen(found, held).row.responsible
    actions.plan_rectification(found["principal"], problem=held, person_name="校外代管员", at=AT)
    assert seen(found, held).row.responsible == "校外代管员"
    actions.plan_rectification(found["principal"], problem=held, person_name=name, at=AT)
    with deed(found.keeper):
        assert Problem.objects.get(id=held).responsible_id == found.persons["principal"]


def test_moving_a_day_keeps_the_old_one_with_the_reason(found: County) -> None:
    held = in_state(found, "planned")
    for day in (date(2024, 8, 5), date(2024, 8, 25)):
        view = actions.move_deadline(found["clerk"], problem=held, to=day, reason="领导要求延至此日", at=AT)
    assert (view.row.deadline, view.row.moved_from) == (date(2024, 8, 25), date(2024, 8, 5))
    assert [(m.was, m.now) for m in view.moves] == [
        (date(2024, 7, 30), date(2024, 8, 5)),
        (date(2024, 8, 5), date(2024, 8, 25)),
    ]
    owner = seen(found, held, by="principal")
    assert owner.moves[0].reason == "领导要求延至此日"


@pytest.mark.parametrize(
    ("to", "reason", "field"),
    [(date(2024, 8, 5), " ", "reason"), (date(2024, 7, 1), "r", "to"), (date(2024, 7, 30), "r", "to")],
)
def test_a_day_is_not_moved_without_reason_into_the_past_or_to_itself(
    found: County, to: date, reason: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.move_deadline(found["clerk"], problem=in_state(found, "planned"), to=to, reason=reason, at=AT)
    assert refused.value.faults[0].field == field


@pytest.mark.proves("P15")
def test_a_line_to_be_put_right_at_once_needs_no_plan(found: County) -> None:
    held = line(found, kind="commercial")
    view = actions.report_done(found["principal"], problem=held.id, text="当场撤走", at=AT)
    assert view.row.state == "reported"
    with pytest.raises(WrongState):
        actions.report_done(found["principal"], problem=held.id, text="再报", at=AT)


@pytest.mark.proves("P15")
def test_a_line_to_be_put_right_at_once_needs_no_day_in_its_plan(found: County) -> None:
    row = actions.plan_rectification(
        found["principal"], problem=line(found, kind="commercial").id, measure="撤走", person_name="王", at=AT
    ).row
    assert (row.state, row.deadline, row.at_once) == ("planned", None, True)


def test_a_report_stands_with_its_evidence(found: County) -> None:
    held = in_state(found, "planned")
    refs = [kept(found, "principal", 1), kept(found, "principal", 2)]
    view = actions.report_done(found["principal"], problem=held, text=" 已停止 ", files=refs, at=AT)
    report = view.rectifications[0]
    assert (report.round, report.text, report.via) == (1, "已停止", "self")
    assert [file.ref for file in report.files] == refs


def test_the_same_picture_twice_is_one_piece_of_evidence(found: County) -> None:
    held = in_state(found, "planned")
    refs = [kept(found, "principal", 1), kept(found, "principal", 1)]
    view = actions.report_done(found["principal"], problem=held, text="已停止", files=refs, at=AT)
    assert len(view.rectifications[0].files) == 1


def test_a_file_handed_in_for_another_line_is_refused_whoever_uploads_it_again(found: County) -> None:
    first, second = in_state(found, "planned"), in_state(found, "planned")
    actions.report_done(found["principal"], problem=first, text="已停止", files=[kept(found, "principal", 9)], at=AT)
    again = keep_file(found["school-clerk"], name="别的名字.png", data=photo(9), at=AT).ref
    with pytest.raises(SameFile) as refused:
        actions.report_done(found["school-clerk"], problem=second, text="已停止", files=[again], at=AT)
    assert "别的名字.png" in refused.value.text()
    assert seen(found, second).row.state == "planned"
    assert seen(found, second).rectifications == ()


def test_the_same_file_may_be_handed_in_again_for_its_own_line(found: County) -> None:
    held = in_state(found, "planned")
    actions.report_done(found["principal"], problem=held, text="已停止", files=[kept(found, "principal", 9)], at=AT)
    actions.send_back(found["clerk"], problem=held, reason="看不清", at=AT)
    view = actions.report_done(
        found["principal"], problem=held, text="补充", files=[kept(found, "principal", 9)], at=AT
    )
    assert [r.round for r in view.rectifications] == [1, 2]


def test_somebody_elses_file_and_an_unknown_one_are_refused(found: County) -> None:
    held = in_state(found, "planned")
    for ref in (kept(found, "fire-clerk", 3), "x" * 43):
        with pytest.raises(Invalid) as refused:
            actions.report_done(found["principal"], problem=held, text="已停止", files=[ref], at=AT)
        assert refused.value.faults[0].field == "files"
    assert (seen(found, held).row.state, seen(found, held).rectifications) == ("planned", ())


def test_a_report_without_a_word_is_refused(found: County) -> None:
    with pytest.raises(Invalid):
        actions.report_done(found["principal"], problem=in_state(found, "planned"), text="\u3000", at=AT)


def test_what_the_office_types_in_from_paper_is_marked_so(found: County) -> None:
    view = actions.report_done(found["clerk"], problem=in_state(found, "planned"), text="纸质回函", at=AT)
    assert view.rectifications[0].via == "paper"


def test_evidence_is_given_to_whoever_may_see_the_line_and_to_nobody_else(found: County) -> None:
    held, other = in_state(found, "planned"), in_state(found, "planned")
    ref = kept(found, "principal", 4)
    actions.report_done(found["principal"], problem=held, text="已停止", files=[ref], at=AT)
    for name in ("principal", "school-clerk", "clerk", "leader"):
        assert evidence_file(found[name], held, ref, at=AT).data.startswith(b"\x89PNG")
    for name in ("other-principal", "fire-clerk", "expert"):
        with pytest.raises(NotFound):
            evidence_file(found[name], held, ref, at=AT)
    with pytest.raises(NotFound):
        evidence_file(found["clerk"], other, ref, at=AT)


def test_the_owners_words_stand_beside_the_finding_and_the_first_ones_stay(found: County) -> None:
    held = in_state(found, "struck-off")
    actions.reply(found["principal"], problem=held, text="当日仅发放一次", at=AT)
    view = actions.reply(found["school-clerk"], problem=held, text="补充说明", at=AT)
    assert [reply.text for reply in view.replies] == ["当日仅发放一次", "补充说明"]


def test_a_report_sent_twice_is_one_report(found: County) -> None:
    held, client = in_state(found, "planned"), new_id()
    for _ in range(2):
        view = actions.report_done(found["principal"], problem=held, text="已停止", client_id=client, at=AT)
    assert len(view.rectifications) == 1
