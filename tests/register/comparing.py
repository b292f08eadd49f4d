"""Everything the offline player knows at the end of a situation, beside what the register then holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from qingfu.packfile.play.expecting import _counts as counted
from qingfu.packfile.play.places import state_on, taken_on
from qingfu.packfile.play.world import Line
from qingfu.packfile.play.world import World as Offline
from qingfu.records.lists.queries import listings
from qingfu.records.routes.queries import run as run_of
from tests.register.cases import LISTED_BEFORE
from tests.register.duties import tasks
from tests.register.expecting import flags_of, states_of, taken
from tests.register.ledger import line
from tests.register.lists import standing
from tests.register.world import World

Both = Iterator[tuple[str, object, object]]
TASKS = ("waiting", "open", "handed-in", "returned", "accepted", "waived", "late")


def disagreements(offline: Offline, world: World) -> list[str]:
    """Every thing of which the player and the register hold different things to be so."""
    every = (_cases, _lines, _places, _tasks)
    return [
        f"{what}: the player says {said!r}, the register {held!r}"
        for look in every
        for what, said, held in look(offline, world)
        if said != held
    ]


def _cases(offline: Offline, world: World) -> Both:
    names = {name for name in world.cases if not name.startswith(LISTED_BEFORE)}
    yield "cases", set(offline.cases), names
    for name in names & set(offline.cases):
        said, case = offline.cases[name], world.cases[name]
        held = run_of(world.clock, case.view.id, at=world.at)
        step = held.step if held.state == "at" else None
        yield name, (said.position.state, said.position.step), (held.state, step)
        if held.kind == "affair":
            yield f"red lines of {name}", said.flags, flags_of(world, case)


def _lines(offline: Offline, world: World) -> Both:
    for name, said in offline.lines.items():
        held = [line(world, key) for key in world.lines.get(name, [])]
        theirs = Counter((frozenset(states_of(one)), one.row.deadline) for one in held)
        yield name, Counter(_line(one) for one in said), theirs


def _line(said: Line) -> tuple[frozenset[str], date | None]:
    states = {said.state, "revisited"} if said.revisited else {said.state}
    return frozenset(states), said.due.day if said.due else None


def _places(offline: Offline, world: World) -> Both:
    given = world.cases.keys() - offline.cases.keys()
    rows = listings(world.clock, edition=world.edition, size=500).rows
    held = {(row.list, row.span, row.title): (row.state, row.valid_from) for row in rows}
    said = {
        (one.list, one.span.key, one.name): (state_on(offline, one, world.today), one.since) for one in offline.listed
    }
    if given:
        return  # what was listed before the situation began the player knows nothing of
    yield "places", said, held
    yield "admitted", set(offline.admitted(world.today)), set(standing(world))
    for key in world.pack.lists:
        yield f"taken on {key}", taken_on(offline, key, world.today), taken(world, key)


def _tasks(offline: Offline, world: World) -> Both:
    for (key, unit, occurrence), tally in offline.tallies.items():
        rows = [row for row in tasks(world, key, unit=unit) if row.period == occurrence]
        if unit is None:
            apart = [other for name, other, _ in offline.tallies if name == key and other]
            inside = {organ for other in apart for organ in world.organs(world.pack.scopes[other].each, other)}
            rows = [row for row in rows if row.organ.id not in inside]
        states = Counter(row.state for row in rows)
        late = sum(row.late for row in rows)
        said = counted(offline, key, tally)
        yield f"{key} {unit or ''}", {k: said[k] for k in TASKS}, {**{k: states[k] for k in TASKS}, "late": late}
        days = {(row.due_on, row.moved_from or row.due_on) for row in rows}
        yield f"days of {key}", {(tally.due.day, tally.due.original_day)}, days
