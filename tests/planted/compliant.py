"""What a class reports that keeps every plan shipped: its rows of every table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tests.planted.county import TERMS, WEEKDAYS, Class, all_days, asked, before_rest, days
from tests.planted.lessons import Row, timetable

Rows = dict[str, list[Row]]

SUBJECTS = {
    "P1-2": ("语文", "数学", "音乐"),
    "P3-6": ("语文", "数学", "英语"),
    "J": ("语文", "数学", "英语"),
    "S": ("语文", "数学", "英语"),
}
# Minutes of the three subjects; the day adds up to three to the first of them.
_MINUTES = {"P1-2": (7, 8, 5), "P3-6": (20, 20, 16), "J": (32, 30, 24), "S": (45, 45, 40)}
# First lesson, minutes of lessons, minutes of sleep.
_SCHEDULES = {"P1-2": (510, 240, 620), "P3-6": (500, 240, 600), "J": (490, 315, 550), "S": (485, 440, 490)}


def rows(one: Class) -> Rows:
    """Table → rows, of one class."""
    return {
        "classes": list(_class(one)),
        "homework": list(_homework(one)),
        "exams": list(_exams(one)),
        "timetable": timetable(one),
        "schedules": list(_schedules(one)),
        "evenings": list(_evenings(one)),
        "extra-lessons": list(_extra_lessons(one)),
        "aids": list(_aids(one)),
        "combined": list(_combined(one)),
        "sample": [{"class": one.code, "day": day} for place, day in enumerate(all_days()) if asked(one, place)],
    }


def _class(one: Class) -> Iterator[Row]:
    if one.listed:
        yield {
            "class": one.code, "school": one.school, "grade": one.grade if one.told else None, "place": one.place,
            "pupils": 37 + one.number * 7 % 8, "experimental": False, "permit": False,
        }  # fmt: skip


def _homework(one: Class) -> Iterator[Row]:
    subjects, minutes = SUBJECTS[one.band], _MINUTES[one.band]
    for place, day in enumerate(all_days()):
        for turn, (subject, needed) in enumerate(zip(subjects, minutes, strict=True)):
            reading = (one.number + place + turn) % 11 == 0
            yield {
                "day": day, "class": one.code, "subject": subject,
                "minutes": needed + ((one.number + place) % 4 if turn == 0 else 0),
                "written": not reading and one.band != "P1-2", "rest": before_rest(day),
                "parent-marked": False, "punitive": False, "marked": True,
            }  # fmt: skip


def _exams(one: Class) -> Iterator[Row]:
    paper = one.band != "P1-2"
    for term in TERMS:
        held = days(term)
        for turn, subject in enumerate(SUBJECTS[one.band]):
            yield exam(one, term, held[10 + turn], subject, unified=False, paper=paper, when="other")
            if one.band in ("J", "S"):
                yield exam(one, term, held[30 + turn], subject, unified=True, paper=True, when="mid")
            yield exam(one, term, held[57 + turn], subject, unified=True, paper=paper, when="end")


def exam(one: Class, term: str, day: date, subject: str, **cells: object) -> Row:
    """One examination whose results nobody was shown."""
    plain = {"class": one.code, "term": term, "day": day, "subject": subject, "ranked": False, "entrance": False}
    return {**plain, **cells}


def _schedules(one: Class) -> Iterator[Row]:
    first, teaching, sleep = _SCHEDULES[one.band]
    for term in TERMS:
        for weekday in WEEKDAYS:
            yield {
                "class": one.code, "term": term, "weekday": weekday, "arrive": first - 20, "first-lesson": first,
                "teaching": teaching, "exercise": 60 + 10 * (weekday % 3), "early-study": False, "sleep": sleep,
            }  # fmt: skip


def _evenings(one: Class) -> Iterator[Row]:
    """Boarders of junior and senior schools, one day in three."""
    if one.band in ("J", "S"):
        for day in all_days()[one.number % 3 :: 3]:
            periods = 1 + day.day % 2
            yield {"class": one.code, "day": day, "periods": periods, "day-pupils": False, "teaching": False}


def _extra_lessons(one: Class) -> Iterator[Row]:
    """Only senior classes, where no plan forbids it: free of charge, after school on a few days."""
    if one.band == "S":
        for day in all_days()[5::12]:
            yield {
                "class": one.code, "day": day, "subject": "数学", "when": "after-school",
                "paid": False, "after-school-service": False,
            }  # fmt: skip


def _aids(one: Class) -> Iterator[Row]:
    for term in TERMS:
        for subject in SUBJECTS[one.band]:
            titles = 0 if subject == "音乐" else 1
            yield {
                "class": one.code, "term": term, "subject": subject, "titles": titles, "voluntary": True, "listed": True
            }  # fmt: skip


def _combined(one: Class) -> Iterator[Row]:
    """A few village classes share a room with the grade above."""
    if one.band == "P1-2" and one.place == "village" and one.number % 5 == 0:
        for term in TERMS:
            yield {"class": one.code, "term": term, "grades": 2, "pupils": 31 + one.number % 7}
