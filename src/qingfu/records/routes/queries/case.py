"""A case with its plan, its turns and this actor's standing in it: what the views and the verbs start from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Prefetch, Q, QuerySet

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.errors import NotFound
from qingfu.packfile import course
from qingfu.packfile.words.moves import Route, Step
from qingfu.records.plans.queries import InForce, in_force, parties_of, sees_all
from qingfu.records.routes.models import Act, Opinion, Panelist, Run, Turn


@dataclass(frozen=True)
class Case:
    """One run as one actor meets it. `opinions_in` counts the opinions of each turn, seen or not."""

    actor: Actor
    row: Run
    plan: InForce
    turns: tuple[Turn, ...]
    opinions_in: dict[int, int]
    parties: frozenset[str]
    bureau_side: bool

    @cached_property
    def route(self) -> Route:
        """The route as the pack writes it."""
        return self.plan.pack.routes[self.row.route]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the route, in order."""
        return course.steps_of(self.plan.pack, self.row.route)

    @property
    def turn(self) -> Turn | None:
        """The turn that is open, if any."""
        return next((turn for turn in self.turns if turn.closed_at is None), None)

    def step(self, key: str) -> Step:
        """A step of the route by its id."""
        return next(step for step in self.steps if step.id == key)

    @property
    def now(self) -> Step:
        """The step where the case stands (or stood last)."""
        return self.step(self.row.step)

    def content(self) -> dict[str, object]:
        """What was applied for, as it was frozen."""
        return dict(json.loads(bytes(self.row.content)))

    def roles(self, turn: Turn | None = None) -> frozenset[str]:
        """The actor's words in the table of states, at a turn (the open one unless another is given)."""
        if self.actor.kind != "person" or self.actor.organ is None:
            return frozenset()
        # The applicant's own organ never decides its own case, whatever else it is seated as.
        if self.actor.organ == self.row.organ_id:
            return frozenset({"applicant"})
        at = turn or self.turn
        step = self.step(at.step) if at else None
        roles = {"keeper"} if self.bureau_side else set()
        if step and step.by in self.parties and "opine" not in step.verbs:
            roles.add("decider")
        if at and any(self.is_me(member) for member in at.panel.all()):
            roles.add("expert")
        if any(self.is_mine(opinion) for t in self.turns for opinion in t.opinions.all()):
            roles.add("expert")
        return frozenset(roles)

    def is_me(self, member: Panelist) -> bool:
        """Whether the actor himself sits there. An opinion is one's own: a delegate gives none."""
        return member.person_id == self.actor.person and self.actor.acting_for is None and not member.stepped_aside

    def is_mine(self, opinion: Opinion) -> bool:
        """Whether the actor himself gave it."""
        return opinion.person_id == self.actor.person and self.actor.acting_for is None

    def shown(self, turn: Turn | None = None) -> str:
        """The digest of exactly what a decider is shown at a turn: the form, the step, and all that was said before."""
        at = turn or self.turn
        before = [t for t in self.turns if at is None or t.id < at.id]
        version = at.version if at else self.row.version
        return digest(
            {
                "number": self.row.number,
                "title": self.row.title,
                "content": self._content_of(version),
                "version": version,
                "step": at.step if at else self.row.state,
                "turn": len(before),
                "before": [_said_in(t) for t in before],
            }
        )

    def decided_turn(self, seen: str) -> Turn | None:
        """The closed turn whose shown digest was `seen`: somebody else was faster."""
        return next((t for t in reversed(self.turns) if t.closed_at and self.shown(t) == seen), None)

    def _content_of(self, version: int) -> str:
        handed_in = (a for t in self.turns if t.version == version for a in t.acts.all() if a.verb == "submit")
        return next((act.digest for act in handed_in), self.row.digest)


def _said_in(turn: Turn) -> dict[str, object]:
    opinions: Sequence[Opinion] = list(turn.opinions.all()) if turn.closed_at else []
    return {
        "step": turn.step,
        "outcome": turn.outcome,
        "acts": [[act.verb, act.digest, act.reason] for act in turn.acts.all()],
        "opinions": [
            [opinion.digest, opinion.answer.digest, *(addendum.text for addendum in opinion.addenda.all())]
            for opinion in opinions
        ],
    }


def case_of(actor: Actor, run: int) -> Case:
    """The case, with the opinions this actor may read and no other; raises NotFound for one he may not know of."""
    found = case_once_known(actor, run)
    if not _may_know(found):
        raise NotFound(what=str(run))
    return found


def case_once_known(actor: Actor, run: int) -> Case:
    """As `case_of`, also for one who knew of it a moment ago and has left it by his own act."""
    row = Run.objects.select_related("organ").filter(id=run).first()
    if row is None:
        raise NotFound(what=str(run))
    plan = in_force(actor, row.edition_id)
    counted = Opinion.objects.filter(turn__run=row).values_list("turn").annotate(n=Count("id"))
    return Case(
        actor=actor,
        row=row,
        plan=plan,
        turns=turns_under(row.route, Turn.objects.filter(run=row), actor, plan),
        opinions_in=dict(counted),
        parties=parties_of(actor, plan),
        bureau_side=sees_all(actor, plan),
    )


def turns_under(route: str, rows: QuerySet[Turn], actor: Actor, plan: InForce) -> tuple[Turn, ...]:
    """Turns of cases on one route, with what this actor may read of them."""
    # 先评后看 (house rule 8): what may not be seen is not even fetched.
    sealed = [step.id for step in course.steps_of(plan.pack, route) if step.sealed]
    open_to_all = Q(turn__closed_at__isnull=False) | ~Q(turn__step__in=sealed)
    readable = Opinion.objects.filter(open_to_all | Q(person=actor.person))
    turns = rows.prefetch_related(
        Prefetch("acts", Act.objects.select_related("person", "post__organ", "acting_for").order_by("id")),
        Prefetch("panel", Panelist.objects.select_related("person", "post").order_by("id")),
        Prefetch("opinions", readable.select_related("person", "post", "answer").order_by("id")),
        "opinions__addenda",
    )
    return tuple(turns.order_by("id"))


def _may_know(found: Case) -> bool:
    actor = found.actor
    if found.bureau_side or (actor.organ is not None and actor.organ == found.row.organ_id):
        return True
    if actor.kind != "person":
        return False
    if _sat(found):
        return True
    steps = (found.step(turn.step) for turn in found.turns)
    return any(step.by in found.parties and "opine" not in step.verbs and "submit" not in step.verbs for step in steps)


def _sat(found: Case) -> bool:
    """Whoever stepped aside or was excused knows of it no longer, unless his opinion is in."""
    seats = [one for turn in found.turns for one in turn.panel.all() if one.person_id == found.actor.person]
    if seats and not any(one.stepped_aside for one in seats):
        return True
    return any(one.person_id == found.actor.person for turn in found.turns for one in turn.opinions.all())
