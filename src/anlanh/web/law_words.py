"""Words of the law pack in the language of the page: clauses as papers cite them, and how sure a rule is."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from anlanh.work.casework import letters

# How sure a rule is, from the text quoted word for word down to memory: its tone, and in words.
CERTAINTIES: dict[str, tuple[str, Promise]] = {
    "quoted": ("good", _("text of the law, word for word")),
    "read": ("good", _("text of the law, read in full")),
    "secondary": ("soon", _("told by another source; compare with the Official Gazette")),
    "recall": ("late", _("from memory; compare with the Official Gazette")),
    "source": ("soon", _("from guidance, not from a law")),
}


def language() -> str:
    """The language of the page."""
    return get_language() or "vi"


def clause_title(reference: object) -> str:
    """How papers cite the clause; empty for none."""
    return letters.clause_name(str(reference), language()) if reference else ""


def clause_text(reference: object) -> str:
    """What the clause says, in the pack's words; empty when the pack does not have it."""
    return letters.clause_words(str(reference), language()) if reference else ""


def certainty_of(code: str) -> tuple[str, str | Promise] | None:
    """Tone and words for how sure a rule is; None when nothing was said of it."""
    return CERTAINTIES.get(code, ("plain", code)) if code else None
