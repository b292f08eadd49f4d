"""The clock judges when something was said, ordered, or a day began; a picture hides who is few."""

from __future__ import annotations

from datetime import date

from qingfu.base.actor import Actor
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries.pictures import hidden_bars
from tests import cast
from tests.records.monitoring.conftest import NOW, Schools
from tests.records.monitoring.test_filing import DAY, file, homework
from tests.records.monitoring.test_findings import found


def test_the_clock_judges_once_and_again_only_when_something_changed(schools: Schools) -> None:
    clock = Actor.clock(schools.county.bureau)
    assert actions.judge_what_changed(clock, at=NOW) == 1
    assert actions.judge_what_changed(clock, at=NOW) == 0
    file(schools, homework(schools, minutes=90))
    later = cast.moment("2024-10-18", 20)
    actions.file_rows(
        schools.actor("principal"), table="homework", organ=schools.county.organs["school"], term=schools.term.id,
        rows=[homework(schools, minutes=95)], at=later,
    )  # fmt: skip
    assert actions.judge_what_changed(clock, at=later) == 1
    assert [row.value for row in found(schools, limit="homework-time")] == [95]
    assert actions.judge_what_changed(clock, at=later) == 0
    assert actions.judge_what_changed(clock, at=cast.moment("2024-10-19", 7)) == 1


def test_the_calendar_tells_zero_from_not_reported_and_counts_days_over(schools: Schools) -> None:
    file(schools, homework(schools, minutes=70), {**homework(schools, subject="数学"), "written": False, "minutes": 30})
    file(schools, {**homework(schools, "三年级2班", minutes=None)})
    seen = queries.homework_calendar(
        schools.actor("principal"), organ=schools.county.organs["school"], term_id=schools.term.id, until=NOW.date()
    )
    rows = {one.view.name: one for one in seen.classes}
    assert (rows["三年级1班"].bound, rows["三年级1班"].days, rows["三年级1班"].over) == (60, {DAY: 70}, 1)
    assert rows["三年级2班"].days == {DAY: None}
    assert rows["一年级1班"].days == {}
    assert date(2024, 10, 1) not in seen.days
    assert DAY in seen.days


def test_bars_of_few_schools_are_hidden_and_cannot_be_computed_from_the_rest() -> None:
    assert hidden_bars({0: 20, 1: 4, 2: 9}, {0: 300, 1: 6, 2: 40}) == {1, 2}
    assert hidden_bars({0: 20, 1: 4, 2: 1}, {0: 300, 1: 6, 2: 1}) == {1, 2}
    assert hidden_bars({0: 20, 1: 9}, {0: 300, 1: 60}) == frozenset()


def test_the_distribution_names_no_school_and_hides_a_county_of_two(schools: Schools) -> None:
    file(schools, homework(schools, minutes=70))
    (primary,) = queries.distributions(schools.actor("principal"), term_id=schools.term.id)
    assert (primary.stage, primary.schools, primary.classes) == ("P", 1, 1)
    assert [bar.number for bar in primary.bars if bar.number] == []
