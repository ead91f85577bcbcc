"""`anlanh screen backtest`: what lists and rules would have done to past posts."""

import argparse
import json
import sys
from pathlib import Path

from anlanh.primitives.errors import BadInput
from anlanh.screening.backtest import SAMPLES, Backtest
from anlanh.screening.engine import Screen
from anlanh.screening.lists import Lists, read_lists
from anlanh.screening.posts import read_posts
from anlanh.work.casework.screening_lists.grounds import pack_ground

_MOST_SAMPLES = 1000


def configure(steps: argparse._SubParsersAction) -> None:
    """Adds the step."""
    parser = steps.add_parser(
        "backtest",
        help="what lists and rules would have done to past posts",
        description="Reads past posts from standard input, one JSON object a line, and tells what the lists and rules"
        " would have done to them, with samples. Nothing is decided. A post may say what became of it, as in"
        ' "decided": "removed".',
    )
    parser.add_argument("--lists", type=Path, required=True, metavar="DIR", help="the lists and rules on trial")
    parser.add_argument(
        "--before", type=Path, metavar="DIR", help="the lists that count now: tells whose verdict changes"
    )
    parser.add_argument(
        "--rule", action="append", metavar="ID", help="try only this rule of DIR and no list; may be repeated"
    )
    parser.add_argument("--samples", type=int, default=SAMPLES, metavar="N", help=f"posts shown of each ({SAMPLES})")
    parser.add_argument("--plain", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Judges the posts of standard input and prints what came of it."""
    if not 0 <= arguments.samples <= _MOST_SAMPLES:
        raise BadInput(f"{arguments.samples} samples", where="--samples", mend=f"ask for 0 to {_MOST_SAMPLES}")
    lists = read_lists(arguments.lists, pack_ground)
    shown = _chosen(lists, arguments.rule) if arguments.rule else lists.rules.rules
    before = Screen(read_lists(arguments.before, pack_ground), plain=arguments.plain) if arguments.before else None
    trial = Backtest(Screen(lists, plain=arguments.plain), lists.rules.rules, before, arguments.samples)
    trial.run(read_posts(sys.stdin.buffer))
    document = trial.to_dict()
    names = {rule.id for rule in shown}
    document["rules"] = [rule for rule in document["rules"] if rule["id"] in names]
    if arguments.rule:
        del document["entries"], document["more_entries"]
    print(json.dumps(document) if arguments.json else _page(document))
    return 0


def _chosen(lists: Lists, names: list[str]) -> list:
    rules = {rule.id: rule for rule in lists.rules.rules}
    for name in names:
        if name not in rules:
            raise BadInput(
                f"there is no rule {name!r}", where="--rule", mend=f"name one of {', '.join(rules) or 'those in DIR'}"
            )
    return [rules[name] for name in names]


def _page(document: dict) -> str:
    """The trial for people."""
    verdicts = document["verdicts"]
    lines = [
        f"{document['posts']} posts: {verdicts['pass']} pass, {verdicts['review']} review, {verdicts['hold']} hold"
        + (f"; {document['bad_lines']} lines are no posts" if document["bad_lines"] else "")
    ]
    for rule in document["rules"]:
        lines += _part(f"rule {rule['id']} ({rule['then']}{', shadow' if rule['shadow'] else ''})", rule)
    for entry in document.get("entries", ()):
        lines += _part(f"{entry['kind']} {entry['entry']}", entry)
    if document.get("more_entries"):
        lines.append(f"and {document['more_entries']} more entries")
    for change in document.get("changes", ()):
        lines += _part(f"{change['from']} → {change['to']}", change)
    return "\n".join(line.encode("utf-8", "replace").decode() for line in lines)


def _part(name: str, tally: dict) -> list[str]:
    alone = f", {tally['alone']} by it alone" if "alone" in tally else ""
    decided = "".join(f", {count} {word}" for word, count in tally.get("decided", {}).items())
    shown = [f"    {sample['id']}: {sample['text']}" for sample in tally["samples"]]
    return ["", f"{name}: {tally['posts']} posts{alone}{decided}", *shown]
