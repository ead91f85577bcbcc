"""What two people do at the same moment."""

import threading
import uuid

import pytest
from django.db import connection

from anlanh.base.actor import Actor
from anlanh.base.identity import actions
from anlanh.base.identity.actions.parts import administrators
from anlanh.primitives.errors import BadInput
from tests.builders import build_platform


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other() -> None:
    office = build_platform()
    first, second = office.actor("admin"), office.members["second"].ref
    actions.change_roles(first, second, ["administrator"])
    together, refused = threading.Barrier(2), []

    def demote(actor: Actor, ref: uuid.UUID) -> None:
        try:
            together.wait(timeout=10)
            actions.change_roles(actor, ref, ["moderator"])
        except BadInput as fault:
            refused.append(fault)
        finally:
            connection.close()

    pairs = [(first, second), (office.actor("second"), first.ref)]
    threads = [threading.Thread(target=demote, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 1
    assert len(administrators(office.organisation.id)) == 1
