"""Papers as PDF/A, set by typst with the fonts that come with the program and no others."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from anlanh.papers.composing.description import Paper
from anlanh.papers.composing.lines import printed_lines
from anlanh.papers.composing.measures import Measures
from anlanh.primitives.dates import start_of_day
from anlanh.primitives.errors import BadInput

FONTS = Path(__file__).resolve().parent.parent / "fonts"
_TEMPLATE = Path(__file__).with_name("paper.typ")
_STANDARD = "a-2b"


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a page, from its top left corner, in millimetres; pages count from 1."""

    page: int
    x: float
    y: float
    width: float
    height: float


def pdf_of(paper: Paper, measures: Measures) -> bytes:
    """The paper as PDF/A-2b. The same description gives the same bytes.

    Raises:
        BadInput: the fonts are not installed.
    """
    # PDF/A asks for a date inside the file: the day of issue, so that time of day changes no byte.
    made = int(start_of_day(paper.issued_on).timestamp()) if paper.issued_on else 0
    inputs = _inputs(paper, measures)
    return _compiler().compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARD, timestamp=made)


def signature_place(paper: Paper, measures: Measures) -> Place:
    """Where a visible digital signature goes: the space left free between office and name of the signer."""
    compiler = typst.Compiler(
        str(_TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs=_inputs(paper, measures)
    )
    found: dict[str, Any] = json.loads(compiler.query("<signature>", field="value", one=True))
    size = measures.raw["signature"]
    return Place(found["page"], found["x"] - size["width"] / 2, found["y"], size["width"], size["height"])


@cache
def _compiler() -> typst.Compiler:
    """One typesetter for the process: reading the fonts takes longer than setting a letter."""
    if not any(FONTS.glob("*.ttf")):
        raise BadInput("the fonts for papers are not installed", where=str(FONTS), mend="run script/setup")
    return typst.Compiler(str(_TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _inputs(paper: Paper, measures: Measures) -> dict[str, str]:
    return {
        "paper": json.dumps(printed_lines(paper, measures), ensure_ascii=False),
        "measures": json.dumps(measures.raw, ensure_ascii=False, default=str),
    }
