"""Two organisations that know each other's addresses but not each other's rows."""

import pytest

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.identity.models import Organisation
from anlanh.primitives.ids import new_person_ref
from anlanh.work.registry.policy import MANAGE, VIEW


def _registrar(code: str) -> Actor:
    row = Organisation.objects.create(code=code, kind="licensed-social-network", name=code, created_at=clock.now())
    return Actor(ActorKind.MEMBER, row.id, new_person_ref(), frozenset({VIEW, MANAGE}))


@pytest.fixture
def registrar(db: None) -> Actor:
    return _registrar("mang")


@pytest.fixture
def neighbour(db: None) -> Actor:
    return _registrar("khac")


@pytest.fixture
def onlooker(registrar: Actor) -> Actor:
    """Somebody of the same organisation with no capability at all."""
    return Actor(ActorKind.MEMBER, registrar.organisation_id, new_person_ref())
