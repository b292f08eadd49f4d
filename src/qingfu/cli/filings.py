"""``qingfu filings``: an operator takes a school's filled-in sheet, whole or not at all, or writes the empty one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of, system_now
from qingfu.base.errors import DataFault, FieldFault, Invalid, NotFound
from qingfu.base.words import N_, translator
from qingfu.cli.desk import operator
from qingfu.cli.offline.speaking import AsJson, Voice
from qingfu.papers.filings.classes import KnownClass
from qingfu.papers.filings.outcome import Doubt, Read
from qingfu.papers.filings.parquets import read_parquet
from qingfu.papers.filings.reading import read_rows
from qingfu.papers.filings.templates import template as sheet_of
from qingfu.papers.filings.timetables import read_timetable
from qingfu.records.enactment.actions import report_classes, report_rows
from qingfu.records.journal.queries import reading
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.actions.filing import MOST_ROWS
from qingfu.records.monitoring.queries import ClassView, TermView
from qingfu.records.people.queries import OrganView, bureaus, organs
from qingfu.rules.tables import BY_NAME, CLASSES, TABLES

FAULTY = 2
NAMES = tuple(one.name for one in TABLES if one.name != "sample")
TAKEN = N_("Taken: {rows} rows into {table} for {school}; {replaced} rows said before stand no longer.")
WAITS = N_("Nothing was taken: {count} questions wait for an answer. Answer them with --answers, by these ids.")
FAULTS = N_("Nothing was taken: {count} faults.")
WRITTEN = N_("Written: {file}.")
NO_TERM = N_("There is no such school term; there are: {terms}.")
NO_TABLE = N_("There is no such table; there are: {tables}.")
WHICH_BUREAU = N_("Say which bureau, by its address: {bureaus}.")
NO_ANSWERS = N_("Write the answers as a JSON object: the id of a question, and its answer as text.")

Table = Annotated[str, typer.Option("--table", metavar="TABLE")]
Organ = Annotated[str, typer.Option("--organ", metavar="CODE")]
Term = Annotated[str, typer.Option("--term", metavar="NAME")]
Bureau = Annotated[str, typer.Option("--bureau", metavar="SLUG")]


class Record(StrEnum):
    """Which timetable a sheet is, where it is laid out as schools do."""

    PLANNED = "planned"
    POSTED = "posted"
    TAUGHT = "taught"


@dataclass(frozen=True)
class School:
    """A school in a term, as the operator meets it."""

    actor: Actor
    organ: OrganView
    term: TermView
    classes: tuple[ClassView, ...]

    @property
    def known(self) -> list[KnownClass]:
        """Its classes as sheets are read by."""
        return [KnownClass(str(one.id), one.name, one.grade) for one in self.classes]

    @property
    def by_code(self) -> Mapping[str, ClassView]:
        """Its classes by the codes under which they were read."""
        return {str(one.id): one for one in self.classes}


def take(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    organ: Organ, table: Table, term: Term = "", bureau: Bureau = "",
    on_behalf: Annotated[str, typer.Option("--on-behalf", metavar="NAME")] = "",
    record: Annotated[Record | None, typer.Option("--record")] = None,
    answers: Annotated[Path | None, typer.Option("--answers", metavar="JSON", exists=True, dir_okay=False)] = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Ends with 0 where all was taken, with 1 where something is asked or refused, with 2 where the file is faulty."""
    voice, at = Voice(ctx.obj, as_json), system_now()
    with voice.hearing():
        school = _school(bureau, organ, term, at)
        read = _read(voice, school, _table(table), file, record, _answers(answers))
        _unclean(voice, read)
        filed = _file(school, table, read, on_behalf, at)
    voice.tell(TAKEN, table=table, school=school.organ.name, **filed)
    voice.end(
        well=True, table=table, organ=school.organ.code, term=school.term.name, **filed, notes=_notes(voice, read)
    )


def template(
    ctx: typer.Context, table: Table, organ: Organ,
    to: Annotated[Path, typer.Option("-o", "--to", metavar="FILE", dir_okay=False)], term: Term = "",
    bureau: Bureau = "",
) -> None:  # fmt: skip
    """The empty sheet of a table, with the school's classes to choose from."""
    voice = Voice(ctx.obj, as_json=False)
    with voice.hearing():
        school = _school(bureau, organ, term, system_now())
        known = BY_NAME[_table(table)]
        data = sheet_of(known, classes=school.known, term=school.term.name, translate=voice.translate)
        to.write_bytes(data)
    voice.tell(WRITTEN, file=to)


def _school(bureau: str, code: str, term: str, at: datetime) -> School:
    actor = operator(_bureau(bureau))
    with reading(actor):
        found = next((one for one in organs(actor, kinds=["school"]) if code in (one.code, one.name)), None)
        if found is None:
            raise NotFound(what=code)
        view = _term(actor, term, at)
        return School(actor, found, view, queries.classes(actor, organ=found.id, year=view.year))


def _bureau(slug: str) -> str:
    """The bureau that is named, or the only one there is."""
    known = [one.slug for one in bureaus()]
    if not slug and len(known) != 1:
        raise Invalid(FieldFault("--bureau", WHICH_BUREAU, {"bureaus": tuple(known)}))
    return slug or known[0]


def _term(actor: Actor, name: str, at: datetime) -> TermView:
    known = queries.terms(actor)
    found = next((one for one in known if one.name == name), None) if name else queries.term_on(actor, day_of(at))
    if found is None:
        raise Invalid(FieldFault("--term", NO_TERM, {"terms": tuple(one.name for one in known)}))
    return found


def _table(name: str) -> str:
    if name not in NAMES:
        raise Invalid(FieldFault("--table", NO_TABLE, {"tables": NAMES}))
    return name


def _answers(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        said = None
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise Invalid(FieldFault("--answers", NO_ANSWERS))
    return said


def _read(
    voice: Voice, school: School, table: str, file: Path, record: Record | None, answers: Mapping[str, str]
) -> Read:
    """The file, by what it is: Parquet, a timetable as schools lay it out, or rows under headings."""
    given = {"school": school.organ.name} if table == CLASSES else {}
    if file.suffix.lower() == ".parquet":
        return read_parquet(
            file, BY_NAME[table], classes=school.known, term=school.term.name, translate=voice.translate,
            answers=answers, given=given, most=MOST_ROWS,
        )  # fmt: skip
    if record is not None and table == "timetable":
        return read_timetable(
            file.read_bytes(), classes=school.known, term=school.term.name, record=record.value, subjects_known=(),
            translate=voice.translate, answers=answers, file_name=file.name,
        )  # fmt: skip
    return read_rows(
        file.read_bytes(), file.name, BY_NAME[table], classes=school.known, term=school.term.name,
        translate=voice.translate, answers=answers, given=given,
    )  # fmt: skip


def _unclean(voice: Voice, read: Read) -> None:
    """Say what is wrong or doubtful, by cell, and end the command; return where all is clear."""
    for one in (*read.layout, *read.notes):
        voice.line(f"  {one.text(voice.translate)}")
    for fault in read.faults:
        voice.line(f"{fault.code}  {fault.text(voice.translate)}")
    for doubt in read.doubts:
        _ask(voice, doubt)
    if read.faults:
        voice.tell(FAULTS, count=read.fault_count)
    elif read.doubts:
        voice.tell(WAITS, count=len(read.doubts))
    if not read.is_clean:
        voice.end(
            well=False, status=FAULTY if read.faults else 1, taken=False,
            faults=[_plain_fault(voice, one) for one in read.faults], fault_count=read.fault_count,
            doubts=[_plain_doubt(voice, one) for one in read.doubts], notes=_notes(voice, read),
        )  # fmt: skip


def _ask(voice: Voice, doubt: Doubt) -> None:
    places = "、".join(doubt.places or (doubt.where,))
    voice.line(f"{doubt.id}  {doubt.sheet} {places}  {doubt.asks.text(voice.translate)}")
    for value, says in _candidates(voice, doubt).items():
        voice.line(f"    {json.dumps(value, ensure_ascii=False)} = {says}")


def _candidates(voice: Voice, doubt: Doubt) -> dict[str, str]:
    return {
        value: voice.say("{says}", says=says) if not isinstance(says, str) else voice.translate(says)
        for value, says in doubt.candidates
    }


def _plain_fault(voice: Voice, one: DataFault) -> dict[str, object]:
    return {
        "code": one.code, "sheet": one.sheet, "cell": one.cell, "row": one.row, "column": one.column,
        "what": one.what(voice.translate), "do": one.next_step(voice.translate), "more": one.unsaid,
    }  # fmt: skip


def _plain_doubt(voice: Voice, one: Doubt) -> dict[str, object]:
    return {
        "id": one.id, "sheet": one.sheet, "places": list(one.places or (one.where,)), "text": one.text,
        "asks": one.asks.text(voice.translate), "candidates": _candidates(voice, one), "presumed": one.presumed,
        "refused": one.refused, "more": one.unsaid,
    }  # fmt: skip


def _notes(voice: Voice, read: Read) -> list[str]:
    return [one.text(voice.translate) for one in (*read.layout, *read.notes)]


def _file(school: School, table: str, read: Read, on_behalf: str, at: datetime) -> dict[str, int]:
    if table == CLASSES:
        rows = [_class_row(school, row.cells) for row in read.rows]
        report_classes(
            school.actor, organ=school.organ.id, year=school.term.year, rows=rows, way="file", on_behalf=on_behalf,
            at=at,
        )  # fmt: skip
        return {"rows": len(rows), "replaced": 0}
    said = [{**row.cells, "class": _id_of(school, row.cells.get("class"))} for row in read.rows]
    try:
        filed = report_rows(
            school.actor, table=table, organ=school.organ.id, term_id=school.term.id, rows=said, way="file",
            on_behalf=on_behalf, at=at,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid(*(_placed(fault, read) for fault in error.faults)) from None
    return {"rows": filed.rows, "replaced": filed.replaced}


def _placed(fault: FieldFault, read: Read) -> FieldFault:
    """The register counts rows from 0; whoever looks into the file counts its lines."""
    number, dot, column = fault.field.partition(".")
    if not dot or not number.isdigit():
        return fault
    row = read.rows[int(number)]
    return FieldFault(f"{row.sheet} {row.number} {column}".strip(), fault.says, fault.facts)


def _class_row(school: School, cells: Mapping[str, object]) -> dict[str, object]:
    """A class as the register takes it; one that is known keeps its name."""
    code = str(cells.get("class") or "")
    known = school.by_code.get(code)
    kept = {key: cell for key, cell in cells.items() if key not in ("class", "school")}
    return {"name": known.name if known else code, **kept}


def _id_of(school: School, code: object) -> int:
    known = school.by_code.get(str(code))
    return known.id if known else 0


COMMANDS: Sequence[tuple[str, str, Callable[..., None]]] = (
    ("take", N_("Take a filled-in sheet for a school: every fault and question by cell, all of it or nothing."), take),
    ("template", N_("Write the empty sheet of a table, with the school's classes to choose from."), template),
)


def build(language: str, ready: Callable[[], object]) -> typer.Typer:
    """The commands, speaking in ``language``; the roof has set Django up, and ``ready`` starts the database."""
    app = typer.Typer(no_args_is_help=True, add_completion=False)

    @app.callback()
    def speaking(ctx: typer.Context) -> None:
        ready()
        ctx.obj = language

    for name, says, command in COMMANDS:
        app.command(name, help=translator(language)(says))(command)
    return app
