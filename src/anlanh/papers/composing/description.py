"""The description of a paper: a YAML file in which everything that the reader of a paper sees is said once."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from anlanh.papers.composing.measures import Measures
from anlanh.primitives.dates import parse_date
from anlanh.primitives.errors import BadInput

LARGEST = 4 << 20  # bytes
_DEEPEST = 6
_KEYS = frozenset(
    [
        "kind",
        "issuer",
        "parent_body",
        "number",
        "notation",
        "place",
        "issued_on",
        "subject",
        "urgency",
        "addressees",
        "bases",
        "enacting_body",
        "body",
        "authority",
        "signer",
        "recipients",
        "appendices",
    ]
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an item with what lies below it, or a table.

    Attributes:
        text: its words; empty for a table.
        number: what is printed before it (`1.`, `a)`, `-`), empty for a paragraph.
        heading: whether it is set bold.
        items: what lies below.
        columns, rows: of a table; every row has as many cells as there are columns.
    """

    text: str = ""
    number: str = ""
    heading: bool = False
    items: tuple["Block", ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix, numbered in Roman figures where there are several."""

    title: str
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A described paper; None or empty where the description says nothing. Meanings as in the reading of a paper."""

    kind: str
    issuer: str
    parent_body: str | None
    number: str | None
    notation: str
    place: str
    issued_on: date | None
    subject: str
    urgency: str | None
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    enacting_body: str | None
    body: tuple[Block, ...]
    authority: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    appendices: tuple[Appendix, ...] = field(default=())


def read_description(text: str, measures: Measures, where: str) -> Paper:
    """Reads a description.

    Raises:
        BadInput: not YAML, an unknown or missing key, a kind without a template; the message names the key.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise BadInput(f"the description is larger than {LARGEST} bytes", where=where, mend="split the paper")
    loader = _NoAliases(text)
    try:
        root = loader.get_single_node()
        given = loader.construct_document(root) if root is not None else None
        lines = _lines_of(root) if root is not None else {}
    except (yaml.YAMLError, RecursionError) as fault:
        mark = getattr(fault, "problem_mark", None)
        at = f"{where}, line {mark.line + 1}" if mark else where
        said = " ".join(str(getattr(fault, "problem", None) or fault).split())[:200]
        raise BadInput(f"not YAML ({said})", where=at, mend="mend the file; put words with a colon in quotes") from None
    finally:
        loader.dispose()
    if not isinstance(given, dict):
        raise BadInput("a description is a mapping of keys", where=where, mend="begin with 'kind: …'")
    return _Reader(where, measures, lines).paper(given)


def describe(path: Path, measures: Measures) -> Paper:
    """Reads a description from its file; raises like read_description."""
    try:
        with path.open("rb") as file:
            given = file.read(LARGEST + 1)
        return read_description(given.decode("utf-8"), measures, str(path))
    except UnicodeDecodeError:
        raise BadInput("the description is not UTF-8", where=str(path), mend="save it as UTF-8") from None


class _NoAliases(yaml.SafeLoader):
    """Aliases can multiply a small file beyond all bounds; descriptions have no use for them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not used in descriptions")
        return super().compose_node(parent, index)


def _lines_of(node: yaml.Node, field: str = "") -> dict[str, int]:
    """The line, from 1, of each field and item: `number`, `body[2].items[1]`."""
    lines = {field: node.start_mark.line + 1}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{field}.{key.value}" if field else str(key.value)
            lines |= {**_lines_of(value, name), name: key.start_mark.line + 1}
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value, start=1):
            lines |= _lines_of(item, f"{field}[{index}]")
    return lines


class _Reader:
    def __init__(self, where: str, measures: Measures, lines: dict[str, int]) -> None:
        self.where, self.measures, self.lines = where, measures, lines

    def paper(self, given: dict[str, Any]) -> Paper:
        unknown = sorted(str(key) for key in given.keys() - _KEYS)
        if unknown:
            raise self._bad(f"unknown key '{unknown[0]}'", f"the keys are {', '.join(sorted(_KEYS))}", unknown[0])
        kind = self._text(given, "kind").lower()
        if kind not in self.measures.kinds:
            raise self._bad(
                f"there is no template for '{kind}'", f"use one of {', '.join(self.measures.kinds)}", "kind"
            )
        urgency = self._text(given, "urgency", "").upper()
        if urgency and urgency not in self.measures.urgencies:
            raise self._bad(f"'{urgency}' is no urgency", f"use one of {', '.join(self.measures.urgencies)}", "urgency")
        number = self._text(given, "number", "")
        notation = self._text(given, "notation", "") or number.partition("/")[2]
        if not notation:
            raise self._bad("neither number nor notation is given", "write number: 12/CT-UBND, or notation: CT-UBND")
        body = self._blocks(given.get("body"), "body")
        if not body:
            raise self._bad("'body' is empty", "write at least one paragraph", "body")
        return Paper(
            kind=kind,
            issuer=self._text(given, "issuer"),
            parent_body=self._text(given, "parent_body", "") or None,
            number=_padded(number) or None,
            notation=notation,
            place=self._text(given, "place"),
            issued_on=self._day(given.get("issued_on"), "issued_on"),
            subject=self._text(given, "subject"),
            urgency=urgency or None,
            addressees=self._texts(given, "addressees"),
            bases=self._texts(given, "bases"),
            enacting_body=self._text(given, "enacting_body", "") or None,
            body=body,
            authority=self._texts(given, "authority"),
            signer=self._text(given, "signer"),
            recipients=self._texts(given, "recipients"),
            appendices=self._appendices(given.get("appendices") or []),
        )

    def _text(self, given: dict[str, Any], key: str, default: str | None = None, where: str = "") -> str:
        value = given.get(key, default)
        if value is None and default is not None:
            value = default
        if (
            not isinstance(value, str | int | float)
            or isinstance(value, bool)
            or (default is None and not str(value).strip())
        ):
            field = f"{where}.{key}" if where else key
            raise self._bad(f"'{field}' is missing or not text", f"write {key}: followed by its words", field, where)
        return " ".join(str(value).split())

    def _texts(self, given: dict[str, Any], key: str) -> tuple[str, ...]:
        value = given.get(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str | int | float) for item in value):
            raise self._bad(f"'{key}' is not a list of texts", f"write {key}: and one line '- …' for each", key)
        return tuple(" ".join(str(item).split()) for item in value)

    def _day(self, value: Any, key: str) -> date | None:
        if value is None or (isinstance(value, date) and not hasattr(value, "hour")):
            return value
        try:
            return parse_date(str(value))
        except BadInput as fault:
            raise self._bad(f"'{key}': {fault.what}", fault.mend, key) from None

    def _blocks(self, given: Any, where: str, depth: int = 1) -> tuple[Block, ...]:
        if depth > _DEEPEST:
            raise self._bad(f"'{where}' lies more than {_DEEPEST} levels deep", "use fewer levels", where)
        if given is None:
            return ()
        if not isinstance(given, list):
            raise self._bad(f"'{where}' is not a list", "write one '- …' for each paragraph, item or table", where)
        return tuple(self._block(item, f"{where}[{index}]", depth) for index, item in enumerate(given, start=1))

    def _block(self, given: Any, where: str, depth: int) -> Block:
        if isinstance(given, str):
            return Block(text=" ".join(given.split()))
        if not isinstance(given, dict) or given.keys() - {
            "text",
            "number",
            "heading",
            "items",
            "columns",
            "widths",
            "rows",
        }:
            raise self._bad(
                f"'{where}' is no paragraph, item or table",
                "use text, number, heading, items, columns, widths, rows; put words with a colon in quotes",
                where,
            )
        if "columns" in given:
            return self._table(given, where)
        text = self._text(given, "text", where=where)
        items = self._blocks(given.get("items"), f"{where}.items", depth + 1)
        return Block(text, self._text(given, "number", "", where), given.get("heading") is True, items)

    def _table(self, given: dict[str, Any], where: str) -> Block:
        columns = self._texts(given, "columns")
        rows = given.get("rows") or []
        widths = given.get("widths") or [1] * len(columns)
        if (
            not columns
            or len(widths) != len(columns)
            or not all(isinstance(width, int | float) and width > 0 for width in widths)
        ):
            raise self._bad(f"'{where}' needs columns and as many widths", "give one width for each column", where)
        read = []
        for index, row in enumerate(rows, start=1):
            if not isinstance(row, list) or len(row) != len(columns):
                raise self._bad(
                    f"row {index} of '{where}' has not {len(columns)} cells",
                    "write '' for an empty cell",
                    f"{where}.rows[{index}]",
                    where,
                )
            read.append(tuple("" if cell is None else " ".join(str(cell).split()) for cell in row))
        return Block(columns=columns, widths=tuple(map(float, widths)), rows=tuple(read))

    def _appendices(self, given: Any) -> tuple[Appendix, ...]:
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            raise self._bad(
                "'appendices' is not a list of titles and bodies",
                "write '- title: …' and 'body:' for each",
                "appendices",
            )
        return tuple(
            Appendix(
                self._text(one, "title", where=f"appendices[{index}]"),
                self._blocks(one.get("body"), f"appendices[{index}].body"),
            )
            for index, one in enumerate(given, start=1)
        )

    def _bad(self, what: str, mend: str, *fields: str) -> BadInput:
        """A fault at the first of these fields that the file has; without one, of the file."""
        line = next((self.lines[field] for field in fields if field in self.lines), None)
        return BadInput(what, where=f"{self.where}, line {line}" if line else self.where, mend=mend)


def _padded(number: str) -> str:
    """Numbers below ten are printed with a zero."""
    head, slash, tail = number.partition("/")
    return f"0{head}{slash}{tail}" if len(head) == 1 and head.isdigit() else number
