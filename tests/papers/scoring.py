"""How well a reading agrees with what is expected: fields, citations, tasks, actors, deadlines."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from anlanh.papers.reading.directive import Directive, read
from anlanh.papers.reading.instruments import Names
from anlanh.papers.reading.task import Task
from anlanh.primitives.clauses import ClauseRef
from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold_search

CASES = Path(__file__).parent / "cases"
FIELDS = ("number", "kind", "issuer", "issued_on", "place", "subject", "signer")


@dataclass(slots=True)
class Score:
    """Counts of one document: found and right, expected, given. `faults` tells each difference."""

    fields: list[int] = field(default_factory=lambda: [0, 0])
    citations: list[int] = field(default_factory=lambda: [0, 0, 0])
    tasks: list[int] = field(default_factory=lambda: [0, 0, 0])
    actors: list[int] = field(default_factory=lambda: [0, 0])
    deadlines: list[int] = field(default_factory=lambda: [0, 0])
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Adds another document's counts."""
        for name in ("fields", "citations", "tasks", "actors", "deadlines"):
            mine, theirs = getattr(self, name), getattr(other, name)
            for index, count in enumerate(theirs):
                mine[index] += count

    def figures(self) -> dict[str, float]:
        """Shares and F1 from 0 to 1; what is not asked of a document counts as 1."""
        return {
            "fields": _share(*self.fields),
            "citations": _f1(*self.citations),
            "tasks": _f1(*self.tasks),
            "actors": _share(*self.actors),
            "deadlines": _share(*self.deadlines),
        }


def cases() -> list[Path]:
    """The documents written for these tests, each with its expected reading beside it.

    What a careful person could read either way is marked: `optional` tasks, `deadline_optional`, `recurrence_optional`,
    and further answers as `deadline_also` or `issuer_also`.
    """
    return sorted(path for path in CASES.iterdir() if path.suffix in (".txt", ".md"))


def expected_of(case: Path) -> dict[str, Any]:
    """What a person reads in the document."""
    return yaml.safe_load(case.with_suffix(".yaml").read_text())


def score(text: str, expected: dict[str, Any], names: Names | None = None) -> Score:
    """Reads the text and compares."""
    result = Score()
    reading = read(text, names)
    _score_fields(result, reading, expected["document"])
    _score_citations(result, reading, expected["citations"])
    _score_tasks(result, reading, expected["tasks"])
    return result


def _score_fields(result: Score, reading: Directive, wanted: dict[str, Any]) -> None:
    got = reading.to_dict()["document"]
    for name in FIELDS:
        expected = str(wanted[name]) if wanted.get(name) is not None else None
        if expected is None and name not in wanted:
            continue
        result.fields[1] += 1
        if any(_same(got[name], each) for each in (expected, *wanted.get(f"{name}_also", ()))):
            result.fields[0] += 1
        else:
            result.faults.append(f"{name}: {got[name]!r}, expected {expected!r}")


def _score_citations(result: Score, reading: Directive, wanted: list[str]) -> None:
    got = {one.to_tuple() for one in reading.citations}
    expected = {_citation(written) for written in wanted}
    result.citations = [len(got & expected), len(expected), len(got)]
    result.faults += [f"citation missing: {one}" for one in expected - got]
    result.faults += [f"citation too much: {one}" for one in got - expected]


def _citation(written: str) -> tuple[str, str | None, str | None, str | None]:
    try:
        ref = ClauseRef.parse(written)
    except BadInput:
        name, _, place = written.partition("/") if written.startswith("Luật") else (written, "", "")
        article, clause = (*place.split("."), None)[:2]
        return name, article or None, clause, None
    return ref.instrument, ref.article, ref.clause, ref.point


def _score_tasks(result: Score, reading: Directive, wanted: list[dict[str, Any]]) -> None:
    got = {task.path: task for task in reading.tasks}
    optional = {str(one["path"]) for one in wanted if one.get("optional")}
    expected = {str(one["path"]): one for one in wanted if not one.get("optional")}
    given = [path for path in got if path not in optional]
    right = 0
    for path, one in expected.items():
        task = got.get(path)
        if task is None or not task.text.startswith(one["starts"]) or not task.text.endswith(one.get("ends", "")):
            result.faults.append(f"task missing: {path} {one['starts']!r}, got {task.text[:40] if task else None!r}")
            continue
        right += 1
        result.actors[1] += 1
        if _same(task.actor, one["actor"]):
            result.actors[0] += 1
        else:
            result.faults.append(f"actor of {path}: {task.actor!r}, expected {one['actor']!r}")
        result.deadlines[1] += 1
        if _is_on_time(task, one):
            result.deadlines[0] += 1
        else:
            result.faults.append(f"time of {path}: {task.deadline!r} {task.recurrence!r}, expected {one}")
    result.tasks = [right, len(expected), len(given)]
    result.faults += [f"task too much: {path} {got[path].text[:60]!r}" for path in given if path not in expected]


def _is_on_time(task: Task, one: dict[str, Any]) -> bool:
    """Whether deadline and recurrence are those expected, or others that the case allows as well."""
    deadlines = [one.get("deadline"), *([one["deadline_also"]] if "deadline_also" in one else [])]
    on_time = any(_same(task.deadline, str(each) if each else None) for each in deadlines)
    often = task.recurrence == one.get("recurrence")
    if one.get("deadline_optional"):
        on_time = on_time or task.deadline is None
    if one.get("recurrence_optional"):
        often = often or task.recurrence is None
    return on_time and often


def _same(got: str | None, wanted: str | None) -> bool:
    return fold_search(got or "") == fold_search(wanted or "") and (got is None) == (wanted is None)


def _share(right: int, of: int) -> float:
    return right / of if of else 1.0


def _f1(right: int, expected: int, given: int) -> float:
    return 2 * right / (expected + given) if expected + given else 1.0
