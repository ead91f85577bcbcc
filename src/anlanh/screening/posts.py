"""Posts as they come in, one JSON object a line."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

LONGEST_LINE = 256 << 20  # bytes


class Post(NamedTuple):
    """One post.

    Args:
        id: as given.
        text: as given, lone surrogates and all.
        images: paths of its images.
        told: the whole object, from which rules take what else is known.
    """

    id: str
    text: str
    images: tuple[str, ...] = ()
    told: Mapping[str, Any] = MappingProxyType({})


class BadLine(NamedTuple):
    """A line that is no post: which, counted from 1, and why."""

    line: int
    error: str


def read_posts(stream: BinaryIO) -> Iterator[Post | BadLine]:
    """Every line of the stream in order; nothing that a line holds stops the reading."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield BadLine(number, f"the line is longer than {LONGEST_LINE >> 20} MB")
        else:
            yield parse_post(line, number)


def parse_post(line: bytes, number: int) -> Post | BadLine:
    """One line as a post, or what is wrong with it."""
    try:
        value = json.loads(line.decode())
    except UnicodeDecodeError:
        return BadLine(number, "the line is not UTF-8")
    except json.JSONDecodeError as fault:
        return BadLine(number, f"the line is not JSON: {fault.msg} at column {fault.colno}")
    except (ValueError, RecursionError):
        return BadLine(number, "the line is not JSON that can be read")
    if not isinstance(value, dict):
        return BadLine(number, "the line is not an object")
    for name in ("id", "text"):
        if not isinstance(value.get(name), str):
            return BadLine(number, f"the field {name} is missing or not a text")
    images = value.get("images")
    if images is None:
        images = ()
    elif not isinstance(images, list) or not all(isinstance(path, str) for path in images):
        return BadLine(number, "the field images is not a list of paths")
    if value.get("audience") == "private":
        return BadLine(number, "private messages are not screened")
    return Post(value["id"], value["text"], tuple(images), value)
