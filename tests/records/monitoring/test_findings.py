"""Findings appear by the plan's limits, end in three ways, and clear themselves when the data keep the limit."""

from __future__ import annotations

from datetime import date

import pytest

from qingfu.base.actor import Actor
from qingfu.base.errors import Invalid, NotAllowed, NotFound, SomebodyElse, WrongState
from qingfu.packfile.read import load
from qingfu.records.monitoring import actions, queries
from qingfu.records.plans.queries import in_force
from qingfu.records.problems.queries import problem
from tests import cast
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.monitoring.test_filing import DAY, file, homework


def judge(schools: Schools, day: str = "2024-10-18", *, school: str | None = None) -> actions.Judged:
    plan = in_force(schools.actor("reviewer"), schools.edition)
    organ = schools.county.organs[school] if school else None
    clock = Actor.clock(schools.county.bureau)
    return actions.judge(clock, plan=plan, term=schools.term, school=organ, at=cast.moment(day, 18))


def found(schools: Schools, who: str = "reviewer", **wanted: object) -> tuple[queries.FindingRow, ...]:
    return queries.findings(
        schools.actor(who),
        edition=schools.edition,
        term_id=schools.term.id,
        **wanted,  # type: ignore[arg-type]
    ).rows


def too_much(schools: Schools) -> int:
    file(schools, homework(schools, minutes=50), homework(schools, minutes=35, subject="数学"))
    judge(schools)
    return found(schools, limit="homework-time")[0].id


@pytest.mark.proves("C12")
def test_homework_over_the_limit_is_found_with_its_numbers_and_clears_itself_when_corrected(schools: Schools) -> None:
    one = too_much(schools)
    row = found(schools, limit="homework-time")[0]
    assert (row.value, row.bound, row.day, row.class_name, row.state) == (85, 60, DAY, "三年级1班", "open")
    assert judge(schools) == actions.Judged(0, 0, 0)
    file(schools, homework(schools, minutes=40))
    assert judge(schools, school="school").cleared >= 1
    assert queries.finding(schools.actor("reviewer"), one, at=NOW).row.state == "cleared"
    file(schools, homework(schools, minutes=90))
    judge(schools)
    assert queries.finding(schools.actor("reviewer"), one, at=NOW).row.state == "open"


def test_a_finding_tells_the_rule_the_rows_who_said_them_and_what_may_be_done(schools: Schools) -> None:
    view = queries.finding(schools.actor("reviewer"), too_much(schools), at=NOW)
    assert view.rule is not None
    assert view.rule.clause == "三(二)c"
    assert view.explained is not None
    assert [row["minutes"] for row in view.explained.rows] == [35, 50]
    assert [one.person for one in view.reporters] == [schools.county.persons["principal"]]
    assert view.verbs == ("open_problem", "return_to_reporter", "ask_exception")


def test_a_finding_becomes_one_line_of_the_ledger_and_more_join_it(schools: Schools) -> None:
    one = too_much(schools)
    line = actions.open_problem(
        schools.actor("reviewer"), findings=[one], title="三年级1班10月16日书面作业85分钟", kind="homework", at=NOW
    )
    assert problem(schools.actor("reviewer"), line, at=NOW).row.owner == schools.county.organs["school"]
    file(schools, homework(schools, "三年级2班", minutes=70))
    judge(schools)
    other = found(schools, limit="homework-time", state="open")[0].id
    assert actions.open_problem(schools.actor("reviewer"), findings=[other], title="", into=line, at=NOW) == line
    assert {row.problem for row in found(schools, limit="homework-time")} == {line}
    with pytest.raises(WrongState):
        actions.open_problem(schools.actor("reviewer"), findings=[one], title="再来一次", at=NOW)


def test_a_data_error_goes_back_to_the_reporter_who_corrects_it(schools: Schools) -> None:
    one = too_much(schools)
    actions.return_to_reporter(schools.actor("reviewer"), findings=[one], text="数学35分钟像是写错了", at=NOW)
    assert found(schools, "principal", state="returned")[0].id == one
    file(schools, homework(schools, minutes=50), homework(schools, minutes=5, subject="数学"))
    judge(schools, school="school")
    view = queries.finding(schools.actor("principal"), one, at=NOW)
    assert view.row.state == "corrected"
    assert [note.verb for note in view.notes] == ["return_to_reporter", "clear"]


def test_a_correction_that_does_not_help_and_a_school_that_stands_by_its_data_both_reopen_it(schools: Schools) -> None:
    one = too_much(schools)
    actions.return_to_reporter(schools.actor("reviewer"), findings=[one], text="请核对", at=NOW)
    file(schools, homework(schools, minutes=65))
    judge(schools, school="school")
    assert queries.finding(schools.actor("reviewer"), one, at=NOW).row.state == "open"
    actions.return_to_reporter(schools.actor("reviewer"), findings=[one], text="请再核对", at=NOW)
    actions.stand_by(schools.actor("principal"), findings=[one], text="当天确实布置多了", at=NOW)
    assert queries.finding(schools.actor("reviewer"), one, at=NOW).row.state == "open"


def test_an_exception_needs_a_reason_a_last_day_and_somebody_else_and_lapses(schools: Schools) -> None:
    one = too_much(schools)
    ask = {"findings": [one], "reason": "停课后补的练习", "at": NOW}
    with pytest.raises(Invalid):
        actions.ask_exception(schools.actor("principal"), until=None, **ask)  # type: ignore[arg-type]
    actions.ask_exception(schools.actor("reviewer"), until=date(2024, 10, 31), **ask)  # type: ignore[arg-type]
    with pytest.raises(SomebodyElse):
        actions.grant_exception(schools.actor("reviewer"), findings=[one], at=NOW)
    with pytest.raises(NotAllowed):
        actions.grant_exception(schools.actor("principal"), findings=[one], at=NOW)
    actions.grant_exception(schools.actor("second-reviewer"), findings=[one], at=NOW)
    view = queries.finding(schools.actor("principal"), one, at=NOW)
    assert (view.row.state, view.row.until, view.reason) == ("excepted", date(2024, 10, 31), "停课后补的练习")
    judge(schools, "2024-10-31")
    assert found(schools, limit="homework-time")[0].state == "excepted"
    judge(schools, "2024-11-01")
    assert found(schools, limit="homework-time")[0].state == "open"


def test_a_refused_exception_is_open_again(schools: Schools) -> None:
    one = too_much(schools)
    actions.ask_exception(schools.actor("principal"), findings=[one], reason="活动周", until=date(2024, 11, 1), at=NOW)
    actions.refuse_exception(schools.actor("second-reviewer"), findings=[one], reason="活动周不布置书面作业", at=NOW)
    assert found(schools, limit="homework-time")[0].state == "open"


def test_a_school_knows_of_its_own_findings_only_and_departments_of_none(schools: Schools) -> None:
    one = too_much(schools)
    assert found(schools, "other-principal") == ()
    assert found(schools, "fire-clerk") == ()
    for who in ("other-principal", "fire-clerk"):
        with pytest.raises(NotFound):
            queries.finding(schools.actor(who), one, at=NOW)
        with pytest.raises(NotFound):
            actions.return_to_reporter(schools.actor(who), findings=[one], text="不该看到", at=NOW)


def test_groups_tell_how_many_of_how_many_classes_at_which_school(schools: Schools) -> None:
    too_much(schools)
    file(schools, homework(schools, "三年级2班", minutes=70))
    judge(schools)
    page = queries.groups(
        schools.actor("reviewer"), edition=schools.edition, term_id=schools.term.id, limit="homework-time"
    )
    assert [(one.organ_name, one.number, one.classes, one.states) for one in page.rows] == [
        ("清溪镇中心小学", 2, 2, {"open": 2})
    ]


def test_a_changed_limit_is_tried_on_the_past_and_then_put_in_force(schools: Schools) -> None:
    too_much(schools)
    plan = in_force(schools.actor("reviewer"), schools.edition)
    looser = actions.draft_bound(plan, "homework-time", {"P1-2": 0, "P3-6": 90, "J": 90})
    tried = queries.try_limit(
        schools.actor("reviewer"),
        plan=plan,
        key="homework-time",
        written=looser,
        terms=[schools.term.id],
        on=NOW.date(),
    )
    assert (tried.flagged, tried.cleared) == ((), ("清溪镇中心小学",))
    assert (tried.terms[0].now, tried.terms[0].then) == (1, 0)
    actions.order_limit(
        schools.actor("reviewer"), edition=schools.edition, limit_key="homework-time",
        bounds={"P1-2": 0, "P3-6": 90, "J": 90}, reason="试行一个月", from_on=date(2024, 10, 18), at=NOW,
    )  # fmt: skip
    judge(schools)
    assert found(schools, limit="homework-time")[0].state == "cleared"
    actions.order_limit(
        schools.actor("reviewer"), edition=schools.edition, limit_key="homework-time", bounds=None, reason="恢复原文",
        from_on=date(2024, 10, 19), at=NOW,
    )  # fmt: skip
    judge(schools, "2024-10-19")
    assert found(schools, limit="homework-time")[0].state == "open"


def test_a_limit_of_a_later_rule_is_set_beside_the_plan(schools: Schools) -> None:
    file(schools, homework(schools, "一年级1班", minutes=0))
    actions.set_beside(
        schools.actor("reviewer"), edition=schools.edition, source=load("national"), limit_key="homework-low",
        reason="双减意见不许一、二年级有书面家庭作业", from_on=date(2024, 10, 18), at=NOW,
    )  # fmt: skip
    judge(schools)
    assert [row.limit for row in found(schools)] == ["national.homework-low"]


def of_no_school(schools: Schools) -> tuple[int, ...]:
    """Findings of a limit on a grade and day over all schools, which belong to no single one."""
    plan = load("light-load")
    over_all = plan.limits["no-punishment"].model_copy(update={"per": ("grade", "day")})
    actions.set_beside(
        schools.actor("reviewer"), edition=schools.edition, limit_key="grade-day", reason="全县每个年级每天",
        source=plan.model_copy(update={"limits": {"grade-day": over_all}}), from_on=date(2024, 10, 18), at=NOW,
    )  # fmt: skip
    said = (homework(schools, minutes=20), homework(schools, "一年级1班", minutes=0))
    file(schools, *({**row, "punitive": True} for row in said))
    judge(schools)
    rows = found(schools, limit="light-load.grade-day")
    assert [row.organ for row in rows] == [None, None]
    return tuple(row.id for row in rows)


def test_findings_of_no_single_school_end_together_with_the_unit_the_bureau_chooses(schools: Schools) -> None:
    both, office = of_no_school(schools), schools.actor("reviewer")
    with pytest.raises(Invalid) as refused:
        actions.open_problem(office, findings=both, title="惩罚性作业", at=NOW)
    assert [fault.field for fault in refused.value.faults] == ["owner"]
    with pytest.raises(NotFound):
        actions.open_problem(office, findings=both, title="惩罚性作业", owner=999_999, at=NOW)
    line = actions.open_problem(
        office, findings=both, title="惩罚性作业", owner=schools.county.organs["commission"], at=NOW
    )
    assert problem(office, line, at=NOW).row.owner == schools.county.organs["commission"]
    assert {row.state for row in found(schools, limit="light-load.grade-day")} == {"problem"}


def test_nobody_alone_looks_again_at_what_several_schools_reported(schools: Schools) -> None:
    with pytest.raises(Invalid) as refused:
        actions.return_to_reporter(schools.actor("reviewer"), findings=of_no_school(schools), text="请核对", at=NOW)
    assert [fault.field for fault in refused.value.faults] == ["findings"]


def test_of_several_rows_of_an_ordered_bound_the_last_that_meets_decides_as_it_was_written(schools: Schools) -> None:
    order = {"P": 70, "J": 90, "P1-2": 0, "P3": 40}
    view = actions.order_limit(
        schools.actor("reviewer"), edition=schools.edition, limit_key="homework-time", bounds=order, reason="试行",
        from_on=date(2024, 10, 18), at=NOW,
    )  # fmt: skip
    assert list(view.bounds.items()) == list(order.items())
    assert [view.rules[0].bound.of(grade, None) for grade in ("P1", "P3", "P5")] == [0, 40, 70]
