"""The announcement of a school year: begun from the last one, written, filled with areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid, NotFound, Stale
from qingfu.base.words import N_
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.enrolment.models import Catchment, EnrolmentYear
from qingfu.records.enrolment.queries.rights import require_office, schools
from qingfu.records.enrolment.queries.views import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_AREA,
    MOST_CHILDREN,
    NO_NUMBER,
    NO_SUCH_DAY,
    TOO_LONG,
    NewArea,
    Span,
    YearView,
)
from qingfu.records.enrolment.queries.years import areas_standing, spans, year_of
from qingfu.records.enrolment.states import ANNOUNCEMENT
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.plans.queries import InForce

ROLES = frozenset({"office"})
MOST_TIMES = 20
SHORT = 8
NO_YEAR = N_("Choose a year.")
THERE = N_("There is an announcement for this year already.")
NO_WHAT = N_("Say what may be done in this time.")
ENDS_FIRST = N_("It would end before it begins.")
TOO_MANY = N_("At most {most} times.")
NO_SCHOOL = N_("No school of this name has an area.")
NO_AREA = N_("Write the area: streets, villages, estates.")


def open_year(actor: Actor, *, year: int, client_id: UUID | None = None, at: datetime) -> YearView:
    """Begin the announcement of a school year; what the last one said is taken over, with decided changes applied."""
    with deed(actor):
        plan, _, _ = require_office(actor)
        if (first := first_answer(actor, client_id, subject="enrolment")) is not None:
            return _view(actor, first)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Invalid(FieldFault("year", NO_YEAR))
        known = EnrolmentYear.objects.filter(edition=plan.edition)
        if known.filter(year=year).exists():
            raise Invalid(FieldFault("year", THERE))
        last = known.filter(year__lt=year).order_by("-year").first()
        row = EnrolmentYear.objects.create(
            bureau_id=actor.bureau, edition_id=plan.edition, year=year, person_id=actor.person, written_at=at,
            **_taken_over(last, year),
        )  # fmt: skip
        _take_areas(actor, plan, row, last)
        record(actor, verb="enrolment.open_year", subject="enrolment", subject_id=row.id, client_id=client_id, at=at)
        return year_of(actor, year)


def _taken_over(last: EnrolmentYear | None, year: int) -> dict[str, Any]:
    if last is None:
        return {}
    times = [
        said_of(Span(one.what, _moved(one.from_on, year - last.year), _moved(one.until_on, year - last.year)))
        for one in spans(last)
    ]
    texts = {name: getattr(last, name) for name in ("conditions", "where", "papers", "online")}
    return {"times": times, **texts}


def _moved(day: date, by: int) -> date:
    # A leap day has no other year's.
    return day.replace(year=day.year + by, day=min(day.day, 28) if day.month == 2 else day.day)


def said_of(one: Span) -> dict[str, str]:
    """A time as it is kept and published."""
    return {"what": one.what, "from": one.from_on.isoformat(), "until": one.until_on.isoformat()}


def _take_areas(actor: Actor, plan: InForce, row: EnrolmentYear, last: EnrolmentYear | None) -> None:
    """Areas and places as they were; the children expected are of this year, and are asked anew."""
    areas = areas_standing(plan, row.year)
    places = dict(Catchment.objects.filter(announcement=last).values_list("organ", "places")) if last else {}
    Catchment.objects.bulk_create(
        Catchment(
            bureau_id=actor.bureau, announcement=row, organ_id=one.id, area=areas[one.id], places=places.get(one.id)
        )
        for one in schools(actor)
        if one.id in areas
    )


def _view(actor: Actor, row_id: int) -> YearView:
    return year_of(actor, EnrolmentYear.objects.values_list("year", flat=True).get(id=row_id))


def locked(actor: Actor, year: int, verb: str) -> tuple[InForce, str, Disclosure, EnrolmentYear]:
    """The announcement, locked and moved on, and what orders it. NotFound for a year that was not begun."""
    plan, key, said = require_office(actor)
    row = EnrolmentYear.objects.select_for_update(of=("self",)).filter(edition=plan.edition, year=year).first()
    if row is None:
        raise NotFound(what=str(year))
    row.state = ANNOUNCEMENT.move(row.state, verb, ROLES)
    return plan, key, said, row


def write_announcement(
    actor: Actor, *, year: int, times: Sequence[Span], conditions: str, where: str, papers: str, online: str,
    seen: str = "", client_id: UUID | None = None, at: datetime,
) -> YearView:  # fmt: skip
    """Times, conditions and how one registers; what is not there yet may follow before it is published.

    `seen`: the seal of what stood there when it was opened. Raises Stale where somebody saved something since.
    """
    with deed(actor):
        _, _, _, row = locked(actor, year, "write_announcement")
        if first_answer(actor, client_id, subject="enrolment") is not None:
            return year_of(actor, year)
        _judge_seen(seen, year_of(actor, year).seal if seen else "")
        texts = {"conditions": conditions, "where": where, "papers": papers, "online": online}
        _judge_texts(year, times, texts)
        row.times = [said_of(one) for one in times]
        for name, text in texts.items():
            setattr(row, name, text.strip())
        _written(actor, row, "write_announcement", client_id, at, "times", *texts)
        return year_of(actor, year)


def _judge_seen(seen: str, now: str) -> None:
    if seen != now:
        raise Stale(seen=seen[:SHORT], now=now[:SHORT])


def _judge_texts(year: int, times: Sequence[Span], texts: Mapping[str, str]) -> None:
    faults = [FieldFault("times", TOO_MANY, {"most": MOST_TIMES})] if len(times) > MOST_TIMES else []
    for n, one in enumerate(times, start=1):
        if not one.what.strip() or len(one.what) > 80:
            faults.append(FieldFault(f"what-{n}", NO_WHAT))
        if one.until_on < one.from_on:
            faults.append(FieldFault(f"until-{n}", ENDS_FIRST))
        # Registering may begin in the year before, and end in the one after.
        for name, day in (("from", one.from_on), ("until", one.until_on)):
            if abs(day.year - year) > 1:
                faults.append(FieldFault(f"{name}-{n}", NO_SUCH_DAY))
    faults += [
        FieldFault(name, TOO_LONG, {"most": LONGEST_AREA}) for name, text in texts.items() if len(text) > LONGEST_AREA
    ]
    if faults:
        raise Invalid(*faults)


def _written(
    actor: Actor, row: EnrolmentYear, verb: str, client_id: UUID | None, at: datetime, *fields: str
) -> None:  # fmt: skip
    row.written_at, row.person_id = at, actor.person
    row.save(update_fields=["written_at", "person", *fields])
    record(actor, verb=f"enrolment.{verb}", subject="enrolment", subject_id=row.id, client_id=client_id, at=at)


def set_catchment(
    actor: Actor, *, year: int, area: NewArea, seen: str = "", client_id: UUID | None = None, at: datetime
) -> YearView:  # fmt: skip
    """The area of one school, its places and the children expected. `seen`, Stale: as with the announcement."""
    with deed(actor):
        _, _, _, row = locked(actor, year, "set_catchment")
        if first_answer(actor, client_id, subject="enrolment") is not None:
            return year_of(actor, year)
        if seen:
            _judge_seen(seen, next((o.seal for o in year_of(actor, year).catchments if o.school.id == area.organ), ""))
        _keep(actor, row, area, {one.id for one in schools(actor)})
        _written(actor, row, "set_catchment", client_id, at)
        return year_of(actor, year)


def bring_catchments(
    actor: Actor, *, year: int, areas: Sequence[NewArea], client_id: UUID | None = None, at: datetime
) -> YearView:  # fmt: skip
    """The areas of many schools, all or none; schools that are not named keep theirs."""
    with deed(actor):
        _, _, _, row = locked(actor, year, "bring_catchments")
        if first_answer(actor, client_id, subject="enrolment") is not None:
            return year_of(actor, year)
        known = {one.id for one in schools(actor)}
        for area in areas:
            _keep(actor, row, area, known)
        _written(actor, row, "bring_catchments", client_id, at)
        return year_of(actor, year)


def _keep(actor: Actor, row: EnrolmentYear, area: NewArea, known: set[int]) -> None:
    if area.organ not in known:
        raise Invalid(FieldFault("school", NO_SCHOOL))
    faults = [FieldFault("area", NO_AREA)] if not area.area.strip() else []
    if len(area.area) > LONGEST_AREA:
        faults.append(FieldFault("area", TOO_LONG, {"most": LONGEST_AREA}))
    for name in ("places", "expected"):
        number = getattr(area, name)
        if number is not None and not 0 <= number <= MOST_CHILDREN:
            faults.append(FieldFault(name, NO_NUMBER, {"most": MOST_CHILDREN}))
    if faults:
        raise Invalid(*faults)
    Catchment.objects.update_or_create(
        bureau_id=actor.bureau, announcement=row, organ_id=area.organ,
        defaults={"area": area.area.strip(), "places": area.places, "expected": area.expected},
    )  # fmt: skip
