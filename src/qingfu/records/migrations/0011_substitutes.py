"""Inspectors of a matching behind their tickets; who went instead of whom, and its wall: added and never taken back."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

HERE = "bureau_id = NULLIF(current_setting('app.bureau', true), '')::bigint"
WALL = f"""
ALTER TABLE draws_substitute ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON draws_substitute TO qingfu_web USING ({HERE}) WITH CHECK ({HERE});
REVOKE UPDATE, DELETE ON draws_substitute FROM qingfu_web;
"""
NO_WALL = """
DROP POLICY tenant ON draws_substitute;
ALTER TABLE draws_substitute DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON draws_substitute TO qingfu_web;
"""


def _of(model: str, **how: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"records.{model}", **how
    )


class Migration(migrations.Migration):
    """What was replaced, why and by whom stays to be seen."""

    dependencies = [("records", "0010_drawn_panels")]

    operations = [
        migrations.AddField(model_name="ticket", name="taker", field=models.BooleanField(default=False)),
        migrations.CreateModel(
            name="Substitute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("round", models.PositiveSmallIntegerField()),
                ("cause", models.CharField(max_length=8)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("bureau", _of("bureau")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="substitutes", to="records.draw"
                    ),
                ),
                ("gone", _of("ticket")),
                ("heir", _of("ticket", null=True)),
                ("person", _of("person", null=True)),
                ("target", _of("ticket")),
            ],
            options={"db_table": "draws_substitute"},
        ),
        migrations.AddConstraint(
            model_name="substitute",
            constraint=models.UniqueConstraint(fields=("bureau", "draw", "place"), name="draws_substitute_place"),
        ),
        migrations.AddConstraint(
            model_name="substitute",
            constraint=models.UniqueConstraint(
                fields=("bureau", "draw", "round", "target", "gone"), name="draws_substitute_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="substitute",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ("absent", "recused")), models.Q(("reason", ""), _negated=True)),
                name="draws_substitute_reason",
            ),
        ),
        migrations.RunSQL(WALL, NO_WALL),
    ]
