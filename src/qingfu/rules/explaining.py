"""Explaining: one group of one limit, computed again by the reference evaluator from the rows it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Literal

from qingfu.base.errors import NoSuchFinding
from qingfu.base.words import N_, Translate, fill
from qingfu.rules import phrases
from qingfu.rules.files import Opened
from qingfu.rules.findings import Finding, name_of
from qingfu.rules.nodes import Limit, is_of_class
from qingfu.rules.passes import slack
from qingfu.rules.reference import Entry, meets, stands
from qingfu.rules.sentences import column_of, is_never, one_bound
from qingfu.rules.sql import literal, name
from qingfu.rules.tables import BROUGHT, BY_NAME, CLASSES, Column, Table, known_column
from qingfu.rules.truth import Verdict

Counts = Literal["yes", "no", "unknown", "empty"]
Ask = Callable[[str], Sequence[Sequence[Any]]]

COMPLIES = N_("Nothing need be done: it complies.")
NO_BOUND = N_("The rule sets no bound for it.")
REPORT = N_("Report “{table}” for it.")
FILL = N_("Fill in what is missing ({missing} cells), or the rows it depends on.")
PLACE = N_("Enter the class in the table of classes with its grade and, where the rule asks for it, its place.")
LESS, MORE = N_("Bring it down by {amount}."), N_("Raise it by {amount}.")
NONE_OF_THEM = N_("None of these rows may be there: {count}.")
EVERY = N_("Every row must be {bound}.")
AGREE = N_("Make the two records agree in {count} places.")
APART = N_("Leave {bound} between one day and the next.")


@dataclass(frozen=True)
class Explained:
    """A group with its rows; ``counts`` says of each row whether it is counted, and ``finding`` how the group stands.

    ``finding`` is None where no bound is set for the group.
    """

    limit: Limit
    columns: tuple[Column, ...]
    rows: tuple[Entry, ...]
    counts: tuple[Counts, ...]
    finding: Finding | None


def meant(limits: Sequence[Limit], finding: str) -> tuple[Limit, tuple[str, ...]]:
    """The limit and the keys that a finding's name names; raises NoSuchFinding."""
    called, _, keys = finding.partition(":")
    found = next((limit for limit in limits if limit.name == called), None)
    if found is None:
        near = get_close_matches(called, [limit.name for limit in limits], n=3, cutoff=0.4)
        known = [_called(limit) for limit in limits if limit.name in near] or [_called(limit) for limit in limits[:1]]
        raise NoSuchFinding(finding=finding, known=known)
    pattern = ",".join(f"{re.escape(column)}=(.+)" for column in found.per)
    if told := re.fullmatch(pattern, keys):
        return found, told.groups()
    raise NoSuchFinding(finding=finding, known=_called(found))


def _called(limit: Limit) -> str:
    return f"{limit.name}:" + ",".join(f"{column}=…" for column in limit.per)


def explain(opened: Opened, limit: Limit, keys: Sequence[str]) -> Explained:
    """Compute the group again from files; raises NoSuchFinding where there is no row and nobody who must report."""
    import duckdb

    def ask(query: str) -> Sequence[Sequence[Any]]:
        try:
            return opened.connection.execute(query).fetchall()
        except duckdb.ConversionException:
            # A word where the column holds days or numbers is no row's.
            return []

    return explain_with(ask, opened.rows, limit, keys)


def explain_with(ask: Ask, reported: Collection[str], limit: Limit, keys: Sequence[str]) -> Explained:
    """Compute the group again. ``ask`` answers a query on the tables as `sql.name` names them; ``reported`` are those
    that are there. Raises NoSuchFinding where no row and nobody who must report belongs to the group.
    """
    table = BY_NAME[limit.table]
    rows = _fetch(ask, limit, table, keys)
    must = limit.expects if limit.expects in reported else None
    expected = _fetch(ask, limit, BY_NAME[must], keys) if must else []
    if not rows and not expected:
        raise NoSuchFinding(finding=name_of(limit, tuple(keys)), known=_called(limit))
    data = {limit.table: rows, **({must: expected} if must else {})}
    if limit.table != CLASSES:
        data[CLASSES] = _classes(ask, reported, {row["class"] for row in (*rows, *expected) if "class" in row})
    known = {row["class"]: row for row in data[CLASSES]}
    shown = [{**{one: known.get(row.get("class"), {}).get(one) for one in _brought(limit)}, **row} for row in rows]
    columns = tuple(column for one in _shown(limit) if (column := known_column(table, one)) is not None)
    return Explained(limit, columns, tuple(shown), tuple(_counts(limit, row) for row in shown), stands(limit, data))


def _brought(limit: Limit) -> tuple[str, ...]:
    return BROUGHT if is_of_class(limit) else ()


def _shown(limit: Limit) -> list[str]:
    """The columns worth showing: what tells the rows apart, what the rule asks, what it measures."""
    compared, table = limit.measure.compared, BY_NAME[limit.table]
    asked = [*table.identity, *(one.column for one in limit.where)]
    asked += [limit.measure.column] if limit.measure.column else []
    asked += [compared.column, *compared.by, compared.of] if compared else []
    return list(dict.fromkeys(asked))


def _counts(limit: Limit, row: Entry) -> Counts:
    compared = limit.measure.compared
    if compared and row[compared.column] not in (compared.one, compared.other):
        return "no"
    holds = meets(limit.where, row)
    if holds is None:
        return "unknown"
    measured = limit.measure.column or (compared.of if compared else None)
    return "no" if not holds else "empty" if measured and row.get(measured) is None else "yes"


def _fetch(ask: Ask, limit: Limit, table: Table, keys: Sequence[str]) -> list[Entry]:
    """The rows of a table that belong to the group."""
    columns = [column.name for column in table.columns]
    joins = any(table.column(column) is None for column in limit.per)
    joined = f" LEFT JOIN {name(CLASSES)} AS c ON t.class = c.class" if joins else ""
    wanted = []
    for column, key in zip(limit.per, keys, strict=True):
        cell = f"{'t' if table.column(column) else 'c'}.{name(column)}"
        wanted.append(f"{cell} IS NULL" if key == "None" else f"{cell} = {literal(key)}")
    cells = ", ".join(f"t.{name(column)}" for column in columns)
    ordered = ", ".join(f"t.{name(column)}" for column in table.identity)
    asked = f"SELECT {cells} FROM {name(table.name)} AS t{joined} WHERE {' AND '.join(wanted)} ORDER BY {ordered}"
    return [dict(zip(columns, row, strict=True)) for row in ask(asked)]


def _classes(ask: Ask, reported: Collection[str], some: Iterable[object]) -> list[Entry]:
    if CLASSES not in reported:
        return []
    listed = ", ".join(literal(str(one)) for one in some if one is not None)
    columns = [column.name for column in BY_NAME[CLASSES].columns]
    asked = f"SELECT {', '.join(map(name, columns))} FROM {name(CLASSES)} WHERE class IN ({listed or 'NULL'})"
    return [dict(zip(columns, row, strict=True)) for row in ask(asked)]


def remedy(limit: Limit, finding: Finding | None, translate: Translate) -> str:
    """What would make the group comply."""
    if finding is None:
        return translate(NO_BOUND)
    if finding.verdict is Verdict.COMPLIANT:
        return translate(COMPLIES)
    if finding.verdict is Verdict.NOT_REPORTED:
        return _unreported(limit, finding, translate)
    value, bound = finding.value or 0, (finding.bound or 0) + slack(limit)
    if is_never(limit):
        return fill(NONE_OF_THEM, {"count": value}, translate)
    return _violating(limit, finding, value, bound, translate)


def _unreported(limit: Limit, finding: Finding, translate: Translate) -> str:
    if finding.bound is None:
        return translate(PLACE)
    if finding.missing:
        return fill(FILL, {"missing": finding.missing}, translate)
    return fill(REPORT, {"table": translate(BY_NAME[limit.table].says)}, translate)


def _violating(limit: Limit, finding: Finding, value: int, bound: int, translate: Translate) -> str:
    does = limit.measure.does
    told: Mapping[str, object] = {"count": value, "bound": one_bound(limit, finding.bound or 0, translate)}
    if does == "differing":
        return fill(AGREE, told, translate)
    if does == "gap":
        return fill(APART, told, translate)
    if does in ("most", "least") and column_of(limit) is not None:
        return fill(EVERY, told, translate)
    edge = bound * (finding.counted + finding.missing) if does == "mean" else bound
    amount = phrases.amount(limit, abs(value - edge), translate)
    return fill(LESS if value > edge else MORE, {"amount": amount}, translate)
