"""What follows from a register: earlier violations may bring accounts to a number of the law."""

from anlanh.base.acts.models import Act
from anlanh.base.acts.reactions import react
from anlanh.work.casework.importing.fields import STRIKES
from anlanh.work.casework.importing.models import ImportItem
from anlanh.work.casework.repeats.actions import consider_accounts


@react("imports.consider_accounts", "import.done")
def consider_accounts_of(act: Act) -> None:
    """Opens a case for each account that the register brought to a number; a person considers it, nothing is locked."""
    if act.clear["kind"] == STRIKES:
        added = ImportItem.objects.filter(source_id=act.subject_id, outcome="added")
        consider_accounts(act.organisation_id, added.values("subject_id"))
