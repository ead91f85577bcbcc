"""What was built once, laid down again: the rows that building wrote, copied into each further test.

Almost every test wants an organisation with a person for each role. Through the program's actions that takes some two
hundred statements; the copy takes a dozen. The first test of a process builds, so the actions are what made the rows.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from anlanh.base.acts.models import PendingLeaf

Built = TypeVar("Built")
Rows = dict[type, tuple[list[str], list[tuple]]]


def lay_down(rows: Rows) -> None:
    """Writes what was kept once more."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model, (columns, values) in rows.items():
            names = ", ".join(map(quote, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})", values)


def keep(build: Callable[[], Built]) -> tuple[Built, Rows | None]:
    """Builds, and keeps what was written; None where building also changed rows that were there.

    Args:
        build: writes through the current connection and returns what it made.
    """
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model is not PendingLeaf  # a trigger writes it, with the acts
    ]
    before = _rows_of(models)
    built = build()
    rows: Rows = {}
    for model, (columns, after) in _rows_of(models).items():
        there = set(before[model][1])
        if not there <= set(after):
            return built, None
        new = [row for row in after if row not in there]
        if new:
            rows[model] = _without_serial_key(model, columns, new)
    return built, rows


def _without_serial_key(model: type, columns: list[str], rows: list[tuple]) -> tuple[list[str], list[tuple]]:
    """The rows without a key that the database counts up: other rows may have the number by then."""
    key = model._meta.pk
    if not isinstance(key, AutoField):
        return columns, rows
    if any(relation.field.model._meta.managed for relation in model._meta.related_objects):
        raise TypeError(f"rows may point at the serial key of {model.__name__}, which is not kept")
    at = columns.index(key.column)
    return columns[:at] + columns[at + 1 :], [row[:at] + row[at + 1 :] for row in rows]


def _rows_of(models: Iterable[type]) -> Rows:
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            columns = [column[0] for column in cursor.description]
            found[model] = (columns, [tuple(map(_plain, row)) for row in cursor.fetchall()])
    return found


def _plain(value: object) -> object:
    """A value that can be compared and written again."""
    return bytes(value) if isinstance(value, memoryview) else value
