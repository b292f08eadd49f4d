"""What must then be so, asked of the register's queries; every difference is told in a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from qingfu.base.errors import QingfuError
from qingfu.packfile.due import listed_span, span_of, terms_of
from qingfu.packfile.words.situation import Expect
from qingfu.records.affairs.queries import affair_of_run
from qingfu.records.duties.queries import TaskRow, counts
from qingfu.records.enactment.queries import plan_page
from qingfu.records.lists.queries import listings, rolls
from qingfu.records.people.queries import organ, posts
from qingfu.records.plans.queries import seats_of
from qingfu.records.problems.queries import ProblemView
from qingfu.records.routes.queries import run as run_of
from tests.register.duties import tasks
from tests.register.ledger import line
from tests.register.lists import at_the_gate
from tests.register.world import Case, World

Refusals = Mapping[int, QingfuError]
Looked = Iterator[tuple[str, object, object]]


def differences(world: World, expect: Expect, refusals: Refusals) -> list[str]:
    """Every way in which the register is not as expected."""
    subject = next(name for name in LOOK if getattr(expect, name) is not None)
    found = LOOK[subject](world, expect, refusals)
    return [
        f"{getattr(expect, subject)}: {what} should be {want!r}, is {got!r}" for what, want, got in found if want != got
    ]


def state_of(row: TaskRow) -> str:
    """The state of a task as a situation names it."""
    return "late" if row.late else row.state


def _duty(world: World, expect: Expect, refusals: Refusals) -> Looked:
    key = expect.duty or ""
    rows = tasks(world, key, unit=expect.unit)
    if expect.state:
        standing = Counter(row.state for row in rows) | Counter(state_of(row) for row in rows)
        yield expect.state, len(rows) if expect.count is None else expect.count, standing[expect.state]
        if expect.unit is None:
            yield from _board(world, key, rows)
    if expect.due:
        yield "due", {expect.due}, {_iso(row.due_on) for row in rows}
    if expect.was_due:
        yield "was due", {expect.was_due}, {_iso(row.moved_from) for row in rows}


def _board(world: World, key: str, rows: list[TaskRow]) -> Looked:
    """The sums of the duty board agree with its rows."""
    held = [one for one in counts(world.clock, edition=world.edition, at=world.at) if one.duty == key]
    held = [one for one in held if one.period in {row.period for row in rows}]
    yield "late on the board", sum(row.late for row in rows), sum(one.late for one in held)
    for name, state in (("accepted", "accepted"), ("handed_in", "handed-in"), ("waived", "waived")):
        yield f"{state} on the board", sum(row.state == state for row in rows), sum(getattr(o, name) for o in held)


def _case(world: World, expect: Expect, refusals: Refusals) -> Looked:
    case = world.cases.get(expect.case or "")
    if case is None:
        yield "state", expect.state, "draft"
        return
    held = run_of(world.clock, case.view.id, at=world.at)
    if expect.state:
        yield "state", expect.state, held.state
    if expect.step:
        yield "step", expect.step, held.step if held.state == "at" else None
    if expect.flags is not None:
        yield "red lines", set(expect.flags), flags_of(world, case)


def flags_of(world: World, case: Case) -> set[str]:
    """The red lines that the form warned of, and those that somebody confirmed since."""
    return set(case.seen) | {flag.conduct for flag in affair_of_run(world.clock, case.view.id, at=world.at).flags}


def _problem(world: World, expect: Expect, refusals: Refusals) -> Looked:
    lines = [line(world, key) for key in world.lines[expect.problem or ""]]
    if expect.state:
        count = sum(expect.state in states_of(one) for one in lines)
        yield expect.state, len(lines) if expect.count is None else expect.count, count
    elif expect.count is not None:
        yield "lines", expect.count, len(lines)
    if expect.due:
        yield "due", expect.due, _iso(lines[0].row.deadline)


def states_of(view: ProblemView) -> set[str]:
    """The state of a line, and `revisited` once somebody has looked again and it held."""
    struck = view.row.state == "struck-off" and bool(view.revisits) and view.revisits[-1].verdict == "holds"
    return {view.row.state} | ({"revisited"} if struck else set())


def _list(world: World, expect: Expect, refusals: Refusals) -> Looked:
    key = expect.list_ or ""
    if expect.taken is not None:
        yield "places taken", expect.taken, taken(world, key)
    rows = [row for row in listings(world.clock, edition=world.edition, size=500).rows if row.list == key]
    if expect.name:
        rows = [row for row in rows if expect.name == row.title]
        yield f"{expect.name} is there", True, bool(rows)
    if expect.state and expect.count is not None:
        yield expect.state, expect.count, sum(row.state == expect.state for row in rows)
    elif expect.state:
        yield "state", True, expect.state in {row.state for row in rows}


def taken(world: World, key: str) -> int:
    """Places taken in the span that is running, or in the next one where the list has none of this span."""
    held, terms = world.pack.lists[key], terms_of(world.pack)
    by_span = {roll.span: roll.taken for roll in rolls(world.clock, edition=world.edition) if roll.list == key}
    running = by_span.get(span_of(held.per, world.today, terms).key, 0)
    return running or by_span.get(listed_span(held, world.today, terms).key, 0)


def _gate(world: World, expect: Expect, refusals: Refusals) -> Looked:
    answer = at_the_gate(world, expect.name) if expect.name else world.gate
    yield expect.name or "the visitor", expect.gate, answer.verdict if answer else None


def _refused(world: World, expect: Expect, refusals: Refusals) -> Looked:
    error = refusals.get(expect.refused or 0)
    yield "refused", True, error is not None
    if expect.code and error:
        yield "code", expect.code, error.code


def _phase(world: World, expect: Expect, refusals: Refusals) -> Looked:
    page = plan_page(world.by(_bureau_side(world)), edition=world.edition, at=world.at)
    phase = next(one for one in page.phases if one.id == expect.phase)
    to_come = bool(phase.from_) and world.today.isoformat() < phase.from_
    if expect.state:
        yield "state", expect.state, "to-come" if to_come else "over" if phase.over else "running"
    if expect.due:
        yield "until", expect.due, _iso(phase.until)


def _bureau_side(world: World) -> str:
    return next(key for key, party in world.pack.parties.items() if party.sees == "all")


def _advisory(world: World, expect: Expect, refusals: Refusals) -> Looked:
    """It stands on the plan page beside the clause it is about."""
    page = plan_page(world.by(_bureau_side(world)), edition=world.edition, at=world.at)
    shown = {one.kind for clause in page.clauses for one in clause.advisories if one.about == expect.advisory}
    yield "is on the plan page", True, bool(shown)
    if expect.state:
        yield "kind", True, expect.state in shown


def _seated(world: World, expect: Expect, refusals: Refusals) -> Looked:
    """The organ that fills the party, the one it sits in, and the posts the plan gives it."""
    seat = next((one.organ for one in seats_of(world.clock, world.plan) if one.party == expect.seated), None)
    yield "seated", True, seat is not None
    if seat is None:
        return
    if expect.name is not None:
        within = [organ(world.clock, seat.parent)] if seat.parent else []
        seated_in = [key for key, its in world.plan.seats.items() if its == seat.parent]
        yield "organ", True, expect.name in [seat.name, *seated_in, *(one.name for one in within)]
    if expect.count is not None:
        named = {f"{m.title}：{m.who}" for m in world.pack.parties[expect.seated or ""].members}
        there = [post.title for post in posts(world.clock, organ=seat.id, on=world.today)]
        yield "posts", expect.count, len([title for title in there if title in named])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


LOOK: dict[str, Callable[[World, Expect, Refusals], Looked]] = {
    "duty": _duty, "case": _case, "problem": _problem, "list_": _list, "gate": _gate, "refused": _refused,
    "phase": _phase, "advisory": _advisory, "seated": _seated,
}  # fmt: skip
