"""The three timetables of a class side by side: as planned, as posted, as taught."""

from __future__ import annotations

from django.http import HttpResponse

from qingfu.records.monitoring import queries
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import chosen_class, ground, link
from qingfu.web.pictures.grids import beside
from qingfu.web.pictures.index import ROOM

RECORDS = ("planned", "posted", "taught")


@page(ROOM)
def timetable(desk: Desk, school: int) -> HttpResponse:
    """One class; another is chosen on top."""
    here = ground(desk, school)
    of = chosen_class(desk, here) if here.classes else None
    drawn = None
    if of is not None:
        drawn = beside(queries.timetables(desk.actor, class_id=of.id, term_id=here.term.id), RECORDS)
    return desk.show(
        "pictures/timetable.html", here=here, school=here.school, term=here.term, of=of, beside=drawn,
        report=link("school-timetables", school, term=here.term.id),
    )  # fmt: skip
