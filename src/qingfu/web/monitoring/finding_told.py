"""One finding in words: the group by its names, the numbers, where it can be corrected, how it lived."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qingfu.base.words import N_
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import FindingRow, FindingView, TermView
from qingfu.records.plans.queries import InForce
from qingfu.rules import phrases, sentences
from qingfu.rules.explaining import Explained
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.tables import BY_NAME, CLASSES, Column, known_column
from qingfu.rules.truth import Verdict
from qingfu.web import words
from qingfu.web.desk import Desk
from qingfu.web.monitoring.cells import heading
from qingfu.web.monitoring.ground import link
from qingfu.web.monitoring.row_forms import FORMS
from qingfu.web.parts import Cell, Table, Told

COUNTS = {
    "yes": N_("counted"), "no": N_("not counted"), "unknown": N_("not known whether it counts"), "empty": N_("empty"),
}  # fmt: skip
DID = {
    "open_problem": (N_("Taken into the ledger"), "flag"),
    "return_to_reporter": (N_("Given back to whoever reported it"), "back"),
    "stand_by": (N_("The school stands by its data"), "ring"),
    "ask_exception": (N_("An exception was asked for"), "seal"),
    "grant": (N_("Exception granted by somebody else"), "tick"),
    "refuse": (N_("Exception refused"), "cross"),
    "clear": (N_("The data keep the limit now; cleared by itself"), "tick"),
    "still_found": (N_("Corrected, and still over the limit"), "again"),
    "find_again": (N_("Found again"), "again"),
    "lapse": (N_("The exception has ended"), "dash"),
}


@dataclass(frozen=True)
class Breaks:
    """A finding as one line of a list: which group, what against what, the rule's own words, where to correct it."""

    row: FindingRow
    rule: Limit
    group: str
    outcome: str
    says: str
    clause: tuple[str, ...]
    correct: str = ""


def breaks(desk: Desk, plan: InForce, term: TermView, rows: Iterable[FindingRow]) -> Iterator[Breaks]:
    """Rows in words; a finding whose limit is gone is left out."""
    views = queries.limits(desk.actor, plan, on=desk.today)
    rules = {rule.name: (rule, view.says) for view in views for rule in view.rules}
    for row in rows:
        if row.limit in rules:
            rule, says = rules[row.limit]
            judged = Finding(row.limit, row.keys, Verdict.VIOLATING, row.value, 0, 0, row.bound)  # type: ignore[arg-type]  # cells as the register keeps them
            yield Breaks(
                row, rule, group_of(row, rule), sentences.outcome(rule, judged, _), says,
                tuple(part for part in rule.clause.split("、") if part), correct_of(row, rule, term),
            )  # fmt: skip


def group_of(row: FindingRow, rule: Limit) -> str:
    """The group by its names: 三年级1班 10月16日. The term and the school are the page's own."""
    said = []
    for column, key in zip(rule.per, row.keys, strict=True):
        if column == "class":
            said.append(row.class_name)
        elif column == "day" and row.day is not None:
            said.append(words.day(row.day))
        elif column not in ("term", "school"):
            known = known_column(BY_NAME[rule.table], column)
            cell = phrases.cell(key, known, _)
            named = phrases.short(known, _) if known else column
            said.append(cell if column in ("subject", "grade") else f"{named} {cell}")
    if rule.item and "subject" not in rule.per:
        said.append(rule.item)
    return " ".join(said) or row.organ_name


def class_id_of(row: FindingRow, rule: Limit) -> int | None:
    """The class of the group, where it is one."""
    keys = dict(zip(rule.per, row.keys, strict=True))
    return int(str(keys["class"])) if str(keys.get("class", "")).isdigit() else None


def correct_of(row: FindingRow, rule: Limit, term: TermView) -> str:
    """Where the school corrects what the finding rests on."""
    if row.organ is None:
        return ""
    return correct_at(row.organ, rule.table, term.id, class_id_of(row, rule), row.day, "taught")


def correct_at(school: int, table: str, term: int, of: int | None, day: object, record: str = "") -> str:
    """The form of a class and day."""
    if table in FORMS:
        written = day.isoformat() if isinstance(day, date) else ""
        return link("school-fill-in", school, table, **{"term": term, "class": of or "", "day": written})
    if table == "timetable":
        name = "school-timetable" if of else "school-timetables"
        return link(name, school, **{"term": term, "class": of or "", "record": record})
    if table == "schedules":
        return link("school-schedule", school, **{"term": term, "class": of or ""})
    return link("school-classes", school, term=term) if table == CLASSES else ""


def rows_table(view: FindingView, explained: Explained) -> Table:
    """The rows it rests on; what names the group itself is not repeated in each."""
    assert view.rule is not None  # noqa: S101 # rows are explained by their rule
    columns = [one for one in explained.columns if one.name not in ("term", "class", "school")]
    heads = tuple(heading(one) for one in columns)
    counted = (Cell(_(COUNTS[word])) for word in explained.counts)
    rows = tuple(
        (*(_cell(one, row.get(one.name)) for one in columns), count)
        for row, count in zip(explained.rows, counted, strict=True)
    )
    return Table(_("Which rows does it rest on?"), (*heads, _("for this limit")), rows)


def _cell(column: Column, value: object) -> Cell:
    return Cell(phrases.cell(value, column, _), zh=column.kind == "word" and not column.among)


def story(view: FindingView) -> tuple[Told, ...]:
    """From the day it was found on, oldest first."""
    told = [Told(view.found_at, "", _("Found by the limit"), shape="alert")]
    for note in view.notes:
        did, shape = DID.get(note.verb, (note.verb, "ring"))
        told.append(
            Told(note.at, note.by, _(did), note.text, shape, "done" if note.verb in ("clear", "grant") else "plain")
        )
    return tuple(told)


def says_of(plan: InForce, limit: str) -> str:
    """A limit in the plan's words; a limit set beside the plan is called by its key."""
    known = plan.pack.limits.get(limit.partition("/")[0])
    return known.says if known else limit
