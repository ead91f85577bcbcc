"""What a person states of a duty."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.law.pack import vietnam
from anlanh.reporting.evidence.actions import LONGEST_NOTE
from anlanh.web.console.forms import Area
from anlanh.web.law_words import language

STATEMENTS = [("done", _("It was done")), ("nothing_happened", _("Nothing happened that asks for it"))]


def _kinds() -> list[tuple[str, str]]:
    words = vietnam().vocabulary["evidence"].items()
    return [("", str(_("— choose —"))), *((word, text.in_language(language())) for word, text in words)]


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EvidenceForm(forms.Form):
    """A statement, the days it speaks of, and where the proof is."""

    statement = forms.ChoiceField(
        label=_("What you state"), choices=STATEMENTS, initial="done", widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("Kind of evidence"), choices=_kinds, required=False)
    covers_from = forms.DateField(label=_("From"), widget=DayInput())
    covers_to = forms.DateField(label=_("Up to"), widget=DayInput())
    for_due = forms.DateField(
        label=_("For the date"),
        widget=DayInput(),
        required=False,
        help_text=_("Where the duty falls due on set dates: which one this is for."),
    )
    note = forms.CharField(label=_("What was done, and where the proof is"), widget=Area(3), max_length=LONGEST_NOTE)
    file = forms.FileField(label=_("File"), required=False)
