"""The evaluator that uses the order of rows: as SQL and the reference find it, and nothing where there is no order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qingfu.rules import ordered
from qingfu.rules.duck import connect, judge
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.parse import limits_of
from qingfu.rules.passes import passes_of
from qingfu.rules.reference import judge as by_hand

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Seven rows a class and day, so that groups lie across the chunks of 122,880 rows the file is read in.
SUBJECTS, CLASSES, DAYS = 7, 1200, 40


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """Classes of nine grades, one class number nobody lists, cells missing here and there."""
    folder = tmp_path_factory.mktemp("ordered")
    with connect(threads=2) as connection:
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(
            f"""CREATE TABLE rows AS SELECT DATE '2024-12-20' + CAST(d AS INTEGER) AS day, CAST(c AS INTEGER) AS class,
            's' || s AS subject,
            CASE WHEN (d * 31 + c * 17 + s) % 97 = 0 THEN NULL ELSE (d + c * s) % 23 END AS minutes,
            CASE WHEN (d + c + s) % 101 = 0 THEN NULL ELSE (d * c + s) % 61 = 0 END AS parent_marked
            FROM range({DAYS}) AS a(d), range({CLASSES}) AS b(c), range({SUBJECTS}) AS e(s) ORDER BY d, c, s"""
        )
        connection.execute(
            f"""CREATE TABLE classes AS SELECT CAST(c AS INTEGER) AS class, 'a school' AS school, 'town' AS place,
            CASE WHEN c % 50 = 0 THEN NULL WHEN c % 9 < 6 THEN 'P' || (1 + c % 9) ELSE 'J' || (c % 9 - 5) END AS grade
            FROM range({CLASSES - 1}) AS a(c)"""
        )
        yield connection, folder


def limits(**bound: object) -> list[Limit]:
    per = {"reads": "homework", "per": ["class", "day"]}
    return [
        *limits_of("time", {**per, "measure": {"sum": "minutes"}, "unit": "minute", **bound}),
        *limits_of("usual", {**per, "measure": {"mean": "minutes"}, "unit": "minute", "at-most": {"P": 12, "J2": 13}}),
        *limits_of("parents", {**per, "never": {"parent-marked": True}}),
    ]


def written(duck: tuple[DuckDBPyConnection, Path], order: str) -> str:
    """The rows in a file, in some order; the view `homework` reads it."""
    connection, folder = duck
    file = str(folder / "homework.parquet")
    connection.execute(f"COPY (SELECT * FROM rows ORDER BY {order}) TO '{file}' (ROW_GROUP_SIZE 20000)")
    connection.execute(f"CREATE OR REPLACE VIEW homework AS SELECT * FROM '{file}'")
    return file


def found(connection: DuckDBPyConnection, some: list[Limit], files: dict[str, str]) -> list[Finding]:
    return sorted(judge(connection, some, files, many=1).findings(), key=Finding.order)


@pytest.mark.parametrize("bound", [{"at-most": {"P1-2": 0, "P3-6": 60, "J": 90}}, {"at-least": 50}], ids=str)
@pytest.mark.parametrize("order", ["day, class, subject", "class, day, subject"])
def test_in_order_it_finds_what_sql_finds(
    duck: tuple[DuckDBPyConnection, Path], order: str, bound: dict[str, Any]
) -> None:
    file, some = written(duck, order), limits(**bound)
    (one,) = passes_of(some)
    assert ordered.fits(one)
    assert ordered.order_of(duck[0], one, file) == tuple(order.split(", ")[:2])
    assert ordered.hits(duck[0], one, tuple(order.split(", ")[:2]), "tried")
    in_order = found(duck[0], some, {"homework": file})
    assert in_order == found(duck[0], some, {})
    assert {finding.limit for finding in in_order} == {"time", "usual", "parents"}


def test_a_slice_agrees_with_the_reference(duck: tuple[DuckDBPyConnection, Path]) -> None:
    connection = duck[0]
    file, some = written(duck, "day, class, subject"), limits(**{"at-most": {"P1-2": 0, "P3-6": 60, "J": 90}})

    def rows(asked: str) -> list[dict[str, Any]]:
        answer = connection.execute(asked)
        names = [column[0].replace("_", "-") for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    sliced = rows("SELECT * FROM rows WHERE class % 40 = 3")
    expected = by_hand(some, {"homework": sliced, "classes": rows("SELECT * FROM classes")})
    there = [one for one in found(connection, some, {"homework": file}) if int(str(one.keys[0])) % 40 == 3]
    assert there == expected


@pytest.mark.parametrize("order", ["hash(day, class, subject)", "subject, day, class"])
def test_out_of_order_it_does_nothing_and_sql_judges(duck: tuple[DuckDBPyConnection, Path], order: str) -> None:
    file, some = written(duck, order), limits(**{"at-most": 60})
    (one,) = passes_of(some)
    assert not ordered.hits(duck[0], one, ("day", "class"), "tried")
    assert found(duck[0], some, {"homework": file}) == found(duck[0], some, {})


def test_disorder_inside_one_row_group_is_noticed(duck: tuple[DuckDBPyConnection, Path]) -> None:
    file, some = written(duck, "day, class % 2, class, subject"), limits(**{"at-most": 60})
    (one,) = passes_of(some)
    assert ordered.order_of(duck[0], one, file) == ("day", "class")
    assert not ordered.hits(duck[0], one, ("day", "class"), "tried")
    assert found(duck[0], some, {"homework": file}) == found(duck[0], some, {})


def test_what_needs_more_than_sums_is_left_to_sql() -> None:
    per = {"reads": "homework", "per": ["class", "day"], "unit": "minute"}
    for more in ({"measure": {"most": "minutes"}}, {"measure": {"sum": "minutes"}, "where": {"written": True}}):
        (one,) = passes_of(limits_of("it", {**per, **more, "at-most": 1}))
        assert not ordered.fits(one)
