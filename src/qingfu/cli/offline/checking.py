"""`qingfu pack check`, `trace` and `test`: is the pack sound, complete, and does it do what it says?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from qingfu.base.errors import PackError
from qingfu.base.words import N_, Translate
from qingfu.cli.offline.speaking import ALL_WELL, DEFAULT_LANGUAGE, FAULTS, AsJson, Language, Name, Voice
from qingfu.packfile.blanks import assumptions, open_blanks
from qingfu.packfile.hurdles import flags, hurdles
from qingfu.packfile.play import Played, play_all
from qingfu.packfile.read import Reading, folder_of, pack_digest, read
from qingfu.packfile.skeleton import differences, read_skeleton
from qingfu.packfile.trace import Row, Trace, catalogue, trace

NOTES = N_("Notes: {count}")
HURDLES = N_("What stands in the way of putting it in force: {count}")
FLAGS = N_("Imported as the plan has it, and flagged: {count}")
ASSUMED = N_("Values assumed where the source is damaged or silent: {count}")
DIGEST = N_("Digest: {digest}")
NO_SKELETON = N_("The pack has no skeleton.toml, so nothing shows what is missing.")
COUNTED = N_(
    "Binding sentences {total}: {runs} run, {nothing} for a reason run nothing, {awaits} await a room, "
    "{unmapped} unmapped."
)
NOT_IN_SOURCE = N_("Sentences of the skeleton that the source text does not have: {count}")
SOURCE_HOLDS = N_("Every sentence of the skeleton is in the source text.")
FATES = {
    "runs": N_("runs"),
    "nothing": N_("nothing runs"),
    "awaits": N_("awaits a room"),
    "unmapped": N_("unmapped"),
}
SITUATION, CLAUSE, SENTENCE, FATE = N_("Situation"), N_("Clause"), N_("Sentence"), N_("Fate")
RUNS = N_("What runs it, or why not")
MECHANISM, OBJECTS, PROVEN_BY = N_("Mechanism"), N_("Objects"), N_("Proven by")
HELD = N_("Situations: {total}, of which {failed} do not hold.")
REASONS = {
    "aim": N_("an aim"),
    "basis": N_("a basis"),
    "elsewhere": N_("said elsewhere"),
    "missing-text": N_("text lost"),
    "declined": N_("declined"),
}


def add(app: typer.Typer, translate: Translate) -> None:
    """Add the commands, with their help in the given translation."""
    said = N_("Read a pack and say everything that is wrong, and what to write instead.")
    app.command("check", help=translate(said))(check)
    said = N_("Show what runs each binding sentence of the source, or why nothing does.")
    app.command("trace", help=translate(said))(follow)
    said = N_("Play the pack's own situations and say which do not hold.")
    app.command("test", help=translate(said))(try_out)


def check(
    name: Name,
    in_force: Annotated[bool, typer.Option("--in-force", help="hurdles → 1")] = False,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """Faults make the command end with 1; with --in-force, so do hurdles."""
    voice = Voice(language, as_json)
    with voice.hearing():
        reading = read(name)
    pack = reading.pack if not reading.faults else None
    found: Sequence[PackError] = hurdles(pack) if pack else ()
    well = pack is not None and not (in_force and found)
    _told(voice, reading, found)
    if well:
        voice.tell(ALL_WELL)
    voice.end(
        well=well,
        digest=pack_digest(pack) if pack else None,
        faults=[voice.fault(one) for one in reading.faults],
        notes=[voice.fault(one) for one in reading.notes],
        hurdles=[voice.fault(one) for one in found],
        flags=[{"about": one.about, "says": one.said} for one in (flags(pack) if pack else ())],
        blanks=[asdict(one) for one in (open_blanks(pack) if pack else ())],
        assumptions=[asdict(one) for one in (assumptions(pack) if pack else ())],
    )


def _told(voice: Voice, reading: Reading, found: Sequence[PackError]) -> None:
    voice.faults(reading.faults)
    if reading.faults or reading.pack is None:
        voice.tell(FAULTS, count=len(reading.faults))
        return
    if reading.notes:
        voice.tell(NOTES, count=len(reading.notes))
        voice.faults(reading.notes)
    voice.tell(HURDLES, count=len(found))
    for one in found:
        voice.line(f"  {one.code}  {one.key}  {one.what(voice.translate)}")
    flagged = flags(reading.pack)
    voice.tell(FLAGS, count=len(flagged))
    for flag in flagged:
        voice.line(f"  {flag.about}  {flag.said.text(voice.translate)}")
    voice.tell(ASSUMED, count=len(assumptions(reading.pack)))
    voice.tell(DIGEST, digest=pack_digest(reading.pack))


def follow(
    name: Name,
    source: Annotated[Path | None, typer.Option("--source", help="TXT", exists=True, dir_okay=False)] = None,
    proofs: Annotated[bool, typer.Option("--catalogue", help="P01 … A34")] = False,
    language: Language = DEFAULT_LANGUAGE,
    as_json: AsJson = False,
) -> None:
    """An unmapped sentence, or one that the source text does not have, makes the command end with 1."""
    voice = Voice(language, as_json)
    pack = voice.pack(name)
    skeleton, _ = read_skeleton(folder_of(name))
    if skeleton is None:
        voice.tell(NO_SKELETON)
        voice.end(well=False, what=voice.say(NO_SKELETON))
        return
    found = trace(pack, skeleton)
    lost = differences(skeleton, source.read_text(encoding="utf-8")) if source else []
    mechanisms = catalogue(pack)
    voice.table((CLAUSE, SENTENCE, FATE, RUNS), (_row(voice, row) for row in found.rows))
    if proofs:
        rows = ((one.id, ", ".join(one.things), ", ".join(one.situations)) for one in mechanisms)
        voice.table((MECHANISM, OBJECTS, PROVEN_BY), rows)
    voice.tell(COUNTED, total=len(found.rows), **{str(fate): count for fate, count in found.counts.items()})
    if source:
        voice.tell(NOT_IN_SOURCE if lost else SOURCE_HOLDS, count=len(lost))
        voice.faults(lost)
    voice.end(
        well=found.whole and not lost,
        counts=found.counts,
        rows=_rows(found),
        idle=found.idle,
        catalogue=[asdict(one) for one in mechanisms],
        not_in_source=[voice.fault(one) for one in lost],
    )


def _row(voice: Voice, row: Row) -> tuple[object, ...]:
    if row.fate == "nothing":
        why = "; ".join(f"{voice.translate(REASONS[one.reason or ''])}: {one.because}" for one in row.clauses)
    else:
        runners = [runner for one in row.clauses for runner in one.runners]
        names = [runner.name if runner.built else f"{runner.name} → {runner.room}" for runner in runners]
        why = ", ".join(dict.fromkeys(names))
    clauses = " ".join(one.clause for one in row.clauses)
    return clauses or "—", f"{row.section} {row.sentence}", voice.translate(FATES[row.fate]), why


def _rows(found: Trace) -> list[dict[str, object]]:
    return [asdict(row) for row in found.rows]


def try_out(name: Name, language: Language = DEFAULT_LANGUAGE, as_json: AsJson = False) -> None:
    """A situation that does not hold makes the command end with 1."""
    voice = Voice(language, as_json)
    played = play_all(voice.pack(name))
    voice.table((SITUATION, PROVEN_BY, ""), (_played(one) for one in played))
    failed = [one for one in played if not one.holds]
    for one in failed:
        voice.line(f"{one.situation.id}: {one.situation.says}")
        for said in one.failures:
            voice.line(f"  {said.text(voice.translate)}")
    voice.tell(HELD, total=len(played), failed=len(failed))
    voice.end(well=not failed, situations=[_outcome(one) for one in played])


def _played(one: Played) -> tuple[object, ...]:
    return one.situation.id, " ".join(one.situation.proves), "✓" if one.holds else "✗"


def _outcome(one: Played) -> dict[str, object]:
    return {
        "id": one.situation.id,
        "proves": one.situation.proves,
        "holds": one.holds,
        "failures": list(one.failures),
        "refused": {happened.number: happened.refused.code for happened in one.facts if happened.refused},
    }
