"""`{% load terms %}`: texts in two languages, in the language of the page."""

from django import template
from django.utils.translation import get_language

from anlanh.law.model import Text

register = template.Library()


@register.filter
def said(text: Text) -> str:
    """A text in the language of the page."""
    return text.in_language(get_language() or "vi")
