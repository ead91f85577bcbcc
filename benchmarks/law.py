"""How long the law takes: loading the pack, asking which clocks run, going back in time.

    .venv/bin/python benchmarks/law.py

Loading is measured beside reading the same files with PyYAML's safe loader and no checks, in the same run.
"""

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from anlanh.law import alarms, as_known, clocks_for, load_pack
from anlanh.primitives.dates import parse_instant

PACK = Path(__file__).resolve().parents[1] / "src/anlanh/packs/vn"
AT = parse_instant("2026-11-22T09:00:00+07:00")


def median(work: Callable[[], object], rounds: int) -> float:
    """Seconds of one call, the median of several."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def unchecked(loader: type) -> None:
    """The same files, parsed and not looked at."""
    for path in sorted(PACK.rglob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def main() -> None:
    pack = load_pack(PACK)
    day = date(2026, 11, 22)
    loading = median(lambda: load_pack(PACK), 5)
    with_c = median(lambda: unchecked(yaml.CSafeLoader), 5)
    print(
        f"load and check the pack     {loading * 1e3:8.1f} ms   aim 500   {loading / with_c:.2f} x parsing alone in C"
    )
    for name, words in (
        ("clocks of an order", {"event": "order.received", "actor": "licensed-social-network"}),
        ("clocks of a data request", {"event": "data_request.received", "actor": "platform", "request": "delete"}),
    ):
        asked = median(lambda words=words: clocks_for(pack, at=AT, **words), 200)
        print(f"{name:27} {asked * 1e3:8.3f} ms   aim 1")
    print(f"{'the pack as known on a day':27} {median(lambda: as_known(pack, date(2024, 6, 1)), 50) * 1e3:8.3f} ms")
    print(f"{'alarms of a day':27} {median(lambda: alarms(pack, day), 50) * 1e3:8.3f} ms")
    bound = median(lambda: pack.duties_on(day, "department", "gia-lai-2025"), 200)
    print(f"{'duties of an actor':27} {bound * 1e3:8.3f} ms")


if __name__ == "__main__":
    main()
