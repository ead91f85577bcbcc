"""Finding entries of the pack by words, whatever their marks."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from anlanh.law import sheets
from anlanh.law.contents import Pack
from anlanh.law.sheets import Sheet
from anlanh.primitives.folding import fold_search


@dataclass(frozen=True, eq=False)
class _Held:
    """A pack as a key: by what it is, not by what it holds."""

    pack: Pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.pack is self.pack


def find(pack: Pack, words: str) -> list[Sheet]:
    """The entries that hold every word, the last one possibly unfinished, in the order in which people look: texts
    first. None for no words.
    """
    wanted = fold_search(words).split()
    if not wanted:
        return []
    parts = [*(f" {word} " for word in wanted[:-1]), f" {wanted[-1]}"]
    return [sheet for text, sheet in _index(_Held(pack)) if all(part in text for part in parts)]


@functools.lru_cache(maxsize=8)
def _index(held: _Held) -> tuple[tuple[str, Sheet], ...]:
    """Each entry's folded text in both languages."""
    return tuple((f" {fold_search(_text(sheet))} ", sheet) for sheet in _all(held.pack))


def _all(pack: Pack) -> Iterator[Sheet]:
    for entries, sheet in (
        (pack.instruments, sheets.instrument),
        (pack.documents, sheets.document),
        (pack.duties, sheets.duty),
        (pack.clock_rules, sheets.clock),
        (pack.clauses, sheets.clause),
        (pack.grounds, sheets.ground),
        (pack.parameters, sheets.parameter),
        (pack.sanctions, sheets.sanction),
        (pack.checklists, sheets.checklist),
        (pack.forms, sheets.form),
    ):
        for value in entries.values():
            yield sheet(pack, value)
    for identifier in pack.choices:
        yield sheets.choice(pack, identifier)


def _text(sheet: Sheet) -> str:
    facts = [text for label, value in sheet.lines for text in (value.vi, value.en)]
    return " ".join([sheet.id, sheet.title.vi, sheet.title.en, *facts])
