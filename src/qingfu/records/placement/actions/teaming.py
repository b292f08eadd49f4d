"""Before the draw: the teams of teachers, of comparable strength, one for each class (C07)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.placement.actions.locking import locked
from qingfu.records.placement.models import Team
from qingfu.records.placement.queries.telling import told
from qingfu.records.placement.queries.views import PlacementView

TEAM_TWICE = N_("Every team has a name of its own.")
NO_FIGURE = N_("Write a whole number from {least} to {most}, or leave it empty.")
TOO_MANY_SENIORS = N_("At most as many as there are teachers in the team.")
FIGURES = {"teachers": (1, 60), "seniors": (0, 60), "years": (0, 50)}


@dataclass(frozen=True)
class NewTeam:
    """A team by name; of the team as a whole, how many teachers, how many of middle or senior title, years of teaching.

    No figure is of a single teacher, and none must be told.
    """

    name: str
    teachers: int | None = None
    seniors: int | None = None
    years: int | None = None


def name_teams(
    actor: Actor, *, placement: int, teams: Sequence[NewTeam], client_id: UUID | None = None, at: datetime
) -> PlacementView:
    """The teams of teachers, in place of the former ones; as many as there are classes when the list is frozen.

    Raises Invalid (`teams`, or `teachers-2` for the second team's figure).
    """
    with deed(actor):
        row = locked(actor, placement, "name_teams")
        if first_answer(actor, client_id, subject="placement") is not None:
            return told(actor, row)
        said = {one.name.strip()[:120]: one for one in teams if one.name.strip()}
        if len(said) != sum(bool(one.name.strip()) for one in teams):
            raise Invalid(FieldFault("teams", TEAM_TWICE))
        if faults := [fault for place, one in enumerate(teams, start=1) for fault in _faults(place, one)]:
            raise Invalid(*faults)
        Team.objects.filter(placement=row).exclude(name__in=said).delete()
        for name, one in said.items():
            figures = {field: getattr(one, field) for field in FIGURES}
            Team.objects.update_or_create(bureau_id=actor.bureau, placement=row, name=name, defaults=figures)
        record(actor, verb="placement.name_teams", subject="placement", subject_id=row.id, client_id=client_id, at=at)
        return told(actor, row)


def _faults(place: int, one: NewTeam) -> Iterator[FieldFault]:
    for field, (least, most) in FIGURES.items():
        figure = getattr(one, field)
        if figure is not None and not least <= figure <= most:
            yield FieldFault(f"{field}-{place}", NO_FIGURE, {"least": least, "most": most})
    if one.teachers is not None and one.seniors is not None and one.seniors > one.teachers:
        yield FieldFault(f"seniors-{place}", TOO_MANY_SENIORS)
