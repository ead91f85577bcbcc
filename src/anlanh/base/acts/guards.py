"""Database guards: acts and leaves can be added, never changed, removed or replaced; every new act asks for a leaf.

The triggers are installed by a migration on both engines. Tests that flush tables between runs call `without_guards`;
nothing else does.
"""

import contextlib
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ("acts_act", "ledger_leaf")

_REFUSAL = "acts and their leaves are append-only"
_UNSEALED = "an act waits for its leaf until it has one"


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Creates the triggers on the connection's database."""
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers; for the tests' flush and for reversing the migration in an empty database."""
    with connection.cursor() as cursor:
        for table in APPEND_ONLY:
            for event in ("update", "delete", "truncate", "replace"):
                _drop(cursor, connection.vendor, f"{table}_no_{event}", table)
        _drop(cursor, connection.vendor, "acts_act_pending", "acts_act")
        for event in ("update", "delete", "truncate"):
            _drop(cursor, connection.vendor, f"ledger_pending_no_{event}", "ledger_pending")


@contextlib.contextmanager
def without_guards(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lifts the guards inside the block: the path by which a test database is emptied."""
    remove_guards(connection)
    try:
        yield
    finally:
        install_guards(connection)


def _drop(cursor: object, vendor: str, trigger: str, table: str) -> None:
    suffix = f" ON {table}" if vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}{suffix}")


def _sqlite() -> list[str]:
    # REPLACE deletes the old row first; that fires the delete trigger only under PRAGMA recursive_triggers, which the
    # settings switch on. The insert trigger refuses the replacement even on a connection that lacks the pragma.
    statements = []
    for table, key in (("acts_act", "id"), ("ledger_leaf", "act_id")):
        statements += [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            for event in ("update", "delete")
        ]
        statements.append(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
    return [
        *statements,
        "CREATE TRIGGER acts_act_pending AFTER INSERT ON acts_act "
        "BEGIN INSERT INTO ledger_pending (act_id, organisation_id) VALUES (NEW.id, NEW.organisation_id); END",
        "CREATE TRIGGER ledger_pending_no_update BEFORE UPDATE ON ledger_pending "
        f"BEGIN SELECT RAISE(ABORT, '{_UNSEALED}'); END",
        "CREATE TRIGGER ledger_pending_no_delete BEFORE DELETE ON ledger_pending "
        "WHEN NOT EXISTS (SELECT 1 FROM ledger_leaf WHERE act_id = OLD.act_id) "
        f"BEGIN SELECT RAISE(ABORT, '{_UNSEALED}'); END",
    ]


def _postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION anlanh_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        "CREATE OR REPLACE FUNCTION anlanh_pending() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO ledger_pending (act_id, organisation_id) "
        "SELECT id, organisation_id FROM added; RETURN NULL; END $$",
        "CREATE TRIGGER acts_act_pending AFTER INSERT ON acts_act "
        "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION anlanh_pending()",
        "CREATE OR REPLACE FUNCTION anlanh_unsealed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF EXISTS (SELECT 1 FROM removed LEFT JOIN ledger_leaf USING (act_id) "
        f"WHERE ledger_leaf.act_id IS NULL) THEN RAISE EXCEPTION '{_UNSEALED}'; END IF; RETURN NULL; END $$",
        "CREATE TRIGGER ledger_pending_no_delete AFTER DELETE ON ledger_pending "
        "REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION anlanh_unsealed()",
        *(
            f"CREATE TRIGGER ledger_pending_no_{event} BEFORE {event.upper()} ON ledger_pending "
            "FOR EACH STATEMENT EXECUTE FUNCTION anlanh_refuse()"
            for event in ("update", "truncate")
        ),
    ]
    for table in APPEND_ONLY:
        statements += [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION anlanh_refuse()"
            for event in ("update", "delete", "truncate")
        ]
    return statements
