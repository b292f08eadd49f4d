"""Engines: what may judge files that were checked; all must find the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from qingfu.rules.standing import Judging, judged_here


class Engine(StrEnum):
    """What judges."""

    DUCKDB = "duckdb"
    SPARK = "spark"
    POSTGRES = "postgres"


Chosen = Annotated[Engine, typer.Option("--engine")]
Database = Annotated[
    str, typer.Option("--database", metavar="URL", envvar="DATABASE_URL", show_envvar=True, show_default=False)
]
Master = Annotated[str, typer.Option("--spark", metavar="MASTER", envvar="QINGFU_SPARK", show_envvar=True)]


@dataclass(frozen=True)
class Where:
    """The engine and where it is: the address of a database, the master of a Spark cluster."""

    engine: Engine
    database: str
    master: str

    def judging(self) -> Judging:
        """How this engine judges; raises SetUp where a part or an address is missing. Imports only what is used."""
        if self.engine is Engine.SPARK:
            from qingfu.cli.offline.engines import on_spark

            return on_spark.judging(self.master)
        if self.engine is Engine.POSTGRES:
            from qingfu.cli.offline.engines import on_postgres

            return on_postgres.judging(self.database)
        return judged_here
