"""The text of a PDF, taken out by a process of its own with bounds on time and memory: a hostile file ends just that."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from anlanh.primitives.errors import BadInput

_SECONDS = 30
MOST_PAGES = 500
_MEMORY = 1 << 30  # bytes of address space of the process that parses
_FAULTS = {
    "password": ("the PDF has a password", "take the password off first"),
    "damaged": ("the PDF is damaged", "make it again from its source"),
    "pages": (f"the PDF has more than {MOST_PAGES} pages", "send the paper itself without its attachments"),
    "scan": ("the PDF is a scan: its pages hold pictures and no text", "run text recognition (OCR) on it first"),
}


def text_of_pdf(content: bytes, where: str) -> str:
    """The text of all pages; a page ends with a form feed.

    Raises:
        BadInput: password-protected, damaged, a scan without text, too many pages, or too slow to take apart.
    """
    with tempfile.TemporaryDirectory(prefix="anlanh-pdf-") as folder:
        source = Path(folder) / "in.pdf"
        source.write_bytes(content)
        command = [sys.executable, "-m", "anlanh.papers.files.pdf_process", str(source), str(MOST_PAGES), str(_MEMORY)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            done = subprocess.run(  # noqa: S603 (our own module; the file is an argument, never a command)
                command, capture_output=True, timeout=_SECONDS, check=False, env=environment
            )
        except subprocess.TimeoutExpired:
            raise BadInput(
                f"the PDF could not be taken apart within {_SECONDS} seconds", where=where, mend="make it again"
            ) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"fault": "damaged"}
    if "fault" in answer:
        what, mend = _FAULTS[answer["fault"]]
        raise BadInput(what, where=where, mend=mend)
    return answer["text"]
