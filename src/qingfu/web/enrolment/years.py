"""The announcement of a school year: times, conditions, how one registers, and publishing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.enactment import actions as enactment
from qingfu.records.enrolment import actions, queries
from qingfu.records.enrolment.queries import ChangeView, Span, YearView, stage_of
from qingfu.web.desk import Desk, page
from qingfu.web.enrolment.ground import CHOOSE_DAY, ROOM, Line, day_sent, line, sent
from qingfu.web.navigation import address
from qingfu.web.parts import Cell, Table

# Years that may be begun: this one and the next.
AHEAD = 2
# Empty lines under those that are filled in.
SPARE = 2
MOST_TIMES = 20
NO_YEAR = N_("Choose a year.")
TEXTS = ("conditions", "where", "papers", "online")


@page(ROOM)
def enrolments(desk: Desk) -> HttpResponse:
    """Every year and every change of areas; a school is led to its own result."""
    queries.require_part(desk.actor)
    if "school" in desk.actor.roles and desk.actor.organ is not None and not desk.posted:
        return desk.go("enrolment-result", desk.today.year, desk.actor.organ)
    if queries.ordered(desk.actor, queries.ANNOUNCES) is None:
        return desk.show("enrolment/none.html")
    known = queries.years(desk.actor)
    begun = {one.year for one in known}
    open_years = [year for year in range(desk.today.year, desk.today.year + AHEAD) if year not in begun]
    has_changes = queries.ordered(desk.actor, queries.CHANGES) is not None
    return desk.show(
        "enrolment/years.html", years=known, open_years=open_years, has_changes=has_changes,
        changes=[(one, stage(desk, one)) for one in queries.changes(desk.actor)] if has_changes else [],
    )  # fmt: skip


def stage(desk: Desk, one: ChangeView) -> str:
    """Where a change stands today, for the desk: one that is only begun is a draft."""
    if one.state == "draft":
        return "draft"
    return stage_of(one.state, one.effect_on, one.transition_until, desk.today)


@enrolments.act("open")
def open_year(desk: Desk) -> HttpResponse:
    """Begin a year; what the last one said stands in it."""
    year = sent(desk, "year")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise Invalid(FieldFault("year", NO_YEAR))
    made = actions.open_year(desk.actor, year=int(year), client_id=desk.client_id, at=desk.at)
    return desk.go("enrolment", made.year, said=_("Begun: enrolment of {year}.").format(year=made.year))


@page(ROOM)
def announcement(desk: Desk, year: int) -> HttpResponse:
    """What is announced, what is missing, and what the public sees now."""
    view = queries.year_of(desk.actor, year)
    slug = desk.post.bureau.slug if desk.post else ""
    seen = sent(desk, "seen") if _is_unsaved(desk, view) else view.seal
    return desk.show(
        "enrolment/year.html", view=view, times=list(_times(desk, view)), clause=view.clause,
        faulty=[(one, fault) for one in view.catchments if (fault := desk.fault(f"school-{one.school.id}"))],
        texts={name: desk.request.POST.get(name, getattr(view, name)) for name in TEXTS},
        facts=_facts(view), crowded=[one for one in view.catchments if one.more],
        public=address("portal-enrolment", bureau=slug), seen=seen,
    )  # fmt: skip


def _facts(view: YearView) -> Table:
    """One line; it begins with a word, which on a telephone is its heading. What nobody has entered is no nought."""
    heads = (_("Schools"), _("With area and figures"), _("Planned places"), _("Expected children"))
    schools, whole = len(view.catchments), len(view.catchments) - len(view.missing)
    known = {"places": view.places, "expected": view.expected}
    cells = (
        Cell(ngettext("{n} school", "{n} schools", schools).format(n=schools)), Cell(str(whole), number=True),
        *(
            Cell(str(n) if any(getattr(one, name) is not None for one in view.catchments) else "—", number=True)
            for name, n in known.items()
        ),
    )  # fmt: skip
    return Table(_("Do the areas fit the schools?"), heads, (cells,), frozenset({1, 2, 3}))


def _times(desk: Desk, view: YearView) -> Iterator[Line]:
    """The lines of the form, as typed or as kept, and empty ones below."""
    if desk.posted and "what-1" in desk.request.POST:
        for n in range(1, MOST_TIMES + 1):
            if f"what-{n}" in desk.request.POST:
                yield line(desk, n, {name: sent(desk, f"{name}-{n}") for name in ("what", "from", "until")})
        return
    kept = [(one.what, one.from_on.isoformat(), one.until_on.isoformat()) for one in view.times]
    for n, said in enumerate([*kept, *[("", "", "")] * SPARE], start=1):
        yield line(desk, n, dict(zip(("what", "from", "until"), said, strict=True)))


def _is_unsaved(desk: Desk, view: YearView) -> bool:
    """Whether the form that was sent says something else than what is kept."""
    if "what-1" not in desk.request.POST:
        return False
    try:
        times = tuple(_spans(desk))
    except Invalid:
        return True
    return times != view.times or any(sent(desk, name) != getattr(view, name) for name in TEXTS)


@announcement.act("write")
def write(desk: Desk, year: int) -> HttpResponse:
    """Keep what was written; the public sees it once it is published."""
    _write(desk, year, desk.client_id)
    return desk.go("enrolment", year, said=_("Saved. The public sees it once it is published."))


def _write(desk: Desk, year: int, client_id: UUID | None) -> None:
    actions.write_announcement(
        desk.actor, year=year, times=_spans(desk), seen=sent(desk, "seen"), client_id=client_id, at=desk.at,
        **{name: sent(desk, name) for name in TEXTS},
    )  # fmt: skip


def _spans(desk: Desk) -> list[Span]:
    """The lines that say something; the register judges them."""
    found, faults = [], []
    for n in range(1, MOST_TIMES + 1):
        if not any(sent(desk, f"{name}-{n}") for name in ("what", "from", "until")):
            continue
        days: dict[str, date] = {}
        for name in ("from", "until"):
            try:
                days[name] = day_sent(desk, f"{name}-{n}")
            except Invalid:
                faults.append(FieldFault(f"{name}-{n}", CHOOSE_DAY))
        if len(days) == 2:
            found.append(Span(sent(desk, f"what-{n}"), days["from"], days["until"]))
    if faults:
        raise Invalid(*faults)
    return found


@announcement.act("publish")
def publish(desk: Desk, year: int) -> HttpResponse:
    """Show it to the public as it stands on the page: what was typed is kept first, whatever is missing then.

    What is missing is named, and each area that changed without a record.
    """
    if _is_unsaved(desk, queries.year_of(desk.actor, year)):
        # The form's own number belongs to the publication; sent again, nothing is unsaved any more.
        _write(desk, year, None)
    enactment.publish_announcement(desk.actor, year=year, client_id=desk.client_id, at=desk.at)
    return desk.go("enrolment", year, said=_("Published on the bureau's public page."))
