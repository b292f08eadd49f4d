"""The organiser of a draw is named in full: a school's name has up to 80 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0008_placement_walls"),
    ]

    operations = [
        migrations.AlterField(
            model_name="member",
            name="name",
            field=models.CharField(max_length=80),
        ),
    ]
