"""Which words of a text stand in another, and which sentences were cut, changed or added.

Sentences that are the same stand for each other wherever they stand. What is left is compared word by word in order, by
the longest common subsequence, so it does not matter where sentences or lines are broken. A sentence is cut when a word
of it is missing, added when it holds a word that the original lacks there; of a changed one, both forms are shown.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from anlanh.screening.comparing.sentences import words_of

MOST_WORDS = 20_000  # of what is left when equal sentences are taken out; what lies beyond counts as cut or added
_LONG_RUN = 4  # words
_SAME_SENTENCE = 0.5  # share of a sentence's words that must be found for it to be the same sentence, changed


class Alignment(NamedTuple):
    """Args:
    kept: share of the original's words that stand in the copy; 1.0 only when all do.
    cut: sentences of the original that do not stand whole in the copy.
    added: sentences of the copy that hold words which the original does not.
    new: those of them that are no changed sentences of the original.
    """

    kept: float
    cut: list[str]
    added: list[str]
    new: list[str]


class _Sentence:
    """A sentence with its words and how many of them were found on the other side."""

    __slots__ = ("found", "text", "words")

    def __init__(self, text: str) -> None:
        self.text, self.words = text, words_of(text)
        self.found = 0


def align(original: Sequence[str], copy: Sequence[str]) -> Alignment:
    """Compares the sentences of a copy with those of its original."""
    ours = [one for one in map(_Sentence, original) if one.words]
    theirs = [one for one in map(_Sentence, copy) if one.words]
    _match_equal(ours, theirs)
    _match_words([one for one in ours if not one.found], [one for one in theirs if not one.found])
    total = sum(len(one.words) for one in ours)
    found = sum(one.found for one in ours)
    cut = [one.text for one in ours if one.found < len(one.words)]
    kept = round(found / total, 4) if total else 1.0
    return Alignment(
        min(kept, 0.9999) if cut else kept,
        cut,
        [one.text for one in theirs if one.found < len(one.words)],
        [one.text for one in theirs if not one.found],
    )


def _match_equal(ours: list[_Sentence], theirs: list[_Sentence]) -> None:
    """Settles sentences that both sides hold, in whatever order, each as often as both have it."""
    common = Counter(tuple(one.words) for one in ours) & Counter(tuple(one.words) for one in theirs)
    for side in (ours, theirs):
        left = common.copy()
        for one in side:
            key = tuple(one.words)
            if left[key] > 0:
                left[key] -= 1
                one.found = len(one.words)


def _match_words(ours: list[_Sentence], theirs: list[_Sentence]) -> None:
    """Settles by their words what is left: changed sentences, and sentences that were parted or joined."""
    own = [(one, word) for one in ours for word in one.words][:MOST_WORDS]
    other = [(one, word) for one in theirs for word in one.words][:MOST_WORDS]
    pairs = common_subsequence([word for _, word in own], [word for _, word in other])
    long_run = _in_long_runs(pairs)
    for _ in range(2):  # a sentence that turns out not to be there takes its chance words from the other side too
        counts = Counter(id(own[i][0]) for i, _ in pairs) + Counter(id(other[j][0]) for _, j in pairs)
        there = {id(one) for one in (*ours, *theirs) if counts[id(one)] >= _SAME_SENTENCE * len(one.words)}
        pairs = [(i, j) for i, j in pairs if id(own[i][0]) in there and (id(other[j][0]) in there or i in long_run)]
    for i, j in pairs:
        own[i][0].found += 1
        other[j][0].found += 1


def _in_long_runs(pairs: list[tuple[int, int]]) -> set[int]:
    """The first places of pairs that belong to a run of words too long to be chance."""
    found: set[int] = set()
    run: list[int] = []
    for at, (i, j) in enumerate(pairs):
        if run and (i, j) != (pairs[at - 1][0] + 1, pairs[at - 1][1] + 1):
            run = []
        run.append(i)
        if len(run) >= _LONG_RUN:
            found.update(run[-_LONG_RUN:])
    return found


def common_subsequence(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the words of a longest common subsequence, by whole rows of bits at a time.

    Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a zero in row i at bit j says that one word more is
    common when b[j] is taken in.
    """
    places: dict[str, int] = {}
    for j, word in enumerate(b):
        places[word] = places.get(word, 0) | 1 << j
    everything = (1 << len(b)) - 1
    row, rows = everything, []
    for word in a:
        common = row & places.get(word, 0)
        row = ((row + common) | (row - common)) & everything
        rows.append(row)
    pairs = []
    i, j = len(a), len(b)
    while i and j:
        if rows[i - 1] >> (j - 1) & 1:
            j -= 1
            continue
        i -= 1
        if not i or rows[i - 1] >> (j - 1) & 1:
            j -= 1
            pairs.append((i, j))
    return pairs[::-1]
