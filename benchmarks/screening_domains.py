"""How much memory and time do ten million host names take, and how fast are posts looked up among them?

The list is read once and its index kept in a file; then other processes open that. Each figure comes from a process of its
own, so that the most memory it held is told apart. Beside it: a Python set of the same names, asked for the same hosts as a
set must be asked, label by label, without reading posts.

Usage: python -m benchmarks.screening_domains [--entries N]
"""

import argparse
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.screening_corpus import Corpus
from benchmarks.screening_text import line, memory, per_second

from anlanh.screening.kept import read_kept
from anlanh.screening.native.finder import NativeFinder

POSTS = 50_000


def name_of(number: int) -> str:
    """One name of the list."""
    return f"trang-{number * 2654435761 % (1 << 32):08x}.{('vn', 'com', 'example', 'com.vn', 'xyz')[number % 5]}"


def write_list(directory: Path, count: int) -> None:
    """The list of so many names."""
    with (directory / "domains.txt").open("w") as out:
        out.writelines(f"{name_of(number)}\n" for number in range(count))


def posts_of(count: int) -> list[str]:
    """Posts with a host name each, half of them listed."""
    corpus, chance = Corpus(), random.Random(4)
    return [f"{corpus.post()} https://www.{name_of(chance.randrange(2 * count))}/x" for _ in range(POSTS)]


def index(directory: Path, count: int) -> None:
    """Reads the list and writes its index."""
    start = time.process_time()
    lists = read_kept(directory, directory / "index", lambda ref: None)
    assert len(lists.domains) == count
    size = (directory / "index" / "domains.txt.index").stat().st_size
    print(
        f"read and indexed: {time.process_time() - start:.0f} s, {memory():,.0f} MB at most, {size / 2**20:,.0f} MB in the file"
    )


def look_up(directory: Path, count: int) -> None:
    """Opens the index and looks posts up."""
    start = time.perf_counter()
    lists = read_kept(directory, directory / "index", lambda ref: None, verify=False)
    finder = NativeFinder(lists)
    opened = time.perf_counter() - start
    before, posts = memory(), posts_of(count)
    rate = per_second(lambda: sum(map(len, finder.find(posts))), POSTS)
    found = sum(map(len, finder.find(posts)))
    line(
        f"posts with a host name among {count:,}",
        rate,
        f"{found:,} found; opened in {opened * 1000:.0f} ms at {before:,.0f} MB",
    )
    own = [
        int(row.split()[1])
        for row in Path("/proc/self/smaps_rollup").read_text().splitlines()
        if "Private_Dirty" in row
    ]
    print(f"    of its own (not the shared index): {sum(own) / 1024:,.0f} MB with {POSTS:,} posts in memory")


def beside(directory: Path, count: int) -> None:
    """A set of the names."""
    names = set((directory / "domains.txt").read_text().split())
    hosts = [post.rpartition("https://")[2].partition("/")[0] for post in posts_of(count)]

    def listed(host: str) -> bool:
        labels = host.split(".")
        return any(".".join(labels[first:]) in names for first in range(len(labels) - 1))

    line("    hosts by a Python set", per_second(lambda: sum(map(listed, hosts)), POSTS), f"{memory():,.0f} MB at most")


def main() -> None:
    """Each part in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=10_000_000)
    count = parser.parse_args().entries
    start_apart = multiprocessing.get_context("spawn").Process
    parts: list[Callable[[Path, int], None]] = [write_list, index, look_up, beside]
    with tempfile.TemporaryDirectory() as work:
        for part in parts:
            process = start_apart(target=part, args=(Path(work), count))
            process.start()
            process.join()
            if process.exitcode:
                raise SystemExit(json.dumps({"failed": part.__name__}))


if __name__ == "__main__":
    main()
