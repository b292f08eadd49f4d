"""Finding problems: who may, under which clause, with which standard and day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qingfu.base.actor import Actor
from qingfu.base.chance import new_id
from qingfu.base.errors import Invalid, NotAllowed, NotFound
from qingfu.records.duties.models import Task
from qingfu.records.journal.actions import deed
from qingfu.records.journal.queries import story
from qingfu.records.problems import actions
from qingfu.records.problems.models import Problem
from qingfu.records.problems.queries import ProblemRow, counts, ledger, problem, public_counts, titles_from_task
from tests.cast import County, moment
from tests.records.problems.lines import seen

DAY = "2024-07-20"
SINCE = date(2023, 1, 1)


def find(county: County, by: str = "clerk", owner: str = "school", **more: Any) -> ProblemRow:
    return actions.find(
        county[by], plan=county.in_force(), owner=county.organs[owner], at=moment(DAY),
        **{"title": "校门口发放广告", "source": "office", "found_on": date(2024, 7, 20), **more},
    )  # fmt: skip


def task_of(county: County, organ: str) -> int:
    """The organ's own problem list."""
    with deed(county.keeper):
        return Task.objects.get(duty="census", organ=county.organs[organ]).id


@pytest.mark.proves("P12")
def test_a_line_takes_clause_standard_and_red_line_from_the_plans_kind(found: County) -> None:
    row = find(found, kind="secondment")
    kind = found.in_force().pack.problem_kinds["secondment"]
    assert (row.clause, row.standard, row.conduct) == (kind.clause[0], kind.standard, kind.conduct)
    assert (row.state, row.kind_says, row.deadline) == ("found", kind.says, None)


def test_a_line_without_a_kind_takes_its_clause_from_the_red_line(found: County) -> None:
    row = find(found, conduct="heavy-trace")
    assert row.clause == found.in_force().pack.conduct["heavy-trace"].clause[0]


def test_a_deadline_counted_from_the_finding_explains_itself(found: County) -> None:
    row = find(found, kind="same-theme", found_on=date(2024, 7, 18))
    assert row.deadline == date(2024, 7, 28)
    why = problem(found["clerk"], row.id, at=moment(DAY)).why
    assert why is not None
    assert why.clause == "三(二)b"
    assert why.start_day == date(2024, 7, 18)


def test_another_scope_has_another_deadline(found: County) -> None:
    assert find(found, owner="town", kind="heavy-trace").deadline == date(2024, 7, 30)
    assert find(found, owner="school", kind="heavy-trace").deadline == date(2024, 8, 31)


def test_a_promise_may_be_earlier_than_the_plans_day_and_never_later(found: County) -> None:
    assert find(found, kind="heavy-trace", deadline=date(2024, 8, 1)).deadline == date(2024, 8, 1)
    assert find(found, kind="heavy-trace", deadline=date(2024, 12, 1)).deadline == date(2024, 8, 31)


@pytest.mark.proves("P15")
def test_a_kind_to_be_put_right_at_once_is_marked_so(found: County) -> None:
    assert find(found, kind="commercial").at_once
    assert not find(found, kind="unapproved").at_once


def test_numbers_run_through_the_year(found: County) -> None:
    numbers = [find(found).number for _ in range(3)]
    first = int(numbers[0].removeprefix("2024-"))
    assert numbers == [f"2024-{first + n:04d}" for n in range(3)]


def test_the_number_after_9999_is_10000(found: County) -> None:
    held = find(found)
    with deed(found.keeper):
        assert Problem.objects.filter(id=held.id).update(number="2024-9999") == 1
    assert find(found).number == "2024-10000"
    assert find(found).number == "2024-10001"


@pytest.mark.proves("A04")
@pytest.mark.parametrize("happened", ["2022-12-31", "2022-12", "2022", "2022年12月", "2022年", "2022年12月31日"])
def test_what_happened_before_the_plan_looks_back_is_refused_with_its_clause(found: County, happened: str) -> None:
    with pytest.raises(Invalid) as refused:
        find(found, happened=happened)
    assert refused.value.clause == "五(二)b"
    assert refused.value.faults[0].field == "happened"
    assert refused.value.faults[0].facts["since"] == SINCE


@pytest.mark.proves("A04")
@pytest.mark.parametrize(
    ("happened", "kept"),
    [
        ("2023-01-01", "2023-01-01"),
        ("2023", "2023"),
        ("2023年3月", "2023-03"),
        ("2023年3月5日", "2023-03-05"),
        ("去年运动会", "去年运动会"),
        ("", ""),
    ],
)
def test_what_happened_since_is_taken_and_kept_as_a_day_where_it_is_one(
    found: County, happened: str, kept: str
) -> None:
    held = find(found, happened=happened)
    assert problem(found["clerk"], held.id, at=moment(DAY)).happened == kept


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"happened": "2024-02-30"}, "happened"),
        ({"happened": "2024-08-01"}, "happened"),
        ({"found_on": date(2024, 7, 21)}, "found_on"),
        ({"kind": "nonsense"}, "kind"),
        ({"conduct": "nonsense"}, "conduct"),
        ({"source": "rumour"}, "source"),
        ({"title": " "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"detail": "a\0b"}, "detail"),
    ],
)
def test_a_line_that_cannot_be_so_is_refused_by_field(found: County, more: dict[str, Any], field: str) -> None:
    find(found)
    with pytest.raises(Invalid) as refused:
        find(found, **more)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert ledger(found["clerk"], at=moment(DAY)).total == 1


def test_a_unit_may_enter_its_own_problem(found: County) -> None:
    assert find(found, by="principal").owner_name == "清溪镇中心小学"


@pytest.mark.parametrize(("by", "owner"), [("principal", "fire"), ("fire-clerk", "school"), ("expert", "school")])
def test_a_unit_may_not_enter_a_line_about_another(found: County, by: str, owner: str) -> None:
    with pytest.raises(NotAllowed):
        find(found, by=by, owner=owner)


@pytest.mark.proves("P12", "A04")
def test_what_a_school_hands_in_under_its_own_task_may_name_another_owner(found: County) -> None:
    task = task_of(found, "school")
    row = find(found, by="principal", owner="fire", source="census", from_task=task)
    assert row.owner == found.organs["fire"]
    assert titles_from_task(Actor.clock(found.bureau), task) == {"校门口发放广告"}


def test_a_task_of_somebody_else_opens_no_line(found: County) -> None:
    with pytest.raises(NotAllowed):
        find(found, by="fire-clerk", owner="school", source="census", from_task=task_of(found, "school"))
    with pytest.raises(NotFound):
        find(found, from_task=999_999)


def test_who_reported_a_unit_is_not_told_to_that_unit(found: County) -> None:
    row = find(found, by="principal", owner="fire", source="census", from_task=task_of(found, "school"))
    owner = problem(found["fire-clerk"], row.id, at=moment(DAY))
    office = problem(found["clerk"], row.id, at=moment(DAY))
    assert (owner.found_by, owner.from_task) == ("", None)
    assert office.found_by != ""
    with pytest.raises(NotFound):
        problem(found["principal"], row.id, at=moment(DAY))


def test_the_clock_may_enter_what_came_through_a_link_and_nothing_else(found: County) -> None:
    clock = Actor.clock(found.bureau)
    plan, at = found.in_force(), moment(DAY)
    owner, day = found.organs["school"], date(2024, 7, 20)
    with pytest.raises(NotAllowed):
        actions.find(clock, plan=plan, title="无名", owner=owner, source="census", found_on=day, at=at)
    row = actions.find(
        clock, plan=plan, title="链接填报", owner=owner, source="census", found_on=day,
        from_task=task_of(found, "school"), at=at,
    )  # fmt: skip
    assert row.state == "found"


def test_the_same_form_sent_twice_is_one_line(found: County) -> None:
    client = new_id()
    first = find(found, client_id=client)
    assert find(found, client_id=client).id == first.id
    assert ledger(found["clerk"], at=moment(DAY)).total == 1


def test_finding_is_journalled_without_a_word_of_it(found: County) -> None:
    row = find(found, detail="张三的电话13800000000")
    told = story(found["clerk"], subject="problem", subject_id=row.id)
    assert [(t.verb, t.person) for t in told] == [("problems.find", found.persons["clerk"])]
    assert len(told[0].digest) == 64


def test_counts_tell_clause_kind_and_state_and_the_public_hears_numbers_only(found: County) -> None:
    find(found, kind="secondment")
    find(found, kind="secondment", owner="fire")
    find(found, kind="heavy-trace", deadline=date(2024, 7, 21))
    told = counts(found["clerk"], edition=found.edition, at=moment("2024-07-25"))
    assert [(c.clause, c.kind, c.state, c.total, c.late) for c in told] == [
        ("三(一)c", "secondment", "found", 2, 0),
        ("三(三)b", "heavy-trace", "found", 1, 1),
    ]
    mine = counts(found["principal"], edition=found.edition, at=moment("2024-07-25"))
    assert sum(c.total for c in mine) == 2
    public = public_counts(Actor.clock(found.bureau), edition=found.edition)
    assert [(c["kind"], c["total"], c["struck_off"]) for c in public] == [("secondment", 2, 0), ("heavy-trace", 1, 0)]


def test_a_plan_that_is_not_in_force_takes_no_line(found: County) -> None:
    from dataclasses import replace

    from qingfu.base.errors import NotInForce

    with pytest.raises(NotInForce):
        actions.find(
            found["clerk"], plan=replace(found.in_force(), state="draft"), title="a", owner=found.organs["school"],
            source="office", found_on=date(2024, 7, 20), at=moment(DAY),
        )  # fmt: skip


def test_the_view_of_a_fresh_line_tells_the_whole_line(found: County) -> None:
    view = seen(found, find(found, detail="详情", happened="2024-07").id)
    assert (view.detail, view.happened, view.round, view.row.late) == ("详情", "2024-07", 1, False)
    assert [*view.replies, *view.rectifications, *view.verifications, *view.revisits, *view.moves] == []
