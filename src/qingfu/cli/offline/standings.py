"""How limits stand: on the screen, as JSON, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qingfu.base.clock import system_now
from qingfu.base.errors import DataFault
from qingfu.base.words import N_, Said, Word, say
from qingfu.cli.offline.speaking import Voice
from qingfu.packfile.blanks import open_blanks
from qingfu.packfile.words.pack import Pack
from qingfu.papers.export import Heading, Table, as_xlsx
from qingfu.rules import phrases
from qingfu.rules.findings import Finding, name_of
from qingfu.rules.nodes import Limit
from qingfu.rules.sentences import group, outcome, rule
from qingfu.rules.standing import Standing, Standings
from qingfu.rules.tables import BY_NAME

MOST_IN_A_WORKBOOK = 100_000

NO_FILE = N_("not reported: no file for {tables}")
WHO_MUST = N_("who reported nothing does not show: no file for {tables}")
COUNTS = N_("violating {violating} · not reported {not_reported}")
KEPT = N_("kept")
AWAITS = N_("awaits the bureau's number: {asks}")
SUMMARY, FINDINGS = N_("Summary"), N_("Findings")
LIMIT, RULE, CLAUSE, STANDS = N_("Limit"), N_("Rule"), N_("Clause"), N_("How it stands")
VIOLATING, UNREPORTED = N_("Groups violating"), N_("Groups not reported")
FINDING, ABOUT, VERDICT, SAYS = N_("Finding"), N_("About"), N_("Verdict"), N_("Number and rule")
VALUE, BOUND, MISSING = N_("Value (unit of the column)"), N_("Bound (unit of the column)"), N_("Cells missing")
CUT = N_("Only the first {most} findings are listed.")


def awaits_of(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """For each limit with an open blank what the bureau must decide."""
    found: dict[str, list[str]] = {}
    for blank in open_blanks(pack):
        kind, _, rest = blank.name.partition(".")
        if kind == "limits":
            found.setdefault(rest.partition(".")[0], []).append(blank.asks)
    return {key: tuple(asks) for key, asks in found.items()}


def faults_of(voice: Voice, faults: Sequence[DataFault]) -> list[dict[str, object]]:
    """Faults or notes as JSON says them."""
    return [
        {
            "code": one.code,
            "file": one.file,
            "row": one.row or None,
            "column": one.column or None,
            "value": None if one.value is None else str(one.value),
            "what": one.what(voice.translate),
            "instead": one.instead,
            "do": one.next_step(voice.translate),
            "more": one.unsaid,
        }
        for one in faults
    ]


def on_screen(voice: Voice, found: Standings, awaits: Mapping[str, Sequence[str]]) -> None:
    """Each limit: its rule, how it stands, the first findings; then the limits that await a number."""
    for one in found.each:
        mark = "✓" if one.is_well else "✗" if one.violating else "?"
        voice.line(f"{mark} {one.limit.name}  {rule(one.limit, voice.translate)}")
        for said in stands(one):
            voice.line(f"    {said.text(voice.translate)}")
        for finding in one.examples:
            voice.line(f"    {name_of(one.limit, finding.keys)}  {outcome(one.limit, finding, voice.translate)}")
    for key, asks in awaits.items():
        voice.line(f"… {key}  {voice.say(AWAITS, asks=tuple(asks))}")


def stands(one: Standing) -> Iterator[Said]:
    """How a limit stands, in sentences."""
    tables = tuple(Word(BY_NAME[table].says) for table in one.lacks)
    if not one.judged:
        yield say(NO_FILE, tables=tables)
        return
    yield say(KEPT) if one.is_well else say(COUNTS, violating=one.violating, not_reported=one.not_reported)
    if one.lacks:
        yield say(WHO_MUST, tables=tables)


def plain_limit(voice: Voice, one: Standing) -> dict[str, object]:
    """A limit as JSON says it."""
    state = "no-file" if not one.judged else "kept" if one.is_well else "violated" if one.violating else "not-reported"
    return {
        "limit": one.limit.name,
        "id": one.limit.id,
        "item": one.limit.item,
        "clause": one.limit.clause,
        "says": one.limit.says,
        "rule": rule(one.limit, voice.translate),
        "state": state,
        "lacks": list(one.lacks),
        "violating": one.violating,
        "not_reported": one.not_reported,
        "examples": [_finding(voice, one.limit, finding) for finding in one.examples],
    }


def _finding(voice: Voice, limit: Limit, finding: Finding) -> dict[str, object]:
    return {
        "finding": name_of(limit, finding.keys),
        "verdict": finding.verdict.name.lower(),
        "value": finding.value,
        "bound": finding.bound,
        "counted": finding.counted,
        "missing": finding.missing,
        "says": outcome(limit, finding, voice.translate),
    }


def workbook(voice: Voice, pack: Pack, found: Standings, awaits: Mapping[str, Sequence[str]]) -> bytes:
    """A summary and the findings; a cell that a spreadsheet would calculate stays a text."""
    rows: list[Sequence[object]] = [_summary(voice, one) for one in found.each]
    says = {key: limit.says for key, limit in pack.limits.items()}
    rows += [
        (key, says[key], "、".join(pack.limits[key].clause), say(AWAITS, asks=tuple(asks)), None, None)
        for key, asks in awaits.items()
    ]
    limits = {one.limit.name: one.limit for one in found.each}
    findings = found.findings(MOST_IN_A_WORKBOOK + 1)
    cut = len(findings) > MOST_IN_A_WORKBOOK
    listed = [_listed(voice, limits[one.limit], one) for one in findings[:MOST_IN_A_WORKBOOK]]
    if cut:
        rows.append((None, say(CUT, most=MOST_IN_A_WORKBOOK), None, None, None, None))
    return as_xlsx(
        Table(Word(SUMMARY), _headings((LIMIT, 22), (RULE, 60), (CLAUSE, 16), (STANDS, 30), (VIOLATING, 12),
                                       (UNREPORTED, 12)), tuple(rows)),
        Table(Word(FINDINGS), _headings((FINDING, 40), (RULE, 50), (ABOUT, 30), (VERDICT, 12), (SAYS, 30), (VALUE, 12),
                                        (BOUND, 12), (MISSING, 12)), tuple(listed)),
        at=system_now(),
        translate=voice.translate,
    )  # fmt: skip


def _headings(*columns: tuple[str, int]) -> tuple[Heading, ...]:
    return tuple(Heading(Word(title), width=width) for title, width in columns)


def _summary(voice: Voice, one: Standing) -> Sequence[object]:
    told = [*stands(one)]
    said = rule(one.limit, voice.translate)
    return one.limit.name, said, one.limit.clause, told, one.violating, one.not_reported


def _listed(voice: Voice, limit: Limit, finding: Finding) -> Sequence[object]:
    return (
        name_of(limit, finding.keys), rule(limit, voice.translate), group(limit, finding.keys, voice.translate),
        Word(phrases.VERDICTS[finding.verdict]), outcome(limit, finding, voice.translate),
        finding.value, finding.bound, finding.missing,
    )  # fmt: skip
