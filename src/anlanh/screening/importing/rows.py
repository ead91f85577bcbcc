"""What a file of entries holds, row by row, before anything is checked."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from anlanh.primitives.errors import BadInput

LARGEST_FILE = 512 << 20  # bytes
PHRASE, DOMAIN, TEXT, IMAGE = "phrase", "domain", "text", "image"
KINDS = (PHRASE, DOMAIN, TEXT, IMAGE)


class Row(NamedTuple):
    """One thing to look for, as a file gives it.

    Args:
        line: of the file, counted from 1.
        kind: one of KINDS; empty when `fault` says why there is none.
        value: the words, host name, text or hash.
        field: which field holds the value.
        name: the entry's id in its file; empty when it has none.
        level: for a phrase; empty when the file does not say.
        ground: the clause it rests on, as written; empty when the file does not say.
        fault: why it can't be an entry; empty when it may.
    """

    line: int
    kind: str
    value: str
    field: str
    name: str = ""
    level: str = ""
    ground: str = ""
    fault: str = ""


def text_lines(content: bytes, where: str) -> Iterator[tuple[int, str]]:
    """(number, line) of a text file.

    Raises:
        BadInput: a line is not UTF-8.
    """
    for number, raw in enumerate(content.split(b"\n"), start=1):
        try:
            yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
        except UnicodeDecodeError:
            raise BadInput("the line is not UTF-8", where=f"{where}:{number}", mend="save the file as UTF-8") from None


def host_of(address: str) -> tuple[str, str]:
    """(host name, why it can't be listed) of a web address or bare host name.

    The host of a page is not listed for it: that would find everybody else's pages there too.
    """
    match = re.fullmatch(
        r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?(?:[^/?#@\s]*@)?([^/?#:\s@]+)(?::\d+)?(/[^\s]*|[?#][^\s]*)?", address
    )
    if not match:
        return "", "not a web address or host name"
    if match[2] and match[2] != "/":
        return match[1], "an address with a path names a page, and only whole hosts can be listed"
    return match[1], ""


def json_items(content: bytes, key: str, where: str) -> Iterator[tuple[int, Any]]:
    """(line, item) of a JSON list: the file's own, the one under a key, or one item a line.

    Raises:
        BadInput: the file is not UTF-8 or not JSON; the line and column are named.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise BadInput("the line is not UTF-8", where=f"{where}:{line}", mend="save the file as UTF-8") from None
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as fault:
        if fault.msg == "Extra data":
            yield from _items_by_line(text, where)
            return
        raise _not_json(fault, where, fault.lineno) from None
    except (ValueError, RecursionError):
        raise BadInput("not JSON that can be read", where=where, mend="export it again") from None
    items = whole.get(key) if isinstance(whole, dict) and isinstance(whole.get(key), list) else whole
    items = items if isinstance(items, list) else [items]
    yield from zip(_lines_of(text, key, whole, len(items)), items, strict=True)


def _not_json(fault: json.JSONDecodeError, where: str, line: int) -> BadInput:
    return BadInput(f"not JSON: {fault.msg} at column {fault.colno}", where=f"{where}:{line}", mend="mend the line")


def _items_by_line(text: str, where: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as fault:
                raise _not_json(fault, where, number) from None
            except (ValueError, RecursionError):
                raise BadInput("not JSON that can be read", where=f"{where}:{number}", mend="mend the line") from None


def _lines_of(text: str, key: str, whole: Any, count: int) -> list[int]:
    """The line on which each item of the list begins; the list's own line where they can't be told apart."""
    pattern = r"\s*\[" if isinstance(whole, list) else rf'"{re.escape(key)}"\s*:\s*\['
    match = re.compile(pattern).search(text)
    if not match:
        return [1] * count
    decoder, at, line, found = json.JSONDecoder(), match.end(), text.count("\n", 0, match.end()) + 1, []
    start = line
    blank = re.compile(r"[\s,]*")
    while len(found) < count:
        following = blank.match(text, at).end()  # type: ignore[union-attr]
        line += text.count("\n", at, following)
        try:
            _, end = decoder.raw_decode(text, following)
        except (ValueError, RecursionError):
            return [start] * count
        found.append(line)
        line += text.count("\n", following, end)
        at = end
    return found
