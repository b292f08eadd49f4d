"""Handing in, handing in again, withdrawing: the applicant's verbs."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connections
from django.db.models import Max

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotAllowed, NotFound, NotInForce
from qingfu.base.words import Word
from qingfu.packfile import course
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.plans.queries import InForce, parties_of, sees_all
from qingfu.records.routes.actions.turns import (
    act,
    fitting,
    follow,
    frozen,
    locked,
    refuse_outrun,
    retold,
    same,
    submit_turn,
)
from qingfu.records.routes.models import Run
from qingfu.records.routes.queries.case import case_of
from qingfu.records.routes.queries.views import RunView
from qingfu.records.routes.states import RUN

TITLE = 120


def open_run(
    actor: Actor, *, plan: InForce, route: str, kind: str, title: str, organ: int, content: dict[str, object],
    client_id: UUID | None = None, at: datetime,
) -> RunView:  # fmt: skip
    """Hand in: the case opens, its first step is done by this very act, and the next one begins.

    Raises NotInForce, NotAllowed (not the route's applicant), NotFound (a route of another kind), Invalid.
    """
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return retold(actor, first, at)
        _refuse_wrong_route(actor, plan, route, kind, organ)
        kept, content_digest = frozen(content)
        row = Run.objects.create(
            bureau_id=actor.bureau, edition_id=plan.edition, route=route, kind=kind, number=_next_number(actor, at),
            title=fitting(title, "title", TITLE), organ_id=organ, content=kept, digest=content_digest,
            state=RUN.move(RUN.initial, "submit", "applicant"), step=course.steps_of(plan.pack, route)[0].id,
            opened_at=at,
        )  # fmt: skip
        submit_turn(case_of(actor, row.id), content_digest, at)
        record(
            actor, verb="routes.open_run", subject="run", subject_id=row.id, digest=content_digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return retold(actor, row.id, at)


def _refuse_wrong_route(actor: Actor, plan: InForce, route: str, kind: str, organ: int) -> None:
    if plan.state != "in-force":
        raise NotInForce(plan=plan.title, verb=Word("submit"), state=Word(plan.state), possible=[])
    held = course.route_of(plan.pack, route)[1]
    if held.of != kind:
        raise NotFound(what=held.says)
    applicant = plan.pack.parties[course.steps_of(plan.pack, route)[0].by]
    own = organ == actor.organ and course.steps_of(plan.pack, route)[0].by in parties_of(actor, plan)
    on_behalf = actor.via == "paper" and sees_all(actor, plan)
    if not own and not on_behalf:
        raise NotAllowed(verb=Word("submit"), who=[applicant.says], clause="、".join(held.clause))


def _next_number(actor: Actor, at: datetime) -> str:
    """The next number of the year, as 2024-0007; one at a time in a bureau."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(8, %s)", [actor.bureau])
    year = day_of(at).year
    # Numbers are padded to the same length, so that the largest text is the largest number.
    last = Run.objects.filter(number__startswith=f"{year}-").aggregate(Max("number"))["number__max"]
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:06d}"


def resubmit(
    actor: Actor, *, run: int, title: str, content: dict[str, object], client_id: UUID | None = None, at: datetime
) -> RunView:
    """Hand in again after a return: a new version, from the first step after the applicant's own."""
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        row = case.row
        row.state = RUN.move(row.state, "resubmit", _applicant(actor, case.bureau_side, case.roles()))
        row.content, row.digest = frozen(content)
        row.title, row.version = fitting(title, "title", TITLE), row.version + 1
        submit_turn(case, row.digest, at)
        record(
            actor, verb="routes.resubmit", subject="run", subject_id=run, digest=row.digest, client_id=client_id, at=at
        )
        return retold(actor, run, at)


def _applicant(actor: Actor, bureau_side: bool, roles: frozenset[str]) -> frozenset[str]:
    return roles | {"applicant"} if actor.via == "paper" and bureau_side else roles


def withdraw(actor: Actor, *, run: int, digest: str = "", client_id: UUID | None = None, at: datetime) -> RunView:
    """The applicant takes the case back; it ends, and its record stays."""
    with deed(actor):
        first = first_answer(actor, client_id)
        if first is not None:
            return retold(actor, same(first, run), at)
        case = locked(actor, run)
        if digest and case.row.state in RUN.final:
            refuse_outrun(case, "withdraw", digest)
        RUN.move(case.row.state, "withdraw", case.roles())
        turn = case.turn
        if turn is not None:
            act(case, turn, verb="withdraw", digest=case.shown(), decides=True, at=at)
        position = course.Position("at", case.row.step) if turn else course.Position("returned")
        follow(case, turn, "withdraw", course.advance(case.steps, position, "withdraw"), at)
        record(
            actor, verb="routes.withdraw", subject="run", subject_id=run, digest=case.row.digest, client_id=client_id,
            at=at,
        )  # fmt: skip
        return retold(actor, run, at)
