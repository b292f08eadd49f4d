"""An order of the bureau about a limit: another number from a day on, another pack's limit beside the plan, or back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotFound, NotInForce
from qingfu.base.words import N_
from qingfu.packfile.limits import with_bound, written
from qingfu.packfile.words.pack import Pack
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.models import LimitOrder
from qingfu.records.monitoring.queries.limits import LimitView, limit
from qingfu.records.plans.queries import InForce, in_force, require_bureau_side
from qingfu.rules.faults import RuleFault
from qingfu.rules.parse import limits_of

NO_REASON = N_("Say why, in a sentence of at most 300 characters.")
PAST = N_("An order counts from today or later.")
NO_NUMBER = N_("This limit has no number that could be changed.")
FAULTY = N_("This number cannot be: {problem}")
AT_LEAST = N_("Write a whole number from 0 to 9999.")


def draft_bound(plan: InForce, key: str, bounds: Mapping[str, int]) -> dict[str, object]:
    """A limit of the plan with other numbers, checked; raises Invalid or NotFound."""
    if key not in plan.pack.limits:
        raise NotFound(what=key)
    if any(not 0 <= number <= 9_999 for number in bounds.values()):
        raise Invalid(FieldFault("bounds", AT_LEAST))
    plain = with_bound(plan.pack.limits[key], bounds)
    if plain is None or not bounds:
        raise Invalid(FieldFault("bounds", NO_NUMBER))
    _checked(key, plain)
    return plain


def _checked(key: str, plain: Mapping[str, Any]) -> None:
    try:
        limits_of(key, plain)
    except RuleFault as fault:
        raise Invalid(FieldFault("bounds", FAULTY, {"problem": fault.problem})) from None


def order_limit(
    actor: Actor, *, edition: int, limit_key: str, bounds: Mapping[str, int] | None, reason: str, from_on: date,
    client_id: UUID | None = None, at: datetime,
) -> LimitView:  # fmt: skip
    """Set other numbers for a limit from a day on; `bounds` None: the plan's own words hold again."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="limit-order")) is not None:
            row = LimitOrder.objects.get(id=first)
            return limit(actor, in_force(actor, row.edition_id), row.limit, on=row.from_on)
        plan = _plan(actor, edition)
        plain = None if bounds is None else draft_bound(plan, limit_key, bounds)
        if limit_key not in plan.pack.limits and bounds is None:
            # A limit set beside the plan is taken back the same way.
            limit(actor, plan, limit_key, on=from_on)
        row = LimitOrder(edition_id=edition, limit=limit_key, written=json.dumps(plain) if plain else "")
        return _order(actor, plan, row, reason, from_on, client_id, at)


def set_beside(
    actor: Actor, *, edition: int, source: Pack, limit_key: str, reason: str, from_on: date,
    client_id: UUID | None = None, at: datetime,
) -> LimitView:  # fmt: skip
    """Put a limit of another pack in force beside the plan: a later rule the plan's source could not know."""
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="limit-order")) is not None:
            row = LimitOrder.objects.get(id=first)
            return limit(actor, in_force(actor, row.edition_id), row.limit, on=row.from_on)
        plan = _plan(actor, edition)
        thing = source.limits.get(limit_key)
        if thing is None:
            raise NotFound(what=limit_key)
        row = LimitOrder(
            edition_id=edition, limit=f"{source.plan.id}.{limit_key}"[:80], source=source.plan.id,
            written=json.dumps(written(thing)), clause="、".join(thing.clause)[:80], says=thing.says[:300],
        )  # fmt: skip
        return _order(actor, plan, row, reason, from_on, client_id, at)


def _plan(actor: Actor, edition: int) -> InForce:
    plan = in_force(actor, edition)
    require_bureau_side(actor, plan)
    if plan.state != "in-force":
        raise NotInForce(plan=plan.title)
    return plan


def _order(
    actor: Actor, plan: InForce, row: LimitOrder, reason: str, from_on: date, client_id: UUID | None, at: datetime
) -> LimitView:
    why = reason.strip()
    faults = [] if why and len(why) <= 300 else [FieldFault("reason", NO_REASON)]
    faults += [FieldFault("from", PAST)] if from_on < day_of(at) else []
    if faults:
        raise Invalid(*faults)
    row.bureau_id, row.reason, row.from_on, row.at = actor.bureau, why, from_on, at
    row.person_id = actor.person or 0
    row.save(force_insert=True)
    said = {"limit": row.limit, "written": row.written, "reason": why, "from": from_on}
    record(
        actor, verb="monitoring.order_limit", subject="limit-order", subject_id=row.id, digest=digest(said),
        client_id=client_id, at=at,
    )  # fmt: skip
    return limit(actor, plan, row.limit, on=from_on)
