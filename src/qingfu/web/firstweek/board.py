"""A school's board of the first week: what is there already, what is missing and where it is told, and one button."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import Invalid, NotFound
from qingfu.records.disclosures.queries import DisclosureView, trail
from qingfu.records.enactment.actions import post_first_week
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import BoardDocument, BoardView
from qingfu.rules.phrases import WORDS
from qingfu.rules.tables import BY_NAME
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.ground import Ground, ground, lead_on, link, named
from qingfu.web.navigation import address
from qingfu.web.spoken import numbers

ROOM = "school-data"
# Where a record is reported: the page of school data, and what it is asked.
WHERE = {"planned": "school-timetables", "posted": "school-timetables", "schedules": "school-schedule"}
MADE_OF = {**WORDS, "schedules": BY_NAME["schedules"].says}
ON_BOARD = ("timetable", "schedules", "classes")


@dataclass(frozen=True)
class Item:
    """One document as the page shows it: made of a record (``made_of`` says which) or written here.

    ``text`` is what stands in its field; ``from_before`` where that is last term's and nothing is saved yet; ``open``
    where it is the one to be written now.
    """

    key: str
    says: str
    ready: bool
    made_of: str
    told: int
    of: int
    where: str
    text: str
    from_before: bool
    fault: str
    open: bool


@page(ROOM)
def first_week(desk: Desk, school: int) -> HttpResponse:
    """The seven documents, how far each is, and what the public sees now."""
    here = ground(desk, school)
    try:
        board = queries.board(desk.actor, organ_id=school, term_id=here.term.id)
    except NotFound:
        return desk.show("firstweek/none.html", school=here.school)
    items = _items(desk, here, board)
    asked = queries.questions(desk.actor, organ_id=school, state="asked")
    edition, key = board.orders[0]
    return desk.show(
        "firstweek/board.html", here=here, school=here.school, term=here.term, terms=here.terms, board=board,
        items=items, missing=[one for one in items if not one.ready], own=here.own, path=desk.request.path,
        paper=not here.own, on_behalf=desk.typed("on-behalf"),
        current=_current(board), changed=_changed(desk, here, board), waiting=len(asked), public=_public(desk, here),
        traces=trail(desk.actor, edition=edition, key=f"{key}:{here.school.code}"), clause=_clauses(desk, board),
    )  # fmt: skip


def _public(desk: Desk, here: Ground) -> str:
    return address("portal-term", bureau=desk.post.bureau.slug if desk.post else "", code=here.school.code)


def _clauses(desk: Desk, board: BoardView) -> list[tuple[str, tuple[str, ...]]]:
    """The plans that order it, each with its clauses."""
    plans = {plan.edition: plan for plan in queries.judging_plans(desk.actor)}
    return [
        (plans[edition].title, numbers("、".join(plans[edition].pack.disclosures[key].clause)))
        for edition, key in board.orders
        if edition in plans
    ]


def _items(desk: Desk, here: Ground, board: BoardView) -> tuple[Item, ...]:
    before = _texts_before(desk, here)
    # One at a time: saving one text would lose what was typed into another.
    first = next((one.document.key for one in board.documents if not one.ready and not one.document.made_of), "")
    return tuple(_item(desk, here, one, before.get(one.document.key, ""), first) for one in board.documents)


def _texts_before(desk: Desk, here: Ground) -> dict[str, str]:
    """What the school wrote for the term before this one."""
    earlier = next((one for one in here.terms if one.from_on < here.term.from_on), None)
    if earlier is None:
        return {}
    last = queries.board(desk.actor, organ_id=here.school.id, term_id=earlier.id)
    return {one.document.key: one.text for one in last.documents if one.text}


def _item(desk: Desk, here: Ground, one: BoardDocument, before: str, first: str) -> Item:
    key, made_of = one.document.key, one.document.made_of
    sent = desk.posted and desk.request.POST.get("document") == key
    text = desk.request.POST.get(key, "") if sent else one.text or before
    return Item(
        key, _(one.document.says), one.ready, _(MADE_OF[made_of]) if made_of else "", one.told, one.of,
        link(WHERE[made_of], here.school.id, term=here.term.id) if made_of else "", text,
        bool(before and not one.text and not sent), desk.fault(key),
        sent or key == first,
    )  # fmt: skip


def _current(board: BoardView) -> DisclosureView | None:
    """The copy the public sees, where it is of this term."""
    copy = board.shown
    if copy is None or copy.state != "shown" or copy.content["term"]["id"] != board.term.id:
        return None
    return copy


def _changed(desk: Desk, here: Ground, board: BoardView) -> bool:
    """Whether something was written or reported since the copy was made."""
    copy = _current(board)
    if copy is None:
        return False
    shown = {one["key"]: one["text"] for one in copy.content["documents"]}
    if any(one.text != shown.get(one.document.key, "") for one in board.documents):
        return True
    return any(at > copy.published_at for at in _told_at(desk, here))


def _told_at(desk: Desk, here: Ground) -> list[datetime]:
    tables = queries.filing_desk(desk.actor, organ=here.school.id, term_id=here.term.id, at=desk.at).tables
    return [one.last.at for one in tables if one.last is not None and one.table.name in ON_BOARD]


@first_week.act("write")
def write(desk: Desk, school: int) -> HttpResponse:
    """Save the text of one document."""
    here, key = ground(desk, school), desk.request.POST.get("document", "")
    try:
        actions.write_document(
            desk.actor, organ=school, term=here.term.id, document=key, text=desk.request.POST.get(key, ""),
            on_behalf=desk.request.POST.get("on-behalf", ""), client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        # Each document has a form of its own, and in it a field for whose paper it is.
        raise Invalid(
            *(replace(one, field=f"on-behalf-{key}") if one.field == "on-behalf" else one for one in error.faults)
        ) from None
    return lead_on(
        desk, "first-week", school, said=_("Saved. The public sees it once it is posted."), term=here.term.id
    )


@first_week.act("post")
def post(desk: Desk, school: int) -> HttpResponse:
    """Show everything to the public as it stands now; each gap is named."""
    here = ground(desk, school)
    try:
        post_first_week(
            desk.actor, organ=school, term_id=here.term.id, on_behalf=desk.request.POST.get("on-behalf", ""),
            client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        says = {one.key: _(one.says) for one in queries.DOCUMENTS}
        raise Invalid(*(named(fault.field, says.get(fault.field, ""), fault) for fault in error.faults)) from None
    return lead_on(
        desk, "first-week", school, said=_("Posted on the school's public page, and filed with the bureau."),
        term=here.term.id,
    )  # fmt: skip
