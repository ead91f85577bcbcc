"""Copies of files without what tells who made them, where and when: EXIF, XMP, places, thumbnails, names of authors.

Pictures and PDFs are drawn anew (`drawing`); of Word files and workbooks the words stay (`office_process`); plain text
carries nothing but its words. Other kinds can't be cleaned, and what can't be cleaned does not leave without redaction.
"""

from pathlib import Path

from django.utils.translation import gettext as _

from anlanh.base.files import drawing
from anlanh.base.files.drawing import DRAWABLE, run_bounded
from anlanh.base.files.kinds import TEXT, endings_of
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import open_file
from anlanh.primitives.errors import BadInput

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE = (WORD, WORKBOOK)
CLEANABLE = (*DRAWABLE, *OFFICE, TEXT)
_PROCESS = Path(__file__).with_name("office_process.py")


def cleaned(stored: StoredFile) -> tuple[str, bytes]:
    """The ending and the bytes of a copy that carries no metadata; of plain text the same bytes.

    Raises:
        BadInput: this kind of file, or this very file, can't be cleaned; what to do instead.
    """
    if stored.media_type in DRAWABLE:
        return drawing.as_file(stored, drawing.flattened(stored), "")
    if stored.media_type == TEXT:
        with open_file(stored) as source:
            return "txt", source.read()
    if stored.media_type in OFFICE:
        with open_file(stored) as source:
            head, content = run_bounded(_PROCESS, [str(drawing.MOST_OUTPUT_BYTES)], source, stored.name)
        if "fault" in head:
            raise drawing.fault(head["fault"], stored.name)
        return endings_of(stored.media_type)[0], content
    raise BadInput(
        _("files of the kind %(kind)s can't be cleaned of who made them, so they are not sent")
        % {"kind": stored.media_type},
        where=stored.name,
        mend=_("keep it without relying on it, and show what matters by a picture, a PDF or a text"),
    )


def named(name: str, ending: str) -> str:
    """The name of a copy: that of its original, with the ending of what it is now."""
    stem, dot, had = name.rpartition(".")
    if not dot or len(had) > 5:
        return f"{name}.{ending}"
    return name if ending == "txt" or had.lower() in {ending, {"jpg": "jpeg"}.get(ending)} else f"{stem}.{ending}"
