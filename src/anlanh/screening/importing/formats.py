"""The forms in which entries come: each a function from a file's bytes to rows."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from anlanh.primitives.errors import BadInput
from anlanh.screening.importing.rows import DOMAIN, IMAGE, KINDS, PHRASE, TEXT, Row, host_of, json_items, text_lines

_COLUMNS = {
    "phrase": PHRASE, "words": PHRASE, "term": PHRASE, "keyword": PHRASE, "cụm từ": PHRASE, "từ khóa": PHRASE,
    "domain": DOMAIN, "host": DOMAIN, "hostname": DOMAIN, "url": DOMAIN, "tên miền": DOMAIN,
    "text": TEXT, "content": TEXT, "nội dung": TEXT,
    "pdq": IMAGE, "hash": IMAGE, "pdq_hash": IMAGE,
}  # fmt: skip
_NAMES = ("id", "name", "mã")
_GROUNDS = ("ground", "clause", "căn cứ")
_LEVELS = ("level", "mức")
_SINKS = {"0.0.0.0", "127.0.0.1", "::", "::1", "255.255.255.255", "fe80::1%lo0"}  # noqa: S104 (as hosts files do)
_OWN_HOSTS = {"localhost", "localhost.localdomain", "local", "broadcasthost", "ip6-localhost", "ip6-loopback"}


def read_csv(content: bytes, where: str) -> Iterator[Row]:
    """Rows of a CSV file with a heading: kind and value, or a column named for its kind; id, level, ground if any."""
    text = "\n".join(line for _, line in text_lines(content, where))
    heading = text.partition("\n")[0]
    sign = max(",;\t|", key=heading.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=sign, strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        columns = _columns(names, where)
        for fields in reader:
            if any(field.strip() for field in fields):
                yield _csv_row(fields, names, columns, reader.line_num)
    except csv.Error as fault:
        raise BadInput(f"not CSV: {fault}", where=f"{where}:{reader.line_num}", mend="mend the quotes") from None


def _columns(names: list[str], where: str) -> dict[str, int]:
    """Where each thing stands: `value`, `kind`, `name`, `level`, `ground`."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        for thing, known in (("name", _NAMES), ("ground", _GROUNDS), ("level", _LEVELS), ("kind", ("kind", "loại"))):
            if name in known:
                found.setdefault(thing, place)
        if name in ("value", "giá trị") or name in _COLUMNS:
            found.setdefault("value", place)
    if "value" not in found or (names[found["value"]] not in _COLUMNS and "kind" not in found):
        raise BadInput(
            "the first line names no column of entries", where=f"{where}:1",
            mend="name one phrase, domain, text or pdq, or name kind and value",
        )  # fmt: skip
    return found


def _csv_row(fields: list[str], names: list[str], columns: dict[str, int], line: int) -> Row:
    def at(thing: str) -> str:
        place = columns.get(thing)
        return fields[place].strip() if place is not None and place < len(fields) else ""

    field = names[columns["value"]]
    kind = _COLUMNS.get(field) or at("kind").lower()
    row = Row(line, kind, at("value"), field, at("name"), at("level"), at("ground"))
    if len(fields) > len(names):
        return row._replace(fault=f"{len(fields)} fields where the heading has {len(names)}")
    if kind not in KINDS:
        return row._replace(kind="", field="kind", fault=f"{kind!r} is not a kind: write {', '.join(KINDS)}")
    return _with_host(row) if kind == DOMAIN else row


def _with_host(row: Row) -> Row:
    host, fault = host_of(row.value)
    return row._replace(value=host or row.value, fault=fault)


def read_hosts(content: bytes, where: str) -> Iterator[Row]:
    """Rows of a hosts file (`0.0.0.0 a.example`), of host names line by line, or an adblock list (`||a.example^`)."""
    for number, line in text_lines(content, where):
        words = re.split(r"\s#|^[#!]", line, maxsplit=1)[0].split()
        if words and words[0] in _SINKS:
            words = words[1:]
        for word in words:
            if word.lower() not in _OWN_HOSTS:
                name = re.sub(r"^\|\|(.*)\^$", r"\1", word).removeprefix("*.")
                yield Row(number, DOMAIN, name, "host")


_COMPARISON = re.compile(
    r"\s*(?P<path>[a-z0-9-]+:[\w.'\"-]+(?:\[[^\]]*\])?[\w.'\"-]*)\s*(?P<sign>=|!=|<=|>=|<|>|IN|LIKE|MATCHES|ISSUBSET|ISSUPERSET)"
    r"\s*(?:'(?P<value>(?:[^'\\]|\\.)*)'|\S+)\s*"
)
_STIX_KINDS = {"domain-name:value": DOMAIN, "url:value": DOMAIN, "file:hashes.pdq": IMAGE}


def read_stix(content: bytes, where: str, *, now: datetime | None = None) -> Iterator[Row]:
    """Rows of the indicators of a STIX 2.1 bundle whose patterns compare host names, addresses or PDQ hashes."""
    now = now or datetime.now(UTC)
    for line, item in json_items(content, "objects", where):
        if not isinstance(item, dict) or item.get("type") != "indicator":
            continue
        name = item.get("id") if isinstance(item.get("id"), str) else ""
        row = Row(line, "", "", "pattern", name)
        if fault := _stix_fault(item, now):
            yield row._replace(field=fault[0], fault=fault[1])
            continue
        yield from _stix_rows(item["pattern"], row)


def _stix_fault(item: dict[str, Any], now: datetime) -> tuple[str, str] | None:
    """(field, why) of an indicator that can't be used."""
    if not isinstance(item.get("pattern"), str):
        return "pattern", "there is no pattern"
    if item.get("pattern_type", "stix") != "stix":
        return "pattern_type", f"patterns of the type {item.get('pattern_type')!r} are not read"
    if item.get("revoked") is True:
        return "revoked", "it was revoked"
    until = item.get("valid_until")
    if until is not None:
        try:
            if datetime.fromisoformat(str(until)) <= now:
                return "valid_until", f"it was valid until {until}"
        except (ValueError, TypeError):
            return "valid_until", f"{until!r} is not a time"
    return None


def _stix_rows(pattern: str, row: Row) -> Iterator[Row]:
    """One row for each comparison; a pattern that asks for more than one thing at once is no entry of a list."""
    bare = pattern.strip()
    if bare[:1] != "[" or bare[-1:] != "]":
        yield row._replace(fault="a pattern with more than one observation is not read")
        return
    at, inside, found = 0, re.sub(r"\]\s+OR\s+\[", " OR ", bare[1:-1]), []
    while at < len(inside):
        match = _COMPARISON.match(inside, at)
        joined = match and re.compile(r"OR\s|$").match(inside, match.end())
        if not match or not joined or match["sign"] != "=" or match["value"] is None:
            why = f"column {at + 2} of the pattern: only comparisons with = joined by OR are read"
            yield row._replace(fault=why)
            return
        found.append((match["path"].replace("'", "").replace('"', "").lower(), re.sub(r"\\(.)", r"\1", match["value"])))
        at = joined.end()
    for number, (path, value) in enumerate(found):
        name = row.name if len(found) == 1 else f"{row.name}#{number + 1}"
        kind = _STIX_KINDS.get(path)
        entry = row._replace(kind=kind or "", value=value, name=name)
        if kind is None:
            yield entry._replace(fault=f"{path} is not looked for in posts")
        else:
            yield _with_host(entry) if kind == DOMAIN else entry


_EXCHANGE_KINDS = {
    "DOMAIN": DOMAIN, "URI": DOMAIN, "URL": DOMAIN, "HASH_PDQ": IMAGE, "PDQ": IMAGE,
    "TEXT_STRING": PHRASE, "TEXT": TEXT, "RAW_TEXT": TEXT,
}  # fmt: skip


def read_threatexchange(content: bytes, where: str) -> Iterator[Row]:
    """Rows of ThreatExchange descriptors or indicators, as its API gives them (`data`) or one a line."""
    for line, item in json_items(content, "data", where):
        if not isinstance(item, dict):
            yield Row(line, "", "", "", fault="the item is not an object")
            continue
        inner = item.get("indicator")
        holder = inner if isinstance(inner, dict) else item
        field = next((name for name in ("raw_indicator", "indicator") if isinstance(item.get(name), str)), "indicator")
        value = item.get(field) if isinstance(item.get(field), str) else holder.get("indicator")
        type_ = str(holder.get("type") or item.get("type") or "")
        name = str(item.get("id") or "")
        row = Row(line, _EXCHANGE_KINDS.get(type_, ""), value if isinstance(value, str) else "", field, name)
        if str(item.get("status")) in ("NON_MALICIOUS", "UNKNOWN"):
            yield row._replace(field="status", fault=f"its status is {item['status']}")
        elif not row.kind:
            yield row._replace(field="type", fault=f"the type {type_!r} is not looked for in posts")
        elif not row.value:
            yield row._replace(fault="there is no indicator")
        else:
            yield _with_host(row) if row.kind == DOMAIN else row


READERS: dict[str, Callable[[bytes, str], Iterator[Row]]] = {
    "csv": read_csv,
    "hosts": read_hosts,
    "stix": read_stix,
    "threatexchange": read_threatexchange,
}
