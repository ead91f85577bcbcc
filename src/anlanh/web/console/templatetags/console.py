"""`{% load console %}`: words of the law pack in the language of the page."""

import json
from datetime import datetime

from django import template

from anlanh.base import clock
from anlanh.law.help_lines import HelpLine
from anlanh.law.model import Text
from anlanh.law.pack import vietnam
from anlanh.web.console.act_words import subject_title
from anlanh.web.console.presets import filled_in
from anlanh.web.law_words import certainty_of, clause_text, clause_title, language
from anlanh.work.casework import measures, steps
from anlanh.work.casework.categories import title_of
from anlanh.work.casework.letters import word_for
from anlanh.work.casework.models import Appeal, Case, Decision, Preset, Proposal
from anlanh.work.casework.naming import GroundSaid, ground_said
from anlanh.work.casework.queries import MOST_COUNTED, Waiting

register = template.Library()
register.filter("clause_title", clause_title)
register.filter("clause_text", clause_text)
register.filter("subject_title", subject_title)


@register.filter
def in_words(code: str, vocabulary: str) -> str:
    """What the pack calls a code of one of its vocabularies; the code itself when it is not there."""
    text = vietnam().vocabulary.get(vocabulary, {}).get(code)
    return said(text) if text else code


@register.filter
def said(text: Text) -> str:
    """A text of the pack in the language of the page."""
    return text.in_language(language())


@register.filter
def certainty_words(code: str) -> str:
    """How sure the pack is of a value, in words."""
    sure = certainty_of(code)
    return str(sure[1]) if sure else ""


@register.filter
def measure_title(decision: Decision | Preset) -> str:
    """The measure of a decision or of a preset with its terms."""
    text = measures.named(decision.measure).described(measures.Terms.of(decision), language())
    return text[0].upper() + text[1:]


@register.filter
def ground_of(row: Decision | Preset | Proposal) -> GroundSaid:
    """The ground of a row in words, with which kind it is."""
    return ground_said(row, language())


@register.filter
def measure_label(code: str) -> str:
    """What a measure is called, without its terms."""
    return said(measures.named(code).words.label)


@register.filter
def answer_due(appeal: Appeal) -> datetime:
    """Until when an appeal is to be answered."""
    return steps.answer_due(appeal)


@register.filter
def as_filled_in(preset: Preset) -> str:
    """What a preset fills in, as JSON for the page's script."""
    return json.dumps(filled_in(preset), ensure_ascii=False)


@register.filter
def measure_terms(code: str) -> str:
    """The terms that a measure takes, so that the page shows their fields only."""
    return " ".join(sorted(measures.named(code).terms))


@register.simple_tag
def help_lines(occasion: str) -> list[HelpLine]:
    """Whom to call on such an occasion, as the pack lists them."""
    return [line for line in vietnam().help_lines.values() if occasion in line.occasions]


@register.filter
def category_title(code: str) -> str:
    """The category in words."""
    return title_of(code)


@register.filter
def code_word(code: str) -> str:
    """A code word of an act in the language of the page."""
    return word_for(code, language())


@register.filter
def seconds_left(moment: datetime) -> int:
    """How many whole seconds are left until then."""
    return max(0, int((moment - clock.now()).total_seconds()))


@register.filter
def phase_title(case: Case) -> str:
    """The case's phase, as its procedure calls it."""
    phase = vietnam().procedures[case.procedure].phases[case.phase]
    return said(phase.title)


@register.filter
def bounded(number: int, waiting: Waiting | None) -> str:
    """A number of what waits; with a plus where more was not counted."""
    if waiting is None or not waiting.more:
        return str(number)
    return f"{min(number, MOST_COUNTED - 1)}+"
