"""What must then be so: each expectation compared with the world, told in a sentence when it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qingfu.base.errors import QingfuError
from qingfu.base.words import N_, Said, say
from qingfu.packfile.due import phase_period
from qingfu.packfile.gate import ask
from qingfu.packfile.play.places import state_on, taken_on
from qingfu.packfile.play.world import Tally, World
from qingfu.packfile.words.situation import Expect

DIFFERS = N_("{subject}: {what} should be {wanted}, and is {found}")
NOT_REFUSED = N_("fact {number} should be refused, and was not")
NOT_THERE = N_("{subject} is not there")
STATE, COUNT, DUE, WAS_DUE, STEP, FLAGS, TAKEN, CODE, VERDICT = (
    N_("state"), N_("count"), N_("due day"), N_("due day before"), N_("step"), N_("red lines"), N_("places taken"),
    N_("code"), N_("answer"),
)  # fmt: skip


def differences(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    """Every way in which the world is not as expected; empty when it is."""
    subject = next(name for name in _LOOK if getattr(expect, name) is not None)
    return _LOOK[subject](world, expect, refusals)


def _differ(subject: object, what: str, wanted: object, found: object) -> list[Said]:
    from_words = say(what)
    return [] if wanted == found else [say(DIFFERS, subject=subject, what=from_words, wanted=wanted, found=found)]


def _duty(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    key = expect.duty or ""
    tallies = _tallies(world, key, expect.unit)
    found: list[Said] = []
    if expect.state:
        counts = [_counts(world, key, tally)[expect.state] for tally in tallies]
        total = sum(tally.total for tally in tallies)
        wanted = total if expect.count is None else expect.count
        found += _differ(f"{key} {expect.state}", COUNT, wanted, sum(counts))
    if expect.due:
        found += _differ(key, DUE, expect.due, _iso(tallies[0].due.day))
    if expect.was_due:
        found += _differ(key, WAS_DUE, expect.was_due, _iso(tallies[0].due.original_day))
    return found


def _tallies(world: World, key: str, unit: str | None) -> list[Tally]:
    running = world.tally(key, unit, world.today)
    if unit is not None:
        return [running]
    units = {other for name, other, _ in world.tallies if name == key and other is not None}
    apart = [world.tally(key, other, world.today) for other in sorted(units)]
    untouched = running.counts["open"] == running.total
    return apart if apart and untouched else [running, *apart]


def _counts(world: World, key: str, tally: Tally) -> dict[str, int]:
    counts = {**tally.counts, "waiting": 0, "late": 0}
    late = tally.due.is_late(world.today)
    duty = world.pack.duties[key]
    if world.today < tally.opens:
        counts["waiting"], counts["open"] = counts["open"], 0
    elif late and duty.hand_in is None and duty.proof == "none":
        # Nobody is late with what leaves no proof: the clock lets it pass.
        counts["accepted"], counts["open"] = counts["accepted"] + counts["open"], 0
    elif late:
        counts["late"] = counts["open"] + counts["returned"]
    return counts


def _case(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    case = world.cases.get(expect.case or "")
    if case is None:
        return [] if expect.state == "draft" else [say(NOT_THERE, subject=expect.case)]
    found: list[Said] = []
    if expect.state:
        found += _differ(case.name, STATE, expect.state, case.position.state)
    if expect.step:
        found += _differ(case.name, STEP, expect.step, case.position.step)
    if expect.flags is not None:
        found += _differ(case.name, FLAGS, tuple(sorted(expect.flags)), tuple(sorted(case.flags)))
    return found


def _problem(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    lines = world.lines.get(expect.problem or "", [])
    if not lines:
        return [say(NOT_THERE, subject=expect.problem)]
    found: list[Said] = []
    if expect.state:
        inside = [line for line in lines if expect.state in (line.state, "revisited" if line.revisited else None)]
        wanted = len(lines) if expect.count is None else expect.count
        found += _differ(f"{expect.problem} {expect.state}", COUNT, wanted, len(inside))
    elif expect.count is not None:
        found += _differ(expect.problem, COUNT, expect.count, len(lines))
    if expect.due:
        due = lines[0].due
        found += _differ(expect.problem, DUE, expect.due, _iso(due.day if due else None))
    return found


def _list(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    key = expect.list_ or ""
    found: list[Said] = []
    if expect.taken is not None:
        found += _differ(key, TAKEN, expect.taken, taken_on(world, key, world.today))
    entries = [entry for entry in world.listed if entry.list == key]
    if expect.name:
        entries = [entry for entry in entries if expect.name in (entry.name, entry.case)]
        if not entries:
            return [*found, say(NOT_THERE, subject=expect.name)]
    if expect.state:
        inside = [entry for entry in entries if state_on(world, entry, world.today) == expect.state]
        if expect.count is not None:
            found += _differ(f"{key} {expect.state}", COUNT, expect.count, len(inside))
        elif not inside:
            state = state_on(world, entries[-1], world.today) if entries else None
            found += _differ(expect.name or key, STATE, expect.state, state)
    return found


def _gate(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    answer = ask(expect.name, world.admitted(world.today)) if expect.name else world.gate
    return _differ(expect.name or "gate", VERDICT, expect.gate, answer.verdict if answer else None)


def _refused(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    error = refusals.get(expect.refused or 0)
    if error is None:
        return [say(NOT_REFUSED, number=expect.refused)]
    return _differ(expect.refused, CODE, expect.code, error.code) if expect.code else []


def _phase(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    start, end = phase_period(world.pack, expect.phase or "")
    state = "to-come" if world.today < start else "over" if end and world.today > end else "running"
    found = _differ(expect.phase, STATE, expect.state, state) if expect.state else []
    return found + (_differ(expect.phase, DUE, expect.due, _iso(end)) if expect.due else [])


def _advisory(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    about = [one for one in world.pack.advisories if one.about == expect.advisory]
    if not about:
        return [say(NOT_THERE, subject=expect.advisory)]
    kinds = tuple(one.kind for one in about)
    return [] if expect.state in (None, *kinds) else _differ(expect.advisory, STATE, expect.state, kinds[0])


def _seated(world: World, expect: Expect, refusals: dict[int, QingfuError]) -> list[Said]:
    party = world.pack.parties[expect.seated or ""]
    found: list[Said] = []
    if expect.name is not None:
        inside = world.pack.parties[party.seated_in] if party.seated_in else party
        known = (party.organ, party.seated_in, inside.organ, party.any, party.of_case)
        found += [] if expect.name in known else _differ(expect.seated, STATE, expect.name, party.organ)
    if expect.count is not None:
        found += _differ(expect.seated, COUNT, expect.count, len(party.members))
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_Look = Callable[[World, Expect, dict[int, QingfuError]], list[Said]]
_LOOK: dict[str, _Look] = {
    "duty": _duty, "case": _case, "problem": _problem, "list_": _list, "gate": _gate, "refused": _refused,
    "phase": _phase, "advisory": _advisory, "seated": _seated,
}  # fmt: skip
