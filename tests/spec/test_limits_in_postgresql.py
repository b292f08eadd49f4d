"""`qingfu limits check --engine postgres`: the same files judged in PostgreSQL, which keeps nothing of them."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

from qingfu.rules.duck import connect
from tests import pg_plugin
from tests.planted.county import TRIED, classes
from tests.planted.deed import PACKS
from tests.planted.store import fill, lay
from tests.unit.offline import run, run_json


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the schools of the planted county in which every sort of deed is done, one of them as text."""
    folder = tmp_path_factory.mktemp("county")
    with connect(threads=1) as connection:
        fill(connection, folder, [one for one in classes() if one.school in TRIED])
        # A name that holds everything a text file is written with.
        connection.execute("""UPDATE classes SET school = 'a, "b" \\\\ ' || chr(10) || '中' WHERE class = 'P01-11'""")
        lay(connection, folder)
        (folder / "evenings.parquet").unlink()
        connection.execute(f"COPY evenings TO '{folder}/evenings.csv' (HEADER)")
    return folder


@pytest.fixture(scope="module")
def address(pg_server: pg_plugin.Server) -> str:
    """The address of an empty database."""
    name = f"{pg_plugin.NAME}_judging"
    pg_server.create(name)
    return pg_plugin.administrator(name).url


@pytest.mark.parametrize("pack", PACKS)
def test_postgresql_finds_in_the_planted_county_what_duckdb_finds(pack: str, county: Path, address: str) -> None:
    here = run_json("limits", "check", pack, "--data", county)
    there = run_json("limits", "check", pack, "--data", county, "--engine", "postgres", "--database", address)
    assert (here[1].pop("engine"), there[1].pop("engine")) == ("duckdb", "postgres")
    assert here[1]["totals"]["violating"] > 0
    assert there == here


def test_nothing_of_the_files_stays_in_the_database(
    county: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held() -> list[tuple[Any, ...]]:
        with psycopg.connect(address) as connection:
            return connection.execute(
                "SELECT relname FROM pg_class WHERE relname IN ('homework', 'classes')"
            ).fetchall()

    before = held()
    monkeypatch.setenv("DATABASE_URL", address)
    assert run("limits", "check", "national", "--data", county, "--engine", "postgres")[0] == 1
    assert held() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--engine", "postgres"], "QF-SETTING-MISSING"),
        (["--engine", "postgres", "--database", "postgresql://nobody:secret@127.0.0.1:1/none"], "QF-ENGINE"),
        (["--engine", "spark"], "QF-JAVA" if find_spec("pyspark") else "QF-EXTRA"),
    ],
)
def test_an_engine_that_is_not_there_is_named_and_nothing_is_judged(
    words: list[str], code: str, county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    status, said = run_json("limits", "check", "national", "--data", county, *words)
    assert (status, said["code"]) == (2, code)
    assert "limits" not in said
    assert "secret" not in json.dumps(said)
