"""Cases on their way: opinions, decisions, and what a published or filed step brings about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.packfile.course import steps_of
from qingfu.packfile.words.moves import Step
from qingfu.records.affairs.actions import flag, list_affair
from qingfu.records.affairs.queries import affair_of_run
from qingfu.records.disclosures.actions import publish
from qingfu.records.enactment.actions.disclosing import disclose, show_list
from qingfu.records.forms.actions import drop_draft, keep_answer
from qingfu.records.journal.actions import deed, first_answer
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes import actions as routes
from qingfu.records.routes.queries import RunView
from qingfu.records.routes.queries import run as run_of


def opine(
    actor: Actor,
    *,
    run: int,
    content: Mapping[str, Any],
    digest: str,
    files: tuple[str, ...] = (),
    client_id: UUID | None = None,
    at: datetime,
) -> RunView:
    """Give an expert opinion on the step's form; it is sealed until the panel closes (先评后看)."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return run_of(actor, run, at=at)
        view = run_of(actor, run, at=at)
        plan = in_force(actor, view.edition)
        form = view.opinion_form or view.step_form
        answer = keep_answer(actor, plan=plan, form=form, content=content, organ=actor.organ, files=files, at=at)
        told = routes.opine(actor, run=run, answer_id=answer.id, digest=digest, client_id=client_id, at=at)
        drop_draft(actor, subject=f"opinion:{run}", at=at)
        return told


def decide(
    actor: Actor,
    *,
    run: int,
    verb: str,
    digest: str,
    reason: str = "",
    note: Mapping[str, object] | None = None,
    client_id: UUID | None = None,
    at: datetime,
) -> RunView:
    """One decision and all it brings about: flags kept, a copy filed upward, a place on the list, a disclosure."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return run_of(actor, run, at=at)
        before = run_of(actor, run, at=at)
        told = routes.decide(
            actor, run=run, verb=verb, digest=digest, reason=reason, note=note, client_id=client_id, at=at
        )
        plan = in_force(actor, before.edition)
        step = _step(plan, before)
        if before.kind == "affair":
            _keep_flags(actor, before, note or {}, reason, at)
        if _closed(before, told):
            _bring_about(actor, plan, before, step, verb, note or {}, at)
        return told


def decide_batch(
    actor: Actor, *, runs: Sequence[tuple[int, str]], verb: str, reason: str = "", client_id: UUID | None, at: datetime
) -> tuple[RunView, ...]:
    """Decide a year's applications together (A08): (case, digest) pairs, all in one transaction or none."""
    with deed(actor):
        if first_answer(actor, client_id) is not None:
            return tuple(run_of(actor, run, at=at) for run, _ in runs)
        return tuple(
            decide(
                actor, run=run, verb=verb, digest=digest, reason=reason, client_id=client_id if n == 0 else None, at=at
            )
            for n, (run, digest) in enumerate(runs)
        )


def _step(plan: InForce, view: RunView) -> Step:
    return next(step for step in steps_of(plan.pack, view.route) if step.id == view.step)


def _closed(before: RunView, after: RunView) -> bool:
    return (before.step, before.state) != (after.step, after.state)


def _keep_flags(actor: Actor, view: RunView, note: Mapping[str, object], reason: str, at: datetime) -> None:
    seen = note.get("flags", ())
    for conduct in seen if isinstance(seen, list | tuple) else ():
        affair = affair_of_run(actor, view.id)
        flag(actor, affair=affair.id, conduct=str(conduct), step=view.step, note=reason[:300], at=at)


def _bring_about(
    actor: Actor, plan: InForce, view: RunView, step: Step, verb: str, note: Mapping[str, object], at: datetime
) -> None:
    if verb == "record" and step.to is not None:
        publish(
            actor, plan=plan, key=f"filing:{view.number}", shows="other", title=view.title, audience=("superior",),
            places=(),
            content={
                "to": step.to.organ, "level": step.to.level, "number": view.number, "title": view.title,
                "digest": view.digest, "content": dict(view.content),
                "filing_number": str(note.get("filing_number", "")),
            },
            at=at,
        )  # fmt: skip
    if verb == "publish":
        own = (step.discloses or "").removeprefix("disclosures.")
        if step.into and view.kind == "affair":
            list_affair(actor, affair=affair_of_run(actor, view.id).id, at=at)
            show_list(actor, plan=plan, name=step.into.removeprefix("lists."), but=own, at=at)
        if own:
            disclose(actor, plan=plan, key=own, at=at)
