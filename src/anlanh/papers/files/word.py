"""The text of a Word document: paragraphs with the numbers that Word prints, tables as rows with tabs.

Only document.xml and numbering.xml are looked at, as plain data: macros, fields, links and embedded objects never run.
"""

import io
import re
import zipfile
from xml.parsers import expat

from anlanh.papers.files.numbering import Numbering
from anlanh.primitives.archives import DAMAGED
from anlanh.primitives.errors import BadInput

_LARGEST_PART = 60 << 20  # bytes of XML; a paper of 2,000 pages has about 30 million
_LARGEST_TEXT = 3_000_000  # code points
_MOST_PARTS = 5_000
_LARGEST_LISTING = 2 << 20  # bytes
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "


def text_of_docx(content: bytes, where: str) -> str:
    """Paragraphs on lines of their own, cells parted by tabs.

    Raises:
        BadInput: no Word document, damaged, or larger inside than any honest paper.
    """
    if _listing_size(content) > _LARGEST_LISTING:
        raise BadInput("the archive has too many parts for a paper", where=where, mend="send the paper itself")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_PARTS:
                raise BadInput("the archive has too many parts for a paper", where=where, mend="send the paper itself")
            names = set(archive.namelist())
            if "word/document.xml" not in names:
                kind = "a password-protected file" if "EncryptedPackage" in names else "no Word document"
                raise BadInput(f"the archive holds {kind}", where=where, mend="save it as .docx without a password")
            document = _part(archive, "word/document.xml", where)
            numbering = _part(archive, "word/numbering.xml", where) if "word/numbering.xml" in names else b""
    except BadInput:
        raise
    except DAMAGED as fault:
        raise BadInput(f"the file is damaged ({fault})", where=where, mend="save it again from Word") from None
    text = _Document(Numbering.of(numbering, where), where).read(document)
    if not text.strip():
        raise BadInput(
            "the document has no text", where=where, mend="if its pages are pictures, run text recognition (OCR) first"
        )
    return text


def _listing_size(content: bytes) -> int:
    """The bytes of the archive's list of parts, by its last record: known before a million names are taken apart."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - 70_000))
    return int.from_bytes(content[at + 12 : at + 16], "little") if at >= 0 else 0


def _part(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """One part, read no further than its bound whatever size its header claims."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise BadInput("the file has a password", where=where, mend="take the password off first")
    with archive.open(info) as stream:
        data = stream.read(_LARGEST_PART + 1)
    if len(data) > _LARGEST_PART:
        raise BadInput(
            f"'{name}' unpacks to more than {_LARGEST_PART} bytes", where=where, mend="send the paper in parts"
        )
    return data


class _Document:
    """Follows the XML from tag to tag; nothing but the text found so far is kept."""

    def __init__(self, numbering: Numbering, where: str) -> None:
        self.numbering, self.where = numbering, where
        self.lines: list[str] = []
        self.length = 0
        self.words: list[str] = []
        self.cells: list[list[str]] = []  # one list of finished cells for each open table row
        self.cell: list[list[str]] = []  # paragraphs of each open cell
        self.number = self.level = ""
        self.style = ""
        self.in_text = False
        self.skipping = 0

    def read(self, xml: bytes) -> str:
        """Parses the part. A document type declaration is refused: it could name entities that multiply."""
        parse_safely(xml, self._start, self._end, self._data, self.where)
        return "\n".join(self.lines)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.removeprefix(_W)
        if name in ("del", "moveFrom", "fallback", "instrText") or tag.endswith(" Fallback"):
            self.skipping += 1
        elif self.skipping:
            return
        elif name == "p":
            self.words, self.number, self.level, self.style = [], "", "", ""
        elif name == "numId":
            self.number = attributes.get(f"{_W}val", "")
        elif name == "ilvl":
            self.level = attributes.get(f"{_W}val", "")
        elif name == "pStyle":
            self.style = attributes.get(f"{_W}val", "")
        elif name == "t":
            self.in_text = True
        elif name == "tab" and not self.in_text:
            self.words.append("   ")
        elif name in ("br", "cr"):
            self.words.append("\n")
        elif name == "noBreakHyphen":
            self.words.append("-")
        elif name == "tr":
            self.cells.append([])
        elif name == "tc":
            self.cell.append([])

    def _end(self, tag: str) -> None:
        name = tag.removeprefix(_W)
        if name in ("del", "moveFrom", "fallback", "instrText") or tag.endswith(" Fallback"):
            self.skipping -= 1
        elif self.skipping:
            return
        elif name == "t":
            self.in_text = False
        elif name == "p":
            label = self.numbering.next(self.number, self.level, self.style)
            self._paragraph(label + "".join(self.words).strip(" "))
            self.words = []
        elif name == "tc" and self.cell:
            paragraphs = self.cell.pop()
            if self.cells:
                self.cells[-1].append("\n".join(paragraphs))
        elif name == "tr" and self.cells:
            self._row(self.cells.pop())

    def _data(self, data: str) -> None:
        if self.in_text and not self.skipping:
            self.words.append(data)
            self.length += len(data)
            if self.length > _LARGEST_TEXT:
                raise BadInput(
                    f"the text has more than {_LARGEST_TEXT} characters", where=self.where, mend="split the document"
                )

    def _paragraph(self, text: str) -> None:
        if self.cell:
            if text.strip():
                self.cell[-1].append(text)
        else:
            self.lines.append(text)

    def _row(self, cells: list[str]) -> None:
        """A row of up to two cells without figures is a layout of two columns (head, signature): told as lines."""
        if self.cell:  # a table inside a cell
            self.cell[-1].append(" ".join(re.sub(r"\s+", " ", cell) for cell in cells))
        elif len(cells) <= 2:
            for cell in cells:
                self.lines += [*cell.split("\n"), ""]
        else:
            self.lines.append("\t".join(re.sub(r"\s+", " ", cell) for cell in cells))


def parse_safely(xml: bytes, start: object, end: object, data: object, where: str) -> None:
    """Runs expat with namespaces (tags are "uri name"), refusing every document type declaration.

    Raises:
        BadInput: the XML is damaged or declares a document type.
    """
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise BadInput(
            "its XML declares a document type, which no Word document does", where=where, mend="do not open it"
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.buffer_text = True
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as fault:
        raise BadInput(f"its XML is damaged ({fault})", where=where, mend="save it again from Word") from None
