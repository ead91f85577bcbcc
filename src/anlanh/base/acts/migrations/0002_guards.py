"""Makes the database itself refuse to change acts and leaves, and ask for a leaf with each new act."""

from django.db import migrations

from anlanh.base.acts.guards import install_guards, remove_guards


class Migration(migrations.Migration):
    """Installs the triggers."""

    dependencies = [("acts", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema: install_guards(schema.connection),
            lambda apps, schema: remove_guards(schema.connection),
        )
    ]
