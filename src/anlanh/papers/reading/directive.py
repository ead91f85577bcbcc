"""Reads one official document: header, citations, tasks."""

import re
from array import array
from dataclasses import dataclass
from datetime import date
from typing import Any

from anlanh.papers.reading.citations import Citation, citations_in, merged
from anlanh.papers.reading.cleaning import clean
from anlanh.papers.reading.header import Header, header_of
from anlanh.papers.reading.instruments import Names
from anlanh.papers.reading.mapped import Mapped
from anlanh.papers.reading.paragraphs import Paragraph, paragraphs_of, plain_lines
from anlanh.papers.reading.tasks import Task, tasks_of
from anlanh.papers.reading.zones import zones_of
from anlanh.primitives.errors import BadInput

LONGEST = 3_000_000  # code points; about 1,300 pages


@dataclass(frozen=True, slots=True)
class Directive:
    """What a document says. Every span is in code points of the text as read."""

    header: Header
    citations: tuple[Citation, ...]
    tasks: tuple[Task, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The form used in JSON."""
        head = self.header
        document = {
            "number": head.number,
            "kind": head.kind,
            "issuer": head.issuer,
            "issued_on": head.issued_on.isoformat() if head.issued_on else None,
            "place": head.place,
            "subject": head.subject,
            "signer": head.signer,
            "notation": head.notation,
            "parent_body": head.parent_body,
            "issued_in": head.issued_in,
            "signed_as": head.signed_as,
            "addressees": head.addressees,
            "recipients": head.recipients,
            "spans": {name: list(span) for name, span in head.spans.items()},
            "uncertain": head.notes,
        }
        citations = [
            {
                "instrument": one.instrument,
                "article": one.article,
                "clause": one.clause,
                "point": one.point,
                "spans": [list(span) for span in one.spans],
                "confidence": round(one.confidence, 2),
                "uncertain": one.notes,
            }
            for one in self.citations
        ]
        return {
            "document": document,
            "citations": citations,
            "tasks": [_task(task) for task in self.tasks],
            "uncertain": list(self.notes),
        }


def read(text: str, names: Names | None = None) -> Directive:
    """Reads a document.

    Args:
        text: the text as read from its file, in any layout; marks and spaces as they come.
        names: instruments known from elsewhere, for names that the document uses without their numbers.

    Raises:
        BadInput: the text is empty or longer than LONGEST.
    """
    if len(text) > LONGEST:
        raise BadInput(f"the text has {len(text)} characters, more than {LONGEST}", mend="split it into documents")
    cleaned = clean(text)
    paragraphs = paragraphs_of(cleaned)
    if not paragraphs:
        raise BadInput("the document has no text", mend="if it is a scan, run text recognition (OCR) on it first")
    zones = zones_of(paragraphs)
    header = header_of(plain_lines(cleaned), paragraphs, zones)
    names = names or Names()
    searched = _joined(paragraphs)
    found = citations_in(searched.text, Names(names.known, _day_of(header, searched.text) or names.on), header.kind)
    citations = merged((one for one in found if one.mention.instrument != header.number), searched.span)
    tasks = tasks_of(paragraphs, zones, header.addressees, header.issuer)
    notes = []
    if cleaned.damaged:
        notes.append("words that were torn apart have been put together")
    if not tasks:
        notes.append("no task was found")
    return Directive(header, tuple(citations), tuple(tasks), tuple(notes))


def _day_of(header: Header, text: str) -> date | None:
    """The day of issue, or the last day of the latest year that an undated paper speaks of."""
    if header.issued_on:
        return header.issued_on
    years = [int(year) for year in re.findall(r"(?<![\d/])(?:/\s?)?(20[0-4]\d)(?!\d)", header.issued_in or text)]
    return date(max(years), 12, 31) if years else None


def _joined(paragraphs: list[Paragraph]) -> Mapped:
    """All paragraphs in one text, one on each line."""
    texts: list[str] = []
    starts, ends = array("I"), array("I")
    for paragraph in paragraphs:
        body = paragraph.body
        texts.append(body.text)
        starts.extend(body.starts)
        ends.extend(body.ends)
        texts.append("\n")
        starts.append(body.ends[-1])
        ends.append(body.ends[-1])
    return Mapped("".join(texts), starts, ends)


def _task(task: Task) -> dict[str, Any]:
    return {
        "path": task.path,
        "actor": task.actor,
        "text": task.text,
        "deadline": task.deadline,
        "recurrence": task.recurrence,
        "start": task.start,
        "end": task.end,
        "kind": task.kind,
        "with": task.helpers,
        "deadline_words": task.deadline_words,
        "strict": task.strict,
        "recurrence_words": task.recurrence_words,
        "trigger": task.trigger,
        "confidence": task.confidence,
        "uncertain": task.notes,
    }
