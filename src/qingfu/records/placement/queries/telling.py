"""Placements as lists and as stories; balances are counted from what stands now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db.models import Count, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.records.draws.models import DrawRecord
from qingfu.records.journal.queries import reading
from qingfu.records.placement.models import Change, Placement, Pupil, Team, Tie
from qingfu.records.placement.queries.rights import known_to, roles_in, visible
from qingfu.records.placement.queries.views import (
    Balance,
    ChangeView,
    ClassView,
    PlacementRow,
    PlacementView,
    PupilView,
    TeamView,
    TieView,
)
from qingfu.records.placement.states import PLACEMENT


def placements(actor: Actor, *, year: int | None = None) -> tuple[PlacementRow, ...]:
    """The placements the actor may know of, the latest year first."""
    with reading(actor):
        rows = Placement.objects.filter(known_to(actor))
        if year is not None:
            rows = rows.filter(year=year)
        return tuple(_counted_rows(rows.order_by("-year", "organ__sort_key", "grade")))


def placement_row(actor: Actor, placement: int) -> PlacementRow:
    """How a placement stands, without its pupils: what a projector asks every few seconds. NotFound as for all."""
    with reading(actor):
        row = next(_counted_rows(Placement.objects.filter(known_to(actor), id=placement)), None)
        if row is None:
            raise NotFound(what=str(placement))
        return row


def _counted_rows(rows: QuerySet[Placement]) -> Iterator[PlacementRow]:
    counted = rows.select_related("organ").annotate(
        sized=Count("pupils", filter=Q(pupils__left_at=None), distinct=True),
        changed=Count("pupils__changes", distinct=True),
    )
    largest: dict[int, int] = {}
    there = Pupil.objects.filter(placement__in=rows, left_at=None).exclude(label="")
    for placement, _label, size in there.values_list("placement", "label").annotate(size=Count("id")):
        largest[placement] = max(size, largest.get(placement, 0))
    return (_row(one, one.sized, one.changed, largest.get(one.id, 0)) for one in counted)


def _row(one: Placement, pupils: int, changes: int, largest: int) -> PlacementRow:
    least = -(-pupils // one.classes) if one.classes else 0
    return PlacementRow(
        id=one.id, organ=one.organ_id, organ_name=one.organ.name, year=one.year, grade=one.grade, state=one.state,
        pupils=pupils, classes=one.classes, changes=changes, draw=one.draw_id, largest=largest or least,
    )  # fmt: skip


def placement(actor: Actor, placement: int) -> PlacementView:
    """The whole of a placement; NotFound for one the actor may not know of."""
    with reading(actor):
        return told(actor, visible(actor, placement))


def told(actor: Actor, row: Placement) -> PlacementView:
    names = bool(roles_in(actor, row))
    pupils = tuple(pupil_view(one) for one in Pupil.objects.filter(placement=row).order_by("number"))
    changes = tuple(_change(one, names) for one in _changes(row))
    there = tuple(one for one in pupils if not one.left)
    teams = tuple(Team.objects.filter(placement=row).order_by("name"))
    labels, by_label, unmet, seats = _drawn(actor, row)
    classes = _classes(there, labels, by_label, teams, names)
    return PlacementView(
        row=_row(row, len(there), len(changes), max((one.size for one in classes), default=0)),
        cap=row.cap, clause=row.clause, permit=row.permit, names=names,
        pupils=pupils if names else (), teams=_teams(teams, by_label) if names else (),
        ties=tuple(_tie(one) for one in _ties(row)) if names else (), classes=classes,
        balances=balances(there, labels), changes=changes, unmet=unmet,
        seats_left=max(0, seats - sum(one.later is not None for one in pupils)),
        may=PLACEMENT.verbs(row.state, roles_in(actor, row)),
    )  # fmt: skip


def pupil_view(one: Pupil) -> PupilView:
    return PupilView(
        id=one.id, number=one.number, name=one.name, gender=one.gender, township=one.township, level=one.level,
        special=one.special, ticket=one.ticket, label=one.label, later=one.later, left=one.left_at is not None,
    )  # fmt: skip


def changes_after(actor: Actor, draw: int) -> tuple[ChangeView, ...]:
    """What followed a placement's draw, by ticket, oldest first; nothing for a draw of something else."""
    with reading(actor):
        rows = Change.objects.filter(pupil__placement__draw=draw).select_related("pupil").order_by("id")
        return tuple(_change(one, names=False) for one in rows)


def _changes(row: Placement) -> Iterable[Change]:
    return Change.objects.filter(pupil__placement=row).select_related("pupil").order_by("id")


def _change(one: Change, names: bool) -> ChangeView:
    who = one.pupil.name if names else one.pupil.ticket
    return ChangeView(one.kind, who, one.source, one.goal, one.reason, one.approver, one.at, one.pupil.ticket)


def _ties(row: Placement) -> Iterable[Tie]:
    return Tie.objects.filter(placement=row).select_related("one", "other", "team").order_by("id")


def _tie(one: Tie) -> TieView:
    other = _named(one.other) if one.other else one.team.name if one.team else ""
    return TieView(one.id, one.kind, _named(one.one), other, one.reason)


def _named(pupil: Pupil) -> str:
    """Two pupils may have one name; their numbers differ."""
    return f"{pupil.name} {pupil.number}"


def drawn_result(row: Placement) -> dict[str, object] | None:
    """What the record of the placement's draw says; None before it was run."""
    made = (
        DrawRecord.objects.filter(draw=row.draw_id).values_list("content", flat=True).first() if row.draw_id else None
    )
    found: dict[str, object] | None = json.loads(bytes(made))["result"] if made else None
    return found


def _drawn(actor: Actor, row: Placement) -> tuple[tuple[str, ...], dict[str, str], tuple[tuple[str, ...], ...], int]:
    """Labels in order, the team's ticket of each, what was not met, seats for those who come later."""
    result = drawn_result(row)
    if result is None:
        return (), {}, (), 0
    classes: list[dict[str, str]] = result["classes"]  # type: ignore[assignment]  # the record's own shape
    unmet: list[list[str]] = result["unmet"]  # type: ignore[assignment]  # likewise
    later: list[str] = result["later"]  # type: ignore[assignment]  # likewise
    labels = tuple(one["label"] for one in classes)
    return labels, {one["label"]: one["team"] for one in classes}, tuple(tuple(pair) for pair in unmet), len(later)


def _classes(
    pupils: Sequence[PupilView], labels: Sequence[str], by_label: dict[str, str], teams: Sequence[Team], names: bool
) -> tuple[ClassView, ...]:
    named = {team.ticket: team.name for team in teams}
    found = []
    for label in labels:
        mine = tuple(one for one in pupils if one.label == label)
        team = by_label[label] or ""
        found.append(
            ClassView(
                label=label,
                team=named.get(team, team) if names else team,
                tickets=tuple(sorted(one.ticket for one in mine if one.ticket)),
                pupils=mine if names else (),
                size=len(mine),
            )
        )
    return tuple(found)


def _teams(teams: Sequence[Team], by_label: dict[str, str]) -> tuple[TeamView, ...]:
    label_of = {ticket: label for label, ticket in by_label.items()}
    return tuple(
        TeamView(
            one.id, one.name, one.ticket, label_of.get(one.ticket, ""), one.teachers, one.seniors, one.years
        )
        for one in teams
    )  # fmt: skip


def balances(pupils: Sequence[PupilView], labels: Sequence[str]) -> tuple[Balance, ...]:
    """Sizes, girls, townships, special needs and mean levels of every class, with what arithmetic allows."""
    if not labels:
        return ()
    rows = [[one for one in pupils if one.label == label] for label in labels]
    townships = sorted({one.township for one in pupils if one.township})
    found = [
        _counted("size", [len(row) for row in rows]),
        _counted("girls", [sum(one.gender == "f" for one in row) for row in rows]),
        *(
            _counted(f"township {name}", [sum(one.township == name for one in row) for row in rows])
            for name in townships
        ),
        _counted("special", [sum(one.special for one in row) for row in rows]),
    ]
    # Who came later and has no points yet draws no mean down.
    graded = [[one.level for one in row if one.level or one.later is None] for row in rows]
    means = [50 * sum(levels) // max(1, len(levels)) for levels in graded]
    smallest = max(1, min(len(levels) for levels in graded))
    return (*found, Balance("level", tuple(means), -(-50 // smallest)))


def _counted(word: str, values: Sequence[int]) -> Balance:
    return Balance(word, tuple(values), int(sum(values) % len(values) != 0))


def without_names(view: PlacementView) -> PlacementView:
    """The same as the public may read it."""
    classes = tuple(replace(one, pupils=(), team="") for one in view.classes)
    return replace(view, names=False, pupils=(), teams=(), ties=(), classes=classes)
