"""Limits and school data made up by hypothesis, for whoever must agree with the reference."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of

CLASSES = ("甲", "乙", "丙", "丁")
DAYS = tuple(date(2024, 12, 30) + timedelta(days=step) for step in range(5))
TERMS = ("autumn", "spring")
SUBJECTS = ("语文", "数学", "体育")

Rows = list[dict[str, Any]]


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value, or nobody reported it."""
    return st.one_of(st.none(), values)


truth = maybe(st.booleans())


def rows(identity: tuple[str, ...], **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Rows]:
    """Rows of a table, none with the identity of another."""
    one = st.fixed_dictionaries(columns)
    return st.lists(one, max_size=14, unique_by=lambda row: tuple(row[name] for name in identity))


pupils = st.integers(0, 60)
classes = rows(
    ("class",),
    **{
        "class": st.sampled_from(CLASSES),
        "school": st.sampled_from(("一小", "二中")),
        "grade": maybe(st.sampled_from(("P1", "P3", "P6", "J2", "S1"))),
        "place": maybe(st.sampled_from(("town", "village"))),
        "pupils": maybe(pupils),
        "experimental": truth,
        "permit": truth,
    },
)
homework = rows(
    ("day", "class", "subject"),
    **{
        "day": st.sampled_from(DAYS),
        # 戊 is in no list of classes: what it belongs to is not known.
        "class": st.sampled_from((*CLASSES, "戊")),
        "subject": st.sampled_from(SUBJECTS),
        "minutes": maybe(st.integers(0, 40)),
        "written": truth,
        "rest": truth,
        "parent-marked": truth,
        "punitive": truth,
        "marked": truth,
    },
)
exams = rows(
    ("class", "day", "subject"),
    **{
        "class": st.sampled_from(CLASSES),
        "term": st.sampled_from(TERMS),
        "day": st.sampled_from(DAYS),
        "subject": st.sampled_from(SUBJECTS),
        "unified": truth,
        "paper": truth,
        "when": maybe(st.sampled_from(("mid", "end", "other"))),
        "ranked": truth,
        "entrance": truth,
    },
)
timetable = rows(
    ("class", "term", "record", "weekday", "period", "subject"),
    **{
        "class": st.sampled_from(CLASSES[:2]),
        "term": st.just("autumn"),
        "record": st.sampled_from(("planned", "posted", "taught")),
        "weekday": st.integers(1, 2),
        "period": st.integers(1, 2),
        "subject": st.sampled_from(SUBJECTS),
        "fortnight": maybe(st.integers(1, 2)),
    },
)
sample = rows(("class", "day"), **{"class": st.sampled_from(CLASSES), "day": st.sampled_from(DAYS)})
data = st.fixed_dictionaries(
    {"classes": classes, "homework": homework, "exams": exams, "timetable": timetable, "sample": sample}
)

number = st.integers(0, 60)
grades = st.dictionaries(
    st.sampled_from(("*", "P", "P1-2", "P3-6", "J", "P1-J3", "village/P", "town/*", "S1")),
    number,
    min_size=1,
    max_size=3,
)
bound = st.one_of(number, grades)
where = st.one_of(
    st.just({}),
    st.sampled_from(
        (
            {"written": True},
            {"rest": False, "written": True},
            {"subject": ["语文", "数学"]},
            {"grade": "P3-6"},
            {"minutes": {"at-least": 5}},
            {"place": "village"},
        )
    ),
)


@st.composite
def limits(draw: st.DrawFn) -> tuple[Limit, ...]:
    """One object of a pack, of any shape."""
    made = draw(st.sampled_from((_homework, _never, _presence, _same, _apart)))(draw)
    return limits_of(draw(st.sampled_from(("one", "two", "three"))), made)


def _side(draw: st.DrawFn, bounds: st.SearchStrategy[Any]) -> dict[str, Any]:
    side = draw(st.sampled_from(("at-most", "at-least", "exactly")))
    tolerance = draw(st.sampled_from((0, 0, 5))) if side != "exactly" else 0
    return {side: draw(bounds), "tolerance": tolerance}


def _homework(draw: st.DrawFn) -> dict[str, Any]:
    does = draw(st.sampled_from(("sum", "mean", "most", "least", "distinct", "count")))
    column = {"count": "rows", "distinct": "subject"}.get(does, "minutes")
    per = draw(st.sampled_from((["class", "day"], ["class"], ["school", "day"], ["grade", "day"], ["day"])))
    bounds = bound if "class" in per else number
    unit = {"count": "item", "distinct": "item"}.get(does, "minute")
    expects = {"expects": "sample"} if draw(st.booleans()) else {}
    return {
        "reads": "homework", "where": draw(where), "per": per, "measure": {does: column}, "unit": unit,
        **expects, **_side(draw, bounds),
    }  # fmt: skip


def _never(draw: st.DrawFn) -> dict[str, Any]:
    fact = draw(st.sampled_from(({"parent-marked": True}, {"punitive": True, "written": True})))
    return {"reads": "homework", "where": draw(where), "never": fact, "per": ["class", "day"]}


def _presence(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "reads": "timetable", "where": {"record": "taught"}, "per": ["class", "term"], "each": "subject",
        "measure": {"sum": "fortnight"}, "unit": "period",
        draw(st.sampled_from(("needs", "fixes"))): {"语文": draw(st.integers(0, 3)), "体育": {"P": 1, "village/J": 2}},
    }  # fmt: skip


def _same(draw: st.DrawFn) -> dict[str, Any]:
    of = {
        "column": "record",
        "one": "posted",
        "other": "taught",
        "by": ["weekday", "period", "subject"],
        "of": "fortnight",
    }
    return {"reads": "timetable", "per": ["class", "term"], "same": of, "tolerance": draw(st.integers(0, 1))}


def _apart(draw: st.DrawFn) -> dict[str, Any]:
    where = draw(st.sampled_from(({}, {"unified": True})))
    return {
        "reads": "exams", "where": where, "per": ["class", "term"], "apart": "day",
        "at-least": draw(st.integers(0, 4)), "unit": "day",
    }  # fmt: skip
