"""Keeping an answer, a draft, a file. What was kept as an answer never changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor, Via
from qingfu.base.canon import digest
from qingfu.base.chance import new_token
from qingfu.base.errors import FieldFault, Full, Invalid, NotAllowed, NotFound
from qingfu.base.words import N_, Word
from qingfu.packfile.answers import FILES, NO_FILE, NO_ORGAN, Mention, taken
from qingfu.papers.content import recognised
from qingfu.records.forms.models import Answer, Draft, File, FileContent
from qingfu.records.forms.queries import AnswerView, DraftView, FileView, answer, file_view
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.models import Organ
from qingfu.records.plans.queries import InForce

LONGEST_DRAFT = 300_000
# A bound against filling the disk, far above what any form asks.
MOST_FILES_A_DAY = 200

_SUBJECT = N_("Say what the draft is for.")
_DRAFT_TOO_LONG = N_("The draft cannot be saved: it is too long, or holds characters that no text has.")


def keep_answer(
    actor: Actor,
    *,
    plan: InForce,
    form: str,
    content: Mapping[str, object],
    organ: int | None = None,
    via: Via | str = "self",
    on_behalf: str = "",
    files: Sequence[str] = (),
    at: datetime,
) -> AnswerView:
    """Keep an answer to a form of the plan, for `organ` (the actor's own by default). `form` is its key.

    `files` are references of the answer as a whole. The digest covers the form, the content and every file's sha256.
    An answer to a form of a sealed step is sealed. Raises Invalid with a FieldFault for each wrong field.
    """
    with deed(actor):
        key = form.removeprefix("forms.")
        asked = plan.pack.forms.get(key)
        if asked is None:
            raise NotFound(what=form)
        owner = actor.organ if organ is None else organ
        kept = taken(plan.pack, asked, {**content, FILES: list(files)} if files else content)
        named = _named(actor, owner, kept.mentions)
        row = Answer.objects.create(
            bureau_id=actor.bureau, edition_id=plan.edition, form=key, content=kept.content,
            digest=digest({"form": key, "content": kept.content, "files": {f.ref: f.sha256 for f in named}}),
            organ_id=owner, person_id=actor.person, via=via, on_behalf=on_behalf.strip(), sealed=_sealed(plan, key),
            at=at,
        )  # fmt: skip
        File.objects.filter(id__in=[file.id for file in named], answer=None).update(answer=row)
        record(actor, verb="forms.keep_answer", subject="answer", subject_id=row.id, digest=row.digest, at=at)
        return answer(actor, row.id, judged=True)


def _sealed(plan: InForce, form: str) -> bool:
    """先评后看: whether the form belongs to a step whose opinions nobody sees until the panel closes."""
    steps = (step for route in plan.pack.routes.values() for step in route.steps)
    return any(step.sealed and (step.form or "").removeprefix("forms.") == form for step in steps)


def _named(actor: Actor, organ: int | None, mentions: Sequence[Mention]) -> list[File]:
    """The files an answer names; raises Invalid for a file or an organ that it may not name."""
    organs = [m.value for m in mentions if m.kind != "file"]
    kinds = dict(Organ.objects.filter(id__in=organs, active_until=None).values_list("id", "kind")) if organs else {}
    refs = [str(m.value) for m in mentions if m.kind == "file"]
    rows = File.objects.select_related("answer").filter(ref__in=refs) if refs else ()
    files = {row.ref: row for row in rows if _may_name(actor, organ, row)}
    faults: dict[str, FieldFault] = {}
    for mention in mentions:
        if mention.kind == "file":
            if mention.value not in files:
                faults[mention.path] = FieldFault(mention.path, NO_FILE)
        elif mention.value not in kinds or (mention.kind == "school" and kinds[int(mention.value)] != "school"):
            faults[mention.path] = FieldFault(mention.path, NO_ORGAN)
    if faults:
        raise Invalid(*faults.values())
    return sorted(files.values(), key=lambda row: row.id)


def _may_name(actor: Actor, organ: int | None, row: File) -> bool:
    """One's own file, or one that already stands under an open answer of the same organ (a corrected form)."""
    mine = actor.person is not None and row.person_id == actor.person
    if row.answer is not None:
        return not row.answer.sealed and organ is not None and row.answer.organ_id == organ
    return mine or (actor.kind == "link" and row.person_id is None and row.organ_id == actor.organ)


def save_draft(actor: Actor, *, subject: str, content: Mapping[str, Any], at: datetime) -> DraftView:
    """Save what somebody has typed so far; nothing is judged, and no journal row is written: nothing was said yet."""
    person = _writer(actor)
    if not subject.strip() or len(subject) > 80:
        raise Invalid(FieldFault("subject", _SUBJECT))
    text = json.dumps(content, ensure_ascii=False)
    if len(text) > LONGEST_DRAFT or "\\u0000" in text:
        raise Invalid(FieldFault("content", _DRAFT_TOO_LONG))
    with deed(actor):
        Draft.objects.bulk_create(
            [Draft(bureau_id=actor.bureau, person_id=person, subject=subject, content=dict(content), saved_at=at)],
            update_conflicts=True,
            unique_fields=["bureau", "person", "subject"],
            update_fields=["content", "saved_at"],
        )
        return DraftView(subject, dict(content), at)


def drop_draft(actor: Actor, *, subject: str, at: datetime) -> None:
    """Forget a draft; no error where there is none."""
    person = _writer(actor)
    with deed(actor):
        Draft.objects.filter(person=person, subject=subject).delete()


def _writer(actor: Actor) -> int:
    if actor.kind != "person" or actor.person is None:
        raise NotAllowed(verb=Word("save_draft"), who=[Word("writer")])
    return actor.person


def keep_file(actor: Actor, *, name: str, data: bytes, client_id: UUID | None = None, at: datetime) -> FileView:
    """Keep a file of an allow-listed kind under a random name; raises Hostile and its kin. It is loose until an
    answer or a report names it."""
    if actor.kind not in ("person", "link"):
        raise NotAllowed(verb=Word("keep_file"), who=[Word("writer")])
    found = recognised(name, data)
    with deed(actor):
        if (first := first_answer(actor, client_id, subject="file")) is not None:
            return file_view(File.objects.get(id=first))
        mine = File.objects.filter(person=actor.person, organ=actor.organ, at__gt=at - timedelta(days=1), at__lte=at)
        if mine.count() >= MOST_FILES_A_DAY:
            raise Full(list=Word(N_("files of one day")), cap=MOST_FILES_A_DAY, window=Word(N_("one day")))
        row = File.objects.create(
            bureau_id=actor.bureau, ref=new_token(), name=found.name, media_type=found.media_type, size=found.size,
            sha256=found.sha256, organ_id=actor.organ, person_id=actor.person, at=at,
        )  # fmt: skip
        FileContent.objects.create(bureau_id=actor.bureau, file=row, content=found.data)
        record(
            actor, verb="forms.keep_file", subject="file", subject_id=row.id, digest=row.sha256, client_id=client_id,
            at=at,
        )  # fmt: skip
        return file_view(row)
