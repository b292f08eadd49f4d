"""催办: a courteous reminder to paste into the chat group. Facts only: who owes what, under which clause, by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from qingfu.packfile.words.asks import Duty
from qingfu.packfile.words.pack import Pack
from qingfu.records.duties.queries import TaskRow
from qingfu.web.words import clause_numbers, day

CHAT = "zh-hans"


def reminder(pack: Pack, duty: Duty, owing: Sequence[TaskRow], *, today: date) -> str:
    """The text, in the language of the chat group, whatever the page speaks; empty when nobody owes anything."""
    with override(CHAT):
        late = [row for row in owing if row.late]
        soon = [row for row in owing if not row.late]
        parts = [_late(pack, duty, late, today)] if late else []
        parts += [_soon(pack, duty, soon, today, also=bool(late))] if soon else []
        if not parts:
            return ""
        to = pack.parties[duty.to] if duty.to else None
        asked = _("Please hand it in, or tell {to} what stands in the way. Ignore this if you have done so.")
        return "\n".join([*parts, asked.format(to=(to.organ or to.says) if to else _("the office"))])


def _late(pack: Pack, duty: Duty, rows: Sequence[TaskRow], today: date) -> str:
    said = ngettext(
        "[Reminder] {plan}, {clause}: “{duty}” was due by {day}. On {today} {n} unit has not handed it in: {units}.",
        "[Reminder] {plan}, {clause}: “{duty}” was due by {day}. On {today} {n} units have not handed it in: {units}.",
        len(rows),
    )
    return said.format(**_facts(pack, duty, rows, today))


def _soon(pack: Pack, duty: Duty, rows: Sequence[TaskRow], today: date, *, also: bool) -> str:
    if also:
        said = ngettext(
            "{n} more unit has until {day}: {units}.", "{n} more units have until {day}: {units}.", len(rows)
        )  # fmt: skip
    else:
        said = ngettext(
            "[Reminder] {plan}, {clause}: “{duty}” is due by {day}. {n} unit has not handed it in yet: {units}.",
            "[Reminder] {plan}, {clause}: “{duty}” is due by {day}. {n} units have not handed it in yet: {units}.",
            len(rows),
        )
    return said.format(**_facts(pack, duty, rows, today))


def _facts(pack: Pack, duty: Duty, rows: Sequence[TaskRow], today: date) -> dict[str, object]:
    days = sorted({row.due_on for row in rows if row.due_on})
    return {
        "duty": duty.says, "plan": pack.plan.title, "clause": clause_numbers(duty.clause), "n": len(rows),
        "day": day(days[0], today) if days else _("the day set"), "today": day(today, today),
        "units": "、".join(row.organ.short_name or row.organ.name for row in rows),
    }  # fmt: skip
