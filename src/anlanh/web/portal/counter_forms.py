"""What both sides of a claim of copyright fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.work.casework.claims.models import ClaimAnswer


class ProofForm(forms.Form):
    """Something with a file that shows it."""

    proof = forms.FileField(
        label=_("Something that shows it"),
        help_text=_("A clear picture or a PDF."),
        required=False,
        error_messages={"empty": _("The file is empty. Choose it again.")},
    )


class CounterForm(ProofForm):
    """A counter-notice."""

    field_order = ("text", "proof", "name", "address", "contact", "stated")

    text = forms.CharField(
        label=_("Why may you use it?"),
        help_text=_(
            "For example: you made it yourself, you have permission, it quotes a few lines, it is the wrong page."
        ),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Give your reason in at least one sentence")},
    )
    name = forms.CharField(
        label=_("Your full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your full name")},
    )
    address = forms.CharField(
        label=_("Address for papers of a court"),
        help_text=_("Where a court can reach you. The claimant gets it with your name."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Enter an address")},
    )
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        help_text=_("The claimant gets this, too. Leave it empty if they shall not have it."),
        max_length=120,
        required=False,
    )
    stated = forms.BooleanField(
        label=_("I state this"), error_messages={"required": _("Without this statement we cannot take it")}
    )


class AnswerForm(ProofForm):
    """A claimant's answer to a counter-notice."""

    field_order = ("kind", "body", "number", "lodged_on", "proof")

    kind = forms.ChoiceField(
        label=_("What do you say to it?"),
        choices=ClaimAnswer.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )
    body = forms.CharField(label=_("Which court or authority"), max_length=200, required=False)
    number = forms.CharField(label=_("Number of the matter, if there is one"), max_length=60, required=False)
    lodged_on = forms.DateField(
        label=_("On which day"),
        required=False,
        input_formats=["%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 31/12/2027")},
    )
