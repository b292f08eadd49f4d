"""The plan page in words: clauses in the document's own numbering, and beside each what it makes happen today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from qingfu.base.words import N_
from qingfu.packfile.words.plan import Advisory
from qingfu.packfile.words.when import Standing
from qingfu.records.enactment.queries import ClauseAlive, Figure, PlanPage, ThingAlive
from qingfu.records.plans.queries import MovedDate
from qingfu.web.navigation import address
from qingfu.web.parts import Bar
from qingfu.web.words import clause_number

KIND_WORDS = {
    "duties": N_("Duty"), "routes": N_("Approval route"), "lists": N_("List"), "evaluations": N_("Evaluation"),
    "disclosures": N_("Publication"), "problems-policy": N_("Ledger"), "problem-kinds": N_("Kind of problem"),
    "conduct": N_("Red line"), "criteria": N_("Admission criterion"), "intakes": N_("Where people may tell"),
    "visits": N_("Inspection"), "pairings": N_("Pairing"), "draws": N_("Drawing of lots"), "limits": N_("Limit"),
    "monitors": N_("Monitoring"), "measures": N_("Consequence"), "proposals": N_("Proposed measure"),
    "papers": N_("Official paper"), "parties": N_("Who acts"), "phases": N_("Phase"), "scopes": N_("Scope"),
    "forms": N_("Form"), "under": N_("Document above"), "links": N_("Tied to"),
}  # fmt: skip
ORDER = tuple(KIND_WORDS)
# What only frames other things stands in a line of its own, not as something that happens.
FRAMES = frozenset({"phases", "scopes", "forms", "under", "links"})
FRAMES_OTHERS = frozenset({"conduct", "criteria", "parties"})
ROOM_WORDS = {
    "clues": N_("tips and complaints"), "visits": N_("inspections"), "draws": N_("drawing of lots"),
    "monitoring": N_("monitoring"), "sanctions": N_("measures"), "documents": N_("official papers"),
}  # fmt: skip
# Why nothing is to be seen of a thing that runs.
NOT_YET = {
    "routes": N_("No application yet"), "lists": N_("Nobody on it yet"), "problem-kinds": N_("No line of this kind"),
    "problems-policy": N_("No line yet"), "disclosures": N_("Not published yet"), "evaluations": N_("None yet"),
}  # fmt: skip
RUNS_NOTHING = {
    "aim": N_("An aim: nothing to run"), "basis": N_("A basis: nothing to run"),
    "elsewhere": N_("Done elsewhere"), "missing-text": N_("The source is damaged here"),
    "declined": N_("We do not do this"),
}  # fmt: skip
ADVICE = {
    "superseded": N_("Superseded by a later rule"), "superseded-in-part": N_("Superseded in part by a later rule"),
    "in-tension": N_("In tension with a later rule"),
}  # fmt: skip


@dataclass(frozen=True)
class ThingTold:
    """One thing a clause makes happen. `subject` and `state` are said where a bar would say too much."""

    kind: str
    word: str
    says: str
    href: str
    awaits: str
    bars: tuple[Bar, ...]
    figures: tuple[str, ...]
    subject: str
    state: str
    late: int
    next_day: date | None
    was_day: date | None
    aside: str
    seat: str

    @property
    def is_bare(self) -> bool:
        """Whether there is nothing to be told about it beyond its name."""
        return not (self.bars or self.figures or self.state or self.seat or self.next_day)


@dataclass(frozen=True)
class Advice:
    """A later or higher rule beside a clause."""

    word: str
    says: str
    source: str
    since: str


@dataclass(frozen=True)
class Awaiting:
    """Things of one kind whose room is not built yet."""

    word: str
    says: tuple[str, ...]
    room: str


@dataclass(frozen=True)
class Elsewhere:
    """Things told of under an earlier clause, which has this anchor and this number."""

    clause: str
    number: str
    says: tuple[str, ...]


@dataclass(frozen=True)
class ClauseTold:
    """A clause as drawn: `number` is the source's own, which the line above may have too (`again`).

    `frames` are things that only frame others, by kind; `elsewhere` those told under an earlier clause.
    """

    id: str
    number: str
    again: bool
    opens_chapter: bool
    heading: str
    says: str
    official: str
    things: tuple[ThingTold, ...]
    awaiting: tuple[Awaiting, ...]
    frames: tuple[tuple[str, tuple[str, ...]], ...]
    elsewhere: tuple[Elsewhere, ...]
    why: str
    because: str
    advice: tuple[Advice, ...]
    late: int


@dataclass(frozen=True)
class PlanTold:
    """The whole page: its clauses, and what the head says of all of them."""

    clauses: tuple[ClauseTold, ...]
    running: int
    waiting_rooms: int
    late: tuple[ClauseTold, ...]
    late_total: int
    now: str
    moved: tuple[tuple[str, MovedDate], ...]


def told(page: PlanPage, seats: Mapping[str, str], today: date) -> PlanTold:
    """Shape the page. `seats` names the organ that fills each party."""
    seen: dict[tuple[str, str], str] = {}
    clauses = tuple(_clauses(page, seats, seen))
    things = {(thing.kind, thing.id): thing for clause in page.clauses for thing in clause.things}
    waiting = sum(1 for thing in things.values() if thing.awaits)
    ahead = [phase for phase in page.phases if phase.until is not None and phase.until >= today]
    now = min(ahead, key=lambda phase: phase.until or date.max).id if ahead else ""
    moved = tuple((_target(page, one.target), one) for one in page.moved if _target(page, one.target))
    # Several clauses may share a number: the first leads to all of them.
    late = {clause.number: clause for clause in reversed(clauses) if clause.late}
    shown = tuple(clause for clause in clauses if late.get(clause.number) is clause)
    return PlanTold(clauses, len(things) - waiting, waiting, shown, _late_total(clauses), now, moved)


def _late_total(clauses: Iterable[ClauseTold]) -> int:
    """How many are late. The ledger's own line counts what its kinds count, so its figure stands for theirs."""
    things = [thing for clause in clauses for thing in clause.things]
    whole = any(thing.kind == "problems-policy" for thing in things)
    return sum(thing.late for thing in things if not (whole and thing.kind == "problem-kinds"))


def _target(page: PlanPage, target: str) -> str:
    kind, _dot, key = target.partition(".")
    thing = page.plan.pack.things(kind).get(key) if kind in ("duties", "phases") else None
    return thing.says if thing else ""


def _clauses(
    page: PlanPage, seats: Mapping[str, str], seen: dict[tuple[str, str], str]
) -> Iterator[ClauseTold]:  # fmt: skip
    before = chapter = ""
    for clause in page.clauses:
        number = clause_number(clause.id)
        elsewhere = _elsewhere(clause, seen)
        here = _here(page, clause, seats, seen)
        framing = tuple(one for one in here if _frames(one, here, bool(elsewhere)))
        things = tuple(one for one in here if one not in framing)
        yield ClauseTold(
            id=clause.id,
            number=number,
            again=number == before,
            opens_chapter=_chapter(number) != chapter,
            heading=clause.heading,
            says=clause.says,
            official=clause.official,
            things=tuple(one for one in things if not one.awaits),
            awaiting=_awaiting(things),
            frames=_by_kind(framing),
            elsewhere=elsewhere,
            why=_(RUNS_NOTHING[clause.runs_nothing]) if clause.runs_nothing in RUNS_NOTHING else "",
            because=clause.because,
            advice=tuple(_advice(one) for one in clause.advisories),
            late=sum(thing.late for thing in things),
        )
        before, chapter = number, _chapter(number)


def _chapter(number: str) -> str:
    return number.split("(")[0].split("（")[0].split(".")[0]


def _advice(one: Advisory) -> Advice:
    return Advice(_(ADVICE[one.kind]), one.says, one.source, one.since or "")


def _key(thing: ThingAlive) -> tuple[str, str]:
    return thing.kind, thing.id


def _here(
    page: PlanPage, clause: ClauseAlive, seats: Mapping[str, str], seen: dict[tuple[str, str], str]
) -> tuple[ThingTold, ...]:
    """The things first named by this clause, what acts before what frames."""
    fresh = [one for one in clause.things if _key(one) not in seen]
    seen |= {_key(one): clause.id for one in fresh}
    return tuple(_thing(page, one, seats) for one in sorted(fresh, key=lambda one: ORDER.index(one.kind)))


def _elsewhere(clause: ClauseAlive, seen: Mapping[tuple[str, str], str]) -> tuple[Elsewhere, ...]:
    """What this clause makes happen too, but an earlier one has told of, by that clause."""
    told = (one for one in clause.things if _key(one) in seen and one.kind not in FRAMES | {"parties"})
    found = _together((seen[_key(one)], one.says) for one in sorted(told, key=lambda one: ORDER.index(one.kind)))
    return tuple(Elsewhere(first, clause_number(first), says) for first, says in found)


def _frames(one: ThingTold, here: tuple[ThingTold, ...], beside: bool) -> bool:
    if one.kind in FRAMES:
        return True
    others = any(other.kind not in FRAMES | FRAMES_OTHERS or not other.is_bare for other in here)
    return one.kind in FRAMES_OTHERS and one.is_bare and (others or beside)


def _by_kind(things: Iterable[ThingTold]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _together((one.word, one.says) for one in things)


def _awaiting(things: Iterable[ThingTold]) -> tuple[Awaiting, ...]:
    waiting = [one for one in things if one.awaits]
    rooms = {one.word: one.awaits for one in waiting}
    return tuple(Awaiting(word, says, rooms[word]) for word, says in _by_kind(waiting))


def _together(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for key, says in pairs:
        found.setdefault(key, []).append(says)
    return tuple((key, tuple(dict.fromkeys(says))) for key, says in found.items())


def _thing(page: PlanPage, thing: ThingAlive, seats: Mapping[str, str]) -> ThingTold:
    late = sum(figure.value for figure in thing.figures if figure.late)
    subject, state = _state(thing)
    return ThingTold(
        kind=thing.kind,
        word=_(KIND_WORDS.get(thing.kind, thing.kind_name)),
        says=thing.says,
        href=_href(page, thing),
        awaits=_(ROOM_WORDS.get(thing.awaits, thing.awaits)) if thing.awaits else "",
        bars=tuple(_bars(thing, late)),
        figures=() if state else tuple(_figures(thing.figures)),
        subject=subject,
        state=state,
        late=late,
        next_day=thing.next_day,
        was_day=thing.was_day,
        aside=_aside(page, thing),
        seat=seats.get(thing.id, "") if thing.kind == "parties" else "",
    )


def _bars(thing: ThingAlive, late: int) -> Iterable[Bar]:
    for figure in thing.figures:
        if figure.of is not None and (figure.of > 1 or thing.kind != "duties"):
            yield Bar(figure.value, figure.of, late, _(figure.names))


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    for figure in figures:
        if figure.of is None and not figure.late:
            yield _("{names}: {value}").format(names=_(figure.names), value=figure.value)


def _state(thing: ThingAlive) -> tuple[str, str]:
    """A thing that one organ alone does has a state, not a bar; what is published is published."""
    alone = next((figure for figure in thing.figures if figure.of == 1), None)
    if thing.kind == "duties" and alone is not None:
        return "task", "accepted" if alone.value else "open"
    return ("disclosure", "shown") if thing.kind == "disclosures" and thing.figures else ("", "")


def _aside(page: PlanPage, thing: ThingAlive) -> str:
    if thing.kind == "duties":
        duty = page.plan.pack.duties[thing.id]
        quiet = duty.hand_in is None and duty.proof == "none"
        if quiet and isinstance(duty.due, Standing):
            return _("Standing; nothing to hand in")
        return _("Nothing to hand in") if quiet else ""
    return "" if thing.figures else _(NOT_YET[thing.kind]) if thing.kind in NOT_YET else ""


def _href(page: PlanPage, thing: ThingAlive) -> str:
    edition = page.plan.edition
    known: dict[str, tuple[str, dict[str, object]]] = {
        "duties": ("duties", {"edition": edition, "duty": thing.id}),
        "routes": ("cases", {}),
        "lists": ("list", {}),
        "problem-kinds": ("problems", {"kind": thing.id}),
        "problems-policy": ("problems", {}),
    }
    to = known.get(thing.kind)
    if to is None or thing.awaits or page.plan.state != "in-force":
        return ""
    name, query = to
    where = address(name)
    return f"{where}?{urlencode(query)}" if where and query else where
