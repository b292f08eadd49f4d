"""The pupils a plan has watched: a few numbers a grade and term; no field in which a name could stand (C30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.monitoring import actions, queries
from qingfu.records.monitoring.queries import WatchDesk, WatchedGrade
from qingfu.records.monitoring.queries.watching import FIGURES, WATCHED
from qingfu.rules.phrases import grades
from qingfu.web.desk import Desk, page
from qingfu.web.monitoring.cells import Drawn, drawn, read
from qingfu.web.monitoring.effort import A_FIELD, TO_OPEN
from qingfu.web.monitoring.ground import ROOM, Drafted, Ground, common, ground, lead_on, renamed
from qingfu.web.spoken import numbers

NOTHING = N_("Nothing is filled in.")


@dataclass(frozen=True)
class GradeRow:
    """One grade as drawn; `before`: how many were among them last term, None where nothing is known of it."""

    grade: str
    says: str
    before: int | None
    cells: tuple[Drawn, ...]


@dataclass(frozen=True)
class Told:
    """A watch on a school's own page: how many grades were told, and the minutes it still asks."""

    share: int
    says: str
    told: int
    of: int
    minutes: int
    found: WatchDesk


def told_of(desk: Desk, here: Ground) -> list[Told]:
    """What plans in force have watched, and how far the school is with it."""
    found = []
    for one in queries.watches(desk.actor):
        of = queries.watch_desk(desk.actor, organ=here.school.id, term_id=here.term.id, share=one.share)
        minutes = minutes_of(of) if of.told < len(of.grades) else 0
        found.append(Told(one.share, one.says, of.told, len(of.grades), minutes, of))
    return found


def minutes_of(found: WatchDesk) -> int:
    """The whole form: what is known already is only looked over."""
    fields = sum(1 + (one.before is not None) + (one.pupils is None) for one in found.grades)
    return max(1, round((TO_OPEN + A_FIELD * fields) / 60))


@page(ROOM)
def watched(desk: Desk, school: int, share: int) -> HttpResponse:
    """Every grade of the school; what the classes or last term say stands there already."""
    here = ground(desk, school)
    found = queries.watch_desk(desk.actor, organ=school, term_id=here.term.id, share=share)
    sent = desk.request.POST.dict() if desk.posted and desk.request.POST.get("verb") == "file" else None
    faults = {fault.field: fault.text(_) for fault in desk.faults}
    return desk.show(
        "monitoring/watched.html", **common(desk, here), watch=found.watch, share=f"{share}%", found=found,
        rows=[_row(found, one, sent, faults) for one in found.grades], clause=numbers("、".join(found.watch.clause)),
        minutes=minutes_of(found), on_behalf=desk.typed("on-behalf"), back_reason=desk.request.POST.get("reason", ""),
        compared=any(one.before is not None for one in found.grades),
    )  # fmt: skip


def _row(
    found: WatchDesk, one: WatchedGrade, sent: Mapping[str, str] | None, faults: Mapping[str, str]
) -> GradeRow:  # fmt: skip
    says, stands = grades((one.grade,), _), _begun(found, one)
    cells = []
    for column in FIGURES:
        if column.name == "gone" and one.before is None:
            continue
        name = f"{one.grade}.{column.name}"
        value = stands.get(column.name) if sent is None else sent.get(name, "")
        cells.append(drawn(column, name, value, row=says, fault=faults.get(name, "")))
    return GradeRow(one.grade, says, one.before, tuple(cells))


def _begun(found: WatchDesk, one: WatchedGrade) -> dict[str, int | None]:
    """What stands; else the pupils as the classes say, and their share."""
    if one.stands is not None:
        return {column.name: getattr(one.stands, column.name) for column in FIGURES}
    lowest = None if one.pupils is None else (one.pupils * found.watch.share + 50) // 100
    return {"pupils": one.pupils, "lowest": lowest}


@watched.act("file")
def file_watched(desk: Desk, school: int, share: int) -> HttpResponse:
    """Give the figures of the term; the picture shows at once how they change."""
    here = ground(desk, school)
    found = queries.watch_desk(desk.actor, organ=school, term_id=here.term.id, share=share)
    drafts = _drafts(found, desk.request.POST.dict())
    try:
        actions.file_watched(
            desk.actor, organ=school, term=here.term.id, share=share, rows=[one.cells for one in drafts],
            on_behalf=desk.request.POST.get("on-behalf", ""), client_id=desk.client_id, at=desk.at,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(*renamed(error.faults, drafts)) from None
    said = _("Reported for {term}.").format(term=here.term.name)
    return lead_on(desk, "picture-watched", school, share, said=said, term=here.term.id)


def _drafts(found: WatchDesk, sent: Mapping[str, str]) -> list[Drafted]:
    """The grades whose pupils or helped are written; raises Invalid where none is."""
    drafts: list[Drafted] = []
    wrong: list[FieldFault] = []
    for one in found.grades:
        cells: dict[str, object] = {"grade": one.grade}
        names = {column.name: f"{one.grade}.{column.name}" for column in FIGURES}
        for column in FIGURES:
            cells[column.name], fault = read(column, sent, names[column.name])
            wrong += [fault] if fault else []
        if cells["pupils"] is not None or cells["helped"] is not None:
            drafts.append(Drafted(cells, {**names, "grade": names["pupils"]}, grades((one.grade,), _)))
    if wrong or not drafts:
        raise Invalid(*(wrong or [FieldFault("rows", NOTHING)]))
    return drafts


@watched.act("take-back")
def take_back(desk: Desk, school: int, share: int) -> HttpResponse:
    """What was given of this term by mistake stands no longer."""
    here = ground(desk, school)
    found = queries.watch_desk(desk.actor, organ=school, term_id=here.term.id, share=share)
    actions.take_back(
        desk.actor, table=WATCHED, organ=school, rows=found.rows, reason=desk.request.POST.get("reason", ""),
        client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    said = _("Taken back; the report of it stays with its reason.")
    return lead_on(desk, "school-desk", school, said=said, term=here.term.id)
