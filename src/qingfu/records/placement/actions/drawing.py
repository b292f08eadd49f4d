"""The list is frozen, the classes are drawn: what the draw says is what stands."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.chance import mixed
from qingfu.base.draw.notice import Allot, Entry, PublicNumber
from qingfu.base.errors import AboveCap, FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.draws import actions as draws
from qingfu.records.draws.actions import Candidate, Frozen
from qingfu.records.draws.queries import DrawView
from qingfu.records.draws.queries import draw as drawn
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.placement.actions.groups import groups_of
from qingfu.records.placement.actions.locking import locked
from qingfu.records.placement.models import Placement, Pupil, Team, Tie
from qingfu.records.placement.queries.rehearsing import KEY, title_of
from qingfu.records.placement.queries.telling import drawn_result, told
from qingfu.records.placement.queries.views import PlacementView
from qingfu.records.placement.states import PLACEMENT
from qingfu.records.plans.queries import in_force

NO_LIST = N_("Bring the list of pupils first.")
# Of what is balanced the public record says only that it is; what stands behind a letter is known in the school.
BALANCED = ("a", "b", "c")
LATER_PER_CLASS = 5


def rehearse(
    actor: Actor, *, placement: int, alone: bool = True, client_id: UUID | None = None, at: datetime
) -> DrawView:
    """Freeze the list for a rehearsal: what comes out is marked as one everywhere and can never be the draw."""
    with deed(actor):
        row = locked(actor, placement, "rehearse")
        return _freeze(
            actor, row, _mixed_pupils(row), rehearsal=True, alone=alone, number=None, replaces=None,
            client_id=client_id, at=at,
        )  # fmt: skip


def freeze_list(
    actor: Actor, *, placement: int, alone: bool = False, number: PublicNumber | None = None,
    client_id: UUID | None = None, at: datetime,
) -> DrawView:  # fmt: skip
    """Freeze the list for the draw. Raises AboveCap where a class would be too large without a permit."""
    with deed(actor):
        row = locked(actor, placement, "freeze_list") if not _repeat(actor, client_id) else None
        if row is None:
            return drawn(actor, first_answer(actor, client_id, subject="draw") or 0)
        void = row.draw_id if row.draw and row.draw.state == "void" else None
        pupils = _mixed_pupils(row)
        made = _freeze(
            actor, row, pupils, rehearsal=False, alone=alone, number=number, replaces=void, client_id=client_id, at=at
        )  # fmt: skip
        row.state = "frozen"
        row.draw_id = made.id
        row.save(update_fields=["state", "draw"])
        _give_tickets(row, pupils)
        record(actor, verb="placement.freeze_list", subject="placement", subject_id=row.id, at=at)
        return made


def _repeat(actor: Actor, client_id: UUID | None) -> bool:
    return first_answer(actor, client_id, subject="draw") is not None


def _mixed_pupils(row: Placement) -> list[Pupil]:
    """In the order of their tickets, which must not be the order of the list.

    Whoever has seen the list, or a class list by pupil number, would read beside each name what the posted record
    says of its ticket: the level, and who has special needs.
    """
    return mixed(Pupil.objects.filter(placement=row).order_by("number"))


def _freeze(
    actor: Actor, row: Placement, pupils: list[Pupil], *, rehearsal: bool, alone: bool, number: PublicNumber | None,
    replaces: int | None, client_id: UUID | None, at: datetime,
) -> DrawView:  # fmt: skip
    if not pupils:
        raise Invalid(FieldFault("roster", NO_LIST))
    largest = -(-len(pupils) // row.classes)
    if row.cap and largest > row.cap and not row.permit:
        raise AboveCap(clause=row.clause or None, size=largest, cap=row.cap)
    plan = in_force(actor, row.edition_id) if row.edition_id else None
    said = Frozen(
        title=title_of(row), method=_method(row, pupils),
        candidates=_candidates(pupils), key=KEY, clause=row.clause, sealed_names=True,
        rehearsal=rehearsal, number=number, replaces=replaces,
    )  # fmt: skip
    return draws.freeze(actor, plan=plan, frozen=said, alone=alone, client_id=client_id, at=at)


def _candidates(pupils: list[Pupil]) -> tuple[Candidate, ...]:
    townships = {name: str(place) for place, name in enumerate(sorted({one.township for one in pupils}))}
    return tuple(
        Candidate(
            name=f"{one.name} {one.number}",
            marks=dict(
                zip(
                    BALANCED,
                    ("1" if one.gender == "f" else "0", townships[one.township], "1" if one.special else "0"),
                    strict=True,
                )
            ),
            level=one.level,
        )
        for one in pupils
    )


def _method(row: Placement, pupils: list[Pupil]) -> Allot:
    width = max(3, len(str(len(pupils))))
    ticket = {one.id: f"{place:0{width}d}" for place, one in enumerate(pupils, start=1)}
    teams = list(Team.objects.filter(placement=row).order_by("name"))
    team_ticket = {team.id: f"T{place:02d}" for place, team in enumerate(teams, start=1)}
    ties = list(Tie.objects.filter(placement=row))
    together = [(ticket[one.one_id], ticket[one.other_id]) for one in ties if one.kind == "together" and one.other_id]
    apart = {(ticket[one.one_id], ticket[one.other_id]) for one in ties if one.kind == "apart" and one.other_id}
    return Allot(
        classes=tuple(f"{place}班" for place in range(1, row.classes + 1)),
        balance=BALANCED,
        together=groups_of(together),
        apart=tuple(sorted((min(pair), max(pair)) for pair in apart)),
        # A team is known by its ticket; its names stand on the school's own lists.
        teams=tuple(Entry(team_ticket[team.id], name=f"教师组{team_ticket[team.id][1:]}") for team in teams),
        avoid=tuple(sorted((ticket[one.one_id], team_ticket[one.team_id]) for one in ties if one.team_id)),
        later=LATER_PER_CLASS * row.classes,
    )


def _give_tickets(row: Placement, pupils: list[Pupil]) -> None:
    width = max(3, len(str(len(pupils))))
    for place, one in enumerate(pupils, start=1):
        one.ticket = f"{place:0{width}d}"
    Pupil.objects.bulk_update(pupils, ["ticket"], batch_size=1_000)
    teams = list(Team.objects.filter(placement=row).order_by("name"))
    for place, team in enumerate(teams, start=1):
        team.ticket = f"T{place:02d}"
    Team.objects.bulk_update(teams, ["ticket"])


def draw_classes(actor: Actor, *, placement: int, client_id: UUID | None = None, at: datetime) -> PlacementView:
    """Run the draw, once, and take its classes over. SharesMissing, DrawnAlready as for every draw."""
    with deed(actor):
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, Placement.objects.select_related("organ", "draw").get(id=placement))
        row = locked(actor, placement, "draw_classes")
        if row.draw is None or row.draw.state != "drawn":
            draws.run(actor, draw=row.draw_id or 0, at=at)
        row.state = "placed"
        row.save(update_fields=["state"])
        _take_over(row)
        record(actor, verb="placement.draw_classes", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def _take_over(row: Placement) -> None:
    result = drawn_result(row) or {}
    classes: list[dict[str, list[str]]] = result["classes"]  # type: ignore[assignment]  # the record's own shape
    label = {ticket: str(one["label"]) for one in classes for ticket in one["tickets"]}
    pupils = list(Pupil.objects.filter(placement=row))
    for one in pupils:
        one.label = label[one.ticket]
    Pupil.objects.bulk_update(pupils, ["label"], batch_size=1_000)


def give_up(actor: Actor, *, placement: int, reason: str, client_id: UUID | None = None, at: datetime) -> PlacementView:
    """The draw becomes void before it is run; the list is open again, and the next notice says why."""
    with deed(actor):
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, Placement.objects.select_related("organ", "draw").get(id=placement))
        row = locked(actor, placement, "give_up")
        if row.draw is None or row.draw.state != "void":
            draws.void(actor, draw=row.draw_id or 0, reason=reason, at=at)
        row.state = PLACEMENT.move(row.state, "give_up", frozenset({"school"}))
        row.save(update_fields=["state"])
        record(actor, verb="placement.give_up", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, Placement.objects.select_related("organ", "draw").get(id=row.id))
