"""Sentences: a rule in the words of the office says everything the nodes say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from qingfu.base.words import as_they_are, translator
from qingfu.rules import phrases
from qingfu.rules.findings import Finding
from qingfu.rules.grades import GRADES, grades_of
from qingfu.rules.parse import limits_of
from qingfu.rules.sentences import outcome, rule
from qingfu.rules.tables import TABLES
from qingfu.rules.truth import Verdict

chinese = translator("zh-hans")
TIME: dict[str, Any] = {
    "reads": "homework", "where": {"written": True}, "per": ["class", "day"], "measure": {"sum": "minutes"},
    "at-most": {"P3-6": 60, "J": 90}, "unit": "minute",
}  # fmt: skip
COURSE: dict[str, Any] = {
    "reads": "timetable", "where": {"record": "taught"}, "per": ["class", "term"], "each": "subject",
    "measure": {"sum": "fortnight"}, "unit": "period",
}  # fmt: skip
SAME = {"column": "record", "one": "posted", "other": "taught", "by": ["weekday", "period"], "of": "fortnight"}
EXAMS: dict[str, Any] = {"reads": "exams", "per": ["class", "term"]}
DAY: dict[str, Any] = {"reads": "schedules", "per": ["class", "term"]}

SAID: dict[str, tuple[dict[str, Any], str]] = {
    "sum by grades": (
        TIME,
        "作业：每班每天，书面的作业，用时合计，三至六年级不超过60分钟，初中不超过90分钟（五(三)1）",
    ),
    "override": (
        {**TIME, "at-most": {"*": 90, "P1-2": 0, "village/J": 100}},
        "作业：每班每天，书面的作业，用时合计，各年级不超过90分钟，其中一、二年级不允许有，其中乡村初中不超过100分钟（五(三)1）",
    ),
    "an override of the whole": (
        {**TIME, "at-most": {"P1": 5, "P": 60, "J": 60}},
        "作业：每班每天，书面的作业，用时合计，小学、初中不超过60分钟（五(三)1）",
    ),
    "tolerance and who must report": (
        {**TIME, "where": {}, "at-most": 60, "tolerance": 5, "expects": "sample"},
        "作业：每班每天，用时合计，不超过60分钟；相差5分钟以内不计；“抽样报作业的班级”里的都要报（五(三)1）",
    ),
    "mean": (
        {**TIME, "per": ["school", "day"], "measure": {"mean": "minutes"}, "at-most": 60},
        "作业：每校每天，书面的作业，平均用时，不超过60分钟（五(三)1）",
    ),
    "never": (
        {"reads": "homework", "per": ["class", "day"], "where": {"grade": "P1-2"}, "never": {"punitive": True}},
        "作业：一、二年级每班每天，不得有惩罚性的作业（五(三)1）",
    ),
    "never not": (
        {"reads": "homework", "per": ["class", "day"], "never": {"marked": False}},
        "作业：每班每天，不得有教师没有批改的作业（五(三)1）",
    ),
    "count of words": (
        {**EXAMS, "where": {"when": ["mid", "end"]}, "measure": {"count": "rows"}, "at-most": 2, "unit": "time"},
        "考试：每班每学期，期中、期末的考试，不超过2次（五(三)1）",
    ),
    "presence": (
        {**COURSE, "needs": {"体育": {"P1-2": 4, "P3-6": 3, "J": 3}}},
        "课表：每班每学期，实际上课的体育课，周课时合计，一、二年级不少于4节，三至六年级、初中不少于3节（五(三)1）",
    ),
    "fixed": (
        {**COURSE, "fixes": {"体育": 3}},
        "课表：每班每学期，实际上课的体育课，周课时合计，恰好3节（五(三)1）",
    ),
    "equality": (
        {"reads": "timetable", "per": ["class", "term"], "same": SAME},
        "课表：每班每学期，公示课表与实际上课按星期、节次逐项对照，两周课时应当一致（五(三)1）",
    ),
    "distance": (
        {**EXAMS, "where": {"unified": True}, "apart": "day", "at-least": 20, "unit": "day"},
        "考试：每班每学期，全校或全年级统一的考试，相邻两次的间隔，不少于20天（五(三)1）",
    ),
    "clock": (
        {**DAY, "measure": {"least": "first-lesson"}, "at-least": {"P": 500, "J": 480}, "unit": "clock"},
        "作息时间表：每班每学期，最早的第一节课开始时间，小学不早于8:20，初中不早于8:00（五(三)1）",
    ),
    "hours and an edge": (
        {**DAY, "where": {"teaching": {"at-least": 60}}, "measure": {"least": "sleep"}, "at-least": 9, "unit": "hour"},
        "作息时间表：每班每学期，上课时间不少于60的作息安排，睡眠时间（取最小），不少于9小时（五(三)1）",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_a_rule_is_said_as_the_office_would(case: str) -> None:
    written, said = SAID[case]
    (limit,) = limits_of("one", written, clause="五(三)1")
    assert rule(limit, chinese) == said


def test_in_english_nothing_is_left_in_chinese() -> None:
    for written, _ in SAID.values():
        (limit,) = limits_of("one", written)
        said = rule(limit, as_they_are).replace("体育", "")
        assert not re.search("[一-鿿，。（]", said), said


def test_every_column_table_and_word_has_a_chinese_name_of_its_own() -> None:
    for table in TABLES:
        said = [chinese(one.says) for one in table.columns]
        assert len(set(said)) == len(said)
        assert not any(name.isascii() for name in (chinese(table.says), *said))
        for one in table.columns:
            assert not any(phrases.word(word, chinese).isascii() for word in one.among if word not in GRADES)


def test_a_clause_is_written_as_the_source_numbers_it() -> None:
    """A pack adds a letter where one number of the source binds twice; nobody finds that letter in the document."""
    for own, written in (
        ("三(二)c", "三(二)"),
        ("三(二)a、三(二)b", "三(二)"),
        ("三(二)c、四", "三(二)、四"),
        ("B4a", "B4"),
    ):
        (limit,) = limits_of("time", {**TIME, "at-most": 60})
        assert rule(replace(limit, clause=own), chinese).endswith(f"（{written}）"), own


@pytest.mark.parametrize(
    ("range_", "said"),
    [
        ("P1", "一年级"), ("P1-2", "一、二年级"), ("P3-6", "三至六年级"), ("P", "小学"), ("J2", "初二"),
        ("S1-2", "高一、高二"), ("P1-J3", "小学、初中"), ("P6-J1", "六年级、初一"), ("*", "各年级"),
    ],
)  # fmt: skip
def test_grades_are_named_as_officials_name_them(range_: str, said: str) -> None:
    assert phrases.grades(grades_of(range_) or (), chinese) == said


def test_a_number_stands_beside_its_rule_in_the_rules_unit() -> None:
    (limit,) = limits_of("one", {**DAY, "measure": {"least": "sleep"}, "at-least": 9, "unit": "hour"})

    def said(value: int | None, missing: int = 0, bound: int | None = 540) -> str:
        return outcome(limit, Finding("one", (), Verdict.VIOLATING, value, 1, missing, bound), chinese)

    assert said(500) == "8小时20分钟，规则：不少于9小时"
    assert said(480, missing=2) == "8小时，规则：不少于9小时，还缺2格"
    assert said(None) == "没有报，规则：不少于9小时"
    assert said(480, bound=None) == "8小时，规则：不知道适用哪个界限"
    (half,) = limits_of("one", {**COURSE, "fixes": {"体育": 3}})
    assert phrases.amount(half, 5, chinese) == "2.5节"
