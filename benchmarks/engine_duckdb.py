"""DuckDB by hand, in two forms: one grouping shared by all limits on it, and one query for each limit."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engine_ours import checksum
from benchmarks.measure import Clock

DAY = "datediff('day', DATE '2024-01-01', day)"
P12, P36, J = "grade IN ('P1', 'P2')", "grade IN ('P3', 'P4', 'P5', 'P6')", "grade LIKE 'J%'"
TIMES = {"homework-p12": (P12, 0), "homework-p36": (P36, 60), "homework-junior": (J, 90)}
FACTS = {"parent-marked": "parent_marked", "punitive": "punitive"}

# What does not read homework is the same in both forms: none of it shares a grouping.
SMALL = {
    "exams": """SELECT class, term AS key, 1 AS verdict, n AS value FROM (SELECT class, term, count(*) FILTER (unified) AS n
        FROM exams GROUP BY class, term) JOIN classes USING (class) WHERE n > CASE WHEN grade IN ('P1', 'P2') THEN 1 ELSE 2 END""",
    "class-size": """SELECT class, 0 AS key, 1 AS verdict, pupils AS value FROM classes
        WHERE pupils > CASE WHEN grade LIKE 'P%' THEN 45 ELSE 50 END""",
    "school-minutes": """SELECT class, weekday AS key, 1 AS verdict, teaching AS value FROM schedules JOIN classes USING (class)
        WHERE teaching > CASE WHEN grade LIKE 'P%' THEN 360 ELSE 420 END""",
    "exercise": "SELECT class, weekday AS key, 1 AS verdict, exercise AS value FROM schedules WHERE exercise < 60",
    "periods": """SELECT class, term AS key, 1 AS verdict, v AS value FROM (SELECT class, term,
        unnest([coalesce(sum(fortnight) FILTER (subject = 's1'), 0), coalesce(sum(fortnight) FILTER (subject = 's2'), 0),
        coalesce(sum(fortnight) FILTER (subject = 's3'), 0), coalesce(sum(fortnight) FILTER (subject = 's4'), 0),
        coalesce(sum(fortnight) FILTER (subject = 's5'), 0)]) AS v
        FROM timetable WHERE record = 'taught' GROUP BY class, term) WHERE v < 2""",
    "posted-is-taught": """SELECT class, term AS key, 1 AS verdict, count(*) AS value FROM (SELECT class, term
        FROM timetable GROUP BY class, term, weekday, period, subject
        HAVING coalesce(sum(fortnight) FILTER (record = 'posted'), 0) <> coalesce(sum(fortnight) FILTER (record = 'taught'), 0))
        GROUP BY class, term""",
    "evening": f"SELECT class, {DAY} AS key, 1 AS verdict, periods AS value FROM evenings WHERE periods > 2",
}  # fmt: skip


def shared(folder: Path, kind: str) -> None:
    """One grouping of homework, thinned to what some limit may flag, then each limit on what is left."""
    some = " OR ".join(f"({grades} AND s > {bound})" for grades, bound in TIMES.values())
    grouped = f"""CREATE TABLE g AS SELECT class, {DAY} AS key, s, m, p, u, grade FROM (SELECT class, day, sum(minutes) AS s,
        count(*) - count(minutes) AS m, count(*) FILTER (parent_marked) AS p, count(*) FILTER (punitive) AS u
        FROM homework GROUP BY class, day) JOIN classes USING (class) WHERE m > 0 OR p > 0 OR u > 0 OR {some}"""
    queries = {
        **{rule: f"SELECT class, key, CASE WHEN s > {bound} THEN 1 ELSE 2 END AS verdict, coalesce(s, 0) AS value FROM g "
            f"WHERE {grades} AND (s > {bound} OR m > 0)" for rule, (grades, bound) in TIMES.items()},
        "parent-marked": "SELECT class, key, 1 AS verdict, p AS value FROM g WHERE p > 0",
        "punitive": "SELECT class, key, 1 AS verdict, u AS value FROM g WHERE u > 0",
        **SMALL,
    }  # fmt: skip
    _run(folder, [grouped], queries)


def per_rule(folder: Path, kind: str) -> None:
    """One query for each limit."""
    times = {
        rule: f"""SELECT class, {DAY} AS key, CASE WHEN s > {bound} THEN 1 ELSE 2 END AS verdict, coalesce(s, 0) AS value
        FROM (SELECT class, day, sum(minutes) AS s, count(*) - count(minutes) AS m FROM homework JOIN classes USING (class)
        WHERE {grades} GROUP BY class, day HAVING s > {bound} OR m > 0)"""
        for rule, (grades, bound) in TIMES.items()
    }
    facts = {
        rule: f"SELECT class, {DAY} AS key, 1 AS verdict, count(*) AS value FROM homework WHERE {column} GROUP BY class, day"
        for rule, column in FACTS.items()
    }
    _run(folder, [], {**times, **facts, **SMALL})


def _run(folder: Path, first: list[str], queries: dict[str, str]) -> None:
    import duckdb

    clock = Clock()
    connection = duckdb.connect(config={"preserve_insertion_order": False})
    for file in folder.glob("*.parquet"):
        connection.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM '{file}'")
    for query in first:
        connection.execute(query)
    connection.execute("CREATE TABLE f(rule VARCHAR, class INTEGER, key BIGINT, verdict INTEGER, value BIGINT)")
    for rule, query in queries.items():
        connection.execute(f"INSERT INTO f SELECT '{rule}', * FROM ({query})")
    clock.stop()
    asked = f"SELECT rule, count(*), sum({checksum('class', 'key')}) FROM f GROUP BY rule"
    found = {}
    for rule, count, check in connection.execute(asked).fetchall():
        found[rule], found[f"{rule}#"] = count, int(check)
    clock.tell(found)
