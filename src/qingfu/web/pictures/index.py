"""The door to the pictures: of one's own school, or of every school by its name; and of the county as a whole."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import Watch
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import sees_all
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import chosen_term, link
from qingfu.web.parts import Cell, Table

ROOM = "pictures"
SEE = Word(N_("see pictures of what schools report"))


@page(ROOM)
def pictures(desk: Desk) -> HttpResponse:
    """Which pictures there are for the reader."""
    office = queries.is_office(desk.actor)
    if not office and "school" not in desk.actor.roles:
        raise NotAllowed(verb=SEE, who=[])
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    plans = queries.judging_plans(desk.actor)
    watches = queries.watches(desk.actor)
    return desk.show(
        "pictures/index.html", term=term, terms=known, path=desk.request.path, office=office,
        own=None if office else desk.actor.organ, judged=bool(plans),
        estimates=any(sees_all(desk.actor, plan) for plan in plans),
        watches=[(one.share, f"{one.share}%") for one in watches],
        table=_schools(organs(desk.actor, kinds=["school"]), term.id, watches) if office and term else None,
    )  # fmt: skip


def _schools(schools: tuple[OrganView, ...], term: int, watches: tuple[Watch, ...]) -> Table | None:
    """Schools by the pinyin of their names."""
    rows = tuple(
        (
            Cell(one.name, zh=True),
            Cell(_("Homework by day"), link("picture-calendar", one.id, term=term)),
            Cell(_("Timetables side by side"), link("picture-timetable", one.id, term=term)),
            *(Cell(_("Change over the terms"), link("picture-watched", one.id, of.share, term=term)) for of in watches),
        )
        for one in schools
    )
    lowest = (_("Lowest {share} of the results").format(share=f"{one.share}%") for one in watches)
    heads = (_("School"), _("Homework"), _("Timetables"), *lowest)
    return Table(_("Each school"), heads, rows, quiet_caption=True) if rows else None
