"""Reactions run with their act, whole or not at all, and what a rule forbids goes to a person."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from anlanh.base.actor import NotAllowed, system
from anlanh.base.acts import reactions
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.acts.types import ActType, declare
from anlanh.base.outbox.channels import Refused, TryLater
from anlanh.base.outbox.delivery import work_once
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import open_task
from anlanh.connectors.reactions import ReactionChannel
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id

ACT, NAME = "test_reaction.happened", "test_reactions.follow"

Declare = Callable[[Callable[[Act], None]], None]


@pytest.fixture
def follow(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Declares the reaction under test, for this test alone."""
    declare(ActType(ACT, "organisation", {"vi": "Xảy ra", "en": "Happened"}))
    monkeypatch.setattr(reactions, "_reactions", dict(reactions._reactions))
    return lambda run: reactions.react(NAME, ACT)(run) and None


def happen(office: Any) -> Act:
    with transaction.atomic():
        return record(system(office.organisation.id), Draft(ACT, Subject("organisation", new_id(), new=True)))


def message_for(act: Act) -> Message:
    return Message.objects.get(act_id=act.id, channel="reaction:" + NAME)


def test_a_reaction_runs_once_for_its_act(platform: Any, follow: Declare) -> None:
    seen: list[uuid.UUID] = []
    follow(lambda act: seen.append(act.id))
    act = happen(platform)
    while work_once():
        pass
    assert seen == [act.id]
    assert message_for(act).state == Message.State.DONE


def test_what_a_failing_reaction_wrote_is_undone(platform: Any, follow: Declare) -> None:
    def half(act: Act) -> None:
        open_task(act.organisation_id, "half", f"half:{act.id}")
        raise RuntimeError("then the light went out")

    follow(half)
    message = message_for(happen(platform))
    with pytest.raises(RuntimeError):
        ReactionChannel().deliver(message)
    assert not Task.objects.exists()


@pytest.mark.parametrize("fault", [NotAllowed("không được"), BadInput("không được")])
def test_what_a_rule_forbids_goes_to_a_person(platform: Any, follow: Declare, fault: Exception) -> None:
    def refuse(_act: Act) -> None:
        raise fault

    follow(refuse)
    message = message_for(happen(platform))
    with pytest.raises(Refused, match="không được"):
        ReactionChannel().deliver(message)


def test_a_reaction_that_waits_goes_on_waiting(platform: Any, follow: Declare) -> None:
    def wait(_act: Act) -> None:
        raise TryLater("not yet")

    follow(wait)
    with pytest.raises(TryLater, match="not yet"):
        ReactionChannel().deliver(message_for(happen(platform)))


def test_an_unknown_reaction_waits_for_a_newer_version(platform: Any) -> None:
    message = Message(organisation=platform.organisation, channel="reaction:no.such", payload={"act": str(new_id())})
    with pytest.raises(TryLater, match=r"no\.such"):
        ReactionChannel().deliver(message)


def test_another_organisations_act_is_not_there(platform: Any, other: Any, follow: Declare) -> None:
    follow(lambda _act: pytest.fail("ran"))
    message = Message(organisation=other.organisation, channel="reaction:" + NAME)
    message.payload = {"act": str(happen(platform).id)}
    with pytest.raises(Refused):
        ReactionChannel().deliver(message)
