"""How long does it take to compare an article with its source, and its parts beside the usual ways?

Pages of 300 links around an article of some 1,500 words, and hostile ones. Beside the reader of markup runs html.parser of
the standard library, doing nothing with what it reads; beside the alignment of words, difflib on the same words.

Usage: python -m benchmarks.screening_compare
"""

import difflib
import random
import time
from collections.abc import Callable
from html.parser import HTMLParser

from benchmarks.screening_corpus import Corpus

from anlanh.screening.comparing.alignment import align, common_subsequence
from anlanh.screening.comparing.comparison import compare
from anlanh.screening.comparing.markup import read_markup
from anlanh.screening.comparing.reading import read_article
from anlanh.screening.comparing.sentences import words_of


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The best of some runs, in seconds of the processor."""
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def line(name: str, taken: float, beside: str = "") -> None:
    """One line of the table."""
    print(f"{name:<58} {1000 * taken:9.2f} ms   {beside}", flush=True)


def page(sentences: list[str]) -> str:
    """A page with an article and what stands around it."""
    links = "".join(f'<li class="item"><a href="/{n}" title="t">Tin số {n} trong ngày</a></li>' for n in range(300))
    body = "".join(f'<p class="Normal">{sentence}</p>' for sentence in sentences)
    return (
        f"<html><head><title>Bài</title></head><body><nav><ul>{links}</ul></nav><h1>Một bài dài để đo</h1>"
        f'<article class="fck_detail">{body}</article><footer>© Báo</footer></body></html>'
    )


def main() -> None:
    """Prints one line for each figure."""
    corpus, chance = Corpus(), random.Random(2)
    sentences = [" ".join(corpus.words(20)).capitalize() + "." for _ in range(75)]
    other = [sentence for sentence in sentences if chance.random() > 0.1]
    for at in range(0, len(other), 7):
        words = other[at].split()
        words[chance.randrange(len(words))] = "khác"
        other[at] = " ".join(words)
    one, two = page(sentences).encode(), page(other).encode()
    print(f"pages of {len(one) / 1000:.0f} kB")
    line("compare two pages", seconds(lambda: compare(read_article(one, "a"), read_article(two, "b"))))
    text = one.decode()
    ours = seconds(lambda: read_markup(text, "a"))
    theirs = seconds(lambda: HTMLParser().feed(text))
    line("read markup into blocks", ours, f"html.parser, nothing kept: {1000 * theirs:.2f} ms, {theirs / ours:.1f} ×")
    line("align sentences", seconds(lambda: align(sentences, other)))
    a, b = ([word for sentence in side for word in words_of(sentence)] for side in (sentences, other))
    ours = seconds(lambda: common_subsequence(a, b))
    theirs = seconds(lambda: difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    line(f"common words of {len(a)} and {len(b)}", ours, f"difflib: {1000 * theirs:.2f} ms, {theirs / ours:.1f} ×")
    hard = [[chance.choice("abc") for _ in range(2000)] for _ in range(2)]
    ours = seconds(lambda: common_subsequence(*hard), 1)
    theirs = seconds(lambda: difflib.SequenceMatcher(None, *hard, autojunk=False).get_matching_blocks(), 1)
    line("the same, 2,000 words out of three", ours, f"difflib: {1000 * theirs:.0f} ms, {theirs / ours:.0f} ×")
    for name, hostile in (
        ("50,000 nested divisions", "<html>" + "<div>" * 50_000 + "<p>Xin chào."),
        ("500,000 open quotes on one tag", "<p " + 'a="x' * 500_000),
        ("40 MB of unclosed comments", "<html><p>Xin chào." + "<!--" * 10_000_000),
    ):
        line(name, seconds(lambda hostile=hostile: read_markup(hostile, "a"), 1))


if __name__ == "__main__":
    main()
