"""The lines of a paper as they are printed, which the PDF and the Word file share."""

from dataclasses import asdict
from typing import Any

from anlanh.papers.composing.description import Appendix, Block, Paper
from anlanh.papers.composing.measures import Measures
from anlanh.primitives.dates import date_words

# Letters that a line holds: capitals in the left column of the head, bold letters of a title.
_LEFT_COLUMN, _TITLE = 27, 62
_PART_WORDS = frozenset(["TỈNH", "THÀNH", "HUYỆN", "QUẬN", "XÃ", "PHƯỜNG", "VÀ", "CỦA", "TRÊN", "CHO"])
_PART_BONUS = 6  # letters by which lines may differ for the sake of a good break
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def printed_lines(paper: Paper, measures: Measures) -> dict[str, Any]:
    """What is printed, part by part, as plain data."""
    kind = measures.kinds[paper.kind]
    letter = bool(kind.get("letter"))
    words = measures.words
    body = [_block(one) for one in _ended(paper.body, words["end"])]
    return {
        "title": f"{paper.kind.capitalize()}: {paper.subject}",
        "issuer": balanced(paper.issuer.upper(), _LEFT_COLUMN),
        "parent_body": balanced(paper.parent_body.upper(), _LEFT_COLUMN) if paper.parent_body else [],
        "number_line": f"{words['number']} {paper.number or f'      /{paper.notation}'}",
        "letter": letter,
        "subject_line": f"{words['about']} {paper.subject}",
        "place_line": f"{paper.place}, {_day(paper)}",
        "urgency": paper.urgency,
        "kind_line": paper.kind.upper(),
        "title_line": balanced(paper.subject[:1].upper() + paper.subject[1:], _TITLE),
        "addressees": _listed(paper.addressees),
        "enacting_body": paper.enacting_body.upper() if paper.enacting_body else None,
        "bases": [_stopped(basis, ";" if index < len(paper.bases) else ("," if kind.get("enacts") else ".")) for index, basis in enumerate(paper.bases, start=1)],
        "enacts": kind.get("enacts"),
        "body": body,
        "authority": [line.upper() for line in paper.authority],
        "signer": paper.signer,
        "recipients": [_stopped(name, "." if index == len(paper.recipients) else ";") for index, name in enumerate(paper.recipients, start=1)],
        "appendices": [_appendix(one, index, paper, measures) for index, one in enumerate(paper.appendices, start=1)],
    }  # fmt: skip


def balanced(text: str, most: int) -> list[str]:
    """A centred text on as few lines as its column needs, of about equal length, broken before words that begin a part."""
    words = text.split(" ")
    count = -(-len(text) // most)
    lines: list[str] = []
    while count > 1 and len(words) > 1:
        goal = len(" ".join(words)) / count
        lengths = [len(" ".join(words[:end])) for end in range(1, len(words))]
        costs = [
            abs(length - goal)
            - (_PART_BONUS if words[end].upper() in _PART_WORDS else 0)
            + (1000 if length > most else 0)
            for end, length in enumerate(lengths, start=1)
        ]
        end = costs.index(min(costs)) + 1
        lines.append(" ".join(words[:end]))
        words, count = words[end:], count - 1
    return [*lines, " ".join(words)]


def _listed(names: tuple[str, ...]) -> list[str]:
    if len(names) == 1:
        return [_stopped(names[0], ".")]
    return [f"- {_stopped(name, '.' if index == len(names) else ';')}" for index, name in enumerate(names, start=1)]


def _stopped(text: str, stop: str) -> str:
    return text.rstrip(" .;,") + stop


def _day(paper: Paper) -> str:
    return date_words(paper.issued_on, "vi") if paper.issued_on else "ngày      tháng      năm      "


def _ended(blocks: tuple[Block, ...], end: str) -> tuple[Block, ...]:
    """With the closing sign after the last words; a table at the end takes none."""
    last = blocks[-1]
    if last.columns:
        return blocks
    if last.items:
        changed = Block(last.text, last.number, last.heading, _ended(last.items, end))
    else:
        changed = Block(last.text.removesuffix(end).rstrip(" .;,") + end, last.number, last.heading)
    return (*blocks[:-1], changed)


def _block(block: Block) -> dict[str, Any]:
    return asdict(block)


def _appendix(appendix: Appendix, index: int, paper: Paper, measures: Measures) -> dict[str, Any]:
    several = len(paper.appendices) > 1
    label = measures.words["appendix"] + (f" {_ROMANS[(index - 1) % len(_ROMANS)]}" if several else "")
    named = f"{paper.kind.capitalize()} số {paper.number}" if paper.number else paper.kind.capitalize()
    return {
        "label": label,
        "title": appendix.title.upper(),
        "belongs_to": f"(Kèm theo {named} {_day(paper)} của {paper.issuer})",
        "body": [_block(one) for one in appendix.body],
    }
