"""A roll is opened, and an item takes a place on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from qingfu.base.actor import Actor
from qingfu.base.days import ONE_DAY
from qingfu.base.errors import AlreadyThere, Full, NotAllowed, NotInForce
from qingfu.base.words import Word
from qingfu.packfile import course
from qingfu.packfile.gate import normalised
from qingfu.records.journal.actions import deed, record
from qingfu.records.lists.models import Listing, Roll
from qingfu.records.lists.queries import ListingView, RollView
from qingfu.records.lists.queries import listing as told_of
from qingfu.records.lists.queries.standing import cap_of, roles_for
from qingfu.records.lists.queries.views import told_roll
from qingfu.records.lists.states import HOLDING
from qingfu.records.plans.queries import InForce, parties_of


def open_roll(actor: Actor, *, plan: InForce, list: str, span: str, at: datetime) -> RollView:  # noqa: A002 - its word
    """The roll of a span, opened with the plan's cap if it is not there yet."""
    with deed(actor):
        _refuse_strangers(actor, plan, list)
        return told_roll(_roll(actor, plan, list, span, at), plan)


def _refuse_strangers(actor: Actor, plan: InForce, key: str) -> None:
    if plan.state != "in-force":
        raise NotInForce(plan=plan.title, verb=Word("enter"), state=Word(plan.state), possible=[])
    held = plan.pack.lists[key]
    last = {course.steps_of(plan.pack, route)[-1].by for route in held.entered_by}
    if actor.kind != "clock" and not roles_for(actor, plan, key) and not last & parties_of(actor, plan):
        raise NotAllowed(verb=Word("enter"), who=[plan.pack.parties[party].says for party in sorted(last)])


def _roll(actor: Actor, plan: InForce, key: str, span: str, at: datetime) -> Roll:
    """The roll, locked."""
    where = {"edition_id": plan.edition, "list": key, "span": span}
    fresh = [Roll(bureau_id=actor.bureau, cap=cap_of(plan, key), **where)]
    # Two who open it at once meet in the unique constraint; the lock is taken on the one row there is.
    made = not Roll.objects.filter(**where).exists()
    if made:
        Roll.objects.bulk_create(fresh, ignore_conflicts=True)
    row = Roll.objects.select_for_update().get(**where)
    if made:
        record(actor, verb="lists.open_roll", subject="roll", subject_id=row.id, at=at)
    return row


def enter(
    actor: Actor, *, plan: InForce, list: str, span: str, title: str, organ: int,  # noqa: A002 - the pack's word
    card: Mapping[str, object], digest: str, valid_from: date, valid_until: date | None, at: datetime,
) -> ListingView:  # fmt: skip
    """Take a place on the roll of a span. Raises Full when no place is left: the database itself keeps the cap.

    Raises AlreadyThere when the same title stands on it.
    """
    with deed(actor):
        _refuse_strangers(actor, plan, list)
        roll = _roll(actor, plan, list, span, at)
        if Listing.objects.filter(roll=roll, title=title, state__in=HOLDING).exists():
            raise AlreadyThere(what=title)
        first = roll.taken == 0
        try:
            with transaction.atomic():
                roll.taken += 1
                roll.save(update_fields=["taken"])
        except IntegrityError as error:
            held = plan.pack.lists[list]
            raise Full(clause="、".join(held.clause), list=held.says, cap=roll.cap, window=span) from error
        if first and plan.pack.lists[list].valid_until == "next-list":
            _relieve_earlier(roll, valid_from)
        number = Listing.objects.filter(roll=roll).aggregate(Max("number"))["number__max"] or 0
        row = Listing.objects.create(
            bureau_id=actor.bureau, roll=roll, number=number + 1, title=title, match_key=normalised(title)[:120],
            organ_id=organ, card=dict(card), digest=digest, valid_from=valid_from, valid_until=valid_until,
        )  # fmt: skip
        record(actor, verb="lists.enter", subject="listing", subject_id=row.id, digest=digest, at=at)
        return told_of(actor, row.id, at=at)


def _relieve_earlier(roll: Roll, valid_from: date) -> None:
    """A list that holds until the next one ends on the day before that begins.

    Earlier is what was opened earlier: the names of school terms need not sort as the year runs.
    """
    older = Listing.objects.filter(roll__edition=roll.edition_id, roll__list=roll.list, roll__lt=roll.id)
    older.filter(valid_until=None).update(valid_until=valid_from - ONE_DAY)
