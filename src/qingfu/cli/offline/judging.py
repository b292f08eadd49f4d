"""`qingfu limits check` and `explain`: do files of school data keep the limits of a pack, and why not?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from qingfu.base.errors import FaultyData, NoSuchFinding, SetUp
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.engines import Chosen, Database, Engine, Master, Where
from qingfu.cli.offline.patience import waiting
from qingfu.cli.offline.speaking import DEFAULT_LANGUAGE, AsJson, Language, Name, Voice
from qingfu.cli.offline.standings import awaits_of, faults_of, on_screen, plain_limit, workbook
from qingfu.packfile.bytes import pack_digest
from qingfu.packfile.limits import rules_of
from qingfu.packfile.words.pack import Pack
from qingfu.rules import phrases
from qingfu.rules.duck import connect
from qingfu.rules.explaining import Explained, explain, meant, remedy
from qingfu.rules.files import Opened, open_folder
from qingfu.rules.findings import name_of
from qingfu.rules.nodes import Limit
from qingfu.rules.sentences import group, outcome, rule
from qingfu.rules.standing import Standings, standings
from qingfu.rules.truth import Verdict

FAULTY = 2
MOST_FAULTS, MOST_ROWS = 100, 50

READING, JUDGING = N_("Reading {file} …"), N_("Judging …")
NOTES, FAULTS = N_("Notes: {count}"), N_("Faults: {count}; nothing was judged.")
MORE = N_("… and {count} more")
NO_LIMITS = N_("The pack has no limit that could be judged.")
WRITTEN = N_("Written: {file}.")
TOTAL = N_(
    "Limits {limits}: {kept} kept, {broken} violated, {unreported} not wholly reported. "
    "Groups: {violating} violating, {missing} not reported."
)
STANDS, RIGHT = N_("How it stands: {verdict}. {outcome}"), N_("What would make it right: {remedy}")
ROWS, COUNTED = N_("The rows it rests on: {count}"), N_("Counted")
COUNTS = {
    "yes": N_("yes"),
    "no": N_("no"),
    "unknown": N_("not known: a condition is empty"),
    "empty": N_("not reported: the number is empty"),
}
NO_ROWS = N_("There is no row for it.")

Data = Annotated[Path, typer.Option("--data", metavar="DIR", exists=True, file_okay=False)]


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the commands, with their help in the given translation."""
    said = N_("Judge a folder of files by the limits of a pack: what violates them, what was not reported.")
    app.command("check", help=translate(said))(check)
    said = N_("Explain one finding: the rule, the number, the rows it rests on, and what would make it right.")
    app.command("explain", help=translate(said))(tell_why)


def check(
    name: Name,
    data: Data,
    engine: Chosen = Engine.DUCKDB,
    database: Database = "",
    spark: Master = "",
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", dir_okay=False)] = None,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """A violation, or something not reported, makes the command end with 1; a faulty file or pack with 2."""
    voice = Voice(language, as_json)
    pack = _pack(voice, name)
    limits = rules_of(pack)
    awaits = awaits_of(pack)
    if not limits:
        voice.tell(NO_LIMITS)
        voice.end(well=False, status=FAULTY, what=voice.say(NO_LIMITS))
    with waiting() as patience, _hearing(voice):
        judging = Where(engine, database, spark).judging()
        opened = open_folder(connect(), data, limits, tell=lambda file: patience.tell(voice.say(READING, file=file)))
        patience.tell(voice.say(JUDGING))
        found = standings(opened, limits, judging)
    _notes(voice, opened)
    on_screen(voice, found, awaits)
    totals = _totals(found)
    voice.tell(TOTAL, **totals)
    if xlsx is not None:
        xlsx.write_bytes(workbook(voice, pack, found, awaits))
        voice.tell(WRITTEN, file=xlsx)
    voice.end(
        well=all(one.is_well for one in found.each),
        engine=engine.value,
        pack=pack.plan.id,
        digest=pack_digest(pack),
        files={table: {"file": shown, "rows": opened.rows[table]} for table, shown in opened.shown.items()},
        notes=faults_of(voice, opened.notes),
        totals=totals,
        limits=[plain_limit(voice, one) for one in found.each],
        awaits=[{"limit": key, "asks": list(asks)} for key, asks in awaits.items()],
    )


def _pack(voice: Voice, name: str) -> Pack:
    """The pack; where it has faults the command ends as it does for faulty files."""
    try:
        return voice.pack(name)
    except typer.Exit:
        raise typer.Exit(FAULTY) from None


@contextmanager
def _hearing(voice: Voice) -> Iterator[None]:
    """Faulty files are listed, a missing engine is named, and the command ends with 2."""
    try:
        yield
    except FaultyData as error:
        told = error.errors[:MOST_FAULTS]
        for one in told:
            voice.line(f"{one.code}  {one.text(voice.translate)}")
        unsaid = error.total - len(told) - sum(one.unsaid for one in told)
        if unsaid:
            voice.tell(MORE, count=unsaid)
        voice.tell(FAULTS, count=error.total)
        voice.end(well=False, status=FAULTY, code=error.code, total=error.total, faults=faults_of(voice, told))
    except (NoSuchFinding, SetUp) as error:
        voice.line(f"{error.code}  {error.text(voice.translate)}")
        voice.end(well=False, status=FAULTY, code=error.code, what=error.text(voice.translate))


def _notes(voice: Voice, opened: Opened) -> None:
    if opened.notes:
        voice.tell(NOTES, count=len(opened.notes))
        for one in opened.notes:
            voice.line(f"  {one.code}  {one.text(voice.translate)}")


def _totals(found: Standings) -> dict[str, int]:
    return {
        "limits": len(found.each),
        "kept": sum(one.is_well for one in found.each),
        "broken": sum(one.violating > 0 for one in found.each),
        "unreported": sum(not one.violating and not one.is_well for one in found.each),
        "violating": sum(one.violating for one in found.each),
        "missing": sum(one.not_reported for one in found.each),
    }


def tell_why(
    finding: Annotated[str, typer.Argument(metavar="FINDING")],
    name: Name,
    data: Data,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Ends with 0 where the group complies, with 1 where it does not, with 2 where a file, pack or name is faulty.

    FINDING is written as the check shows it, such as homework-time:class=301,day=2025-03-04.
    """
    voice = Voice(language, as_json)
    pack = _pack(voice, name)
    with waiting() as patience, _hearing(voice):
        limit, keys = meant(rules_of(pack), finding)
        opened = open_folder(connect(), data, [limit], tell=lambda file: patience.tell(voice.say(READING, file=file)))
        patience.tell(voice.say(JUDGING))
        found = explain(opened, limit, keys)
    _notes(voice, opened)
    _told(voice, limit, keys, found)
    well = found.finding is None or found.finding.verdict is Verdict.COMPLIANT
    voice.end(well=well, status=1, **_plain(voice, keys, found))


def _told(voice: Voice, limit: Limit, keys: Sequence[str], found: Explained) -> None:
    voice.line(rule(limit, voice.translate))
    voice.line(group(limit, found.finding.keys if found.finding else keys, voice.translate))
    if found.finding is not None:
        verdict = voice.translate(phrases.VERDICTS[found.finding.verdict])
        voice.tell(STANDS, verdict=verdict, outcome=outcome(limit, found.finding, voice.translate))
    if found.rows:
        voice.tell(ROWS, count=len(found.rows))
        headings = [phrases.short(column, voice.translate) for column in found.columns]
        shown = zip(found.rows[:MOST_ROWS], found.counts, strict=False)
        voice.table((*headings, COUNTED), (_row(voice, found, row, counts) for row, counts in shown))
        if len(found.rows) > MOST_ROWS:
            voice.tell(MORE, count=len(found.rows) - MOST_ROWS)
    else:
        voice.tell(NO_ROWS)
    voice.tell(RIGHT, remedy=remedy(limit, found.finding, voice.translate))


def _row(voice: Voice, found: Explained, row: Any, counts: str) -> tuple[object, ...]:
    cells = (phrases.cell(row.get(column.name), column, voice.translate) for column in found.columns)
    return (*cells, voice.translate(COUNTS[counts]))


def _plain(voice: Voice, keys: Sequence[str], found: Explained) -> dict[str, object]:
    limit, finding = found.limit, found.finding
    return {
        "finding": name_of(limit, finding.keys if finding else tuple(keys)),
        "rule": rule(limit, voice.translate),
        "clause": limit.clause,
        "verdict": finding.verdict.name.lower() if finding else None,
        "value": finding.value if finding else None,
        "bound": finding.bound if finding else None,
        "counted": finding.counted if finding else 0,
        "missing": finding.missing if finding else 0,
        "says": outcome(limit, finding, voice.translate) if finding else None,
        "remedy": remedy(limit, finding, voice.translate),
        "rows": [
            {**{column.name: row.get(column.name) for column in found.columns}, "counted": counts}
            for row, counts in list(zip(found.rows, found.counts, strict=True))[:MOST_ROWS]
        ],
        "more_rows": max(0, len(found.rows) - MOST_ROWS),
    }
