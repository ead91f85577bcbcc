"""How fast is what is new on a list found among stored posts, and how much of them is read?

Phrases of two and three syllables, host names and texts are planted in a few posts each and asked for one at a time. Beside
the index: a scan of every stored post with the same matchers, and SQLite FTS5 over the same posts folded beforehand (its own
folding leaves đ), asked for the same phrases. FTS5 knows neither host names nor near copies, and takes invisible letters for
spaces, which the level fold does not: a few posts more. All times are the processor's.

Usage: python -m benchmarks.screening_sweep [--posts N]
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.screening_corpus import Corpus

from anlanh.primitives.folding import fold_search
from anlanh.screening.lists import Lists
from anlanh.screening.phrases import Phrase
from anlanh.screening.posts import Post
from anlanh.screening.sweeping.segment import write_segment
from anlanh.screening.sweeping.store import Store

QUERIES = 40
IN_POSTS = 5


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the processor, and what came of it."""
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def posts_of(corpus: Corpus, count: int, planted: dict[int, str]) -> Iterator[Post]:
    """Posts, with what is planted in some of them."""
    for number in range(count):
        words = planted.get(number)
        text = corpus.post("") if words is None else (words if len(words) > 60 else f"{corpus.post('')} {words} nhé")
        yield Post(str(number), text)


def edited(text: str, share: float, corpus: Corpus, chance: random.Random) -> str:
    """The text with a share of its words changed."""
    words = text.split()
    for place in chance.sample(range(len(words)), max(1, round(share * len(words)))):
        words[place] = corpus.words(1)[0]
    return " ".join(words)


def summary(name: str, seconds: list[float], note: str = "") -> None:
    """One line of the table."""
    ms = sorted(1000 * one for one in seconds)
    print(f"{name:<44} median {statistics.median(ms):9.1f} ms   worst {ms[-1]:9.1f} ms   {note}", flush=True)


def main() -> None:
    """Runs everything and prints one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=1_000_000)
    count = parser.parse_args().posts
    corpus, chance = Corpus(), random.Random(3)
    pairs = [" ".join(corpus.words(2)) for _ in range(QUERIES)]
    threes = [" ".join(corpus.words(3)) for _ in range(QUERIES)]
    hosts = [f"moi{number}.vidu.example" for number in range(QUERIES)]
    texts = [" ".join(corpus.words(40)) for _ in range(QUERIES)]
    things = [*pairs, *threes, *(f"xem www.{host}/a" for host in hosts)] * IN_POSTS
    things += [edited(text, 0.1, corpus, chance) for text in texts for _ in range(IN_POSTS)]
    places = chance.sample(range(count), len(things))
    planted = dict(zip(places, things, strict=True))

    with tempfile.TemporaryDirectory() as directory:
        store = Store(Path(directory) / "kept")
        posts = list(posts_of(corpus, count, planted))
        size = sum(len(post.text.encode()) for post in posts)
        seconds, _ = timed(lambda: store.append(posts))
        totals = store.totals()
        print(f"{count} posts of {size / count:.0f} bytes, {size / 1e6:.0f} MB of text")
        print(f"append: {count / seconds:,.0f} posts/s; {totals.size / 1e6:.0f} MB on disk in {totals.blocks} blocks")
        part = posts[: count // 50]
        seconds, _ = timed(lambda: write_segment(Path(directory) / "plain", part, plain=True))
        print(f"append by plain Python: {len(part) / seconds:,.0f} posts/s", flush=True)
        seconds, faults = timed(store.verify)
        print(f"verify: {count / seconds:,.0f} posts/s, {len(faults)} faults", flush=True)
        forgotten = frozenset(str(number) for number in range(0, count, 1000) if number not in planted)
        seconds, left = timed(lambda: store.compact(forgotten))
        print(f"compact, a thousandth forgotten: {count / seconds:,.0f} posts/s, {left} left", flush=True)

        def swept(lists: Lists, *, every_block: bool = False) -> tuple[float, int, float]:
            seconds, found = timed(lambda: list(store.find(lists, every_block=every_block)))
            return seconds, len(found), store.blocks_read / store.blocks_there

        base = sqlite3.connect(Path(directory) / "fts")
        base.execute("create virtual table posts using fts5(text, content='', tokenize='unicode61')")
        rows = ((int(post.id), fold_search(post.text)) for post in posts if post.id not in forgotten)
        seconds, _ = timed(lambda: base.executemany("insert into posts(rowid, text) values (?, ?)", rows))
        base.commit()
        taken = (Path(directory) / "fts").stat().st_size
        print(f"FTS5: {count / seconds:,.0f} posts/s; {taken / 1e6:.0f} MB on disk without the posts")

        def asked(words: str) -> tuple[float, int]:
            query = '"' + fold_search(words) + '"'
            seconds, found = timed(
                lambda: base.execute("select rowid from posts where posts match ?", (query,)).fetchall()
            )
            return seconds, len(found)

        for name, phrases in (("phrases of two syllables", pairs), ("phrases of three syllables", threes)):
            lists = [Lists(phrases=[Phrase("q", words, "fold")]) for words in phrases]
            outcomes = [swept(one) for one in lists]
            beside = [asked(words) for words in phrases]
            same = sum(ours[1] == theirs[1] for ours, theirs in zip(outcomes, beside, strict=True))
            read = [outcome[2] for outcome in outcomes]
            summary(
                f"{name}: index", [outcome[0] for outcome in outcomes],
                f"{statistics.median(read):.2%} of blocks (mean {statistics.mean(read):.2%}); {same} of {QUERIES} counts as FTS5's",
            )  # fmt: skip
            summary(f"{name}: FTS5", [one[0] for one in beside])
            summary(f"{name}: every block", [swept(one, every_block=True)[0] for one in lists[:3]])
        outcomes = [swept(Lists(domains={host: host})) for host in hosts]
        summary(
            "host names: index", [outcome[0] for outcome in outcomes],
            f"{statistics.median(outcome[2] for outcome in outcomes):.2%} of blocks, "
            f"{sum(outcome[1] for outcome in outcomes)} of {QUERIES * IN_POSTS} found",
        )  # fmt: skip
        outcomes = [swept(Lists(texts=[("q", text)])) for text in texts]
        summary(
            "texts with a tenth of the words changed: index", [outcome[0] for outcome in outcomes],
            f"{statistics.median(outcome[2] for outcome in outcomes):.2%} of blocks, "
            f"{sum(outcome[1] for outcome in outcomes)} of {QUERIES * IN_POSTS} found",
        )  # fmt: skip


if __name__ == "__main__":
    main()
