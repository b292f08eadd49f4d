"""Sentences: a rule and a finding in the words of the office, from the nodes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qingfu.base.words import N_, Translate, fill
from qingfu.rules import phrases
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Bound, Condition, Limit, Row
from qingfu.rules.tables import BY_NAME, Column, Table, known_column

RULE = N_("{table}: {groups}, {what}{slack}{expects}{clause}")
SCOPED = N_("{scope}, {groups}")
CLAUSE = N_(" ({clause})")
NEVER = N_("no {rows}")
ONLY = N_("of {rows}")
ROWS = N_("{noun} ({facts})")
ALSO, SUBJECT = N_("{one}, also {another}"), N_("in {subject}")
COUNTED = N_("{rows}: {bounds}")
MEASURED = N_("{measure}: {bounds}")
OF = N_("{rows}, {measure}: {bounds}")
EDGES = {"at-least": N_("{column} at least {edge}"), "at-most": N_("{column} at most {edge}")}
MEASURES = {
    "sum": N_("{column}, added up"),
    "mean": N_("{column}, on average"),
    "most": N_("{column}, the most"),
    "least": N_("{column}, the least"),
    "distinct": N_("{column}, how many different"),
}
AT = {"most": N_("{column}, the latest"), "least": N_("{column}, the earliest")}
LESSONS_A_WEEK = N_("lessons a week")
APART = N_("{rows}, days between one and the next: {bounds}")
EQUAL = N_("{one} and {other} agree in {of}, compared by {by}")
SIDES = {
    "at-most": N_("at most {amount}"),
    "at-least": N_("at least {amount}"),
    "exactly": N_("exactly {amount}"),
}
CLOCK_SIDES = {
    "at-most": N_("not later than {amount}"),
    "at-least": N_("not earlier than {amount}"),
    "exactly": N_("at {amount} sharp"),
}
NOT_ALLOWED = N_("none allowed")
FOR_WHOM, BUT = N_("{who} {bound}"), N_("but {who} {bound}")
THEN = N_("{one}, {another}")
SLACK = N_("; {amount} more or less is overlooked")
EXPECTS = N_("; all of “{table}” must report")
GROUP = N_("{column} {cell}")
UNKNOWN_BOUND = N_("which bound holds is not known")
NOTHING = N_("nothing was reported")
AGAINST = N_("{value}; the rule: {bound}")
NONE_MAY = N_("there: {value}; none may be")
MISSING = N_("{said}; not reported: {missing}")
AVERAGE = N_("{sum} in all, of {count}")
IN_PLACES = N_("they differ in {count} places")


def rule(limit: Limit, translate: Translate) -> str:
    """The whole rule: table, scope, groups, conditions, measure, bounds by grade, tolerance, the source's clause."""
    table = BY_NAME[limit.table]
    groups = phrases.each(limit.per, table, translate)
    if scope := _scope(limit, translate):
        groups = fill(SCOPED, {"scope": scope, "groups": groups}, translate)
    slack = fill(SLACK, {"amount": phrases.amount(limit, limit.tolerance, translate)}, translate)
    own = phrases.own_numbers(limit.clause.split("、")) if limit.clause else ""
    expected = fill(EXPECTS, {"table": translate(BY_NAME[limit.expects].says)}, translate) if limit.expects else ""
    return fill(
        RULE,
        {
            "table": translate(table.says),
            "groups": groups,
            "what": _what(limit, table, translate),
            "slack": slack if limit.tolerance else "",
            "expects": expected,
            "clause": fill(CLAUSE, {"clause": own}, translate) if own else "",
        },
        translate,
    )


def _scope(limit: Limit, translate: Translate) -> str:
    """Conditions on the class come first: they say whom the rule is for."""
    said = []
    for one in limit.where:
        if one.column == "grade" and one.test == "in":
            said.append(phrases.grades([str(value) for value in one.values], translate))
        elif one.column == "place":
            said.append(phrases.joined((phrases.word(str(value), translate) for value in one.values), translate))
    return phrases.joined(said, translate)


def _what(limit: Limit, table: Table, translate: Translate) -> str:
    does, rows, bound = limit.measure.does, _rows(limit, table, translate), bounds(limit, translate)
    if is_never(limit):
        return fill(NEVER, {"rows": rows}, translate)
    if does == "differing":
        return _equal(limit, table, translate)
    if does == "gap":
        return fill(APART, {"rows": rows, "bounds": bound}, translate)
    if does == "count":
        return fill(COUNTED, {"rows": rows, "bounds": bound}, translate)
    measure = _measure(limit, table, translate)
    if not _conditions(limit):
        return fill(MEASURED, {"measure": measure, "bounds": bound}, translate)
    return fill(OF, {"rows": rows, "measure": measure, "bounds": bound}, translate)


def is_never(limit: Limit) -> bool:
    """Whether the limit forbids a fact: no row at all, whoever it is."""
    forbids = limit.bound.side == "at-most" and all(row.bound == 0 for row in limit.bound.rows)
    return limit.measure.does == "count" and forbids and not limit.bound.by_grade and not limit.tolerance


def _conditions(limit: Limit) -> list[Condition]:
    return [one for one in limit.where if one.column not in ("grade", "place")]


def _rows(limit: Limit, table: Table, translate: Translate) -> str:
    noun, facts = phrases.noun(table, translate), ""
    for one in _conditions(limit):
        said = _condition(one, table, translate)
        facts = fill(ALSO, {"one": facts, "another": said}, translate) if facts else said
    return fill(ROWS, {"noun": noun, "facts": facts}, translate) if facts else noun


def _condition(one: Condition, table: Table, translate: Translate) -> str:
    column = known_column(table, one.column)
    if one.test != "in":
        edge = phrases.cell(one.values[0], column, translate)
        named = phrases.short(column, translate) if column else one.column
        return fill(EDGES[one.test], {"column": named, "edge": edge}, translate)
    if one.values in ((True,), (False,)):
        return phrases.fact(table, one.column, holds=bool(one.values[0]), translate=translate)
    words = phrases.joined((phrases.word(str(value), translate) for value in one.values), translate)
    return (
        fill(SUBJECT, {"subject": words}, translate)
        if one.column == "subject"
        else fill(ONLY, {"rows": words}, translate)
    )


def _measure(limit: Limit, table: Table, translate: Translate) -> str:
    does, column = limit.measure.does, table.column(limit.measure.column or "")
    if column is None:
        return ""
    # Half a lesson a week is what the column counts; the office speaks of lessons a week.
    weekly = column.unit == "half-period" and limit.unit == "period"
    named = translate(LESSONS_A_WEEK) if weekly else phrases.short(column, translate)
    # Of a single row the sum, the most and the least are the cell.
    if does != "distinct" and set(table.identity) <= set(limit.per):
        return named
    said = AT if limit.unit == "clock" and does in AT else MEASURES
    return fill(said[does], {"column": named}, translate)


def _equal(limit: Limit, table: Table, translate: Translate) -> str:
    compared = limit.measure.compared
    assert compared is not None, "a differing measure compares"  # noqa: S101 # the parser made it so
    names = {name: _named(table, name, translate) for name in (*compared.by, compared.of)}
    facts = {
        "one": phrases.word(compared.one, translate),
        "other": phrases.word(compared.other, translate),
        "of": names[compared.of],
        "by": phrases.joined((names[name] for name in compared.by), translate),
    }
    return fill(EQUAL, facts, translate)


def _named(table: Table, name: str, translate: Translate) -> str:
    column = known_column(table, name)
    return phrases.short(column, translate) if column else name


def bounds(limit: Limit, translate: Translate) -> str:
    """The bounds, whom each is for; a later one that takes out of an earlier one says so."""
    if not limit.bound.by_grade:
        return one_bound(limit, limit.bound.rows[-1].bound, translate)
    whole, rows = "", _standing(limit.bound)
    for index, row in enumerate(rows):
        inside = any(_meet(row, before) for before in rows[:index])
        facts = {"who": phrases.row(row, translate), "bound": one_bound(limit, row.bound, translate)}
        said = fill(BUT if inside else FOR_WHOM, facts, translate)
        whole = fill(THEN, {"one": whole, "another": said}, translate) if whole else said
    return whole


def _standing(bound: Bound) -> Sequence[Row]:
    """The rows that still decide for somebody; neighbours with one bound are one."""
    found: list[Row] = []
    for index, row in enumerate(bound.rows):
        if any(_covers(later, row) for later in bound.rows[index + 1 :]):
            continue
        before = found[-1] if found else None
        if before and before.bound == row.bound and before.places == row.places and not _meet(before, row):
            found[-1] = replace(before, grades=(*before.grades, *row.grades))
        else:
            found.append(row)
    return found


def _covers(later: Row, row: Row) -> bool:
    return set(row.grades) <= set(later.grades) and set(row.places) <= set(later.places)


def _meet(one: Row, other: Row) -> bool:
    return bool(set(one.grades) & set(other.grades) and set(one.places) & set(other.places))


def one_bound(limit: Limit, bound: int, translate: Translate) -> str:
    """不超过60分钟；没有余地的，不允许有."""
    if bound == 0 and limit.bound.side == "at-most" and limit.unit != "clock":
        return translate(NOT_ALLOWED)
    sides = CLOCK_SIDES if limit.unit == "clock" else SIDES
    return fill(sides[limit.bound.side], {"amount": phrases.amount(limit, bound, translate)}, translate)


def group(limit: Limit, keys: Sequence[object], translate: Translate) -> str:
    """Which group a finding is about: 班级 301、日期 2025年3月4日."""
    table = BY_NAME[limit.table]
    columns = [(name, known_column(table, name)) for name in limit.per]
    said = [
        fill(
            GROUP,
            {
                "column": phrases.short(column, translate) if column else name,
                "cell": phrases.cell(key, column, translate),
            },
            translate,
        )
        for (name, column), key in zip(columns, keys, strict=True)
    ]
    return phrases.joined(said, translate)


def outcome(limit: Limit, finding: Finding, translate: Translate) -> str:
    """The number against the bound, and how much is missing."""
    said = _value(limit, finding, translate)
    if finding.bound is None:
        said = fill(AGAINST, {"value": said, "bound": translate(UNKNOWN_BOUND)}, translate)
    elif finding.value is not None and is_never(limit):
        said = fill(NONE_MAY, {"value": said}, translate)
    elif limit.measure.does != "differing":
        said = fill(AGAINST, {"value": said, "bound": one_bound(limit, finding.bound, translate)}, translate)
    return fill(MISSING, {"said": said, "missing": finding.missing}, translate) if finding.missing else said


def _value(limit: Limit, finding: Finding, translate: Translate) -> str:
    if finding.value is None:
        return translate(NOTHING)
    if limit.measure.does == "differing":
        return fill(IN_PLACES, {"count": finding.value}, translate)
    value = phrases.amount(limit, finding.value, translate)
    if limit.measure.does == "mean":
        return fill(AVERAGE, {"sum": value, "count": finding.counted}, translate)
    return value


def column_of(limit: Limit) -> Column | None:
    """The column a limit measures."""
    return BY_NAME[limit.table].column(limit.measure.column or "")
