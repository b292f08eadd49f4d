"""Announcements: every year's, and one with the areas of all schools."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.disclosures.queries import Trace, trail
from qingfu.records.enrolment.models import Catchment, ChangedArea, EnrolmentYear
from qingfu.records.enrolment.queries.rights import ANNOUNCES, require_office, schools
from qingfu.records.enrolment.queries.views import CatchmentView, Span, YearRow, YearView
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import OrganView
from qingfu.records.plans.queries import InForce


def years(actor: Actor) -> tuple[YearRow, ...]:
    """Every announcement of the plan, the latest year first."""
    with reading(actor):
        plan, key, _ = require_office(actor)
        rows = EnrolmentYear.objects.filter(edition=plan.edition).order_by("-year")
        # The newest copy under a key comes first, so it is read last and stays.
        states = {one.key: one.state for one in reversed(trail(actor, edition=plan.edition))}
        return tuple(
            YearRow(
                row.year,
                row.state,
                row.published_at,
                states.get(f"{key}:{row.year}") == "withdrawn",
                row.published_at is not None and row.written_at > row.published_at,
            )
            for row in rows
        )


def year_of(actor: Actor, year: int) -> YearView:
    """One announcement with every school that has an area; raises NotFound."""
    with reading(actor):
        plan, key, said = require_office(actor)
        row = EnrolmentYear.objects.filter(edition=plan.edition, year=year).first()
        if row is None:
            raise NotFound(what=str(year))
        return YearView(
            row.id, plan.edition, key, year, row.state, spans(row), row.conditions, row.where, row.papers, row.online,
            catchments(actor, plan, row), row.published_at, row.written_at, shown_under(actor, plan, f"{key}:{year}"),
            said.clause,
        )  # fmt: skip


def shown_under(actor: Actor, plan: InForce, key: str) -> Trace | None:
    """The newest copy under a key, whatever became of it."""
    return next(iter(trail(actor, edition=plan.edition, key=key)), None)


def spans(row: EnrolmentYear) -> tuple[Span, ...]:
    """The times of an announcement."""
    return tuple(
        Span(one["what"], date.fromisoformat(one["from"]), date.fromisoformat(one["until"])) for one in row.times
    )


def catchments(actor: Actor, plan: InForce, row: EnrolmentYear) -> tuple[CatchmentView, ...]:
    """Every school that has an area, entered or not; one that was entered stays, whatever its stage is now."""
    held = {one.organ_id: one for one in Catchment.objects.filter(announcement=row)}
    before, after = areas_before(plan, row.year), areas_decided(plan, row.year)
    return tuple(_catchment(one, held.get(one.id), before, after) for one in schools(actor))


def _catchment(
    school: OrganView, held: Catchment | None, before: Mapping[int, str], after: Mapping[int, str]
) -> CatchmentView:
    own = (held.area, held.places, held.expected, held.posted) if held else ("", None, None, "")
    return CatchmentView(school, *own, before.get(school.id, ""), after.get(school.id, ""))


def areas_before(plan: InForce, year: int) -> dict[int, str]:
    """The area of each school as it was published last for a year before this one."""
    rows = Catchment.objects.filter(announcement__edition=plan.edition, announcement__year__lt=year)
    return dict(rows.exclude(posted="").order_by("announcement__year").values_list("organ", "posted"))


def areas_posted(plan: InForce, year: int) -> dict[int, str]:
    """The area of each school as it stands before the public for a year: of this year, or else of one before."""
    return areas_before(plan, year + 1)


def areas_standing(plan: InForce, year: int) -> dict[int, str]:
    """The area of each school as a decided change has it, published with an announcement yet or not."""
    return areas_posted(plan, year) | areas_decided(plan, year)


def areas_decided(plan: InForce, year: int) -> dict[int, str]:
    """The area of each school as the latest decided change for this year or an earlier one has it."""
    rows = ChangedArea.objects.filter(change__edition=plan.edition, change__state="decided", change__year__lte=year)
    return dict(rows.order_by("change__year", "change__decided_at").values_list("organ", "after"))


__all__ = [
    "ANNOUNCES", "areas_before", "areas_decided", "areas_posted", "areas_standing", "catchments", "shown_under",
    "spans", "year_of", "years",
]  # fmt: skip
