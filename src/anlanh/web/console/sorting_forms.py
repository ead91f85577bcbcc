"""What staff fill in when a petition is sorted, passed on or answered."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from anlanh.web.console.forms import Area
from anlanh.web.console.templatetags.console import said
from anlanh.work.casework.actions.sorting import bodies_today, kinds
from anlanh.work.casework.queries import ReportLine


class SortForm(forms.Form):
    """Which report is what kind of petition."""

    report = forms.ChoiceField(label=_("Which report"))
    procedure = forms.ChoiceField(
        label=_("What it is"), widget=forms.RadioSelect, error_messages={"required": _("Choose what it is.")}
    )
    reason = forms.CharField(label=_("Why"), widget=Area(2), error_messages={"required": _("Say in a sentence why.")})

    def __init__(self, *args: object, reports: Sequence[ReportLine], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["report"].choices = [(str(report.id), report.reference) for report in reports]
        self.fields["procedure"].choices = [(name, said(table.subject)) for name, table in kinds().items()]


class TransferForm(forms.Form):
    """To which body a case goes that is not ours."""

    body = forms.ChoiceField(label=_("To which body"), error_messages={"required": _("Choose the body.")})
    reason = forms.CharField(
        label=_("Why it is theirs"),
        widget=Area(2),
        help_text=_("Everybody who reported reads this in a letter."),
        error_messages={"required": _("Say why; those who reported read it.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        listed = sorted((said(body.title), name) for name, body in bodies_today().items())
        self.fields["body"].choices = [("", _("Choose…")), *((name, title) for title, name in listed)]


class PetitionForm(forms.Form):
    """The answer to a petition."""

    words = forms.CharField(
        label=_("Your answer"),
        widget=Area(6),
        help_text=_("The person reads it as you write it, with our greeting before it."),
        error_messages={"required": _("Write the answer.")},
    )
