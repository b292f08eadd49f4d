"""What is told of a team of teachers as a whole, so that teams can be compared."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_calls_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="team",
            name="seniors",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="team",
            name="teachers",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="team",
            name="years",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
