"""How many reports a second the API takes, each with its case, acts and clocks written.

Starts the real server on a freshly migrated database, on PostgreSQL and on SQLite, and sends it reports of pages nobody
reported before, singly and in batches of 1,000. Beside it, in the same run, two named alternatives behind the same
server and framework: `echo` writes nothing, `row` inserts one plain row a request.

    python benchmarks/intake.py [--seconds 10] [--only postgresql|sqlite] [--connections 16]

PostgreSQL is looked for at ANLANH_BENCH_POSTGRESQL (default postgresql://postgres@127.0.0.1/postgres); a database of
its own is made there and dropped. Server, database and load share this machine's cores; no worker seals meanwhile.
"""

import argparse
import json
import os
import platform
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent
ADMIN_URL = os.environ.get("ANLANH_BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1/postgres")
BATCH = 1000
STARTED_WITHIN = 60  # seconds

PREPARE = """
from anlanh.server.django_setup import setup
setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from anlanh.base.identity import actions
from anlanh.base.identity.policy import actor_for_member
organisation = actions.create_organisation(code="mang", kind="licensed-social-network", name="Mạng Thử")
admin = actions.found_administrator(organisation, "admin@mang.example", "Quản trị", "mat-khau-du-dai-2026")
print(actions.issue_credential(actor_for_member(admin), "tải thử", ["reports.file"])[1])
"""


@dataclass(frozen=True)
class Measured:
    """What one load came to."""

    name: str
    a_second: float
    p50: float
    p95: float


@contextmanager
def fresh_database(vendor: str) -> Iterator[dict[str, str]]:
    """The environment of a program whose database is empty; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="anlanh-bench-") as data:
        environment = os.environ | {"ANLANH_DATA": data, "PYTHONPATH": f"{HERE.parent / 'src'}:{HERE}"}
        environment.pop("ANLANH_DATABASE_URL", None)
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        if vendor == "sqlite":
            yield environment
            return
        name = f"anlanh_bench_{secrets.token_hex(4)}"
        with psycopg.connect(ADMIN_URL, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
            try:
                yield environment | {"ANLANH_DATABASE_URL": ADMIN_URL.rpartition("/")[0] + f"/{name}"}
            finally:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server(application: str, environment: dict[str, str], processes: int, threads: int) -> Iterator[int]:
    """The server on a free port, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(processes), "--blocking-threads", str(threads), "--no-log"]
    process = subprocess.Popen([*command, application], env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def load(name: str, port: int, path: str, key: str, *, seconds: float, connections: int, batch: int = 0) -> Measured:
    """Sends a load from a process of its own."""
    task = {
        "port": port,
        "path": path,
        "headers": {"Authorization": f"Bearer {key}"},
        "seconds": seconds,
        "connections": connections,
        "batch": batch,
        "prepare": int(seconds * (12 if batch else 12_000)),
    }
    done = subprocess.run(
        [sys.executable, HERE / "load.py"], input=json.dumps(task), capture_output=True, text=True, check=True
    )
    result = json.loads(done.stdout)
    if result["refused"]:
        raise SystemExit(f"{name}: {result['refused']} were refused, such as {result['refusals'][0]}")
    return Measured(name, result["count"] * (batch or 1) / result["span"], result["p50"], result["p95"])


def measure(vendor: str, arguments: argparse.Namespace) -> list[Measured]:
    """All loads on one database, the alternatives before and after, so that a machine that slows down shows."""
    processes = arguments.processes or (2 if vendor == "postgresql" else 1)
    common = {"seconds": arguments.seconds, "connections": arguments.connections}
    with fresh_database(vendor) as environment:
        prepared = subprocess.run(
            [sys.executable, "-c", PREPARE], env=environment, capture_output=True, text=True, check=True
        )
        key = prepared.stdout.strip()
        subprocess.run(
            [sys.executable, "-c", "import intake_alternatives as a; a.make_table()"], env=environment, check=True
        )
        with server("intake_alternatives:application", environment, processes, arguments.threads) as port:
            echo = load("echo, no database", port, "/echo", key, **common)
            row = load("one plain row", port, "/row", key, **common)
        with server("anlanh.server.wsgi:application", environment, processes, arguments.threads) as port:
            single = load("reports, one a request", port, "/api/v1/reports", key, **common)
            batches = load(
                f"reports, {BATCH} a request", port, "/api/v1/reports/batch", key,
                seconds=arguments.seconds, connections=2, batch=BATCH,
            )  # fmt: skip
        return [echo, row, single, batches]


def describe(vendor: str) -> str:
    """What was measured against, as far as it changes the figures."""
    if vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}, WAL, synchronous=NORMAL (a power cut can lose the last commits)"
    with psycopg.connect(ADMIN_URL) as connection:
        version, fsync, commit = (
            connection.execute(f"SHOW {name}").fetchone()[0]
            for name in ("server_version", "fsync", "synchronous_commit")
        )
    return f"PostgreSQL {version}, fsync={fsync}, synchronous_commit={commit}"


def machine() -> str:
    """The processor and what runs on it."""
    cpu = Path("/proc/cpuinfo").read_text().partition("model name")[2].partition(":")[2].partition("\n")[0].strip()
    return f"{cpu or platform.processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="a load; the first fifth warms up")
    parser.add_argument("--only", choices=["postgresql", "sqlite"])
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--threads", type=int, default=4, help="that answer, in each server process")
    parser.add_argument("--processes", type=int, default=0, help="of the server; 2 on PostgreSQL, 1 on SQLite")
    arguments = parser.parse_args()
    print(machine())
    for vendor in [arguments.only] if arguments.only else ["postgresql", "sqlite"]:
        print(f"\n{describe(vendor)}; {arguments.connections} connections")
        measured = measure(vendor, arguments)
        reference = measured[1]
        for entry in measured:
            print(
                f"  {entry.name:<26} {entry.a_second:>9,.0f}/s   p50 {entry.p50 * 1000:>7.1f} ms   "
                f"p95 {entry.p95 * 1000:>7.1f} ms   {entry.a_second / reference.a_second:>6.2f} × {reference.name}"
            )


if __name__ == "__main__":
    main()
