"""Keys of machines: shown once, limited, ended at once."""

import pytest

from anlanh.base.actor import ActorKind
from anlanh.base.acts.models import Act
from anlanh.base.identity import actions, queries
from anlanh.base.identity.models import Credential
from anlanh.base.identity.policy import MACHINE_CAPABILITIES
from anlanh.base.identity.words import CAPABILITY_TITLES
from anlanh.primitives.errors import BadInput
from tests.builders import Office


def test_a_key_opens_what_it_says_and_no_more(platform: Office) -> None:
    credential, secret = actions.issue_credential(platform.actor("admin"), "Diễn đàn", ["reports.file", "cases.view"])
    actor = queries.actor_for_bearer(secret)
    assert (actor.kind, actor.ref, actor.organisation_id) == (
        ActorKind.MACHINE,
        credential.id,
        platform.organisation.id,
    )
    assert actor.capabilities == {"reports.file", "cases.view"}


def test_only_a_digest_of_the_secret_is_kept(platform: Office) -> None:
    credential, secret = actions.issue_credential(platform.actor("admin"), "Diễn đàn", ["cases.view"])
    act = Act.objects.get(subject_id=credential.id)
    assert secret not in (credential.secret_hash + act.leaf)
    assert act.clear == {"capabilities": ["cases.view"], "responsible": str(platform.members["admin"].ref)}
    assert "Diễn đàn" not in act.leaf


def test_a_revoked_key_opens_nothing(platform: Office) -> None:
    admin = platform.actor("admin")
    credential, secret = actions.issue_credential(admin, "K", ["cases.view"])
    actions.revoke_credential(admin, credential.id)
    actions.revoke_credential(admin, credential.id)
    assert queries.actor_for_bearer(secret) is None
    assert Act.objects.filter(subject_id=credential.id).count() == 2


@pytest.mark.parametrize("secret", ["", "anlanh_", "không phải khoá", "x" * 5000])
def test_what_is_no_key_opens_nothing(platform: Office, secret: str) -> None:
    assert queries.actor_for_bearer(secret) is None


@pytest.mark.parametrize(
    ("name", "capabilities", "where"),
    [("", ["cases.view"], "name"), ("K", [], "capabilities"), ("K", ["people.manage"], "capabilities")],
)
def test_a_key_needs_a_name_and_capabilities_for_machines(
    platform: Office, name: str, capabilities: list[str], where: str
) -> None:
    with pytest.raises(BadInput) as fault:
        actions.issue_credential(platform.actor("admin"), name, capabilities)
    assert fault.value.where == where


def test_a_capability_that_machines_lost_is_not_honoured(platform: Office) -> None:
    credential, secret = actions.issue_credential(platform.actor("admin"), "K", ["cases.view"])
    Credential.objects.filter(id=credential.id).update(capabilities=["people.manage", "cases.view"])
    assert queries.actor_for_bearer(secret).capabilities == {"cases.view"}


def test_every_role_and_capability_has_its_words() -> None:
    from anlanh.base.identity.policy import ROLES
    from anlanh.base.identity.words import ROLE_HELP, ROLE_TITLES

    assert set(CAPABILITY_TITLES) == MACHINE_CAPABILITIES.union(*ROLES.values())
    assert set(ROLE_TITLES) == set(ROLE_HELP) == set(ROLES)
