"""What was noted of a call by mistake is taken back by a note of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0013_enrolment_walls"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="call",
            name="draws_call_outcome",
        ),
        migrations.RemoveConstraint(
            model_name="call",
            name="draws_call_reason",
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ("reached", "tried", "unreachable", "refused", "absent", "unfit", "taken-back"))
                ),
                name="draws_call_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ("reached", "tried", "taken-back")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="draws_call_reason",
            ),
        ),
    ]
