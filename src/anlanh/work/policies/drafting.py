"""A clause as it is drafted: cleaned, checked, kept as JSON until it is published."""

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput

MOST_CLAUSES = 300
LONGEST_TITLE = 200
LONGEST_TEXT = 8000
LONGEST_WHOLE = 400_000  # characters of one document, all clauses and languages together
# Categories under which law reserves the decision to orders and to people; a clause about them is marked like that.
STATE_CATEGORIES = frozenset({"national_security", "state_secret"})

_NUMBER = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2}){0,3}")
# Control characters, halves of pairs, and marks that turn the reading direction of what stands after them.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True)
class Clause:
    """One clause of a draft.

    Args:
        number: such as `3.2`; clauses stand in the order of their numbers.
        title_vi, title_en: its heading; English may be empty.
        text_vi, text_en: its words; likewise.
        categories: the categories of content that it concerns, in the pack's words.
        about_state: it concerns national security, or what is said of public bodies.
        key: the same in every version; a new one for a new clause.
    """

    number: str
    title_vi: str
    text_vi: str
    title_en: str = ""
    text_en: str = ""
    categories: tuple[str, ...] = ()
    about_state: bool = False
    key: uuid.UUID | None = None

    @property
    def order(self) -> tuple[int, ...]:
        """What it is sorted by: 2.10 comes after 2.9."""
        return tuple(int(part) for part in self.number.split("."))

    @property
    def size(self) -> int:
        """How many characters it has."""
        return sum(map(len, (self.title_vi, self.title_en, self.text_vi, self.text_en)))

    def fields(self) -> dict[str, Any]:
        """The clause as the fields of a row."""
        return {**vars(self), "categories": list(self.categories)}

    def kept(self) -> dict[str, Any]:
        """The clause as JSON."""
        return {**self.fields(), "key": str(self.key)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Clause":
        """The clause that JSON holds."""
        return cls(**{**kept, "categories": tuple(kept["categories"]), "key": uuid.UUID(kept["key"])})


def cleaned(text: str, where: str, longest: int) -> str:
    """Words without what nobody sees, in one form of Unicode, trimmed.

    Raises:
        BadInput: longer than that; `where` names the field.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()
    if len(text) > longest:
        raise BadInput(_("longer than %(most)s characters") % {"most": longest}, where=where, mend=_("shorten it"))
    return text


def checked(given: Clause) -> Clause:
    """The clause, cleaned.

    Raises:
        BadInput: naming the field.
    """
    number = given.number.strip().rstrip(".")
    if not _NUMBER.fullmatch(number):
        raise BadInput(_("not a number of a clause"), where="number", mend=_("write it like 3 or 3.2"))
    words = {
        name: cleaned(getattr(given, name), name, LONGEST_TEXT if name.startswith("text") else LONGEST_TITLE)
        for name in ("title_vi", "title_en", "text_vi", "text_en")
    }
    for name in ("title_vi", "title_en"):
        words[name] = " ".join(words[name].split())
    for name in ("title_vi", "text_vi"):
        if not words[name]:
            raise BadInput(
                _("nothing is written"), where=name, mend=_("write it in Vietnamese; English may be left out")
            )
    if bool(words["title_en"]) != bool(words["text_en"]):
        missing = "text_en" if words["title_en"] else "title_en"
        raise BadInput(
            _("half of the clause is in English"), where=missing, mend=_("write both in English, or neither")
        )
    known = vietnam().vocabulary["categories"]
    categories = tuple(code for code in known if code in set(given.categories))
    if set(given.categories) - set(known):
        raise BadInput(_("no such category"), where="categories", mend=_("choose from the list"))
    about_state = given.about_state or bool(STATE_CATEGORIES & set(categories))
    return replace(given, number=number, categories=categories, about_state=about_state, **words)


def with_clause(draft: list[Clause], given: Clause) -> list[Clause]:
    """The draft with a checked clause put in, or in place of the one of its key, in the order of numbers.

    Raises:
        BadInput: another clause has the number, or there is too much of it all.
    """
    others = [one for one in draft if one.key != given.key]
    if any(one.number == given.number for one in others):
        raise BadInput(_("another clause has this number"), where="number", mend=_("give it another one"))
    found = sorted([*others, given], key=lambda one: one.order)
    require_fits(found)
    return found


def require_fits(draft: list[Clause]) -> None:
    """Refuses a draft that is too long.

    Raises:
        BadInput: too many clauses, or too many characters.
    """
    if len(draft) > MOST_CLAUSES:
        raise BadInput(_("more than %(most)s clauses") % {"most": MOST_CLAUSES}, mend=_("join some of them"))
    if sum(one.size for one in draft) > LONGEST_WHOLE:
        raise BadInput(_("longer than %(most)s characters altogether") % {"most": LONGEST_WHOLE}, mend=_("shorten it"))
