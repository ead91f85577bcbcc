"""The words index of PostgreSQL begins with the owner and kind, and the newest things of one owner come in order.

Without them a search of a small organisation would go through what a large one beside it holds.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WORDS = "array_to_tsvector(string_to_array(folded, ' '))"
OWNED = "array_to_tsvector(string_to_array(folded, ' ') || (kind || '|' || organisation_id::text))"


def build(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Puts the index with the owner in the place of the one without."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX search_entry_owned ON search_entry USING gin ({OWNED})")
        schema_editor.execute("DROP INDEX search_entry_words")


def undo(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The other way."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX search_entry_words ON search_entry USING gin ({WORDS})")
        schema_editor.execute("DROP INDEX search_entry_owned")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_engine")]
    operations = [
        migrations.RunPython(build, undo),
        migrations.RemoveIndex("entry", "search_owner"),
        migrations.AddIndex("entry", models.Index(fields=["organisation", "kind", "id"], name="search_newest")),
    ]
