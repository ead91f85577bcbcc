"""The one screen on which a call is typed in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from anlanh.web.console.forms import Area
from anlanh.work.casework.actions.intake import ReportInput
from anlanh.work.casework.categories import CATEGORIES, said
from anlanh.work.casework.details import AGREED

ASKED = "ask"  # begins the names of the questions of a kind of report: ask-KIND-QUESTION


class CallForm(forms.Form):
    """A call: what it is about, who calls, what was said. The questions of every kind stand there; one kind's count."""

    text = forms.CharField(
        label=_("What the caller says"),
        widget=Area(5),
        max_length=5000,
        error_messages={"required": _("Write down in a sentence what the caller says.")},
    )
    category = forms.ChoiceField(
        label=_("What is wrong there"), error_messages={"required": _("Choose what is wrong.")}
    )
    address = forms.CharField(
        label=_("Address of the page"), max_length=8000, required=False, widget=forms.TextInput({"inputmode": "url"})
    )
    concerns_child = forms.BooleanField(label=_("A child is affected"), required=False)
    threatens_life = forms.BooleanField(label=_("Somebody's life is in danger now"), required=False)
    advice_only = forms.BooleanField(label=_("Advice only, no report"), required=False)
    anonymous = forms.BooleanField(label=_("The caller stays unnamed"), required=False)
    reporter_name = forms.CharField(label=_("Name of the caller"), max_length=120, required=False)
    reporter_email = forms.EmailField(label=_("E-mail of the caller"), required=False)
    happened_at = forms.DateTimeField(
        label=_("When the call came, if earlier"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    backdating_reason = forms.CharField(label=_("Why it is typed in later"), max_length=500, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        listed = [(code, entry.title) for code, entry in CATEGORIES.items()]
        self.fields["category"].choices = [("", _("Choose…")), *listed]
        for code, entry in CATEGORIES.items():
            for question in entry.questions.values():
                self.fields[f"{ASKED}-{code}-{question.id}"] = _question_field(question)

    def asked(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions of each kind that has some."""
        for code, entry in CATEGORIES.items():
            if entry.questions:
                yield code, [self[f"{ASKED}-{code}-{name}"] for name in entry.questions]

    def clean(self) -> dict[str, Any]:
        """A report needs its page; advice needs none."""
        values = super().clean()
        if not values.get("advice_only") and not values.get("address"):
            self.add_error("address", _("Ask for the address, or mark the call as advice only."))
        return values

    def report(self) -> ReportInput:
        """The call as a report."""
        given = self.cleaned_data
        named = not given["anonymous"]
        return ReportInput(
            address=given["address"],
            category=given["category"],
            text=given["text"],
            concerns_child=given["concerns_child"],
            threatens_life=given["threatens_life"],
            details=_answers(given),
            reporter_name=given["reporter_name"] if named else "",
            reporter_email=given["reporter_email"] if named else "",
            via="phone",
            happened_at=given["happened_at"],
            backdating_reason=given["backdating_reason"],
        )


def _answers(given: Mapping[str, Any]) -> dict[str, str]:
    """What was answered to the questions of the kind chosen."""
    questions = CATEGORIES[given["category"]].questions
    said_to = {name: given[f"{ASKED}-{given['category']}-{name}"] for name in questions}
    return {name: AGREED if value is True else str(value or "") for name, value in said_to.items()}


def _question_field(question: Any) -> forms.Field:
    if question.kind == "choice":
        options = [("", _("not asked")), *((word, said(text)) for word, text in question.options.items())]
        return forms.ChoiceField(label=said(question.title), choices=options, required=False)
    if question.kind == "statement":
        return forms.BooleanField(label=said(question.help), required=False)
    return forms.CharField(label=said(question.title), max_length=1000, required=False)
