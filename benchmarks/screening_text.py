"""How fast are folding, phrases, domains and near copies, and how does their cost grow with the lists?

Each figure is posts a second on one core, the core called in batches of 1,000 posts, spans and all. Beside it runs the
best known library of its kind, if it is installed; otherwise the line says how to install it:

    pip install pyahocorasick datasketch

Libraries look for folded phrases in text that was folded beforehand (their time holds no folding) and find them inside
words too; the core folds, looks on whole syllables, and points into the original.

Usage: python -m benchmarks.screening_text [--posts N] [--entries N,N,…] [--plain]
"""

import argparse
import gc
import importlib.util
import resource
import statistics
import threading
import time
from collections.abc import Callable

from benchmarks.screening_corpus import Corpus

from anlanh.primitives.folding import fold_search
from anlanh.screening.choice import finder_for
from anlanh.screening.lists import Lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.phrases import LEVELS, Phrase

BATCH = 1000


def memory() -> float:
    """The most memory the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def per_second(
    work: Callable[[], object], count: int, repeats: int = 5, clock: Callable[[], float] = time.process_time
) -> float:
    """How many items a second: the median of some runs, in processor time, since others may use the machine too."""
    gc.collect()
    times = []
    for _ in range(repeats):
        start = clock()
        work()
        times.append(clock() - start)
    return count / statistics.median(times)


def screened(finder: object, posts: list[str]) -> int:
    """Screens in batches; returns how many hits there were."""
    return sum(len(hits) for at in range(0, len(posts), BATCH) for hits in finder.find(posts[at : at + BATCH]))


def phrase_lists(phrases: list[str], levels: tuple[str, ...]) -> Lists:
    """Lists that hold just phrases, their levels in turn."""
    made = [Phrase(str(number), phrase, levels[number % len(levels)]) for number, phrase in enumerate(phrases)]
    return Lists(phrases=made)


def line(name: str, rate: float, note: str = "") -> None:
    """Prints one figure."""
    print(f"{name:<46}{rate:>12,.0f} /s   {note}", flush=True)


def missing(package: str) -> None:
    """Says which comparison was left out."""
    print(f"    (no comparison: pip install {package})")


def measure_phrases(corpus: Corpus, posts: list[str], count: int, plain: bool) -> None:
    """Phrases at level fold and at all levels in turn, against pyahocorasick."""
    phrases = corpus.phrases(count)
    planted = [f"{post} {phrases[i % count]}" if i % 10 == 0 else post for i, post in enumerate(posts)]
    for name, levels in (("fold", ("fold",)), ("all levels", LEVELS)):
        start = time.perf_counter()
        finder = finder_for(phrase_lists(phrases, levels), plain=plain)
        built = time.perf_counter() - start
        rate = per_second(lambda finder=finder: screened(finder, planted), len(planted))
        line(f"phrases, {count:,}, {name}", rate, f"built in {built:.1f} s, {memory():,.0f} MB at most so far")
    if importlib.util.find_spec("ahocorasick") is None:
        missing("pyahocorasick")
        return
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for number, phrase in enumerate(phrases):
        automaton.add_word(fold_search(phrase), number)
    automaton.make_automaton()
    folded = [fold_search(post) for post in planted]
    other = per_second(lambda: sum(1 for text in folded for _ in automaton.iter(text)), len(folded))
    line("    pyahocorasick, text folded beforehand", other)


def measure_domains(posts: list[str], count: int, plain: bool) -> None:
    """Host names in posts, looked up in a list."""
    names = {f"trang{number}.example": f"trang{number}.example" for number in range(count)}
    linked = [f"{post} https://www.trang{i}.example/x" if i % 5 == 0 else post for i, post in enumerate(posts)]
    finder = finder_for(Lists(domains=names), plain=plain)
    line(
        f"domains, {count:,}",
        per_second(lambda: screened(finder, linked), len(linked)),
        f"{memory():,.0f} MB at most so far",
    )


def measure_copies(corpus: Corpus, count: int, plain: bool) -> None:
    """Near copies: speed, and recall by how much was edited, against datasketch."""
    texts = [" ".join(corpus.words(12 + number % 20)) for number in range(count)]
    start = time.perf_counter()
    finder = finder_for(Lists(texts=[(str(number), text) for number, text in enumerate(texts)]), plain=plain)
    built = time.perf_counter() - start
    step = max(1, count // 2000)
    recalls = []
    for share in (0.05, 0.1, 0.2):
        asked = [(number, corpus.edited(texts[number], share)) for number in range(0, count, step)]
        found = finder.find([text for _, text in asked])
        right = sum(any(hit.entry == str(n) for hit in hits) for (n, _), hits in zip(asked, found, strict=True))
        recalls.append(f"{right / len(asked):.3f}")
    fresh = [" ".join(corpus.words(22)) for _ in range(10_000)]
    queries = [corpus.edited(texts[n % count], 0.1) if n % 2 else fresh[n] for n in range(10_000)]
    rate = per_second(lambda: screened(finder, queries), len(queries))
    note = f"recall at 5/10/20 % edits {' '.join(recalls)}; built in {built:.1f} s, {memory():,.0f} MB at most so far"
    line(f"near copies, {count:,}", rate, note)
    if importlib.util.find_spec("datasketch") is None:
        missing("datasketch")
    elif count <= 20_000:
        measure_datasketch(texts, queries[:1000])


def measure_datasketch(texts: list[str], queries: list[str]) -> None:
    """The same with 64 permutations in 16 bands of 4, on windows of five letters of folded text."""
    from datasketch import MinHash, MinHashLSH

    def signature(text: str) -> object:
        letters = fold_search(text).replace(" ", "").encode()
        made = MinHash(num_perm=64)
        made.update_batch([letters[i : i + 5] for i in range(len(letters) - 4)])
        return made

    index = MinHashLSH(num_perm=64, params=(16, 4))
    for number, text in enumerate(texts):
        index.insert(number, signature(text))
    line("    datasketch", per_second(lambda: [index.query(signature(text)) for text in queries], len(queries), 1))


def measure_threads(finder: object, posts: list[str]) -> None:
    """One thread against two on the same work each."""
    one = per_second(lambda: screened(finder, posts), len(posts), clock=time.perf_counter)

    def both() -> None:
        threads = [threading.Thread(target=screened, args=(finder, posts)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    two = per_second(both, 2 * len(posts), clock=time.perf_counter)
    line("all levels, one thread", one)
    line("all levels, two threads", two, f"{two / one:.2f} times one thread")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=50_000)
    parser.add_argument("--entries", default="10000,100000,1000000", help="sizes of the lists")
    parser.add_argument("--plain", action="store_true", help="measure the plain Python matchers")
    arguments = parser.parse_args()
    if not arguments.plain and not is_installed():
        parser.error("the native core was not built; install a C compiler and run script/setup, or give --plain")
    corpus = Corpus()
    posts = corpus.posts(arguments.posts, [])
    print(f"{len(posts):,} posts of {sum(len(p.encode()) for p in posts) / len(posts):.1f} bytes")
    for name, level in (("folding and one phrase", "fold"), ("both readings and one phrase", "evasive")):
        finder = finder_for(phrase_lists(["không có gì"], (level,)), plain=arguments.plain)
        line(name, per_second(lambda finder=finder: screened(finder, posts), len(posts)))
    line("    folding alone in plain Python", per_second(lambda: [fold_search(post) for post in posts], len(posts), 1))
    for count in map(int, arguments.entries.split(",")):
        measure_phrases(corpus, posts, count, arguments.plain)
        measure_domains(posts, count, arguments.plain)
        measure_copies(corpus, count, arguments.plain)
    measure_threads(finder_for(phrase_lists(corpus.phrases(10_000), LEVELS), plain=arguments.plain), posts)


if __name__ == "__main__":
    main()
