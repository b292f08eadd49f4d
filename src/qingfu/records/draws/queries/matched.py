"""A matching that was run: who goes where in each round by now, who was replaced, and who would go instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.draw.substitutes import ABSENT, RECUSED, Change, Gone, Matched, Standing, absence, matched, standing
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.records.draws.models import Draw, DrawRecord, Substitute, Ticket
from qingfu.records.draws.queries.rights import named
from qingfu.records.journal.queries import reading

NOWHERE = N_("{name} goes nowhere in round {round}; somebody may have noted it already.")
NOT_THERE = N_("{name} does not go to {target}; somebody may have noted it already.")


@dataclass(frozen=True)
class Party:
    """An inspector or a target: the ticket, and the name behind it."""

    ticket: str
    name: str


@dataclass(frozen=True)
class Seat:
    """A target in a round: who was drawn for it, and who stands for it now; nobody, if None."""

    round: int
    target: Party
    drawn: Party
    taker: Party | None

    @property
    def replaced(self) -> bool:
        return self.taker != self.drawn


@dataclass(frozen=True)
class Load:
    """How much somebody goes: drawn in all, and in each round by now."""

    taker: Party
    most: int | None
    drawn: int
    rounds: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.rounds)


@dataclass(frozen=True)
class Replaced:
    """A visit that is not made, and who goes instead. `barred`: why each of the others does not."""

    round: int
    target: Party
    gone: Party
    cause: str
    heir: Party | None
    barred: tuple[tuple[Party, str], ...]
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class MatchView:
    """A matching with the names behind its tickets, for the organiser."""

    draw: int
    takers: tuple[Party, ...]
    rounds: tuple[tuple[Seat, ...], ...]
    loads: tuple[Load, ...]
    changes: tuple[Replaced, ...]

    def visits(self, ticket: str) -> tuple[Seat, ...]:
        """Where somebody goes by now, round by round."""
        return tuple(seat for seats in self.rounds for seat in seats if seat.taker and seat.taker.ticket == ticket)


@dataclass(frozen=True)
class Proposal:
    """Who goes instead, visit by visit; `digest` is what is seen before it is confirmed."""

    changes: tuple[Replaced, ...]

    @property
    def digest(self) -> str:
        return digest(
            [[one.round, one.target.ticket, one.gone.ticket, one.heir and one.heir.ticket] for one in self.changes]
        )


def matching(actor: Actor, draw: int) -> MatchView:
    """NotFound before it was run, for other draws, and for whoever may not know the names."""
    with reading(actor):
        return matching_of(named(actor, draw))


def proposal(actor: Actor, *, draw: int, cause: str, in_round: int, taker: str, target: str = "") -> Proposal:
    """What the draw determines where somebody is absent in a round, or recuses from a target; nothing is kept.

    Invalid where that inspector stands for nothing there.
    """
    with reading(actor):
        row = named(actor, draw)
        return proposed(row, cause=cause, in_round=in_round, taker=taker, target=target)


def proposed(row: Draw, *, cause: str, in_round: int, taker: str, target: str) -> Proposal:
    drawn, kept, known = drawn_of(row), kept_of(row), _parties(row)
    before = [_gone(one) for one in kept]
    fresh = _leaving(standing(drawn, before), cause, in_round, taker, target)
    if not fresh:
        names = {"name": _name(known, taker), "target": _name(known, target), "round": in_round}
        raise Invalid(FieldFault("taker", NOWHERE if cause == ABSENT else NOT_THERE, names))
    after = standing(drawn, [*before, *fresh])
    return Proposal(tuple(_told(one, known) for one in after.changes[len(before) :]))


def _name(known: Mapping[str, Party], ticket: str) -> str:
    return known[ticket].name if ticket in known else ticket


def _leaving(at: Standing, cause: str, in_round: int, taker: str, target: str) -> tuple[Gone, ...]:
    if cause == ABSENT:
        return absence(at, taker=taker, in_round=in_round)
    stands = [n for n in range(1, len(at.rounds) + 1) if target in at.visits_of(taker, in_round=n)]
    return tuple(Gone(RECUSED, n, target) for n in stands if cause == RECUSED)


def drawn_of(row: Draw) -> Matched:
    """The matching in the record of a draw; NotFound where there is none."""
    content = DrawRecord.objects.filter(draw=row).values_list("content", flat=True).first()
    if content is None or row.kind != "match":
        raise NotFound(what=str(row.id))
    return matched(bytes(content))


def kept_of(row: Draw) -> Sequence[Substitute]:
    """What was noted so far, in its order."""
    rows = Substitute.objects.filter(draw=row).select_related("target", "gone", "person")
    return list(rows.order_by("place"))


def _gone(one: Substitute) -> Gone:
    return Gone(one.cause, one.round, one.target.ticket)


def _parties(row: Draw) -> Mapping[str, Party]:
    found = Ticket.objects.filter(draw=row).values_list("ticket", "name")
    return {ticket: Party(ticket, name) for ticket, name in found}


def matching_of(row: Draw) -> MatchView:
    drawn, kept, known = drawn_of(row), kept_of(row), _parties(row)
    at = standing(drawn, [_gone(one) for one in kept])
    rounds = tuple(
        tuple(
            Seat(n, known[target], known[taker], known.get(now[target] or ""))
            for target, taker in sorted(first.items())
        )
        for n, (first, now) in enumerate(zip(drawn.rounds, at.rounds, strict=True), start=1)
    )
    changes = tuple(_told(one, known, kept=row) for one, row in zip(at.changes, kept, strict=True))
    return MatchView(
        draw=row.id, takers=tuple(known[one.ticket] for one in drawn.method.takers), rounds=rounds,
        loads=_loads(drawn, rounds, known), changes=changes,
    )  # fmt: skip


def _loads(drawn: Matched, rounds: Sequence[Sequence[Seat]], known: Mapping[str, Party]) -> tuple[Load, ...]:
    return tuple(
        Load(
            taker=known[one.ticket],
            most=one.most,
            drawn=sum(seat.drawn.ticket == one.ticket for seats in rounds for seat in seats),
            rounds=tuple(
                sum(seat.taker is not None and seat.taker.ticket == one.ticket for seat in seats) for seats in rounds
            ),
        )
        for one in drawn.method.takers
    )


def _told(one: Change, known: Mapping[str, Party], *, kept: Substitute | None = None) -> Replaced:
    return Replaced(
        round=one.gone.round,
        target=known[one.gone.target],
        gone=known[one.taker],
        cause=one.gone.cause,
        heir=known[one.substitute] if one.substitute else None,
        barred=tuple((known[each.taker], each.why) for each in one.barred),
        reason=kept.reason if kept else "",
        by=kept.person.name if kept and kept.person else "",
        at=kept.at if kept else None,
    )
