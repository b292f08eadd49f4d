"""The walls of the monitoring room, and the schema `facts`: its tables as the rule language names them.

A view shows what stands now, of the term, the days and (where one is named) the school that the transaction has set;
it reads with the rights of whoever asks, so that a bureau's rows stay in the bureau.
"""

from __future__ import annotations

from django.db import migrations

KEPT = (
    "monitoring_aid", "monitoring_asking", "monitoring_board_text", "monitoring_class", "monitoring_combined", "monitoring_evening", "monitoring_exam",
    "monitoring_extra_lesson", "monitoring_filing", "monitoring_finding", "monitoring_finding_note", "monitoring_homework", "monitoring_judgement",
    "monitoring_lesson", "monitoring_limit_order", "monitoring_question", "monitoring_sample", "monitoring_schedule", "monitoring_watched", "plans_term",
)  # fmt: skip
ADDED_ONLY = ("monitoring_filing", "monitoring_finding_note", "monitoring_limit_order", "monitoring_sample")
# What was reported stays as it was reported; that it stands no longer is all that may be written beside it.
REPORTED = (
    "monitoring_aid", "monitoring_combined", "monitoring_evening", "monitoring_exam", "monitoring_extra_lesson",
    "monitoring_homework", "monitoring_lesson", "monitoring_schedule", "monitoring_watched",
)  # fmt: skip

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"
# A range, so that one school is found by the index and all schools need no condition of their own.
SCHOOL = (
    "organ_id BETWEEN current_setting('app.first_school')::bigint AND current_setting('app.last_school')::bigint"
)  # fmt: skip
OF_TERM = "term_id = current_setting('app.term')::bigint"
OF_DAYS = "day BETWEEN current_setting('app.from')::date AND current_setting('app.until')::date"

_TERM, _CLASS = "term_id AS term", "class_id AS class"
VIEWS = {
    "homework": (
        "monitoring_homework", OF_DAYS,
        f"day, {_CLASS}, subject, minutes, written, rest, parent_marked, punitive, marked",
    ),
    "exams": (
        "monitoring_exam", OF_TERM, f'{_CLASS}, {_TERM}, day, subject, unified, paper, "when", ranked, entrance',
    ),
    "timetable": ("monitoring_lesson", OF_TERM, f"{_CLASS}, {_TERM}, record, weekday, period, subject, fortnight"),
    "schedules": (
        "monitoring_schedule", OF_TERM,
        f"{_CLASS}, {_TERM}, weekday, arrive, first_lesson, teaching, exercise, early_study, sleep",
    ),
    "evenings": ("monitoring_evening", OF_DAYS, f"{_CLASS}, day, periods, day_pupils, teaching"),
    "extra_lessons": (
        "monitoring_extra_lesson", OF_DAYS, f'{_CLASS}, day, subject, "when", paid, after_school_service',
    ),
    "aids": ("monitoring_aid", OF_TERM, f"{_CLASS}, {_TERM}, subject, titles, voluntary, listed"),
    "combined": ("monitoring_combined", OF_TERM, f"{_CLASS}, {_TERM}, grades, pupils"),
}  # fmt: skip


def _walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY tenant ON {table} TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});")
    lines += [f"REVOKE UPDATE, DELETE ON {table} FROM qingfu_web;" for table in (*ADDED_ONLY, *REPORTED)]
    lines += [f"GRANT UPDATE (replaced_by_id) ON {table} TO qingfu_web;" for table in REPORTED]
    return "\n".join(lines)


def _no_walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"DROP POLICY tenant ON {table};")
        lines.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")
    lines += [f"GRANT UPDATE, DELETE ON {table} TO qingfu_web;" for table in (*ADDED_ONLY, *REPORTED)]
    return "\n".join(lines)


def _views() -> str:
    made = "WITH (security_invoker = true) AS SELECT"
    lines = [
        "CREATE SCHEMA facts;",
        "GRANT USAGE ON SCHEMA facts TO qingfu_web;",
        (
            f"CREATE VIEW facts.classes {made} id AS class, organ_id AS school, grade, place, pupils, experimental,"
            f" permit, filing_id AS filing FROM monitoring_class"
            f" WHERE NOT closed AND year = current_setting('app.year')::int AND {SCHOOL};"
        ),
        f"CREATE VIEW facts.sample {made} class_id AS class, day FROM monitoring_sample WHERE {OF_DAYS} AND {SCHOOL};",
    ]
    for view, (table, within, columns) in VIEWS.items():
        lines.append(
            f"CREATE VIEW facts.{view} {made} {columns}, filing_id AS filing FROM {table}"
            f" WHERE replaced_by_id IS NULL AND {within} AND {SCHOOL};"
        )
    lines.append("GRANT SELECT ON ALL TABLES IN SCHEMA facts TO qingfu_web;")
    lines.append("REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA facts FROM qingfu_web;")
    return "\n".join(lines)


class Migration(migrations.Migration):
    """What judging reads is named once, here; the rule language knows no table of the register."""

    dependencies = [("records", "0003_monitoring")]

    operations = [
        migrations.RunSQL(_walls(), _no_walls()),
        migrations.RunSQL(_views(), "DROP SCHEMA facts CASCADE;"),
    ]
