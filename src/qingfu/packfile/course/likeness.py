"""同一或相近主题: which other affairs of the same window an application is like."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qingfu.packfile.course.steps import list_of
from qingfu.packfile.due import listed_span, span_of, terms_of
from qingfu.packfile.gate import near, normalised
from qingfu.packfile.words.pack import Pack

# Cases that still stand for something: at work, returned, or listed.
ALIVE = ("at", "returned", "finished")
# So much of a theme is compared.
THEME = 60


def window_of(pack: Pack, route: str, today: date) -> str:
    """The span an application of today is for: that of the route's list, or the calendar year where it enters none."""
    entered, terms = list_of(pack, route), terms_of(pack)
    return listed_span(entered[1], today, terms).key if entered else span_of("calendar-year", today, terms).key


def similar(title: str, theme: str, others: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The titles among `others` (title, theme) that are near to this title, or whose theme is the same."""
    rows = list(others)
    alike = set(near(title, [other for other, _ in rows])) if title else set()
    ours = normalised(theme[:THEME])
    same = {other for other, its in rows if its and normalised(its[:THEME]) == ours}
    return tuple(dict.fromkeys(other for other, _ in rows if other in alike | same))
