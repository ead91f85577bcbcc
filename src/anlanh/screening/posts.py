"""Posts as they come in, one JSON object a line."""

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

LONGEST_LINE = 256 << 20  # bytes
_CHUNK = 256 << 10  # bytes; about a thousand posts


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


class Chunk(NamedTuple):
    """Whole lines that follow one another: the number of the first, counted from 1, and their bytes."""

    first: int
    lines: bytes


def read_chunks(stream: BinaryIO) -> Iterator[Chunk | BadLine]:
    """Every line of the stream in order, as many at a time as have come in; a line that is too long is not kept."""
    number = 1
    rest: list[bytes] = []  # the beginning of a line whose end has not come yet
    length = 0
    while piece := stream.read1(_CHUNK):
        first, last = piece.find(b"\n"), piece.rfind(b"\n") + 1
        if not last:
            length += len(piece)
            if length < LONGEST_LINE:
                rest.append(piece)
            continue
        if length + first >= LONGEST_LINE:
            yield _too_long(number)
            number += 1
            whole = piece[first + 1 : last]
        else:
            whole = b"".join((*rest, piece[:last]))
        if whole:
            yield Chunk(number, whole)
            number += whole.count(b"\n")
        rest, length = [piece[last:]], len(piece) - last
    if length >= LONGEST_LINE:
        yield _too_long(number)
    elif length:
        yield Chunk(number, b"".join(rest))


def _too_long(number: int) -> BadLine:
    return BadLine(number, f"the line is longer than {LONGEST_LINE >> 20} MB")


def read_posts(stream: BinaryIO) -> Iterator[Post | BadLine]:
    """Every line of the stream in order; nothing that a line holds stops the reading."""
    for item in read_chunks(stream):
        yield from posts_of(item) if isinstance(item, Chunk) else (item,)


def posts_of(chunk: Chunk) -> Iterator[Post | BadLine]:
    """Each line as a post, or what is wrong with it."""
    lines = chunk.lines.removesuffix(b"\n").split(b"\n")
    return map(parse_post, lines, range(chunk.first, chunk.first + len(lines)))


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
