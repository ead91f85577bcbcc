"""Cases of a queue that some roles alone see: every query is asked for them by somebody without the role."""

import pytest

from anlanh.base.actor import Actor, ActorKind, NotAllowed
from anlanh.primitives.errors import BadInput
from anlanh.work.casework.desk import actions as desk
from anlanh.work.casework.models import Case
from tests.architecture.test_tenancy_queries import outcome, owned_readers
from tests.architecture.world import World, everyone

pytestmark = pytest.mark.django_db

# Readers that may name a case of a closed queue, and why that is right.
KNOWN = {
    "acts": "the log is read whole by those who look after it; clear fields name nobody",
    "act": "likewise",
    "acts_behind": "likewise, behind a duty's line",
    "running_clocks": "times of a case by its id; the case itself stays shut",
    "tasks": "what failed names its case by id; the case itself stays shut",
    "task": "likewise",
    "importing.queries.items": "of a register that the importer brought in: numbers there, ids here",
    "importing.queries.prove": "likewise",
    "sealed_cases": "for those named for denunciations, whatever the queue",
    "opened_case": "likewise",
}


def test_no_query_shows_cases_of_a_closed_queue(theirs: World) -> None:
    admin = theirs.office.actor("admin")
    closed = desk.write_queue(admin, desk.QueueInput(name="Kín", seen_by=["order_officer"]))
    Case.objects.update(queue=closed)
    holder = everyone(theirs.office)
    key = Actor(ActorKind.MACHINE, holder.organisation_id, holder.ref, holder.capabilities)
    told = {str(case.id) for case in Case.objects.all()} | {case.number for case in Case.objects.all()}
    leaks = {}
    for function, names in owned_readers():
        name = f"{function.__module__}.{function.__name__}"
        if any(name.endswith(f".{known}") for known in KNOWN):
            continue
        try:
            found = outcome(function, key, names, theirs.ids)
        except (BadInput, NotAllowed) as fault:
            found = str(fault)
        if shown := {mark for mark in told if mark in found}:
            leaks[name] = len(shown)
    assert leaks == {}
