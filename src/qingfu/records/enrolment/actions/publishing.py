"""The announcement of a school year before the public: a frozen copy, whole, with areas as they may be."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import AreaChanged, FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.disclosures.actions import publish
from qingfu.records.enrolment.actions.announcing import locked, said_of
from qingfu.records.enrolment.models import Catchment
from qingfu.records.enrolment.queries.areas import same_area
from qingfu.records.enrolment.queries.rights import CHANGES, ordered
from qingfu.records.enrolment.queries.views import CatchmentView, YearView
from qingfu.records.enrolment.queries.years import year_of
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import OrganView
from qingfu.records.plans.queries import InForce

NO_TIMES = N_("Enter at least one time.")
NO_CONDITIONS = N_("Write who may enter.")
NO_METHOD = N_("Write where one registers, and by which papers.")
NO_CATCHMENT = N_("{school}: the area, places or expected children are missing.")
# The plan's language, as everything that is kept.
TITLE = "{year}年{says}"
DECIDED = N_("{school}: a decided change has another area.")
UNRECORDED = N_("{school}: this area is not the one that was published last, and no change on record says so.")


def publish_announcement(actor: Actor, *, year: int, client_id: UUID | None = None, at: datetime) -> YearView:
    """Show it to the public as it stands, in place of the former copy.

    Raises Invalid for what is missing, AreaChanged where an area is not the one published last and no decided change
    says so.
    """
    with deed(actor):
        plan, key, said, row = locked(actor, year, "publish_announcement")
        if first_answer(actor, client_id, subject="enrolment") is not None:
            return year_of(actor, year)
        row.save(update_fields=["state"])
        view = year_of(actor, year)
        _judge_whole(view)
        _judge_areas(actor, plan, view)
        copy = publish(
            actor, plan=plan, key=f"{key}:{year}", shows=said.shows, title=TITLE.format(year=year, says=said.says),
            content=_content(view), at=at,
        )  # fmt: skip
        held = list(Catchment.objects.filter(announcement=row))
        for one in held:
            one.posted = one.area
        Catchment.objects.bulk_update(held, ["posted"])
        row.published_at = row.written_at = at
        row.save(update_fields=["published_at", "written_at"])
        record(
            actor, verb="enrolment.publish_announcement", subject="enrolment", subject_id=row.id, digest=copy.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return year_of(actor, year)


def _judge_whole(view: YearView) -> None:
    faults = [FieldFault("times", NO_TIMES)] if not view.times else []
    faults += [FieldFault("conditions", NO_CONDITIONS)] if not view.conditions else []
    faults += [FieldFault("where", NO_METHOD)] if not (view.where and view.papers) else []
    faults += [FieldFault(f"school-{one.school.id}", NO_CATCHMENT, {"school": one.school.name}) for one in view.missing]
    if faults:
        raise Invalid(*faults)


def _judge_areas(actor: Actor, plan: InForce, view: YearView) -> None:
    """Where the plan shows changes of areas to the public, an area changes by such a change and not otherwise."""
    order = ordered(actor, CHANGES)
    if order is None or order[0].edition != plan.edition:
        return
    differing = [one for one in view.catchments if _differs(one)]
    if differing:
        raise AreaChanged(
            *(
                FieldFault(
                    f"school-{one.school.id}", DECIDED if one.after else UNRECORDED, {"school": one.school.name}
                )
                for one in differing
            ),
            clause="、".join(order[2].clause), schools=[one.school.name for one in differing], year=view.year,
        )  # fmt: skip


def _differs(one: CatchmentView) -> bool:
    """Whether an area is not as the latest decided change has it, or without one as it was published last."""
    due = one.after or one.posted or one.before
    return bool(due) and not same_area(one.area, due)


def _content(view: YearView) -> dict[str, Any]:
    return {
        "year": view.year,
        "times": [said_of(one) for one in view.times],
        "conditions": view.conditions,
        "where": view.where,
        "papers": view.papers,
        "online": view.online,
        "catchments": [_shown(one, one.school) for one in view.catchments],
    }


def _shown(one: CatchmentView, school: OrganView) -> dict[str, Any]:
    return {
        "code": school.code, "name": school.name, "stage": school.stage, "area": one.area, "places": one.places,
        "expected": one.expected,
    }  # fmt: skip
