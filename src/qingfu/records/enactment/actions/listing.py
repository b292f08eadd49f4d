"""Off the list and back: an exit changes what the public is shown, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.records.affairs import actions as affairs
from qingfu.records.affairs.queries import EvaluationView
from qingfu.records.enactment.actions.disclosing import show_list
from qingfu.records.journal.actions import deed
from qingfu.records.lists import actions as lists
from qingfu.records.lists.queries import ListingView, listing
from qingfu.records.plans.queries import in_force


def evaluate(
    actor: Actor, *, listing_id: int, evaluation: str, verdict: str, reason: str = "",
    content: Mapping[str, Any] | None = None, client_id: UUID | None = None, at: datetime,
) -> EvaluationView:  # fmt: skip
    """Judge a listed affair at the year's end (A19); a verdict may lead it off the list (A20), shown at once."""
    with deed(actor):
        told = affairs.evaluate(
            actor, listing=listing_id, evaluation=evaluation, verdict=verdict, reason=reason, content=content,
            client_id=client_id, at=at,
        )  # fmt: skip
        _shown(actor, listing(actor, listing_id), at)
        return told


def leave(
    actor: Actor,
    *,
    listing_id: int,
    exit: str,  # noqa: A002 - the pack's word
    reason: str,
    client_id: UUID | None = None,
    at: datetime,
) -> ListingView:
    """Take an item off the list by one of the pack's exits."""
    with deed(actor):
        told = lists.leave(actor, listing=listing_id, exit=exit, reason=reason, client_id=client_id, at=at)
        _shown(actor, told, at)
        return told


def come_back(
    actor: Actor, *, listing_id: int, reason: str, client_id: UUID | None = None, at: datetime
) -> ListingView:
    """Take back an exit that allows it, as a pause."""
    with deed(actor):
        told = lists.come_back(actor, listing=listing_id, reason=reason, client_id=client_id, at=at)
        _shown(actor, told, at)
        return told


def _shown(actor: Actor, held: ListingView, at: datetime) -> None:
    show_list(actor, plan=in_force(actor, held.edition), name=held.list, at=at)
