"""What changed between two versions, clause by clause and word by word, for people to read."""

import difflib
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from anlanh.work.policies.models import Clause

SAME, ADDED, REMOVED = "same", "added", "removed"
CHANGED, RENUMBERED = "changed", "renumbered"
_PIECES = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_PIECES = 4000  # beyond it a clause is shown whole, before and after, rather than word by word


@dataclass(frozen=True)
class Piece:
    """A run of words: in both versions, in the later one only, or in the earlier one only."""

    state: str
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one clause.

    Args:
        state: SAME, ADDED, REMOVED, CHANGED, or RENUMBERED where only its number is another.
        before, after: the clause in each version; None where it is not there.
        title, text: heading and words, with what changed marked.
    """

    state: str
    before: Clause | None
    after: Clause | None
    title: tuple[Piece, ...]
    text: tuple[Piece, ...]


def changes(before: Iterable[Clause], after: Iterable[Clause], language: str) -> list[Change]:
    """Every clause of the later version in its order, with those that are gone after what they followed.

    Args:
        before, after: the clauses of both versions, in order.
        language: `en` compares the English words where both have them; anything else the Vietnamese ones.
    """
    earlier, later = list(before), list(after)
    kept = {clause.key for clause in later}
    known = {clause.key: clause for clause in earlier}
    gone: dict[object, list[Clause]] = {}
    anchor = None
    for clause in earlier:
        if clause.key in kept:
            anchor = clause.key
        else:
            gone.setdefault(anchor, []).append(clause)
    found = [_change(clause, None, language) for clause in gone.get(None, [])]
    for clause in later:
        found.append(_change(known.get(clause.key), clause, language))
        found += [_change(one, None, language) for one in gone.get(clause.key, [])]
    return found


def said(clause: Clause, language: str) -> tuple[str, str]:
    """Heading and words of a clause; Vietnamese where there is no English."""
    if language == "en" and clause.text_en:
        return clause.title_en, clause.text_en
    return clause.title_vi, clause.text_vi


def _change(before: Clause | None, after: Clause | None, language: str) -> Change:
    if before is None or after is None:
        state = ADDED if after else REMOVED
        title, text = said(after or before, language)
        return Change(state, before, after, (Piece(state, title),), (Piece(state, text),))
    if language == "en" and not (before.text_en and after.text_en):
        language = "vi"
    old, new = said(before, language), said(after, language)
    title, text = pieces(old[0], new[0]), pieces(old[1], new[1])
    everything = ("title_vi", "title_en", "text_vi", "text_en", "categories", "about_state")
    if any(getattr(before, name) != getattr(after, name) for name in everything):
        state = CHANGED
    else:
        state = RENUMBERED if before.number != after.number else SAME
    return Change(state, before, after, title, text)


@functools.lru_cache(maxsize=512)  # published texts never change
def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one, with what was taken out and put in."""
    if before == after:
        return (Piece(SAME, after),)
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _MOST_PIECES:
        return (Piece(REMOVED, before), Piece(ADDED, after))
    found: list[Piece] = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if operation == "equal":
            found.append(Piece(SAME, "".join(new[j1:j2])))
            continue
        found += [Piece(REMOVED, "".join(old[i1:i2]))] if i2 > i1 else []
        found += [Piece(ADDED, "".join(new[j1:j2]))] if j2 > j1 else []
    return tuple(found)
