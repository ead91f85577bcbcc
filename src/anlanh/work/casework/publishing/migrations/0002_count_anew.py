from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Months are counted anew from the log when they are asked for: unpublished decisions are counted apart now."""
    apps.get_model("publishing", "MonthCounted").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
