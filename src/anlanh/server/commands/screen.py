"""`anlanh screen`: what posts contain, by the lists of a directory."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from anlanh.primitives.clauses import ClauseRef
from anlanh.screening.engine import Screen
from anlanh.screening.grounds import GroundFacts
from anlanh.screening.lists import NAMES, read_lists
from anlanh.screening.posts import BadLine, Post, read_posts
from anlanh.screening.trial import objections

_READABLE = json.JSONEncoder(ensure_ascii=False)
_BATCH_POSTS = 1000
_BATCH_TEXT = 4 << 20  # code points


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds the command."""
    parser = subparsers.add_parser(
        "screen",
        help="say what posts contain",
        description="Reads posts from standard input, one JSON object a line, and writes one verdict a line.",
    )
    parser.add_argument("--lists", required=True, type=Path, metavar="DIR", help=f"holds any of {', '.join(NAMES)}")
    parser.add_argument(
        "--plain", action="store_true", help="use the plain Python matchers even where the native core is installed"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="screen nothing, but say which entries and rules hit a sample of lawful criticism, satire and news",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Screens until standard input ends; with --check, 1 when the lists hit lawful writing."""
    if arguments.check:
        return check(Screen(read_lists(arguments.lists, _ground), plain=arguments.plain))
    judge_stream(
        Screen(read_lists(arguments.lists, _ground), plain=arguments.plain), sys.stdin.buffer, sys.stdout.buffer
    )
    return 0


def check(screen: Screen) -> int:
    """Tells what the lists hit in the sample of lawful writing; 0 when nothing."""
    found = objections(screen)
    for one in found:
        where = "" if one.words == one.text else f"“{one.words}”: "
        print(f"{one.kind} {one.entry}\t{one.writing}\t{where}{one.text}")
    print(f"{len(found)} hits in lawful writing", file=sys.stderr)
    return 1 if found else 0


def judge_stream(screen: Screen, posts: BinaryIO, out: BinaryIO) -> None:
    """Writes one verdict for each line of posts, in their order; a line that is no post gives its error."""
    for batch in _batches(read_posts(posts)):
        verdicts = iter(screen.judge([item for item in batch if isinstance(item, Post)]))
        for item in batch:
            out.write(_bad_line(item) if isinstance(item, BadLine) else _encoded(next(verdicts).to_dict()))
    out.flush()


def _ground(ref: ClauseRef) -> GroundFacts | None:
    """What the Vietnamese pack says of a ground; a clause above several grounds allows only what all of them allow."""
    # Read only when a list names a ground.
    from anlanh.law.model import lies_under
    from anlanh.law.pack import vietnam

    under = [ground for ground in vietnam().grounds.values() if lies_under(ground.ref, ref)]
    if not under:
        return None
    categories = {ground.category for ground in under}
    allowed = all(ground.screening_allowed and not ground.national_security for ground in under)
    return GroundFacts(str(ref), categories.pop() if len(categories) == 1 else "", allowed)


def _batches(items: Iterable[Post | BadLine]) -> Iterator[list[Post | BadLine]]:
    batch: list[Post | BadLine] = []
    length = 0
    for item in items:
        batch.append(item)
        length += len(item.text) if isinstance(item, Post) else 0
        if len(batch) >= _BATCH_POSTS or length >= _BATCH_TEXT:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _bad_line(item: BadLine) -> bytes:
    return _encoded({"id": None, "error": item.error, "line": item.line})


def _encoded(document: dict[str, Any]) -> bytes:
    """One line of JSON; a lone surrogate, which UTF-8 can't hold, is written as JSON's own escape."""
    try:
        return _READABLE.encode(document).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(document).encode() + b"\n"
