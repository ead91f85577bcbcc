"""Who may do what with the register."""

from anlanh.base.actor import Actor

VIEW = "registry.view"
MANAGE = "registry.manage"


def require_view(actor: Actor) -> None:
    """Reading the register.

    Raises:
        NotAllowed: without the capability.
    """
    actor.require(VIEW)


def require_manage(actor: Actor) -> None:
    """Adding and changing pages.

    Raises:
        NotAllowed: without the capability.
    """
    actor.require(MANAGE)
