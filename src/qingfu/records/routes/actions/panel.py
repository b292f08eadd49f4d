"""The panel of a step: who is asked, who steps aside, and closing it when its time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.days import ONE_DAY
from qingfu.base.errors import FieldFault, Invalid, NotYet, OpinionGiven
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.words.moves import Step
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.models import Holding
from qingfu.records.people.queries import holders_of
from qingfu.records.routes.actions.turns import act, fitting, follow, given, locked, retold, same
from qingfu.records.routes.models import Opinion, Panelist
from qingfu.records.routes.queries.case import Case, case_once_known
from qingfu.records.routes.queries.panels import PanelWanted, panel_turn, wanted_of
from qingfu.records.routes.queries.told import told
from qingfu.records.routes.queries.views import RunView
from qingfu.records.routes.states import RUN

NO_SUCH_MEMBER = N_("Nobody in this post sits on the committee that the plan names.")
INTEREST = N_("{name} holds a post in the applicant's own organ and may not sit on this panel.")
MISSING_KINDS = N_("The panel lacks a member of this kind: {kinds}.")
TOO_FEW = N_("The plan asks for {needed} opinions; the panel has {seated} members.")
NO_OPINION = N_("Not one opinion is in yet.")
NOT_SEATED = N_("This person does not sit on the panel.")
IN_ALREADY = N_("{name}'s opinion is in already; it stays.")
REASON = 200


def appoint_panel(
    actor: Actor, *, run: int, posts: Sequence[int], client_id: UUID | None = None, at: datetime
) -> RunView:
    """Ask these posts' holders for opinions, beside those asked already.

    Raises Invalid (`posts`) for a post outside the committee, for somebody with an interest, for a missing kind of
    member, and for too few; WrongState where the step has no panel.
    """
    with deed(actor):
        first = first_answer(actor, client_id, subject="run")
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        RUN.move(case.row.state, "appoint_panel", case.roles())
        turn, step = panel_turn(case, "appoint_panel")
        asked = {member.person_id: member for member in turn.panel.all()}
        fresh = [holding for holding in _holders(case, step, posts, at) if holding.person_id not in asked]
        _refuse_interest(case, fresh, at)
        seated = [member.post.member_kind for member in asked.values() if not member.stepped_aside]
        _refuse_incomplete(step, seated + [holding.post.member_kind for holding in fresh])
        Panelist.objects.bulk_create(
            Panelist(bureau_id=actor.bureau, turn=turn, post_id=h.post_id, person_id=h.person_id) for h in fresh
        )
        record(actor, verb="routes.appoint_panel", subject="run", subject_id=run, client_id=client_id, at=at)
        return retold(actor, run, at)


def _holders(case: Case, step: Step, posts: Sequence[int], at: datetime) -> list[Holding]:
    day = day_of(at)
    held = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    rows = Holding.objects.filter(held, post__in=list(posts), post__organ=case.plan.seats.get(step.by))
    found = list(rows.select_related("post", "person").order_by("id"))
    if {holding.post_id for holding in found} != set(posts):
        raise Invalid(FieldFault("posts", NO_SUCH_MEMBER))
    return found


def _refuse_interest(case: Case, holdings: Sequence[Holding], at: datetime) -> None:
    own = holders_of(case.actor, case.row.organ_id, on=day_of(at))
    for holding in holdings:
        if holding.person_id in own:
            raise Invalid(FieldFault("posts", INTEREST, {"name": holding.person.name}))


def _refuse_incomplete(step: Step, kinds: Sequence[str]) -> None:
    missing = [kind for kind in step.panel_kinds if kind not in kinds]
    if missing:
        raise Invalid(FieldFault("posts", MISSING_KINDS, {"kinds": missing}))
    needed = course.needed(step, "opine")
    if len(kinds) < needed:
        raise Invalid(FieldFault("posts", TOO_FEW, {"needed": needed, "seated": len(kinds)}))


def step_aside(actor: Actor, *, run: int, reason: str, client_id: UUID | None = None, at: datetime) -> RunView:
    """A member leaves the panel before giving an opinion and says why; the office seats somebody else.

    From here on the case is none of his; what is returned is the last he sees of it.
    """
    with deed(actor):
        first = first_answer(actor, client_id, subject="run")
        if first is not None:
            return told(case_once_known(actor, same(first, run)), at)
        case = locked(actor, run)
        RUN.move(case.row.state, "step_aside", case.roles())
        turn, _step = panel_turn(case, "step_aside")
        mine = next((member for member in turn.panel.all() if case.is_me(member)), None)
        if mine is None or any(case.is_mine(opinion) for opinion in turn.opinions.all()):
            raise OpinionGiven(verb=Word("step_aside"), state=Word(case.row.state), possible=[])
        mine.stepped_aside = fitting(given(reason), "reason", REASON)
        mine.save(update_fields=["stepped_aside"])
        record(actor, verb="routes.step_aside", subject="run", subject_id=run, client_id=client_id, at=at)
        return told(case_once_known(actor, run), at)


def hold_panel(actor: Actor, *, run: int, at: datetime) -> PanelWanted:
    """Keep the panel of a case as it is until the deed around this one ends; for rooms above, which fill it.

    Raises as `panel_wanted`.
    """
    with deed(actor):
        return wanted_of(locked(actor, run), day_of(at))


def excuse(
    actor: Actor, *, run: int, person: int, reason: str, client_id: UUID | None = None, at: datetime
) -> RunView:  # fmt: skip
    """The office writes down why a member who was asked cannot take part. Raises Invalid once the opinion is in."""
    with deed(actor):
        first = first_answer(actor, client_id, subject="run")
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        RUN.move(case.row.state, "excuse", case.roles())
        turn, _step = panel_turn(case, "excuse")
        member = next((one for one in turn.panel.all() if one.person_id == person and not one.stepped_aside), None)
        if member is None:
            raise Invalid(FieldFault("person", NOT_SEATED))
        if Opinion.objects.filter(turn=turn, person=person).exists():
            raise Invalid(FieldFault("person", IN_ALREADY, {"name": member.person.name}))
        member.stepped_aside = fitting(given(reason), "reason", REASON)
        member.save(update_fields=["stepped_aside"])
        record(actor, verb="routes.excuse", subject="run", subject_id=run, client_id=client_id, at=at)
        return retold(actor, run, at)


def close_panel(actor: Actor, *, run: int, reason: str = "", client_id: UUID | None = None, at: datetime) -> RunView:
    """Close a panel short of the needed number: only after its time is over, with one opinion at least and a reason.

    With the needed number it closes by itself. Raises NotYet, Invalid.
    """
    with deed(actor):
        first = first_answer(actor, client_id, subject="run")
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        RUN.move(case.row.state, "close_panel", case.roles())
        turn, step = panel_turn(case, "close_panel")
        why = given(reason)
        if not case.opinions_in.get(turn.id, 0):
            raise Invalid(FieldFault("run", NO_OPINION))
        today = day_of(at)
        if turn.due_on is None or today <= turn.due_on:
            soonest = turn.due_on + ONE_DAY if turn.due_on else None
            raise NotYet(first_day=soonest, today=today, verb=Word("close_panel"), state=Word("at"), possible=[])
        act(case, turn, verb="close_panel", digest=case.shown(), decides=True, at=at, reason=why)
        needed = course.needed(step, "opine")
        outcome = course.advance(case.steps, course.Position("at", turn.step), "opine", opinions=needed)
        follow(case, turn, "opined", outcome, at)
        record(actor, verb="routes.close_panel", subject="run", subject_id=run, client_id=client_id, at=at)
        return retold(actor, run, at)
