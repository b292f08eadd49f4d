"""What the parts of a page are given: small frozen records, one for each template in templates/parts/."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _

from qingfu.base.words import paragraph

Reason = Literal["none", "optional", "required"]


@dataclass(frozen=True)
class Row:
    """One line of a task list or an inbox: what is asked, by whom, under which clause, until when.

    ``says`` stands for the state in words of its own: who is waited for. ``note`` is in the plan's words, ``aside`` in
    the page's. ``quiet`` asks for nothing.
    """

    href: str
    what: str
    whom: str = ""
    clause: tuple[str, ...] = ()
    due: date | None = None
    subject: str = ""
    state: str = ""
    note: str = ""
    says: str = ""
    aside: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one heading; ``empty`` is said when there are none."""

    title: str
    rows: tuple[Row, ...] = ()
    empty: str = ""
    key: str = ""

    @property
    def asks(self) -> int:
        """How many rows ask for something; where none does, how many there are."""
        return len([row for row in self.rows if not row.quiet]) or len(self.rows)


@dataclass(frozen=True)
class Fact:
    """One line of a summary list. ``zh``: the words are a plan's or a person's, so Chinese in every interface."""

    term: str
    says: str
    zh: bool = True
    href: str = ""
    change: str = ""
    clause: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileLink:
    """A file that may be opened."""

    name: str
    href: str
    size: int = 0


@dataclass(frozen=True)
class Told:
    """One entry of a story: who did what and when, with what words, bound to which digest."""

    at: datetime | date | None
    who: str
    did: str
    says: str = ""
    shape: str = "ring"
    tone: str = "plain"
    clause: tuple[str, ...] = ()
    digest: str = ""
    via: str = ""
    files: tuple[FileLink, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A verb somebody may use now: its label, and in one line what it will do."""

    verb: str
    label: str
    effect: str
    main: bool = False
    reason: Reason = "none"

    @property
    def told(self) -> str:
        """What it will do, and whether a reason must stand with it."""
        return paragraph((self.effect, _("Needs a reason.") if self.reason == "required" else ""), _)


@dataclass(frozen=True)
class Cell:
    """One cell: a text, perhaps a link, a number, or a state."""

    text: str = ""
    href: str = ""
    zh: bool = False
    number: bool = False
    subject: str = ""
    state: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Table:
    """A table for comparing. ``caption`` says what it answers; ``wide`` columns may take the most room."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = field(default_factory=frozenset)
    quiet_caption: bool = False

    @property
    def body(self) -> Iterator[tuple[tuple[str, Cell], ...]]:
        """Rows as pairs of head and cell: narrow screens show the head beside each cell."""
        return (tuple(zip(self.heads, cells, strict=True)) for cells in self.rows)


@dataclass(frozen=True)
class Bar:
    """Progress as figures: how many of how many, and how many of the rest are late."""

    done: int
    whole: int
    late: int = 0
    says: str = ""

    @property
    def done_share(self) -> str:
        """The done part, in hundredths of the whole."""
        return f"{100 * self.done / self.whole:.1f}%" if self.whole else "0%"

    @property
    def late_share(self) -> str:
        """The late part, in hundredths of the whole."""
        return f"{100 * self.late / self.whole:.1f}%" if self.whole else "0%"
