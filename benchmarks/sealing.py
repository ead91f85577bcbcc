"""How fast acts are recorded and sealed in the database, beside an audit table that chains row to row.

    python benchmarks/sealing.py [--acts 20000]                        the embedded database
    ANLANH_DATABASE_URL=postgresql://… python benchmarks/sealing.py    PostgreSQL: an empty database that may be filled

The alternative is the common audit chain: each row holds SHA-256 over the hash before it and its own canonical text,
read and written under a lock in the transaction that does the work. It proves order, but no single row without all
rows before it, and every writer waits for the one before. Both are measured in batches of 500 acts a transaction, and
the chain also at one act a transaction, which is how such tables are written in practice.
"""

import argparse
import hashlib
import os
import platform
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("ANLANH_DATA", tempfile.mkdtemp(prefix="anlanh-bench-"))
from anlanh.server.django_setup import setup

setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from anlanh.base.actor import Actor, system  # noqa: E402
from anlanh.base.acts.record import Draft, Subject, record_all  # noqa: E402
from anlanh.base.acts.sealing import seal_everything  # noqa: E402
from anlanh.base.acts.types import ActType, code, count, declare  # noqa: E402
from anlanh.base.identity import actions  # noqa: E402
from anlanh.primitives.canonical import canonical_bytes  # noqa: E402
from anlanh.primitives.ids import new_id  # noqa: E402

BATCH = 500
declare(
    ActType(
        "bench.done",
        "bench",
        {"vi": "Đo", "en": "Measured"},
        clear={"measure": code, "number": count},
        committed=frozenset({"words"}),
    )
)


def record_batches(actor: Actor, total: int) -> None:
    """Records acts with a clear and a committed field each, 500 a transaction."""
    for start in range(0, total, BATCH):
        drafts = [
            Draft(
                "bench.done", Subject("bench", new_id(), new=True), {"measure": "remove", "number": n}, {"words": "lời"}
            )
            for n in range(start, start + BATCH)
        ]
        with transaction.atomic():
            record_all(actor, drafts)


def chain(total: int, a_transaction: int) -> None:
    """Writes the same many rows to a hash chain."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_chain")
        cursor.execute("CREATE TABLE bench_chain (n INTEGER PRIMARY KEY, hash VARCHAR(64), body TEXT)")
        number, previous = 0, ""
        for _ in range(0, total, a_transaction):
            with transaction.atomic():
                cursor.execute("SELECT n, hash FROM bench_chain ORDER BY n DESC LIMIT 1")
                number, previous = cursor.fetchone() or (0, "")
                for _ in range(a_transaction):
                    number += 1
                    body = canonical_bytes({"id": str(new_id()), "measure": "remove", "number": number, "words": "lời"})
                    previous = hashlib.sha256(previous.encode() + body).hexdigest()
                    cursor.execute("INSERT INTO bench_chain VALUES (%s, %s, %s)", [number, previous, body.decode()])
        cursor.execute("DROP TABLE bench_chain")


def rate(name: str, total: int, run: Callable[[], object]) -> float:
    """Runs once and prints how many a second."""
    started = time.perf_counter()
    run()
    a_second = total / (time.perf_counter() - started)
    print(f"{name:<58} {a_second:>10,.0f} /s")
    return a_second


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--acts", type=int, default=20_000)
    total = parser.parse_args().acts // BATCH * BATCH
    call_command("migrate", verbosity=0)
    organisation = actions.create_organisation(
        code=f"do-{new_id().hex[-8:]}", kind="licensed-social-network", name="Đo tốc độ"
    )
    seal_everything()
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{connection.vendor}, {total:,} acts, {machine}")
    rate("record acts (500 a transaction)", total, lambda: record_batches(system(organisation.id), total))
    sealed = rate("seal them: leaves, tiles, signed checkpoints", total, seal_everything)
    chained = rate("hash chain, 500 rows a transaction", total, lambda: chain(total, BATCH))
    alone = rate("hash chain, one row a transaction", total // 10, lambda: chain(total // 10, 1))
    print(f"sealing is {sealed / chained:.1f} × the chain in batches, {sealed / alone:.1f} × the chain row by row")


if __name__ == "__main__":
    main()
