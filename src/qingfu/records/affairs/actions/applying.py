"""A department applies for an affair, or applies again after a return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotAllowed, NotFound, Twice
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.gate import normalised
from qingfu.records.affairs.models import Affair
from qingfu.records.affairs.queries import AffairView
from qingfu.records.affairs.queries import affair as told
from qingfu.records.affairs.queries.meaning import applying, by_meaning, day_in, form_of, item_with, span_for
from qingfu.records.affairs.queries.meaning import text_of as said_in
from qingfu.records.forms.actions import drop_draft, keep_answer
from qingfu.records.forms.queries import AnswerView
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.plans.queries import InForce, in_force
from qingfu.records.routes.actions import open_run, resubmit


@dataclass(frozen=True)
class Kept:
    """A form as it was kept: the answer, what it means, and what a case freezes of it."""

    answer: AnswerView
    said: Mapping[str, str | Sequence[str]]
    title: str
    starts: date | None
    ends: date | None

    def content(self) -> dict[str, object]:
        """What is decided on: the form with every answer and the digests of its files."""
        return {
            "form": self.answer.form,
            "answer": self.answer.id,
            "answers": dict(self.answer.content),
            "answer_digest": self.answer.digest,
            "files": [[file.name, file.sha256] for file in self.answer.files],
        }


def keep(
    actor: Actor, *, plan: InForce, route: str, answers: Mapping[str, Any], files: Sequence[str], organ: int,
    at: datetime,
) -> Kept:  # fmt: skip
    """Keep the answers to the route's own form; raises Invalid."""
    key, form = form_of(plan, route)
    answer = keep_answer(actor, plan=plan, form=key, content=answers, organ=organ, via=actor.via, files=files, at=at)
    said = by_meaning(form, answer.content)
    starts, ends = day_in(said, "starts"), day_in(said, "ends")
    if starts and ends and ends < starts:
        item = item_with(form, "ends")
        raise Invalid(FieldFault(item.id if item else "ends", course.ENDS_FIRST))
    return Kept(answer, said, said_in(said, "title") or plan.pack.routes[route].says, starts, ends)


def apply(
    actor: Actor, *, edition: int, route: str, answers: Mapping[str, Any], files: Sequence[str] = (),
    organ: int | None = None, draft: str = "", client_id: UUID | None = None, at: datetime,
) -> AffairView:  # fmt: skip
    """Apply for an affair (A07, A16). `organ` is another's only for the bureau side, from paper; `draft` is forgotten.

    Raises Invalid, OutsideWindow, LeadTime, CriterionUnmet, NotAllowed, NotInForce.
    """
    with deed(actor):
        first = first_answer(actor, client_id, subject="affair")
        if first is not None:
            return _first(actor, first, at)
        plan, owner = in_force(actor, edition), _owner(actor, organ)
        kept = keep(actor, plan=plan, route=route, answers=answers, files=files, organ=owner, at=at)
        course.may_apply(applying(plan, route, kept.said, day_of(at)))
        run = open_run(
            actor, plan=plan, route=route, kind="affair", title=kept.title, organ=owner, content=kept.content(), at=at
        )
        row = Affair(
            bureau_id=actor.bureau, edition_id=edition, department_id=owner, route=route, run_id=run.id,
            span=span_for(plan, route, day_of(at)),
        )  # fmt: skip
        _write(row, kept)
        if draft:
            drop_draft(actor, subject=draft, at=at)
        record(
            actor, verb="affairs.apply", subject="affair", subject_id=row.id, digest=kept.answer.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return told(actor, row.id, at=at)


def _first(actor: Actor, first: int, at: datetime) -> AffairView:
    try:
        return told(actor, first, at=at)
    except NotFound as error:
        raise Twice from error


def _owner(actor: Actor, organ: int | None) -> int:
    owner = actor.organ if organ is None else organ
    if owner is None or (owner != actor.organ and actor.via != "paper"):
        raise NotAllowed(verb=Word("submit"), who=[Word(N_("the department itself"))])
    return owner


def _write(row: Affair, kept: Kept) -> None:
    row.title, row.match_key = kept.title, normalised(kept.title)
    row.theme = said_in(kept.said, "theme")[: course.THEME]
    row.criterion, row.mode = said_in(kept.said, "criterion"), said_in(kept.said, "mode")
    row.starts_on, row.ends_on = kept.starts, kept.ends
    row.answer_id = kept.answer.id
    row.save()


def reapply(
    actor: Actor, *, affair: int, answers: Mapping[str, Any], files: Sequence[str] = (), draft: str = "",
    client_id: UUID | None = None, at: datetime,
) -> AffairView:  # fmt: skip
    """Hand in the corrected form after a return; the case goes its whole way again.

    Window and lead time are those of the first hand-in; criteria are judged anew.
    """
    with deed(actor):
        first = first_answer(actor, client_id, subject="affair")
        if first is not None:
            return _first(actor, first, at)
        row = Affair.objects.select_related("run").filter(id=affair).first()
        if row is None:
            raise NotFound(what=str(affair))
        told(actor, affair)
        plan = in_force(actor, row.edition_id)
        kept = keep(actor, plan=plan, route=row.route, answers=answers, files=files, organ=row.department_id, at=at)
        # It was handed in in time; a correction is judged by the day of the first hand-in.
        course.may_apply(applying(plan, row.route, kept.said, day_of(row.run.opened_at), but=row.id))
        resubmit(actor, run=row.run_id, title=kept.title, content=kept.content(), at=at)
        _write(row, kept)
        if draft:
            drop_draft(actor, subject=draft, at=at)
        record(
            actor, verb="affairs.reapply", subject="affair", subject_id=row.id, digest=kept.answer.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return told(actor, row.id, at=at)
