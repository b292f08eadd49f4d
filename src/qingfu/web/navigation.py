"""The rooms of the desk as entries of the navigation, and the demo's bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from qingfu.base.words import N_

BUREAU_SIDE = frozenset({"authority", "leading-group", "office"})


@dataclass(frozen=True)
class Entry:
    """One entry: the name of its address, its word, and for which roles it is (none: for all).

    ``of_limits``: only where a plan in force limits school life and the reader has a part in it. ``of_enrolment``: only
    where one orders enrolment to be open.
    """

    name: str
    word: str
    roles: frozenset[str] = frozenset()
    of_limits: bool = False
    of_enrolment: bool = False


ENTRIES = (
    Entry("inbox", N_("Inbox")),
    Entry("plan", N_("Plan")),
    Entry("cases", N_("Approvals")),
    Entry("list", N_("White list")),
    Entry("duties", N_("Duties")),
    Entry("problems", N_("Ledger")),
    Entry("school-data", N_("School data"), BUREAU_SIDE | {"school"}, of_limits=True),
    Entry("limits", N_("Limits"), BUREAU_SIDE, of_limits=True),
    Entry("limits", N_("Findings about us"), frozenset({"school"}), of_limits=True),
    Entry("pictures", N_("Pictures"), BUREAU_SIDE | {"school"}, of_limits=True),
    Entry("enrolments", N_("Open enrolment"), BUREAU_SIDE | {"school"}, of_enrolment=True),
    Entry("placements", N_("Class placement"), frozenset({"authority", "office", "school", "administrator"})),
    Entry("draws", N_("Draws"), frozenset({"authority", "office", "school", "administrator"})),
    Entry("leader", N_("Leader's page"), BUREAU_SIDE),
    Entry("people", N_("Organs and people"), frozenset({"administrator"})),
)


@dataclass(frozen=True)
class Link:
    """An entry as drawn."""

    href: str
    text: str
    here: bool


@dataclass(frozen=True)
class DemoBar:
    """What moves the demo: the plan's day, and where its forms are sent (empty where there is nothing to send to).

    ``now`` is the key of the persona whose seat is taken, empty for nobody's.
    """

    today: date
    next_day: str
    go_to: str
    persona: str
    personas: tuple[tuple[str, str], ...]
    now: str = ""


def address(name: str, *args: object, **named: object) -> str:
    """The address of a page, or nothing where it is not built."""
    try:
        return reverse(name, args=args, kwargs=named)
    except NoReverseMatch:
        return ""


def navigation(
    roles: frozenset[str], room: str, *, limits: bool = False, enrolment: bool = False
) -> tuple[Link, ...]:  # fmt: skip
    """The entries that somebody with these roles may open."""
    links = []
    for entry in ENTRIES:
        if (entry.roles and not entry.roles & roles) or (entry.of_limits and not limits):
            continue
        if entry.of_enrolment and not enrolment:
            continue
        if href := address(entry.name):
            links.append(Link(href, gettext(entry.word), entry.name == room))
    return tuple(links)


def demo_bar(request: HttpRequest, today: date) -> DemoBar | None:
    """The bar of a demonstration; nothing elsewhere."""
    if not getattr(settings, "DEMO", False):
        return None
    personas = tuple(getattr(request, "personas", ()))
    now = request.persona() if hasattr(request, "persona") else ""
    return DemoBar(today, address("demo-next-day"), address("demo-go-to"), address("demo-persona"), personas, now)
