"""The forms of tables that are told row by row: which cells stand at once, which are folded, what they begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_
from qingfu.records.monitoring.queries import ClassView, Reported
from qingfu.rules import phrases
from qingfu.rules.tables import BY_NAME, Column, Table
from qingfu.web.monitoring.cells import Drawn, drawn, read
from qingfu.web.monitoring.ground import Drafted
from qingfu.web.monitoring.subjects import ALL, usual

NO_SUBJECT = N_("Write the subject.")


@dataclass(frozen=True)
class RowForm:
    """How a table is asked for. ``first`` columns stand at once; ``carries`` are taken over from an earlier day.

    What is carried may never by itself make a fact of a day: a subject with nothing else beside it was not given.
    """

    table: str
    first: tuple[str, ...]
    by_subject: bool = True
    by_day: bool = True
    carries: tuple[str, ...] = ()
    begins: Mapping[str, object] | None = None
    none: bool = False


FORMS = {
    one.table: one
    for one in (
        RowForm("homework", ("minutes", "written"), carries=("written", "marked"), begins={"written": True}, none=True),
        RowForm("evenings", ("periods", "day-pupils", "teaching"), by_subject=False, carries=("periods",)),
        RowForm("extra-lessons", ("when", "paid")),
        RowForm("exams", ("unified", "paper", "when")),
        RowForm("aids", ("titles", "voluntary", "listed"), by_day=False),
        RowForm("combined", ("grades", "pupils"), by_subject=False, by_day=False),
    )
}


@dataclass(frozen=True)
class FormRow:
    """One row as drawn: its subject (to be typed where it is ``fresh``), the cells at once and those folded away."""

    n: int
    subject: str
    fresh: bool
    first: tuple[Drawn, ...]
    folded: tuple[Drawn, ...]
    fault: str = ""

    @property
    def name(self) -> str:
        """The beginning of its fields' names."""
        return f"r{self.n}"

    @property
    def folded_says(self) -> str:
        """What the folded cells say as they stand."""
        said = [f"{one.label} {_('yes')}" for one in self.folded if one.value == "yes"]
        return "、".join(said)


def columns_of(form: RowForm, asked: frozenset[str], rows: Sequence[Reported]) -> tuple[list[Column], list[Column]]:
    """Columns to show at once and folded: those some limit asks for, or that were reported before."""
    table = BY_NAME[form.table]
    plain = [one for one in table.columns if one.kind != "key" and one.name not in table.identity]
    told = {name for row in rows for name, cell in row.cells.items() if cell not in (None, False)}
    wanted = [one for one in plain if not asked or one.name in asked or one.name in told]
    first = [one for one in wanted if one.name in form.first]
    return first, [one for one in wanted if one.name not in form.first]


def begun_with(form: RowForm, grade: str, day: date, rows: Sequence[Reported]) -> list[Mapping[str, Any]]:
    """The rows to begin with: what stands for the day, else the subjects of last time with what seldom changes."""
    if same := [row.cells for row in rows if not form.by_day or row.cells["day"] == day]:
        return same
    latest = max((str(row.cells["day"]) for row in rows if "day" in row.cells), default="")
    last = [row.cells for row in rows if str(row.cells.get("day", "")) == latest and row.cells.get("subject") != ALL]
    carried = [{name: cells[name] for name in ("subject", *form.carries) if name in cells} for cells in last]
    if carried:
        return list(carried)
    subjects: tuple[str | None, ...] = usual(grade) if form.by_subject else (None,)
    return [{"subject": subject, **(form.begins or {})} for subject in subjects]


def form_rows(
    form: RowForm, columns: tuple[list[Column], list[Column]], begun: Sequence[Mapping[str, Any]],
    sent: Mapping[str, str] | None, faults: Mapping[str, str],
) -> tuple[FormRow, ...]:  # fmt: skip
    """The rows as drawn: as they begin and one more to be typed, or as they were sent."""
    if sent is not None:
        count = sent_count(sent) + ("row-more" in sent)
        return tuple(_sent_row(form, columns, n, sent, faults) for n in range(count))
    rows = [*begun, *([{**(form.begins or {})}] if form.by_subject else [])]
    return tuple(
        _row(columns, n, cells, fresh=form.by_subject and "subject" not in cells) for n, cells in enumerate(rows)
    )


def sent_count(sent: Mapping[str, str]) -> int:
    """How many rows the form had."""
    text = sent.get("rows", "")
    return min(60, int(text)) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _row(columns: tuple[list[Column], list[Column]], n: int, cells: Mapping[str, Any], *, fresh: bool) -> FormRow:
    subject = str(cells.get("subject") or "")
    first, folded = (
        tuple(drawn(one, f"r{n}.{one.name}", cells.get(one.name), row=subject) for one in part) for part in columns
    )
    return FormRow(n, subject, fresh, first, folded)


def _sent_row(
    form: RowForm, columns: tuple[list[Column], list[Column]], n: int, sent: Mapping[str, str],
    faults: Mapping[str, str],
) -> FormRow:  # fmt: skip
    subject = sent.get(f"r{n}.subject", "")
    first, folded = (
        tuple(
            drawn(
                one, f"r{n}.{one.name}", sent.get(f"r{n}.{one.name}"), row=subject,
                fault=faults.get(f"r{n}.{one.name}", ""),
            )
            for one in part
        )
        for part in columns
    )  # fmt: skip
    fresh = form.by_subject and sent.get(f"r{n}.fixed") != "yes"
    return FormRow(n, subject, fresh, first, folded, faults.get(f"r{n}.subject", ""))


def drafts(
    form: RowForm, sent: Mapping[str, str], classes: Sequence[ClassView], day: date | None, shown: Sequence[Column]
) -> list[Drafted]:
    """What was typed, a row for each class; a subject with nothing beside it was not given. Raises Invalid."""
    found: list[Drafted] = []
    wrong: list[FieldFault] = []
    for n in range(sent_count(sent)):
        cells, faults = _read_row(form, sent, n, shown)
        wrong += faults
        if cells is None:
            continue
        names = {column.name: f"r{n}.{column.name}" for column in BY_NAME[form.table].columns}
        names["class"] = names["subject"] if form.by_subject else "day"
        fixed = {"day": day} if form.by_day else {}
        label, places = str(cells.get("subject") or ""), {**names, "day": "day"}
        found += [Drafted({"class": one.id, **fixed, **cells}, places, label) for one in classes]
    if wrong:
        raise Invalid(*wrong)
    if not found:
        raise Invalid(FieldFault("rows", _nothing(form)))
    return found


def _nothing(form: RowForm) -> str:
    return EMPTY_DAY if form.none else NOTHING


EMPTY_DAY = N_("Nothing is filled in. If there was no written homework, say so with the other button.")
NOTHING = N_("Nothing is filled in.")


def _read_row(
    form: RowForm, sent: Mapping[str, str], n: int, shown: Sequence[Column]
) -> tuple[dict[str, object] | None, list[FieldFault]]:
    cells: dict[str, object] = {}
    wrong: list[FieldFault] = []
    for column in shown:
        cells[column.name], fault = read(column, sent, f"r{n}.{column.name}")
        wrong += [fault] if fault else []
    told = [name for name, cell in cells.items() if cell not in (None, False)]
    if not form.by_subject:
        return cells, wrong
    subject = sent.get(f"r{n}.subject", "").strip()
    if form.table == "homework" and cells.get("minutes") is None:
        # The minutes are what a homework row is about; without them the subject gave none.
        return None, []
    begun = [name for name in told if (form.begins or {}).get(name) != cells[name]]
    if not subject:
        return (None, [FieldFault(f"r{n}.subject", NO_SUBJECT)]) if begun else (None, [])
    return ({"subject": subject, **cells}, wrong) if told else (None, [])


def title(table: Table) -> str:
    """What a table is called on a page."""
    return _(table.says)


def summary_of(cells: Mapping[str, object], table: Table) -> str:
    """A row in a line: its cells in the order of the table, without what names the class and the term."""
    said = []
    for column in table.columns:
        value = cells.get(column.name)
        if column.kind == "key" or value is None or value is False:
            continue
        if value is True:
            said.append(phrases.fact(table, column.name, holds=True, translate=_))
        else:
            said.append(_amount(column, value))
    return "，".join(said)


def _amount(column: Column, value: object) -> str:
    unit = f" {_(phrases.UNITS[column.unit])}" if column.unit in phrases.UNITS else ""
    return f"{phrases.cell(value, column, _)}{unit}"
