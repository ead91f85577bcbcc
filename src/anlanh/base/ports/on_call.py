"""The port through which somebody is called at any hour: a room of work asks, whoever keeps the rota answers."""

import uuid
from collections.abc import Collection
from typing import Protocol

from anlanh.base.actor import system
from anlanh.base.identity import queries as identity
from anlanh.base.identity.policy import capabilities_of


class Rota(Protocol):
    """Whoever knows who is on call now."""

    def on_call(self, organisation_id: uuid.UUID) -> Collection[uuid.UUID]:
        """The refs of the people on call at this moment; none when nobody is named."""
        ...


_bound: Rota | None = None


def bind(implementation: Rota) -> None:
    """Binds the room that keeps the rota; called once, by `server`."""
    global _bound
    _bound = implementation


def addresses(organisation_id: uuid.UUID, capability: str) -> list[tuple[str, str]]:
    """Whom to call: e-mail address and language of those on call who may do what is needed.

    Where no rota is kept, or nobody on it may, everybody who may is called: better many than none.
    """
    people = [
        member for member in identity.members(system(organisation_id)) if capability in capabilities_of(member.roles)
    ]
    named = set(_bound.on_call(organisation_id)) if _bound else set()
    called = [member for member in people if member.ref in named] or people
    return [(member.account.email, member.account.language) for member in called]
