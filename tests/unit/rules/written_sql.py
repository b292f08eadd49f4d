"""The SQL of every shape of limit in the three dialects, as it is kept beside the tests.

``make snapshots`` writes it anew: look at what changed before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of
from qingfu.rules.passes import passes_of
from qingfu.rules.sql import Dialect, queries_of

FOLDER = Path(__file__).parent / "snapshots"
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)

_DAILY = {"reads": "homework", "per": ["class", "day"]}
_MINUTES = {**_DAILY, "measure": {"sum": "minutes"}, "unit": "minute"}
_TAUGHT = {"reads": "timetable", "per": ["class", "term"], "where": {"record": "taught"}, "each": "subject"}
# What a pack may write, one of every kind; a shape with several limits shows what they share.
SHAPES: dict[str, tuple[dict[str, Any], ...]] = {
    "sum at most": ({**_MINUTES, "at-most": 60},),
    "sum at least, with a condition": ({**_MINUTES, "where": {"written": True, "rest": False}, "at-least": 20},),
    "sum by grade": ({**_MINUTES, "at-most": {"P1-2": 0, "P3-6": 60, "J": 90}, "tolerance": 5},),
    "sum by grade, a limit for each": ({**_MINUTES, "at-most": {"P1-2": 0}}, {**_MINUTES, "at-most": {"J": 90}}),
    "sum by grade, two limits for some": ({**_MINUTES, "at-most": {"P": 60}}, {**_MINUTES, "at-most": {"P3-6": 50}}),
    "sum by grade and place": ({**_MINUTES, "at-most": {"P": 60, "J": 90, "village/J": 80}},),
    "sum of a grade, by grade": ({**_MINUTES, "per": ["grade", "day"], "at-most": {"P": 600, "J": 900}},),
    "mean": ({**_MINUTES, "measure": {"mean": "minutes"}, "where": {"subject": ["语文", "数学"]}, "at-most": 30},),
    "most": ({"reads": "classes", "per": ["class"], "measure": {"most": "pupils"}, "unit": "person",
              "at-most": {"P": 45, "J": 50}},),
    "least, by the clock": ({"reads": "schedules", "per": ["class", "term"], "measure": {"least": "first-lesson"},
                             "unit": "clock", "at-least": {"P": 500, "J": 480}},),
    "distinct": ({**_DAILY, "where": {"grade": "P3-6"}, "measure": {"distinct": "subject"}, "unit": "item",
                  "at-most": 3},),
    "count": ({**_DAILY, "where": {"minutes": {"at-least": 5}}, "measure": {"count": "rows"}, "unit": "item",
               "exactly": 2},),
    "never": ({**_DAILY, "never": {"parent-marked": True}}, {**_DAILY, "never": {"punitive": True, "written": True}}),
    "each needs": ({**_TAUGHT, "measure": {"sum": "fortnight"}, "unit": "period",
                    "needs": {"体育": {"P": 3, "J": 2}}},),
    "each fixes": ({**_TAUGHT, "measure": {"sum": "fortnight"}, "unit": "period", "fixes": {"语文": 6, "数学": 5}},),
    "same": ({"reads": "timetable", "per": ["class", "term"], "same": {
        "column": "record", "one": "posted", "other": "taught", "by": ["weekday", "period", "subject"],
        "of": "fortnight"}, "tolerance": 1},),
    "apart": ({"reads": "exams", "per": ["class", "term"], "where": {"unified": True}, "apart": "day", "at-least": 20,
               "unit": "day"},),
    "expects": ({**_MINUTES, "at-most": 60, "expects": "sample"},),
    "expects, by grade": ({**_MINUTES, "where": {"place": "village"}, "at-most": {"P": 60}, "expects": "sample"},),
}  # fmt: skip


def limits_like(shape: str) -> list[Limit]:
    """The limits of one shape, as the parser makes them."""
    return [limit for number, one in enumerate(SHAPES[shape]) for limit in limits_of(f"limit-{number}", one)]


def text(dialect: Dialect) -> str:
    """Every query of every shape in one dialect, word for word; only the breaks of lines are added."""
    lines = [f"-- How each shape of limit is asked in {dialect}. Made by `make snapshots`; never edited.\n"]
    for shape in SHAPES:
        for one in passes_of(limits_like(shape)):
            queries = queries_of(one, dialect)
            lines.append(f"\n-- {shape}\n")
            whole = "" if queries.asked.startswith("WITH") else queries.asked
            parts = {"hits": queries.hits, "findings": queries.findings, "absent": queries.absent, "at once": whole}
            for what, query in parts.items():
                if query:
                    lines.append(f"-- {what}\n{_broken(query)};\n")
    return "".join(lines)


def _broken(query: str) -> str:
    return re.sub(r" (FROM|WHERE|GROUP BY|UNION ALL|EXCEPT|(LEFT |CROSS )?JOIN|WHEN) ", r"\n\1 ", query)


def file_of(dialect: Dialect) -> Path:
    """Where the SQL of a dialect is kept."""
    return FOLDER / f"{dialect}.sql"


if __name__ == "__main__":
    for each in DIALECTS:
        file_of(each).write_text(text(each), encoding="utf-8")
        print(file_of(each).relative_to(Path.cwd()))
