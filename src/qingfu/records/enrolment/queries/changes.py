"""Changes of areas: each with what it lacks by the plan and what may be done with it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.base.words import N_
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.queries import Trace
from qingfu.records.enrolment.models import CatchmentChange, ChangedArea, ParentsMeeting
from qingfu.records.enrolment.queries.areas import places_by_key
from qingfu.records.enrolment.queries.rights import CHANGES, require_office
from qingfu.records.enrolment.queries.views import AreaView, ChangeView, MeetingView
from qingfu.records.enrolment.queries.years import areas_standing, shown_under
from qingfu.records.enrolment.states import CHANGE
from qingfu.records.forms.queries import Download, download_by_id
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import OrganView, organs
from qingfu.records.plans.queries import InForce

ROLES = frozenset({"office"})
MISSING = {
    "notice": N_("the notice"), "ahead": N_("a notice early enough"), "transition": N_("a transition"),
    "parents": N_("a meeting with parents' representatives"),
}  # fmt: skip


def changes(actor: Actor) -> tuple[ChangeView, ...]:
    """Every change, the latest first; without what the public sees of each."""
    with reading(actor):
        plan, _, said = require_office(actor, CHANGES)
        rows = CatchmentChange.objects.filter(edition=plan.edition).order_by("-effect_on", "-id")
        return tuple(_views(actor, plan, said, rows))


def change_of(actor: Actor, change: int) -> ChangeView:
    """One change with everything; raises NotFound."""
    with reading(actor):
        plan, key, said = require_office(actor, CHANGES)
        rows = CatchmentChange.objects.filter(edition=plan.edition, id=change)
        shown = shown_under(actor, plan, f"{key}:{change}")
        found = next(iter(_views(actor, plan, said, rows, shown)), None)
        if found is None:
            raise NotFound(what=str(change))
        return found


def areas_now(actor: Actor, *, year: int) -> dict[int, str]:
    """The areas as they stand for a school year, by the last announcement or a change decided since."""
    with reading(actor):
        return areas_standing(require_office(actor, CHANGES)[0], year)


def left_out(actor: Actor, change: ChangeView) -> tuple[str, ...]:
    """Places that leave an area by a change and stand in no other of the same stage afterwards: whose are they?"""
    with reading(actor):
        plan, _, _ = require_office(actor, CHANGES)
        stages = {one.id: one.stage for one in organs(actor, kinds=["school"])}
        after = areas_standing(plan, change.year) | {one.school.id: one.after for one in change.areas}
        found: dict[str, str] = {}
        for one in change.areas:
            others = {
                key
                for school, area in after.items()
                if stages.get(school) == one.school.stage
                for key in places_by_key(area)
            }
            found |= {key: text for key, text in places_by_key(one.before).items() if key not in others}
        return tuple(found.values())


def paper(actor: Actor, meeting: int) -> Download:
    """The paper of a meeting; raises NotFound."""
    with reading(actor):
        plan, _, _ = require_office(actor, CHANGES)
        row = ParentsMeeting.objects.filter(id=meeting, change__edition=plan.edition).first()
        if row is None or row.paper_id is None:
            raise NotFound(what=str(meeting))
        return download_by_id(actor, row.paper_id)


def lacks(said: Disclosure, row: CatchmentChange, meetings: int) -> tuple[str, ...]:
    """What a change lacks of what the plan needs, in its order: notice, ahead, transition, parents."""
    there = {"notice": row.notice_on is not None, "transition": row.transition_until is not None, "parents": meetings}
    missing: list[str] = [need for need in said.needs if not there[need]]
    # 提前: the notice lies before the effect in any case, and as many days as the plan says.
    days = (said.ahead.value if said.ahead else None) or 1
    is_late = row.notice_on is not None and row.notice_on > row.effect_on - timedelta(days=days)
    return ("ahead", *missing) if is_late and "notice" in said.needs else tuple(missing)


def spoken_for(plan: InForce, organs: Iterable[int], year: int) -> frozenset[int]:
    """Schools whose area another change is about to alter, or has altered already for a later year."""
    rows = ChangedArea.objects.filter(change__edition=plan.edition, organ__in=list(organs))
    begun = Q(change__state__in=("draft", "announced"))
    rows = rows.filter(begun | Q(change__state="decided", change__year__gt=year))
    return frozenset(rows.values_list("organ", flat=True))


def _views(
    actor: Actor, plan: InForce, said: Disclosure, rows: Iterable[CatchmentChange], shown: Trace | None = None
) -> Iterable[ChangeView]:
    found = list(rows)
    schools = {one.id: one for one in organs(actor, kinds=["school"])}
    areas, meetings = _areas(found, schools), _meetings(found)
    for row in found:
        held = meetings.get(row.id, ())
        missing = lacks(said, row, len(held))
        yield ChangeView(
            row.id, plan.edition, row.year, row.state, row.why, row.effect_on, row.notice_on, row.places,
            row.transition_until, row.transition, row.dropped_because, areas.get(row.id, ()), held, said.needs, missing,
            said.ahead.value if said.ahead else None, said.clause, CHANGE.verbs(row.state, ROLES), shown,
            row.opened_at,
        )  # fmt: skip


def _areas(rows: list[CatchmentChange], schools: Mapping[int, OrganView]) -> dict[int, tuple[AreaView, ...]]:
    found: dict[int, tuple[AreaView, ...]] = {}
    for one in ChangedArea.objects.filter(change__in=rows).order_by("id"):
        if one.organ_id in schools:
            view = AreaView(schools[one.organ_id], one.before, one.after)
            found[one.change_id] = (*found.get(one.change_id, ()), view)
    return found


def _meetings(rows: list[CatchmentChange]) -> dict[int, tuple[MeetingView, ...]]:
    found: dict[int, tuple[MeetingView, ...]] = {}
    for one in ParentsMeeting.objects.filter(change__in=rows).select_related("paper").order_by("held_on", "id"):
        name = one.paper.name if one.paper else ""
        view = MeetingView(one.id, one.name, one.held_on, one.parents, one.said, one.answered, name)
        found[one.change_id] = (*found.get(one.change_id, ()), view)
    return found
