"""Papers as Word files, to the same measures and with the same lines as the PDF."""

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from anlanh.papers.composing.description import Paper
from anlanh.papers.composing.lines import printed_lines
from anlanh.papers.composing.measures import Measures

_CENTER, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT_SHARE = 0.42
_SIGNATURE_LINES = 4
_MADE = datetime(2020, 1, 1)  # noqa: DTZ001 (a fixed stamp inside the file, so that the same paper gives the same file)


def docx_of(paper: Paper, measures: Measures) -> bytes:
    """The paper as a Word file without macros."""
    writer = _Writer(measures)
    writer.write(printed_lines(paper, measures))
    out = io.BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, measures: Measures) -> None:
        self.measures = measures
        self.document = Document()
        self.font = measures.raw["typeface"]["named"]
        self.width = measures.width - measures.margins["left"] - measures.margins["right"]
        self._page()

    def write(self, it: dict[str, Any]) -> None:
        """All parts in their order."""
        self._head(it)
        if it["urgency"]:
            self._line(it["urgency"], "urgency", bold=True)
        if not it["letter"]:
            self._line(it["kind_line"], "kind", bold=True, align=_CENTER, before=12)
            self._line(it["title_line"], "title", bold=True, align=_CENTER, after=12)
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
            self.document.add_page_break()
            for text, bold in ((appendix["label"], True), (appendix["title"], True), (appendix["belongs_to"], False)):
                self._line(text, "appendix", bold=bold, italic=not bold, align=_CENTER)
            for block in appendix["body"]:
                self._block(block)

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(self.measures.width), Mm(self.measures.height)
        for side, length in self.measures.margins.items():
            setattr(section, f"{side}_margin", Mm(length))
        section.header_distance = Mm(self.measures.margins["top"] / 2)
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
        self._face(run, "page_number")
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = self.font, Pt(self.measures.sizes["text"])
        style.element.rPr.rFonts.set(qn("w:eastAsia"), self.font)
        core = self.document.core_properties
        core.author, core.comments, core.created, core.modified = "", "", _MADE, _MADE

    def _head(self, it: dict[str, Any]) -> None:
        left, right = self._columns(_LEFT_SHARE)
        if it["parent_body"]:
            self._cell_line(left, it["parent_body"], "body_above")
        self._cell_line(left, it["issuer"], "issuer", bold=True, ruled=True)
        self._cell_line(left, it["number_line"], "number", before=6)
        if it["letter"]:
            self._cell_line(left, it["subject_line"], "subject_of_letter", before=self.measures.raw["subject_gap"])
        words = self.measures.words
        self._cell_line(right, words["state_name"], "state_name", bold=True)
        self._cell_line(right, words["motto"], "motto", bold=True, ruled=True)
        self._cell_line(right, it["place_line"], "place_and_day", italic=True, before=6)

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
            for cell, text, width in zip(cells, row, block["widths"], strict=True):
                cell.width = Mm(self.width * width / total)
                paragraph = cell.paragraphs[0]
                paragraph.alignment = _CENTER if index == 0 else None
                run = paragraph.add_run(text)
                run.bold, run.font.size = index == 0, Pt(12)

    def _foot(self, it: dict[str, Any]) -> None:
        left, right = self._columns(0.46)
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

    def _columns(self, share: float) -> tuple[Any, Any]:
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        left, right = table.rows[0].cells
        left.width, right.width = Mm(self.width * share), Mm(self.width * (1 - share))
        for cell in (left, right):
            cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        return left, right

    def _cell_line(
        self, cell: Any, text: str, part: str, *, bold: bool = False, italic: bool = False, before: float = 0,
        left: bool = False, ruled: bool = False,
    ) -> None:  # fmt: skip
        paragraph = cell.add_paragraph()
        paragraph.alignment = None if left else _CENTER
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.italic, run.underline = bold, italic, ruled or None
        self._face(run, part)

    def _line(
        self, text: str, part: str, *, bold: bool = False, italic: bool = False, align: Any = None, before: float = 0,
        after: float = 0, indent: float = 0,
    ) -> None:  # fmt: skip
        paragraph = self.document.add_paragraph()
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.space_before, form.space_after, form.left_indent = Pt(before), Pt(after), Mm(indent)
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        self._face(run, part)

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
