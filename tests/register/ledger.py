"""Facts about problems, by the verbs of the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qingfu.base.actor import Actor
from qingfu.packfile.words.situation import Fact
from qingfu.records.problems import actions as problems
from qingfu.records.problems.queries import ProblemView, problem
from tests.register.units import OWNERS
from tests.register.world import World

TO_PLAN = (("found", "reopened"), ("planned", "sent-back"))
TO_REPORT = (("planned", "sent-back"), ("found", "reopened"))


def line(world: World, key: int) -> ProblemView:
    """A line as the clock sees it."""
    return problem(world.clock, key, at=world.at)


def find_problem(world: World, fact: Fact) -> None:
    """Whoever keeps the ledger enters lines."""
    kind = world.pack.scopes[fact.unit].each if fact.unit else OWNERS
    owner = world.organs(kind, fact.unit)[0]
    for _ in range(fact.count):
        world.tick()
        named = world.lines.setdefault(fact.as_ or "", [])
        made = problems.find(
            _keeper(world), plan=world.plan, title=f"{fact.as_} {len(named) + 1}", owner=owner, kind=fact.kind or "",
            source="office", found_on=world.today, at=world.at,
        )  # fmt: skip
        named.append(made.id)


def _keeper(world: World, person: str = "") -> Actor:
    policy = world.pack.problems_policy
    assert policy is not None
    return world.by(policy.kept_by, person)


def _owner(world: World, key: int, person: str | None) -> Actor:
    return world.somebody(line(world, key).row.owner, person or "")


def _other(world: World, key: int, person: str | None) -> Actor:
    """Whoever looks: of the ledger's keeper, unless he is somebody of the owner whom we know already."""
    owner = line(world, key).row.owner
    known = (owner, person or "") in world.actors
    return world.somebody(owner, person or "") if known else _keeper(world, person or "")


def plan_rectification(world: World, fact: Fact) -> None:
    """The owner says how, to which standard, by when, and who."""
    said = fact.answers

    def done(key: int) -> object:
        actor = _owner(world, key, fact.person)
        return problems.plan_rectification(
            actor, problem=key, measure=said.get("measure", ""), standard=said.get("standard", ""),
            deadline=date.fromisoformat(said["deadline"]) if "deadline" in said else None,
            person=actor.person if fact.person and "person" not in said else None,
            person_name=said.get("person", ""), at=world.at,
        )  # fmt: skip

    _on(world, fact, TO_PLAN, done)


def report_done(world: World, fact: Fact) -> None:
    """The owner says it is done."""
    _on(world, fact, TO_REPORT, lambda key: problems.report_done(
        _owner(world, key, fact.person), problem=key, text="已整改", at=world.at
    ))  # fmt: skip


def verify(world: World, fact: Fact) -> None:
    """Somebody strikes it off."""
    _on(world, fact, (("reported",),), lambda key: problems.strike_off(
        _other(world, key, fact.person), problem=key, at=world.at
    ))  # fmt: skip


def send_back(world: World, fact: Fact) -> None:
    """Somebody sends it back."""
    _on(world, fact, (("reported",),), lambda key: problems.send_back(
        _other(world, key, fact.person), problem=key, reason="没有改到位", at=world.at
    ))  # fmt: skip


def revisit(world: World, fact: Fact) -> None:
    """Somebody looks again, and it holds."""
    _on(world, fact, (("struck-off",),), lambda key: problems.revisit(
        _other(world, key, fact.person), problem=key, verdict="holds", at=world.at
    ))  # fmt: skip


def relapse(world: World, fact: Fact) -> None:
    """Somebody looks again, and it has come back."""
    _on(world, fact, (("struck-off",),), lambda key: problems.revisit(
        _other(world, key, fact.person), problem=key, verdict="relapsed", note="又发现同样的问题", at=world.at
    ))  # fmt: skip


def _on(world: World, fact: Fact, sources: tuple[tuple[str, ...], ...], do: Callable[[int], object]) -> None:
    """Do it on as many lines as the fact counts, or on all that are where they must be; on one in vain otherwise."""
    named = world.lines[fact.as_ or ""]
    states = {key: line(world, key).row.state for key in named}
    ready = next((held for source in sources if (held := [key for key in named if states[key] in source])), [])
    wanted = fact.count if "count" in fact.model_fields_set else len(ready)
    for key in ready[:wanted] if ready and len(ready) >= wanted else named[:1]:
        world.tick()
        do(key)
