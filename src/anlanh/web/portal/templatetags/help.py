"""`{% load help %}`: whom to call in danger, from the law pack."""

from django import template

from anlanh.law.pack import vietnam
from anlanh.web.law_words import certainty_of, language

register = template.Library()


@register.inclusion_tag("portal/_help_lines.html")
def help_lines(occasion: str) -> dict:
    """Buttons that call the numbers for an occasion, each with where it is known from."""
    here = language()
    lines = [line for line in vietnam().help_lines.values() if occasion in line.occasions]
    return {
        "lines": [
            {
                "number": line.number,
                "title": line.title.in_language(here),
                "source": line.source.in_language(here),
                "certainty": certainty_of(line.certainty),
            }
            for line in lines
        ]
    }
