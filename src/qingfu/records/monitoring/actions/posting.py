"""Showing what a school teaches: the documents of the first week, and answers to what the public asks about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.actions import publish
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.monitoring.actions.rights import require_filer, via_of
from qingfu.records.monitoring.models import BoardText, DaySchedule, Filing, Lesson, SchoolClass
from qingfu.records.monitoring.queries.board import BOARD, DOCUMENTS, BoardView, asked_of, board, ordering
from qingfu.records.monitoring.queries.terms import class_order, class_view
from qingfu.records.plans.queries import InForce

LONGEST = 4_000
NO_TEXT = N_("Write it in at most {most} characters.")
NOT_READY = N_("This is not there yet.")


def write_document(
    actor: Actor, *, organ: int, term: int, document: str, text: str, on_behalf: str = "",
    client_id: UUID | None = None, at: datetime,
) -> BoardView:  # fmt: skip
    """Write the text of a document that is not made of what was reported; an empty text takes it away.

    The bureau's office types in a paper and says `on_behalf` of whom, as with every report; raises Invalid otherwise.
    """
    with deed(actor):
        if first_answer(actor, client_id, subject="board") is not None:
            return board(actor, organ_id=organ, term_id=term)
        require_filer(actor, organ)
        view = board(actor, organ_id=organ, term_id=term)
        if document not in {one.key for one in DOCUMENTS if not one.made_of}:
            raise NotFound(what=document)
        said = text.strip()
        if len(said) > LONGEST:
            raise Invalid(FieldFault(document, NO_TEXT, {"most": LONGEST}))
        rows = BoardText.objects.filter(organ=organ, term=term, document=document)
        filed = _filed(actor, organ, on_behalf, {"document": document, "text": said}, 1, at)
        if said:
            BoardText.objects.update_or_create(
                bureau_id=actor.bureau, organ_id=organ, term_id=view.term.id, document=document,
                defaults={"text": said, "person_id": actor.person, "at": at},
            )  # fmt: skip
        else:
            rows.delete()
        record(
            actor, verb="monitoring.write_document", subject="board", subject_id=organ, client_id=client_id, at=at,
            digest=filed.digest,
        )  # fmt: skip
        return board(actor, organ_id=organ, term_id=term)


def post_board(
    actor: Actor, *, organ: int, term: int, on_behalf: str = "", client_id: UUID | None = None, at: datetime
) -> BoardView:  # fmt: skip
    """Show the documents to the public as they stand now, under every plan that orders it; raises Invalid for gaps.

    The bureau's office does it only `on_behalf` of whoever signed the school's paper.

    A frozen copy: what is changed later is shown only when it is posted again, and the former copy leaves its trace.
    """
    with deed(actor):
        if first_answer(actor, client_id, subject="board") is not None:
            return board(actor, organ_id=organ, term_id=term)
        require_filer(actor, organ)
        view = board(actor, organ_id=organ, term_id=term)
        gaps = [FieldFault(one.document.key, NOT_READY) for one in view.documents if not one.ready]
        if gaps:
            raise Invalid(*gaps)
        shown = [one.document.key for one in view.documents]
        filed = _filed(actor, organ, on_behalf, {"term": term, "shown": shown}, len(shown), at)
        for plan, key, ordered in ordering(actor):
            _publish(actor, view, plan, key, ordered, at)
        record(
            actor, verb="monitoring.post_board", subject="board", subject_id=organ, digest=filed.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return board(actor, organ_id=organ, term_id=term)


def _filed(actor: Actor, organ: int, on_behalf: str, said: Mapping[str, object], rows: int, at: datetime) -> Filing:
    """Who said it and by which way, among the school's other reports."""
    return Filing.objects.create(
        bureau_id=actor.bureau, organ_id=organ, table=BOARD, via=via_of(actor, organ, on_behalf),
        on_behalf=on_behalf.strip(), person_id=actor.person, rows=rows, digest=digest(said), at=at,
    )  # fmt: skip


def _publish(actor: Actor, view: BoardView, plan: InForce, key: str, ordered: Disclosure, at: datetime) -> None:
    wanted = {one.key for one in asked_of([(plan, key, ordered)])}
    content: dict[str, Any] = {
        "school": {"name": view.organ.name, "code": view.organ.code},
        "term": {"id": view.term.id, "name": view.term.name},
        "day": day_of(at).isoformat(),
        "due": view.due.isoformat() if view.due else "",
        "documents": [
            {"key": one.document.key, "text": one.text, "made_of": one.document.made_of}
            for one in view.documents
            if one.document.key in wanted
        ],
        "classes": _classes(view),
    }
    clock = Actor.clock(actor.bureau)
    publish(
        clock, plan=plan, key=f"{key}:{view.organ.code}", shows="first-week",
        title=f"{view.organ.name} {ordered.says}"[:200], content=content, at=at,
    )  # fmt: skip


def _classes(view: BoardView) -> list[dict[str, Any]]:
    """Each class with its timetables, one lesson as weekday, period, subject; and its day schedule."""
    rows = SchoolClass.objects.filter(organ=view.organ.id, year=view.term.year, closed=False)
    lessons: dict[int, dict[str, list[list[object]]]] = {}
    standing = {"organ": view.organ.id, "term": view.term.id, "replaced_by": None}
    told = Lesson.objects.filter(**standing).order_by("weekday", "period", "subject")
    for of, one, *lesson in told.values_list("school_class", "record", "weekday", "period", "subject"):
        lessons.setdefault(of, {}).setdefault(one, []).append(lesson)
    days = _schedules(DaySchedule.objects.filter(**standing).order_by("weekday"))
    return [
        {"id": one.id, "name": one.name, "grade": one.grade, "timetables": lessons.get(one.id, {}),
         "schedules": days.get(one.id, [])}
        for one in sorted((class_view(row) for row in rows), key=class_order)
    ]  # fmt: skip


def _schedules(rows: Iterable[DaySchedule]) -> Mapping[int, list[dict[str, object]]]:
    found: dict[int, list[dict[str, object]]] = {}
    for row in rows:
        cells = {
            "weekday": row.weekday, "arrive": row.arrive, "first_lesson": row.first_lesson, "teaching": row.teaching,
            "exercise": row.exercise, "sleep": row.sleep,
        }  # fmt: skip
        found.setdefault(row.school_class_id, []).append({key: cell for key, cell in cells.items() if cell is not None})
    return found
