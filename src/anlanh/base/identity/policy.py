"""Roles and the capabilities they carry. Code asks for capabilities; only people's pages speak of roles."""

import uuid

from anlanh.base.actor import Actor, ActorKind

ROLES: dict[str, frozenset[str]] = {
    "administrator": frozenset(
        {"people.manage", "keys.manage", "organisation.manage", "tasks.handle", "imports.run", "duties.view"}
        | {"terms.manage"}
    ),
    "moderator": frozenset(
        {
            "cases.view",
            "cases.review",
            "cases.decide",
            "reporters.view",
            "registry.view",
            "tasks.handle",
            "quality.look",
        }
    ),
    "appeals_officer": frozenset({"cases.view", "appeals.hear", "registry.view", "quality.look"}),
    "order_officer": frozenset(
        {"cases.view", "cases.review", "cases.decide", "orders.enter", "registry.view", "tasks.handle"}
    ),
    "order_verifier": frozenset({"cases.view", "orders.verify", "registry.view"}),
    "registrar": frozenset({"registry.view", "registry.manage", "imports.run"}),
    "denunciation_officer": frozenset({"cases.view", "denunciations.handle"}),
    "child_protection_officer": frozenset(
        {"cases.view", "cases.review", "cases.decide", "reporters.view", "registry.view", "child_material.view"}
        | {"quality.look"}
    ),
    "inspector": frozenset({"cases.view", "ledger.view", "registry.view", "duties.view"}),
    "compliance_officer": frozenset(
        {"duties.view", "duties.prove", "cases.view", "ledger.view", "registry.view", "tasks.handle"} | {"terms.manage"}
    ),
    "legal_reviewer": frozenset({"duties.view", "law.sign", "tasks.handle"}),
}

MACHINE_CAPABILITIES = frozenset(
    {"reports.file", "registry.view", "registry.manage", "cases.view", "cases.review", "cases.decide", "orders.enter"}
    | {"ledger.view", "duties.view"}
)


def capabilities_of(roles: list[str]) -> frozenset[str]:
    """All capabilities that the named roles carry; an unknown role carries none."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


def actor_for_member(membership: object) -> Actor:
    """The actor that a live membership stands for."""
    return Actor(
        ActorKind.MEMBER,
        membership.organisation_id,
        membership.ref,
        capabilities_of(membership.roles),
        membership.name,
    )


def actor_for_credential(credential: object) -> Actor:
    """The actor that a machine's key stands for."""
    capabilities = frozenset(credential.capabilities) & MACHINE_CAPABILITIES
    return Actor(ActorKind.MACHINE, credential.organisation_id, credential.id, capabilities, credential.name)


def public_actor(organisation_id: uuid.UUID, ref: uuid.UUID | None = None) -> Actor:
    """A member of the public who writes to an organisation; `ref` is the party's random id once there is one."""
    return Actor(ActorKind.PUBLIC, organisation_id, ref)
