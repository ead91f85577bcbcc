"""Rows made entries of a directory's lists: each is checked, tried on lawful writing, and told what became of it."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.domains import canonical_domain
from anlanh.screening.engine import Screen
from anlanh.screening.grounds import GroundFacts, Grounds, checked_ground
from anlanh.screening.importing.rows import DOMAIN, IMAGE, PHRASE, TEXT, Row
from anlanh.screening.lists import Lists
from anlanh.screening.pdq import parse_hash
from anlanh.screening.phrases import Phrase, as_written, check
from anlanh.screening.trial import objections

ADDED, KNOWN, REFUSED = "added", "known", "refused"
_FILES = {PHRASE: "phrases.tsv", DOMAIN: "domains.txt", TEXT: "removed.ndjson", IMAGE: "images.tsv"}
_LONGEST_NAME = 200


class Result(NamedTuple):
    """What became of a row: its line, kind, entry, and for a refused one the field and why."""

    line: int
    result: str
    kind: str
    entry: str
    field: str = ""
    why: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The form written out, without what is empty."""
        return {name: value for name, value in self._asdict().items() if value != ""}


@dataclass(slots=True)
class Import:
    """What an import comes to.

    Attributes:
        results: one for each row, in order.
        lines: list of the directory -> the lines it gains.
    """

    results: list[Result] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)

    def totals(self) -> dict[str, int]:
        """How many rows were added, known already and refused."""
        counts = Counter(result.result for result in self.results)
        return {name: counts[name] for name in (ADDED, KNOWN, REFUSED)}


class _Entry(NamedTuple):
    """A row that passed its checks: the key by which it is known, its line in the list, its facts."""

    row: Row
    name: str
    key: str
    line: str
    facts: GroundFacts


class Importer:
    """Checks rows against what a directory's lists hold.

    Args:
        present: the lists as they are.
        grounds: tells what the law pack says of a ground.
        ground: of rows that name none.
        level: of phrases that name none.
        source: what ids are made with, where rows have none.
    """

    def __init__(self, present: Lists, grounds: Grounds, *, ground: str = "", level: str = "fold", source: str = "in"):
        self._present, self._grounds = present, grounds
        self._ground, self._level, self._source = ground, level, source
        self._known = _keys_of(present)
        self._checked: dict[str, GroundFacts] = {}

    def take(self, rows: Iterable[Row]) -> Import:
        """Sorts the rows into entries, known ones and refused ones."""
        outcome = Import()
        entries: dict[tuple[str, str], _Entry] = {}
        places: dict[tuple[str, str], int] = {}
        for row in rows:
            try:
                entry = self._entry(row)
            except BadInput as fault:
                where = fault.where or row.field
                called = row.name or row.value[:80]
                outcome.results.append(Result(row.line, REFUSED, row.kind, called, where, fault.what))
                continue
            place = (row.kind, entry.name)
            if (row.kind, entry.key) in self._known:
                outcome.results.append(Result(row.line, KNOWN, row.kind, entry.name))
            elif place in entries or place in self._known:
                why = f"the id {entry.name} is taken"
                outcome.results.append(Result(row.line, REFUSED, row.kind, entry.name, "id", why))
            else:
                self._known.add((row.kind, entry.key))
                entries[place], places[place] = entry, len(outcome.results)
                outcome.results.append(Result(row.line, ADDED, row.kind, entry.name))
        self._try(entries, places, outcome)
        for entry in entries.values():
            outcome.lines.setdefault(_FILES[entry.row.kind], []).append(entry.line)
        return outcome

    def _try(self, entries: dict, places: dict, outcome: Import) -> None:
        """Refuses the entries that hit lawful criticism, satire or news."""
        for objection in objections(Screen(_lists_of(entries.values()))):
            kind = {"copy": TEXT, "near_copy": TEXT}.get(objection.kind, objection.kind)
            place = (kind, objection.entry)
            if place in entries:
                result = outcome.results[places[place]]
                why = f"it hits lawful {objection.writing}: “{objection.words}” in “{objection.text}”"
                outcome.results[places[place]] = result._replace(result=REFUSED, field="value", why=why)
                del entries[place]

    def _entry(self, row: Row) -> _Entry:
        if row.fault:
            raise BadInput(row.fault, where=row.field)
        written = row.ground or self._ground
        if not written:
            raise BadInput("it names no ground", where="ground", mend="name one for all: --ground")
        facts = self._facts(written)
        name = row.name or (row.value if row.kind == DOMAIN else self._made_name(row))
        if len(name) > _LONGEST_NAME or name.startswith("#") or any(char in name for char in "\t\r\n"):
            raise BadInput("the id is too long or holds signs that lists can't", where="id")
        key, line = {PHRASE: self._phrase, DOMAIN: self._domain, TEXT: self._text, IMAGE: self._image}[row.kind](
            row, name, written
        )
        return _Entry(row, key if row.kind == DOMAIN else name, key, line, facts)

    def _facts(self, written: str) -> GroundFacts:
        if written not in self._checked:
            self._checked[written] = checked_ground(written, self._grounds, "ground")
        return self._checked[written]

    def _made_name(self, row: Row) -> str:
        digest = blake2b(row.value.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        return f"{self._source}-{digest}"

    def _phrase(self, row: Row, name: str, ground: str) -> tuple[str, str]:
        phrase = Phrase(name, " ".join(row.value.split()), row.level or self._level, ground)
        check(phrase)
        return _phrase_key(phrase), "\t".join((name, phrase.phrase, phrase.level, ground))

    def _domain(self, row: Row, name: str, ground: str) -> tuple[str, str]:
        domain = canonical_domain(row.value)
        if self._present.allowed.allows_domain(domain):
            raise BadInput(f"{domain} is allowed", where=row.field)
        return domain, f"{domain}\t{ground}"

    def _text(self, row: Row, name: str, ground: str) -> tuple[str, str]:
        if not row.value.strip():
            raise BadInput("the text is empty", where=row.field)
        document = {"id": name, "text": row.value, "ground": ground}
        return as_written(row.value), json.dumps(document, ensure_ascii=False)

    def _image(self, row: Row, name: str, ground: str) -> tuple[str, str]:
        known = parse_hash(row.value)
        if self._present.allowed.allows_image(known):
            raise BadInput("the picture is allowed", where=row.field)
        return f"{known:064x}", "\t".join((name, row.value.lower(), ground))


def _phrase_key(phrase: Phrase) -> str:
    return f"{phrase.level} {as_written(phrase.phrase)}"


def _keys_of(lists: Lists) -> set[tuple[str, str]]:
    """(kind, key) and (kind, id) of everything the lists hold."""
    return {
        *((PHRASE, key) for phrase in lists.phrases for key in (phrase.id, _phrase_key(phrase))),
        *((DOMAIN, domain) for domain in lists.domains),
        *((TEXT, key) for name, text in lists.texts for key in (name, as_written(text))),
        *((IMAGE, key) for name, known in lists.images for key in (name, f"{known:064x}")),
    }


def _lists_of(entries: Iterable[_Entry]) -> Lists:
    lists = Lists()
    for entry in entries:
        row = entry.row
        if row.kind == PHRASE:
            _, words, level, ground = entry.line.split("\t")
            lists.phrases.append(Phrase(entry.name, words, level, ground))
        elif row.kind == DOMAIN:
            lists.domains[entry.key] = entry.name
        elif row.kind == TEXT:
            lists.texts.append((entry.name, row.value))
    return lists


def write(directory: Path, lines: dict[str, list[str]]) -> None:
    """Adds lines to a directory's lists, each replaced whole: who reads it sees the old one or the new one."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, added in lines.items():
        path = directory / name
        present = path.read_bytes() if path.exists() else b""
        if present and not present.endswith(b"\n"):
            present += b"\n"
        content = present + "".join(f"{line}\n" for line in added).encode()
        with tempfile.NamedTemporaryFile(dir=directory, prefix=f".{name}.", delete=False) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            Path(stream.name).chmod(path.stat().st_mode & 0o777)
        else:
            Path(stream.name).chmod(0o644)
        Path(stream.name).replace(path)
