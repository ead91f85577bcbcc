"""How many posts a second does screening judge end to end: lines of JSON in, verdict lines out, every list in use?

Beside it, on the same lines and lists: plain Python, and what is usually put together from libraries: orjson to read and
write, folding and a regular expression for host names in Python, pyahocorasick for phrases, a set for host names, rules
as Python functions, and datasketch for near copies where that can be waited for. The libraries find whatever lies
inside words too, miss what evaders write, and give no places in the original; the core does all three.

    pip install orjson pyahocorasick datasketch

Figures are posts a second of processor time, the median of five runs, since others may use the machine; for two threads
they are by the clock. With --chart FILE a picture of them is written.

Usage: python -m benchmarks.screening_posts [--entries N,N,…] [--posts N] [--chart FILE]
"""

import argparse
import gc
import importlib.util
import io
import json
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.chart import line_chart
from benchmarks.screening_corpus import Corpus
from benchmarks.screening_text import line, memory, missing, per_second

from anlanh.primitives.folding import fold_search
from anlanh.screening.engine import Screen
from anlanh.screening.lists import Lists, read_lists
from anlanh.screening.native.core import is_installed
from anlanh.screening.phrases import LEVELS
from anlanh.screening.stream import judge_stream

RULES = "\n".join(
    f"  - {{id: rule-{n}, when: any(domains) and account.age_days < {n + 1} and count(phrases) >= {n % 3}}}"
    for n in range(50)
)
MOST_PLAIN = 10_000  # entries; plain Python needs much memory for more
MOST_SKETCHED = 10_000  # texts; datasketch takes in about two thousand a second
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


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


def judged(screen: Screen, posts: bytes, threads: int = 1) -> bytes:
    """The verdict lines."""
    out = io.BytesIO()
    judge_stream(screen, io.BytesIO(posts), out, threads=threads)
    return out.getvalue()


def measure_core(directory: Path, lists: Lists, posts: bytes, count: int) -> tuple[float, bytes]:
    """In memory, and from indexes kept in files; with one thread and with two."""
    start = time.perf_counter()
    screen = Screen(lists)
    built = time.perf_counter() - start
    gc.freeze()
    answers = judged(screen, posts)
    rate = per_second(lambda: judged(screen, posts), count)
    with_hits = sum(b'"hits": []' not in verdict for verdict in answers.splitlines())
    line(
        "native core", rate, f"{with_hits:,} posts with hits; built in {built:.1f} s; {memory():,.0f} MB at most so far"
    )
    clocks = [per_second(lambda n=n: judged(screen, posts, n), count, clock=time.perf_counter) for n in (1, 2)]
    line("    two threads, by the clock", clocks[1], f"{clocks[1] / clocks[0]:.2f} times one thread by the clock")
    measure_kept(directory, posts, count, answers)
    return rate, answers


def measure_kept(directory: Path, posts: bytes, count: int, wanted: bytes) -> None:
    """The same from mapped files."""
    from anlanh.screening.kept import read_kept

    times = []
    for verify in (True, True, False):
        start = time.perf_counter()
        lists = read_kept(directory, directory / "index", lambda ref: None, verify=verify)
        screen = Screen(lists)
        times.append(time.perf_counter() - start)
    assert judged(screen, posts) == wanted
    size = sum(path.stat().st_size for path in (directory / "index").iterdir()) / 2**20
    made, checked, opened = times
    note = f"written in {made:.1f} s, opened in {checked:.2f} s, unchecked in {opened * 1000:.0f} ms; {size:,.0f} MB"
    line("    from kept indexes", per_second(lambda: judged(screen, posts), count), note)


def libraries(lists: Lists) -> Callable[[bytes], list[bytes]]:
    """What is usually put together, as a function of the posts."""
    import ahocorasick
    import orjson

    automaton = ahocorasick.Automaton()
    for phrase in lists.phrases:
        automaton.add_word(fold_search(phrase.phrase), phrase.id)
    automaton.make_automaton()
    listed = set(lists.domains)
    near = sketches(lists) if len(lists.texts) <= MOST_SKETCHED and importlib.util.find_spec("datasketch") else None
    rules = [(f"rule-{n}", n + 1, n % 3) for n in range(50)]

    def judge(row: bytes) -> bytes:
        post = orjson.loads(row)
        text = post["text"]
        folded = fold_search(text)
        phrases = [entry for _, entry in automaton.iter(folded)]
        hosts = []
        if "." in text:
            for match in HOST.finditer(text.lower()):
                labels = match[0].split(".")
                hosts += [name for at in range(len(labels) - 1) if (name := ".".join(labels[at:])) in listed]
        copies = near(folded) if near else []
        age = post.get("account", {}).get("age_days", 0)
        fired = [name for name, most, least in rules if hosts and age < most and len(phrases) >= least]
        verdict = "hold" if hosts else "review" if phrases or copies else "pass"
        return orjson.dumps({"id": post["id"], "hits": phrases + hosts + copies, "rules": fired, "verdict": verdict})

    return lambda posts: [judge(row) for row in posts.splitlines()]


def sketches(lists: Lists) -> Callable[[str], list[str]]:
    """Near copies by datasketch: 64 permutations in 16 bands of 4, windows of five letters of folded text."""
    from datasketch import MinHash, MinHashLSH

    def signature(folded: str) -> object:
        letters = folded.replace(" ", "").encode()
        made = MinHash(num_perm=64)
        made.update_batch([letters[i : i + 5] for i in range(max(1, len(letters) - 4))])
        return made

    index = MinHashLSH(num_perm=64, params=(16, 4))
    for name, text in lists.texts:
        index.insert(name, signature(fold_search(text)))
    return lambda folded: index.query(signature(folded))


def measure(entries: int, posts: int) -> dict[str, float]:
    """All that is measured with lists of one size."""
    corpus, rates = Corpus(), {}
    with tempfile.TemporaryDirectory() as work:
        directory = Path(work)
        phrases = write_lists(directory, corpus, entries)
        start = time.perf_counter()
        lists = read_lists(directory, lambda ref: None)
        print(f"\nlists of {entries:,} entries each, read in {time.perf_counter() - start:.1f} s")
        texts = corpus.posts(posts, phrases)
        told = [json.dumps({"id": str(n), "text": t, "account": {"age_days": n % 60}}) for n, t in enumerate(texts)]
        content, few = "\n".join(told).encode(), told[: max(1, len(told) // 20)]
        answers = b""
        if is_installed():
            rates["native core"], answers = measure_core(directory, lists, content, len(told))
        if entries <= MOST_PLAIN:
            screen = Screen(lists, plain=True)
            part = "\n".join(few).encode()
            if answers:
                assert answers.startswith(judged(screen, part))
            rates["plain Python"] = per_second(lambda: judged(screen, part), len(few), 3)
            line("plain Python", rates["plain Python"])
        if importlib.util.find_spec("orjson") is None or importlib.util.find_spec("ahocorasick") is None:
            missing("orjson pyahocorasick datasketch")
        else:
            judge, part = libraries(lists), "\n".join(few).encode()
            name = "libraries" if entries <= MOST_SKETCHED else "libraries without near copies"
            rates[name] = per_second(lambda: judge(part), len(few), 3)
            line(name, rates[name])
    if "native core" in rates:
        ratios = (
            f"{rates['native core'] / rate:.1f} × {name}" for name, rate in rates.items() if name != "native core"
        )
        print("the core is", ", ".join(ratios))
    return rates


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", default="1000,10000,100000,1000000", help="of each list")
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--chart", type=Path, help="write a picture of the figures here (SVG)")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.entries.split(",")]
    measured = [measure(size, arguments.posts) for size in sizes]
    if arguments.chart:
        names = {
            "native core": "An Lành, native core",
            "plain Python": "An Lành, plain Python",
            "libraries": "libraries",
            "libraries without near copies": "libraries, no near copies",
        }
        series = {
            name: [(size, rates[key]) for size, rates in zip(sizes, measured, strict=True) if key in rates]
            for key, name in names.items()
            if any(key in rates for rates in measured)
        }
        line_chart(
            arguments.chart, "Posts judged a second on one core, by entries in each list", "entries", "posts/s", series
        )


if __name__ == "__main__":
    main()
