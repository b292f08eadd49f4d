"""Spark, on two machines that are two processes here, finds what DuckDB finds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qingfu.cli.offline.engines.on_spark import session
from qingfu.packfile.limits import rules_of
from qingfu.packfile.read import load
from qingfu.rules import spark
from qingfu.rules.duck import connect, judge
from qingfu.rules.nodes import Limit
from qingfu.rules.reference import judge as by_hand
from qingfu.rules.sql import name
from qingfu.rules.tables import BY_NAME
from tests.conftest import need
from tests.planted.county import TRIED, classes
from tests.planted.deed import PACKS
from tests.planted.store import TYPES, fill, lay
from tests.rules_of_chance import data, limits
from tests.unit.packfile import tiny
from tests.unit.rules import dirty

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MACHINES = 2
# What runs for a minute only is compiled once, quickly.
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
TABLES = tuple(BY_NAME)


@pytest.fixture(scope="module")
def has_spark() -> None:
    """Java and pyspark are there."""
    need("spark", present=which("java") is not None and find_spec("pyspark") is not None)


@pytest.fixture(scope="module")
def cluster(has_spark: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on a cluster of two machines with one core and one gigabyte each."""
    import pyspark

    home = tmp_path_factory.mktemp("home")
    # The machines leave their papers in Spark's own folder; here that is one of links.
    for part in Path(pyspark.__file__).parent.iterdir():
        (home / part.name).symlink_to(part)
    more = {
        "spark.driver.extraJavaOptions": QUICK,
        "spark.executor.extraJavaOptions": QUICK,
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",  # no work before both machines are there
        "spark.sql.shuffle.partitions": str(MACHINES),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(home))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        scratch = tmp_path_factory.mktemp("spark")
        with session(f"local-cluster[{MACHINES},1,1024]", str(scratch), more) as started:
            yield started


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """The schools of the planted county in which every sort of deed is done, and the folder of their files."""
    folder = tmp_path_factory.mktemp("county")
    with connect(threads=1) as connection:
        fill(connection, folder, [one for one in classes() if one.school in TRIED])
        lay(connection, folder)
        yield connection, folder


@pytest.fixture(scope="module")
def views(cluster: Any, county: tuple[DuckDBPyConnection, Path], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Spark reads the Parquet files themselves, and of two tables what DuckDB wrote for it."""
    connection, folder = county
    files = {table: str(folder / f"{table}.parquet") for table in TABLES if table not in ("classes", "sample")}
    spark.seen(cluster, connection, TABLES, files, tmp_path_factory.mktemp("written"))


def test_two_machines_judge(cluster: Any) -> None:
    assert cluster.range(10, numPartitions=MACHINES).count() == 10
    told = cluster.sparkContext._jsc.sc().getExecutorMemoryStatus()
    assert told.size() == MACHINES + 1  # they and the driver


@pytest.mark.parametrize("pack", PACKS)
def test_spark_finds_in_the_planted_county_what_duckdb_finds(
    pack: str, cluster: Any, views: None, county: tuple[DuckDBPyConnection, Path]
) -> None:
    rules = rules_of(load(pack))
    found = sorted(spark.judge(cluster, rules), key=repr)
    assert found == sorted(judge(county[0], rules).findings(), key=repr)
    assert {one.limit for one in found} == {limit.name for limit in rules}


# Few, because a question costs Spark a second; and as they come, because each smaller one would cost as much again.
@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(some=st.lists(limits(), min_size=3, max_size=4), held=data)
def test_spark_agrees_with_the_reference(
    cluster: Any,
    tmp_path_factory: pytest.TempPathFactory,
    some: list[tuple[Limit, ...]],
    held: dict[str, list[dict[str, Any]]],
) -> None:
    rules = [limit for group in some for limit in group]
    with connect(threads=1) as connection:
        for table in BY_NAME.values():
            columns = ", ".join(f"{name(one.name)} {TYPES[one.kind]}" for one in table.columns)
            connection.execute(f"CREATE TABLE {name(table.name)} ({columns})")
            if rows := held.get(table.name):
                marks = ", ".join("?" for _ in table.columns)
                cells = [[row[one.name] for one in table.columns] for row in rows]
                connection.executemany(f"INSERT INTO {name(table.name)} VALUES ({marks})", cells)
        spark.seen(cluster, connection, TABLES, {}, tmp_path_factory.mktemp("drawn"))
    found = sorted(spark.judge(cluster, rules), key=repr)
    assert found == sorted(by_hand(rules, held), key=repr)


PACK = {
    "limits.yaml": """\
    limits:
      time:
        clause: "第五条"
        says: "书面作业"
        reads: homework
        where: {written: true}
        per: [class, day]
        measure: {sum: minutes}
        at-most: {P3-6: 60, J: 90}
        unit: minute
        expects: sample
    """
}


def test_the_command_judges_on_spark_and_says_so(has_spark: None, tmp_path: Path) -> None:
    pack = tiny.write(tmp_path / "pack", also=PACK)
    # Characters that Hadoop would take for a pattern.
    folder = tmp_path / "data [1] {a,b}"
    folder.mkdir()
    (folder / "homework.csv").write_text(dirty.GOOD, encoding="utf-8")
    (folder / "sample.csv").write_text("class,day\n301,2025-03-04\n302,2025-03-04\n", encoding="utf-8")
    with connect() as connection:
        (tmp_path / "classes.csv").write_text(dirty.CLASSES, encoding="utf-8")
        connection.execute(f"COPY (FROM '{tmp_path}/classes.csv') TO '{folder}/classes.parquet'")
    command = [
        sys.executable,
        "-m",
        "qingfu.cli.offline",
        "limits",
        "check",
        str(pack),
        "--data",
        str(folder),
        "--json",
    ]
    told = [
        subprocess.run(
            [*command, "--engine", engine],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "JDK_JAVA_OPTIONS": QUICK},
        )
        for engine in ("duckdb", "spark")
    ]
    assert told[1].stdout == told[0].stdout.replace('"engine": "duckdb"', '"engine": "spark"'), told[1].stderr
    assert [one.returncode for one in told] == [1, 1]
