"""What a plan asks of people, in minutes and pieces, beside the caps of the national notice."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.base.errors import BrokenPack
from qingfu.base.workdays import Workdays
from qingfu.packfile.burden import Burden, Counts, weigh
from qingfu.packfile.notice import read_notice
from tests.unit.packfile import tiny

WORKDAYS = Workdays.shipped()
COUNTS = Counts(schools=10, departments=4, townships=3, affairs=5, activities=2)


def _weighed(folder: Path, *changes: tuple[str, str, str]) -> Burden:
    return weigh(tiny.sound(folder, *changes), WORKDAYS, counts=COUNTS)


def test_people_times_minutes_add_up(tmp_path: Path) -> None:
    found = {ask.about: (ask.units, ask.times, ask.minutes, ask.total, ask.assumed) for ask in _weighed(tmp_path).asks}
    assert found == {
        "duties.look-back": (14, 1, 20, 280, True),
        "duties.meeting": (1, 4, 60, 240, False),
        "duties.study": (10, 1, 15, 150, False),
        "routes.yearly.apply": (5, 1, 30, 150, False),
        "routes.yearly.experts": (10, 1, 10, 100, False),
        "evaluations.review": (5, 1, 5, 25, False),
    }
    assert _weighed(tmp_path).minutes == 945


def test_what_falls_on_one_school_is_counted_by_semester(tmp_path: Path) -> None:
    spring, autumn = _weighed(tmp_path).semesters
    assert (spring.name, spring.minutes) == ("2024春", 35)
    # March to July and September to December: the plan's own period, month by month.
    assert spring.counts == {"form": 1, "report": 0, "meeting": 0, "visit": 5, "activity": 0}
    assert (autumn.name, autumn.minutes, autumn.counts["visit"]) == ("2024秋", 0, 4)


def test_a_standing_duty_is_named_and_not_added(tmp_path: Path) -> None:
    standing = ("duties.yaml", 'due: {date: "2024-03-29"}', 'due: {standing: "true"}')
    found = {ask.about: (ask.times, ask.total) for ask in _weighed(tmp_path, standing).asks}
    assert found["duties.study"] == (None, 0)


def test_a_duty_of_each_teacher_weighs_as_many_times(tmp_path: Path) -> None:
    teachers = weigh(
        tiny.sound(
            tmp_path,
            ("duties.yaml", "    does: study", "    for-each: teachers\n    does: study"),
            (
                "scopes.yaml",
                "scopes:",
                'scopes:\n  teachers: {clause: "第五条", says: "教师", each: teacher, of: school}',
            ),
        ),
        WORKDAYS,
        counts=COUNTS,
    )
    assert {ask.about: ask.units for ask in teachers.asks}["duties.study"] == 10 * COUNTS.teachers


@pytest.mark.proves("A15")
@pytest.mark.parametrize(
    ("change", "verdicts"),
    [
        (("lists.yaml", 'value: "2", unit: item', 'value: "2", unit: item'), ["within", "over"]),
        (("lists.yaml", 'value: "2", unit: item', 'value: "11", unit: item'), ["over", "over"]),
        (("lists.yaml", 'value: "2", unit: item', 'blank: "总量", unit: item'), ["open", "over"]),
        (("lists.yaml", "window: calendar-year, scope", "window: school-year, scope"), ["elsewhere", "over"]),
        (("lists.yaml", 'value: "8", unit: activity', 'value: "6", unit: activity'), ["within", "within"]),
        (("lists.yaml", "counts: activities, window", "counts: items, window"), ["within", "unsaid"]),
    ],
)  # fmt: skip
def test_the_plans_caps_stand_beside_the_national_ones(
    change: tuple[str, str, str], verdicts: list[str], tmp_path: Path
) -> None:
    found = _weighed(tmp_path, change)
    assert [one.verdict for one in found.caps] == verdicts
    assert found.is_over == ("over" in verdicts)


def test_the_national_figures_are_data_with_a_source(tmp_path: Path) -> None:
    notice = read_notice()
    assert [(cap.counts, cap.at_most) for cap in notice.caps] == [("items", 10), ("activities", 6)]
    assert notice.issued == "2025-11-10"
    file = tmp_path / "later.yaml"
    text = 'notice: {title: "后来的通知", issuer: "某部", issued: "2030-01-01", source: "无", says: "少些", caps: [{counts: items, per: bureau, window: calendar-year, at-most: "1"}]}\n'
    file.write_text(text, encoding="utf-8")
    later = weigh(tiny.sound(tmp_path), WORKDAYS, notice=read_notice(file))
    assert [one.verdict for one in later.caps] == ["over"]


@pytest.mark.parametrize("text", ["notice: [", "other: {}\n", "notice: {title: x}\n"])
def test_a_broken_notice_says_so(text: str, tmp_path: Path) -> None:
    file = tmp_path / "notice.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenPack):
        read_notice(file)
