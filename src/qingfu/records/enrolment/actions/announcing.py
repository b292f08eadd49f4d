"""The announcement of a school year: written, filled with areas, published as a frozen copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import AreaChanged, FieldFault, Invalid, NotFound, Stale
from qingfu.base.words import N_
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.actions import publish
from qingfu.records.enrolment.models import Catchment, EnrolmentYear
from qingfu.records.enrolment.queries.areas import same_area
from qingfu.records.enrolment.queries.rights import CHANGES, ordered, require_office, schools
from qingfu.records.enrolment.queries.views import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_AREA,
    MOST_CHILDREN,
    NO_NUMBER,
    NO_SUCH_DAY,
    TOO_LONG,
    CatchmentView,
    NewArea,
    Span,
    YearView,
)
from qingfu.records.enrolment.queries.years import areas_standing, spans, year_of
from qingfu.records.enrolment.states import ANNOUNCEMENT
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import OrganView
from qingfu.records.plans.queries import InForce

ROLES = frozenset({"office"})
MOST_TIMES = 20
SHORT = 8
NO_YEAR = N_("Choose a year.")
THERE = N_("There is an announcement for this year already.")
NO_WHAT = N_("Say what may be done in this time.")
ENDS_FIRST = N_("It would end before it begins.")
TOO_MANY = N_("At most {most} times.")
NO_TIMES = N_("Enter at least one time.")
NO_CONDITIONS = N_("Write who may enter.")
NO_METHOD = N_("Write where one registers, and by which papers.")
NO_SCHOOL = N_("No school of this name has an area.")
NO_AREA = N_("Write the area: streets, villages, estates.")
NO_CATCHMENT = N_("{school}: the area, places or expected children are missing.")


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
        _said(Span(one.what, _moved(one.from_on, year - last.year), _moved(one.until_on, year - last.year)))
        for one in spans(last)
    ]
    texts = {name: getattr(last, name) for name in ("conditions", "where", "papers", "online")}
    return {"times": times, **texts}


def _moved(day: date, by: int) -> date:
    # A leap day has no other year's.
    return day.replace(year=day.year + by, day=min(day.day, 28) if day.month == 2 else day.day)


def _said(one: Span) -> dict[str, str]:
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


def _locked(actor: Actor, year: int, verb: str) -> tuple[InForce, str, Disclosure, EnrolmentYear]:
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
        _, _, _, row = _locked(actor, year, "write_announcement")
        if first_answer(actor, client_id, subject="enrolment") is not None:
            return year_of(actor, year)
        _judge_seen(seen, year_of(actor, year).seal if seen else "")
        texts = {"conditions": conditions, "where": where, "papers": papers, "online": online}
        _judge_texts(year, times, texts)
        row.times = [_said(one) for one in times]
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
        _, _, _, row = _locked(actor, year, "set_catchment")
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
        _, _, _, row = _locked(actor, year, "bring_catchments")
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


def publish_announcement(actor: Actor, *, year: int, client_id: UUID | None = None, at: datetime) -> YearView:
    """Show it to the public as it stands, in place of the former copy.

    Raises Invalid for what is missing, AreaChanged where an area is not the one published last and no decided change
    says so.
    """
    with deed(actor):
        plan, key, said, row = _locked(actor, year, "publish_announcement")
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


# The plan's language, as everything that is kept.
TITLE = "{year}年{says}"


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


DECIDED = N_("{school}: a decided change has another area.")
UNRECORDED = N_("{school}: this area is not the one that was published last, and no change on record says so.")


def _differs(one: CatchmentView) -> bool:
    """Whether an area is not as the latest decided change has it, or without one as it was published last."""
    due = one.after or one.posted or one.before
    return bool(due) and not same_area(one.area, due)


def _content(view: YearView) -> dict[str, Any]:
    return {
        "year": view.year,
        "times": [_said(one) for one in view.times],
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
