"""What one cell of a timetable says, and that no teacher's name gets through."""

from __future__ import annotations

import pytest

from qingfu.papers.filings.subjects import subject_meant, subject_written
from qingfu.papers.filings.timetables.labels import Label, label_of, numbered, weekday_of
from qingfu.papers.filings.timetables.lessons import heard
from qingfu.papers.filings.values import Asks, Taken
from tests.unit.papers.filings.sheets import SUBJECTS


def parts(text: str) -> list[tuple[str, int]]:
    return [(part.text, part.fortnight) for part in heard(text, SUBJECTS).parts]


@pytest.mark.parametrize("text", [
    "语文", "语 文", "语\n文", "语文\n张老师", "语文（张）", "语文(张三)", "语文 张三", "语文/张老师", "张三\n语文",
    "语文张老师",
    "语 文 张老师", "语文\n欧阳娜娜", "语文\n301教室", "语文\n多媒体教室",
])  # fmt: skip
def test_a_subject_is_heard_and_the_teacher_is_not(text: str) -> None:
    said = heard(text, SUBJECTS)
    assert [(part.text, part.fortnight, part.certain) for part in said.parts] == [("语文", 2, True)]


@pytest.mark.parametrize("text", [
    "音乐/美术(单双周)", "单：音乐 双：美术", "音乐（单）/美术（双）", "单周音乐双周美术", "单音乐双美术",
    "单音乐/双美术",
    "音乐、美术 隔周", "音乐\n美术\n单双周", "音乐（单周） 美术（双周）", "(单)音乐(双)美术", "单周:音乐\n双周:美术",
    "音乐王老师/美术李老师(单双周)", "音乐(王芳)/美术(李四) 单双周",
])  # fmt: skip
def test_two_subjects_that_take_turns_have_one_lesson_each_in_two_weeks(text: str) -> None:
    assert parts(text) == [("音乐", 1), ("美术", 1)]
    assert not heard(text, SUBJECTS).unclear


@pytest.mark.parametrize("text", ["音乐(单周)", "单周：音乐", "音乐（双）"])
def test_a_lesson_of_one_week_is_half_a_period(text: str) -> None:
    assert parts(text) == [("音乐", 1)]


@pytest.mark.parametrize(
    "text", ["音/美", "音乐、美术", "音乐 美术", "音乐\n王芳\n美术\n李四", "综合实践(信息)", "体+音"]
)
def test_two_subjects_without_a_word_on_weeks_are_unclear(text: str) -> None:
    said = heard(text, SUBJECTS)
    assert said.unclear
    assert len(said.parts) == 2


@pytest.mark.parametrize("text", ["", " ", "/", "—", "无"])
def test_nothing_is_no_lesson(text: str) -> None:
    assert heard(text) == heard("")
    assert heard(text).parts == ()


@pytest.mark.parametrize("text", ["大课间", "眼保健操", "升旗仪式", "课后服务", "午休 12:00-14:00", "晚自习"])
def test_a_pause_is_no_lesson(text: str) -> None:
    assert heard(text).pause
    assert heard(text).parts == ()


@pytest.mark.parametrize(("text", "shown"), [
    ("王芳", ""), ("李老师", ""), ("快乐读书\n王芳", "快乐读书"), ("语文王芳", "语文…"), ("语文\n小小朗读者", "语文…"),
    ("语文/田甜", "语文…"),
])  # fmt: skip
def test_what_might_be_a_name_is_never_shown(text: str, shown: str) -> None:
    assert heard(text, SUBJECTS).shown == shown


@pytest.mark.parametrize(("text", "subject"), [
    ("语", "语文"), ("数", "数学"), ("英", "英语"), ("体", "体育"), ("音", "音乐"), ("美", "美术"), ("科", "科学"),
    ("道法", "道德与法治"), ("综合", "综合实践"), ("劳", "劳动"), ("体育与健康", "体育"), ("综合实践活动", "综合实践"),
    ("心理", "心理"), ("班会", "班会"), ("信息", "信息技术"), ("语文课", "语文"),
])  # fmt: skip
def test_a_short_name_is_the_subject_as_the_plan_calls_it(text: str, subject: str) -> None:
    assert subject_meant(text, SUBJECTS) == Taken(subject)


@pytest.mark.parametrize(
    "text", ["综", "校本", "队", "地", "政", "品", "健", "活动", "班队", "快乐读书", "道德法治课堂"]
)
def test_what_is_short_for_several_or_known_to_nobody_is_asked(text: str) -> None:
    found = subject_meant(text, SUBJECTS)
    assert isinstance(found, Asks)
    assert found.candidates


def test_a_plan_that_has_two_names_of_one_subject_is_asked_which() -> None:
    assert isinstance(subject_meant("体", ("体育", "体育与健康")), Asks)
    assert subject_meant("体", ("体育与健康",)) == Taken("体育与健康")


def test_without_a_list_a_full_name_stays_as_it_is_written() -> None:
    assert subject_written("体育与健康") == Taken("体育与健康")
    assert subject_written("英语角") == Taken("英语角")
    assert isinstance(subject_written("综"), Asks)


@pytest.mark.parametrize(("texts", "label"), [
    (["第一节"], Label(0, 1)), (["上午", "1", "8:30-9:10"], Label(1, 1)), (["下午2"], Label(3, 2)),
    (["大课间"], Label(0, None, "大课间")),
    (["第3节\n10:20-11:00"], Label(0, 3)), (["课后服务1"], Label(0, None, "课后服务")), (["时间", "8:30"], Label()),
    (["上\n午", "二"], Label(1, 2)),
])  # fmt: skip
def test_the_head_of_a_line_says_part_of_the_day_period_or_pause(texts: list[str], label: Label) -> None:
    assert label_of(texts) == label


def test_periods_are_counted_on_where_the_afternoon_begins_again_and_only_there() -> None:
    morning = [Label(1, 1), Label(1, 2), Label(0, None, "大课间"), Label(1, 3)]
    assert numbered([*morning, Label(3, 1), Label(3, 2)]) == [1, 2, None, 3, 4, 5]
    assert numbered([*morning, Label(3, 4), Label(3, 5)]) == [1, 2, None, 3, 4, 5]
    assert numbered([Label(0, 1), Label(0, 2), Label(0, 1)]) == [1, 2, None]


@pytest.mark.parametrize(("text", "day"), [
    ("星期一", 1), ("周五", 5), ("礼拜天", 7), ("星期 二", 2), ("周三(3月5日)", 3), ("一", None), ("星期八", None),
])  # fmt: skip
def test_a_weekday_is_known_by_its_name(text: str, day: int | None) -> None:
    assert weekday_of(text) == day
