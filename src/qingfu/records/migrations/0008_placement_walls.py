"""The walls of placements: a change after the draw is added and never taken back."""

from __future__ import annotations

from django.db import migrations

KEPT = ("placement_change", "placement_placement", "placement_pupil", "placement_team", "placement_tie")

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"


def _walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY tenant ON {table} TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});")
    lines += [
        "REVOKE UPDATE, DELETE ON placement_change FROM qingfu_web;",
        "REVOKE DELETE ON placement_placement FROM qingfu_web;",
    ]
    return "\n".join(lines)


def _no_walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"DROP POLICY tenant ON {table};")
        lines.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")
        lines.append(f"GRANT UPDATE, DELETE ON {table} TO qingfu_web;")
    return "\n".join(lines)


class Migration(migrations.Migration):
    """What was changed by hand stays to be seen."""

    dependencies = [("records", "0007_placement")]

    operations = [migrations.RunSQL(_walls(), _no_walls())]
