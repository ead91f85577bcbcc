"""How many posts a second does `anlanh screen` judge from NDJSON to verdicts, beside plain Python?

One process and one thread: lines are parsed, screened against phrases of all levels, domains, decided texts and fifty
rules, and verdicts with their spans are written, as the command does. Reading the lists is told apart.

Usage: python -m benchmarks.screening_posts [--entries N] [--posts N] [--no-plain]
"""

import argparse
import gc
import io
import json
import tempfile
import time
from pathlib import Path

from benchmarks.screening_corpus import Corpus
from benchmarks.screening_text import line, memory

from anlanh.screening.engine import Screen
from anlanh.screening.lists import Lists, read_lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.phrases import LEVELS
from anlanh.screening.stream import judge_stream

RULES = "\n".join(
    f"  - {{id: rule-{n}, when: any(domains) and account.age_days < {n + 1} and count(phrases) >= {n % 3}}}"
    for n in range(50)
)


def write_lists(directory: Path, corpus: Corpus, entries: int) -> list[str]:
    """Lists of that many phrases, domains and decided texts each; returns the phrases."""
    phrases = corpus.phrases(entries)
    files = {
        "phrases.tsv": (f"p{n}\t{phrase}\t{LEVELS[n % 3]}" for n, phrase in enumerate(phrases)),
        "domains.txt": (f"trang{n}.example" for n in range(entries)),
        "removed.ndjson": (
            json.dumps({"id": f"r{n}", "text": " ".join(corpus.words(12 + n % 20))}) for n in range(entries)
        ),
        "rules.yaml": ("rules:", RULES),
    }
    for name, lines in files.items():
        with (directory / name).open("w", encoding="utf-8") as out:
            out.writelines(f"{one}\n" for one in lines)
    return phrases


def measure(name: str, lists: Lists, posts: bytes, count: int, *, plain: bool) -> float:
    """Posts a second of one kind of matcher, from the best of three runs."""
    start = time.perf_counter()
    screen = Screen(lists, plain=plain)
    built = time.perf_counter() - start
    gc.freeze()
    best = float("inf")
    for _ in range(3):
        out = io.BytesIO()
        start = time.perf_counter()
        judge_stream(screen, io.BytesIO(posts), out)
        best = min(best, time.perf_counter() - start)
    with_hits = sum(b'"hits": []' not in verdict for verdict in out.getvalue().splitlines())
    line(
        name, count / best, f"{with_hits:,} posts with hits; built in {built:.1f} s; {memory():,.0f} MB at most so far"
    )
    return count / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000, help="of each list")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--no-plain", action="store_true", help="leave out plain Python, which needs much memory")
    arguments = parser.parse_args()
    corpus = Corpus()
    with tempfile.TemporaryDirectory() as work:
        phrases = write_lists(Path(work), corpus, arguments.entries)
        start = time.perf_counter()
        lists = read_lists(Path(work), lambda ref: None)
        print(f"lists of {arguments.entries:,} entries each read in {time.perf_counter() - start:.1f} s")
    texts = corpus.posts(arguments.posts, phrases)
    told = [json.dumps({"id": str(n), "text": text, "account": {"age_days": n % 60}}) for n, text in enumerate(texts)]
    native = None
    if is_installed():
        native = measure("native core", lists, "\n".join(told).encode(), len(told), plain=False)
    if not arguments.no_plain:
        few = told[: max(1, len(told) // 20)]
        plain = measure("plain Python", lists, "\n".join(few).encode(), len(few), plain=True)
        if native:
            print(f"the core is {native / plain:.1f} times as fast")


if __name__ == "__main__":
    main()
