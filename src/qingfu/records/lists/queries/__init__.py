"""Queries of lists: rolls, their listings, what the public may read of them, and what a workbook holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotFound
from qingfu.base.words import N_
from qingfu.packfile.due import listed_span
from qingfu.records.journal.queries import Page, reading
from qingfu.records.lists.models import Listing, Roll
from qingfu.records.lists.queries.standing import cap_of, roles_for
from qingfu.records.lists.queries.views import DepartureView, ExitView, ListingView, RollView, told, told_roll
from qingfu.records.lists.states import HOLDING
from qingfu.records.plans.queries import InForce, in_force, plans_in_force

__all__ = [
    "DepartureView", "ExitView", "ListingView", "RollView", "cap_of", "export_header", "export_rows", "listing",
    "listings", "places_left", "public_rolls", "roles_for", "rolls", "titles_in",
]  # fmt: skip

PAGE = 30


def rolls(actor: Actor, *, edition: int | None = None) -> tuple[RollView, ...]:
    """Every roll of the plans in force (or of one edition), newest span first; lists are public."""
    with reading(actor):
        plans = _plans(actor, edition)
        rows = Roll.objects.filter(edition__in=plans).order_by("-span", "id")
        return tuple(told_roll(row, plans[row.edition_id]) for row in rows)


def _plans(actor: Actor, edition: int | None) -> Mapping[int, InForce]:
    found = (in_force(actor, edition),) if edition is not None else plans_in_force(actor)
    return {plan.edition: plan for plan in found}


def listing(actor: Actor, listing: int, *, at: datetime | None = None) -> ListingView:
    """One listing with the exits open to this actor and its history; raises NotFound."""
    with reading(actor):
        row = Listing.objects.select_related("roll", "organ").filter(id=listing).first()
        if row is None:
            raise NotFound(what=str(listing))
        plan = in_force(actor, row.roll.edition_id)
        departures = row.departures.select_related("person").order_by("id")
        return told(row, plan, roles=roles_for(actor, plan, row.roll.list), departures=tuple(departures))


def listings(
    actor: Actor, *, roll: int | None = None, edition: int | None = None, span: str = "", state: str = "",
    text: str = "", organ: int | None = None, page: int = 1, size: int = PAGE,
) -> Page[ListingView]:  # fmt: skip
    """Listings of one roll, or of all rolls of the plans in force, by number; `text` looks in title and organ."""
    with reading(actor):
        plans = _plans(actor, edition)
        wanted = Q(roll__edition__in=plans)
        given = {"roll": roll, "roll__span": span, "state": state, "organ": organ}
        wanted &= Q(**{key: value for key, value in given.items() if value})
        if text:
            wanted &= Q(title__icontains=text) | Q(organ__name__icontains=text)
        rows = Listing.objects.select_related("roll", "organ").filter(wanted).order_by("-roll__span", "roll", "number")
        number = max(page, 1)
        part = rows[(number - 1) * size : number * size]
        return Page(tuple(told(row, plans[row.roll.edition_id]) for row in part), rows.count(), number, size)


def places_left(actor: Actor, *, plan: InForce, list: str, on: date) -> int | None:  # noqa: A002 - the pack's word
    """Places left for a listing approved on a day; None where the plan sets no cap."""
    with reading(actor):
        held = plan.pack.lists[list]
        cap = cap_of(plan, list)
        span = listed_span(held, on, plan.terms).key
        taken = Roll.objects.filter(edition=plan.edition, list=list, span=span).values_list("taken", flat=True).first()
        return None if cap is None else max(cap - (taken or 0), 0)


def titles_in(actor: Actor, *, plan: InForce, list: str, span: str) -> tuple[str, ...]:  # noqa: A002 - the pack's word
    """Titles that stand on a roll, in its order."""
    with reading(actor):
        here = Listing.objects.filter(roll__edition=plan.edition, roll__list=list, roll__span=span, state__in=HOLDING)
        return tuple(here.order_by("number").values_list("title", flat=True))


def public_rolls(actor: Actor, *, plan: InForce, at: datetime) -> list[dict[str, Any]]:
    """Every roll of the plan as the public may read it, newest span first.

    Keys of a roll: list, says, clause, span, off_list, off_list_clause, taken, cap, items. Keys of an item: number,
    title, organ, valid_from, valid_until (ISO days, the latter may be empty), state (listed, paused, rectifying) and
    what its card holds. What has left the list or run out is not among them.
    """
    with reading(actor):
        today = day_of(at)
        good = (Q(valid_until=None) | Q(valid_until__gte=today)) & Q(state__in=HOLDING)
        here = Listing.objects.filter(good, roll__edition=plan.edition).select_related("organ").order_by("number")
        items: dict[int, list[dict[str, Any]]] = {}
        for row in here:
            items.setdefault(row.roll_id, []).append(_public_item(row))
        rows = Roll.objects.filter(edition=plan.edition).order_by("-span", "id")
        return [_public_roll(told_roll(row, plan), plan, items.get(row.id, [])) for row in rows]


def _public_item(row: Listing) -> dict[str, Any]:
    return {
        **row.card,
        "number": row.number,
        "title": row.title,
        "organ": row.organ.name,
        "valid_from": row.valid_from.isoformat(),
        "valid_until": row.valid_until.isoformat() if row.valid_until else "",
        "state": row.state,
    }


def _public_roll(roll: RollView, plan: InForce, items: list[dict[str, Any]]) -> dict[str, Any]:
    held = plan.pack.lists[roll.list]
    return {
        "list": roll.list,
        "says": roll.says,
        "clause": roll.clause,
        "span": roll.span,
        "off_list": held.off_list,
        "off_list_clause": held.off_list_clause,
        "taken": roll.taken,
        "cap": roll.cap,
        "items": items,
    }


EXPORT = (
    N_("Number"), N_("Title"), N_("Organ"), N_("Valid from"), N_("Valid until"), N_("State"), N_("Year or term"),
)  # fmt: skip


def export_header() -> tuple[str, ...]:
    """The columns of the workbook, as msgids."""
    return EXPORT


def export_rows(actor: Actor, *, roll: int) -> tuple[tuple[object, ...], ...]:
    """All listings of a roll in the order of `export_header`: number, texts, days, the state as a msgid."""
    with reading(actor):
        rows = Listing.objects.select_related("roll", "organ").filter(roll=roll).order_by("number")
        return tuple(
            (row.number, row.title, row.organ.name, row.valid_from, row.valid_until, row.state, row.roll.span)
            for row in rows
        )
