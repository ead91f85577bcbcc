"""The engine's own index over `search_entry.folded`: FTS5 kept level by triggers on SQLite, GIN on PostgreSQL.

Neither leaves cutting into words to the engine's parser: folded text already is words with single spaces between, and both
engines must find the same.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    "CREATE VIRTUAL TABLE search_text USING fts5(folded, content='search_entry', content_rowid='id', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\", prefix='2 3')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_text (rowid, folded) VALUES (NEW.id, NEW.folded); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_text (search_text, rowid, folded) VALUES ('delete', OLD.id, OLD.folded); "
    "INSERT INTO search_text (rowid, folded) VALUES (NEW.id, NEW.folded); END",
    "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_text (search_text, rowid, folded) VALUES ('delete', OLD.id, OLD.folded); END",
]
POSTGRESQL = [
    "CREATE INDEX search_entry_words ON search_entry USING gin (array_to_tsvector(string_to_array(folded, ' ')))",
]
SQLITE_UNDO = [
    "DROP TRIGGER search_entry_added",
    "DROP TRIGGER search_entry_changed",
    "DROP TRIGGER search_entry_gone",
    "DROP TABLE search_text",
]
POSTGRESQL_UNDO = ["DROP INDEX search_entry_words"]


def build(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Creates the index of the engine at hand."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def undo(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drops it."""
    for statement in SQLITE_UNDO if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDO:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(build, undo)]
