from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

import anlanh.base.clock


def place(apps, schema_editor):
    """Cases that were there before: a child's first, the others by when a fifth of their clock is left."""
    cases = apps.get_model("casework", "Case").objects
    cases.update(begin_by=Coalesce(F("soon_at"), F("opened_at")), mark_at=F("soon_at"))
    cases.filter(kind="order").update(tier=2)
    cases.filter(concerns_child=True).update(tier=1, begin_by=F("opened_at"))
    cases.filter(threatens_life=True).update(tier=0, begin_by=F("opened_at") - timedelta(days=3650))


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0005_reports_asked"),
        ("desk", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_queue"),
        migrations.AddField(
            model_name="case", name="begin_by", field=models.DateTimeField(default=anlanh.base.clock.now)
        ),
        migrations.AddField(model_name="case", name="mark_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="case",
            name="queue",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="desk.queue",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="tier",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.RunPython(place, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation", "begin_by", "id"],
                name="case_order",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation", "queue", "begin_by", "id"],
                name="case_in_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation", "kind", "begin_by", "id"],
                name="case_of_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation", "category", "begin_by", "id"],
                name="case_of_category",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation", "phase", "begin_by", "id"],
                name="case_in_phase",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["organisation", "opened_at", "id"],
                name="case_opened",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("claimed_by__isnull", False), ("closed_at__isnull", True)),
                fields=["claimed_by"],
                name="case_claimed",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("assigned_to__isnull", False), ("closed_at__isnull", True)),
                fields=["assigned_to"],
                name="case_assigned",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("mark_at__isnull", False)),
                fields=["mark_at"],
                name="case_mark",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["organisation", "closed_at", "id"],
                name="case_closed",
            ),
        ),
    ]
