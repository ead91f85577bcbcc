"""How fast are appending to a log and verifying its export? Prints each beside an alternative run in the same process.

Appending: tiles, in batches of 1,000, against recomputing the root over all leaves at each batch.
Verifying: an export of 200,000 leaves of about 500 bytes, against a single hash chain over the same lines, which proves
order but no single entry and no earlier state. The chain's reader parses each line too, as a check of numbering must.

Usage: python benchmarks/ledger.py [--leaves N]
"""

import argparse
import hashlib
import json
import tempfile
import time
from pathlib import Path

from anlanh.ledger.checkpoints import Checkpoint, SigningKey
from anlanh.ledger.export import verify_export, write_export
from anlanh.ledger.merkle import leaf_hash, root
from anlanh.ledger.tiles import MemoryTileStore, TileLog
from anlanh.primitives.canonical import canonical_bytes

BATCH = 1000


def make_leaves(count: int) -> list[bytes]:
    """Leaves of about 500 bytes in the shape of acts, four to a subject."""
    return [
        canonical_bytes(
            {
                "v": 1,
                "id": f"019a0000-0000-7000-8000-{number:012}",
                "organisation": "019a0000-0000-7000-8000-000000000000",
                "type": "case.decided",
                "type_version": 1,
                "actor": {"kind": "person", "ref": f"6f0f1e4e-0000-4000-8000-{number % 50:012}"},
                "subject": f"case/019a0000-0000-7000-8000-{number // 4:012}",
                "seq": number % 4 + 1,
                "clauses": ["72/2013/NĐ-CP/5.1.a"],
                "happened_at": "2026-11-21T09:00:00.000000+07:00",
                "recorded_at": "2026-11-21T09:00:01.000000+07:00",
                "clear": {"measure": "remove", "count": number},
                "committed": {"reason": hashlib.sha256(str(number).encode()).hexdigest()},
            }
        )
        for number in range(count)
    ]


def tiles_append(hashes: list[bytes]) -> None:
    """Appends in batches and takes the root after each."""
    log = TileLog(MemoryTileStore())
    for start in range(0, len(hashes), BATCH):
        log.append(hashes[start : start + BATCH])
        log.root()


def naive_append(hashes: list[bytes]) -> None:
    """Recomputes the root over everything after each batch."""
    for end in range(BATCH, len(hashes) + 1, BATCH):
        root(hashes[:end])


def chain_verify(path: Path) -> None:
    """Reads a file and folds its lines into one hash chain."""
    head = b""
    with path.open("rb") as lines:
        for line in lines:
            json.loads(line)
            head = hashlib.sha256(head + line).digest()


def timed(function, *arguments) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def main() -> None:
    """Runs both questions and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--leaves", type=int, default=200_000)
    leaves = make_leaves(parser.parse_args().leaves)
    hashes = [leaf_hash(leaf) for leaf in leaves]

    appended = hashes[: min(len(hashes), 50_000)]
    ours, naive = timed(tiles_append, appended), timed(naive_append, appended)
    rate = len(appended) / ours
    print(f"append {len(appended)}: tiles {rate:,.0f}/s, {naive / ours:.1f} x the rate of recomputing every root")

    key = SigningKey.generate("bench.example/log")
    note = key.sign(Checkpoint("bench.example/log", len(hashes), root(hashes)).text())
    with tempfile.TemporaryDirectory() as directory:
        path, bare = Path(directory, "export"), Path(directory, "lines")
        with path.open("wb") as out:
            write_export(out, leaves, note)
        bare.write_bytes(b"".join(leaf + b"\n" for leaf in leaves))
        ours, chain = timed(verify_export, path, key.verify_key()), timed(chain_verify, bare)
        assert verify_export(path, key.verify_key()).ok
    size = sum(map(len, leaves)) / len(leaves)
    rate = len(leaves) / ours
    print(
        f"verify {len(leaves)} leaves of {size:.0f} bytes: {rate:,.0f}/s, {chain / ours:.2f} x the rate of a hash chain"
    )


if __name__ == "__main__":
    main()
