"""What staff fill in when a life may be in danger or a child may be abused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.web.console.forms import Area
from anlanh.web.console.templatetags.console import said
from anlanh.work.casework.actions.protection import police_today


class DangerForm(forms.Form):
    """What points to a danger to somebody's life."""

    note = forms.CharField(
        label=_("What points to it"), widget=Area(2), error_messages={"required": _("Say what points to it.")}
    )


class ReferralForm(forms.Form):
    """To which body of the police a case was referred, and how."""

    body = forms.ChoiceField(label=_("To which police"), error_messages={"required": _("Choose the body.")})
    how = forms.CharField(
        label=_("How it was told, and where the proof is"),
        widget=Area(2),
        error_messages={"required": _("Say how it was told.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [("", _("Choose…")), *((k, said(b.title)) for k, b in police_today().items())]
