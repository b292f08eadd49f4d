"""Spark as the engine: on all cores of this machine, or on a cluster whose machines see the same files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from qingfu.base.errors import EngineFailed, ExtraMissing, JavaMissing
from qingfu.rules import spark
from qingfu.rules.duck import Judgement
from qingfu.rules.elsewhere import brought_home
from qingfu.rules.files import Opened
from qingfu.rules.nodes import Limit
from qingfu.rules.standing import Judging

HERE = "local[*]"


def judging(master: str) -> Judging:
    """Judge on the machines of that master; raises ExtraMissing or JavaMissing."""
    if find_spec("pyspark") is None:
        raise ExtraMissing(extra="spark")
    home = os.environ.get("JAVA_HOME")
    if which("java", path=f"{home}/bin" if home else None) is None:
        raise JavaMissing
    return partial(_judge, master or HERE)


def _judge(master: str, opened: Opened, limits: Sequence[Limit]) -> Judgement:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        with TemporaryDirectory(prefix="qingfu-") as scratch, session(master, scratch) as started:
            spark.seen(started, opened.connection, tuple(opened.rows), opened.ordered, Path(scratch))
            return brought_home(opened.connection, limits, spark.answers(started, limits))
    except (Py4JError, PySparkException) as error:
        raise EngineFailed(engine="Spark", reason=next(iter(str(error).splitlines()), "")) from None


@contextmanager
def session(master: str, scratch: str, more: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A session on the master, ended afterwards; what it leaves behind it leaves in ``scratch``."""
    from pyspark.sql import SparkSession

    alone = master.startswith("local")
    settings = {**spark.MEANING, **(spark.ALONE if alone else {}), "spark.sql.warehouse.dir": scratch, **(more or {})}
    if alone:
        # What Spark's own machinery binds to is told by the environment only.
        os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master(master).appName("qingfu limits")
    for setting, value in settings.items():
        builder = builder.config(setting, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("OFF")
    try:
        yield started
    finally:
        started.stop()
