"""`anlanh directive`: reads an official document. Needs no database and no server."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from anlanh.law.pack import vietnam
from anlanh.papers.files.opening import LARGEST_FILE, text_of, text_of_bytes
from anlanh.papers.reading.directive import Directive, read
from anlanh.papers.reading.instruments import KnownName, Names

# How the pack's kinds of instruments are called in Vietnamese papers.
_KINDS = {
    "law": "luật",
    "resolution": "nghị quyết",
    "decree": "nghị định",
    "circular": "thông tư",
    "decision": "quyết định",
    "directive": "chỉ thị",
    "letter": "công văn",
}


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds `directive` and what can be done with one."""
    parser = subparsers.add_parser(
        "directive", help="read a directive or letter", description="Official documents handed down."
    )
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    reading = steps.add_parser(
        "read",
        help="header, legal citations and tasks of a document",
        description="Reads FILE (.txt, .md, .docx, or .pdf with text) into header, legal citations and tasks.",
    )
    reading.add_argument("file", metavar="FILE", help="- for plain text on standard input")
    reading.add_argument("--json", action="store_true", help="print one JSON document")
    reading.add_argument(
        "--text", type=Path, metavar="OUT", help="write the text as read, which starts and ends count in"
    )
    reading.set_defaults(run=run_read)


def run_read(arguments: argparse.Namespace) -> int:
    """Answers `anlanh directive read`."""
    if arguments.file == "-":
        text = text_of_bytes(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input")
    else:
        text = text_of(Path(arguments.file))
    document = read(text, pack_names())
    if arguments.text:
        arguments.text.write_bytes(text.encode("utf-8", "surrogatepass"))
    if arguments.json:
        print(json.dumps(document.to_dict(), ensure_ascii=False))
    else:
        print(_page(document))
    return 0


def pack_names() -> Names:
    """The instruments of the law pack, so that "Luật An ninh mạng" finds its number."""
    known = []
    for instrument in vietnam().instruments.values():
        kind = _KINDS.get(instrument.kind)
        if kind:
            title = instrument.title.vi
            known.append(KnownName(instrument.number, kind, _after_kind(title), instrument.known_since))
    return Names(tuple(known))


def _after_kind(title: str) -> str:
    for kind in ("Bộ luật", *(kind.capitalize() for kind in _KINDS.values())):
        if title.startswith(f"{kind} "):
            return title.removeprefix(f"{kind} ")
    return title


def _page(document: Directive) -> str:
    """The reading for people."""
    head = document.to_dict()["document"]
    lines = [f"{_TITLES[name]}: {head[name]}" for name in _TITLES if head[name]]
    lines += ["", f"Căn cứ, dẫn chiếu ({len(document.citations)}):"]
    lines += [f"  {_cited(one.to_tuple())}{_doubt(one.notes)}" for one in document.citations]
    lines += ["", f"Nhiệm vụ ({len(document.tasks)}):"]
    for task in document.tasks:
        when = "; ".join(filter(None, (task.deadline_words, task.recurrence_words)))
        lines.append(f"  [{task.path}] {task.actor or 'chưa rõ ai'}{f' · {when}' if when else ''}{_doubt(task.notes)}")
        lines.append(f"      {task.text}")
    return "\n".join(lines)


_TITLES: dict[str, Any] = {
    "kind": "Loại",
    "number": "Số, ký hiệu",
    "issuer": "Cơ quan ban hành",
    "issued_on": "Ngày",
    "place": "Địa danh",
    "subject": "Trích yếu",
    "signer": "Người ký",
}


def _cited(parts: tuple[str, str | None, str | None, str | None]) -> str:
    instrument, article, clause, point = parts
    places = (("điểm", point), ("khoản", clause), ("Điều", article))
    return " ".join([*(f"{name} {value}" for name, value in places if value), instrument])


def _doubt(notes: list[str]) -> str:
    return f"  (cần xem lại: {'; '.join(notes)})" if notes else ""
