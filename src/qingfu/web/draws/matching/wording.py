"""Matchings in words: where the lists come from, loads, causes, and why somebody does not go instead."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.draw.substitutes import ABSENT, APART, FULL, RECUSED, THERE, TIED
from qingfu.base.words import N_
from qingfu.records.draws.queries import Expected
from qingfu.web.draws.wording import joined

SOURCES = {
    "targets": {
        "schools": N_("Schools of the register"),
        "roster": N_("A sheet I bring: schools, institutions, other places"),
    },
    "takers": {
        "staff": N_("People in posts of the register"),
        "roster": N_("A sheet of inspectors I bring"),
    },
}
CAUSES = {ABSENT: N_("Absent in this round"), RECUSED: N_("Must not go to this target")}
BARS = {
    TIED: N_("tied in the notice"),
    APART: N_("of the same township"),
    RECUSED: N_("recused from it"),
    THERE: N_("there in another round"),
    ABSENT: N_("absent in this round"),
    FULL: N_("at the limit"),
}
_REASONS = (N_("A relative works there"), N_("Formerly taught there"), N_("Has a child at this school"))


def sources(side: str) -> list[tuple[str, str]]:
    """Where a list may come from, by its key, in words."""
    return [(key, _(says)) for key, says in SOURCES[side].items()]


def usual_reasons() -> list[str]:
    """What is written most often beside a tie."""
    return [_(one) for one in _REASONS]


def expected_says(outcome: Expected) -> list[tuple[str, str]]:
    """The loads that follow whatever is drawn, as facts."""
    least, most = outcome.least, outcome.most
    each = str(most) if least == most else _("{least} or {most}").format(least=least, most=most)
    if most - least > 1:
        each = _("{least} to {most}").format(least=least, most=most)
    whole = [
        ngettext("{n} inspector {total} times", "{n} inspectors {total} times each", n).format(n=n, total=total)
        for total, n in outcome.totals[:6]
    ]
    more = ["…"] if len(outcome.totals) > len(whole) else []
    return [(_("Each in one round"), each), (_("In all rounds"), joined([*whole, *more]))]


def bar_says(why: str) -> str:
    """Why somebody does not go, or does not go instead."""
    return _(BARS[why])
