"""The timetables of a class that teaches what is planned and posted."""

from __future__ import annotations

from typing import Any

from tests.planted.county import TERMS, Class

Row = dict[str, Any]

# Lessons a week. Chinese and mathematics have one more than the plans need, the others exactly what they need.
LESSONS = {
    "P1-2": {
        "语文": 9, "数学": 5, "道德与法治": 2, "科学": 1, "体育": 4, "音乐": 2, "美术": 2, "劳动": 1, "综合实践": 1,
        "班会": 1,
    },
    "P3-6": {
        "语文": 7, "数学": 5, "英语": 2, "道德与法治": 2, "科学": 2, "体育": 3, "音乐": 1, "美术": 1, "劳动": 1,
        "综合实践": 1, "信息技术": 1, "班会": 1,
    },
    "J": {
        "语文": 6, "数学": 5, "英语": 3, "道德与法治": 2, "历史": 2, "地理": 2, "生物": 2, "体育": 3, "音乐": 1,
        "美术": 1, "劳动": 1, "综合实践": 1, "信息技术": 1, "班会": 1,
    },
    "S": {
        "语文": 5, "数学": 5, "英语": 5, "物理": 4, "化学": 3, "生物": 3, "政治": 3, "历史": 2, "地理": 2, "体育": 2,
        "音乐": 1, "美术": 1, "信息技术": 1, "班会": 1,
    },
}  # fmt: skip
# Two subjects that take turns in one period, week by week.
TAKING_TURNS = ("地方课程", "校本课程")
RECORDS = ("planned", "posted", "taught")


def timetable(one: Class) -> list[Row]:
    """The rows of the table ``timetable``, all terms, all three records."""
    subjects = [subject for subject, lessons in LESSONS[one.band].items() for _ in range(lessons)]
    turn = one.number % len(subjects)
    week = [(subject, 2) for subject in subjects[turn:] + subjects[:turn]]
    slots = [(place % 5 + 1, place // 5 + 1) for place in range(len(week) + 1)]
    cells = [(*slot, *lesson) for slot, lesson in zip(slots, week, strict=False)]
    cells += [(*slots[-1], subject, 1) for subject in TAKING_TURNS]
    return [
        {
            "class": one.code, "term": term, "record": record, "weekday": weekday, "period": period,
            "subject": subject, "fortnight": fortnight,
        }
        for term in TERMS for record in RECORDS for weekday, period, subject, fortnight in cells
    ]  # fmt: skip
