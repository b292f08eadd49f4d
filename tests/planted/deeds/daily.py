"""Deeds of the day schedule, evening study, lessons outside the timetable and teaching aids."""

from __future__ import annotations

from tests.planted.compliant import Rows
from tests.planted.deed import NOTHING, Change, Deed, Named, Spot, by, cells, hyphened

ALL = ("P1-2", "P3-6", "J", "S")
SCHOOLING = ("P1-2", "P3-6", "J")
PRIMARY = ("P1-2", "P3-6")


def lesson(when: str | None, **changed: object) -> Change:
    """A lesson outside the timetable, free of charge and in nobody's name."""

    def change(rows: Rows, spot: Spot) -> None:
        plain = {"class": spot.one.code, "day": spot.day, "subject": "英语", "when": when}
        more = {"paid": False, "after-school-service": False, **hyphened(changed)}
        rows["extra-lessons"].append({**plain, **more})

    return change


def evening(**changed: object) -> Change:
    """An evening study that nobody else had to report."""

    def change(rows: Rows, spot: Spot) -> None:
        plain = {"class": spot.one.code, "day": spot.day, "periods": 1, "day-pupils": False, "teaching": False}
        rows["evenings"] = [row for row in rows["evenings"] if row["day"] != spot.day]
        rows["evenings"].append({**plain, **hyphened(changed)})

    return change


def _day(says: str, bands: tuple[str, ...], breaks: Named = NOTHING, hides: Named = NOTHING, **cell: object) -> Deed:
    return Deed(says, "schedules", bands, cells("schedules", **cell), breaks, hides)


def _evening(says: str, breaks: Named = NOTHING, hides: Named = NOTHING, **cell: object) -> Deed:
    return Deed(says, "evenings", ALL, evening(**cell), breaks, hides)


def _lesson(says: str, bands: tuple[str, ...], change: Change, breaks: Named = NOTHING, hides: Named = NOTHING) -> Deed:
    return Deed(says, "extra-lessons", bands, change, breaks, hides)


def _aid(says: str, breaks: Named = NOTHING, hides: Named = NOTHING, **cell: object) -> Deed:
    return Deed(says, "aids", ALL, cells("aids", **cell), breaks, hides)


_SLEEP = by("sleep", "", "sleep")
_EXERCISE = by("exercise", "exercise-hour", "exercise")
_FIRST = by("", "", "first-lesson")
_HOURS = by("", "lesson-hours")

_DAYS = (
    _day("小学睡眠差1分钟到10小时", PRIMARY, _SLEEP, sleep=599),
    _day("初中睡眠差1分钟到9小时", ("J",), _SLEEP, sleep=539),
    _day("高中睡眠差1分钟到8小时", ("S",), _SLEEP, sleep=479),
    _day("小学睡眠正好10小时", PRIMARY, sleep=600),
    _day("初中睡眠正好9小时", ("J",), sleep=540),
    _day("高中睡眠正好8小时", ("S",), sleep=480),
    _day("睡眠没有报", ALL, hides=_SLEEP, sleep=None),
    _day("体育活动59分钟", ALL, _EXERCISE, exercise=59),
    _day("体育活动正好1小时", ALL, exercise=60),
    _day("体育活动没有报", ALL, hides=_EXERCISE, exercise=None),
    _day("小学8点19分上课", PRIMARY, _FIRST, first_lesson=499),
    _day("中学7点59分上课", ("J", "S"), _FIRST, first_lesson=479),
    _day("小学8点20分上课", PRIMARY, first_lesson=500),
    _day("中学8点整上课", ("J", "S"), first_lesson=480),
    _day("几点上课没有报", ALL, hides=_FIRST, first_lesson=None),
    _day("小学上课6小时零1分", PRIMARY, _HOURS, teaching=361),
    _day("初中上课7小时零1分", ("J",), _HOURS, teaching=421),
    _day("小学上课正好6小时", PRIMARY, teaching=360),
    _day("初中上课正好7小时", ("J",), teaching=420),
    _day("高中上课9小时，没有写", ("S",), teaching=540),
    _day("上课多久没有报", SCHOOLING, hides=_HOURS, teaching=None),
    _day("高中上课多久没有报，没有上限", ("S",), teaching=None),
    _day("集体早自修", ALL, by("", "no-early-study"), early_study=True),
    _day("早自修没有报", ALL, hides=by("", "no-early-study"), early_study=None),
    _day("几点到校没有报，没有人问", ALL, arrive=None),
    _day(
        "一天里什么都不对",
        ("J",),
        by("sleep exercise", "exercise-hour lesson-hours no-early-study", "sleep exercise first-lesson"),
        sleep=300,
        exercise=0,
        first_lesson=400,
        teaching=600,
        early_study=True,
    ),
)
_EVENINGS = (
    _evening("晚自修三课时", by("", "evening-periods"), periods=3),
    _evening("晚自修正好两课时", periods=2),
    _evening("晚自修几课时没有报", hides=by("", "evening-periods"), periods=None),
    _evening("走读生也要晚自修", by("", "evening-boarders-only"), day_pupils=True),
    _evening("有没有走读生没有报", hides=by("", "evening-boarders-only"), day_pupils=None),
    _evening("晚自修上课", by("", "evening-no-teaching"), teaching=True),
    _evening("晚自修上没上课没有报", hides=by("", "evening-no-teaching"), teaching=None),
)
_LESSONS = (
    _lesson("午休补课", SCHOOLING, lesson("noon"), by("lessons-at-rest", "no-extra-lessons")),
    _lesson("高中午休补课", ("S",), lesson("noon"), by("lessons-at-rest")),
    _lesson("自习课补课", ALL, lesson("self-study"), by("lessons-at-rest")),
    _lesson("寒暑假补课", SCHOOLING, lesson("holiday"), by("", "no-extra-lessons")),
    _lesson("双休日补课", SCHOOLING, lesson("rest-day"), by("", "no-extra-lessons")),
    _lesson("放学后补课", SCHOOLING, lesson("after-school"), by("", "no-extra-lessons")),
    _lesson("高中双休日补课，没有一份方案管", ("S",), lesson("rest-day")),
    _lesson(
        "以课后服务名义补课",
        SCHOOLING,
        lesson("after-school", after_school_service=True),
        by("lessons-after-school", "no-extra-lessons", "lessons-after-school"),
    ),
    _lesson(
        "高中以课后服务名义补课",
        ("S",),
        lesson("after-school", after_school_service=True),
        by("lessons-after-school", "", "lessons-after-school"),
    ),
    _lesson("假期收费补课", SCHOOLING, lesson("holiday", paid=True), by("", "no-extra-lessons", "paid-lessons")),
    _lesson("高中收费补课", ("S",), lesson("holiday", paid=True), by("", "", "paid-lessons")),
    _lesson("什么时候补的没有报", SCHOOLING, lesson(None), hides=by("lessons-at-rest", "no-extra-lessons")),
    _lesson("高中什么时候补的没有报", ("S",), lesson(None), hides=by("lessons-at-rest")),
    _lesson("收没收费没有报", ("S",), lesson("holiday", paid=None), hides=by("", "", "paid-lessons")),
    _lesson(
        "是不是课后服务没有报",
        ("S",),
        lesson("after-school", after_school_service=None),
        hides=by("lessons-after-school", "", "lessons-after-school"),
    ),
)
_AIDS = (
    _aid("一科两辅", by("one-aid"), titles=2),
    _aid("一科正好一辅", titles=1),
    _aid("订了几种没有报", hides=by("one-aid"), titles=None),
    _aid("不是自愿购买", by("aids-voluntary"), voluntary=False),
    _aid("是不是自愿没有报", hides=by("aids-voluntary"), voluntary=None),
    _aid("目录外的教辅", by("aids-listed"), listed=False),
    _aid("在不在目录没有报", hides=by("aids-listed"), listed=None),
    _aid("目录外两种，还是统一买的", by("one-aid aids-voluntary aids-listed"), titles=2, voluntary=False, listed=False),
)

DEEDS = (*_DAYS, *_EVENINGS, *_LESSONS, *_AIDS)
