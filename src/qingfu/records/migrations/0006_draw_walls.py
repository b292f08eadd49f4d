"""The walls of draws: what was frozen, dealt, revealed, drawn or said in a call is added and never changed."""

from __future__ import annotations

from django.db import migrations

KEPT = (
    "draws_call", "draws_dealing", "draws_draw", "draws_draw_record", "draws_member", "draws_reveal", "draws_secret",
    "draws_ticket",
)  # fmt: skip
ADDED_ONLY = ("draws_call", "draws_dealing", "draws_draw_record", "draws_member", "draws_reveal")
# The steps of a draw; its notice cannot be written again.
STEPS = "state, threshold, anchor, sealed_at, values, drawn_at, void_at, void_reason"

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"


def _walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY tenant ON {table} TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});")
    for table in ADDED_ONLY:
        lines.append(f"REVOKE UPDATE, DELETE ON {table} FROM qingfu_web;")
    lines += [
        "REVOKE UPDATE, DELETE ON draws_draw, draws_ticket FROM qingfu_web;",
        f"GRANT UPDATE ({STEPS}) ON draws_draw TO qingfu_web;",
        "GRANT UPDATE (contact) ON draws_ticket TO qingfu_web;",
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
    """No second run: one record for a draw, and no right to change it."""

    dependencies = [("records", "0005_draws")]

    operations = [migrations.RunSQL(_walls(), _no_walls())]
