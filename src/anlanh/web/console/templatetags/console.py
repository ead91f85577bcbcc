"""`{% load console %}`: words of the law pack in the language of the page."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.work.casework import letters
from anlanh.work.casework.categories import title_of
from anlanh.work.casework.models import Case

register = template.Library()

# How sure a rule is, from the text quoted word for word down to memory.
CERTAINTIES: dict[str, tuple[str, Promise]] = {
    "quoted": ("good", _("text of the law, word for word")),
    "read": ("good", _("text of the law, read in full")),
    "secondary": ("soon", _("told by another source; compare with the Official Gazette")),
    "recall": ("late", _("from memory; compare with the Official Gazette")),
    "source": ("soon", _("from guidance, not from a law")),
}


@register.filter
def in_words(code: str, vocabulary: str) -> str:
    """What the pack calls a code of one of its vocabularies; the code itself when it is not there."""
    text = vietnam().vocabulary.get(vocabulary, {}).get(code)
    return said(text) if text else code


@register.filter
def said(text: Text) -> str:
    """A text of the pack in the language of the page."""
    return text.in_language(_language())


@register.filter
def clause_title(reference: str) -> str:
    """How papers cite the clause."""
    return letters.clause_name(str(reference), _language()) if reference else ""


@register.filter
def clause_text(reference: str) -> str:
    """What the clause says, in the pack's words; empty when the pack does not have it."""
    return letters.clause_words(str(reference), _language()) if reference else ""


@register.filter
def category_title(code: str) -> str:
    """The category in words."""
    return title_of(code)


@register.filter
def phase_title(case: Case) -> str:
    """The case's phase, as its procedure calls it."""
    phase = vietnam().procedures[case.procedure].phases[case.phase]
    return said(phase.title)


@register.filter
def certainty_words(code: str) -> str:
    """How sure a rule is, in words."""
    return str(CERTAINTIES[code][1]) if code in CERTAINTIES else code


@register.filter
def certainty_tone(code: str) -> str:
    """The tone in which that is shown."""
    return CERTAINTIES[code][0] if code in CERTAINTIES else "plain"


def _language() -> str:
    return get_language() or "vi"
