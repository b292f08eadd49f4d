"""The walls of open enrolment: a parents' meeting is added and never taken back, nothing announced is deleted."""

from __future__ import annotations

from django.db import migrations

KEPT = (
    "enrolment_catchment", "enrolment_change", "enrolment_changed_area", "enrolment_meeting", "enrolment_result",
    "enrolment_year",
)  # fmt: skip
SAID_ONCE = ("enrolment_changed_area", "enrolment_meeting")
NEVER_DELETED = ("enrolment_change", "enrolment_result", "enrolment_year")

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"


def _walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY tenant ON {table} TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});")
    lines += [f"REVOKE UPDATE, DELETE ON {table} FROM qingfu_web;" for table in SAID_ONCE]
    lines += [f"REVOKE DELETE ON {table} FROM qingfu_web;" for table in NEVER_DELETED]
    return "\n".join(lines)


def _no_walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"DROP POLICY tenant ON {table};")
        lines.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")
        lines.append(f"GRANT UPDATE, DELETE ON {table} TO qingfu_web;")
    return "\n".join(lines)


class Migration(migrations.Migration):
    """What was said of an area stays to be read."""

    dependencies = [("records", "0012_enrolment")]

    operations = [migrations.RunSQL(_walls(), _no_walls())]
