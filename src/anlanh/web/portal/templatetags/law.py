"""Words of the law book in templates."""

from django import template

from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.reporting.signing.queries import Signed
from anlanh.web.law_words import language

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """A text of the pack in the language of the page."""
    return text.in_language(language())


@register.filter
def printed(identifier: str) -> str:
    """An id as people read it: with đ where the paper has it."""
    duty = vietnam().duties.get(identifier)
    return duty.printed_id if duty else identifier


@register.filter
def signer(signed: Signed) -> str:
    """Whose lawyer signed."""
    return signed.organisation_en if language() == "en" and signed.organisation_en else signed.organisation
