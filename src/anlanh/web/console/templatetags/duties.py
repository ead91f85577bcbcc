"""Words and looks of the duty board in templates."""

from django import template
from django.template import Context

from anlanh.law.pack import vietnam
from anlanh.reporting.board import wording
from anlanh.reporting.board.judging import MET
from anlanh.reporting.signing.queries import public_signatures
from anlanh.web.components.states import look_of
from anlanh.web.law_words import language

register = template.Library()
_SIGNED = "law_signatures"  # where a request keeps what it has read


@register.filter
def look_key(state: str) -> str:
    """The name of a state among the looks: a duty is met by more than times kept."""
    return "fulfilled" if state == MET else state


@register.filter
def tone(state: str) -> str:
    """The tone of a state."""
    return look_of(look_key(state)).tone


@register.filter
def look_icon(state: str) -> str:
    """The icon of a state."""
    return look_of(look_key(state)).icon


@register.filter
def state_title(state: str) -> str:
    """What a state of the board is called."""
    return str(wording.STATE_TITLES[state])


@register.filter
def strength_title(strength: str) -> str:
    """How far a duty binds."""
    return str(wording.STRENGTH_TITLES[strength])


@register.filter
def act_name(act_type: str) -> str:
    """What people call a type of act, whether this version records it or not."""
    return wording.act_name(act_type)


@register.filter
def kind_title(kind: str) -> str:
    """What a kind of evidence is called."""
    return vietnam().vocabulary["evidence"][kind].in_language(language()) if kind else ""


@register.inclusion_tag("console/_signed.html", takes_context=True)
def law_mark(context: Context, kind: str, identifier: str) -> dict:
    """Whether a lawyer has signed a value of the law that the page uses; read once a request."""
    request, law = context["request"], vietnam()
    if not hasattr(request, _SIGNED):
        setattr(request, _SIGNED, public_signatures(law))
    return {"standing": getattr(request, _SIGNED).on(kind, identifier)}
