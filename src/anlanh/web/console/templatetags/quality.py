"""`{% load quality %}`: words of second looks."""

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _

from anlanh.web.console import quality_forms
from anlanh.work.casework.publishing.figures import HIDDEN
from anlanh.work.casework.quality.drawing import SamplingRule

register = template.Library()


@register.simple_tag(takes_context=True)
def rule_words(context: Context, rule: SamplingRule) -> str:
    """A rule in words, without its percentage."""
    return quality_forms.rule_words(rule, context["actor"])


@register.filter
def or_hidden(number: int) -> str:
    """A number, or that it is not shown."""
    return _("not shown") if number == HIDDEN else str(number)
