"""What follows a report or an order about a limit: judging at once; what the first week shows is handed in as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.words import N_, translator
from qingfu.packfile.words.asks import Form
from qingfu.packfile.words.pack import Pack
from qingfu.records.duties.actions import hand_in
from qingfu.records.duties.queries import owed_by
from qingfu.records.journal.actions import deed
from qingfu.records.monitoring import actions as monitoring
from qingfu.records.monitoring.queries import (
    BoardView,
    ClassView,
    FilingView,
    LimitView,
    judging_plans,
    term,
    term_on,
    terms,
)
from qingfu.records.plans.queries import in_force

WHERE = N_("the school's public page")


def report_rows(
    actor: Actor, *, table: str, organ: int, term_id: int, rows: Sequence[Mapping[str, object]], way: str = "form",
    on_behalf: str = "", client_id: UUID | None = None, at: datetime,
) -> FilingView:  # fmt: skip
    """Report rows and judge the school by them, so that whoever reports sees at once what breaks a limit."""
    with deed(actor):
        view = monitoring.file_rows(
            actor, table=table, organ=organ, term=term_id, rows=rows, way=way, on_behalf=on_behalf,
            client_id=client_id, at=at,
        )  # fmt: skip
        _judge(actor, organ, term_id, at)
        return view


def take_back_rows(
    actor: Actor, *, table: str, organ: int, term_id: int, rows: Sequence[int], reason: str,
    client_id: UUID | None = None, at: datetime,
) -> FilingView:  # fmt: skip
    """Take back rows reported by mistake, and judge the school by what is left."""
    with deed(actor):
        view = monitoring.take_back(
            actor, table=table, organ=organ, rows=rows, reason=reason, client_id=client_id, at=at
        )  # fmt: skip
        _judge(actor, organ, term_id, at)
        return view


def report_classes(
    actor: Actor, *, organ: int, year: int, rows: Sequence[Mapping[str, object]], whole: bool = False,
    way: str = "form", on_behalf: str = "", client_id: UUID | None = None, at: datetime,
) -> tuple[ClassView, ...]:  # fmt: skip
    """Report the classes of a school year, and judge the school by them in every term of it that has begun."""
    with deed(actor):
        found = monitoring.file_classes(
            actor, organ=organ, year=year, rows=rows, whole=whole, way=way, on_behalf=on_behalf, client_id=client_id,
            at=at,
        )  # fmt: skip
        for one in terms(actor):
            if one.year == year and one.from_on <= day_of(at):
                _judge(actor, organ, one.id, at)
        return found


def _judge(actor: Actor, organ: int, term_id: int, at: datetime) -> None:
    clock = Actor.clock(actor.bureau)
    view = term(clock, term_id)
    for plan in judging_plans(clock):
        monitoring.judge(clock, plan=plan, term=view, school=organ, at=at)


def order_limit(
    actor: Actor, *, edition: int, limit_key: str, bounds: Mapping[str, int] | None, reason: str, from_on: date,
    client_id: UUID | None = None, at: datetime,
) -> LimitView:  # fmt: skip
    """Order other numbers for a limit, or the plan's own again, and judge the running term by what holds now."""
    with deed(actor):
        view = monitoring.order_limit(
            actor, edition=edition, limit_key=limit_key, bounds=bounds, reason=reason, from_on=from_on,
            client_id=client_id, at=at,
        )  # fmt: skip
        _judge_running(actor, edition, at)
        return view


def set_limit_beside(
    actor: Actor, *, edition: int, source: Pack, limit_key: str, reason: str, from_on: date,
    client_id: UUID | None = None, at: datetime,
) -> LimitView:  # fmt: skip
    """Put a limit of another pack in force beside the plan, and judge the running term by what holds now."""
    with deed(actor):
        view = monitoring.set_beside(
            actor, edition=edition, source=source, limit_key=limit_key, reason=reason, from_on=from_on,
            client_id=client_id, at=at,
        )  # fmt: skip
        _judge_running(actor, edition, at)
        return view


def _judge_running(actor: Actor, edition: int, at: datetime) -> None:
    clock = Actor.clock(actor.bureau)
    running = term_on(clock, day_of(at))
    if running is not None:
        monitoring.judge(clock, plan=in_force(clock, edition), term=running, at=at)


def post_first_week(
    actor: Actor, *, organ: int, term_id: int, on_behalf: str = "", client_id: UUID | None = None, at: datetime
) -> BoardView:  # fmt: skip
    """Show the documents of the first week; the task that asks whether they are shown is handed in by it (C11).

    The bureau's office does both `on_behalf` of whoever signed the school's paper.
    """
    with deed(actor):
        board = monitoring.post_board(
            actor, organ=organ, term=term_id, on_behalf=on_behalf, client_id=client_id, at=at
        )  # fmt: skip
        keys = {one.document.key for one in board.documents}
        for row in owed_by(actor, organ=organ, at=at):
            plan = in_force(actor, row.edition)
            form = (plan.pack.duties[row.duty].hand_in or "").removeprefix("forms.")
            if row.state in ("open", "returned") and form and keys <= {item.id for item in plan.pack.forms[form].items}:
                hand_in(
                    actor,
                    task=row.id,
                    content=_answers(plan.pack.forms[form], keys, plan.pack.plan.language, at),
                    on_behalf="" if actor.organ == organ else on_behalf,
                    at=at,
                )
        return board


def _answers(form: Form, keys: set[str], language: str, at: datetime) -> dict[str, object]:
    """What the form asks, from what has just been shown."""
    said: dict[str, object] = {}
    for item in form.items:
        if item.id in keys and item.answer == "yes-no":
            said[item.id] = "yes"
        elif item.means == "happened":
            said[item.id] = day_of(at).isoformat()
        elif item.means == "place":
            said[item.id] = translator(language)(WHERE)
    return said
