"""`anlanh screen`: what posts contain, by the lists of a directory."""

import argparse
import os
import sys
from pathlib import Path

from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.lists import NAMES, Lists, read_lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.stream import judge_stream
from anlanh.screening.trial import demand_valid, faults_of, objections, shorteners_in, without_ground
from anlanh.screening.watching import Watched
from anlanh.server.commands import screen_backtest, screen_import, screen_index, screen_train
from anlanh.work.casework.screening_lists.grounds import pack_ground


def configure(subparsers: argparse._SubParsersAction) -> None:
    """Adds the command."""
    parser = subparsers.add_parser(
        "screen",
        help="say what posts contain",
        description="Reads posts from standard input, one JSON object a line, and writes one verdict a line.",
    )
    parser.add_argument("--lists", type=Path, metavar="DIR", help=f"holds any of {', '.join(NAMES)}")
    parser.add_argument(
        "--plain", action="store_true", help="use the plain Python matchers even where the native core is installed"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="screen nothing, but say which entries and rules name no ground, or hit a sample of lawful criticism,"
        " satire and news; exit 1 if any",
    )
    parser.add_argument(
        "--strict", action="store_true", help="refuse lists that --check objects to: they may be tried, and not count"
    )
    parser.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="keep the indexes of the lists in this directory, and use again those of lists that have not changed",
    )
    parser.add_argument(
        "--watch", action="store_true", help="look at the lists before each lot of posts, and use them as they are then"
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=min(4, _processors()),
        metavar="N",
        help="how many threads judge posts (default: one for each processor, four at most)",
    )
    parser.set_defaults(run=run)
    steps = parser.add_subparsers(metavar="STEP", title="steps")
    for step in _STEPS:
        step.configure(steps)


# What is done about lists and past posts; without a step, posts are screened.
_STEPS = (screen_backtest, screen_import, screen_train, screen_index)


def run(arguments: argparse.Namespace) -> int:
    """Screens until standard input ends; with --check, 1 when the lists hit lawful writing."""
    if arguments.lists is None:
        raise BadInput("--lists is missing", mend="name the directory that holds the lists: --lists DIR")
    if arguments.check:
        lists = _lists(arguments)
        return check(lists, Screen(lists, plain=arguments.plain))

    def make(before: Screen | None) -> Screen:
        lists = _lists(arguments, verify=before is None)
        screen = Screen(lists, plain=arguments.plain, before=before)
        if arguments.strict:
            demand_valid(lists, screen)
        elif before is None:
            _warn(lists, screen)
        return screen

    screen = Watched(arguments.lists, make, _tell).current if arguments.watch else make(None)
    judge_stream(screen, sys.stdin.buffer, sys.stdout.buffer, threads=arguments.threads)
    return 0


def _tell(fault: BadInput) -> None:
    print(f"the lists have changed and can't be used; those before still count: {fault}", file=sys.stderr)


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _lists(arguments: argparse.Namespace, *, verify: bool = True) -> Lists:
    if arguments.index is None:
        return read_lists(arguments.lists, pack_ground)
    if arguments.plain or not is_installed():
        raise BadInput("only the native core keeps indexes", where="--index", mend="leave --index out")
    from anlanh.screening.kept import read_kept

    return read_kept(arguments.lists, arguments.index, pack_ground, verify=verify)


def _warn(lists: Lists, screen: Screen) -> None:
    """Says on standard error that the lists are only on trial, when they are."""
    fault = next(faults_of(lists, screen), None)
    if fault:
        print(f"the lists are on trial, since --check objects to them: {fault}", file=sys.stderr)


def check(lists: Lists, screen: Screen) -> int:
    """Tells what names no ground, and what is hit in the sample of lawful writing; 0 when nothing."""
    lacking, found, short = without_ground(lists), objections(screen), shorteners_in(lists)
    for one in lacking:
        more = f" and {one.count - 1} more" if one.count > 1 else ""
        print(f"no ground\t{one.where}\t{one.entry}{more}")
    for name in short:
        print(f"shortener\tdomains.txt\t{name}: its links lead to anybody's pages")
    for one in found:
        where = "" if one.words == one.text else f"“{one.words}”: "
        print(f"{one.kind} {one.entry}\t{one.writing}\t{where}{one.text}")
    count = sum(one.count for one in lacking)
    print(f"{count} entries and rules without a ground, {len(found)} hits in lawful writing", file=sys.stderr)
    return 1 if found or lacking or short else 0
