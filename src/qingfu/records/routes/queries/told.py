"""Telling a case: from its rows to the view of one actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qingfu.base.clock import day_of
from qingfu.base.workdays import Workdays
from qingfu.packfile import course
from qingfu.packfile.words.moves import Step
from qingfu.records.people.models import Organ, Person
from qingfu.records.routes.models import Act, Opinion, Turn
from qingfu.records.routes.queries.case import Case
from qingfu.records.routes.queries.verbs import agree_needed, verbs_for
from qingfu.records.routes.queries.views import (
    ActView,
    AddendumView,
    MemberView,
    OpinionView,
    PanelView,
    RunView,
    StepView,
    TurnView,
)

# Outcomes of a turn that take the case onward, and so let the step's orders be carried out.
FORWARD = frozenset({"submit", "opined", "pass", "approve", "record", "publish"})


def days_left(due: date | None, today: date | None) -> int | None:
    """Working days until the last day, negative when it is over; None where either is missing."""
    return Workdays.shipped().between(today, due) if due and today else None


def is_late(due: date | None, today: date | None) -> bool:
    """Whether the last day is over."""
    return bool(due and today and today > due)


@dataclass(frozen=True)
class _Names:
    organs: Mapping[int, str]
    persons: Mapping[int, str]


def _names(found: Case) -> _Names:
    typed = {int(str(act.note["typed_by"])) for t in found.turns for act in t.acts.all() if act.note.get("typed_by")}
    organs = Organ.objects.filter(id__in=found.plan.seats.values()).values_list("id", "name")
    return _Names(dict(organs), dict(Person.objects.filter(id__in=typed).values_list("id", "name")))


def told(found: Case, at: datetime | None) -> RunView:
    """The whole case as its actor may read it on the day of `at`."""
    names, today, row = _names(found), day_of(at) if at else None, found.row
    now, turn = found.now, found.turn
    due = turn.due_on if turn else None
    returned = row.state == "returned"
    whose = found.steps[0] if returned else now
    running = turn is not None or returned
    return RunView(
        id=row.id, number=row.number, title=row.title, kind=row.kind, edition=row.edition_id,
        plan_title=found.plan.title, route=row.route, route_says=found.route.says,
        clause="、".join(found.route.clause), organ=row.organ_id, organ_name=row.organ.name,
        state=row.state, step=row.step, step_says=now.says, step_clause=clause_of(found, now),
        step_form=(now.form or "").removeprefix("forms."), step_flags=now.flags,
        whose=party_says(found, whose) if running else "",
        whose_organ=_organ_name(found, whose, names) if running else "",
        due_on=due, working_days_left=days_left(due, today), late=is_late(due, today),
        digest=found.shown(), content_digest=row.digest, version=row.version, content=found.content(),
        opened_at=row.opened_at, closed_at=row.closed_at,
        turns=tuple(_turn(found, t, names, today) for t in found.turns),
        stations=_stations(found), roles=found.roles(), verbs=verbs_for(found),
    )  # fmt: skip


def clause_of(found: Case, step: Step) -> str:
    """The clause a step comes from, its route's where it names none."""
    return "、".join(step.clause or found.route.clause)


def party_says(found: Case, step: Step) -> str:
    """The plan's own words for who acts in a step."""
    says: str = found.plan.pack.parties[step.by].says
    return says


def _organ_name(found: Case, step: Step, names: _Names) -> str:
    seat = found.plan.seats.get(step.by)
    return str(names.organs.get(seat, "") if seat else found.row.organ.name)


def _stations(found: Case) -> tuple[StepView, ...]:
    ids = [step.id for step in found.steps]
    here = 0 if found.row.state == "returned" else ids.index(found.row.step)
    finished = found.row.state == "finished"

    def state(place: int) -> str:
        if finished or place < here:
            return "done"
        return "now" if place == here else "ahead"

    return tuple(
        StepView(step.id, step.says, party_says(found, step), state(place)) for place, step in enumerate(found.steps)
    )


def _turn(found: Case, turn: Turn, names: _Names, today: date | None) -> TurnView:
    step = found.step(turn.step)
    end = day_of(turn.closed_at) if turn.closed_at else today
    forward = turn.outcome in FORWARD
    return TurnView(
        id=turn.id,
        step=step.id,
        step_says=step.says,
        clause=clause_of(found, step),
        party=step.by,
        party_says=party_says(found, step),
        organ_name=_organ_name(found, step, names),
        version=turn.version,
        opened_at=turn.opened_at,
        closed_at=turn.closed_at,
        due_on=turn.due_on,
        late=is_late(turn.due_on, end),
        outcome=turn.outcome,
        agree_needed=agree_needed(step),
        form=(step.form or "").removeprefix("forms."),
        enters=(step.into or "").removeprefix("lists.") if forward else "",
        discloses=(step.discloses or "").removeprefix("disclosures.") if forward else "",
        acts=tuple(_act(act, names) for act in turn.acts.all()),
        panel=_panel(found, turn, step) if "opine" in step.verbs else None,
    )


def _act(act: Act, names: _Names) -> ActView:
    typed_by = act.note.get("typed_by")
    signed = str(act.note.get("signed_by", ""))
    return ActView(
        id=act.id,
        verb=act.verb,
        person=act.person_id,
        person_name=act.person.name if act.person else signed,
        post_title=act.post.title if act.post else "",
        organ_name=act.post.organ.name if act.post else "",
        acting_for_name=act.acting_for.name if act.acting_for else "",
        via=act.via,
        typed_by=names.persons.get(int(str(typed_by)), "") if typed_by else "",
        reason=act.reason,
        note={key: value for key, value in act.note.items() if key not in ("typed_by", "signed_by")},
        digest=act.digest,
        decides=act.decides,
        at=act.at,
    )


def _panel(found: Case, turn: Turn, step: Step) -> PanelView:
    closed = turn.closed_at is not None
    members = list(turn.panel.all())
    # Nobody is to be spoken to before the opinions are in.
    withheld = not closed and bool(members) and found.actor.organ == found.row.organ_id
    given = {opinion.person_id for opinion in turn.opinions.all()}
    seated = [member for member in members if not member.stepped_aside]
    kinds = {member.post.member_kind for member in seated}
    return PanelView(
        closed=closed,
        needed=course.needed(step, "opine"),
        handed_in=found.opinions_in.get(turn.id, 0),
        members=tuple(
            MemberView(
                post=member.post_id,
                person=member.person_id,
                person_name=member.person.name,
                post_title=member.post.title,
                member_kind=member.post.member_kind,
                stepped_aside=member.stepped_aside,
                handed_in=member.person_id in given if closed else None,
                mine=found.is_me(member),
            )
            for member in (() if withheld else members)
        ),
        missing_kinds=() if withheld else tuple(kind for kind in step.panel_kinds if kind not in kinds),
        opinions=tuple(_opinion(found, opinion) for opinion in turn.opinions.all()),
        withheld=withheld,
    )


def _opinion(found: Case, opinion: Opinion) -> OpinionView:
    return OpinionView(
        id=opinion.id,
        person=opinion.person_id,
        person_name=opinion.person.name,
        post_title=opinion.post.title,
        member_kind=opinion.post.member_kind,
        answer=opinion.answer_id,
        form=opinion.answer.form,
        content=dict(opinion.answer.content),
        digest=opinion.digest,
        at=opinion.at,
        mine=found.is_mine(opinion),
        addenda=tuple(AddendumView(addendum.text, addendum.at) for addendum in opinion.addenda.all()),
    )
