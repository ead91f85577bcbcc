"""What an organisation sets for itself, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anlanh.law.pack import vietnam
from anlanh.web.console.templatetags.console import said
from anlanh.work.casework.preferences.actions import LONGEST_UNDO


def _unless_set() -> str:
    return gettext("%(number)s unless you set your own, from %(least)s to %(most)s. %(source)s.")


class PreferencesForm(forms.Form):
    """What an organisation sets for its own casework: one field of its own, and one for each house rule of the pack."""

    undo_seconds = forms.IntegerField(
        label=_("Seconds in which a decision can be taken back"),
        min_value=0,
        max_value=LONGEST_UNDO,
        help_text=_("Letters and orders to the platform wait that long. 0 lets them leave at once."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.rules = [rule for rule in vietnam().house_rules.values() if rule.choosable]
        for rule in self.rules:
            words = {"number": rule.number, "least": rule.at_least, "most": rule.at_most, "source": said(rule.source)}
            self.fields[rule.id] = forms.IntegerField(
                label=said(rule.title),
                min_value=rule.at_least,
                max_value=rule.at_most,
                required=False,
                help_text=gettext("%(number)s unless you set your own, from %(least)s to %(most)s. %(source)s.")
                % words,
            )

    def clean(self) -> dict[str, Any]:
        """An emptied field goes back to the number of the pack."""
        values = super().clean()
        return values | {rule.id: rule.number for rule in self.rules if values.get(rule.id, 0) is None}

    def numbers(self) -> list[forms.BoundField]:
        """The fields of the house rules."""
        return [self[rule.id] for rule in self.rules]
