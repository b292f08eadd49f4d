"""polars, lazy and streaming, by hand: one grouping of homework shared by the limits on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.engine_duckdb import TIMES
from benchmarks.measure import Clock

GRADES = {"homework-p12": ["P1", "P2"], "homework-p36": ["P3", "P4", "P5", "P6"], "homework-junior": ["J1", "J2", "J3"]}


def run(folder: Path, kind: str) -> None:
    """All twelve in one collect, so that shared parts are read once."""
    import polars as pl

    clock = Clock()
    t = {file.stem: pl.scan_parquet(file) for file in folder.glob("*.parquet")}
    plans = _homework(pl, t) | _small(pl, t)
    frames = dict(zip(plans, pl.collect_all(list(plans.values()), engine="streaming"), strict=True))
    clock.stop()
    found: dict[str, int] = {}
    for rule, frame in frames.items():
        if len(frame):
            found[rule], found[f"{rule}#"] = len(frame), _checksum(pl, frame)
    clock.tell(found)


def _row(pl: Any, key: Any, verdict: Any, value: Any) -> list[Any]:
    wide = [pl.col("class").cast(pl.Int64), key.cast(pl.Int64).alias("key"), verdict.cast(pl.Int64).alias("verdict")]
    return [*wide, value.cast(pl.Int64).alias("value")]


def _day(pl: Any) -> Any:
    return (pl.col("day") - pl.date(2024, 1, 1)).dt.total_days()


def _homework(pl: Any, t: Mapping[str, Any]) -> dict[str, Any]:
    grouped = (
        t["homework"]
        .group_by("class", "day")
        .agg(
            s=pl.col("minutes").cast(pl.Int64).sum(), m=pl.col("minutes").null_count(),
            p=pl.col("parent_marked").sum(), u=pl.col("punitive").sum(),
        )
        .join(t["classes"].select("class", "grade"), on="class")
    )  # fmt: skip
    plans = {}
    for rule, (_, bound) in TIMES.items():
        over = pl.col("s") > bound
        rows = grouped.filter(pl.col("grade").is_in(GRADES[rule]) & (over | (pl.col("m") > 0)))
        plans[rule] = rows.select(_row(pl, _day(pl), pl.when(over).then(1).otherwise(2), pl.col("s")))
    for rule, column in (("parent-marked", "p"), ("punitive", "u")):
        plans[rule] = grouped.filter(pl.col(column) > 0).select(_row(pl, _day(pl), pl.lit(1), pl.col(column)))
    return plans


def _small(pl: Any, t: Mapping[str, Any]) -> dict[str, Any]:
    grade, one = pl.col("grade"), pl.lit(1)
    primary = grade.str.starts_with("P")
    classes = t["classes"].select("class", "grade")
    exams = t["exams"].filter("unified").group_by("class", "term").agg(n=pl.len()).join(classes, on="class")
    weeks = t["schedules"].join(classes, on="class")
    taught = t["timetable"].filter(pl.col("record") == "taught").group_by("class", "term")
    each = taught.agg(
        [pl.col("fortnight").filter(pl.col("subject") == f"s{n}").sum().alias(f"s{n}") for n in range(1, 6)]
    )
    long = each.unpivot(index=["class", "term"], value_name="v")
    sides = [pl.col("fortnight").filter(pl.col("record") == side).sum().alias(side) for side in ("posted", "taught")]
    places = t["timetable"].group_by("class", "term", "weekday", "period", "subject").agg(sides)
    differ = places.filter(pl.col("posted") != pl.col("taught")).group_by("class", "term").agg(n=pl.len())
    over = pl.col("n") > pl.when(grade.is_in(["P1", "P2"])).then(1).otherwise(2)
    size = pl.col("pupils") > pl.when(primary).then(45).otherwise(50)
    minutes = pl.col("teaching") > pl.when(primary).then(360).otherwise(420)
    return {
        "exams": exams.filter(over).select(_row(pl, pl.col("term"), one, pl.col("n"))),
        "class-size": t["classes"].filter(size).select(_row(pl, pl.lit(0), one, pl.col("pupils"))),
        "school-minutes": weeks.filter(minutes).select(_row(pl, pl.col("weekday"), one, pl.col("teaching"))),
        "exercise": t["schedules"].filter(pl.col("exercise") < 60).select(
            _row(pl, pl.col("weekday"), one, pl.col("exercise"))
        ),
        "periods": long.filter(pl.col("v") < 2).select(_row(pl, pl.col("term"), one, pl.col("v"))),
        "posted-is-taught": differ.select(_row(pl, pl.col("term"), one, pl.col("n"))),
        "evening": t["evenings"].filter(pl.col("periods") > 2).select(_row(pl, _day(pl), one, pl.col("periods"))),
    }  # fmt: skip


def _checksum(pl: Any, frame: Any) -> int:
    number = pl.col("class") * 104729 + pl.col("key") * 1299 + pl.col("verdict") * 7919 + pl.col("value") * 15485
    return int(frame.select((number % 1000003).sum()).item())
