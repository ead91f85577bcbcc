"""Papers as Word files, to the same measures and with the same lines as the PDF."""

import io
import json
import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anlanh.papers.composing.description import Paper
from anlanh.papers.composing.lines import printed_lines
from anlanh.papers.composing.measures import Measures

_CENTER, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT_SHARE = 0.42
_SIGNATURE_LINES = 4
_BODY = "word/document.xml"
_LETTER_WIDTH = 0.45 * 25.4 / 72  # millimetres for each point of size: what bold letters take on the average
_MADE = datetime(2020, 1, 1)  # noqa: DTZ001 (a fixed stamp inside the file, so that the same paper gives the same file)


def docx_of(paper: Paper, measures: Measures) -> bytes:
    """The paper as a Word file without macros. The same description gives the same bytes."""
    shell = _shell(measures)
    writer = _Writer(measures, WordDocument(deepcopy(shell.document.element), shell.document.part))
    writer.write(printed_lines(paper, measures))
    out = io.BytesIO(shell.package)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_stamped(_BODY), serialize_part_xml(writer.document.element))
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Shell:
    """What all papers of one template have in common: an empty document, and the package around it."""

    document: WordDocument
    package: bytes


_shells: dict[str, _Shell] = {}  # by template; a process knows one or two


def _shell(measures: Measures) -> _Shell:
    """Opening and packing the parts that never change takes longer than writing a letter: done once."""
    template = json.dumps(measures.raw, default=str)
    if template not in _shells:
        document = Document()
        _set_page(document, measures)
        _shells[template] = _Shell(document, _without_body(document))
    return _shells[template]


def _without_body(document: WordDocument) -> bytes:
    saved, out = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in whole.namelist():
            if name != _BODY:
                package.writestr(_stamped(name), whole.read(name))
    return out.getvalue()


def _stamped(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MADE.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


class _Writer:
    def __init__(self, measures: Measures, document: WordDocument) -> None:
        self.measures, self.document = measures, document
        self.font = measures.raw["typeface"]["named"]
        self.width = measures.width - measures.margins["left"] - measures.margins["right"]

    def write(self, it: dict[str, Any]) -> None:
        """All parts in their order."""
        self._head(it)
        if not it["letter"]:
            self._line(it["kind_line"], "kind", bold=True, align=_CENTER, before=12)
            for line in it["title_line"]:
                self._line(line, "title", bold=True, align=_CENTER)
            self._rule(self.document, self.width, self.width / 3, after=12)
        if it["enacting_body"]:
            self._line(it["enacting_body"], "text", bold=True, align=_CENTER)
        for basis in it["bases"]:
            self._prose(basis, italic=True)
        if it["enacts"]:
            self._line(it["enacts"], "text", bold=True, align=_CENTER, before=6, after=6)
        self._addressees(it["addressees"])
        for block in it["body"]:
            self._block(block)
        self._foot(it)
        for appendix in it["appendices"]:
            for text, bold in ((appendix["label"], True), (appendix["title"], True), (appendix["belongs_to"], False)):
                line = self._line(text, "appendix", bold=bold, italic=not bold, align=_CENTER)
                line.paragraph_format.page_break_before = text is appendix["label"]
            for block in appendix["body"]:
                self._block(block)

    def _head(self, it: dict[str, Any]) -> None:
        (left, right), (below_left, below_right) = self._columns(_LEFT_SHARE, rows=2)
        for line in it["parent_body"]:
            self._cell_line(left, line, "body_above")
        for line in it["issuer"]:
            self._cell_line(left, line, "issuer", bold=True)
        self._rule(
            left, self.width * _LEFT_SHARE, self.width * _LEFT_SHARE * self.measures.raw["rule_under_issuer"]["use"]
        )
        self._cell_line(below_left, it["number_line"], "number", before=4)
        if it["letter"]:
            self._cell_line(
                below_left, it["subject_line"], "subject_of_letter", before=self.measures.raw["subject_gap"]
            )
        if it["urgency"]:
            self._cell_line(below_left, it["urgency"], "urgency", bold=True, before=6, framed=True)
        words = self.measures.words
        self._cell_line(right, words["state_name"], "state_name", bold=True)
        self._cell_line(right, words["motto"], "motto", bold=True)
        motto = len(words["motto"]) * self.measures.sizes["motto"] * _LETTER_WIDTH
        self._rule(right, self.width * (1 - _LEFT_SHARE), motto)
        self._cell_line(below_right, it["place_line"], "place_and_day", italic=True, before=4)

    def _addressees(self, names: list[str]) -> None:
        word = self.measures.words["addressed"]
        if len(names) == 1:
            self._line(f"{word} {names[0]}", "addressees", align=_CENTER, before=12, after=6)
        elif names:
            self._line(word, "addressees", before=12, indent=35)
            for name in names:
                self._line(name, "addressees", indent=45)

    def _block(self, block: dict[str, Any]) -> None:
        if block["columns"]:
            self._table(block)
            return
        self._prose(f"{block['number']} {block['text']}".strip(), bold=block["heading"])
        for below in block["items"]:
            self._block(below)

    def _table(self, block: dict[str, Any]) -> None:
        table = self.document.add_table(rows=0, cols=len(block["columns"]), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        total = sum(block["widths"])
        for index, row in enumerate((block["columns"], *block["rows"])):
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                paragraph = cell.paragraphs[0]
                paragraph.alignment = _CENTER if index == 0 or re.fullmatch(r"[0-9IVX.]{1,4}", text) else None
                run = paragraph.add_run(text)
                run.bold, run.font.size = index == 0, Pt(12)
        _set_widths(table, [self.width * width / total for width in block["widths"]])

    def _foot(self, it: dict[str, Any]) -> None:
        ((left, right),) = self._columns(0.46)
        if it["recipients"]:
            self._cell_line(
                left, self.measures.words["recipients"], "recipients_word", bold=True, italic=True, left=True
            )
            for name in it["recipients"]:
                self._cell_line(left, f"- {name}", "recipients", left=True)
        for line in it["authority"]:
            self._cell_line(right, line, "authority", bold=True)
        for _ in range(_SIGNATURE_LINES):
            self._cell_line(right, "", "signer")
        self._cell_line(right, it["signer"], "signer", bold=True)

    def _columns(self, share: float, rows: int = 1) -> list[tuple[Any, Any]]:
        """Rows of two cells without lines or padding, none of which a page break cuts."""
        table = self.document.add_table(rows=rows, cols=2)
        _set_widths(table, (self.width * share, self.width * (1 - share)))
        margins = OxmlElement("w:tblCellMar")
        for side in ("left", "right"):
            margin = OxmlElement(f"w:{side}")
            margin.set(qn("w:w"), "0")
            margin.set(qn("w:type"), "dxa")
            margins.append(margin)
        table._tbl.tblPr.append(margins)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell in row.cells:
                cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        return [(row.cells[0], row.cells[1]) for row in table.rows]

    def _cell_line(
        self, cell: Any, text: str, part: str, *, bold: bool = False, italic: bool = False, before: float = 0,
        left: bool = False, framed: bool = False,
    ) -> None:  # fmt: skip
        paragraph = cell.add_paragraph()
        paragraph.alignment = None if left else _CENTER
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        if framed:
            run._r.get_or_add_rPr().append(_border("w:bdr"))
        self._face(run, part)

    def _rule(self, place: Any, room: float, length: float, after: float = 0) -> None:
        """A line in the middle of its room; lengths in millimetres. A low paragraph carries it as its upper border."""
        paragraph = place.add_paragraph()
        form = paragraph.paragraph_format
        form.left_indent = form.right_indent = Mm(max(0, room - length) / 2)
        form.space_before, form.space_after, form.line_spacing = Pt(1), Pt(after), Pt(4)
        borders = OxmlElement("w:pBdr")
        borders.append(_border("w:top"))
        paragraph._p.get_or_add_pPr().append(borders)

    def _line(
        self, text: str, part: str, *, bold: bool = False, italic: bool = False, align: Any = None, before: float = 0,
        after: float = 0, indent: float = 0,
    ) -> Any:  # fmt: skip
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.space_before, form.space_after, form.left_indent = Pt(before), Pt(after), Mm(indent)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        self._face(run, part)
        return paragraph

    def _prose(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        text_measures = self.measures.raw["text"]
        paragraph = self.document.add_paragraph()
        paragraph.alignment = _JUSTIFY
        form = paragraph.paragraph_format
        form.first_line_indent = Mm(text_measures["first_line_indent"]["use"])
        form.space_before = form.space_after = Pt(text_measures["paragraph_gap"]["use"] / 2)
        form.line_spacing = text_measures["line_spacing"]["use"]
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        self._face(run, "text")

    def _face(self, run: Any, part: str) -> None:
        run.font.name, run.font.size = self.font, Pt(self.measures.sizes[part])


def _set_page(document: WordDocument, measures: Measures) -> None:
    """Paper size, margins, page numbers from the second page on, and the face of running text."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(measures.width), Mm(measures.height)
    for side, length in measures.margins.items():
        setattr(section, f"{side}_margin", Mm(length))
    section.header_distance = Mm(measures.margins["top"] / 2)
    section.different_first_page_header_footer = True  # the first page shows no number
    number = section.header.paragraphs[0]
    number.alignment = _CENTER
    run = number.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    font = measures.raw["typeface"]["named"]
    run.font.name, run.font.size = font, Pt(measures.sizes["page_number"])
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(measures.sizes["text"])
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    core = document.core_properties
    core.author, core.comments, core.created, core.modified = "", "", _MADE, _MADE


def _set_widths(table: Any, widths: Any) -> None:
    """Widths in millimetres, on the columns and on every cell: Word reads the one, other programs the other."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _border(tag: str) -> Any:
    border = OxmlElement(tag)
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        border.set(qn(f"w:{name}"), value)
    return border
