"""How well and how fast papers are read and composed.

    python benchmarks/papers_reading.py [--faults]

Prints for each document the share of right header fields, citation F1, task F1, and the shares of right actors and
deadlines, then pages a second. The documents are those of tests/papers/cases and, where they lie beside the checkout, the
five sources, whose tasks are those of the list of duties (their fields, actors and deadlines are not listed there).
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import docx  # noqa: E402
import yaml  # noqa: E402
from tests.papers.composed import description, measures  # noqa: E402
from tests.papers.scoring import Score, cases, expected_of, score  # noqa: E402
from tests.papers.test_sources import SHARED, TASK_KINDS, place_of  # noqa: E402

from anlanh.papers.composing.description import read_description  # noqa: E402
from anlanh.papers.composing.pdf import pdf_of  # noqa: E402
from anlanh.papers.composing.word import docx_of  # noqa: E402
from anlanh.papers.files.pdf import text_of_pdf  # noqa: E402
from anlanh.papers.reading.directive import read  # noqa: E402
from anlanh.server.commands.directive import pack_names  # noqa: E402

PAGE = 2_300  # code points of a page of running text


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", action="store_true", help="tell each difference")
    arguments = parser.parse_args()
    print(f"{'document':<22}{'fields':>8}{'cite F1':>9}{'task F1':>9}{'actors':>8}{'times':>8}  layout")
    total = Score()
    for case in cases():
        expected = expected_of(case)
        one = score(case.read_text(), expected)
        total.add(one)
        print_row(case.stem, one.figures(), expected["layout"])
        if arguments.faults:
            print(*(f"    {fault}" for fault in one.faults), sep="\n")
    print_row("all written cases", total.figures(), "")
    print_sources()
    print_speed()


def print_row(name: str, figures: dict[str, float], layout: str) -> None:
    """One line of the table."""
    shares = [figures[part] for part in ("fields", "citations", "tasks", "actors", "deadlines")]
    print(f"{name:<22}{shares[0]:>8.2f}{shares[1]:>9.2f}{shares[2]:>9.2f}{shares[3]:>8.2f}{shares[4]:>8.2f}  {layout}")


def print_sources() -> None:
    """Task F1 by place on the five sources."""
    listed = SHARED / "law" / "duties.yaml"
    if not listed.exists():
        print("the five sources are not here")
        return
    duties = yaml.safe_load(listed.read_text())
    print()
    for source in sorted((SHARED / "sources").glob("*.txt")):
        wanted = {place_of(d["id"]) for d in duties if d["document"] == source.stem and d["kind"] in TASK_KINDS}
        started = time.perf_counter()
        reading = read(source.read_text(), pack_names())
        seconds = time.perf_counter() - started
        found = {task.path for task in reading.tasks}
        figure = 2 * len(found & wanted) / (len(found) + len(wanted))
        print(
            f"{source.stem:<22}task F1 {figure:.2f} ({len(found & wanted)} of {len(wanted)}, {len(found)} given), "
            f"{len(reading.citations)} citations, {seconds * 1000:.0f} ms"
        )


def print_speed() -> None:
    """Pages a second: reading text, reading PDF, composing."""
    text = long_directive()
    pages = len(text) / PAGE
    seconds = best_of(lambda: read(text))
    print(f"\nreading text: {pages:.0f} pages in {seconds * 1000:.0f} ms, {pages / seconds:.0f} pages/s")
    body = [line for line in text.split("\n") if line]
    paper = read_description(yaml.safe_dump(description(body=body), allow_unicode=True), measures(), "benchmark")
    content = pdf_of(paper, measures())
    taken = text_of_pdf(content, "benchmark")
    printed = taken.count("\f") + 1
    seconds = best_of(lambda: read(text_of_pdf(content, "benchmark")))
    print(f"reading PDF:  {printed} pages in {seconds * 1000:.0f} ms, its own process included")
    letter = read_description(yaml.safe_dump(description(), allow_unicode=True), measures(), "benchmark")
    ways = {
        "as PDF/A": lambda: pdf_of(letter, measures()),
        "as Word": lambda: docx_of(letter, measures()),
        "beside it, bare paragraphs by python-docx": lambda: plain_word(body[:20]),
    }
    for name, compose in ways.items():
        compose()
        wall, own = time.perf_counter(), time.process_time()
        for _ in range(50):
            compose()
        wall, own = time.perf_counter() - wall, time.process_time() - own
        print(f"composing:    {50 / wall:.0f} one-page letters/s, {50 / own:.0f} a processor second, {name}")


def plain_word(lines: list[str]) -> bytes:
    """The named alternative: the words alone, in the default layout."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def long_directive() -> str:
    """A directive of about twenty pages: a written case's items, many times over."""
    head, _, rest = (ROOT / "tests/papers/cases/numbered-lettered.txt").read_text().partition("1. Sở")
    items = []
    number = 0
    while sum(map(len, items)) < 20 * PAGE:
        number += 1
        items.append(
            f"{number}. Sở Giáo dục và Đào tạo\n\na) Rà soát việc thực hiện khoản 2 Điều 33 Nghị định số 56/2017/NĐ-CP tại các "
            "trường; báo cáo kết quả trước ngày 30/9/2026.\n\nb) Phối hợp với Công an tỉnh tuyên truyền kỹ năng nhận biết "
            "lừa đảo cho học sinh, phụ huynh; hằng quý tổng hợp số vụ việc, gửi Ủy ban nhân dân tỉnh.\n\n"
        )
    return head + "".join(items) + "Giao" + rest.rpartition("Giao")[2]


def best_of(work: Callable[[], object], times: int = 3) -> float:
    """The least seconds of a few runs."""
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    main()
