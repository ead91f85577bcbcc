"""Safeguard 2: screening may hold a page for a bounded time; a person decides, and no job ever does."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.identity.actions import issue_credential
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.server.worker import drain
from anlanh.work.casework.actions import decide, review
from anlanh.work.casework.holds import actions as holds
from anlanh.work.casework.holds.queries import hold_of
from anlanh.work.casework.models import Case, Decision, Notice
from tests.builders import Office
from tests.work.casework.steps_of import GROUND, decision_input, report, verified_order

pytestmark = pytest.mark.django_db
SECURITY = next(ground.id for ground in vietnam().grounds.values() if ground.national_security)


def held_until(actor: Actor, case_id: Any) -> Any:
    """Until when the page is held now."""
    found = hold_of(actor, case_id)
    return found and found.held_until


def screening(office: Office) -> Actor:
    """The machine that screens."""
    can = frozenset({"cases.view", "cases.review", "cases.decide"})
    return Actor(ActorKind.MACHINE, office.organisation.id, new_id(), can)


def test_a_hold_ends_at_its_time_with_the_worker_stopped(platform: Office) -> None:
    case, machine = report(platform).case, screening(platform)
    row = holds.place(machine, case.id, GROUND, "phrase:17")
    assert row.until - row.placed_at == timedelta(hours=vietnam().procedures["report"].hold.hours)
    with clock.set_to(row.until - timedelta(seconds=1)):
        assert held_until(machine, case.id) == row.until
    with clock.set_to(row.until):
        assert held_until(machine, case.id) is None, "no job ran"
        with pytest.raises(BadInput):
            holds.place(machine, case.id, GROUND, "phrase:17")


def test_no_job_decides_what_was_held(platform: Office) -> None:
    case = report(platform).case
    row = holds.place(screening(platform), case.id, GROUND, "phrase:17")
    with clock.set_to(row.until + timedelta(days=1)):
        drain()
    assert not Decision.objects.exists()
    assert Case.objects.get(id=case.id).phase == "received"
    case.page.refresh_from_db()
    assert case.page.state == "live"


def test_a_persons_decision_ends_it(platform: Office) -> None:
    case, moderator = report(platform).case, platform.actor("moderator")
    holds.place(screening(platform), case.id, GROUND, "phrase:17")
    review.claim(moderator, case.id)
    decide.decide(moderator, case.id, decision_input("no_action"))
    assert held_until(moderator, case.id) is None
    with pytest.raises(BadInput):
        holds.lift(moderator, case.id, " ")


def test_the_person_affected_is_told_why_and_until_when(platform: Office) -> None:
    case = report(platform).case
    holds.place(screening(platform), case.id, GROUND, "phrase:17")
    letter = Notice.objects.get(case=case, role="affected")
    assert "công cụ tự động" in letter.body
    assert vietnam().clauses[vietnam().grounds[GROUND].ref].summary.vi in letter.body


def test_a_person_lifts_it(platform: Office) -> None:
    case, moderator = report(platform).case, platform.actor("moderator")
    holds.place(screening(platform), case.id, GROUND, "phrase:17")
    holds.lift(moderator, case.id, "Bài báo trích dẫn.")
    assert held_until(moderator, case.id) is None
    with pytest.raises(BadInput):
        holds.lift(moderator, case.id, "Lần nữa.")


def test_no_hold_on_a_ground_of_national_security_nor_under_an_order(platform: Office, other: Office) -> None:
    case, machine = report(platform).case, screening(platform)
    with pytest.raises(NotAllowed):
        holds.place(machine, case.id, SECURITY, "model:1")
    for ground in ("", "không có"):
        with pytest.raises(BadInput):
            holds.place(machine, case.id, ground, "model:1")
    with pytest.raises(BadInput):
        holds.place(machine, verified_order(platform).id, GROUND, "model:1")
    with pytest.raises(NotFound):
        holds.place(screening(other), case.id, GROUND, "model:1")
    with pytest.raises(NotAllowed):
        holds.place(replace(machine, capabilities=frozenset({"cases.view"})), case.id, GROUND, "model:1")


def test_the_api_tells_until_when(platform: Office) -> None:
    case = report(platform).case
    _row, key = issue_credential(platform.actor("admin"), "rà soát", ["cases.review", "cases.view"])

    def call(method: str, path: str, body: Any = None) -> Any:
        content = {"data": json.dumps(body), "content_type": "application/json"} if body else {}
        return Client().generic(method, f"/api/v1{path}", headers={"Authorization": f"Bearer {key}"}, **content)

    held = call("POST", f"/cases/{case.id}/hold", {"ground": GROUND, "rule": "list:9"})
    assert held.status_code == 201
    assert call("GET", f"/cases/{case.id}").json()["held_until"] == held.json()["until"]
    assert call("POST", f"/cases/{case.id}/hold", {"ground": GROUND, "rule": "list:9"}).status_code == 422
    assert call("POST", f"/cases/{case.id}/hold", {"ground": GROUND, "rule": "với dấu cách"}).status_code == 422
