"""A task told: its facts, and the story of what was handed in and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfu.base.errors import NotFound
from qingfu.packfile.words.asks import Duty
from qingfu.records.duties.queries import HandInView, TaskRow, TaskView
from qingfu.records.forms.queries import AnswerView, Asked, answer, rendered
from qingfu.records.plans.queries import InForce, MovedDate
from qingfu.web.desk import Desk
from qingfu.web.files import links
from qingfu.web.parts import Fact, Told
from qingfu.web.words import by, calendar, day, left


def facts(view: TaskView, plan: InForce, duty: Duty, today: date) -> tuple[Fact, ...]:
    """What a doer must know: who, until when, to whom, how long it takes."""
    row = view.row
    found = [Fact(_("Unit"), row.organ.name)]
    if row.due_on:
        over = row.state in ("handed-in", "accepted", "waived")
        until = by(row.due_on, today) if over else f"{by(row.due_on, today)} · {left(row.due_on, today)}"
        moved = _("moved from {day}").format(day=day(row.moved_from, today)) if row.moved_from else ""
        lines = tuple(line for line in (until, moved, handed_in_late(row)) if line)
        found.append(Fact(_("Due"), until, zh=False, lines=lines if len(lines) > 1 else ()))
    if duty.to:
        to = plan.pack.parties[duty.to]
        found.append(Fact(_("Handed in to"), to.organ or to.says))
    if duty.covers_since:
        since = day(date.fromisoformat(duty.covers_since))
        found.append(Fact(_("Covers"), _("since {day}").format(day=since), zh=False))
    if view.minutes and duty.hand_in:
        found.append(Fact(_("Takes about"), _("{n} minutes").format(n=view.minutes), zh=False))
    return tuple(found)


def handed_in_late(row: TaskRow) -> str:
    """How many working days after its day a task was handed in; empty for whatever came in time."""
    if row.state not in ("handed-in", "accepted") or row.due_on is None or row.handed_in_on is None:
        return ""
    # Who was in time before the day was moved forward was in time.
    last = max(row.due_on, row.moved_from or row.due_on)
    if row.handed_in_on <= last or row.asks_nothing:
        return ""
    days = calendar().between(last, row.handed_in_on)
    if not days:
        return _("Handed in after its day")
    return ngettext("Handed in {n} working day after its day", "Handed in {n} working days after its day", days).format(
        n=days
    )


def story(desk: Desk, view: TaskView, plan: InForce, moved: tuple[MovedDate, ...]) -> tuple[Told, ...]:
    """From the first day to the last, oldest first."""
    row = view.row
    told = [Told(row.opens_on, "", _("The task opens"), shape="ring", tone="quiet")]
    for one in moved:
        if one.target in (f"duties.{row.duty}", f"tasks.{row.id}"):
            days = _("{was} → {now}").format(was=day(one.was) if one.was else "—", now=day(one.now))
            did = _("The day was moved: {days}").format(days=days)
            told.append(Told(one.at, one.by, did, one.reason, "again", "late"))
    for hand_in in view.hand_ins:
        told += _handed_in(desk, hand_in, plan)
    if row.state == "waived":
        told.append(Told(None, "", _("Waived"), view.reason, "dash", "quiet"))
    return tuple(told)


def _handed_in(desk: Desk, one: HandInView, plan: InForce) -> Iterator[Told]:
    given = _given(desk, one)
    via = {
        "paper": _("typed in from paper, signed by {name}").format(name=one.on_behalf) if one.on_behalf else "",
        "link": _("through a one-time link, signed by {name}").format(name=one.on_behalf),
    }.get(one.via, "")
    ticked = given is None and not one.note and one.judged == "accepted" and not one.judged_by
    said = tuple(_facts(rendered(plan, given))) if given else ()
    note = one.note or (_("Nothing was filled in: the unit has nothing to report.") if given and not said else "")
    yield Told(
        one.at, one.by, _("Ticked off") if ticked else _("Handed in"), note, "half", digest=one.digest, via=via,
        files=links(given.files) if given else (), facts=said,
    )  # fmt: skip
    if one.judged == "returned":
        yield Told(one.judged_at, one.judged_by, _("Given back"), one.reason, "back", "asks")
    elif one.judged == "accepted" and one.judged_by:
        yield Told(one.judged_at, one.judged_by, _("Accepted"), "", "tick", "done")


def _given(desk: Desk, one: HandInView) -> AnswerView | None:
    """The answer, where this actor may read it."""
    if one.answer is None:
        return None
    try:
        return answer(desk.actor, one.answer)
    except NotFound:
        return None


def _facts(asked: tuple[Asked, ...]) -> Iterator[Fact]:
    for one in asked:
        if one.rows:
            yield Fact(one.question, "", lines=tuple(_line(n, row) for n, row in enumerate(one.rows, 1)))
        elif text := one.text(_):
            yield Fact(one.question, text)


def _line(n: int, row: tuple[Asked, ...]) -> str:
    return f"{n}. " + "；".join(text for cell in row if (text := cell.text(_)))
