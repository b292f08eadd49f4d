"""The owner says it is done, with evidence of this line and no other; and the owner's own words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connections

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.errors import FieldFault, Invalid, NotAllowed, SameFile, WrongState
from qingfu.base.words import Word
from qingfu.packfile.answers import MOST_FILES, NO_FILE, TOO_MANY
from qingfu.records.forms.models import File
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.problems.actions.locking import sentence, taken
from qingfu.records.problems.models import Evidence, Problem, Rectification, Reply
from qingfu.records.problems.queries import ProblemView
from qingfu.records.problems.queries import problem as problem_view
from qingfu.records.problems.states import PROBLEM


def report_done(
    actor: Actor, *, problem: int, text: str, files: Sequence[str] = (), client_id: UUID | None = None, at: datetime
) -> ProblemView:
    """Report a line as put right. `files` are references from `forms.keep_file`; none is required.

    A file that was evidence of another line, by its content, raises SameFile. The keeper of the ledger may type in
    what came on paper; it is marked so, and he is then no longer somebody else.
    """
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        row, _, roles = taken(actor, problem)
        row.state = _reported(row, roles)
        said = sentence("text", text)
        kept = _evidence(actor, row, list(dict.fromkeys(files)))
        report = Rectification.objects.create(
            bureau_id=actor.bureau, problem=row, round=row.round, text=said, person_id=actor.person,
            via="self" if "owner" in roles else "paper", at=at,
        )  # fmt: skip
        Evidence.objects.bulk_create(
            Evidence(bureau_id=actor.bureau, rectification=report, file=file) for file in kept
        )  # fmt: skip
        row.save(update_fields=["state"])
        seal = digest({"round": row.round, "text": said, "files": [file.sha256 for file in kept]})
        record(
            actor, verb="problems.report_done", subject="problem", subject_id=row.id, digest=seal,
            client_id=client_id, at=at,
        )  # fmt: skip
        return problem_view(actor, row.id, at=at)


def _reported(row: Problem, roles: frozenset[str]) -> str:
    """The state after; a line that is not to be put right at once is planned first, whoever reports it."""
    try:
        return PROBLEM.move(row.state, "report_done", roles)
    except NotAllowed:
        if not roles & {"owner", "keeper"}:
            raise
        possible = [Word(verb) for verb in PROBLEM.verbs(row.state, roles)]
        raise WrongState(verb=Word("report_done"), state=Word(row.state), possible=possible) from None


def _evidence(actor: Actor, row: Problem, refs: list[str]) -> list[File]:
    """The files, each once by content; those of somebody else, or of another line, are refused."""
    if len(refs) > MOST_FILES:
        raise Invalid(FieldFault("files", TOO_MANY, {"most": MOST_FILES}))
    own = File.objects.filter(ref__in=refs, person=actor.person, answer=None).order_by("id")
    files = {file.sha256: file for file in own}
    if len(own) != len(refs):
        raise Invalid(FieldFault("files", NO_FILE))
    with connections["default"].cursor() as cursor:
        # Two lines at once must not both believe that the file is fresh.
        for sha256 in sorted(files):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor.bureau}:{sha256}"])
    elsewhere = Evidence.objects.exclude(rectification__problem=row).filter(file__sha256__in=files)
    used = elsewhere.values_list("file__sha256", flat=True).first()
    if used is not None:
        raise SameFile(FieldFault("files", SameFile.says, {"name": files[used].name}), name=files[used].name)
    return list(files.values())


def reply(actor: Actor, *, problem: int, text: str, client_id: UUID | None = None, at: datetime) -> ProblemView:
    """The owner's own words beside the finding; they may be added to, never changed."""
    with deed(actor):
        if (first := first_answer(actor, client_id)) is not None:
            return problem_view(actor, first, at=at)
        row, _, roles = taken(actor, problem)
        PROBLEM.move(row.state, "reply", roles)
        said = sentence("text", text)
        Reply.objects.create(bureau_id=actor.bureau, problem=row, text=said, person_id=actor.person, at=at)
        record(
            actor, verb="problems.reply", subject="problem", subject_id=row.id, digest=digest({"text": said}),
            client_id=client_id, at=at,
        )  # fmt: skip
        return problem_view(actor, row.id, at=at)
