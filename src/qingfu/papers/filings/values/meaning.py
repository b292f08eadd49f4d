"""The three things a cell can be: taken, asked about, wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from qingfu.base.errors import DataFault
from qingfu.base.words import N_, Said, Word, say
from qingfu.papers.filings.cells import Cell
from qingfu.papers.filings.outcome import Candidate, Typed

# What is written where nothing is to be said.
NOTHING = frozenset(("/", "\\", "-", "--", "—", "——", "*", "无", "没有", "未布置", "不适用", "n/a", "na", "none"))
UNREPORTED: Candidate = ("", Word(N_("not reported")))
NOTHING_ASKS = N_("“{text}”: does it mean none, or was it not reported?")
_NEUTRAL = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")


@dataclass(frozen=True)
class Taken:
    """One value, and no other can be meant."""

    value: Typed


@dataclass(frozen=True)
class Asks:
    """A question; with ``presumed`` the first candidate is what was probably meant."""

    asks: Said
    candidates: tuple[Candidate, ...] = ()
    presumed: bool = True


@dataclass(frozen=True)
class Wrong:
    """Nothing the column can hold."""

    fault: type[DataFault]
    instead: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


Meaning = Taken | Asks | Wrong


def said(cell: Cell) -> str:
    """The text of a cell: signs composed, no blanks at its ends, no apostrophe that only keeps it from calculating."""
    return _NEUTRAL.sub("", unicodedata.normalize("NFC", cell.text).strip(), count=1).strip()


def folded(cell: Cell) -> str:
    """The text without differences of width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", said(cell)).split()).casefold()


def nothing(text: str, none: tuple[Candidate, ...]) -> Asks:
    """The question what a stroke in a cell means."""
    return Asks(say(NOTHING_ASKS, text=text), (*none, UNREPORTED), presumed=False)
