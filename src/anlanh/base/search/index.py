"""Writing and asking the index; the engine's own full-text search does the work, SQLite's FTS5 or PostgreSQL's GIN."""

import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import BooleanField, Case, IntegerField, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Concat, Length

from anlanh.base.bulk import insert
from anlanh.base.search.models import Entry
from anlanh.primitives.folding import fold_search

MOST_WORDS = 16
LONGEST_WORD = 100
MOST_RANKED = 500
NEWEST = 2000  # entries of one owner that are looked through before the index is asked
COMMON = 50  # words that so many of those hold are looked for nowhere else

# Each names only columns of our own table; what is looked for goes in as a parameter.
_MATCHES = {
    "sqlite": "search_entry.id IN (SELECT rowid FROM search_text WHERE search_text MATCH %s)",
    "postgresql": "array_to_tsvector(string_to_array(search_entry.folded, ' ')"
    " || (search_entry.kind || '|' || search_entry.organisation_id::text)) @@ %s::tsquery",
}


@dataclass(frozen=True)
class Indexed:
    """One thing to be found.

    Args:
        id: the row's id.
        organisation_id: who may find it.
        text: titles, names, addresses: whatever it should be found by.
    """

    id: uuid.UUID
    organisation_id: uuid.UUID
    text: str


def index(kind: str, object_id: uuid.UUID, organisation_id: uuid.UUID, text: str) -> None:
    """Makes a thing findable by this text, in place of what it was found by before."""
    index_all(kind, [Indexed(object_id, organisation_id, text)])


def index_all(kind: str, things: Iterable[Indexed], *, new: bool = False) -> None:
    """Like `index`, for many things of one kind with one statement.

    Args:
        kind: what sort of things.
        things: each with its text.
        new: none of them was ever indexed; that is quicker.
    """
    entries = [
        Entry(
            organisation_id=thing.organisation_id,
            kind=kind,
            object_id=thing.id,
            folded=folded_words(thing.text),
            exact=bounded_words(thing.text),
        )
        for thing in things
    ]
    if new:
        insert(entries)
        return
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=["folded", "exact"]
    )


def forget(kind: str, object_ids: Iterable[uuid.UUID]) -> None:
    """Takes things out of the index."""
    Entry.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()


def find(kind: str, organisation_id: uuid.UUID, words: str, limit: int = 20) -> list[uuid.UUID]:
    """The things of one owner that hold all the words, the last one possibly unfinished, whatever their marks.

    Those that hold more of the words with exactly the marks given come first, then shorter texts, then newer things.
    Words that half the house holds are no way to find one thing: of very many only some of the newest are put in order.

    Args:
        kind: what sort of thing.
        organisation_id: the owner.
        words: as a person types them; of more than sixteen the first sixteen count.
        limit: at most so many.
    """
    folded = folded_words(words).split()[:MOST_WORDS]
    if not folded:
        return []
    owned = Entry.objects.filter(organisation_id=organisation_id, kind=kind)
    # Read first: the engine's condition names the table itself, so inside another query it would mean the outer one.
    found = Entry.objects.filter(id__in=_newest(owned, folded) or _matching(owned, kind, organisation_id, folded))
    return list(_ranked(found, _words(words).split()[:MOST_WORDS]).values_list("object_id", flat=True)[:limit])


def folded_words(text: str) -> str:
    """The text as it is matched."""
    return _bounded(fold_search(text))


def bounded_words(text: str) -> str:
    """The text's words as it is ranked by: lower case, marks kept, none of them longer than a word may be."""
    return _bounded(_words(text))


def _newest(owned: QuerySet[Entry], folded: Sequence[str]) -> list[int]:
    """Those of an owner's newest entries that hold the words, if that is common among them; empty if it is not.

    The index is quick for words that few things hold; for those that many hold it gathers them all, a million of them
    even, before the first is given.
    """
    inner, values = owned.order_by("-id").values("id", "folded")[:NEWEST].query.sql_with_params()
    *whole, last = folded
    patterns = [*(f"% {word} %" for word in whole), f"% {last}%"]
    holds = " AND ".join(["' ' || folded || ' ' LIKE %s"] * len(patterns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({inner}) AS newest WHERE {holds} LIMIT %s",  # noqa: S608 (values are parameters)
            [*values, *patterns, MOST_RANKED],
        )
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) >= COMMON else []


def _matching(owned: QuerySet[Entry], kind: str, organisation_id: uuid.UUID, folded: Sequence[str]) -> list[int]:
    """Entries that the engine's index finds. Words hold letters, numbers and marks only, so quotes are all that they
    need; on PostgreSQL the owner is a word of its own, which the index looks up first.
    """
    with transaction.atomic():
        if connection.vendor == "sqlite":
            query = " ".join(f'"{word}"' for word in folded) + "*"
        else:
            query = " & ".join(f"'{word}'" for word in (f"{kind}|{organisation_id}", *folded)) + ":*"
            with connection.cursor() as cursor:
                # How many hold all of several words is a guess; going through the whole table is never the better way.
                cursor.execute("SET LOCAL enable_seqscan = off")
            owned = Entry.objects.all()
        condition = RawSQL(_MATCHES[connection.vendor], [query], output_field=BooleanField())  # noqa: S611
        found = list(owned.filter(condition).values_list("id", flat=True)[:MOST_RANKED])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = on")
        return found


def _ranked(entries: QuerySet[Entry], words: list[str]) -> QuerySet[Entry]:
    score: Combinable = Value(0)
    for word in words:
        score = score + Case(
            When(padded__contains=f" {word}", then=Value(1)), default=Value(0), output_field=IntegerField()
        )
    padded = Concat(Value(" "), "exact", output_field=TextField())
    return entries.annotate(padded=padded).order_by(score.desc(), Length("exact"), "-id")


def _words(text: str) -> str:
    """Lower case, marks kept, single spaces between words: what `fold_search` does short of folding."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    return " ".join("".join(char if unicodedata.category(char)[0] in "LNM" else " " for char in text).split())


def _bounded(words: str) -> str:
    return " ".join(word[:LONGEST_WORD] for word in words.split())
