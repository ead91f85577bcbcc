"""Who does an act: what every action and every query is handed, whatever face the call came through."""

import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field


class ActorKind(enum.StrEnum):
    """The kinds of doers that an act can name."""

    MEMBER = "member"
    MACHINE = "machine"
    SYSTEM = "system"
    PUBLIC = "public"


class NotAllowed(Exception):
    """The actor lacks a capability, or a rule (not the decider, second person) forbids the step.

    Args:
        text: shown to the person, so it says what is missing and who could do it; may be left out for a capability.
        capabilities: those of which one is needed. Pages then say it with their titles, in the reader's language.
    """

    def __init__(self, text: str = "", *, capabilities: Iterable[str] = ()) -> None:
        self.capabilities = tuple(capabilities)
        super().__init__(text or f"this needs the capability {' or '.join(self.capabilities)}")


class NotFound(Exception):
    """There is nothing the actor may see under that name. Says the same whether the row exists elsewhere or nowhere."""


@dataclass(frozen=True)
class Actor:
    """One doer inside one organisation.

    Args:
        kind: member of staff, machine with a key, the system itself, or a member of the public.
        organisation_id: the organisation on whose rows the act is done.
        ref: the person's random id in that organisation, the key's id for a machine, a party's ref for the public;
            None only for the system.
        capabilities: what the roles held allow, as `area.verb` names.
        name: how pages call the person; never written to an act.
    """

    kind: ActorKind
    organisation_id: uuid.UUID
    ref: uuid.UUID | None = None
    capabilities: frozenset[str] = field(default_factory=frozenset)
    name: str = field(default="", compare=False)

    def can(self, capability: str) -> bool:
        """Whether the actor holds the capability; the system holds all."""
        return self.kind is ActorKind.SYSTEM or capability in self.capabilities

    def require(self, *capabilities: str) -> None:
        """Refuses unless the actor holds the capability, or one of them where several would do.

        Raises:
            NotAllowed: naming the capabilities, of which one is needed.
        """
        if not any(self.can(capability) for capability in capabilities):
            raise NotAllowed(capabilities=capabilities)


def system(organisation_id: uuid.UUID) -> Actor:
    """The system itself, acting for an organisation: jobs, reactions, sealing."""
    return Actor(ActorKind.SYSTEM, organisation_id)
