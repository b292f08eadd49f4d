"""What the register tells about a case: frozen, and with sealed opinions left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qingfu.base.words import Said


@dataclass(frozen=True)
class ActView:
    """One person's verb in a turn. `via` paper: an officer (`typed_by`) entered what `person_name` signed."""

    id: int
    verb: str
    person: int | None
    person_name: str
    post_title: str
    organ_name: str
    acting_for_name: str
    via: str
    typed_by: str
    reason: str
    note: Mapping[str, object]
    digest: str
    decides: bool
    at: datetime


@dataclass(frozen=True)
class AddendumView:
    """A correction beside an opinion."""

    text: str
    at: datetime


@dataclass(frozen=True)
class OpinionView:
    """An opinion that this actor may read: his own, or any once its panel has closed."""

    id: int
    person: int
    person_name: str
    post_title: str
    member_kind: str
    answer: int
    form: str
    content: Mapping[str, object]
    digest: str
    at: datetime
    mine: bool
    addenda: tuple[AddendumView, ...]


@dataclass(frozen=True)
class MemberView:
    """A member of a panel. `handed_in` is None while the panel is open: only the count may be known."""

    post: int
    person: int
    person_name: str
    post_title: str
    member_kind: str
    stepped_aside: str
    handed_in: bool | None
    mine: bool


@dataclass(frozen=True)
class PanelView:
    """The panel of a turn: how many opinions are needed, how many are in, and who was asked.

    `withheld`: the applicant learns who sits on it once it has closed; until then `members` is empty.
    """

    closed: bool
    needed: int
    handed_in: int
    members: tuple[MemberView, ...]
    missing_kinds: tuple[str, ...]
    opinions: tuple[OpinionView, ...]
    withheld: bool = False


@dataclass(frozen=True)
class TurnView:
    """One visit of the case to a step. `outcome` is empty while it is open.

    `enters` and `discloses` are what the step orders once it closed forward: a list, a disclosure, by id.
    """

    id: int
    step: str
    step_says: str
    clause: str
    party: str
    party_says: str
    organ_name: str
    version: int
    opened_at: datetime
    closed_at: datetime | None
    due_on: date | None
    late: bool
    outcome: str
    agree_needed: int
    form: str
    enters: str
    discloses: str
    acts: tuple[ActView, ...]
    panel: PanelView | None


@dataclass(frozen=True)
class VerbView:
    """A verb this actor may do now: its label, and in one line what it would bring about."""

    verb: str
    says: Said
    effect: Said
    needs_reason: bool


@dataclass(frozen=True)
class StepView:
    """A step of the route, for the line of stations on the case page; `state` is done, now, or ahead."""

    id: str
    says: str
    party_says: str
    state: str


@dataclass(frozen=True)
class RunView:
    """A case. `digest` covers exactly what is shown here; a decision must carry it. `content_digest` covers the form.

    `working_days_left` is negative when the last day is over and None where there is none. `whose` says whose turn
    it is: the party in the plan's words; `whose_organ` is the organ that fills it.
    """

    id: int
    number: str
    title: str
    kind: str
    edition: int
    plan_title: str
    route: str
    route_says: str
    clause: str
    organ: int
    organ_name: str
    state: str
    step: str
    step_says: str
    step_clause: str
    step_form: str
    step_flags: tuple[str, ...]
    whose: str
    whose_organ: str
    due_on: date | None
    working_days_left: int | None
    late: bool
    digest: str
    content_digest: str
    version: int
    content: Mapping[str, object]
    opened_at: datetime
    closed_at: datetime | None
    turns: tuple[TurnView, ...]
    stations: tuple[StepView, ...]
    roles: frozenset[str]
    verbs: tuple[VerbView, ...]

    @property
    def turn(self) -> TurnView | None:
        """The turn that is open."""
        return next((turn for turn in self.turns if turn.closed_at is None), None)

    def closed_at_once(self, at: datetime) -> TurnView | None:
        """The turn that the verb done at this very instant closed, if it closed one."""
        return next((turn for turn in reversed(self.turns) if turn.closed_at == at), None)

    @property
    def opinion_form(self) -> str:
        """The form of the latest panel on which this actor sits, open or closed; empty where he sits on none."""
        mine = (turn.form for turn in reversed(self.turns) if turn.panel and any(m.mine for m in turn.panel.members))
        return next(mine, "")

    @property
    def my_opinion(self) -> OpinionView | None:
        """This actor's own latest opinion in the case."""
        mine = [o for t in self.turns if t.panel for o in t.panel.opinions if o.mine]
        return mine[-1] if mine else None


@dataclass(frozen=True)
class CaseRow:
    """A case in a list or an inbox. `verbs` is what the actor could do, empty where he only watches."""

    id: int
    number: str
    title: str
    kind: str
    edition: int
    route: str
    organ_name: str
    state: str
    step: str
    step_says: str
    whose: str
    clause: str
    due_on: date | None
    working_days_left: int | None
    late: bool
    opened_at: datetime
    verbs: tuple[str, ...]


@dataclass(frozen=True)
class DoneRow:
    """Something this person did in a case."""

    run: int
    number: str
    title: str
    kind: str
    step_says: str
    verb: str
    via: str
    at: datetime
