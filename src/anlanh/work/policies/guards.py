"""Database guards: what was published can't be changed or removed, whatever program asks.

The triggers are installed by a migration on both engines. Tests that flush tables between runs call `without_guards`;
nothing else does. The digest in the sealed log would tell a change, too; the guards see to it that there is none.
"""

import contextlib
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

PUBLISHED = ("policies_version", "policies_clause", "policies_withdrawal")
_REFUSAL = "published rules are append-only"


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers on the connection's database."""
    with connection.cursor() as cursor:
        for statement in _postgresql() if connection.vendor == "postgresql" else _sqlite():
            cursor.execute(statement)


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers; for the tests' flush and for taking the migration back."""
    with connection.cursor() as cursor:
        for table in PUBLISHED:
            suffix = f" ON {table}" if connection.vendor == "postgresql" else ""
            for event in ("update", "delete", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{suffix}")


@contextlib.contextmanager
def without_guards(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lifts the guards inside the block: the path by which a test database is emptied."""
    remove_guards(connection)
    try:
        yield
    finally:
        install_guards(connection)


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for table in PUBLISHED
        for event in ("update", "delete")
    ]


def _postgresql() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION anlanh_refuse_published() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    return [
        function,
        *(
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION anlanh_refuse_published()"
            for table in PUBLISHED
            for event in ("update", "delete", "truncate")
        ),
    ]
