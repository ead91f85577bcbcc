"""Builders of organisations and people for tests: through the same actions as the program, so nothing is half-made."""

from dataclasses import dataclass

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.identity import actions
from anlanh.base.identity.models import Membership, Organisation
from anlanh.base.identity.policy import actor_for_member
from tests.kept import Kept, keep

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

    A process builds it once and lays its rows down again afterwards, except where a test has set the clock.
    """
    if clock.is_set():
        return _build(code, name, kind)
    if (code, name, kind) not in _KEPT:
        office, _KEPT[code, name, kind] = keep(lambda: _build(code, name, kind))
        return office
    kept = _KEPT[code, name, kind]
    if kept is None:
        return _build(code, name, kind)
    kept.lay_down()
    members = Membership.objects.select_related("account", "organisation").in_bulk(
        [member.pk for member in kept.built.members.values()]
    )
    organisation = Organisation.objects.get(pk=kept.built.organisation.pk)
    return Office(organisation, {name: members[member.pk] for name, member in kept.built.members.items()})


_KEPT: dict[tuple[str, str, str], Kept[Office] | None] = {}


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
