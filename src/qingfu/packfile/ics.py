"""A plan's dates as an iCalendar file (RFC 5545), for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from qingfu.base.clock import CHINA
from qingfu.base.words import Translate, as_they_are
from qingfu.packfile.calendar import Entry
from qingfu.packfile.words.pack import Pack

LINE = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def ics(pack: Pack, entries: Iterable[Entry], translate: Translate = as_they_are) -> bytes:
    """The dated entries as all-day events, one each; the same plan gives the same bytes.

    The stamp of an event is the day the plan was issued: a clock would make every export differ.
    """
    stamp = datetime.combine(date.fromisoformat(pack.plan.issued), datetime.min.time(), CHINA)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qingfu//plan calendar//ZH", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{_escaped(pack.plan.title)}"]  # fmt: skip
    for entry in entries:
        if entry.day:
            lines += _event(pack, entry, entry.day, stamp, translate)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode("utf-8")


def _event(pack: Pack, entry: Entry, day: date, stamp: datetime, translate: Translate) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.key}@{pack.plan.id}.qingfu"
    yield f"DTSTAMP:{stamp.astimezone(CHINA).strftime('%Y%m%d')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.says)}"
    yield f"DESCRIPTION:{_escaped(entry.explanation(translate))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets, never cutting a character; what follows begins with a space."""
    piece, size, room = "", 0, LINE
    for sign in line:
        weight = len(sign.encode("utf-8"))
        if size + weight > room:
            yield piece
            piece, size, room = " ", 1, LINE
        piece, size = piece + sign, size + weight
    yield piece
