"""The writers of identity: each checks who may, changes rows and records the act, in one transaction.

An action that changes who works in an organisation holds the organisation's row, so that two of them can't together do
what neither may alone, such as removing the last administrator.
"""

from anlanh.base.identity.actions.founding import found_organisation, open_first_sign_up
from anlanh.base.identity.actions.leaving import erase_person, leave
from anlanh.base.identity.actions.machines import issue_credential, revoke_credential
from anlanh.base.identity.actions.organisations import create_organisation, found_administrator
from anlanh.base.identity.actions.people import (
    accept_invitation,
    change_roles,
    invite,
    set_preferences,
    set_supervisor,
    withdraw_invitation,
)

__all__ = [
    "accept_invitation",
    "change_roles",
    "create_organisation",
    "erase_person",
    "found_administrator",
    "found_organisation",
    "invite",
    "issue_credential",
    "leave",
    "open_first_sign_up",
    "revoke_credential",
    "set_preferences",
    "set_supervisor",
    "withdraw_invitation",
]
