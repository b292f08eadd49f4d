"""The result of a school: a few numbers that must add up; what looks wrong is told before it is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import FieldFault, Invalid, NotFound, Stale
from qingfu.base.words import N_
from qingfu.records.disclosures.actions import publish
from qingfu.records.enrolment.models import EnrolmentResult
from qingfu.records.enrolment.queries.figures import (
    NUMBERS,
    NUMBERS_OF_PEOPLE,
    Figures,
    doubts_about,
    judge_figures,
    names_number,
)
from qingfu.records.enrolment.queries.results import planned_of, result, shown_grounds
from qingfu.records.enrolment.queries.rights import require_result_of
from qingfu.records.enrolment.queries.views import FIRST_YEAR, UNPUBLISHED, Ground, ResultView
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.queries import organ as organ_of

NO_NOTE = N_("Say why, for everybody to read; or correct the numbers.")
NOTE_LONG = N_("This is too long: at most {most} characters.")
ON_BEHALF = N_("Say who signed the paper you are typing in.")
NOT_SCHOOL = N_("Choose a school.")
NO_SUCH_YEAR = N_("There is no result of this year: it is still to come, or too long ago.")
LONGEST_NOTE = 400
SHORT = 8


def publish_result(
    actor: Actor, *, organ: int, year: int, figures: Figures, note: str = "", on_behalf: str = "", seen: str = "",
    client_id: UUID | None = None, at: datetime,
) -> ResultView:  # fmt: skip
    """Publish the result of a school for a year, in place of the former one.

    Where something is doubtful (`doubts_about`) a `note` that everybody reads must say why. The office does it only
    `on_behalf` of whoever signed the school's paper. `seen`: the seal of the result that stood there when the form was
    opened, UNPUBLISHED where none did; raises Stale where another one was published since.
    """
    with deed(actor):
        plan, key, said = require_result_of(actor, organ)
        if first_answer(actor, client_id, subject="enrolment-result") is not None:
            return _told(actor, organ, year)
        _judge(actor, organ, year, figures, note, on_behalf, at)
        if seen:
            _judge_seen(seen, actor, plan.edition, organ, year)
        row = _kept(actor, plan.edition, organ, year, figures, note, on_behalf, at)
        school = organ_of(actor, organ)
        copy = publish(
            Actor.clock(actor.bureau), plan=plan, key=f"{key}:{year}:{school.code}", shows=said.shows,
            title=f"{school.name}{year}年招生结果"[:200], content=_content(_told(actor, organ, year), at), at=at,
        )  # fmt: skip
        record(
            actor, verb="enrolment.publish_result", subject="enrolment-result", subject_id=row.id, digest=copy.digest,
            client_id=client_id, at=at,
        )  # fmt: skip
        return _told(actor, organ, year)


def _judge_seen(seen: str, actor: Actor, edition: int, organ: int, year: int) -> None:
    rows = EnrolmentResult.objects.select_for_update(of=("self",))
    list(rows.filter(edition=edition, organ=organ, year=year))
    held = result(actor, organ=organ, year=year)
    now = held.seal if held else UNPUBLISHED
    if seen != now:
        raise Stale(seen=seen[:SHORT], now=now[:SHORT])


def _told(actor: Actor, organ: int, year: int) -> ResultView:
    if (found := result(actor, organ=organ, year=year)) is None:
        raise NotFound(what=str(organ))
    return found


def _judge(
    actor: Actor, organ: int, year: int, figures: Figures, note: str, on_behalf: str, at: datetime
) -> None:  # fmt: skip
    if organ_of(actor, organ).kind != "school":
        raise Invalid(FieldFault("organ", NOT_SCHOOL))
    judge_figures(figures)
    faults = [] if FIRST_YEAR <= year <= day_of(at).year else [FieldFault("year", NO_SUCH_YEAR)]
    if len(note) > LONGEST_NOTE:
        faults.append(FieldFault("note", NOTE_LONG, {"most": LONGEST_NOTE}))
    if names_number(note):
        faults.append(FieldFault("note", NUMBERS_OF_PEOPLE))
    if not note.strip() and doubts_about(figures, planned_of(actor, organ=organ, year=year)):
        faults.append(FieldFault("note", NO_NOTE))
    if actor.organ != organ and not on_behalf.strip():
        faults.append(FieldFault("on-behalf", ON_BEHALF))
    if faults:
        raise Invalid(*faults)


def _kept(
    actor: Actor, edition: int, organ: int, year: int, figures: Figures, note: str, on_behalf: str, at: datetime
) -> EnrolmentResult:  # fmt: skip
    own = {name: getattr(figures, name) for name in NUMBERS}
    row, _ = EnrolmentResult.objects.update_or_create(
        bureau_id=actor.bureau, edition_id=edition, organ_id=organ, year=year,
        defaults={
            **own, "otherwise": figures.otherwise, "grounds": _grounds(figures.grounds), "note": note.strip(),
            "on_behalf": "" if actor.organ == organ else on_behalf.strip()[:60], "person_id": actor.person, "at": at,
        },
    )  # fmt: skip
    return row


def _grounds(grounds: Sequence[Ground]) -> list[dict[str, Any]]:
    return [{"ground": one.ground.strip(), "number": one.number} for one in grounds]


def _content(view: ResultView, at: datetime) -> dict[str, Any]:
    return {
        "year": view.year,
        "day": day_of(at).isoformat(),
        "school": {"name": view.school.name, "code": view.school.code},
        "planned": view.planned,
        **{name: getattr(view, name) for name in ("places", "registered", "within", "otherwise", "refused")},
        "grounds": _grounds(shown_grounds(view.grounds)),
        "note": view.note,
        "typed_in": bool(view.on_behalf),
    }
