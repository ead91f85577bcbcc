"""Inserting rows that are complete as they stand, one or a thousand, at a fraction of the cost of the general way.

`bulk_create` works each insert out anew: columns, placeholders, a clause for every row. Rows that need none of its
services (ids and defaults set, nothing to be read back) can share one statement a model, whatever their number: on
PostgreSQL it takes one array a column; on SQLite it is run for each row inside the library. Inserts of several tables
that nobody reads in between can also share one message to PostgreSQL, see `together`.
"""

import contextlib
import contextvars
import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from django.db import connection, connections
from django.db.models import Field, Model

Row = TypeVar("Row", bound=Model)


class _Insert(NamedTuple):
    """A model's statements, for one row and for any number, and the fields whose values they take in turn."""

    one: str
    many: str
    fields: list[Field]


# Statements with their values, put off until the block of `together` ends.
_put_off: contextvars.ContextVar[list[tuple[str, list]] | None] = contextvars.ContextVar("put_off", default=None)


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Sends the `insert`s of the block to PostgreSQL as one message at its end, which saves a round trip for each.

    Inside the block nothing that was inserted can be read back, and a fault of the database shows only at its end. On
    SQLite, which is no trip away, every insert runs at once.
    """
    if connection.vendor != "postgresql":
        yield
        return
    statements: list[tuple[str, list]] = []
    token = _put_off.set(statements)
    try:
        yield
    finally:
        _put_off.reset(token)
    if statements:
        message = "; ".join(sql for sql, _ in statements)
        with connection.cursor() as cursor:
            cursor.execute(message, [value for _, values in statements for value in values])


def insert(rows: Sequence[Model]) -> None:
    """Inserts rows of one model in the caller's transaction; afterwards they count as saved.

    Keys that the database hands out are left to it and are not read back.

    Args:
        rows: of one model, with every value set that the database does not make itself.
    """
    if not rows:
        return
    _run(rows, "")
    _count_as_saved(rows)


def insert_unknown(rows: Sequence[Row]) -> list[Row]:
    """Like `insert`, but passes over rows that some unique constraint of their table forbids.

    One that another transaction is just inserting is waited for, and passed over once that has committed.

    Args:
        rows: of one model whose key is not made by the database.

    Returns:
        The rows that were inserted.
    """
    if not rows:
        return []
    model = type(rows[0])
    if connection.vendor == "postgresql":
        key = connection.ops.quote_name(model._meta.pk.column)
        taken = {taken for (taken,) in _run(rows, f" ON CONFLICT DO NOTHING RETURNING {key}")}
    else:
        _run(rows, " ON CONFLICT DO NOTHING")
        taken = set(model._base_manager.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    inserted = [row for row in rows if row.pk in taken]
    _count_as_saved(inserted)
    return inserted


def _run(rows: Sequence[Model], ending: str) -> list[tuple]:
    """Runs the model's statement with an ending; what it returns, where the ending asks for something."""
    statement = _statement(type(rows[0]), connection.vendor)
    database = connections[connection.alias]  # the connection itself; the proxy would be asked a thousand times
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), database) for field in statement.fields] for row in rows
    ]
    if len(rows) == 1:
        sql, taken = statement.one, values[0]
    elif connection.vendor == "postgresql":
        sql, taken = statement.many, [list(column) for column in zip(*values, strict=True)]
    else:
        with connection.cursor() as cursor:
            cursor.executemany(statement.many + ending, values)
        return []
    put_off = _put_off.get()
    if put_off is not None and not ending:
        put_off.append((sql, taken))
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql + ending, taken)
        return cursor.fetchall() if "RETURNING" in ending else []


def _count_as_saved(rows: Sequence[Model]) -> None:
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


@functools.cache
def _statement(model: type[Model], vendor: str) -> _Insert:
    """Made once for a model."""
    fields = [field for field in model._meta.local_concrete_fields if not _made_by_database(field)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    into = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names})"
    one = many = f"{into} VALUES ({', '.join(['%s'] * len(fields))})"
    if vendor == "postgresql":
        arrays = ", ".join(f"%s::{_array_type(field)}" for field in fields)
        many = f"{into} SELECT * FROM unnest({arrays})"  # noqa: S608 (the names are the model's own)
    return _Insert(one, many, fields)


def _made_by_database(field: Field) -> bool:
    return field.primary_key and field.get_internal_type() in {"AutoField", "BigAutoField"}


def _array_type(field: Field) -> str:
    """The type of an array of the column's values, without its length: that is the column's to check."""
    return field.db_type(connection).partition("(")[0] + "[]"
