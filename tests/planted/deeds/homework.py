"""Deeds of homework: one evening of one class."""

from __future__ import annotations

from tests.planted.compliant import Rows
from tests.planted.deed import NOTHING, Change, Deed, Named, Spot, by, cells, hyphened, mine

ALL = ("P1-2", "P3-6", "J", "S")
TIME = by("homework-time", "homework-time", "homework")
ALSO_AT_REST = by("homework-time", "homework-time rest-day-homework", "homework")
LOW = by("homework-low", "homework-time", "homework homework-low")


def evening(*minutes: int | None, written: bool | None = True, rest: bool | None = False, **first: object) -> Change:
    """The three items of an evening: their minutes, and cells of the first alone."""

    def change(rows: Rows, spot: Spot) -> None:
        items = mine(rows, "homework", spot)
        for item, needed in zip(items, minutes, strict=True):
            item.update({"minutes": needed, "written": written, "rest": rest})
        items[0].update(hyphened(first))

    return change


def unreported(rows: Rows, spot: Spot) -> None:
    """Nothing of that evening was reported."""
    rows["homework"] = [row for row in rows["homework"] if row["day"] != spot.day]


def _deed(
    says: str,
    bands: tuple[str, ...],
    change: Change,
    breaks: Named = NOTHING,
    hides: Named = NOTHING,
    asked: bool | None = None,
) -> Deed:
    return Deed(says, "homework", bands, change, breaks, hides, asked)


_MINUTES = (
    _deed("三至六年级61分钟", ("P3-6",), evening(20, 20, 21), TIME),
    _deed("三至六年级140分钟", ("P3-6",), evening(60, 50, 30), TIME),
    _deed("三至六年级周末前61分钟", ("P3-6",), evening(20, 20, 21, rest=True), ALSO_AT_REST),
    _deed("三至六年级正好60分钟，周末前", ("P3-6",), evening(20, 20, 20, rest=True)),
    _deed("三至六年级80分钟，都不是书面的", ("P3-6",), evening(30, 30, 20, written=False), by("homework-time")),
    _deed("初中91分钟", ("J",), evening(30, 30, 31), TIME),
    _deed("初中周末前91分钟", ("J",), evening(30, 30, 31, rest=True), ALSO_AT_REST),
    _deed("初中正好90分钟，周末前", ("J",), evening(30, 30, 30, rest=True)),
    _deed("初中120分钟，都不是书面的", ("J",), evening(40, 40, 40, written=False), by("homework-time")),
    _deed("高中300分钟，来源没有写分钟数", ("S",), evening(100, 100, 100, rest=True)),
    _deed("低年级15分钟书面作业", ("P1-2",), evening(5, 5, 5), LOW),
    _deed(
        "低年级周末前1分钟书面作业",
        ("P1-2",),
        evening(1, 0, 0, rest=True),
        by("homework-low", "homework-time rest-day-homework", "homework homework-low"),
    ),
    _deed("低年级三项里一项是书面的", ("P1-2",), cells("homework", written=True, rest=False, minutes=1), LOW),
    _deed("低年级0分钟的书面作业", ("P1-2",), evening(0, 0, 0), by("homework-low", "", "homework-low")),
    _deed("低年级120分钟口头作业", ("P1-2",), evening(40, 40, 40, written=False, rest=True)),
)
_FACTS = (
    _deed(
        "罚抄",
        ALL,
        evening(5, 5, 5, written=False, punitive=True),
        by("homework-punitive", "no-punishment", "homework-punitive"),
    ),
    _deed(
        "家长批改",
        ALL,
        evening(5, 5, 5, written=False, parent_marked=True),
        by("homework-by-parents", "", "homework-by-parents"),
    ),
    _deed("书面作业不批改", ("P3-6", "J", "S"), evening(5, 5, 5, marked=False), by("homework-unmarked", "all-marked")),
    _deed("口头作业不批改", ALL, evening(5, 5, 5, written=False, marked=False), by("homework-unmarked")),
)
_HOLES = (
    _deed("一项的分钟没有报，其余没有超", ("P3-6", "J"), evening(None, 20, 20), hides=TIME),
    _deed("一项的分钟没有报，其余已经超了", ("P3-6",), evening(None, 40, 21), TIME),
    _deed("一项的分钟没有报，其余已经超了（初中）", ("J",), evening(None, 60, 31), TIME),
    _deed("口头作业的分钟没有报，低年级没有上限", ("P1-2",), evening(None, 5, 5, written=False)),
    _deed(
        "低年级书面作业的分钟没有报",
        ("P1-2",),
        evening(None, 0, 0),
        by("homework-low", "", "homework-low"),
        by("", "homework-time", "homework"),
    ),
    _deed(
        "是不是书面没有报",
        ("P3-6", "J"),
        evening(20, 20, 20, written=None),
        hides=by("", "homework-time", "homework"),
    ),
    _deed("低年级是不是书面没有报", ("P1-2",), evening(5, 5, 5, written=None), hides=LOW),
    _deed(
        "周末前，是不是书面没有报",
        ("P3-6", "J"),
        evening(20, 20, 20, written=None, rest=True),
        hides=by("", "homework-time rest-day-homework", "homework"),
    ),
    _deed("是不是周末作业没有报", ("P3-6", "J"), evening(20, 20, 20, rest=None), hides=by("", "rest-day-homework")),
    _deed("低年级口头作业，是不是周末没有报，不要紧", ("P1-2",), evening(5, 5, 5, written=False, rest=None)),
    _deed(
        "是不是罚抄没有报",
        ALL,
        evening(5, 5, 5, written=False, punitive=None),
        hides=by("homework-punitive", "no-punishment", "homework-punitive"),
    ),
    _deed(
        "家长批不批没有报",
        ALL,
        evening(5, 5, 5, written=False, parent_marked=None),
        hides=by("homework-by-parents", "", "homework-by-parents"),
    ),
    _deed(
        "批不批改没有报",
        ("P3-6", "J", "S"),
        evening(5, 5, 5, marked=None),
        hides=by("homework-unmarked", "all-marked"),
    ),
    _deed("口头作业批不批改没有报", ALL, evening(5, 5, 5, written=False, marked=None), hides=by("homework-unmarked")),
    _deed(
        "没有批改，是不是书面没有报",
        ("P3-6", "J"),
        evening(5, 5, 5, written=None, marked=False),
        by("homework-unmarked"),
        by("", "homework-time all-marked", "homework"),
    ),
    _deed("抽到的班当天没有报", ("P1-2",), unreported, hides=by("homework-low", "", "homework"), asked=True),
    _deed("抽到的班当天没有报", ("P3-6", "J"), unreported, hides=by("homework-time", "", "homework"), asked=True),
    _deed("抽到的高中班当天没有报，没有限额等它", ("S",), unreported, asked=True),
    _deed("没有抽到，也没有报", ALL, unreported, asked=False),
)

DEEDS = (*_MINUTES, *_FACTS, *_HOLES)
