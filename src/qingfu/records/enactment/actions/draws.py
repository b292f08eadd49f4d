"""A draw is shown to the public when its organiser says so: the anchor once it is sealed, the record once it is run.

What follows a published record is shown with it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotAllowed, WrongState
from qingfu.base.verify_draw import verify
from qingfu.base.words import N_, Word
from qingfu.records.disclosures.actions import publish
from qingfu.records.disclosures.queries import Trace, standing
from qingfu.records.draws import actions as draws
from qingfu.records.draws.queries import DrawView, MatchView, held_before, matching
from qingfu.records.draws.queries import draw as draw_of
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.placement.queries import changes_after
from qingfu.records.plans.queries import InForce, in_force, plans_in_force

NO_PLAN = N_("No plan is in force that it could be published under.")


def publish_draw(actor: Actor, *, draw: int, client_id: UUID | None = None, at: datetime) -> Trace:
    """A frozen copy for everybody, in place of the former one, under the plan of the draw or else the latest in force.

    Before the seal nothing is shown, and before it is run neither the list nor a name. A rehearsal is never published.
    """
    with deed(actor):
        view = draw_of(actor, draw)
        if not view.may and view.state != "void":
            raise NotAllowed(verb=Word("publish"), who=[Word("organiser")])
        key = f"draw:{view.number}"
        stands = standing(actor, key=key)
        if first_answer(actor, client_id, subject="draw") is not None and stands is not None:
            return stands
        if view.anchor is None or view.rehearsal or view.state == "void":
            state = Word(N_("rehearsal")) if view.rehearsal else Word(view.state)
            raise WrongState(verb=Word("publish"), state=state, possible=[])
        return _published(actor, view, key, client_id, at)


def void_draw(actor: Actor, *, draw: int, reason: str, client_id: UUID | None = None, at: datetime) -> DrawView:
    """Give a draw up before it is run; the public reads so at once, whether or not it was shown the draw before.

    Or whoever holds a draw could give it up until one pleases, and nobody would know.
    """
    with deed(actor):
        if first_answer(actor, client_id, subject="draw") is not None:
            return draw_of(actor, draw)
        view = draws.void(actor, draw=draw, reason=reason, client_id=client_id, at=at)
        tell_void(actor, view, at=at)
        return view


def tell_void(actor: Actor, view: DrawView, *, at: datetime) -> None:
    """Show that a draw was given up, and why; a rehearsal is nobody's business, and without a plan nothing is shown."""
    key = f"draw:{view.number}"
    if view.rehearsal or not (view.edition or plans_in_force(actor)):
        return
    # Of what may be an unannounced check only the number is told: what it was to be stands in no title.
    open_title = view.kind == "allot" or standing(actor, key=key) is not None
    _published(actor, view if open_title else replace(view, title=view.number), key, None, at)


def make_public(actor: Actor, *, draw: int, at: datetime) -> None:
    """Show a draw with what followed it, whether or not it was published: an exception by hand is public (C07)."""
    with deed(actor):
        view = draw_of(actor, draw)
        key = f"draw:{view.number}"
        if standing(actor, key=key) is not None or view.edition is not None or plans_in_force(actor):
            _published(actor, view, key, None, at)


def refresh_draw(actor: Actor, *, draw: int, at: datetime) -> None:
    """What followed a published record is public too. Where it was withheld, or only the anchor shown, it stays so."""
    with deed(actor):
        view = draw_of(actor, draw)
        key = f"draw:{view.number}"
        stands = standing(actor, key=key)
        if stands is not None and view.drawn_at is not None and stands.published_at >= view.drawn_at:
            _published(actor, view, key, None, at)


def substitute(
    actor: Actor, *, draw: int, cause: str, in_round: int, taker: str, target: str = "", reason: str, seen: str = "",
    client_id: UUID | None = None, at: datetime,
) -> MatchView:  # fmt: skip
    """Note who does not go, and who goes instead; a published matching says so at once."""
    with deed(actor):
        is_repeat = first_answer(actor, client_id, subject="draw-substitute") is not None
        view = draws.substitute(
            actor, draw=draw, cause=cause, in_round=in_round, taker=taker, target=target, reason=reason, seen=seen,
            client_id=client_id, at=at,
        )  # fmt: skip
        if not is_repeat:
            refresh_draw(actor, draw=draw, at=at)
        return view


def _published(actor: Actor, view: DrawView, key: str, client_id: UUID | None, at: datetime) -> Trace:
    # The clock publishes: a school's draw is no disclosure that its plan lets the school make.
    content = {**_content(view), "changes": _changes(actor, view), "before": _before(actor, view)}
    made = publish(
        Actor.clock(actor.bureau), plan=_plan(actor, view), key=key, shows="draw", title=view.title,
        content=content, audience=("public",), places=("portal",), at=at,
    )  # fmt: skip
    record(
        actor, verb="enactment.publish_draw", subject="draw", subject_id=view.id, digest=made.digest,
        client_id=client_id, at=at,
    )  # fmt: skip
    return made


def _changes(actor: Actor, view: DrawView) -> list[dict[str, str]]:
    """What followed the draw, by ticket."""
    return _substitutes(actor, view) if view.kind == "match" and view.record else _moves(actor, view)


def _substitutes(actor: Actor, view: DrawView) -> list[dict[str, str]]:
    """As many as were noted, in their order, so that anyone computes the same. Why somebody fell out is his own."""
    return [
        {
            "kind": "substitute", "cause": one.cause, "round": str(one.round), "ticket": one.target.ticket,
            "source": one.gone.ticket, "goal": one.heir.ticket if one.heir else "",
            "on": day_of(one.at).isoformat() if one.at else "",
        }
        for one in matching(actor, view.id).changes
    ]  # fmt: skip


def _moves(actor: Actor, view: DrawView) -> list[dict[str, str]]:
    """What became of the drawn classes; only an exception says why, and who approved it."""
    told = []
    for one in changes_after(actor, view.id):
        by_hand = {"reason": one.reason, "approver": one.approver} if one.kind == "exception" else {}
        told.append({
            "kind": one.kind, "ticket": one.ticket, "source": one.source, "goal": one.goal,
            "on": day_of(one.at).isoformat(), **by_hand,
        })  # fmt: skip
    return told


def _before(actor: Actor, view: DrawView) -> list[dict[str, str]]:
    """By number, and what became of each: titles and results may not be for the public."""
    return [
        {"number": one.number, "state": one.state, "on": day_of(one.frozen_at).isoformat()}
        for one in held_before(actor, view.id)
    ]


def _plan(actor: Actor, view: DrawView) -> InForce:
    if view.edition is not None:
        return in_force(actor, view.edition)
    plans = plans_in_force(actor)
    if not plans:
        raise Invalid(FieldFault("public", NO_PLAN))
    return plans[-1]


def _content(view: DrawView) -> dict[str, Any]:
    moments = {
        "frozen_at": view.frozen_at, "sealed_at": view.sealed_at, "drawn_at": view.drawn_at, "void_at": view.void_at,
    }  # fmt: skip
    return {
        "number": view.number,
        "title": view.title,
        "organiser": view.notice.organiser,
        "clause": view.notice.clause,
        "state": view.state,
        **{name: at.isoformat() if at else "" for name, at in moments.items()},
        "void_reason": view.void_reason,
        "replaces": view.replaces,
        "notice": view.notice_digest,
        "seal": view.seal,
        "record_digest": view.record_digest,
        "verdict": verify(view.record, view.anchor).verdict if view.record else "",
        "anchor": view.anchor.decode() if view.anchor else "",
        "record": view.record.decode() if view.record else "",
    }
