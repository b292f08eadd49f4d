"""Where a case stands and where an act takes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from qingfu.base.errors import OpenBlank, WrongState
from qingfu.base.words import N_, Word
from qingfu.packfile.errors import ConductConfirmed
from qingfu.packfile.words.moves import Filing, Step
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.words.word import Quantity

State = Literal["draft", "at", "returned", "refused", "withdrawn", "finished"]

# What is shown to people goes through the catalogue under these words.
SHOWN = (
    N_("submit"), N_("opine"), N_("pass"), N_("approve"), N_("return"), N_("refuse"), N_("record"), N_("publish"),
    N_("withdraw"), N_("draft"), N_("returned"), N_("refused"), N_("withdrawn"), N_("finished"),
)  # fmt: skip
FORWARD = ("submit", "opine", "pass", "approve", "record", "publish")
AGREEING = ("pass", "approve")
ENDED = ("refused", "withdrawn", "finished")


@dataclass(frozen=True)
class Position:
    """Where a case stands: its state, and in the state ``at`` the id of the step it waits at."""

    state: State
    step: str | None = None


START = Position("draft")


@dataclass(frozen=True)
class Outcome:
    """What an act did.

    ``closed`` and ``opened``: the ids of the step it closed and of the one that waits now. ``waits_for``: how many
    more different persons must do the same before the step closes. ``enters``, ``discloses``, ``files``: what the
    closed step orders (a place on a list, a disclosure, a filing upward), by id.
    """

    position: Position
    closed: str | None = None
    opened: str | None = None
    waits_for: int = 0
    enters: str | None = None
    discloses: str | None = None
    files: Filing | None = None


def step_at(steps: Sequence[Step], position: Position) -> Step | None:
    """The step a case waits at; for a draft or a returned case the first step, which is the applicant's."""
    if position.state in ("draft", "returned"):
        return steps[0]
    return next((step for step in steps if step.id == position.step), None) if position.state == "at" else None


def verbs(steps: Sequence[Step], position: Position) -> tuple[str, ...]:
    """The verbs possible now; ``withdraw`` is the applicant's until the case has ended."""
    step = step_at(steps, position)
    if step is None:
        return ()
    return (*step.verbs, "withdraw")


def needed(step: Step, verb: str) -> int:
    """How many different persons must do ``verb`` before the step closes; raises OpenBlank while that is not set."""
    need: Quantity | None = None
    if step.need and verb == "opine":
        need = step.need.opinions
    elif step.need and verb in AGREEING:
        need = step.need.agree
    if need is None:
        return 1
    if need.value is None:
        raise OpenBlank(file="routes.yaml", key=step.id, blank=need.blank)
    return need.value


def advance(steps: Sequence[Step], position: Position, verb: str, *, agreed: int = 1, opinions: int = 1) -> Outcome:
    """Where ``verb`` takes a case.

    ``agreed`` and ``opinions``: how many different persons have passed or approved, or have given an opinion, at this
    step in this round, the present one included. Raises WrongState for a verb the position does not know.
    """
    if verb not in verbs(steps, position):
        shown = Word(position.step or position.state)
        possible = [Word(known) for known in verbs(steps, position)]
        raise WrongState(verb=Word(verb), state=shown, possible=possible)
    step = step_at(steps, position)
    if step is None or verb == "withdraw":
        return Outcome(Position("withdrawn"))
    if verb == "refuse":
        return Outcome(Position("refused"), closed=step.id)
    if verb == "return":
        return Outcome(Position("returned"), closed=step.id)
    missing = needed(step, verb) - (opinions if verb == "opine" else agreed)
    if verb in ("opine", *AGREEING) and missing > 0:
        return Outcome(position, waits_for=missing)
    return _closed(steps, step)


def _closed(steps: Sequence[Step], step: Step) -> Outcome:
    index = [one.id for one in steps].index(step.id)
    following = steps[index + 1] if index + 1 < len(steps) else None
    return Outcome(
        Position("at", following.id) if following else Position("finished"),
        closed=step.id,
        opened=following.id if following else None,
        enters=step.into.removeprefix("lists.") if step.into else None,
        discloses=step.discloses.removeprefix("disclosures.") if step.discloses else None,
        files=step.to,
    )


def opinions_open(steps: Sequence[Step], position: Position, step: str, *, this_round: bool = True) -> bool:
    """Whether the opinions given at ``step`` may be read (先评后看): once its panel has closed.

    ``this_round``: False for opinions of a round that a return has ended; its panel closed then.
    """
    held = next((one for one in steps if one.id == step), None)
    if held is None or not held.sealed or not this_round:
        return True
    if position.state == "at" and position.step is not None:
        order = [one.id for one in steps]
        return order.index(position.step) > order.index(step)
    return position.state != "draft"


def refuse_flagged(pack: Pack, verb: str, confirmed: Collection[str], clause: str | None = None) -> None:
    """Raise ConductConfirmed when a case with a confirmed red line of gravity ``key`` would be passed or approved."""
    grave = [pack.conduct[key] for key in confirmed if key in pack.conduct and pack.conduct[key].gravity == "key"]
    if verb in AGREEING and grave:
        named = "、".join(dict.fromkeys(number for conduct in grave for number in conduct.clause))
        raise ConductConfirmed(clause=clause or named, conduct=tuple(conduct.says for conduct in grave))
