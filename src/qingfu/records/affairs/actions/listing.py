"""An approved affair takes its place on the list."""

from __future__ import annotations

from datetime import date, datetime

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.days import Period
from qingfu.base.errors import AlreadyThere, NotFound, WrongState
from qingfu.base.words import Word
from qingfu.packfile import course
from qingfu.packfile.due import listed_span
from qingfu.packfile.words.moves import WhiteList
from qingfu.records.affairs.models import Affair
from qingfu.records.affairs.queries import AffairView, public_card
from qingfu.records.affairs.queries import affair as told
from qingfu.records.journal.actions import deed, record
from qingfu.records.lists.actions import enter
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes.queries import RunView
from qingfu.records.routes.queries import run as run_of


def list_affair(actor: Actor, *, affair: int, at: datetime) -> AffairView:
    """Enter an affair whose case has passed its entering step, from today or from the day its span begins.

    Raises Full when the cap is reached, WrongState before the step, AlreadyThere for one that is listed.
    """
    with deed(actor):
        row = Affair.objects.select_for_update(of=("self",)).select_related("run").filter(id=affair).first()
        if row is None:
            raise NotFound(what=str(affair))
        plan = in_force(actor, row.edition_id)
        entered = course.list_of(plan.pack, row.route)
        run = run_of(actor, row.run_id, at=at)
        if entered is None or not _passed(run):
            raise WrongState(verb=Word("enter"), state=Word(row.run.state), possible=[])
        if row.listing_id is not None:
            raise AlreadyThere(what=row.title)
        name, held = entered
        span = _span(plan, held, row, day_of(at))
        card = public_card(actor, affair=affair)
        listing = enter(
            actor, plan=plan, list=name, span=span.key, title=row.title, organ=row.department_id, card=card,
            digest=digest({"title": row.title, "organ": row.department_id, "card": card, "case": row.run.digest}),
            valid_from=max(span.start, day_of(at)),
            valid_until=span.end if held.valid_until == "span-end" else None, at=at,
        )  # fmt: skip
        row.listing_id, row.span = listing.id, span.key
        row.save(update_fields=["listing", "span"])
        record(actor, verb="affairs.list_affair", subject="affair", subject_id=affair, digest=listing.digest, at=at)
        return told(actor, affair, at=at)


def _passed(run: RunView) -> bool:
    latest = next((turn for turn in reversed(run.turns) if turn.closed_at is not None), None)
    return latest is not None and bool(latest.enters)


def _span(plan: InForce, held: WhiteList, row: Affair, today: date) -> Period:
    """The span of publication; where the list is for the next span, the one applied for, however late it is published.

    次年名单 stays the next year's list when it is published in the first days of that year.
    """
    terms = plan.terms
    applied_for = listed_span(held, day_of(row.run.opened_at), terms)
    return applied_for if held.valid_for == "next" and applied_for.end >= today else listed_span(held, today, terms)
