"""What a report can be about, as the law pack lists it, in the language of whoever reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.law.report_types import Question

CHILD = "child"


@dataclass(frozen=True)
class Category:
    """One answer to "what is wrong with it?".

    Args:
        title: what the choice is called.
        help: one sentence that tells it from its neighbours.
        questions: what reports of this kind are asked, by the name of the answer.
    """

    title: str | Promise
    help: str | Promise
    questions: Mapping[str, Question]


class _Categories(Mapping[str, Category]):
    """The pack's list, read when first asked, since programs import this that need no pack."""

    def __getitem__(self, code: str) -> Category:
        entry = vietnam().report_types[code]
        return Category(said(entry.title), said(entry.help), entry.questions)

    def __iter__(self) -> Iterator[str]:
        return iter(vietnam().report_types)

    def __len__(self) -> int:
        return len(vietnam().report_types)


CATEGORIES: Mapping[str, Category] = _Categories()


def title_of(code: str) -> str:
    """The category's name in the current language; the code itself for one that is no longer offered."""
    return str(CATEGORIES[code].title) if code in CATEGORIES else code


def _in_language(text: Text) -> str:
    return text.in_language(get_language() or "vi")


said = lazy(_in_language, str)  # a text of the pack, in the language of the page that it comes to stand on
