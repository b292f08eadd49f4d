"""A change of areas is decided: nothing the plan asks for is missing, and no other change is undone by it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import ChangeUnfinished, FieldFault, Invalid
from qingfu.base.words import N_, Word
from qingfu.records.enrolment.actions.keeping import done, repeatable
from qingfu.records.enrolment.models import Catchment, CatchmentChange, EnrolmentYear
from qingfu.records.enrolment.queries.areas import same_area
from qingfu.records.enrolment.queries.changes import MISSING, change_of, lacks
from qingfu.records.enrolment.queries.rights import CHANGES, require_office, schools
from qingfu.records.enrolment.queries.views import ChangeView
from qingfu.records.enrolment.queries.years import areas_decided, areas_standing
from qingfu.records.journal.actions import deed
from qingfu.records.plans.queries import InForce

LACKING = N_("Missing: {part}.")
MOVED = N_("{school}: its area has changed since. Drop this change, and begin one with the area as it stands.")


def put_in_effect(actor: Actor, *, change: int, client_id: UUID | None = None, at: datetime) -> ChangeView:
    """Decide it: from its day on the new areas hold. Raises ChangeUnfinished, which names what the plan still needs."""
    with deed(actor):
        # One at a time: what one of them decides is what the next one is judged by.
        edition = require_office(actor, CHANGES)[0].edition
        list(CatchmentChange.objects.select_for_update(of=("self",)).filter(edition=edition).order_by("id"))
        plan, key, said, row = repeatable(actor, change, "put_in_effect", client_id)
        if row is None:
            return change_of(actor, change)
        missing = lacks(said, row, row.meetings.count())
        if missing:
            words = [Word(MISSING[one]) for one in missing]
            raise ChangeUnfinished(
                *(FieldFault(f"part-{one}", LACKING, {"part": Word(MISSING[one])}) for one in missing),
                clause="、".join(said.clause), missing=words,
            )  # fmt: skip
        # What nobody was told of is not in effect, whatever the plan asks for.
        row.notice_on = row.notice_on or day_of(at)
        row.decided_at = at
        _judge_standing(actor, plan, row)
        row.save()
        _take_over(plan, row, at)
        return done(actor, row, plan, key, said, "put_in_effect", client_id, at)


def _judge_standing(actor: Actor, plan: InForce, row: CatchmentChange) -> None:
    """A change that was written before another one was decided would undo that one unseen."""
    now = areas_standing(plan, row.year)
    names = {one.id: one.name for one in schools(actor)}
    faults = [
        FieldFault("part-areas", MOVED, {"school": names.get(one.organ_id, "")})
        for one in row.areas.all()
        if not same_area(one.before, now.get(one.organ_id, ""))
    ]
    if faults:
        raise Invalid(*faults)


def _take_over(plan: InForce, row: CatchmentChange, at: datetime) -> None:
    """The new areas into every announcement they are for; what is before the public stays as it is."""
    organs = row.areas.values_list("organ", flat=True)
    begun = EnrolmentYear.objects.select_for_update(of=("self",)).filter(edition=plan.edition, year__gte=row.year)
    for announcement in begun.order_by("year"):
        decided = areas_decided(plan, announcement.year)
        held = Catchment.objects.filter(announcement=announcement, organ__in=organs)
        differing = [one for one in held if not same_area(one.area, decided[one.organ_id])]
        for one in differing:
            one.area = decided[one.organ_id]
        if differing:
            Catchment.objects.bulk_update(differing, ["area"])
            announcement.written_at = at
            announcement.save(update_fields=["written_at"])
