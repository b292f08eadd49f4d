"""Every engine finds what the reference finds, whatever the limits and however holey the data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingfu.rules.duck import connect, judge
from qingfu.rules.nodes import Limit
from qingfu.rules.passes import passes_of
from qingfu.rules.postgres import judge as judge_there
from qingfu.rules.reference import judge as by_hand
from qingfu.rules.sql import name, queries_of
from qingfu.rules.tables import BY_NAME
from qingfu.rules.vocabulary import OutsideVocabulary, parsed
from tests import pg_plugin
from tests.rules_of_chance import data, limits

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXAMPLES = 300
TYPES = {
    "key": "VARCHAR",
    "word": "VARCHAR",
    "whole": "SMALLINT",
    "clock": "SMALLINT",
    "yes-no": "BOOLEAN",
    "day": "DATE",
}


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckDBPyConnection]:
    """A connection with every table, empty."""
    with connect(threads=1) as connection:
        for table in BY_NAME.values():
            columns = ", ".join(f"{name(one.name)} {TYPES[one.kind]}" for one in table.columns)
            connection.execute(f"CREATE TABLE {name(table.name)} ({columns})")
        yield connection


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(limits(), min_size=1, max_size=5), data)
def test_duckdb_agrees_with_the_reference(
    duck: DuckDBPyConnection, some: list[tuple[Limit, ...]], held: dict[str, list[dict[str, Any]]]
) -> None:
    rules = [limit for group in some for limit in group]
    _fill(duck, held)
    found = sorted(judge(duck, rules).findings(), key=repr)
    assert found == sorted(by_hand(rules, held), key=repr)


def _fill(duck: DuckDBPyConnection, held: dict[str, list[dict[str, Any]]]) -> None:
    for table, rows in held.items():
        columns = BY_NAME[table].columns
        duck.execute(f"DELETE FROM {name(table)}")
        if rows:
            marks = ", ".join("?" for _ in columns)
            cells = [[row[one.name] for one in columns] for row in rows]
            duck.executemany(f"INSERT INTO {name(table)} VALUES ({marks})", cells)


@pytest.fixture(scope="module")
def file(duck: DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the rows of homework are written, for every example anew."""
    return tmp_path_factory.mktemp("large") / "homework.parquet"


@settings(max_examples=EXAMPLES // 3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(limits(), min_size=2, max_size=6), data)
def test_a_file_that_counts_as_large_is_judged_alike(
    duck: DuckDBPyConnection, file: Path, some: list[tuple[Limit, ...]], held: dict[str, list[dict[str, Any]]]
) -> None:
    rules = [limit for group in some for limit in group]
    _fill(duck, held)
    duck.execute(f"COPY homework TO '{file}'")
    found = sorted(judge(duck, rules, {"homework": str(file)}, many=1).findings(), key=repr)
    assert found == sorted(by_hand(rules, held), key=repr)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(limits(), min_size=1, max_size=5))
def test_no_query_holds_a_word_outside_the_vocabulary(some: list[tuple[Limit, ...]]) -> None:
    for one in passes_of([limit for group in some for limit in group]):
        queries = queries_of(one, "duckdb")
        for query in filter(None, (queries.hits, queries.findings, queries.absent)):
            assert parsed(query)


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(OutsideVocabulary):
        parsed("SELECT avg(minutes) FROM homework")


@pytest.fixture(scope="module")
def postgres(pg_server: pg_plugin.Server) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """The same in PostgreSQL."""
    database = f"{pg_plugin.NAME}_rules"
    pg_server.create(database)
    with psycopg.connect(pg_plugin.administrator(database).url, autocommit=True) as connection:
        for table in BY_NAME.values():
            columns = ", ".join(f"{name(one.name)} {TYPES[one.kind]}" for one in table.columns)
            connection.execute(f"CREATE TEMP TABLE {name(table.name)} ({columns})")
        yield connection
    pg_server.drop(database)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(limits(), min_size=1, max_size=5), data)
def test_postgresql_agrees_with_the_reference(
    postgres: psycopg.Connection[tuple[Any, ...]],
    some: list[tuple[Limit, ...]],
    held: dict[str, list[dict[str, Any]]],
) -> None:
    rules = [limit for group in some for limit in group]
    for table, rows in held.items():
        columns = BY_NAME[table].columns
        postgres.execute(f"DELETE FROM {name(table)}")
        with postgres.cursor().copy(f"COPY {name(table)} FROM STDIN") as copied:
            for row in rows:
                copied.write_row([row[one.name] for one in columns])
    found = sorted(judge_there(partial(_ask, postgres), rules), key=repr)
    assert found == sorted(by_hand(rules, held), key=repr)


def _ask(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> list[tuple[Any, ...]]:
    # Encoded: the type checker takes text only where it stands in the source, and this text is put together.
    return connection.execute(query.encode()).fetchall()
