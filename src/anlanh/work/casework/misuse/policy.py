"""Who may do what about misuse."""

import uuid

from anlanh.base.actor import Actor
from anlanh.work.casework import policy
from anlanh.work.casework.misuse.models import Consequence

# Marks link the reports of one sender with each other, so they are for those who see reporters or hear appeals.
SEES = (policy.SEE_REPORTERS, "appeals.hear")


def require_may_take(actor: Actor) -> None:
    """Refuses who may not warn or limit: it takes deciding cases and seeing reporters.

    Raises:
        NotAllowed: naming what is missing, or for a machine or the system.
    """
    actor.require("cases.decide")
    actor.require(policy.SEE_REPORTERS)
    policy.require_member(actor)


def may_take(actor: Actor) -> bool:
    """Whether the actor could; for buttons."""
    return actor.can("cases.decide") and actor.can(policy.SEE_REPORTERS) and policy.is_member(actor)


def sees(actor: Actor) -> bool:
    """Whether the actor is shown what stands against a sender."""
    return any(actor.can(capability) for capability in SEES)


def handlers_of(consequence: Consequence) -> set[uuid.UUID]:
    """Who took part in a consequence: took it, marked what it counts, or worked on one of those cases."""
    marks = list(consequence.counted.all())
    handlers = {consequence.taken_by, *(mark.marked_by for mark in marks)}
    for case_id in {consequence.case_id, *(mark.case_id for mark in marks)}:
        handlers |= policy.handlers_of(case_id)
    return handlers


def may_hear(actor: Actor, consequence: Consequence) -> bool:
    """Whether the actor could hear the appeal against a consequence; for buttons and lists."""
    return (
        actor.can("appeals.hear")
        and policy.is_member(actor)
        and policy.is_independent(actor.ref, handlers_of(consequence))
    )
