"""Who goes where in each round by now; and, where somebody does not go, who goes instead (P21, D10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.draw.substitutes import ABSENT, RECUSED
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.papers.export import Heading, as_xlsx
from qingfu.papers.export import Table as Sheet
from qingfu.records.draws import actions, queries
from qingfu.records.draws.queries import DrawView, MatchView, Party, Proposal, Replaced, Seat
from qingfu.records.enactment import actions as enactment
from qingfu.web.desk import Desk, page
from qingfu.web.draws.making import SHEET
from qingfu.web.draws.matching.wording import CAUSES, bar_says
from qingfu.web.draws.wording import method_says
from qingfu.web.files import download
from qingfu.web.parts import Cell, Table

_ROUND = N_("Choose a round of this matching.")
_TAKER = N_("Choose who does not go.")
_TARGET = N_("Choose the target that this inspector must not go to.")


@dataclass(frozen=True)
class Gone:
    """What was said of somebody who does not go."""

    cause: str
    in_round: int
    taker: str
    target: str
    reason: str


@dataclass(frozen=True)
class Told:
    """A visit that is not made, as the page says it; `counted`: why nobody is left, with how many of each."""

    one: Replaced
    cause: str
    counted: tuple[str, ...]


@page("draws")
def matching(desk: Desk, draw: int) -> HttpResponse:
    """Rounds, loads, what was replaced; and the form for somebody who does not go."""
    shown, view = _read(desk, draw)
    return _page(desk, shown, view)


def _read(desk: Desk, draw: int) -> tuple[DrawView, MatchView]:
    queries.require_holder(desk.actor)
    shown = queries.draw(desk.actor, draw)
    if shown.record is None:
        raise NotFound(what=_("a result before the draw is run"))
    return shown, queries.matching(desk.actor, draw)


def _page(desk: Desk, shown: DrawView, view: MatchView, proposed: Proposal | None = None) -> HttpResponse:
    seats = [seat for seats in view.rounds for seat in seats]
    return desk.show(
        "draws/matching.html", draw=shown, view=view, method=method_says(shown.notice.method), loads=_loads(view),
        rounds=list(enumerate(view.rounds, start=1)), changes=[_told(one) for one in reversed(view.changes)],
        targets=_targets(view), causes=[(key, _(says)) for key, says in CAUSES.items()],
        proposed=[_told(one) for one in proposed.changes] if proposed else (), seen=proposed.digest if proposed else "",
        chosen=_chosen(desk), nobody=sum(seat.taker is None for seat in seats),
    )  # fmt: skip


def _targets(view: MatchView) -> list[Party]:
    return [seat.target for seat in view.rounds[0]] if view.rounds else []


def _chosen(desk: Desk) -> dict[str, str]:
    """What the form stands at: as it was sent, or as a link of a round begins it."""
    names = ("cause", "round", "taker", "target", "reason")
    return {name: desk.typed(name, ABSENT if name == "cause" else "") for name in names}


def _loads(view: MatchView) -> Table:
    heads = (
        _("Inspector"), *(_("Round {n}").format(n=n) for n in range(1, len(view.rounds) + 1)), _("In all"),
        _("As drawn"), _("At most"),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(one.taker.name, zh=True),
            *(Cell(str(n), number=True) for n in one.rounds),
            Cell(str(one.total), number=True),
            Cell(str(one.drawn), number=True),
            Cell("—" if one.most is None else str(one.most), number=True),
        )
        for one in view.loads
    )
    return Table(_("How often does each inspector go?"), heads, rows, frozenset(range(1, len(heads))))


def _told(one: Replaced) -> Told:
    whys = dict.fromkeys(why for _who, why in one.barred)
    counted = [
        _("{n} {why}").format(n=sum(each == why for _who, each in one.barred), why=bar_says(why)) for why in whys
    ]
    return Told(one, bar_says(one.cause), tuple(counted) if one.heir is None else ())


def _said(desk: Desk, view: MatchView) -> Gone:
    """What was sent; Invalid names the field that is wrong."""
    post = desk.request.POST
    cause, taker, target = post.get("cause", ""), post.get("taker", ""), post.get("target", "")
    text = post.get("round", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if cause not in CAUSES:
        raise Invalid(FieldFault("cause", actions.NO_CAUSE))
    if taker not in {one.ticket for one in view.takers}:
        raise Invalid(FieldFault("taker", _TAKER))
    if cause == ABSENT and not 1 <= number <= len(view.rounds):
        raise Invalid(FieldFault("round", _ROUND))
    if cause == RECUSED and target not in {one.ticket for one in _targets(view)}:
        raise Invalid(FieldFault("target", _TARGET))
    reason = post.get("reason", "").strip()
    if not 0 < len(reason) <= 200:
        raise Invalid(FieldFault("reason", actions.NO_WHY))
    return Gone(cause, number, taker, target if cause == RECUSED else "", reason)


@matching.act("propose")
def propose(desk: Desk, draw: int) -> HttpResponse:
    """Show who would go instead; nothing is kept yet."""
    shown, view = _read(desk, draw)
    said = _said(desk, view)
    found = queries.proposal(
        desk.actor, draw=draw, cause=said.cause, in_round=said.in_round, taker=said.taker, target=said.target
    )
    return _page(desk, shown, view, found)


@matching.act("substitute")
def substitute(desk: Desk, draw: int) -> HttpResponse:
    """Keep who does not go, why, and who goes instead; a published matching says so too."""
    _shown, view = _read(desk, draw)
    said = _said(desk, view)
    after = enactment.substitute(
        desk.actor, draw=draw, cause=said.cause, in_round=said.in_round, taker=said.taker, target=said.target,
        reason=said.reason, seen=desk.request.POST.get("seen", "—"), client_id=desk.client_id, at=desk.at,
    )  # fmt: skip
    made = after.changes[len(view.changes) :] or after.changes[-1:]
    return desk.go("draw-matching", draw=draw, said=_went(made))


def _went(made: Sequence[Replaced]) -> str:
    heirs = sum(one.heir is not None for one in made)
    said = []
    if heirs:
        went = ngettext("{n} visit goes to somebody else.", "{n} visits go to somebody else.", heirs)
        said.append(went.format(n=heirs))
    if left := len(made) - heirs:
        said.append(ngettext("{n} visit has nobody now.", "{n} visits have nobody now.", left).format(n=left))
    return " ".join(said)


@dataclass(frozen=True)
class Slip:
    """What one inspector is handed: the tickets and names he goes to, round by round."""

    taker: Party
    rounds: tuple[tuple[int, tuple[Seat, ...]], ...]
    total: int


@page("draws")
def visits(desk: Desk, draw: int) -> HttpResponse:
    """A slip for each inspector: where he goes in which round."""
    shown, view = _read(desk, draw)
    asked = desk.request.GET.get("taker", "")
    takers = [one for one in view.takers if one.ticket == asked] or list(view.takers)
    return desk.show("draws/visits.html", draw=shown, slips=[_slip(view, one) for one in takers], today=None)


def _slip(view: MatchView, taker: Party) -> Slip:
    mine = view.visits(taker.ticket)
    rounds = tuple((n, tuple(seat for seat in mine if seat.round == n)) for n in range(1, len(view.rounds) + 1))
    return Slip(taker, rounds, len(mine))


@page("draws")
def assignment(desk: Desk, draw: int) -> HttpResponse:
    """Everything as a workbook: who goes where, how often, what was replaced."""
    shown, view = _read(desk, draw)
    tables = (_sheet_of_visits(view), _sheet_of_loads(view), _sheet_of_changes(view))
    return download(f"{shown.number}.xlsx", as_xlsx(*tables, at=desk.at, translate=_), SHEET)


def _sheet_of_visits(view: MatchView) -> Sheet:
    heads = (
        Heading(_("Round"), "number", 8), Heading(_("Ticket")), Heading(_("Target"), width=32),
        Heading(_("Inspector"), width=32), Heading(_("Drawn first"), width=32),
    )  # fmt: skip
    rows = tuple(
        (
            seat.round, seat.target.ticket, seat.target.name, seat.taker.name if seat.taker else _("nobody"),
            seat.drawn.name if seat.replaced else "",
        )
        for seats in view.rounds
        for seat in seats
    )  # fmt: skip
    return Sheet(_("Who goes where"), heads, rows)


def _sheet_of_loads(view: MatchView) -> Sheet:
    numbers = [_("Round {n}").format(n=n) for n in range(1, len(view.rounds) + 1)]
    heads = (
        Heading(_("Ticket")), Heading(_("Inspector"), width=32), *(Heading(one, "number", 10) for one in numbers),
        Heading(_("In all"), "number", 10), Heading(_("At most"), "number", 10),
    )  # fmt: skip
    rows = tuple((one.taker.ticket, one.taker.name, *one.rounds, one.total, one.most) for one in view.loads)
    return Sheet(_("Loads"), heads, rows)


def _sheet_of_changes(view: MatchView) -> Sheet:
    heads = (
        Heading(_("Round"), "number", 8), Heading(_("Target"), width=32), Heading(_("Does not go"), width=32),
        Heading(_("Cause")), Heading(_("Why"), width=32), Heading(_("Goes instead"), width=32), Heading(_("Noted by")),
        Heading(_("On"), "day"),
    )  # fmt: skip
    rows = tuple(
        (
            one.round, one.target.name, one.gone.name, bar_says(one.cause), one.reason,
            one.heir.name if one.heir else _("nobody"), one.by, one.at,
        )
        for one in view.changes
    )  # fmt: skip
    return Sheet(_("Who went instead"), heads, rows)
