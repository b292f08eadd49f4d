"""The duty board: how every duty stands, who owes it, a reminder to copy, the whole as a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import FieldFault, Invalid, NotFound, WrongState
from qingfu.base.once import part_of
from qingfu.base.words import N_, Word
from qingfu.packfile import rolling_up
from qingfu.packfile.words.asks import Form
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.records.duties import actions, queries
from qingfu.records.duties.queries import DutyCount, TaskRow
from qingfu.records.plans.queries import InForce, in_force, plans_in_force, sees_all
from qingfu.web import tasks
from qingfu.web.desk import Desk, page
from qingfu.web.files import download
from qingfu.web.inbox import wording
from qingfu.web.parts import Bar, Row
from qingfu.web.task_told import handed_in_late
from qingfu.web.urging import reminder
from qingfu.web.words import STATES, clause_numbers, day

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 20_000
# A longer number is nobody's.
MOST_DIGITS = 10
# The period of a duty that comes only once; on a sheet it says nothing.
ONCE = "once"
STATES_ASKED = ("late", "open", "handed-in", "returned", "accepted", "waived", "waiting")
COLUMNS = (
    Heading(Word(N_("Clause")), width=12), Heading(Word(N_("Duty")), width=40), Heading(Word(N_("Unit")), width=30),
    Heading(Word(N_("Period")), width=14), Heading(Word(N_("Opens on")), "day", 12),
    Heading(Word(N_("Due")), "day", 12), Heading(Word(N_("Moved from")), "day", 12),
    Heading(Word(N_("State")), width=14),
)  # fmt: skip


@dataclass(frozen=True)
class DutyTold:
    """One duty on the board: its figures over the tasks one may see, what comes next, what was moved."""

    key: str
    says: str
    clause: tuple[str, ...]
    bar: Bar
    next_due: date | None
    moved_from: date | None
    late: int
    waived: int
    opened: bool
    asks_nothing: bool
    here: bool
    to_judge: int


@dataclass(frozen=True)
class ToAccept:
    """A hand-in that may be ticked, in short what it says, and whether it came after its day."""

    row: TaskRow
    says: str
    late: str


@dataclass(frozen=True)
class Wanted:
    """What the board was asked to show."""

    edition: int
    duty: str
    state: str
    text: str
    page: int


@page("duties")
def board(desk: Desk) -> HttpResponse:
    """Every duty with its figures; the tasks of one of them, or of all; whom to remind."""
    plans = plans_in_force(desk.actor)
    wanted = _wanted(desk, plans)
    if not wanted.edition:
        return desk.show("duties/none.html")
    plan = _plan(desk, plans, wanted.edition)
    found = queries.board(
        desk.actor, edition=plan.edition, duty=wanted.duty, state=wanted.state, text=wanted.text, page=wanted.page,
        at=desk.at,
    )  # fmt: skip
    counts = queries.counts(desk.actor, edition=plan.edition, at=desk.at)
    whole = sees_all(desk.actor, plan)
    return desk.show(
        "duties/board.html", plan=plan, plans=plans, wanted=wanted, duties=_duties(plan, counts, wanted.duty),
        page=found, rows=[_row(row, one=bool(wanted.duty)) for row in found.rows],
        states=[(key, _word(key)) for key in STATES_ASKED], clauses=wording([plan]),
        accepting=_to_accept(desk, plan, wanted, found.rows), reminder=_reminder(desk, plan, wanted.duty),
        chosen=plan.pack.duties.get(wanted.duty),
        listed=not whole or bool(wanted.duty or wanted.state or wanted.text),
    )  # fmt: skip


@board.act("accept")
def accept_ticked(desk: Desk) -> HttpResponse:
    """Accept every hand-in that is ticked: each its own decision, under its own part of the form's id."""
    chosen = [int(sent) for sent in desk.request.POST.getlist("task") if sent.isdigit() and len(sent) < MOST_DIGITS]
    if not chosen:
        raise Invalid(FieldFault("tasks", N_("Tick at least one hand-in.")))
    passed = 0
    for task in chosen:
        try:
            part = part_of(desk.client_id, f"task:{task}")
            actions.accept(desk.actor, task=task, client_id=part, at=desk.at)
        except WrongState:
            # Somebody else has judged it since the page was drawn; the others still count.
            passed += 1
    n = len(chosen) - passed
    said = ngettext("{n} hand-in was accepted.", "{n} hand-ins were accepted.", n).format(n=n)
    if passed:
        said += " " + ngettext(
            "{n} was judged by somebody else in the meantime.", "{n} were judged by somebody else in the meantime.",
            passed,
        ).format(n=passed)  # fmt: skip
    messages.success(desk.request, said)
    return HttpResponseRedirect(desk.request.get_full_path())


def _to_accept(desk: Desk, plan: InForce, wanted: Wanted, rows: Iterable[TaskRow]) -> list[ToAccept]:
    """The hand-ins of one duty that the reader may accept together, each with what stands in it."""
    duty = plan.pack.duties.get(wanted.duty)
    if duty is None or wanted.state != "handed-in" or not queries.may_judge(desk.actor, plan, duty=wanted.duty):
        return []
    form = plan.pack.forms.get((duty.hand_in or "").removeprefix("forms."))
    given = queries.rolled_up(desk.actor, edition=plan.edition, duty=wanted.duty) if form else ()
    told = {one.organ.id: _in_short(form, one.content) for one in given if form}
    return [
        ToAccept(row, told.get(row.organ.id, ""), handed_in_late(row))
        for row in rows
        if row.organ.id != desk.actor.organ
    ]


def _in_short(form: Form, content: Mapping[str, Any]) -> str:
    """How much was reported: 发现的问题 2; that nothing was, where nothing was."""
    parts = [f"{one.asks} {one.total}" for one in rolling_up.counted(form, [dict(content)]) if one.total]
    if parts:
        return " · ".join(parts)
    return "" if content else _("nothing to report")


@page("duties")
def export(desk: Desk) -> HttpResponse:
    """The same tasks as a sheet."""
    plans = plans_in_force(desk.actor)
    wanted = _wanted(desk, plans)
    plan = _plan(desk, plans, wanted.edition)
    found = queries.board(
        desk.actor, edition=plan.edition, duty=wanted.duty, state=wanted.state, text=wanted.text, size=MOST_EXPORTED,
        at=desk.at,
    )  # fmt: skip
    table = Table(Word(N_("Duties")), COLUMNS, tuple(_cells(row) for row in found.rows))
    name = _("Duties {day}").format(day=desk.today.isoformat())
    return download(f"{name}.xlsx", as_xlsx(table, at=desk.at, translate=_), SHEET)


def _wanted(desk: Desk, plans: tuple[InForce, ...]) -> Wanted:
    asked = desk.request.GET
    edition, number = asked.get("edition", ""), asked.get("page", "1")
    state = asked.get("state", "")
    return Wanted(
        edition=int(edition) if edition.isdigit() else plans[0].edition if plans else 0,
        duty=asked.get("duty", "").replace("\0", ""),
        state=state if state in STATES_ASKED else "",
        # No text of ours holds a NUL, and PostgreSQL refuses to look for one.
        text=asked.get("text", "").replace("\0", "").strip(),
        page=max(1, int(number)) if number.isdigit() and len(number) < 7 else 1,
    )


def _plan(desk: Desk, plans: tuple[InForce, ...], edition: int) -> InForce:
    if not edition:
        raise NotFound(what=str(edition))
    known = next((plan for plan in plans if plan.edition == edition), None)
    return known or in_force(desk.actor, edition)


def _duties(plan: InForce, counts: Iterable[DutyCount], chosen: str) -> list[DutyTold]:
    by_duty: dict[str, list[DutyCount]] = {}
    for count in counts:
        by_duty.setdefault(count.duty, []).append(count)
    told = [_duty(plan, key, held, chosen) for key, held in by_duty.items() if key in plan.pack.duties]
    # What is late comes first, what asks for nothing last.
    return sorted(told, key=lambda one: (not one.late, one.asks_nothing, one.next_due or date.max))


def _duty(plan: InForce, key: str, held: list[DutyCount], chosen: str) -> DutyTold:
    duty = plan.pack.duties[key]
    opened = sum(count.total - count.waiting for count in held)
    late = sum(count.late for count in held)
    days = [count.next_due for count in held if count.next_due]
    return DutyTold(
        key=key, says=duty.says, clause=duty.clause,
        bar=Bar(sum(count.done + count.waived for count in held), opened, late), next_due=min(days, default=None),
        moved_from=min((count.moved_from for count in held if count.moved_from), default=None), late=late,
        waived=sum(count.waived for count in held), opened=opened > 0,
        asks_nothing=duty.hand_in is None and duty.proof == "none", here=key == chosen,
        to_judge=sum(count.handed_in for count in held),
    )  # fmt: skip


def _row(row: TaskRow, *, one: bool) -> Row:
    moved = _("moved from {day}").format(day=day(row.moved_from)) if row.moved_from else ""
    over = row.state in ("handed-in", "accepted", "waived")
    return Row(
        href=reverse("task", args=[row.id]), what=row.organ.name, whom="" if one else row.says,
        clause=() if one else row.clause, due=None if over or (row.asks_nothing and not row.late) else row.due_on,
        subject="task", state=row.state,
        aside=" · ".join(part for part in (moved, handed_in_late(row)) if part), quiet=row.asks_nothing,
    )  # fmt: skip


def _reminder(desk: Desk, plan: InForce, duty: str) -> str:
    """Whom to remind of one duty: for those who see other units' tasks."""
    known = plan.pack.duties.get(duty)
    if known is None or not sees_all(desk.actor, plan):
        return ""
    rows = queries.owing(desk.actor, edition=plan.edition, duty=duty, at=desk.at)
    asked = [row for row in rows if row.organ.id != desk.actor.organ and not row.asks_nothing]
    return reminder(plan.pack, known, asked, today=desk.today)


def _word(state: str) -> str:
    return STATES["task"][state].text


def _cells(row: TaskRow) -> tuple[object, ...]:
    word = STATES["task"]["late" if row.late else row.state].word
    return (
        clause_numbers(row.clause), row.says, row.organ.name, "" if row.period == ONCE else row.period, row.opens_on,
        row.due_on, row.moved_from, Word(word),
    )  # fmt: skip


urlpatterns = [
    path("duties", board, name="duties"),
    path("duties/sheet", export, name="duties-sheet"),
    *tasks.urlpatterns,
]
