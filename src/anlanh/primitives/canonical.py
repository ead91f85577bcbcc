"""Canonical JSON bytes (RFC 8785), so that the same value always gives the same hash.

Narrower than the RFC on purpose: no floating-point numbers at all. What acts record is counted in whole units, and a
number whose digits depend on the printer has no place in a proof.
"""

import json
import re

import rfc8785

from anlanh.primitives.errors import BadInput

_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 2**53 - 1  # RFC 8785 section 3.2.2.3: beyond it, readers in other languages lose digits
_DEEPEST = 64
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False).encode


def canonical_bytes(value: object) -> bytes:
    """The RFC 8785 form of a value made of dicts, lists or tuples, strings, integers, booleans and None.

    Args:
        value: the value; strings are kept as they are (normalise before).

    Raises:
        BadInput: a float, an integer beyond 2**53 - 1, a key that is not a string, a lone surrogate, another type, or
            nesting past 64 levels; `where` is the path to it, for example `$.fields.count`.
    """
    fault = _find_fault(value, 0)
    if fault:
        what, path = fault
        raise BadInput(
            what, where="$" + "".join(reversed(path)), mend="record text, whole numbers, true, false or null"
        )
    # Python sorts keys by code point, the RFC by UTF-16 unit; the two agree as long as no key leaves ASCII.
    # In all else the standard encoder writes what the RFC asks, in a fraction of the library's time.
    return _encode(value).encode() if _has_ascii_keys(value) else rfc8785.dumps(value)


def _find_fault(value: object, depth: int) -> tuple[str, list[str]] | None:
    """What is wrong in the value, with the path to it from the inside out; None when it can be written."""
    if isinstance(value, str):
        return None if value.isascii() or not _SURROGATE.search(value) else ("a lone surrogate in text", [])
    if value is None or value is True or value is False:
        return None
    if isinstance(value, int):
        return None if -_LARGEST <= value <= _LARGEST else ("an integer beyond 2**53 - 1", [])
    if depth == _DEEPEST:
        return f"nested deeper than {_DEEPEST} levels", []
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                return f"the key {key!r} is not text", []
            if fault := (_find_fault(key, depth) or _find_fault(item, depth + 1)):
                fault[1].append(f".{key}")
                return fault
        return None
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            if fault := _find_fault(item, depth + 1):
                fault[1].append(f"[{index}]")
                return fault
        return None
    return f"a value of type {type(value).__name__}", []


def _has_ascii_keys(value: object) -> bool:
    if isinstance(value, dict):
        return all(key.isascii() for key in value) and all(map(_has_ascii_keys, value.values()))
    return not isinstance(value, list | tuple) or all(map(_has_ascii_keys, value))
