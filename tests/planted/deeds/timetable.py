"""Deeds of the timetable: one class in one term, three records of it. Amounts are half lessons a week."""

from __future__ import annotations

from collections.abc import Iterator

from tests.planted.compliant import Rows
from tests.planted.deed import NOTHING, PACKS, Change, Deed, Named, Spot, both, by, hyphened, mine
from tests.planted.lessons import RECORDS, Row

ALL = ("P1-2", "P3-6", "J", "S")
IDLE = "自习"

# National course hours, in half lessons a week; what the thirty measures want planned is the same.
NATIONAL = {
    "语文": {"P1-2": 16, "P3-6": 12, "J": 10},
    "数学": {"P1-2": 8, "P3-6": 8, "J": 8},
    "英语": {"P3-6": 4, "J": 6},
    "道德与法治": {"P1-2": 4, "P3-6": 4, "J": 4},
    "科学": {"P1-2": 2, "P3-6": 4},
    "体育": {"P1-2": 8, "P3-6": 6, "J": 6},
    "音乐": {"P1-2": 4, "P3-6": 2, "J": 2},
    "美术": {"P1-2": 4, "P3-6": 2, "J": 2},
    "劳动": {"P1-2": 2, "P3-6": 2, "J": 2},
    "综合实践": {"P1-2": 2, "P3-6": 2, "J": 2},
}
# One lesson a week must be taught (the thirty measures), one in two weeks (light load).
BURDEN = {subject: dict.fromkeys(("P1-2", "P3-6", "J"), 2) for subject in ("音乐", "美术", "综合实践")}
BURDEN["科学"] = dict.fromkeys(("P1-2", "P3-6"), 2)
LIGHT = {subject: dict.fromkeys(("P1-2", "P3-6", "J"), 1) for subject in ("音乐", "体育", "美术")}
LIGHT |= {subject: dict.fromkeys(("P3-6", "J"), 1) for subject in ("综合实践", "信息技术")}

# The sums of a subject differ; so do the places in the week.
UNEQUAL = by("hours-kept posted-is-taught", "taught-as-planned")


def lessons(rows: Rows, spot: Spot, record: str, subject: str) -> list[Row]:
    """The lessons of a subject in one record."""
    return [row for row in mine(rows, "timetable", spot) if (row["record"], row["subject"]) == (record, subject)]


def cut(subject: str, left: int, *records: str) -> Change:
    """Only so much of the subject is left in the records; pupils sit idle instead."""

    def change(rows: Rows, spot: Spot) -> None:
        for record in records:
            found = lessons(rows, spot, record, subject)
            over = sum(row["fortnight"] for row in found) - left
            for row in found:
                if over >= 2:
                    row["subject"] = IDLE
                    over -= 2
                elif over == 1:
                    row["fortnight"] = 1
                    rows["timetable"].append({**row, "subject": IDLE})
                    over = 0

    return change


def first(record: str, subject: str, **changed: object) -> Change:
    """Other cells in the first lesson of the subject."""

    def change(rows: Rows, spot: Spot) -> None:
        lessons(rows, spot, record, subject)[0].update(hyphened(changed))

    return change


def swapped(record: str) -> Change:
    """The first Chinese and the first mathematics lesson change places in one record."""

    def change(rows: Rows, spot: Spot) -> None:
        one, other = lessons(rows, spot, record, "语文")[0], lessons(rows, spot, record, "数学")[0]
        one["subject"], other["subject"] = "数学", "语文"

    return change


def without(*records: str) -> Change:
    """The records were not handed in for that term."""

    def change(rows: Rows, spot: Spot) -> None:
        rows["timetable"] = [
            row for row in rows["timetable"] if row["term"] != spot.term or row["record"] not in records
        ]

    return change


def more(record: str, subject: str) -> Change:
    """One lesson more, late in the afternoon."""

    def change(rows: Rows, spot: Spot) -> None:
        row = lessons(rows, spot, record, subject)[0]
        rows["timetable"].append({**row, "weekday": 5, "period": 12})

    return change


def short(subject: str, band: str, left: int, *, planned: bool, taught: bool) -> Named:
    """The limits of presence that so little of a subject breaks, planned or taught."""
    item = f"/{subject}"
    below = {
        f"all-courses{item}": planned and left < NATIONAL.get(subject, {}).get(band, 0),
        f"courses-taught{item}": taught and left < BURDEN.get(subject, {}).get(band, 0),
        f"courses-kept{item}": taught and left < LIGHT.get(subject, {}).get(band, 0),
        f"course-hours{item}": taught and left < NATIONAL.get(subject, {}).get(band, 0),
    }
    of = {"all-courses": 0, "courses-taught": 0, "courses-kept": 1, "course-hours": 2}
    names = ["", "", ""]
    for name, broken in below.items():
        if broken:
            names[of[name.split("/")[0]]] += f" {name}"
    return by(*names)


def _and(one: Named, other: Named) -> Named:
    return {pack: (*one[pack], *other[pack]) for pack in PACKS}


def _deed(says: str, bands: tuple[str, ...], change: Change, breaks: Named = NOTHING, hides: Named = NOTHING) -> Deed:
    return Deed(says, "timetable", bands, change, breaks, hides)


def _too_few() -> Iterator[Deed]:
    """Every subject of every plan, in every band it is asked for."""
    for subject, needed in NATIONAL.items():
        for band, least in needed.items():
            for left in dict.fromkeys((least - 1, 0)):
                breaks = short(subject, band, left, planned=True, taught=True)
                yield _deed(f"{subject}两周只有{left}节，三张课表都是", (band,), cut(subject, left, *RECORDS), breaks)
            yield _deed(f"{subject}正好{least}", (band,), cut(subject, least, *RECORDS))
    for band in ("P3-6", "J"):
        yield _deed(
            "没有信息技术", (band,), cut("信息技术", 0, *RECORDS), short("信息技术", band, 0, planned=True, taught=True)
        )
        yield _deed("信息技术两周正好一节", (band,), cut("信息技术", 1, *RECORDS))
    for band in ("P1-2", "P3-6", "J"):
        breaks = short("体育", band, 1, planned=True, taught=True)
        yield _deed("体育两周只有一节，轻负担正好允许", (band,), cut("体育", 1, *RECORDS), breaks)
    yield _deed("高中没有音乐，没有限额管", ("S",), cut("音乐", 0, *RECORDS))


def _unequal() -> Iterator[Deed]:
    for subject, band in (("音乐", "P3-6"), ("体育", "J"), ("音乐", "P1-2"), ("科学", "P1-2"), ("综合实践", "J")):
        least = NATIONAL[subject][band]
        yield _deed(
            f"{subject}被占一节，计划、公示照旧",
            (band,),
            cut(subject, least - 2, "taught"),
            _and(UNEQUAL, short(subject, band, least - 2, planned=False, taught=True)),
        )
        yield _deed(
            f"计划里{subject}少一节，实际照上",
            (band,),
            cut(subject, least - 2, "planned"),
            _and(by("hours-kept", "taught-as-planned"), short(subject, band, least - 2, planned=True, taught=False)),
        )
    yield _deed("公示的课表少一节音乐", ALL, cut("音乐", 0, "posted"), by("posted-is-taught"))
    yield _deed("公示的语文、数学对调", ALL, swapped("posted"), by("posted-is-taught"))
    yield _deed("上课时语文、数学对调，课时不变", ALL, swapped("taught"), by("posted-is-taught"))
    yield _deed("计划里对调，没有人比节次", ALL, swapped("planned"))
    yield _deed("多上一节数学", ALL, more("taught", "数学"), UNEQUAL)
    yield _deed("班会两周少一节", ALL, first("taught", "班会", fortnight=1), UNEQUAL)


_HOLES = (
    _deed(
        "唯一一节音乐上了多少没有报",
        ("P3-6", "J"),
        first("taught", "音乐", fortnight=None),
        hides=by(
            "courses-taught/音乐 hours-kept posted-is-taught",
            "courses-kept/音乐 taught-as-planned",
            "course-hours/音乐",
        ),
    ),
    _deed(
        "一节数学上了多少没有报，其余已经够了",
        ("P1-2", "P3-6", "J"),
        first("taught", "数学", fortnight=None),
        hides=UNEQUAL,
    ),
    _deed(
        "公示的一节数学没有写多少，又有两节对调",
        ("P3-6",),
        both(swapped("posted"), first("posted", "音乐", fortnight=None)),
        by("posted-is-taught"),
    ),
    _deed(
        "计划的一节音乐没有写多少",
        ("P3-6", "J"),
        first("planned", "音乐", fortnight=None),
        hides=by("all-courses/音乐 hours-kept", "taught-as-planned"),
    ),
    _deed("没有公示", ALL, without("posted"), hides=by("posted-is-taught")),
    _deed(
        "没有公示，也没有报上课",
        ("S",),
        without("posted", "taught"),
        hides=by("hours-kept posted-is-taught", "taught-as-planned"),
    ),
    _deed("一张课表也没有", ALL, without(*RECORDS)),
)

DEEDS = (*_too_few(), *_unequal(), *_HOLES)
