"""The lists of a directory, read strictly: every fault names file and line."""

import json
from collections.abc import Container, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.screening.allowed import FILE as ALLOWED_FILE
from anlanh.screening.allowed import Allowed
from anlanh.screening.domains import canonical_domain
from anlanh.screening.grounds import NO_GROUND, GroundFacts, Grounds, checked_ground
from anlanh.screening.models.files import PREFIX, read_model
from anlanh.screening.models.scoring import Model
from anlanh.screening.pdq import parse_hash
from anlanh.screening.phrases import Phrase, check
from anlanh.screening.rules.book import RuleBook, read_rules

NAMES = ("phrases.tsv", "domains.txt", "removed.ndjson", "images.tsv", "rules.yaml", ALLOWED_FILE)
_SINKS = {"0.0.0.0", "127.0.0.1", "::", "::1"}  # noqa: S104 (how hosts files are written)


class Ungrounded(NamedTuple):
    """Entries of one list that name no ground: how many, and the first of them with its file and line."""

    count: int
    entry: str
    where: str


@dataclass(slots=True)
class Lists:
    """Everything a directory holds.

    Attributes:
        phrases: what to look for word by word.
        domains: canonical name -> the name as listed.
        texts: (id, text) already decided on.
        images: (id, hash).
        rules: of rules.yaml.
        models: that flag.
        allowed: what must never be a hit.
        grounds: (kind of hit, entry) -> the ground it names, where it names one.
        ungrounded: name of a list -> its entries that name none.
        kept: indexes that were opened from files, by kind, for the native core.
        added: what was added to those lists since.
    """

    phrases: Sequence[Phrase] = field(default_factory=list)
    domains: Mapping[str, str] = field(default_factory=dict)
    texts: Sequence[tuple[str, str]] = field(default_factory=list)
    images: Sequence[tuple[str, int]] = field(default_factory=list)
    rules: RuleBook = field(default_factory=lambda: RuleBook([]))
    models: list[Model] = field(default_factory=list)
    allowed: Allowed = field(default_factory=Allowed)
    grounds: MutableMapping[tuple[str, str], GroundFacts] = field(default_factory=dict)
    ungrounded: dict[str, Ungrounded] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    added: "Lists | None" = None

    def note_ground(self, kind: str, entry: str, facts: GroundFacts, path: Path, where: str) -> None:
        """Remembers what an entry rests on, or that it names nothing."""
        if facts is not NO_GROUND:
            self.grounds[kind, entry] = facts
        elif before := self.ungrounded.get(path.name):
            self.ungrounded[path.name] = before._replace(count=before.count + 1)
        else:
            self.ungrounded[path.name] = Ungrounded(1, entry, where)


class Start(NamedTuple):
    """Where in a list reading begins: after so many bytes, at the line of that number."""

    size: int
    line: int


BEGINNING = Start(0, 1)


def present_in(directory: Path) -> list[str]:
    """Which lists the directory holds.

    Raises:
        BadInput: there is no such directory or no list in it.
    """
    if not directory.is_dir():
        raise BadInput(
            "there is no such directory", where=str(directory), mend="name the directory that holds the lists"
        )
    present = [name for name in NAMES if (directory / name).is_file()]
    if not present and not _models_in(directory):
        raise BadInput("no list is in the directory", where=str(directory), mend=f"put in any of {', '.join(NAMES)}")
    return present


def read_lists(directory: Path, grounds: Grounds, *, leave: Container[str] = ()) -> Lists:
    """Reads whichever lists the directory holds.

    Args:
        directory: holds any of NAMES.
        grounds: tells what the law pack says of a ground.
        leave: names of lists that are not read.

    Raises:
        BadInput: there is no such directory or no list in it, or a line is not well formed or rests on a ground that
            screening must not look for.
    """
    lists = Lists()
    for name in present_in(directory):
        if name in leave:
            continue
        if name in READERS:
            READERS[name](directory / name, lists, grounds)
        else:
            lists.rules = read_rules(directory / name, grounds)
    lists.models = [read_model(path, grounds) for path in _models_in(directory)]
    return lists


def _models_in(directory: Path) -> list[Path]:
    return sorted(path for path in directory.glob(f"{PREFIX}*") if path.is_file())


def _lines(path: Path, start: Start) -> Iterator[tuple[str, str]]:
    """(file:line, line) of every line that is neither empty nor a comment."""
    with path.open("rb") as stream:
        stream.seek(start.size)
        for number, raw in enumerate(stream, start=start.line):
            where = f"{path}:{number}"
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                raise BadInput("the line is not UTF-8", where=where, mend="save the file as UTF-8") from None
            if line.strip() and not line.startswith("#"):
                yield where, line


def _fields(line: str, where: str, least: int, names: str) -> list[str]:
    """The tab-separated fields of a line, one more than `least` at most: the ground."""
    fields = [part.strip() for part in line.split("\t")]
    if not least <= len(fields) <= least + 1 or not all(fields[:least]):
        raise BadInput(
            f"{least} fields are expected, and perhaps a ground", where=where, mend=f"write {names}, with tabs between"
        )
    return [*fields, ""] if len(fields) == least else fields


def _read_phrases(path: Path, lists: Lists, grounds: Grounds, start: Start = BEGINNING) -> None:
    for where, line in _lines(path, start):
        name, words, level, ground = _fields(line, where, 3, "id, phrase, level")
        if (name, words, level) == ("id", "phrase", "level"):
            continue
        phrase = Phrase(name, words, level, ground)
        try:
            check(phrase)
        except BadInput as fault:
            raise BadInput(fault.what, where=where, mend=fault.mend) from None
        lists.phrases.append(phrase)
        lists.note_ground("phrase", name, checked_ground(ground, grounds, where), path, where)


def _read_domains(path: Path, lists: Lists, grounds: Grounds, start: Start = BEGINNING) -> None:
    for where, line in _lines(path, start):
        listed, _, ground = line.partition("\t")
        if listed.strip() in _SINKS and ground:  # a hosts file with tabs
            listed, _, ground = ground.partition("\t")
        words = listed.partition(" #")[0].split()
        if len(words) == 2 and words[0] in _SINKS:
            words = words[1:]
        if len(words) != 1:
            raise BadInput("one host name is expected", where=where, mend="write one a line, such as example.com")
        try:
            domain = canonical_domain(words[0].removeprefix("*."))
        except BadInput as fault:
            raise BadInput(fault.what, where=where, mend=fault.mend) from None
        lists.domains.setdefault(domain, words[0])
        lists.note_ground("domain", lists.domains[domain], checked_ground(ground.strip(), grounds, where), path, where)


def _read_texts(path: Path, lists: Lists, grounds: Grounds, start: Start = BEGINNING) -> None:
    for where, line in _lines(path, start):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        name, text = (value.get("id"), value.get("text")) if isinstance(value, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(text, str) or not name or not text.strip():
            raise BadInput(
                "the line is not an object with id and text", where=where, mend='write {"id": "…", "text": "…"}'
            )
        lists.texts.append((name, text))
        lists.note_ground("copy", name, checked_ground(str(value.get("ground") or ""), grounds, where), path, where)


def _read_images(path: Path, lists: Lists, grounds: Grounds, start: Start = BEGINNING) -> None:
    for where, line in _lines(path, start):
        name, digits, ground = _fields(line, where, 2, "id, PDQ hash")
        if name == "id" and len(digits) < 64:
            continue
        try:
            lists.images.append((name, parse_hash(digits)))
        except BadInput as fault:
            raise BadInput(fault.what, where=where, mend=fault.mend) from None
        lists.note_ground("image", name, checked_ground(ground, grounds, where), path, where)


def _read_allowed(path: Path, lists: Lists, grounds: Grounds, start: Start = BEGINNING) -> None:
    for where, line in _lines(path, start):
        kind, value, _ = _fields(line, where, 2, "domain, phrase or image, its value")
        try:
            lists.allowed.add(kind, value)
        except BadInput as fault:
            raise BadInput(fault.what, where=where, mend=fault.mend) from None


READERS = {
    "phrases.tsv": _read_phrases,
    "domains.txt": _read_domains,
    "removed.ndjson": _read_texts,
    "images.tsv": _read_images,
    ALLOWED_FILE: _read_allowed,
}
