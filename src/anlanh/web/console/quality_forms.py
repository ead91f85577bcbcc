"""What is filled in about second looks."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.identity.queries import organisation
from anlanh.base.ports import terms
from anlanh.web.console.forms import Area
from anlanh.web.console.grounds import GroundGroup, OwnRules
from anlanh.web.console.templatetags.console import said
from anlanh.web.law_words import clause_title, language
from anlanh.work.casework import measures, steps
from anlanh.work.casework.grounds import parsed
from anlanh.work.casework.naming import as_word, terms_name
from anlanh.work.casework.quality.drawing import SamplingRule
from anlanh.work.casework.quality.models import SecondLook

RULE_KINDS = {
    "all": _("Every decision"),
    "routine": _("Decisions begun with a preset"),
    "ground": _("Decisions on the ground"),
    "measure": _("Decisions on the measure"),
    "newcomer": _("A person's first decisions, up to"),
    "machine": _("Decisions in which a machine took part"),
}
MORE_LINES = 2  # empty ones under the rules that there are


class OwnJudgementForm(forms.Form):
    """What the second person would have decided, before they see what was."""

    measure = forms.ChoiceField(
        label=_("What would you do?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would do.")},
    )
    ground = forms.ChoiceField(
        label=_("On which ground?"), error_messages={"required": _("Choose the clause that the page is held against.")}
    )
    reasons = forms.CharField(
        label=_("Why?"),
        widget=Area(4),
        help_text=_("What you see, and what follows from it. You can't change it once the decision is shown."),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args: object, grounds: Iterable[GroundGroup], own: OwnRules, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(code, said(kind.words.label)) for code, kind in measures.KINDS.items()]
        choices = [
            (
                group.title.capitalize(),
                [(one.id, f"{said(one.title)} · {clause_title(one.id)}") for one in group.grounds],
            )
            for group in grounds
        ]
        rules = [(rule.word, f"{rule.title} · {rule.cited}") for rule in (*own.likely, *own.others)]
        if rules:
            choices.append((gettext("Your own rules, not law"), rules))
        self.fields["ground"].choices = [("", _("Choose…")), *choices]


class CompareForm(forms.Form):
    """How the two judgements compare."""

    outcome = forms.ChoiceField(
        label=_("How do the two compare?"),
        choices=SecondLook.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the two compare.")},
    )
    reasons = forms.CharField(
        label=_("Why"),
        widget=Area(4),
        required=False,
        help_text=_("The decider reads this, without your name. Say what you would do, and why."),
    )


class CorrectForm(forms.Form):
    """Why a decision is put right; the letters carry it."""

    reasons = forms.CharField(
        label=_("Why the decision was wrong"),
        widget=Area(4),
        help_text=_("Everybody concerned reads exactly this."),
        error_messages={"required": _("Say why.")},
    )


class RuleForm(forms.Form):
    """One rule of the plan; a line without a percentage is left out."""

    kind = forms.ChoiceField(label=_("Which decisions"), choices=RULE_KINDS.items())
    value = forms.CharField(
        label=_("Ground, measure or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"list": "rule-values"}),
    )
    percent = forms.IntegerField(label=_("Percent"), min_value=0, max_value=100, required=False)

    def rule(self) -> SamplingRule | None:
        """The rule, if the line says one."""
        values = self.cleaned_data
        if values.get("percent") is None:
            return None  # an emptied line takes its rule out
        value = values["value"].strip() if values["kind"] in ("ground", "measure", "newcomer") else ""
        return SamplingRule(values["kind"], values["percent"], value)


RulesForm = forms.formset_factory(RuleForm, extra=MORE_LINES, max_num=40, absolute_max=42)


def value_choices(actor: Actor) -> list[tuple[str, str]]:
    """What the value of a rule may be, for the page's list of suggestions."""
    kinds = [(code, said(kind.words.label)) for code, kind in measures.KINDS.items()]
    laws = [(one.id, said(one.title)) for one in sorted(steps.pack().grounds.values(), key=lambda one: one.ref)]
    office = organisation(actor)
    own = [
        (as_word("", one.id), terms_name(one, office, language()))
        for one in terms.bound().in_force(actor.organisation_id, clock.now())
    ]
    return kinds + laws + own


def rule_words(rule: SamplingRule, actor: Actor) -> str:
    """A rule in words, without its percentage."""
    value = ground_title(rule.value, actor) if rule.kind == "ground" else rule.value
    if rule.kind == "measure":
        value = said(measures.named(rule.value).words.label)
    return f"{RULE_KINDS[rule.kind]} {value}".strip()


def ground_title(word: str, actor: Actor) -> str:
    """How papers cite a ground that is named in one word; of own rules with the words that they are not law."""
    law, own = parsed(word)
    if own is None:
        return clause_title(law)
    clause = terms.bound().clauses(actor.organisation_id, [own]).get(own)
    return terms_name(clause, organisation(actor), language()) if clause else word
