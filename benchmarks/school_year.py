"""School year: a made-up year of a county, a prefecture or a province, the same for the same number of rows.

Classes = rows / 600: two hundred days, three subjects. About 4 % of class-days give findings.
"""

from __future__ import annotations

from pathlib import Path

ORDERS = {"sorted": "day, class, subject", "shuffled": "hash(day, class, subject)", "late": "late, day, class, subject"}
DAYS = 200
FIRST_DAY, LAST_DAY = "2024-09-02", "2025-03-20"


def _mixed(what: str, salt: int) -> str:
    """A number below 65536 that looks random and is the same on every machine."""
    return f"((((({what}) * 2654435761 + {salt} * 40503) % 4294967296) * 40503) // 65536 % 65536)"


def write(folder: Path, rows: int, order: str) -> None:
    """Write the tables as parquet, homework in the order asked for."""
    import duckdb

    classes = rows // 600
    folder.mkdir(parents=True)
    with duckdb.connect(config={"preserve_insertion_order": True, "memory_limit": "8GB"}) as connection:
        for table, query in _tables(classes).items():
            connection.execute(f"COPY ({query}) TO '{folder}/{table}.parquet' (ROW_GROUP_SIZE 122880)")
        size = 5120 if rows <= 2_000_000 else 122_880
        # One row in a hundred comes in a week late.
        late = f"day + CASE WHEN {_mixed('k', 23)} % 100 = 0 THEN 7 ELSE 0 END AS late"
        sort = f"ORDER BY {ORDERS[order]}" if order != "sorted" else ""
        connection.execute(
            f"COPY (SELECT * EXCLUDE (k, late) FROM (SELECT *, {late} FROM ({_homework(classes)})) {sort})"
            f" TO '{folder}/homework.parquet' (ROW_GROUP_SIZE {size})"
        )


def _homework(classes: int) -> str:
    low = f"CASE WHEN {_mixed('k', 5)} % 1000 < 15 THEN 10 ELSE 0 END"
    middle = f"8 + {_mixed('k', 7)} % 13 + CASE WHEN {_mixed('k', 9)} % 1000 < 20 THEN 40 ELSE 0 END"
    high = f"12 + {_mixed('k', 7)} % 19 + CASE WHEN {_mixed('k', 9)} % 1000 < 20 THEN 60 ELSE 0 END"
    minutes = f"CASE WHEN c % 9 < 2 THEN {low} WHEN c % 9 < 6 THEN {middle} ELSE {high} END"
    return f"""SELECT DATE '2024-09-02' + CAST(d AS INTEGER) AS day, CAST(c AS INTEGER) AS class, CAST(s AS UTINYINT) AS subject,
        CAST(CASE WHEN {_mixed("k", 11)} % 1000 < 2 THEN NULL ELSE {minutes} END AS SMALLINT) AS minutes,
        {_mixed("k", 13)} % 1000 < 3 AS parent_marked, {_mixed("k", 17)} % 1000 < 2 AS punitive, k
        FROM (SELECT *, (d * {classes} + c) * 3 + s AS k FROM range({DAYS}) AS a(d), range({classes}) AS b(c), range(3) AS e(s)
        ORDER BY d, c, s)"""


def _tables(classes: int) -> dict[str, str]:
    c = f"range({classes}) AS b(c)"
    grade = "CASE WHEN c % 9 < 6 THEN 'P' || (1 + c % 9) ELSE 'J' || (c % 9 - 5) END"
    return {
        "classes": f"""SELECT CAST(c AS INTEGER) AS class, CAST(c // 30 AS INTEGER) AS school, {grade} AS grade,
            CASE WHEN c % 3 = 0 THEN 'village' ELSE 'town' END AS place,
            CAST(34 + {_mixed("c", 3)} % 12 + c % 97 // 96 * 9 AS SMALLINT) AS pupils FROM {c}""",
        "exams": f"""SELECT CAST(c AS INTEGER) AS class, CAST(t AS TINYINT) AS term, CAST(e AS TINYINT) AS subject,
            DATE '2024-10-01' + CAST(t * 120 + e * 20 AS INTEGER) AS day, TRUE AS unified
            FROM {c}, range(2) AS a(t), range(3) AS x(e) WHERE e < 1 + (c + t) % 2 OR {_mixed("c", 29)} % 100 < 4""",
        "schedules": f"""SELECT CAST(c AS INTEGER) AS class, CAST(1 AS TINYINT) AS term, CAST(w AS TINYINT) AS weekday,
            CAST(CASE WHEN c % 9 < 6 THEN 320 ELSE 380 END + {_mixed("c * 5 + w", 31)} % 42 AS SMALLINT) AS teaching,
            CAST(60 + {_mixed("c * 5 + w", 37)} % 30 - CASE WHEN {_mixed("c * 5 + w", 41)} % 100 < 2 THEN 25 ELSE 0 END
            AS SMALLINT) AS exercise FROM {c}, range(1, 6) AS a(w)""",
        "timetable": f"""SELECT CAST(c AS INTEGER) AS class, CAST(1 AS TINYINT) AS term,
            CASE r WHEN 0 THEN 'posted' ELSE 'taught' END AS record, CAST(p AS TINYINT) AS weekday, CAST(1 AS TINYINT) AS period,
            's' || CASE WHEN r = 1 AND {_mixed("c * 5 + p", 43)} % 1000 < 6 THEN 1 ELSE p END AS subject,
            CAST(2 AS TINYINT) AS fortnight FROM {c}, range(2) AS a(r), range(1, 6) AS x(p)""",
        "evenings": f"""SELECT CAST(c AS INTEGER) AS class, DATE '2024-09-02' + CAST(e AS INTEGER) AS day,
            CAST(1 + {_mixed("c * 10 + e", 47)} % 2 + CASE WHEN {_mixed("c * 10 + e", 53)} % 100 < 2 THEN 1 ELSE 0 END AS TINYINT)
            AS periods FROM {c}, range(10) AS a(e)""",
    }
