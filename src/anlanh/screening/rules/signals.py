"""What rules may speak of, with the type of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NUMBER, TEXT, TRUTH, ENTRIES = "number", "text", "truth", "entries"

# Signal -> kind of hit. The value is the entries found, with the best score of each.
KINDS = {
    "phrases": "phrase", "domains": "domain", "copies": "copy", "near_copies": "near_copy", "images": "image",
    "models": "model",
}  # fmt: skip

# Signal -> type. Those with a dot are told with the post and may be missing; comparing what is missing is false.
TYPES = {
    **dict.fromkeys(KINDS, ENTRIES),
    "length": NUMBER,
    "links": NUMBER,
    "short_links": NUMBER,
    "language": TEXT,
    "page.kind": TEXT,
    "account.age_days": NUMBER,
    "account.posts": NUMBER,
    "account.followers": NUMBER,
    "account.verified": TRUTH,
    "window.posts": NUMBER,
    "window.copies": NUMBER,
    "window.reports": NUMBER,
}
_MATCHING = {NUMBER: (int, float), TEXT: (str,), TRUTH: (bool,)}
_TOLD = {name: kind for name, kind in TYPES.items() if kind in _MATCHING and "." not in name}
_ROOMS: dict[str, list[tuple[str, str, str]]] = {}  # such as account -> (key, signal, type) of what may be told in it
for _name, _kind in TYPES.items():
    if "." in _name:
        _room, _, _key = _name.partition(".")
        _ROOMS.setdefault(_room, []).append((_key, _name, _kind))


@dataclass(slots=True)
class Facts:
    """What a rule is asked about: one post.

    Args:
        entries: for each kind of hit that was found, entry -> best score.
        values: the other signals; missing ones are absent.
    """

    entries: dict[str, dict[str, float]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)


def told_with(post: Mapping[str, Any]) -> dict[str, Any]:
    """The signals a post brings along, such as `{"account": {"age_days": 3}}`; those of another type are left out."""
    values = {}
    for name, kind in _TOLD.items():
        value = post.get(name)
        if value is not None and is_of(kind, value):
            values[name] = value
    for room, keys in _ROOMS.items():
        told = post.get(room)
        if isinstance(told, dict):
            for key, name, kind in keys:
                value = told.get(key)
                if value is not None and is_of(kind, value):
                    values[name] = value
    return values


def is_of(kind: str, value: object) -> bool:
    """Whether a value is of a signal's type; truth values are not numbers."""
    return isinstance(value, _MATCHING[kind]) and (kind == TRUTH or not isinstance(value, bool))
