"""Texts that were decided on before: exact copies, and near copies whose likeness is measured.

Near copies are sought in `Letters`, so spacing, marks, case, look-alikes and drawn-out letters make no difference.
Candidates come from one-permutation MinHash (Li, Owen, Zhang 2012) with empty slots filled from others (Shrivastava
2017), in 21 bands of three; a candidate counts only when it shares enough windows of five letters with the text.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from anlanh.screening.phrases import as_written
from anlanh.screening.text import letters_in

WINDOW = 5  # bytes of the letters in UTF-8
SHORTEST = 24  # windows; likeness of shorter texts is chance
LONGEST = 1 << 16  # bytes of letters that are compared; what follows is left out
THRESHOLD = 0.5  # share of common windows (Dice); a fifth of the words changed leaves about this much
BANDS, ROWS = 21, 3
MOST_CANDIDATES = 16  # for each band; a form letter must not make every look-up slow

_SLOTS = 64
_M64 = (1 << 64) - 1
_M40 = (1 << 40) - 1
_A, _B = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_SEEDS = [band * _A & _M64 for band in range(BANDS)]


def mixed(value: int) -> int:
    """A well-spread 64-bit hash of a 64-bit number."""
    value = (value ^ (value >> 32)) * _A & _M64
    value = (value ^ (value >> 29)) * _B & _M64
    return value ^ (value >> 32)


def windows_of(letters: bytes) -> list[int]:
    """Every run of five bytes as one number, in order, with repetitions."""
    key = int.from_bytes(letters[: WINDOW - 1], "big")
    windows = []
    for byte in letters[WINDOW - 1 :]:
        key = (key << 8 | byte) & _M40
        windows.append(key)
    return windows


def band_keys(windows: list[int]) -> list[int]:
    """The keys under which texts alike to this one are likely found."""
    slots = [_M64] * _SLOTS
    for window in windows:
        value = (window ^ (window >> 32)) * _A & _M64
        value = (value ^ (value >> 29)) * _B & _M64
        slot = value >> 58
        if value < slots[slot]:
            slots[slot] = value
    _fill_empty(slots)
    keys = []
    for band, seed in enumerate(_SEEDS):
        first, second, third = slots[band * ROWS : band * ROWS + ROWS]
        key = first + 3 * second + 5 * third + seed & _M64
        keys.append(key ^ key >> 32)
    return keys


def _fill_empty(slots: list[int]) -> None:
    """Each empty slot takes the value of a full one, chosen by the slot's number alone."""
    filled = slots.copy()
    for slot, value in enumerate(filled):
        if value != _M64:
            continue
        attempt, other = 0, slot
        while filled[other] == _M64:
            attempt += 1
            other = _other_slot(slot, attempt)
        slots[slot] = filled[other]


@lru_cache(maxsize=1 << 12)
def _other_slot(slot: int, attempt: int) -> int:
    return mixed(slot << 32 | attempt) >> 58


def likeness(windows: set[int], others: set[int]) -> float:
    """Twice the common windows over all windows (Dice's coefficient)."""
    return 2 * len(windows & others) / (len(windows) + len(others))


class ExactCopies:
    """Finds decided texts that are the same but for composition and white space.

    Args:
        texts: the decided texts; they are known by their place in it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._as_written: dict[str, list[int]] = {}
        for entry, text in enumerate(texts):
            self._as_written.setdefault(as_written(text), []).append(entry)
        # Composing shortens a text to a quarter at most; what is longer still can't be the same.
        self._longest = 4 * max(map(len, texts), default=0)

    def find(self, text: str) -> Sequence[int]:
        """The entries whose text is this one."""
        return self._as_written.get(as_written(text), ()) if len(text) <= self._longest else ()


class CopyIndex:
    """Finds which decided text a text is a copy of.

    Args:
        texts: the decided texts; they are known by their place in it.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._exact = ExactCopies(texts)
        self._bands: dict[int, list[int]] = defaultdict(list)
        self._letters: list[bytes] = []
        for entry, text in enumerate(texts):
            letters = letters_of(text)
            self._letters.append(letters)
            windows = windows_of(letters)
            if len(windows) >= SHORTEST:
                for key in band_keys(windows):
                    held = self._bands[key]
                    if len(held) < MOST_CANDIDATES:
                        held.append(entry)

    def find(self, text: str) -> Iterator[tuple[str, int, float]]:
        """(kind of hit, entry, likeness): every exact copy, else the most alike text, if it is alike enough."""
        exact = self._exact.find(text)
        if exact:
            yield from (("copy", entry, 1.0) for entry in exact)
        elif near := self.nearest(text):
            yield "near_copy", *near

    def nearest(self, text: str) -> tuple[int, float] | None:
        """The most alike entry, if it is alike enough, with its likeness (THRESHOLD … 1.0); of equals, the first."""
        if not self._bands:
            return None
        windows = windows_of(letters_of(text))
        if len(windows) < SHORTEST:
            return None
        candidates = {entry for key in band_keys(windows) for entry in self._bands.get(key, ())}
        own = set(windows)
        scored = ((likeness(own, set(windows_of(self._letters[entry]))), -entry) for entry in candidates)
        best = max(scored, default=(0.0, 0))
        return (-best[1], best[0]) if best[0] >= THRESHOLD else None


def letters_of(text: str) -> bytes:
    """What of a text is compared; it never takes in more of a text than could matter."""
    return letters_in(text[: 2 * LONGEST]).text.encode("utf-8", "surrogatepass")[:LONGEST]
