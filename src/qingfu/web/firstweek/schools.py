"""Every school's board, by the schools' names: whether it stands, and since when."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import NotAllowed
from qingfu.base.words import N_, Word
from qingfu.records.disclosures.queries import Trace, trail
from qingfu.records.monitoring import queries
from qingfu.records.people.queries import OrganView, organs
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import chosen_term, lead_on, link
from qingfu.web.navigation import address
from qingfu.web.parts import Cell, Table
from qingfu.web.words import moment

ROOM = "school-data"
SEE_BOARDS = Word(N_("see what schools post"))


@page(ROOM)
def first_weeks(desk: Desk) -> HttpResponse:
    """A school is led to its own board; the office sees every school's."""
    if "school" in desk.actor.roles and desk.actor.organ is not None:
        return lead_on(desk, "first-week", desk.actor.organ)
    if not queries.is_office(desk.actor):
        raise NotAllowed(verb=SEE_BOARDS, who=[])
    known = queries.terms(desk.actor)
    term = chosen_term(desk, known)
    stands = {one.key.rpartition(":")[2]: one for one in trail(desk.actor) if _is_board(one)}
    rows = tuple(_row(desk, one, stands) for one in organs(desk.actor, kinds=["school"]))
    heads = (_("School"), _("What stands on its board"), _("What the public sees"))
    waiting = queries.questions(desk.actor, state="asked")
    return desk.show(
        "firstweek/schools.html", term=term, waiting=len(waiting),
        table=Table(_("Boards of the schools"), heads, rows, quiet_caption=True) if rows else None,
    )  # fmt: skip


def _is_board(one: Trace) -> bool:
    return one.shows == "first-week" and one.state == "shown"


def _row(desk: Desk, school: OrganView, stands: dict[str, Trace]) -> tuple[Cell, ...]:
    copy = stands.get(school.code)
    slug = desk.post.bureau.slug if desk.post else ""
    return (
        Cell(school.name, link("first-week", school.id), zh=True),
        Cell(
            _("posted {when}").format(when=moment(copy.published_at, desk.today)) if copy else _("nothing posted yet")
        ),
        Cell(_("Open the public page"), address("portal-term", bureau=slug, code=school.code)) if copy else Cell("—"),
    )
