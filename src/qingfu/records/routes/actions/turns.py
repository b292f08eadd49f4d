"""Locking a case, opening and closing its turns, and who may have a say in them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.canon import canonical
from qingfu.base.canon import digest as digest_of
from qingfu.base.clock import day_of
from qingfu.base.errors import DecidedAlready, FieldFault, Invalid, NotAllowed, NotFound, Stale, Twice
from qingfu.base.words import N_, Word
from qingfu.base.workdays import Workdays
from qingfu.packfile import course
from qingfu.packfile.due import deadline_of_step
from qingfu.packfile.words.moves import Step
from qingfu.records.people.models import Holding
from qingfu.records.people.queries import holders_of
from qingfu.records.routes.models import Act, Panelist, Run, Turn
from qingfu.records.routes.queries.case import Case, case_of
from qingfu.records.routes.queries.told import clause_of, told
from qingfu.records.routes.queries.views import RunView
from qingfu.records.routes.states import RUN

TOO_LONG = N_("At most {most} characters.")
NEEDED = N_("Say why.")
SHORT = 12


def locked(actor: Actor, run: int) -> Case:
    """The case with its row and its open turn locked, in this order; raises NotFound."""
    if Run.objects.select_for_update().filter(id=run).first() is None:
        raise NotFound(what=str(run))
    list(Turn.objects.select_for_update().filter(run=run, closed_at=None))
    return case_of(actor, run)


def same(first: int, run: int) -> int:
    """The first answer of a repeated form, which must have been about this very case."""
    if first != run:
        raise Twice
    return first


def retold(actor: Actor, run: int, at: datetime) -> RunView:
    """The case as it stands now."""
    return told(case_of(actor, run), at)


def frozen(content: dict[str, object]) -> tuple[bytes, str]:
    """The canonical bytes of what is applied for, and their digest."""
    return canonical(content), digest_of(content)


def fitting(text: str, field: str, most: int) -> str:
    """The text without spaces around it; raises Invalid when it is too long."""
    if len(text.strip()) > most:
        raise Invalid(FieldFault(field, TOO_LONG, {"most": most}))
    return text.strip()


def given(reason: str) -> str:
    """The reason; raises Invalid where it is missing."""
    if not reason.strip():
        raise Invalid(FieldFault("reason", NEEDED))
    return reason.strip()


def open_turn(case: Case, step: Step, at: datetime) -> Turn:
    """The case comes to a step; its last day is counted from today."""
    due = deadline_of_step(step, day_of(at), Workdays.shipped(), clause_of(case, step))
    turn = Turn.objects.create(
        bureau_id=case.actor.bureau, run=case.row, step=step.id, version=case.row.version, opened_at=at,
        due_on=due.day if due else None,
    )  # fmt: skip
    _seat_again(case, turn, at)
    return turn


def _seat_again(case: Case, turn: Turn, at: datetime) -> None:
    """Who sat on the panel before a return is asked again, as far as he still holds his post."""
    before = next((t for t in reversed(case.turns) if t.step == turn.step and t.id != turn.id), None)
    for member in before.panel.all() if before else ():
        holds = member.person_id in holders_of_post(member.post_id, at)
        if holds and not member.stepped_aside:
            Panelist.objects.create(
                bureau_id=case.actor.bureau, turn=turn, post_id=member.post_id, person_id=member.person_id
            )


def holders_of_post(post: int, at: datetime) -> frozenset[int]:
    """Who holds a post on the day of `at`: one person or none."""
    day = day_of(at)
    held = Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))
    return frozenset(Holding.objects.filter(held, post=post).values_list("person_id", flat=True))


def close_turn(turn: Turn, outcome: str, at: datetime) -> None:
    """A turn ends."""
    turn.closed_at, turn.outcome = at, outcome
    turn.save(update_fields=["closed_at", "outcome"])


def submit_turn(case: Case, content_digest: str, at: datetime) -> None:
    """The applicant's own step is done by handing in; the next one opens."""
    first = case.steps[0]
    turn = Turn.objects.create(
        bureau_id=case.actor.bureau, run=case.row, step=first.id, version=case.row.version, opened_at=at,
        closed_at=at, outcome="submit",
    )  # fmt: skip
    act(case, turn, verb="submit", digest=content_digest, decides=True, at=at)
    follow(case, None, "submit", course.advance(case.steps, course.START, "submit"), at)


def act(
    case: Case, turn: Turn, *, verb: str, digest: str, decides: bool, at: datetime, reason: str = "",
    note: dict[str, object] | None = None,
) -> Act:  # fmt: skip
    """Write down one person's verb. What was signed on paper is nobody's own act: the note names signer and typist."""
    actor, paper = case.actor, case.actor.via == "paper"
    kept = {**(note or {}), "typed_by": actor.person} if paper else dict(note or {})
    return Act.objects.create(
        bureau_id=actor.bureau, turn=turn, person_id=None if paper else actor.person,
        post_id=None if paper else actor.post, acting_for_id=None if paper else actor.acting_for, via=actor.via,
        verb=verb, reason=reason, note=kept, digest=digest, decides=decides, at=at,
    )  # fmt: skip


def follow(case: Case, turn: Turn | None, outcome: str, course_says: course.Outcome, at: datetime) -> None:
    """Carry the case where the course says: close the turn, and open the next one or end the case."""
    row, position = case.row, course_says.position
    if turn is not None:
        close_turn(turn, outcome, at)
    if position.state == "at" and course_says.opened:
        row.state, row.step = "at", course_says.opened
        open_turn(case, case.step(course_says.opened), at)
    elif position.state == "finished":
        row.state, row.closed_at = RUN.move(row.state, "finish", "course"), at
    else:
        row.state = position.state
        row.closed_at = at if position.state in RUN.final else None
    row.save(update_fields=["state", "step", "closed_at", "version", "content", "digest", "title"])


def refuse_outrun(case: Case, verb: str, seen: str) -> None:
    """Somebody else was faster: raise DecidedAlready naming who and when, or NotAllowed for one who had no say."""
    turn = case.decided_turn(seen)
    if turn is None or turn.outcome == "submit":
        return
    RUN.move("at", verb, case.roles(turn))
    decisive = next((a for a in turn.acts.all() if a.decides), None)
    last = list(turn.opinions.all())[-1:]
    name = str(decisive.note.get("signed_by", "")) if decisive else "、".join(o.person.name for o in last)
    if decisive and decisive.person:
        name = decisive.person.name
    day = day_of(turn.closed_at) if turn.closed_at else None
    raise DecidedAlready(
        clause=clause_of(case, case.step(turn.step)), decision=Word(turn.outcome), by=name, day=day,
        verb=Word(verb), state=Word(case.row.state), possible=[],
    )  # fmt: skip


def refuse_stale(case: Case, seen: str) -> None:
    """A decision is bound to exactly what was shown."""
    now = case.shown()
    if seen != now:
        raise Stale(seen=seen[:SHORT], now=now[:SHORT])


def refuse_interest(case: Case, verb: str, at: datetime) -> None:
    """Nobody who holds a post in the applicant's organ has a say in its case, in whatever other post."""
    me = {case.actor.person, case.actor.acting_for}
    if me & holders_of(case.actor, case.row.organ_id, on=day_of(at)):
        raise NotAllowed(verb=Word(verb), who=[Word(N_("somebody outside the applicant's organ"))])


def has_accounts(organ: int) -> bool:
    """Whether anybody who holds a post in the organ can sign in."""
    return Holding.objects.filter(post__organ=organ, until_on=None, person__account__is_active=True).exists()
