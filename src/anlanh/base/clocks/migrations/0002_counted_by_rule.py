"""Clocks by rule with all their times, so that a board is counted from the index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["organisation", "rule", "started_at", "due_at", "stopped_at"], name="clock_by_rule"
            ),
        ),
    ]
