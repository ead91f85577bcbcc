"""The forms with which an organisation drafts and publishes its own rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.law.pack import vietnam
from anlanh.web.console.forms import Area
from anlanh.web.console.templatetags.console import in_words
from anlanh.work.policies import drafting
from anlanh.work.policies.actions import LONGEST_REASON


class TitleForm(forms.Form):
    """What the document is called."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title_vi = forms.CharField(
        label=_("Title in Vietnamese"),
        max_length=drafting.LONGEST_TITLE,
        error_messages={"required": _("Give it a title.")},
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=drafting.LONGEST_TITLE, required=False)


class ClauseForm(forms.Form):
    """One clause of the draft."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    number = forms.CharField(
        label=_("Number"),
        max_length=20,
        help_text=_("Like 3 or 3.2; clauses stand in the order of their numbers."),
        error_messages={"required": _("Give it a number.")},
    )
    title_vi = forms.CharField(
        label=_("Heading in Vietnamese"),
        max_length=drafting.LONGEST_TITLE,
        error_messages={"required": _("Give it a heading.")},
    )
    text_vi = forms.CharField(
        label=_("Words in Vietnamese"),
        widget=Area(8),
        help_text=_("Short sentences that a fourteen-year-old understands. Letters quote them word for word."),
        error_messages={"required": _("Write the clause.")},
    )
    title_en = forms.CharField(label=_("Heading in English"), max_length=drafting.LONGEST_TITLE, required=False)
    text_en = forms.CharField(label=_("Words in English"), widget=Area(6), required=False)
    categories = forms.MultipleChoiceField(
        label=_("What content it concerns"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Deciders of such cases see the clause first. It decides nothing."),
    )
    about_state = forms.BooleanField(
        label=_("It concerns national security, or what is said of public bodies"),
        required=False,
        help_text=_("Then only a person who has weighed the case can cite it; no machine and no preset can."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        words = vietnam().vocabulary["categories"]
        self.fields["categories"].choices = [(code, _first_up(in_words(code, "categories"))) for code in words]


class PasteForm(forms.Form):
    """A whole text."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("The whole text in Vietnamese"),
        widget=Area(10),
        help_text=_("Each clause begins on a line of its own with its number, like “3.2. Spam”."),
        error_messages={"required": _("Paste the text.")},
    )


class PublishForm(forms.Form):
    """From which day the draft is in force."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    starts_on = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today means from the moment you publish. Nothing binds backwards."),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose the day.")},
    )


class WithdrawForm(forms.Form):
    """Why a version is withdrawn."""

    reason = forms.CharField(label=_("Why"), widget=Area(2), max_length=LONGEST_REASON)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
