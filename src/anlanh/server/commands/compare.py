"""`anlanh compare`: an article beside the source it repeats. Needs no database and no server."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

from anlanh.primitives.dates import civil_date, parse_instant
from anlanh.primitives.errors import BadInput
from anlanh.screening.comparing.comparison import Comparison, NotBefore, compare, published_at
from anlanh.screening.comparing.opening import LARGEST_FILE
from anlanh.screening.comparing.reading import read_article

_EARLIEST = "news.not-before"  # the law pack's parameter; in hours


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds the command."""
    parser = subparsers.add_parser(
        "compare",
        help="compare an article with its source",
        description="Compares COPY with ORIGINAL, each HTML or text: title, text, pictures, how the source is named.",
    )
    parser.add_argument("original", metavar="ORIGINAL", help="the source's article; - for standard input")
    parser.add_argument("copy", metavar="COPY", help="the article that repeats it; - for standard input")
    parser.add_argument("--original-at", metavar="TIME", help="when ORIGINAL was published; else what it says itself")
    parser.add_argument("--copy-at", metavar="TIME", help="when COPY was published; else what it says itself")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="language of the findings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answers `anlanh compare`."""
    original_at = _instant(arguments.original_at, "--original-at")
    copy_at = _instant(arguments.copy_at, "--copy-at")
    if arguments.original == arguments.copy == "-":
        raise BadInput("both files are standard input", mend="name a file for one of them")
    original = read_article(_content(arguments.original), _called(arguments.original))
    copy = read_article(_content(arguments.copy), _called(arguments.copy))
    comparison = compare(
        original, copy, original_at=original_at, copy_at=copy_at, not_before=_not_before(copy_at or published_at(copy))
    )
    if arguments.json:
        print(_printable(json.dumps(comparison.to_dict(arguments.lang), ensure_ascii=False)))
    else:
        print(_printable(_page(comparison, arguments.lang)))
    return 0


def _instant(written: str | None, option: str) -> datetime | None:
    if written is None:
        return None
    try:
        return parse_instant(written)
    except BadInput as fault:
        raise BadInput(fault.what, where=option, mend=fault.mend) from None


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(file).open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def _called(file: str) -> str:
    return "standard input" if file == "-" else file


def _not_before(day: datetime | None) -> NotBefore | None:
    """What the law in force on the copy's day says of how soon an article may be repeated."""
    if day is None:
        return None
    # Read only when the time of the copy is known.
    from anlanh.law.pack import vietnam

    value = vietnam().parameters[_EARLIEST].on(civil_date(day))
    return NotBefore(str(value.clause), value.low * 60) if value and value.low else None


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _page(comparison: Comparison, lang: str) -> str:
    """The comparison for people."""
    told = comparison.to_dict(lang)
    vi = lang == "vi"
    yes, no = ("có", "không") if vi else ("yes", "no")
    words = _VIETNAMESE if vi else _ENGLISH
    kept = f"{comparison.text.kept:.1%}"
    lines = [
        f"{words['title']}: {told['title']['original'] or '—'}",
        *([f"  → {told['title']['copy'] or '—'}"] if comparison.title_changed else []),
        f"{words['kept']}: {kept.replace('.', ',') if vi else kept}",
        *(f"  - {sentence}" for sentence in comparison.text.cut),
        *(f"  + {sentence}" for sentence in comparison.text.added),
        *(f"  - {words['image']} {address}" for address in comparison.images_missing),
        *(f"  + {words['image']} {address}" for address in comparison.images_added),
        ", ".join(f"{words[name]}: {yes if said else no}" for name, said in told["source"].items()),
    ]
    if comparison.minutes_after is not None:
        lines.append(f"{words['after']}: {comparison.minutes_after}")
    lines += ["", words["findings"] if comparison.findings else words["none"]]
    lines += [f"  [{one['ground']}] {one['why']}" for one in told["findings"]]
    return "\n".join(lines)


_VIETNAMESE = {
    "title": "Tiêu đề",
    "kept": "Giữ nguyên",
    "image": "ảnh",
    "named": "Nêu nguồn",
    "author": "tác giả",
    "time": "thời gian",
    "link": "đường dẫn",
    "after": "Đăng sau (phút)",
    "findings": "Cần xem:",
    "none": "Không thấy điều gì trái quy định.",
}
_ENGLISH = {
    "title": "Title",
    "kept": "Kept",
    "image": "picture",
    "named": "Source named",
    "author": "author",
    "time": "time",
    "link": "link",
    "after": "Minutes after",
    "findings": "To look at:",
    "none": "Nothing against the rules was found.",
}
