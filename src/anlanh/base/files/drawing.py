"""Pages of pictures and PDFs drawn anew: to look at, and as flat copies in which what was blackened is gone.

A bounded process (`drawing_process.py`) does it; see there what is left out. A hostile file ends just that process, and
whoever asked reads in words why nothing came of it.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from anlanh.base.files.drawing_process import MOST_PAGES
from anlanh.base.files.models import PICTURES, StoredFile
from anlanh.base.files.store import open_file
from anlanh.papers.composing.pictures import Sheet, pdf_of_sheets
from anlanh.primitives.errors import BadInput

PDF = "application/pdf"
DRAWABLE = (*PICTURES, PDF)
SHOWN_SIDE, COPY_SIDE = 1400, 3200  # pixels
MOST_PLACES = 200
WALL_SECONDS = 60.0
MOST_OUTPUT_BYTES = 128 * 1024 * 1024
AT_ONCE = 2
TURNS = (0, 90, 180, 270)

_PROCESS = Path(__file__).with_name("drawing_process.py")
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Place:
    """A rectangle on a page, by shares of its width and height from the top left corner.

    Args:
        page: from 1.
        left, top, width, height: from 0 to 1.
    """

    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawn:
    """A page that was drawn.

    Args:
        count: how many pages the file has.
        sheets: the pages asked for, as JPEG with their size on paper.
    """

    count: int
    sheets: list[Sheet]


def page(stored: StoredFile, number: int, places: Sequence[Place] = ()) -> Drawn:
    """One page to look at, with the places blackened.

    Raises:
        BadInput: it can't be drawn, or has no such page.
    """
    drawn = _draw(stored, SHOWN_SIDE, number, places, 0)
    if not drawn.sheets:
        raise BadInput(_("the file has no such page"), where="page", mend=_("choose another one"))
    return drawn


def flattened(stored: StoredFile, places: Sequence[Place] = ()) -> Drawn:
    """All pages as they go into a copy, with the places blackened.

    Raises:
        BadInput: it can't be drawn, or a place lies on no page of it.
    """
    drawn = _draw(stored, COPY_SIDE, None, places, 0)
    if any(place.page > drawn.count for place in places):
        raise BadInput(_("a place lies on a page that the file does not have"), where="places", mend=_("take it out"))
    return drawn


def upright(stored: StoredFile, turn: int = 0) -> Sheet:
    """A photograph as a sheet of paper, turned clockwise.

    Args:
        stored: a picture.
        turn: one of `TURNS`, in degrees, after what the camera says.

    Raises:
        BadInput: it is no picture that can be drawn, or no such turn.
    """
    if turn not in TURNS:
        raise BadInput(_("pages are turned by quarters"), where="turn", mend=_("choose one from the list"))
    if stored.media_type not in PICTURES:
        raise cant_be_drawn(stored)
    return _draw(stored, COPY_SIDE, None, (), turn).sheets[0]


def as_file(stored: StoredFile, drawn: Drawn, title: str) -> tuple[str, bytes]:
    """The ending and the bytes of a flat copy: of a picture a JPEG, of a PDF a PDF/A of pictures."""
    if stored.media_type == PDF:
        return "pdf", pdf_of_sheets(drawn.sheets, title)
    return "jpg", drawn.sheets[0].jpeg


def cant_be_drawn(stored: StoredFile) -> BadInput:
    """Said of a file that is neither a picture we read nor a PDF."""
    if stored.media_type in {"image/heic", "image/avif", "image/tiff"}:
        mend = _("save it as JPEG or PNG (on a phone: share it as “most compatible”, or take a screenshot of it)")
    else:
        mend = _("show what matters by a picture, a PDF or a text")
    what = _("files of the kind %(kind)s can't be drawn") % {"kind": stored.media_type}
    return BadInput(what, where=stored.name, mend=mend)


def _draw(stored: StoredFile, side: int, number: int | None, places: Sequence[Place], turn: int) -> Drawn:
    if stored.media_type not in DRAWABLE:
        raise cant_be_drawn(stored)
    if len(places) > MOST_PLACES:
        what = _("more than %(most)s places") % {"most": MOST_PLACES}
        raise BadInput(what, where="places", mend=_("blacken larger ones"))
    by_page: dict[int, list[list[float]]] = {}
    for place in places:
        by_page.setdefault(place.page, []).append([place.left, place.top, place.width, place.height])
    wanted = {"side": side, "page": number, "places": by_page, "turn": turn}
    form = "PDF" if stored.media_type == PDF else stored.media_type.removeprefix("image/").upper()
    with open_file(stored) as source:
        head, content = run_bounded(_PROCESS, [form, str(MOST_OUTPUT_BYTES), json.dumps(wanted)], source, stored.name)
    if "fault" in head:
        raise fault(head["fault"], stored.name)
    return Drawn(head["count"], list(_sheets(head["pages"], content)))


def _sheets(pages: Sequence[Mapping[str, Any]], content: bytes) -> list[Sheet]:
    sheets, at = [], 0
    for each in pages:
        sheets.append(Sheet(content[at : at + each["bytes"]], tuple(each["pixels"]), each["inches"]))
        at += each["bytes"]
    return sheets


def run_bounded(script: Path, words: Sequence[str], source: BinaryIO, name: str) -> tuple[dict[str, Any], bytes]:
    """Runs one of our isolated scripts on a hostile file; the line of JSON that it answers, and what follows it.

    Raises:
        BadInput: it took too long, or fell over.
    """
    with _turns, tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603  our own interpreter and script; the words are from our tables and forms
                [sys.executable, "-I", str(script), *words],
                stdin=source,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise fault("slow", name) from None
        if done.returncode != 0:
            raise fault("damaged", name)
        answer.seek(0)
        return json.loads(answer.readline()), answer.read()


def fault(why: str, name: str) -> BadInput:
    """Why nothing came of a file, in words."""
    said = {
        "password": (_("the file has a password"), _("take the password off first")),
        "pages": (
            _("the file has more than %(most)s pages") % {"most": MOST_PAGES},
            _("keep only the pages that matter"),
        ),
        "pixels": (_("the picture has too many pixels"), _("make it smaller first")),
        "slow": (_("the file took too long to draw"), _("show what matters by a simpler picture or a PDF")),
        "size": (_("the document unpacks to too much"), _("keep only the pages that matter")),
        "hidden": (
            _("the document holds hidden sheets, rows, columns or words"),
            _("show them or take them out, or save it as PDF"),
        ),
        "parts": (
            _("the document holds macros, embedded files or other parts that can't be cleaned"),
            _("save it as PDF, or make a redacted copy of its text"),
        ),
    }
    what, mend = said.get(why, (_("the file is damaged"), _("make it again from its source")))
    return BadInput(what, where=name, mend=mend)
