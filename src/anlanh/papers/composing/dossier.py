"""A dossier: particulars and sections on plain pages, as PDF/A. What a person takes home of their case is one."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from anlanh.papers.composing.covering import FONTS, printable
from anlanh.primitives.errors import BadInput

_TEMPLATE = Path(__file__).with_name("dossier.typ")
_STANDARD = "a-2b"

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Args:
        heads: of the columns.
        widths: of the columns, as shares.
        rows: their cells.
    """

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading, printed in this order.

    Args:
        heading: its words.
        facts: label and text.
        quoted: what somebody wrote, a frame each.
        table: rows under column heads.
        words: paragraphs.
        codes: what is compared letter by letter, such as keys and digests.
    """

    heading: str
    facts: Facts = ()
    quoted: tuple[str, ...] = ()
    table: Table | None = None
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole.

    Args:
        title: on top, and of the file.
        issuer: who made it.
        language: "vi" or "en".
        made_at: the moment stated in the file.
        facts: particulars under the title.
        sections: the parts.
        foot: at the foot of each page, beside its number.
    """

    title: str
    issuer: str
    language: str
    made_at: datetime
    facts: Facts
    sections: Sequence[Section]
    foot: str


def pdf_of(dossier: Dossier) -> bytes:
    """The dossier as PDF/A-2b. The same dossier gives the same bytes.

    Raises:
        BadInput: the fonts are not installed.
    """
    content = _printed({**asdict(dossier), "made_at": ""})
    inputs = {"dossier": json.dumps(content, ensure_ascii=False)}
    made = int(dossier.made_at.timestamp())
    return _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARD, timestamp=made)


def _printed(value: Any) -> Any:
    """The same data with only letters that can be printed."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printed(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printed(each) for each in value]
    return value


@cache
def _compiler() -> typst.Compiler:
    """One typesetter for the process: reading the fonts takes longer than setting a dossier."""
    if not any(FONTS.glob("*.ttf")):
        raise BadInput("the fonts for papers are not installed", where=str(FONTS), mend="run script/setup")
    return typst.Compiler(str(_TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)
