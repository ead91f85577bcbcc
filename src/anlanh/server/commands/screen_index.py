"""`anlanh screen index`: past posts, and what is new on a list among them."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from anlanh.primitives.errors import BadInput
from anlanh.screening.domains import canonical_domain
from anlanh.screening.lists import Lists, read_lists
from anlanh.screening.phrases import LEVELS, Phrase, check
from anlanh.screening.posts import BadLine, Post, read_posts
from anlanh.screening.sweeping.store import Found, Store
from anlanh.work.casework.screening_lists.grounds import pack_ground

_MOST_WORDS = 200  # characters of what was found


def configure(steps: argparse._SubParsersAction) -> None:
    """Adds the step and what can be done with an index."""
    parser = steps.add_parser(
        "index",
        help="keep past posts and find among them what is new on a list",
        description="Keeps past posts in blocks with filters, so that few are read to find a phrase, domain or text.",
    )
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    for name, run, told in (
        ("append", run_append, "add the posts of standard input, one JSON object a line"),
        ("find", run_find, "the posts that hold a phrase, domain, text, or any entry of lists"),
        ("compact", run_compact, "write all as one file; of posts with one id the last stays"),
        ("verify", run_verify, "check every block and filter; exit 1 if one is damaged"),
    ):
        deed = deeds.add_parser(name, help=told, description=told.capitalize() + ".")
        deed.add_argument("place", type=Path, metavar="INDEX", help="a directory")
        deed.add_argument("--json", action="store_true", help="print one JSON document")
        deed.set_defaults(run=run)
        if name == "find":
            deed.add_argument("--phrase", action="append", default=[], metavar="WORDS")
            deed.add_argument(
                "--level", choices=LEVELS, default="fold", help="of the phrases (fold); evasive reads all posts"
            )
            deed.add_argument("--domain", action="append", default=[], metavar="HOST")
            deed.add_argument(
                "--text", action="append", default=[], metavar="WORDS", help="the same text or one much like it"
            )
            deed.add_argument("--entries", type=Path, metavar="DIR", help="all entries of these lists")
            deed.add_argument("--all", action="store_true", help="read all posts, whatever the filters say")
        if name == "compact":
            deed.add_argument("--forget", type=Path, metavar="FILE", help="ids of posts to leave out, one a line")


def run_append(arguments: argparse.Namespace) -> int:
    """Adds posts; lines that are none are told."""
    faults: list[BadLine] = []
    count = Store(arguments.place).append(_good(read_posts(sys.stdin.buffer), faults))
    told = {"appended": count, "bad_lines": len(faults)}
    for fault in faults[:20]:
        print(f"line {fault.line}: {fault.error}", file=sys.stderr)
    _print(arguments, told, f"{count} posts appended" + (f", {len(faults)} lines are no posts" if faults else ""))
    return 0


def _good(items: Iterable[Post | BadLine], faults: list[BadLine]) -> Iterator[Post]:
    for item in items:
        if isinstance(item, Post):
            yield item
        else:
            faults.append(item)


def run_find(arguments: argparse.Namespace) -> int:
    """Finds what is asked for."""
    lists = _asked(arguments)
    store = Store(arguments.place)
    found = [_told(one) for one in store.find(lists, every_block=arguments.all)]
    read = {"blocks": store.blocks_there, "blocks_read": store.blocks_read}
    lines = [f"{one['id']}\t{hit['kind']} {hit['entry']}\t{hit['words']}" for one in found for hit in one["hits"]]
    lines.append(f"{len(found)} posts; {store.blocks_read} of {store.blocks_there} blocks read")
    _print(arguments, {"found": found, **read}, "\n".join(lines))
    return 0


def _asked(arguments: argparse.Namespace) -> Lists:
    lists = read_lists(arguments.entries, pack_ground) if arguments.entries else Lists()
    phrases = [Phrase(words, words, arguments.level) for words in arguments.phrase]
    for phrase in phrases:
        check(phrase)
    lists.phrases = [*lists.phrases, *phrases]
    lists.domains = {**lists.domains, **{canonical_domain(name): name for name in arguments.domain}}
    lists.texts = [*lists.texts, *((f"text {number}", text) for number, text in enumerate(arguments.text, start=1))]
    if not (lists.phrases or lists.domains or lists.texts):
        raise BadInput("nothing to look for", mend="give --phrase, --domain, --text or --entries")
    return lists


def _told(found: Found) -> dict[str, Any]:
    text = found.post.text
    hits = [{**hit.to_dict(), "words": " ".join(text[hit.start : hit.end].split())[:_MOST_WORDS]} for hit in found.hits]
    return {"id": found.post.id, "hits": hits}


def run_compact(arguments: argparse.Namespace) -> int:
    """Compacts, and forgets what is to be forgotten."""
    forget = frozenset(arguments.forget.read_text(encoding="utf-8").split("\n")) if arguments.forget else frozenset()
    count = Store(arguments.place).compact(forget)
    _print(arguments, {"posts": count}, f"{count} posts")
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Checks all; 1 when something is damaged."""
    store = Store(arguments.place)
    faults = store.verify()
    if faults:
        _print(arguments, {"faults": faults}, "\n".join(faults))
        return 1
    totals = store.totals()
    words = f"{totals.posts} posts in {totals.blocks} blocks, {totals.size} bytes: all is well"
    _print(arguments, {"faults": [], **totals._asdict()}, words)
    return 0


def _print(arguments: argparse.Namespace, document: dict[str, Any], words: str) -> None:
    print(json.dumps(document) if arguments.json else words.encode("utf-8", "replace").decode())
