"""The log agrees with the recursive definitions of RFC 9162, written out here anew; its proofs prove only the truth."""

import hashlib
import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlanh.ledger.merkle import EMPTY_ROOT, Frontier, leaf_hash, root, verify_consistency, verify_inclusion
from anlanh.ledger.tiles import MemoryTileStore, MissingTile, TileLog

LARGEST = 300
DATA = [f"entry {number}".encode() for number in range(LARGEST)]
HASHES = [leaf_hash(entry) for entry in DATA]


def k_of(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


@cache
def mth(start: int, end: int) -> bytes:
    """MTH(D[start:end]) of section 2.1.1."""
    if start == end:
        return hashlib.sha256().digest()
    if end - start == 1:
        return hashlib.sha256(bytes([0]) + DATA[start]).digest()
    k = k_of(end - start)
    return hashlib.sha256(bytes([1]) + mth(start, start + k) + mth(start + k, end)).digest()


def path(m: int, start: int, end: int) -> list[bytes]:
    """PATH(m, D[start:end]) of section 2.1.3.1."""
    if end - start == 1:
        return []
    k = k_of(end - start)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, end)]
    return [*path(m - k, start + k, end), mth(start, start + k)]


def subproof(m: int, start: int, end: int, known: bool) -> list[bytes]:
    """SUBPROOF(m, D[start:end], b) of section 2.1.4.1."""
    n = end - start
    if m == n:
        return [] if known else [mth(start, end)]
    k = k_of(n)
    if m <= k:
        return [*subproof(m, start, start + k, known), mth(start + k, end)]
    return [*subproof(m - k, start + k, end, False), mth(start, start + k)]


@pytest.fixture(scope="module")
def log() -> TileLog:
    """Grown in uneven steps, so that tiles were written partly filled and filled later."""
    log = TileLog(MemoryTileStore())
    steps = random.Random(1)
    while log.size < LARGEST:
        log.append(HASHES[log.size : log.size + steps.randint(1, 90)])
    return log


def test_roots_agree_at_every_size(log):
    frontier = Frontier()
    for size in range(LARGEST + 1):
        assert log.root(size) == root(HASHES[:size]) == frontier.root() == mth(0, size)
        frontier.extend(HASHES[size : size + 1])


def test_inclusion_proofs_agree_at_every_size(log):
    pick = random.Random(2)
    for size in range(1, LARGEST + 1):
        for index in {0, size - 1, size // 2, pick.randrange(size), pick.randrange(size)}:
            proof = log.inclusion_proof(index, size)
            assert proof == path(index, 0, size)
            assert verify_inclusion(HASHES[index], index, size, proof, mth(0, size))


def test_consistency_proofs_agree_at_every_size(log):
    pick = random.Random(3)
    for new in range(1, LARGEST + 1):
        for old in {1, new, new - 1, k_of(new), pick.randint(1, new), pick.randint(1, new)} - {0}:
            proof = log.consistency_proof(old, new)
            assert proof == subproof(old, 0, new, True)
            assert verify_consistency(old, mth(0, old), new, mth(0, new), proof)


def test_all_pairs_of_small_sizes(log):
    for new in range(1, 34):
        for index in range(new):
            assert log.inclusion_proof(index, new) == path(index, 0, new)
        for old in range(1, new + 1):
            proof = log.consistency_proof(old, new)
            assert proof == subproof(old, 0, new, True)
            assert verify_consistency(old, mth(0, old), new, mth(0, new), proof)


@given(st.integers(1, LARGEST), st.data())
def test_a_proof_fits_nothing_else(size, data):
    log = TileLog(MemoryTileStore())
    log.append(HASHES[:size])
    index = data.draw(st.integers(0, size - 1))
    proof = log.inclusion_proof(index, size)
    top = mth(0, size)
    other = data.draw(st.integers(0, LARGEST - 1).filter(lambda number: number != index))
    assert not verify_inclusion(HASHES[other], index, size, proof, top)
    assert not verify_inclusion(HASHES[index], other, size, proof, top)
    assert not verify_inclusion(HASHES[index], index, size, [*proof, top], top)
    assert not verify_inclusion(HASHES[index], index, size, proof, HASHES[other])
    if proof:
        step = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_inclusion(HASHES[index], index, size, proof[:step] + proof[step + 1 :], top)
        assert not verify_inclusion(HASHES[index], index, size, [*proof[:step], top, *proof[step + 1 :]], top)


@given(st.integers(1, LARGEST), st.integers(1, LARGEST), st.integers(0, LARGEST - 1))
def test_a_rewritten_past_is_not_consistent(one, two, changed):
    old, new = min(one, two), max(one, two)
    rewritten = list(HASHES)
    rewritten[changed % old] = leaf_hash(b"another entry")
    log = TileLog(MemoryTileStore())
    log.append(rewritten[:new])
    proof = log.consistency_proof(old, new)
    assert not verify_consistency(old, mth(0, old), new, log.root(), proof)
    assert verify_consistency(old, log.root(old), new, log.root(), proof)
    assert not verify_consistency(old, log.root(old), new, log.root(), [*proof, EMPTY_ROOT])


def test_everything_continues_the_empty_log():
    assert verify_consistency(0, EMPTY_ROOT, 3, mth(0, 3), [])
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, [])
    assert not verify_consistency(0, EMPTY_ROOT, 0, mth(0, 1), [])
    assert not verify_consistency(0, mth(0, 1), 3, mth(0, 3), [])
    assert not verify_consistency(0, EMPTY_ROOT, 3, mth(0, 3), [mth(0, 1)])


hostile = st.none() | st.integers() | st.text(max_size=3) | st.binary(max_size=33) | st.just(EMPTY_ROOT) | st.floats()
hostile_proof = hostile | st.lists(hostile | st.binary(min_size=32, max_size=32), max_size=4)


@given(hostile, hostile, hostile, hostile_proof, hostile)
def test_hostile_proofs_are_answered_with_no(one, two, three, proof, four):
    assert verify_inclusion(one, two, three, proof, four) in (True, False)
    assert verify_consistency(one, two, three, four, proof) in (True, False)
    assert not verify_inclusion(HASHES[0], two, 2**40, proof, EMPTY_ROOT)


def test_hostile_sizes_are_answered_with_no():
    proof = [EMPTY_ROOT] * 70
    for size in (-1, 2**63, 2**64, 10**4000, 2**62):
        assert not verify_inclusion(HASHES[0], 0, size, proof, EMPTY_ROOT)
        assert not verify_inclusion(HASHES[0], size, size, proof, EMPTY_ROOT)
        assert not verify_consistency(1, HASHES[0], size, EMPTY_ROOT, proof)
        assert not verify_consistency(size, HASHES[0], size, EMPTY_ROOT, proof)


class CountingStore(MemoryTileStore):
    """Counts what is asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[tuple[int, int]] = []
        self.writes: list[tuple[int, int]] = []

    def read(self, level, index):
        self.reads.append((level, index))
        return super().read(level, index)

    def write(self, level, index, hashes):
        self.writes.append((level, index))
        super().write(level, index, hashes)


def test_an_append_writes_each_tile_once_and_proofs_read_few():
    store = CountingStore()
    log = TileLog(store)
    many = [leaf_hash(str(number).encode()) for number in range(70_000)]
    assert log.append(many[:65_000]) == 65_000
    store.writes.clear()
    log.append(many[65_000:])
    assert len(store.writes) == len(set(store.writes))
    assert {level for level, _ in store.writes} == {0, 1, 2}
    assert len(store.tiles[2, 0]) == 32
    for ask in (
        lambda: log.inclusion_proof(12_345, 70_000),
        lambda: log.consistency_proof(40_000, 70_000),
        lambda: log.root(69_999),
    ):
        store.reads.clear()
        ask()
        assert len(store.reads) <= 6
    assert log.root() == root(many)
    assert log.root(65_537) == root(many[:65_537])
    assert verify_inclusion(many[12_345], 12_345, 70_000, log.inclusion_proof(12_345, 70_000), log.root())
    assert list(log.leaf_hashes(66_000)) == many[:66_000]


def test_a_log_is_taken_up_again_where_its_size_says():
    store = MemoryTileStore()
    TileLog(store).append(HASHES[:200])
    # The last 60 were never committed: another 100 take their place.
    resumed = TileLog(store, 140)
    assert resumed.append(HASHES[140:240]) == 240
    assert resumed.root() == mth(0, 240)
    assert resumed.append([]) == 240


def test_what_is_not_there_is_said():
    store = MemoryTileStore()
    log = TileLog(store)
    log.append(HASHES[:10])
    for ask in (
        lambda: log.root(11),
        lambda: log.inclusion_proof(10, 10),
        lambda: log.inclusion_proof(-1, 10),
        lambda: log.consistency_proof(5, 4),
        lambda: log.append([b"short"]),
    ):
        with pytest.raises(ValueError, match=r"10|leaf|size|32"):
            ask()
    assert log.consistency_proof(0, 10) == []
    with pytest.raises(MissingTile):
        TileLog(store, 11).root()
    with pytest.raises(MissingTile):
        TileLog(MemoryTileStore(), 300).append(HASHES[:1])
