"""References to Vietnamese legal texts: an instrument and, inside it, article (điều), clause (khoản), point (điểm).

The written form is `INSTRUMENT/ARTICLE.CLAUSE.POINT`, for example `72/2013/NĐ-CP/5.1.a`. An instrument's own number
holds slashes too; the two are told apart by the part after the last slash. An article path starts with a digit
(`5.1.a`, `23đ`); the last part of every instrument number is a notation, which starts with a capital (`QH15`).
An article that has points but no clauses is written without the clause: `72/2013/NĐ-CP/5.a`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import total_ordering

from anlanh.primitives.errors import BadInput

# The letters that Vietnamese drafting numbers with, in their order: đ has its own place, ă â ê ô ơ ư are passed over.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"

_LETTER_RANK = {letter: rank for rank, letter in enumerate(POINT_LETTERS, start=1)}
_SUFFIX = rf"[{POINT_LETTERS}](?:[1-9][0-9]?)?"  # what later acts insert: Điều 23a, khoản 1b, điểm c1
_NUMBERED = re.compile(rf"([1-9][0-9]{{0,3}})({_SUFFIX})?")
_LETTERED = re.compile(_SUFFIX)
_INSTRUMENT = re.compile(r"([0-9]{1,6})[a-zA-ZđĐ]?(?:/([0-9]{4}))?/([^\W\d_][\w&-]*)")
_MEND = "write it as INSTRUMENT/ARTICLE.CLAUSE.POINT, for example 72/2013/NĐ-CP/5.1.a"


@total_ordering
@dataclass(frozen=True, slots=True)
class ClauseRef:
    """One place in a legal text. Sorts by year and number of the instrument, then 5 < 23 < 23a < 23d < 23đ.

    Args:
        instrument: the number as printed, for example `72/2013/NĐ-CP`; leading zeros stay.
        article: number with the letters of later insertions as printed, for example `23đ`; None: the whole instrument.
        clause: likewise; None means the whole article, or an article that has points only.
        point: a letter, for example `a` or `c1`; None means the whole clause.

    Raises:
        BadInput: a part is not of that form, or a clause or point comes without an article.
    """

    instrument: str
    article: str | None = None
    clause: str | None = None
    point: str | None = None

    def __post_init__(self) -> None:
        for part in ("instrument", "article", "clause", "point"):
            value = getattr(self, part)
            if value is not None:
                object.__setattr__(self, part, unicodedata.normalize("NFC", value))
        _check_instrument(self.instrument)
        for part, value in (("article", self.article), ("clause", self.clause)):
            if value is not None and not _NUMBERED.fullmatch(value):
                raise BadInput(f"{value!r} is not the number of a {part}", mend=_mend_for(value))
        if self.point is not None and not _LETTERED.fullmatch(self.point):
            raise BadInput(f"{self.point!r} is not the letter of a point", mend=_mend_for(self.point))
        if self.article is None and (self.clause is not None or self.point is not None):
            raise BadInput("a clause or point without its article", mend=_MEND)

    @classmethod
    def parse(cls, text: str) -> "ClauseRef":
        """Reads the written form; see the module's text for how instrument and article path are told apart.

        Raises:
            BadInput: the text is not a reference; the message names the part at fault.
        """
        reference = unicodedata.normalize("NFC", text).strip()
        head, slash, tail = reference.rpartition("/")
        if not slash:
            raise BadInput(f"{text!r} is not a reference to a legal text", mend=_MEND)
        if not tail[:1].isdigit():
            return cls(reference)
        article, *rest = tail.split(".")
        point = rest.pop() if rest and not rest[-1][:1].isdigit() else None
        if len(rest) > 1:
            raise BadInput(f"{tail!r} has too many parts", where=repr(text), mend=_MEND)
        return cls(head, article, rest[0] if rest else None, point)

    def __str__(self) -> str:
        if self.article is None:
            return self.instrument
        return f"{self.instrument}/" + ".".join(part for part in (self.article, self.clause, self.point) if part)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, ClauseRef):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple:
        number, year, notation = _INSTRUMENT.fullmatch(self.instrument).groups()
        # The printed number comes last so that 07/2008 and 7/2008 are ordered and still not equal.
        instrument = (int(year or 0), int(number), notation, self.instrument)
        return instrument, _part_order(self.article), _part_order(self.clause), _part_order(self.point)

    def to_dict(self) -> dict[str, str | None]:
        """The form used in JSON: `{"instrument", "article", "clause", "point"}`, absent parts null."""
        return {"instrument": self.instrument, "article": self.article, "clause": self.clause, "point": self.point}

    def format_vi(self, instrument_title: str | None = None) -> str:
        """As Vietnamese papers cite it, smallest part first: `điểm a khoản 1 Điều 5`.

        Args:
            instrument_title: what to call the instrument, put at the end (`Nghị định số 72/2013/NĐ-CP`); None leaves
                it out, except that a reference to the whole instrument then gives its number.
        """
        names = (("điểm", self.point), ("khoản", self.clause), ("Điều", self.article))
        words = [f"{name} {value}" for name, value in names if value is not None]
        if instrument_title or not words:
            words.append(instrument_title or self.instrument)
        return " ".join(words)

    def format_en(self, instrument_title: str | None = None) -> str:
        """Largest part first: `Article 20, clause 4, point a`; arguments as for format_vi."""
        names = (("Article", self.article), ("clause", self.clause), ("point", self.point))
        place = ", ".join(f"{name} {value}" for name, value in names if value is not None)
        if not place:
            return instrument_title or self.instrument
        return f"{place} of {instrument_title}" if instrument_title else place


def _check_instrument(instrument: str) -> None:
    match = _INSTRUMENT.fullmatch(instrument)
    if not match or not match[3][0].isupper() or not instrument.isprintable():
        raise BadInput(
            f"{instrument!r} is not the number of a legal instrument",
            mend="write number, year and notation as printed, for example 72/2013/NĐ-CP or 874/QĐ-BTTTT",
        )


def _mend_for(value: str) -> str:
    if value != value.lower():
        return "write the letters of articles, clauses and points in lower case"
    if value.startswith("0"):
        return "leave out the leading zero"
    return f"numbers start at 1 and the letters are {' '.join(POINT_LETTERS)}"


def _part_order(part: str | None) -> tuple[int, int, int]:
    """(number, rank of the letter, number after the letter); what is absent counts as before everything present."""
    if part is None:
        return (-1, 0, 0)
    digits = re.match(r"[0-9]*", part)[0]
    suffix = part[len(digits) :]
    return (int(digits or 0), _LETTER_RANK.get(suffix[:1], 0), int(suffix[1:] or 0))
