"""How states, days, amounts and kinds are said to people: a word and a shape, never a colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Literal

from django.utils.translation import gettext, ngettext

from qingfu.base.clock import CHINA
from qingfu.base.words import N_
from qingfu.base.workdays import Workdays
from qingfu.rules.phrases import own_number, own_numbers

# "asks" needs somebody's decision, "done" is verified, "late" is over its day; "quiet" has ended.
Tone = Literal["plain", "asks", "done", "late", "quiet"]
Shape = Literal[
    "ring", "dots", "half", "seal", "tick", "cross", "bars", "back", "again", "alert", "dash", "lock", "flag"
]  # fmt: skip

# In Chinese a month is its number: 8月.
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


@dataclass(frozen=True)
class Saying:
    """One state as a page says it: ``word`` is an English msgid."""

    word: str
    shape: Shape
    tone: Tone = "plain"

    @property
    def text(self) -> str:
        """The word in the language of the page."""
        return gettext(self.word)


STATES: dict[str, dict[str, Saying]] = {
    "run": {
        "draft": Saying(N_("Draft"), "dots", "quiet"),
        "at": Saying(N_("Under way"), "half"),
        "returned": Saying(N_("Returned for changes"), "back", "asks"),
        "refused": Saying(N_("Refused"), "cross", "asks"),
        "withdrawn": Saying(N_("Withdrawn"), "dash", "quiet"),
        "finished": Saying(N_("Concluded"), "tick", "done"),
    },
    "task": {
        "waiting": Saying(N_("Not open yet"), "dots", "quiet"),
        "open": Saying(N_("To do"), "ring"),
        "handed-in": Saying(N_("Handed in"), "half"),
        "returned": Saying(N_("Sent back"), "back", "asks"),
        "accepted": Saying(N_("Done"), "tick", "done"),
        "waived": Saying(N_("Waived"), "dash", "quiet"),
        "late": Saying(N_("Late"), "alert", "late"),
    },
    "problem": {
        "found": Saying(N_("Measure to be set"), "flag", "asks"),
        "planned": Saying(N_("Being put right"), "half"),
        "reported": Saying(N_("To be verified"), "seal", "asks"),
        "sent-back": Saying(N_("Sent back to be put right"), "back", "asks"),
        "struck-off": Saying(N_("Struck off"), "tick", "done"),
        "reopened": Saying(N_("Came back, open again"), "again", "asks"),
        "revisited": Saying(N_("Struck off and looked at again"), "tick", "done"),
        "late": Saying(N_("Late"), "alert", "late"),
    },
    "listing": {
        "listed": Saying(N_("On the list"), "tick", "done"),
        "paused": Saying(N_("Paused"), "bars", "late"),
        "rectifying": Saying(N_("Being rectified"), "again", "late"),
        "revoked": Saying(N_("Revoked"), "cross", "asks"),
        "cleared": Saying(N_("Cleared off"), "dash", "quiet"),
        "expired": Saying(N_("Expired"), "dash", "quiet"),
    },
    "edition": {
        "draft": Saying(N_("Being prepared"), "dots", "quiet"),
        "in-force": Saying(N_("In force"), "tick", "done"),
        "ended": Saying(N_("Ended"), "dash", "quiet"),
    },
    "disclosure": {
        "shown": Saying(N_("Published"), "tick", "done"),
        "replaced": Saying(N_("Replaced by a later copy"), "dash", "quiet"),
        "withdrawn": Saying(N_("Taken down"), "cross", "quiet"),
        "over": Saying(N_("Publication ended"), "dash", "quiet"),
    },
    "clause": {
        "runs": Saying(N_("Running"), "half"),
        "done": Saying(N_("Done"), "tick", "done"),
        "late": Saying(N_("Something is late"), "alert", "late"),
        "nothing": Saying(N_("Nothing to run"), "dash", "quiet"),
        "awaits": Saying(N_("Not built yet"), "dots", "quiet"),
    },
    "gate": {
        "admit": Saying(N_("On the list: may come in"), "tick", "done"),
        "refuse": Saying(N_("Not on the list: may be refused"), "cross", "asks"),
    },
    "account": {
        "none": Saying(N_("No account yet"), "dots", "quiet"),
        "open": Saying(N_("Has an account"), "tick", "done"),
    },
    "key": {
        "open": Saying(N_("Opens"), "tick", "done"),
        "left": Saying(N_("Opens nothing: its maker has left the post"), "alert", "asks"),
        "ended": Saying(N_("Ended"), "dash", "quiet"),
    },
    "finding": {
        "open": Saying(N_("Over the limit"), "flag", "asks"),
        "returned": Saying(N_("With the school, to be checked"), "back"),
        "asked": Saying(N_("Exception to be decided"), "seal", "asks"),
        "excepted": Saying(N_("Excepted for a time"), "bars", "quiet"),
        "problem": Saying(N_("In the ledger"), "half"),
        "corrected": Saying(N_("Data corrected"), "tick", "done"),
        "cleared": Saying(N_("Keeps the limit now"), "tick", "done"),
    },
    "draw": {
        "frozen": Saying(N_("List frozen, circle open"), "ring", "asks"),
        "dealing": Saying(N_("Shares being dealt"), "half", "asks"),
        "sealed": Saying(N_("Sealed, to be drawn"), "lock", "asks"),
        "drawn": Saying(N_("Has been drawn"), "tick", "done"),
        "void": Saying(N_("Void"), "cross", "quiet"),
    },
    "placement": {
        "collecting": Saying(N_("Being prepared"), "dots"),
        "frozen": Saying(N_("List frozen, to be drawn"), "lock", "asks"),
        "placed": Saying(N_("Classes drawn"), "tick", "done"),
    },
    "call": {
        "waiting": Saying(N_("To be called"), "ring"),
        "tried": Saying(N_("No answer yet"), "again", "late"),
        "reached": Saying(N_("Reached"), "tick", "done"),
        "unreachable": Saying(N_("Cannot be reached"), "cross", "quiet"),
        "refused": Saying(N_("Refused to answer"), "cross", "quiet"),
        "absent": Saying(N_("Absent"), "dash", "quiet"),
        "unfit": Saying(N_("Does not belong here"), "dash", "quiet"),
    },
    # The same calls, where an expert is asked to sit on a panel.
    "panel-call": {
        "waiting": Saying(N_("To be called"), "ring"),
        "tried": Saying(N_("No answer yet"), "again", "late"),
        "reached": Saying(N_("Takes part"), "tick", "done"),
        "unreachable": Saying(N_("Cannot be reached"), "cross", "quiet"),
        "refused": Saying(N_("Declined"), "cross", "quiet"),
        "absent": Saying(N_("Absent"), "dash", "quiet"),
        "unfit": Saying(N_("Recused"), "dash", "quiet"),
    },
    "catchment": {
        "fits": Saying(N_("Fits"), "tick", "done"),
        "crowded": Saying(N_("More children than places"), "alert", "late"),
        "changed": Saying(N_("Changed"), "flag", "asks"),
    },
    "enrolment": {
        "draft": Saying(N_("Being prepared"), "dots", "quiet"),
        "published": Saying(N_("Published"), "tick", "done"),
    },
    "admission": {
        "open": Saying(N_("Not published yet"), "ring"),
        "late": Saying(N_("Late"), "alert", "late"),
        "published": Saying(N_("Published"), "tick", "done"),
    },
    "rezoning": {
        "draft": Saying(N_("Being prepared"), "dots", "quiet"),
        "announced": Saying(N_("Announced, not decided"), "flag", "asks"),
        "to-come": Saying(N_("Decided, not in effect yet"), "half"),
        "transition": Saying(N_("In transition"), "half"),
        "in-effect": Saying(N_("In effect"), "tick", "done"),
        "dropped": Saying(N_("Dropped"), "dash", "quiet"),
    },
    "import": {
        "new": Saying(N_("Will be entered"), "ring"),
        "known": Saying(N_("Already entered"), "dash", "quiet"),
        "fault": Saying(N_("Cannot be taken"), "cross", "asks"),
    },
}

# Only what still runs has a last day worth saying, and can be late.
RUNNING = frozenset({"at", "open", "waiting", "returned", "found", "planned", "sent-back", "reopened"})

KINDS: dict[str, str] = {
    "authority": N_("Education authority"),
    "leading-group": N_("Leading group"),
    "office": N_("Office of the leading group"),
    "committee": N_("Committee"),
    "department": N_("Department"),
    "school": N_("School"),
    "township": N_("Township"),
    "superior": N_("Superior body"),
}
LEVELS: dict[str, str] = {
    "province": N_("Province level"),
    "city": N_("City level"),
    "county": N_("County level"),
    "town": N_("Town level"),
}


def saying(subject: str, state: str) -> Saying:
    """How a state of a subject is said; an unknown one shows its own key, so that no page fails on a word."""
    return STATES.get(subject, {}).get(state) or Saying(state, "ring")


def kind(key: str) -> str:
    """The kind of an organ in words."""
    return gettext(KINDS[key]) if key in KINDS else key


def level(key: str) -> str:
    """The level of an organ in words."""
    return gettext(LEVELS[key]) if key in LEVELS else key


def day(value: date, today: date | None = None) -> str:
    """A day as officials write it; without its year when that is this year."""
    facts = {"year": value.year, "month": gettext(MONTHS[value.month - 1]), "day": value.day}
    if today is not None and value.year == today.year:
        return gettext("{day} {month}").format(**facts)
    return gettext("{day} {month} {year}").format(**facts)


def by(value: date, today: date | None = None) -> str:
    """The last day, as a deadline: by 2 August, 8月2日前."""
    return gettext("by {day}").format(day=day(value, today))


def by_written(text: str, today: date | None = None) -> str:
    """A last day as a pack writes it: 2024-07-20, or 2024-08 for the end of that month."""
    year, month, *rest = (int(part) for part in text.split("-"))
    if rest:
        return by(date(year, month, rest[0]), today)
    facts = {"year": year, "month": gettext(MONTHS[month - 1])}
    if today is not None and year == today.year:
        return gettext("by the end of {month}").format(**facts)
    return gettext("by the end of {month} {year}").format(**facts)


def span(start: date | None, end: date | None, today: date | None = None) -> str:
    """From one day to another; either may be open."""
    if start is None and end is None:
        return gettext("no end")
    if start is None:
        return gettext("until {day}").format(day=day(end or date.max, today))
    if end is None:
        return gettext("from {day} on").format(day=day(start, today))
    if start == end:
        return day(start, today)
    return gettext("{start} to {end}").format(start=day(start, today), end=day(end, today or start))


def moment(value: datetime, today: date | None = None) -> str:
    """An instant in China: the day and the time of day."""
    local = value.astimezone(CHINA)
    return gettext("{day}, {time}").format(day=day(local.date(), today), time=f"{local:%H:%M}")


@cache
def calendar() -> Workdays:
    """The working calendar that pages count with."""
    return Workdays.shipped()


def left(due: date, today: date) -> str:
    """How long is left, in working days: 还有 3 个工作日."""
    if due == today:
        return gettext("due today")
    if due < today:
        late = calendar().between(due, today)
        if not late:
            return gettext("late")
        return ngettext("{n} working day late", "{n} working days late", late).format(n=late)
    remain = calendar().between(today, due)
    if not remain:
        return gettext("no working day left")
    return ngettext("{n} working day left", "{n} working days left", remain).format(n=remain)


def clause_number(key: str) -> str:
    """The source's own number of a clause: a pack adds a letter where one number binds twice, as 四(三)b."""
    return own_number(key)


def clause_numbers(keys: Iterable[str]) -> str:
    """Several clauses in one line, each of the source's numbers once."""
    return own_numbers(keys)


def number(value: int) -> str:
    """A whole number; grouped from five digits on."""
    return f"{value:,}" if abs(value) >= 10_000 else str(value)


def size(octets: int) -> str:
    """The size of a file."""
    if octets < 1_048_576:
        return f"{max(1, round(octets / 1024))} KB"
    return f"{octets / 1_048_576:.1f} MB"


def short_digest(digest: str) -> str:
    """The first letters of a digest, enough to compare by eye."""
    return digest[:12]
