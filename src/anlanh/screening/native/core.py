"""The native core with what it needs from Python: the readings of code points, page by page as texts ask for them."""

import threading
from array import array
from collections.abc import Callable, Iterable
from typing import Any

from anlanh.screening import code_points
from anlanh.screening.code_points import fold_entry, letter_entry
from anlanh.screening.models import features

try:
    from anlanh.screening.native import _core
except ImportError:
    _core = None

PAGES = 0x1100
_SEQUENCE = 0x80000000
_FOLD_CLASSES = {code_points.WORD: 1, code_points.SPACE: 2, code_points.OTHER: 3, code_points.EXTENDING: 4}
_LETTER_CLASSES = {
    code_points.MARK: 0,
    code_points.NOTHING: 1,
    code_points.LETTER: 2,
    code_points.DIGIT: 3,
    code_points.SIGN: 4,
    code_points.BANG: 5,
    code_points.SEPARATOR: 6,
}
_WORD_CLASSES = {
    features.APART: 0,
    features.OF_A_WORD: 1,
    features.BY_ITSELF: 2,
    features.ONLY_PYTHON: 3,
    features.COMBINING: 4,
}
# In the order of native/text.h.
_READINGS = (
    (fold_entry, _FOLD_CLASSES),
    (letter_entry, _LETTER_CLASSES),
    (features.written_entry, _WORD_CLASSES),
    (features.plain_entry, _WORD_CLASSES),
)


def is_installed() -> bool:
    """Whether the native core was built."""
    return _core is not None


def batch_of(texts: Iterable[str]) -> tuple[bytearray, array]:
    """Texts as one buffer of UTF-8 (lone surrogates in their three-byte form) and the offsets of each."""
    buffer, offsets = bytearray(), array("q", [0])
    for text in texts:
        buffer += text.encode("utf-8", "surrogatepass")
        offsets.append(len(buffer))
    return buffer, offsets


class Core:
    """The functions of the core over one set of readings. Safe to share between threads.

    Raises:
        RuntimeError: the core is not installed.
    """

    def __init__(self) -> None:
        if _core is None:
            raise RuntimeError("the native core is not installed")
        self._readings = _core.readings()
        self._installed: set[int] = set()
        self._lock = threading.Lock()

    def phrases(self, texts: Iterable[str], evasive: bytes) -> Any:
        """An index of phrases; `evasive` holds 1 for each evasive entry."""
        buffer, offsets = batch_of(texts)
        return self._with_pages(lambda: _core.phrases(self._readings, buffer, offsets, evasive))

    def copies(self, texts: Iterable[str], threshold: float) -> Any:
        """An index of decided texts."""
        buffer, offsets = batch_of(texts)
        return self._with_pages(lambda: _core.copies(self._readings, buffer, offsets, threshold))

    def scan(self, indexes: tuple, texts: Iterable[str]) -> tuple[bytes, bytes, list, bytes]:
        """(phrase hits, domain hits, copies, deferred texts); hits are four uint32: text, entry, start, end.

        Args:
            indexes: of phrases, domains and copies, and as many of what was added since, each or None.
            texts: what to look in.
        """
        return self._of_texts(texts, lambda held: _core.scan(self._readings, indexes, held))

    def block_keys(self, dots: array, texts: Iterable[str]) -> tuple[bytes, bytes]:
        """(keys of the texts' units, pairs and host names, texts whose host names are open: four uint32 each)."""
        return self._of_texts(texts, lambda held: _core.block_keys(self._readings, dots, held))

    def _of_texts(self, texts: Iterable[str], ask: Callable[[tuple[str | bytes, ...]], Any]) -> Any:
        held: tuple[str | bytes, ...] = tuple(texts)
        try:
            return self._with_pages(lambda: ask(held))
        except UnicodeEncodeError:  # a lone surrogate
            held = tuple(text.encode("utf-8", "surrogatepass") for text in held)
            return self._with_pages(lambda: ask(held))

    def scan_lines(
        self, indexes: tuple, lines: bytes, *, longest: int, compare_images: bool, asks: Any, models: tuple
    ) -> tuple[bytes, bytes, bytes, bytes, list, bytes]:
        """(verdicts of posts without hits, open lines, and hits as scan gives them, by number of line)."""
        return self._with_pages(
            lambda: _core.scan_lines(self._readings, indexes, lines, longest, compare_images, asks, models)
        )

    def read(self, text: str) -> tuple[str, str]:
        """The skeleton and the letters of a text."""
        content = text.encode("utf-8", "surrogatepass")
        skeleton, letters = self._with_pages(lambda: _core.read(self._readings, content))
        return skeleton.decode("utf-8", "surrogatepass"), letters.decode("utf-8", "surrogatepass")

    def _with_pages(self, ask: Callable[[], Any]) -> Any:
        """Asks again as long as the answer is a list of pages that are lacking."""
        while isinstance(answer := ask(), list):
            with self._lock:
                for number in answer:
                    if number not in self._installed:
                        _core.put_page(self._readings, number, *page_of(*divmod(number, PAGES)))
                        self._installed.add(number)
        return answer


def page_of(reading: int, page: int) -> tuple[bytes, bytes]:
    """The entries of 256 code points, and the pool of those that stand for several."""
    define, classes = _READINGS[reading]
    entries, pool = array("I"), array("I")
    for code in range(page * 256, page * 256 + 256):
        letters, kinds = define(chr(code))
        if not letters:
            entries.append(classes[kinds] << 21 if kinds else 0)
            continue
        packed = [ord(letter) | classes[kind] << 21 for letter, kind in zip(letters, kinds, strict=True)]
        if len(packed) == 1:
            entries.append(packed[0])
        else:
            entries.append(_SEQUENCE | len(pool))
            pool.extend([len(packed), *packed])
    return entries.tobytes(), pool.tobytes()
