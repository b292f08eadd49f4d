"""A change of areas, locked for a verb and kept after it; what was announced is shown as it stands now."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.actions import publish
from qingfu.records.enrolment.models import CatchmentChange
from qingfu.records.enrolment.queries.changes import ROLES, change_of
from qingfu.records.enrolment.queries.rights import CHANGES, require_office
from qingfu.records.enrolment.queries.views import ChangeView
from qingfu.records.enrolment.states import CHANGE
from qingfu.records.journal.actions import first_answer, record
from qingfu.records.plans.queries import InForce


def repeatable(
    actor: Actor, change: int, verb: str, client_id: UUID | None
) -> tuple[InForce, str, Disclosure, CatchmentChange | None]:
    """The change, locked; None in its place where this form has led to it already."""
    if first_answer(actor, client_id, subject="catchment-change") is not None:
        return (*require_office(actor, CHANGES), None)
    return _locked(actor, change, verb)


def _locked(actor: Actor, change: int, verb: str) -> tuple[InForce, str, Disclosure, CatchmentChange]:
    plan, key, said = require_office(actor, CHANGES)
    rows = CatchmentChange.objects.select_for_update(of=("self",))
    row = rows.filter(edition=plan.edition, id=change).first()
    if row is None:
        raise NotFound(what=str(change))
    row.state = CHANGE.move(row.state, verb, ROLES)
    return plan, key, said, row


def done(
    actor: Actor, row: CatchmentChange, plan: InForce, key: str, said: Disclosure, verb: str, client_id: UUID | None,
    at: datetime,
) -> ChangeView:  # fmt: skip
    """Keep the row; what was announced is shown as it stands now."""
    row.save()
    view = change_of(actor, row.id)
    digest = ""
    if row.notice_on is not None:
        digest = publish(
            actor, plan=plan, key=f"{key}:{row.id}", shows=said.shows, title=_title(view), content=_content(view),
            at=at,
        ).digest  # fmt: skip
    record(
        actor, verb=f"enrolment.{verb}", subject="catchment-change", subject_id=row.id, digest=digest,
        client_id=client_id, at=at,
    )  # fmt: skip
    return change_of(actor, row.id)


def _title(view: ChangeView) -> str:
    names = "、".join(one.school.short_name or one.school.name for one in view.areas)
    return f"{view.year}年起片区调整：{names}"[:200]


def _content(view: ChangeView) -> dict[str, Any]:
    return {
        "year": view.year,
        "state": view.state,
        "why": view.why,
        "effect_on": view.effect_on.isoformat(),
        "notice_on": view.notice_on.isoformat() if view.notice_on else "",
        "places": view.places,
        "transition_until": view.transition_until.isoformat() if view.transition_until else "",
        "transition": view.transition,
        "dropped_because": view.dropped_because,
        "areas": [
            {"code": one.school.code, "name": one.school.name, "before": one.before, "after": one.after}
            for one in view.areas
        ],
        "meetings": [
            {
                "name": one.name, "on": one.held_on.isoformat(), "parents_count": one.parents, "said": one.said,
                "answered": one.answered,
            }
            for one in view.meetings
        ],
    }  # fmt: skip
