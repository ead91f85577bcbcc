"""Builders of organisations and people for tests: through the same actions as the program, so nothing is half-made."""

import uuid
from dataclasses import dataclass

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.identity import actions
from anlanh.base.identity.models import Membership, Organisation
from anlanh.base.identity.policy import actor_for_member
from tests.kept import Rows, keep, lay_down

PASSWORD = "mat-khau-du-dai-2026"

PEOPLE = {
    "admin": ["administrator"],
    "moderator": ["moderator"],
    "second": ["moderator"],
    "appeals": ["appeals_officer"],
    "officer": ["order_officer"],
    "verifier": ["order_verifier"],
    "registrar": ["registrar"],
    "inspector": ["inspector"],
    "compliance": ["compliance_officer"],
    "lawyer": ["legal_reviewer"],
}


@dataclass
class Office:
    """An organisation and its people by nickname.

    Args:
        organisation: the row.
        members: nickname → membership.
    """

    organisation: Organisation
    members: dict[str, Membership]

    def actor(self, nickname: str) -> Actor:
        """The person as an actor, with the roles held now."""
        self.members[nickname].refresh_from_db()
        return actor_for_member(self.members[nickname])

    def email(self, nickname: str) -> str:
        """The address the person signs in with; the password is `PASSWORD`."""
        return self.members[nickname].account.email


def build_platform(code: str = "mang", name: str = "Mạng Thử", kind: str = "licensed-social-network") -> Office:
    """An organisation with one person for each role, each able to sign in.

    A process builds it once, and once for each time that tests set the clock to, and lays its rows down afterwards.
    """
    key = (code, name, kind, clock.now() if clock.is_set() else None)
    if key not in _KEPT:
        office, rows = keep(lambda: _build(code, name, kind))
        _KEPT[key] = rows and (rows, office.organisation.pk, {name: row.pk for name, row in office.members.items()})
        return office
    if _KEPT[key] is None:
        return _build(code, name, kind)
    rows, organisation, keys = _KEPT[key]
    lay_down(rows)
    members = Membership.objects.select_related("account", "organisation").in_bulk(keys.values())
    return Office(Organisation.objects.get(pk=organisation), {name: members[key] for name, key in keys.items()})


# For a code, a name, a kind and a set clock: the rows, the key of the organisation, the keys of its people.
_KEPT: dict[tuple, tuple[Rows, uuid.UUID, dict[str, uuid.UUID]] | None] = {}


def _build(code: str, name: str, kind: str) -> Office:
    organisation = actions.create_organisation(code=code, kind=kind, name=name)
    admin = actions.found_administrator(organisation, f"admin@{code}.example", "Quản trị", PASSWORD)
    members = {"admin": admin}
    for nickname, roles in PEOPLE.items():
        if nickname == "admin":
            continue
        _, token = actions.invite(actor_for_member(admin), f"{nickname}@{code}.example", nickname.title(), roles)
        members[nickname] = actions.accept_invitation(token, nickname.title(), PASSWORD)
    return Office(organisation, members)
