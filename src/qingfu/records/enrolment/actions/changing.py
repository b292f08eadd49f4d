"""片区调整: an act of its own. Notice, transition and parents, as the plan needs them, stand before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import ChangeUnfinished, FieldFault, Invalid, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.actions import publish
from qingfu.records.enrolment.models import Catchment, CatchmentChange, ChangedArea, EnrolmentYear, ParentsMeeting
from qingfu.records.enrolment.queries.areas import same_area
from qingfu.records.enrolment.queries.changes import MISSING, ROLES, change_of, lacks, spoken_for
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
from qingfu.records.enrolment.queries.years import areas_decided, areas_standing
from qingfu.records.enrolment.states import CHANGE
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
MOVED = N_("{school}: its area has changed since. Drop this change, and begin one with the area as it stands.")
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


def _locked(actor: Actor, change: int, verb: str) -> tuple[InForce, str, Disclosure, CatchmentChange]:
    plan, key, said = require_office(actor, CHANGES)
    rows = CatchmentChange.objects.select_for_update(of=("self",))
    row = rows.filter(edition=plan.edition, id=change).first()
    if row is None:
        raise NotFound(what=str(change))
    row.state = CHANGE.move(row.state, verb, ROLES)
    return plan, key, said, row


def _done(
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


def plan_transition(
    actor: Actor, *, change: int, effect_on: date, until: date, says: str, client_id: UUID | None = None, at: datetime
) -> ChangeView:  # fmt: skip
    """When it takes effect, and who keeps the old choice until when (过渡期)."""
    with deed(actor):
        plan, key, said, row = _repeatable(actor, change, "plan_transition", client_id)
        if row is None:
            return change_of(actor, change)
        _judge_days({"effect-on": effect_on, "until": until}, year=row.year)
        faults = [] if 0 < len(says.strip()) <= LONG else [FieldFault("says", NO_TRANSITION)]
        faults += [FieldFault("until", ENDS_BEFORE)] if until < effect_on else []
        if faults:
            raise Invalid(*faults)
        row.effect_on, row.transition_until, row.transition = effect_on, until, says.strip()
        return _done(actor, row, plan, key, said, "plan_transition", client_id, at)


def _repeatable(
    actor: Actor, change: int, verb: str, client_id: UUID | None
) -> tuple[InForce, str, Disclosure, CatchmentChange | None]:
    """The change, locked; None in its place where this form has led to it already."""
    if first_answer(actor, client_id, subject="catchment-change") is not None:
        return (*require_office(actor, CHANGES), None)
    return _locked(actor, change, verb)


def announce_change(
    actor: Actor, *, change: int, notice_on: date, places: str, client_id: UUID | None = None, at: datetime
) -> ChangeView:  # fmt: skip
    """It was announced that day at these places; from now on the public sees it, before it takes effect."""
    with deed(actor):
        plan, key, said, row = _repeatable(actor, change, "announce_change", client_id)
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
        return _done(actor, row, plan, key, said, "announce_change", client_id, at)


def add_meeting(
    actor: Actor, *, change: int, name: str, held_on: date, parents: int, said: str, answered: str, paper: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ChangeView:  # fmt: skip
    """Parents' representatives took part: how many, what they said, what was answered; no name. `paper`: a file."""
    with deed(actor):
        plan, key, order, row = _repeatable(actor, change, "add_meeting", client_id)
        if row is None:
            return change_of(actor, change)
        _judge_days({"held-on": held_on})
        _judge_meeting(name, held_on, parents, {"said": said, "answered": answered}, at)
        ParentsMeeting.objects.create(
            bureau_id=actor.bureau, change=row, name=name.strip(), held_on=held_on, parents=parents, said=said.strip(),
            answered=answered.strip(), paper=_file(actor, paper), person_id=actor.person, at=at,
        )  # fmt: skip
        return _done(actor, row, plan, key, order, "add_meeting", client_id, at)


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


def put_in_effect(actor: Actor, *, change: int, client_id: UUID | None = None, at: datetime) -> ChangeView:
    """Decide it: from its day on the new areas hold. Raises ChangeUnfinished, which names what the plan still needs."""
    with deed(actor):
        # One at a time: what one of them decides is what the next one is judged by.
        edition = require_office(actor, CHANGES)[0].edition
        list(CatchmentChange.objects.select_for_update(of=("self",)).filter(edition=edition).order_by("id"))
        plan, key, said, row = _repeatable(actor, change, "put_in_effect", client_id)
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
        return _done(actor, row, plan, key, said, "put_in_effect", client_id, at)


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


LACKING = N_("Missing: {part}.")


def drop_change(
    actor: Actor, *, change: int, reason: str, client_id: UUID | None = None, at: datetime
) -> ChangeView:  # fmt: skip
    """It is not done after all; where it was announced, the public reads that and why."""
    with deed(actor):
        plan, key, said, row = _repeatable(actor, change, "drop_change", client_id)
        if row is None:
            return change_of(actor, change)
        if not 0 < len(reason.strip()) <= 300:
            raise Invalid(FieldFault("reason", NO_REASON))
        if names_number(reason):
            raise Invalid(FieldFault("reason", NUMBERS_OF_PEOPLE))
        row.dropped_because = reason.strip()
        return _done(actor, row, plan, key, said, "drop_change", client_id, at)


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
