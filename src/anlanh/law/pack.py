"""A law pack: a directory of files, loaded strictly. Another country is another directory, not other code.

pack.yaml  vocabulary.yaml  actors.yaml  ground-sets.yaml
instruments/  clauses/  grounds/  clocks/  procedures/        one file for each instrument or procedure
"""

import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anlanh.law import procedure_reader, readers
from anlanh.law.model import ActorKind, Clause, ClockRule, Ground, GroundSet, Instrument, Text, lies_under
from anlanh.law.nodes import Node, hint, read_file
from anlanh.law.procedures import Procedure
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput

_READ_HERE = ("instruments", "clauses", "grounds", "clocks", "procedures")
_READ_ELSEWHERE = (
    "calendar",
    "duties",
    "forms",
    "places",
    "templates",
)  # other rooms of the pack, with readers of their own
_TOP_FILES = ("pack.yaml", "vocabulary.yaml", "actors.yaml", "ground-sets.yaml")
_VOCABULARIES = (
    "events", "obligations", "requests", "requesters", "forms", "categories",
    "acts", "capabilities", "needs", "notified",
)  # fmt: skip


@dataclass(frozen=True)
class Pack:
    """The law of one country as data.

    Args:
        code: such as `vn`.
        title: for people.
        version: SHA-256 over the files' names and bytes, in hexadecimal; acts record it.
        zone: the time zone of its civil dates.
        instruments, clauses, grounds, clock_rules, actors, procedures: by number, reference, id, id, id and id.
        vocabulary: the closed sets of words by name, each word with its text.
        first_day: the first day on which any instrument is in force.
    """

    code: str
    title: Text
    version: str
    zone: ZoneInfo
    instruments: dict[str, Instrument]
    clauses: dict[ClauseRef, Clause]
    grounds: dict[str, Ground]
    clock_rules: dict[str, ClockRule]
    actors: dict[str, ActorKind]
    procedures: dict[str, Procedure]
    vocabulary: dict[str, dict[str, Text]]
    first_day: date
    _by_event_and_actor: dict[tuple[str, str], tuple[ClockRule, ...]]

    def rules_for(self, event: str, actor: str) -> tuple[ClockRule, ...]:
        """The rules that bind an actor of that kind, or of a kind it counts as, when the event happens."""
        return self._by_event_and_actor.get((event, actor), ())

    def grounds_on(self, day: date) -> list[Ground]:
        """The grounds in force on the day of conduct, in the order of their references."""
        return sorted((g for g in self.grounds.values() if g.in_force.covers(day)), key=lambda ground: ground.ref)

    def counted_as(self, grounds: Iterable[ClauseRef]) -> frozenset[ClauseRef]:
        """The grounds themselves and every clause that they, or grounds under them, count as, step by step."""
        reached: set[ClauseRef] = set()
        waiting = list(grounds)
        while waiting:
            ref = waiting.pop()
            if ref not in reached:
                reached.add(ref)
                for ground in self.grounds.values():
                    if lies_under(ground.ref, ref):
                        waiting.extend(ground.counts_as)
        return frozenset(reached)


@functools.cache
def vietnam() -> Pack:
    """The Vietnamese pack that comes with the program, loaded once a process."""
    return load_pack(Path(__file__).resolve().parent.parent / "packs" / "vn")


def load_pack(directory: Path) -> Pack:
    """Loads and checks a pack.

    Args:
        directory: its root; its name leads the places named in errors.

    Raises:
        BadInput: anything that is not exactly as it should be, with file and line: unknown, missing or duplicate keys,
            dates that are none, bad clause references, references to what the pack does not have, unknown files.
    """
    return _Loading(directory).pack()


class _Loading:
    """The state of one load: what has been read so far, and where, so that references can be checked."""

    def __init__(self, directory: Path) -> None:
        self._root = directory
        self._files = _files(directory)
        with self._top("pack.yaml").fields() as fields:
            self._code = fields.take("code").text()
            self._title = readers.text_pair(fields.take("title"))
            self._zone = _zone(fields.take("timezone"))

    def pack(self) -> Pack:
        instruments = self._instruments()
        actors = self._actors()
        words = self._vocabulary() | {"actors": {kind.id: kind.title for kind in actors.values()}}
        clauses = self._clauses(instruments)
        grounds = self._grounds(instruments, clauses, words["categories"])
        rules = self._rules(instruments, clauses, words, self._ground_sets(instruments))
        return Pack(
            code=self._code,
            title=self._title,
            version=_digest(self._root, self._files),
            zone=self._zone,
            instruments=instruments,
            clauses=clauses,
            grounds=grounds,
            clock_rules=rules,
            actors=actors,
            procedures=self._procedures(words, clauses),
            vocabulary=words,
            first_day=min(instrument.in_force.since for instrument in instruments.values()),
            _by_event_and_actor=_index(rules.values(), actors),
        )

    def _vocabulary(self) -> dict[str, dict[str, Text]]:
        words: dict[str, dict[str, Text]] = {}
        with self._top("vocabulary.yaml").fields() as fields:
            for name in _VOCABULARIES:
                words[name] = {}
                for item in fields.take(name).items():
                    with item.fields() as entry:
                        word = entry.take("id").text()
                        _once(words[name], word, item)
                        words[name][word] = Text(vi=entry.take("vi").text(), en=entry.take("en").text())
        return words

    def _actors(self) -> dict[str, ActorKind]:
        actors: dict[str, ActorKind] = {}
        nodes = self._top("actors.yaml").items()
        for node in nodes:
            kind = readers.actor_kind(node)
            _once(actors, kind.id, node)
            actors[kind.id] = kind
        for node, kind in zip(nodes, actors.values(), strict=True):
            for other in kind.counts_as:
                _known(actors, other, "actor", node)
        return actors

    def _instruments(self) -> dict[str, Instrument]:
        instruments: dict[str, Instrument] = {}
        nodes = list(self._roots("instruments"))
        for node in nodes:
            instrument = readers.instrument(node)
            _once(instruments, instrument.number, node)
            instruments[instrument.number] = instrument
        for node, instrument in zip(nodes, instruments.values(), strict=True):
            for other in instrument.amends + instrument.replaced_by:
                _known(instruments, other, "instrument", node)
        if not instruments:
            raise BadInput("the pack has no instruments", where=self._root.name, mend="add files to instruments/")
        return instruments

    def _clauses(self, instruments: dict[str, Instrument]) -> dict[ClauseRef, Clause]:
        clauses: dict[ClauseRef, Clause] = {}
        for instrument, node in self._entries("clauses", instruments):
            clause = readers.clause(node, instrument)
            _once(clauses, clause.ref, node)
            clauses[clause.ref] = clause
        return clauses

    def _grounds(
        self, instruments: dict[str, Instrument], clauses: dict[ClauseRef, Clause], categories: Iterable[str]
    ) -> dict[str, Ground]:
        grounds: dict[str, Ground] = {}
        for instrument, node in self._entries("grounds", instruments):
            ground = readers.ground(node, instrument, clauses, categories)
            _once(grounds, ground.id, node)
            for other in ground.counts_as:
                _known(clauses, other, "clause", node)
            grounds[ground.id] = ground
        return grounds

    def _ground_sets(self, instruments: dict[str, Instrument]) -> dict[str, GroundSet]:
        sets: dict[str, GroundSet] = {}
        for node in self._top("ground-sets.yaml").items():
            ground_set = readers.ground_set(node)
            _once(sets, ground_set.id, node)
            for member in ground_set.members:
                _known(instruments, member.instrument, "instrument", node)
            sets[ground_set.id] = ground_set
        return sets

    def _rules(
        self,
        instruments: dict[str, Instrument],
        clauses: dict[ClauseRef, Clause],
        words: dict[str, dict[str, Text]],
        sets: dict[str, GroundSet],
    ) -> dict[str, ClockRule]:
        rules: dict[str, ClockRule] = {}
        for instrument, node in self._entries("clocks", instruments):
            rule = readers.clock_rule(node, instrument, words, sets)
            _once(rules, rule.id, node)
            _known(clauses, rule.clause, "clause", node)
            rules[rule.id] = rule
        return rules

    def _procedures(self, words: dict[str, dict[str, Text]], clauses: dict[ClauseRef, Clause]) -> dict[str, Procedure]:
        procedures: dict[str, Procedure] = {}
        for node in self._roots("procedures"):
            procedure = procedure_reader.procedure(node, words)
            _once(procedures, procedure.id, node)
            if procedure.appeal.clause:
                _known(clauses, procedure.appeal.clause, "clause", node)
            procedures[procedure.id] = procedure
        return procedures

    def _top(self, name: str) -> Node:
        path = self._root / name
        if path not in self._files:
            raise BadInput(f"the pack has no {name}", where=self._root.name, mend="add the file")
        return read_file(path, f"{self._root.name}/{name}")

    def _roots(self, folder: str) -> Iterator[Node]:
        for path in self._files:
            relative = path.relative_to(self._root)
            if relative.parts[0] == folder:
                yield read_file(path, f"{self._root.name}/{relative.as_posix()}")

    def _entries(self, folder: str, instruments: dict[str, Instrument]) -> Iterator[tuple[Instrument, Node]]:
        """The entries of every file of a folder whose files are `instrument: …` and a list named as the folder."""
        for root in self._roots(folder):
            with root.fields() as fields:
                at = fields.take("instrument")
                number = at.text()
                _known(instruments, number, "instrument", at)
                for entry in fields.take(folder).items():
                    yield instruments[number], entry


def _files(root: Path) -> list[Path]:
    """Every file of the pack, in a fixed order; a file or folder that nobody reads is refused, not passed over."""
    if not root.is_dir():
        raise BadInput("not a directory", where=str(root), mend="name the root of a law pack")
    files = sorted(path for path in root.rglob("*") if path.is_file())
    for path in files:
        parts = path.relative_to(root).parts
        where = "/".join((root.name, *parts))
        if len(parts) == 1 and parts[0] not in _TOP_FILES:
            raise BadInput(
                "a file that no part of the program reads", where=where, mend=hint(parts[0], list(_TOP_FILES))
            )
        if len(parts) > 1 and parts[0] not in _READ_HERE + _READ_ELSEWHERE:
            raise BadInput(
                f"unknown folder '{parts[0]}'", where=where, mend=hint(parts[0], sorted(_READ_HERE + _READ_ELSEWHERE))
            )
        if parts[0] in _READ_HERE and (len(parts) != 2 or path.suffix != ".yaml"):
            raise BadInput("not a .yaml file directly in its folder", where=where, mend="rename or move it")
    return files


def _digest(root: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        name, content = path.relative_to(root).as_posix().encode(), path.read_bytes()
        digest.update(f"{len(name)} {len(content)}\n".encode() + name + content)
    return digest.hexdigest()


def _zone(node: Node) -> ZoneInfo:
    name = node.text()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise node.fault(f"unknown time zone '{name}'", "write a name such as Asia/Ho_Chi_Minh") from fault


def _once(known: dict, key: object, node: Node) -> None:
    if key in known:
        raise node.fault(f"'{key}' is given twice", "keep one of the two")


def _known(known: dict, key: object, kind: str, node: Node) -> None:
    if key not in known:
        names = sorted(map(str, known))
        raise node.fault(f"the pack has no {kind} '{key}'", hint(str(key), names))


def _index(rules: Iterable[ClockRule], actors: dict[str, ActorKind]) -> dict[tuple[str, str], tuple[ClockRule, ...]]:
    index: dict[tuple[str, str], list[ClockRule]] = {}
    for kind in actors.values():
        kinds = {kind.id, *kind.counts_as}
        for rule in rules:
            if kinds.intersection(rule.actors):
                for event in rule.events:
                    index.setdefault((event, kind.id), []).append(rule)
    return {key: tuple(found) for key, found in index.items()}
