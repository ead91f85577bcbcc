"""A law pack: a directory of files, loaded strictly. Another country is another directory, not other code.

Needed: pack.yaml  vocabulary.yaml  actors.yaml  ground-sets.yaml and at least one file in instruments/.
One file for each instrument or procedure: instruments/  clauses/  grounds/  clocks/  procedures/
One file for each document, year or subject: duties/  calendar/  parameters/  sanctions/  checklists/  forms/
Lists: places.yaml  bodies.yaml  choices.yaml  report-types.yaml  repeat-rules.yaml  help-lines.yaml  house-rules.yaml
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from anlanh.law import duty_reader, figure_reader, places, procedure_reader, readers
from anlanh.law.calendar import CalendarYear, YearlyCalendar, calendar_year
from anlanh.law.checks import check_references, check_seasons
from anlanh.law.choices import choice
from anlanh.law.contents import Pack, index_rules
from anlanh.law.duties import Document, Duty
from anlanh.law.files import NEEDED_FILES, pack_files, version_of
from anlanh.law.help_lines import help_line
from anlanh.law.house_rules import house_rule
from anlanh.law.model import ActorKind, Clause, ClockRule, Ground, GroundSet, Instrument, Text
from anlanh.law.nodes import Node, hint, read_file
from anlanh.law.procedures import Procedure
from anlanh.law.repeat_rules import repeat_rule
from anlanh.law.report_types import report_type
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput

__all__ = ["Pack", "load_pack", "vietnam"]

_VOCABULARIES = (
    "events", "obligations", "requests", "requesters", "forms", "categories",
    "acts", "capabilities", "needs", "notified",
)  # fmt: skip
# Words that only some rooms of a pack speak in; a pack without those rooms does without them.
_MORE_VOCABULARIES = (
    "areas", "triggers", "timings", "recurrences", "recipients", "evidence", "holidays", "units",
)  # fmt: skip

Entry = TypeVar("Entry")


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
        self._files = pack_files(directory)
        self._at: dict[object, Node] = {}  # where each entry with an id stands
        with self._top("pack.yaml").fields() as fields:
            self._code = fields.take("code").text()
            self._title = readers.text_pair(fields.take("title"))
            self._zone = _zone(fields.take("timezone"))

    def pack(self) -> Pack:
        instruments = self._instruments()
        actors = self._actors()
        provinces = self._listed("places.yaml", places.place)
        bodies = self._listed("bodies.yaml", lambda node: places.body(node, actors))
        places.check_successions(provinces, self._at)
        places.check_successions(bodies, self._at)
        words = self._vocabulary() | {"actors": {kind.id: kind.title for kind in actors.values()}}
        words["recipients"] |= words["actors"] | {entry.id: entry.title for entry in bodies.values()}
        clauses = self._clauses(instruments)
        grounds = self._grounds(instruments, clauses, words["categories"])
        rules = self._rules(instruments, clauses, words, self._ground_sets(instruments))
        documents, duties = self._duties(bodies, provinces, words)
        figures = {
            folder: self._gathered(folder, lambda node, read=read: read(node, words, instruments))
            for folder, read in (
                ("parameters", figure_reader.parameter),
                ("sanctions", figure_reader.sanction),
                ("checklists", figure_reader.checklist),
                ("forms", figure_reader.form),
            )
        }
        loaded = Pack(
            code=self._code,
            title=self._title,
            version=version_of(self._root, self._files),
            zone=self._zone,
            instruments=instruments,
            clauses=clauses,
            grounds=grounds,
            clock_rules=rules,
            actors=actors,
            procedures=self._procedures(words, clauses),
            documents=documents,
            duties=duties,
            **figures,
            places=provinces,
            bodies=bodies,
            choices=self._listed("choices.yaml", lambda node: choice(node, figures["parameters"], duties)),
            report_types=self._listed("report-types.yaml", report_type),
            repeat_rules=self._listed("repeat-rules.yaml", lambda node: repeat_rule(node, figures["parameters"])),
            help_lines=self._listed("help-lines.yaml", help_line),
            house_rules=self._listed("house-rules.yaml", house_rule),
            calendar=self._calendar(words["holidays"], instruments),
            vocabulary=words,
            first_day=_first_day(instruments, clauses),
            rules_by_event_and_actor=index_rules(rules.values(), actors),
        )
        check_references(loaded, self._at)
        check_seasons(loaded, self._at)
        return loaded

    def _vocabulary(self) -> dict[str, dict[str, Text]]:
        words: dict[str, dict[str, Text]] = {}
        with self._top("vocabulary.yaml").fields() as fields:
            for name in _VOCABULARIES + _MORE_VOCABULARIES:
                words[name] = {}
                listed = fields.take(name) if name in _VOCABULARIES else fields.maybe(name)
                for item in readers.listed(listed):
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
            ended_by = (instrument.in_force.ended_by,) if instrument.in_force.ended_by else ()
            for other in instrument.amends + instrument.replaced_by + ended_by:
                _known(instruments, other, "instrument", node)
        if not instruments:
            raise BadInput("the pack has no instruments", where=self._root.name, mend="add files to instruments/")
        return instruments

    def _clauses(self, instruments: dict[str, Instrument]) -> dict[ClauseRef, Clause]:
        clauses: dict[ClauseRef, Clause] = {}
        for instrument, node in self._entries("clauses", instruments):
            clause = readers.clause(node, instrument)
            _once(clauses, clause.ref, node)
            clauses[clause.ref], self._at[str(clause.ref)] = clause, node
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
            grounds[ground.id], self._at[f"ground {ground.id}"] = ground, node
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
            self._at[rule.id] = node
        return rules

    def _procedures(self, words: dict[str, dict[str, Text]], clauses: dict[ClauseRef, Clause]) -> dict[str, Procedure]:
        procedures: dict[str, Procedure] = {}
        for node in self._roots("procedures"):
            procedure = procedure_reader.procedure(node, words)
            _once(procedures, procedure.id, node)
            for clause in filter(None, (procedure.appeal.clause, procedure.talk and procedure.talk.clause)):
                _known(clauses, clause, "clause", node)
            procedures[procedure.id] = procedure
        return procedures

    def _duties(
        self, bodies: Mapping[str, object], provinces: Mapping[str, object], words: dict[str, dict[str, Text]]
    ) -> tuple[dict[str, Document], dict[str, Duty]]:
        documents: dict[str, Document] = {}
        duties: dict[str, Duty] = {}
        for root in self._roots("duties"):
            with root.fields() as fields:
                head = fields.take("document")
                paper = duty_reader.document(head, bodies, provinces)
                _once(documents, paper.id, head)
                documents[paper.id], self._at[paper.id] = paper, head
                for node in fields.take("duties").items():
                    duty = duty_reader.duty(node, paper, words)
                    _once(duties, duty.id, node)
                    duties[duty.id], self._at[duty.id] = duty, node
        return documents, duties

    def _calendar(self, holidays: Iterable[str], instruments: dict[str, Instrument]) -> YearlyCalendar:
        years: dict[int, CalendarYear] = {}
        for node in self._roots("calendar"):
            year = calendar_year(node, holidays)
            _once(years, year.year, node)
            _known(instruments, year.basis.instrument, "instrument", node)
            years[year.year] = year
        return YearlyCalendar(years)

    def _gathered(self, folder: str, read: Callable[[Node], Entry]) -> dict[str, Entry]:
        """The entries of every file of a folder whose files are one list named as the folder."""
        found: dict[str, Entry] = {}
        for root in self._roots(folder):
            with root.fields() as fields:
                for node in fields.take(folder).items():
                    self._add(found, read(node), node)
        return found

    def _listed(self, name: str, read: Callable[[Node], Entry]) -> dict[str, Entry]:
        """The entries of a top file that is a list and may be left out."""
        found: dict[str, Entry] = {}
        if self._root / name in self._files:
            for node in self._top(name).items():
                self._add(found, read(node), node)
        return found

    def _add(self, found: dict[str, Entry], entry: Entry, node: Node) -> None:
        _once(found, entry.id, node)
        found[entry.id], self._at[entry.id] = entry, node

    def _top(self, name: str) -> Node:
        path = self._root / name
        if path not in self._files and name in NEEDED_FILES:
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


def _first_day(instruments: dict[str, Instrument], clauses: Iterable[ClauseRef]) -> date:
    """The first day of the instruments that the pack has clauses of; those that are only cited do not count."""
    spoken = {ref.instrument for ref in clauses} or set(instruments)
    return min(instruments[number].in_force.since for number in spoken)


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
