"""Makes the database itself refuse to change what was published."""

from django.db import migrations

from anlanh.work.policies.guards import install_guards, remove_guards


class Migration(migrations.Migration):
    """Installs the triggers."""

    dependencies = [("policies", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema: install_guards(schema.connection),
            lambda apps, schema: remove_guards(schema.connection),
        )
    ]
