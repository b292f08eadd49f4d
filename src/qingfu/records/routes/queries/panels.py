"""What the open panel of a case asks for, and who may not sit on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qingfu.base.actor import Actor
from qingfu.base.errors import WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile import course
from qingfu.packfile.words.moves import Step
from qingfu.records.journal.queries import reading
from qingfu.records.people.queries import holders_of
from qingfu.records.routes.models import Turn
from qingfu.records.routes.queries.case import Case, case_of
from qingfu.records.routes.queries.told import clause_of
from qingfu.records.routes.states import RUN

INTEREST = N_("Holds a post in the applicant's own organ.")
ASIDE = N_("Has stepped aside in this case.")


@dataclass(frozen=True)
class PanelWanted:
    """The panel a step asks for. `barred`: who may not sit on it, by person, and why; `asked`: who sits on it now."""

    run: int
    turn: int
    step: str
    step_says: str
    clause: str
    edition: int
    number: str
    title: str
    organ_name: str
    committee: int | None
    opinions: int
    kinds: tuple[str, ...]
    barred: Mapping[int, str]
    asked: frozenset[int]


def panel_wanted(actor: Actor, run: int, *, on: date) -> PanelWanted:
    """For whoever may seat the panel. Raises NotFound, NotAllowed; WrongState where the step has no panel."""
    with reading(actor):
        return wanted_of(case_of(actor, run), on)


def wanted_of(case: Case, on: date) -> PanelWanted:
    RUN.move(case.row.state, "appoint_panel", case.roles())
    turn, step = panel_turn(case, "appoint_panel")
    members = list(turn.panel.all())
    barred = {member.person_id: ASIDE for member in members if member.stepped_aside}
    barred |= dict.fromkeys(holders_of(case.actor, case.row.organ_id, on=on), INTEREST)
    return PanelWanted(
        run=case.row.id, turn=turn.id, step=step.id, step_says=step.says, clause=clause_of(case, step),
        edition=case.row.edition_id, number=case.row.number, title=case.row.title, organ_name=case.row.organ.name,
        committee=case.plan.seats.get(step.by), opinions=course.needed(step, "opine"), kinds=step.panel_kinds,
        barred=barred, asked=frozenset(member.person_id for member in members if not member.stepped_aside),
    )  # fmt: skip


def panel_turn(case: Case, verb: str) -> tuple[Turn, Step]:
    """The open turn and its step; WrongState where it asks for no opinions."""
    turn = case.turn
    if turn is None or "opine" not in case.step(turn.step).verbs:
        raise WrongState(verb=Word(verb), state=case.now.says, possible=[Word(known) for known in case.now.verbs])
    return turn, case.step(turn.step)
