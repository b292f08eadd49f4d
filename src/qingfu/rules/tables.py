"""The tables of school life that limits read: columns, units, and what may stand in them.

A fact is reported once, into one of these, whatever plan asks for it. Templates, imports, forms
and the rule language all follow from this page; a column no plan asks for is not asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qingfu.base.words import N_
from qingfu.rules.grades import GRADES

Kind = Literal["key", "whole", "yes-no", "day", "word", "clock"]


@dataclass(frozen=True)
class Column:
    """One column. ``whole`` numbers are never negative; ``clock`` is minutes since midnight.

    ``unit`` belongs to whole numbers; ``among`` are the words a ``word`` column may hold, empty = any.
    A key is never empty; every other column may be, and an empty one means "not reported".
    """

    name: str
    kind: Kind
    says: str
    unit: str | None = None
    among: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True)
class Table:
    """One table; a row is one ``row_unit``. ``identity`` names the columns no two rows share, all of them keys."""

    name: str
    says: str
    row_unit: str
    columns: tuple[Column, ...]
    identity: tuple[str, ...]

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((one for one in self.columns if one.name == name), None)

    @property
    def has_class(self) -> bool:
        """Whether rows belong to a class, so that its grade, school and place are known too."""
        return self.name != CLASSES and self.column("class") is not None


CLASSES = "classes"
# What a class brings into every table that names it.
BROUGHT = ("school", "grade", "place")

_CLASS = Column("class", "key", N_("class"))
_TERM = Column("term", "key", N_("school term"))
_DAY = Column("day", "day", N_("date"))
_SUBJECT = Column("subject", "word", N_("subject"))
_OUTSIDE = ("holiday", "rest-day", "noon", "self-study", "after-school")
_WEEKDAY = Column("weekday", "whole", N_("weekday, 1 = Monday"), most=7)

TABLES = (
    Table(
        CLASSES, N_("classes"), "class",
        (
            _CLASS,
            Column("school", "key", N_("school")),
            Column("grade", "word", N_("grade"), among=GRADES),
            Column("place", "word", N_("town or village"), among=("town", "village")),
            Column("pupils", "whole", N_("pupils in the class"), unit="person"),
            Column("experimental", "yes-no", N_("called experimental, key or fast")),
            Column("permit", "yes-no", N_("permit of the bureau for it")),
        ),
        ("class",),
    ),
    Table(
        "homework", N_("homework"), "item",
        (
            _DAY, _CLASS, _SUBJECT,
            Column("minutes", "whole", N_("minutes an average pupil needs"), unit="minute", most=1440),
            Column("written", "yes-no", N_("written homework to be done at home")),
            Column("rest", "yes-no", N_("for a weekend or holiday")),
            Column("parent-marked", "yes-no", N_("parents were asked to mark or do it")),
            Column("punitive", "yes-no", N_("set as a punishment, by copying or repetition")),
            Column("marked", "yes-no", N_("marked by the teacher")),
        ),
        ("day", "class", "subject"),
    ),
    Table(
        "exams", N_("examinations"), "time",
        (
            _CLASS, _TERM, _DAY, _SUBJECT,
            Column("unified", "yes-no", N_("taken by the whole school or grade")),
            Column("paper", "yes-no", N_("on paper")),
            Column("when", "word", N_("when in the term"), among=("mid", "end", "other")),
            Column("ranked", "yes-no", N_("scores or ranks were made known")),
            Column("entrance", "yes-no", N_("for admission or for sorting into classes")),
        ),
        ("class", "day", "subject"),
    ),
    Table(
        "timetable", N_("timetable"), "period",
        (
            _CLASS, _TERM,
            Column("record", "word", N_("which timetable"), among=("planned", "posted", "taught")),
            _WEEKDAY,
            Column("period", "whole", N_("period of the day"), most=20),
            _SUBJECT,
            Column("fortnight", "whole", N_("lessons in two weeks"), unit="half-period", most=2),
        ),
        ("class", "term", "record", "weekday", "period", "subject"),
    ),
    Table(
        "schedules", N_("day schedule"), "day",
        (
            _CLASS, _TERM, _WEEKDAY,
            Column("arrive", "clock", N_("pupils must be there from")),
            Column("first-lesson", "clock", N_("first lesson begins")),
            Column("teaching", "whole", N_("minutes of lessons"), unit="minute", most=1440),
            Column("exercise", "whole", N_("minutes of sport, lessons included"), unit="minute", most=1440),
            Column("early-study", "yes-no", N_("collective study before the first lesson")),
            Column("sleep", "whole", N_("minutes of sleep the schedule leaves"), unit="minute", most=1440),
        ),
        ("class", "term", "weekday"),
    ),
    Table(
        "evenings", N_("evening study"), "day",
        (
            _CLASS, _DAY,
            Column("periods", "whole", N_("periods of evening study"), unit="period", most=10),
            Column("day-pupils", "yes-no", N_("pupils who do not board had to stay")),
            Column("teaching", "yes-no", N_("a lesson was taught")),
        ),
        ("class", "day"),
    ),
    Table(
        "extra-lessons", N_("lessons outside the timetable"), "time",
        (
            _CLASS, _DAY, _SUBJECT,
            Column("when", "word", N_("when it was"), among=_OUTSIDE),
            Column("paid", "yes-no", N_("pupils paid for it")),
            Column("after-school-service", "yes-no", N_("held in the name of after-school service")),
        ),
        ("class", "day", "subject"),
    ),
    Table(
        "aids", N_("teaching aids"), "item",
        (
            _CLASS, _TERM, _SUBJECT,
            Column("titles", "whole", N_("titles ordered for the subject"), unit="title", most=100),
            Column("voluntary", "yes-no", N_("pupils chose to buy")),
            Column("listed", "yes-no", N_("on the published list")),
        ),
        ("class", "term", "subject"),
    ),
    Table(
        "combined", N_("combined classes"), "class",
        (
            _CLASS, _TERM,
            Column("grades", "whole", N_("grades taught in one room"), unit="grade", most=9),
            Column("pupils", "whole", N_("pupils in the room"), unit="person"),
        ),
        ("class", "term"),
    ),
    Table(
        "sample", N_("classes asked to report homework"), "day",
        (_CLASS, _DAY),
        ("class", "day"),
    ),
)  # fmt: skip

BY_NAME = {one.name: one for one in TABLES}
# How many of the smaller unit make one of the larger: bounds are converted to the column's unit.
RATIOS = {("hour", "minute"): 60, ("period", "half-period"): 2}


def known_column(table: Table, name: str) -> Column | None:
    """A column of the table, or one its class brings along."""
    own = table.column(name)
    if own is None and table.has_class and name in BROUGHT:
        return BY_NAME[CLASSES].column(name)
    return own
