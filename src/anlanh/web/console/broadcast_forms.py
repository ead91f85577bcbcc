"""What staff fill in about a broadcast."""

from django import forms
from django.utils.translation import gettext_lazy as _

_TIME = {"inputmode": "numeric", "placeholder": "0:12:30", "autocomplete": "off"}


class LengthForm(forms.Form):
    """How long it was."""

    length = forms.CharField(
        label=_("Length of the broadcast"),
        max_length=20,
        required=False,
        widget=forms.TextInput(_TIME),
        help_text=_("Hours, minutes and seconds. Leave it empty if you do not know it."),
    )


class ClipForm(forms.Form):
    """A clip with the stretch that it shows."""

    clip = forms.FileField(label=_("Clip"), error_messages={"required": _("Choose the file.")})
    starts = forms.CharField(
        label=_("Starts at"),
        max_length=20,
        widget=forms.TextInput(_TIME),
        help_text=_("Counted from the beginning of the broadcast, such as 0:12:30."),
        error_messages={"required": _("Say where the clip starts.")},
    )
    ends = forms.CharField(
        label=_("Ends at"),
        max_length=20,
        widget=forms.TextInput(_TIME),
        error_messages={"required": _("Say where the clip ends.")},
    )
    clip_relied_on = forms.BooleanField(
        label=_("The decision relies on it: the letter names this stretch; the recording itself stays here"),
        required=False,
    )
