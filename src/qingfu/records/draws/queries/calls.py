"""The call list of a draw: whose turn it is, who was reached, who was replaced and why (D04)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from qingfu.base.actor import Actor
from qingfu.base.draw.notice import Notice, Share
from qingfu.base.draw.picking import needed
from qingfu.base.errors import NotFound
from qingfu.records.draws.models import Call, Draw, DrawRecord
from qingfu.records.draws.queries.ceremony import ceremony_of
from qingfu.records.draws.queries.rights import named
from qingfu.records.draws.queries.telling import ticket_views
from qingfu.records.draws.queries.views import CallLine, CallList, CallView, Coverage
from qingfu.records.draws.states import LOST, TAKEN_BACK
from qingfu.records.journal.queries import reading

_CLOSED = (*LOST, "reached")


def call_list(actor: Actor, draw: int) -> CallList:
    """The list of a draw that was run; NotFound before, and for matchings and classes, where nobody is called."""
    with reading(actor):
        row = named(actor, draw)
        made = DrawRecord.objects.filter(draw=row).values_list("content", flat=True).first()
        if made is None or row.kind not in ("pick", "share"):
            raise NotFound(what=str(draw))
        return listed(row, json.loads(bytes(made))["result"])


def listed(row: Draw, result: Mapping[str, Any]) -> CallList:
    at = ceremony_of(row)
    calls = _calls(row)
    turns: list[_Turn] = []
    exhausted = []
    drawn = strata_of(result)
    for marks, chosen, order in drawn:
        mine, full = _in_turn(marks, chosen, order, calls)
        turns += mine
        if not full:
            exhausted.append(marks)
    views = ticket_views(row, at, only={one.ticket for one in turns})
    lines = [
        CallLine(views[one.ticket], one.marks, one.reserve, one.follows, one.standing, one.calls, one.may_wait_again)
        for one in turns
    ]
    return CallList(
        draw=row.id,
        lines=tuple(lines),
        coverage=_coverage(at.notice, lines),
        reached=sum(line.standing == "reached" for line in lines),
        needed=sum(chosen for _, chosen, _ in drawn),
        exhausted=tuple(exhausted),
    )


def strata_of(result: Mapping[str, Any]) -> list[tuple[tuple[str, ...], int, list[str]]]:
    """The marks, the number to be drawn, and the whole order of every stratum; one without marks for a plain pick."""
    if "strata" in result:
        return [(tuple(one["marks"]), len(one["chosen"]), one["order"]) for one in result["strata"]]
    return [((), len(result["chosen"]), result["order"])]


def _calls(row: Draw) -> dict[str, tuple[CallView, ...]]:
    found: dict[str, tuple[CallView, ...]] = {}
    for one in Call.objects.filter(ticket__draw=row).select_related("ticket", "person").order_by("id"):
        own = one.person_id is not None and one.person_id == one.ticket.person_id
        said = CallView(one.outcome, one.reason, one.person.name if one.person else "", one.at, own)
        found[one.ticket.ticket] = (*found.get(one.ticket.ticket, ()), said)
    return found


def standing_of(calls: Sequence[CallView]) -> str:
    """What the last call came to; waiting before the first, and where it was taken back."""
    return calls[-1].outcome if calls and calls[-1].outcome != TAKEN_BACK else "waiting"


class _Turn(NamedTuple):
    """A ticket whose turn it is; `follows`: the lost one in whose place it stands."""

    ticket: str
    marks: tuple[str, ...]
    reserve: bool
    follows: str
    standing: str
    calls: tuple[CallView, ...]
    may_wait_again: bool = False


def _in_turn(
    marks: tuple[str, ...], chosen: int, order: Sequence[str], calls: Mapping[str, tuple[CallView, ...]]
) -> tuple[list[_Turn], bool]:
    """As many as were to be drawn, everybody lost on the way, and whether the order had enough."""
    turns: list[_Turn] = []
    lost: list[str] = []
    held = 0
    for place, ticket in enumerate(order):
        if held == chosen:
            break
        own = calls.get(ticket, ())
        standing = standing_of(own)
        # The first reserve stands in for the first one lost, and so on.
        follows = lost[place - chosen] if place >= chosen else ""
        turns.append(_Turn(ticket, marks, place >= chosen, follows, standing, own))
        if standing in LOST:
            lost.append(ticket)
        else:
            held += 1
    full = held == chosen
    # The last in turn is the one who would lose it.
    is_open = not full or (bool(turns) and turns[-1].standing == "waiting")
    return [one._replace(may_wait_again=_may_wait(one, is_open)) for one in turns], full


def _may_wait(one: _Turn, is_open: bool) -> bool:
    if one.standing == "reached":
        return True
    return one.standing in LOST and is_open and not one.calls[-1].own


def _coverage(notice: Notice, lines: Sequence[CallLine]) -> tuple[Coverage, ...]:
    """For every word of the method, every mark of it: a plan asks for its part in every school and every grade."""
    method = notice.method
    if not isinstance(method, Share):
        return ()
    found = []
    for word in method.by:
        pool: dict[str, int] = {}
        for one in notice.pool:
            pool[one.marks[word]] = pool.get(one.marks[word], 0) + 1
        for mark, size in pool.items():
            mine = [line for line in lines if line.ticket.marks.get(word) == mark]
            reached = sum(line.standing == "reached" for line in mine)
            waiting = sum(line.standing not in _CLOSED for line in mine)
            found.append(Coverage(word, mark, size, needed(method, size), reached, waiting))
    return tuple(found)


def line_of(calls: CallList, ticket: str) -> CallLine:
    """The line of a ticket; NotFound where it is not its turn."""
    found = next((line for line in calls.lines if line.ticket.ticket == ticket), None)
    if found is None:
        raise NotFound(what=ticket)
    return found
