"""What follows from an act in another room: declared here by that room, run as a job after commit, once an act."""

from collections.abc import Callable
from dataclasses import dataclass

from anlanh.base.acts.models import Act

CHANNEL_PREFIX = "reaction:"


@dataclass(frozen=True)
class Reaction:
    """One declared reaction.

    Args:
        name: `package.verb`, unique; also the channel of its messages.
        act_type: the act it follows.
        run: gets the act; idempotent, since a lost worker's job is run again.
    """

    name: str
    act_type: str
    run: Callable[[Act], None]

    @property
    def channel(self) -> str:
        """The outbox channel that carries this reaction."""
        return CHANNEL_PREFIX + self.name


_reactions: dict[str, Reaction] = {}


def react(name: str, act_type: str) -> Callable[[Callable[[Act], None]], Callable[[Act], None]]:
    """Declares the function below as a reaction to acts of that type."""

    def keep(run: Callable[[Act], None]) -> Callable[[Act], None]:
        if name in _reactions:
            raise ValueError(f"reaction {name} is declared twice")
        _reactions[name] = Reaction(name, act_type, run)
        return run

    return keep


def reactions_to(act_type: str) -> list[Reaction]:
    """The reactions that acts of this type start, in order of declaration."""
    return [reaction for reaction in _reactions.values() if reaction.act_type == act_type]


def reaction_named(name: str) -> Reaction:
    """The reaction of that name.

    Raises:
        KeyError: when none is declared.
    """
    return _reactions[name]
