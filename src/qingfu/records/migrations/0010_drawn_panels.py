"""Draws held for the panel of a case, and their walls: what was seated is added and never taken back."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

KEPT = ("enactment_panel_draw", "enactment_panel_seat")

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"


def _walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;")
        lines.append(f"CREATE POLICY tenant ON {table} TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});")
        lines.append(f"REVOKE UPDATE, DELETE ON {table} FROM qingfu_web;")
    lines.append("GRANT UPDATE (stands) ON enactment_panel_draw TO qingfu_web;")
    return "\n".join(lines)


def _no_walls() -> str:
    lines = []
    for table in KEPT:
        lines.append(f"DROP POLICY tenant ON {table};")
        lines.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;")
        lines.append(f"GRANT UPDATE, DELETE ON {table} TO qingfu_web;")
    return "\n".join(lines)


def _of(model: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"records.{model}")


class Migration(migrations.Migration):
    """The upper table holds the key."""

    dependencies = [("records", "0009_longer_names")]

    operations = [
        migrations.CreateModel(
            name="PanelDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=60)),
                ("stands", models.BooleanField(default=True)),
                ("bureau", _of("bureau")),
                ("draw", _of("draw")),
                ("run", _of("run")),
                ("turn", _of("turn")),
            ],
            options={"db_table": "enactment_panel_draw"},
        ),
        migrations.CreateModel(
            name="PanelSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("bureau", _of("bureau")),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="records.paneldraw"
                    ),
                ),
                ("ticket", _of("ticket")),
                ("turn", _of("turn")),
            ],
            options={"db_table": "enactment_panel_seat"},
        ),
        migrations.AddConstraint(
            model_name="paneldraw",
            constraint=models.UniqueConstraint(fields=("bureau", "draw"), name="enactment_panel_draw_once"),
        ),
        migrations.AddConstraint(
            model_name="paneldraw",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands", True)),
                fields=("bureau", "run", "step"),
                name="enactment_panel_draw_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="panelseat",
            constraint=models.UniqueConstraint(fields=("bureau", "turn", "ticket"), name="enactment_panel_seat_once"),
        ),
        migrations.RunSQL(_walls(), _no_walls()),
    ]
