"""片区调整: an act of its own. Notice, transition and parents, as the plan needs them, stand before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.enrolment.actions.keeping import done, repeatable
from qingfu.records.enrolment.models import CatchmentChange, ChangedArea, ParentsMeeting
from qingfu.records.enrolment.queries.areas import same_area
from qingfu.records.enrolment.queries.changes import change_of, spoken_for
from qingfu.records.enrolment.queries.figures import NUMBERS_OF_PEOPLE, names_number
from qingfu.records.enrolment.queries.rights import CHANGES, require_office, schools
from qingfu.records.enrolment.queries.views import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_AREA,
    NO_SUCH_DAY,
    ChangeView,
    is_in_reach,
)
from qingfu.records.enrolment.queries.years import areas_standing
from qingfu.records.forms.models import File
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.plans.queries import InForce

LONG, LONGER, MOST_PARENTS = 400, 600, 2_000
NO_AREAS = N_("Choose at least one school whose area changes.")
NOT_POSTED = N_("The area of this school has not been published yet; there is nothing to change.")
SAME = N_("This is the area as it stands.")
NO_WHY = N_("Say why, in at most {most} characters.")
NO_PLACES = N_("Say where it was announced: website, notice board, village broadcast.")
LATER = N_("This day is still to come.")
NO_TRANSITION = N_("Say who keeps the old choice, and how long.")
ENDS_BEFORE = N_("The transition would end before the change takes effect.")
NO_MEETING = N_("Name the meeting.")
NO_PARENTS = N_("Write how many parents' representatives took part.")
NO_SAID = N_("Write it in short, in at most {most} characters.")
NO_REASON = N_("Say why it is dropped.")
NO_FILE = N_("This file cannot be attached.")
NO_NEW_AREA = N_("Write the new area, in at most {most} characters.")
SPOKEN_FOR = N_("Another change of this area is under way, or decided for a later year; that one comes first.")
PAST_YEAR = N_("Choose the school year from which it is for.")


def open_change(
    actor: Actor, *, year: int, effect_on: date, why: str, areas: Mapping[int, str], client_id: UUID | None = None,
    at: datetime,
) -> ChangeView:  # fmt: skip
    """Begin a change: new areas by school id, the former ones are read. `year`: the first school year it is for."""
    with deed(actor):
        plan, _, _ = require_office(actor, CHANGES)
        if (first := first_answer(actor, client_id, subject="catchment-change")) is not None:
            return change_of(actor, first)
        before = areas_standing(plan, year)
        _judge_days({"effect-on": effect_on}, year=year)
        _judge_areas(actor, plan, year, why, areas, before)
        row = CatchmentChange.objects.create(
            bureau_id=actor.bureau, edition_id=plan.edition, year=year, why=why.strip(), effect_on=effect_on,
            person_id=actor.person, opened_at=at,
        )  # fmt: skip
        ChangedArea.objects.bulk_create(
            ChangedArea(bureau_id=actor.bureau, change=row, organ_id=organ, before=before[organ], after=after.strip())
            for organ, after in areas.items()
        )
        record(
            actor, verb="enrolment.open_change", subject="catchment-change", subject_id=row.id, client_id=client_id,
            at=at,
        )  # fmt: skip
        return change_of(actor, row.id)


def _judge_days(days: Mapping[str, date], *, year: int | None = None) -> None:
    """`year`: the school year it is for; it takes effect in that one, the one before or the one after."""
    faults = [FieldFault(field, NO_SUCH_DAY) for field, day in days.items() if not is_in_reach(day)]
    if year is not None and not faults and abs(days["effect-on"].year - year) > 1:
        faults.append(FieldFault("effect-on", NO_SUCH_DAY))
    if faults:
        raise Invalid(*faults)


def _judge_areas(
    actor: Actor, plan: InForce, year: int, why: str, areas: Mapping[int, str], before: Mapping[int, str]
) -> None:
    known, spoken = {one.id for one in schools(actor)}, spoken_for(plan, areas, year)
    faults = [] if areas else [FieldFault("schools", NO_AREAS)]
    faults += [] if FIRST_YEAR <= year <= LAST_YEAR else [FieldFault("year", PAST_YEAR)]
    if not 0 < len(why.strip()) <= LONG:
        faults.append(FieldFault("why", NO_WHY, {"most": LONG}))
    elif names_number(why):
        faults.append(FieldFault("why", NUMBERS_OF_PEOPLE))
    for organ, after in areas.items():
        if organ not in known or not before.get(organ):
            faults.append(FieldFault(f"after-{organ}", NOT_POSTED))
        elif organ in spoken:
            faults.append(FieldFault(f"after-{organ}", SPOKEN_FOR))
        elif not 0 < len(after.strip()) <= LONGEST_AREA:
            faults.append(FieldFault(f"after-{organ}", NO_NEW_AREA, {"most": LONGEST_AREA}))
        elif same_area(after, before[organ]):
            faults.append(FieldFault(f"after-{organ}", SAME))
    if faults:
        raise Invalid(*faults)


def plan_transition(
    actor: Actor, *, change: int, effect_on: date, until: date, says: str, client_id: UUID | None = None, at: datetime
) -> ChangeView:  # fmt: skip
    """When it takes effect, and who keeps the old choice until when (过渡期)."""
    with deed(actor):
        plan, key, said, row = repeatable(actor, change, "plan_transition", client_id)
        if row is None:
            return change_of(actor, change)
        _judge_days({"effect-on": effect_on, "until": until}, year=row.year)
        faults = [] if 0 < len(says.strip()) <= LONG else [FieldFault("says", NO_TRANSITION)]
        faults += [FieldFault("until", ENDS_BEFORE)] if until < effect_on else []
        if faults:
            raise Invalid(*faults)
        row.effect_on, row.transition_until, row.transition = effect_on, until, says.strip()
        return done(actor, row, plan, key, said, "plan_transition", client_id, at)


def announce_change(
    actor: Actor, *, change: int, notice_on: date, places: str, client_id: UUID | None = None, at: datetime
) -> ChangeView:  # fmt: skip
    """It was announced that day at these places; from now on the public sees it, before it takes effect."""
    with deed(actor):
        plan, key, said, row = repeatable(actor, change, "announce_change", client_id)
        if row is None:
            return change_of(actor, change)
        _judge_days({"notice-on": notice_on})
        faults = [] if 0 < len(places.strip()) <= LONG else [FieldFault("places", NO_PLACES)]
        faults += [FieldFault("notice-on", LATER)] if notice_on > day_of(at) else []
        if faults:
            raise Invalid(*faults)
        # Told again elsewhere: the first day is the day of the notice.
        row.notice_on = min(notice_on, row.notice_on or notice_on)
        row.places = places.strip()
        return done(actor, row, plan, key, said, "announce_change", client_id, at)


def add_meeting(
    actor: Actor, *, change: int, name: str, held_on: date, parents: int, said: str, answered: str, paper: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ChangeView:  # fmt: skip
    """Parents' representatives took part: how many, what they said, what was answered; no name. `paper`: a file."""
    with deed(actor):
        plan, key, order, row = repeatable(actor, change, "add_meeting", client_id)
        if row is None:
            return change_of(actor, change)
        _judge_days({"held-on": held_on})
        _judge_meeting(name, held_on, parents, {"said": said, "answered": answered}, at)
        ParentsMeeting.objects.create(
            bureau_id=actor.bureau, change=row, name=name.strip(), held_on=held_on, parents=parents, said=said.strip(),
            answered=answered.strip(), paper=_file(actor, paper), person_id=actor.person, at=at,
        )  # fmt: skip
        return done(actor, row, plan, key, order, "add_meeting", client_id, at)


def _judge_meeting(name: str, held_on: date, parents: int, texts: Mapping[str, str], at: datetime) -> None:
    faults = [] if 0 < len(name.strip()) <= 120 else [FieldFault("name", NO_MEETING)]
    faults += [FieldFault("name", NUMBERS_OF_PEOPLE)] if names_number(name) else []
    faults += [FieldFault("held-on", LATER)] if held_on > day_of(at) else []
    faults += [] if 0 < parents <= MOST_PARENTS else [FieldFault("parents", NO_PARENTS)]
    for field, text in texts.items():
        if not 0 < len(text.strip()) <= LONGER:
            faults.append(FieldFault(field, NO_SAID, {"most": LONGER}))
        elif names_number(text):
            faults.append(FieldFault(field, NUMBERS_OF_PEOPLE))
    if faults:
        raise Invalid(*faults)


def _file(actor: Actor, ref: str) -> File | None:
    """A file this person has just kept, or none."""
    if not ref:
        return None
    row = File.objects.filter(ref=ref, person=actor.person).first()
    if row is None:
        raise Invalid(FieldFault("paper", NO_FILE))
    return row


def drop_change(
    actor: Actor, *, change: int, reason: str, client_id: UUID | None = None, at: datetime
) -> ChangeView:  # fmt: skip
    """It is not done after all; where it was announced, the public reads that and why."""
    with deed(actor):
        plan, key, said, row = repeatable(actor, change, "drop_change", client_id)
        if row is None:
            return change_of(actor, change)
        if not 0 < len(reason.strip()) <= 300:
            raise Invalid(FieldFault("reason", NO_REASON))
        if names_number(reason):
            raise Invalid(FieldFault("reason", NUMBERS_OF_PEOPLE))
        row.dropped_because = reason.strip()
        return done(actor, row, plan, key, said, "drop_change", client_id, at)
