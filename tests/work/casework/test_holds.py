"""Safeguard 2: screening may hold a page for a bounded time; a person decides, and no job ever does."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity.actions import issue_credential
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.server.worker import drain
from anlanh.work.casework.actions import decide, review
from anlanh.work.casework.desk.plans import DANGER
from anlanh.work.casework.holds import actions as holds
from anlanh.work.casework.holds import screening as screening_holds
from anlanh.work.casework.holds.queries import hold_of
from anlanh.work.casework.holds.screening import Flag
from anlanh.work.casework.models import Case, Decision, Notice
from tests.builders import Office
from tests.work.casework.steps_of import GROUND, decision_input, fresh_address, report, verified_order

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


@pytest.mark.parametrize("measure", ["remove", "no_action"])
def test_what_was_decided_meanwhile_is_not_lifted(platform: Office, measure: str) -> None:
    case, moderator = report(platform).case, platform.actor("moderator")
    holds.place(screening(platform), case.id, GROUND, "phrase:17")
    review.claim(moderator, case.id)
    decide.decide(moderator, case.id, decision_input(measure))
    told = Notice.objects.filter(case=case, kind="hold_lifted_affected")
    before = told.count()
    for actor in (moderator, screening(platform)):
        with pytest.raises(BadInput):
            holds.lift(actor, case.id, "Trang mở từ trước.")
    assert told.count() == before, "nobody is told that a removed page is shown again"


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


CHILD = next(ground.id for ground in vietnam().grounds.values() if ground.category == "child")
OTHER = next(
    ground.id
    for ground in vietnam().grounds.values()
    if ground.screening_allowed and ground.category not in {"fraud", "malware", "child"}
)
FRAUD = next(
    ground.id
    for ground in vietnam().grounds_on(civil_date(clock.now()))
    if ground.category == "fraud" and ground.screening_allowed
)
SAFEGUARD_3 = next(ground.id for ground in vietnam().grounds.values() if not ground.screening_allowed)


def flag(**fields: Any) -> Flag:
    """A verdict on a page that nobody reported."""
    return Flag(**{"address": fresh_address(), "source": "domain", "ground": FRAUD, "rule": "domains:7", **fields})


def test_what_nobody_reported_is_held_and_waits_for_a_person(platform: Office) -> None:
    row = screening_holds.hold(screening(platform), flag(found="ngan-hang-gia.example trong câu đầu"))
    case, moderator = Case.objects.get(id=row.case_id), platform.actor("moderator")
    assert case.kind == "screening"
    assert case.due_at == row.until, "somebody should have decided by then"
    assert not Decision.objects.exists()
    with clock.set_to(row.until):
        assert held_until(moderator, case.id) is None, "no job ran"
    review.claim(moderator, case.id)
    decision = decide.decide(moderator, case.id, decision_input(ground=FRAUD))
    assert (decision.found_by, decision.machine_part) == ("screening", "screened")
    told = decision.notices.get(role="affected").body
    assert "tự động" in told
    assert "khiếu nại" in told


def test_a_page_that_was_reported_is_held_in_its_case(platform: Office) -> None:
    case = report(platform).case
    row = screening_holds.hold(screening(platform), flag(address=case.page.address))
    assert row.case_id == case.id
    later = report(platform, address=case.page.address)
    assert later.case.id == case.id
    fresh = screening_holds.hold(screening(platform), flag())
    assert report(platform, address=fresh.case.page.address).case.id == fresh.case_id


def test_a_person_lets_it_stand_and_screening_holds_it_no_more(platform: Office) -> None:
    given = flag()
    row, moderator = screening_holds.hold(screening(platform), given), platform.actor("moderator")
    review.claim(moderator, row.case_id)
    decide.decide(moderator, row.case_id, decision_input("no_action", ground=FRAUD))
    assert Notice.objects.filter(case=row.case, kind="hold_lifted_affected").count() == 1
    with pytest.raises(BadInput) as refusal:
        screening_holds.hold(screening(platform), given)
    assert refusal.value.where == "address"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"source": "phrase"}, "source"),
        ({"source": "model"}, "source"),
        ({"ground": OTHER}, "ground"),
        ({"source": "image"}, "ground"),
        ({"source": "domain", "ground": CHILD}, "ground"),
        ({"source": "copy"}, "decision"),
        ({"source": "copy", "decision_id": new_id()}, "decision"),
        ({"found": "a" * 2001}, "found"),
    ],
)
def test_what_holds_nothing(platform: Office, fields: dict, where: str) -> None:
    with pytest.raises(BadInput) as refusal:
        screening_holds.hold(screening(platform), flag(**fields))
    assert refusal.value.where == where
    assert not Case.objects.exists()


def test_a_copy_is_held_while_what_it_copies_stands(platform: Office, other: Office) -> None:
    moderator = platform.actor("moderator")
    filed = report(platform)
    review.claim(moderator, filed.case.id)
    decision = decide.decide(moderator, filed.case.id, decision_input(ground=FRAUD))
    assert screening_holds.hold(screening(platform), flag(source="copy", decision_id=decision.id))
    for actor, ground in ((screening(other), FRAUD), (screening(platform), OTHER)):
        with pytest.raises(BadInput):
            screening_holds.hold(actor, flag(source="copy", decision_id=decision.id, ground=ground))
    decision.overturned_at = clock.now()
    decision.save()
    with pytest.raises(BadInput):
        screening_holds.hold(screening(platform), flag(source="copy", decision_id=decision.id))


def test_the_hash_of_abuse_takes_the_stricter_path(platform: Office) -> None:
    row = screening_holds.hold(screening(platform), flag(source="image", ground=CHILD))
    case = Case.objects.get(id=row.case_id)
    assert case.concerns_child
    assert case.tier == DANGER
    with pytest.raises((NotAllowed, BadInput)):
        screening_holds.hold(screening(platform), flag(ground=SAFEGUARD_3))
    with pytest.raises(NotAllowed):
        screening_holds.hold(screening(platform), flag(ground=SECURITY))
    with pytest.raises(NotAllowed):
        screening_holds.hold(replace(screening(platform), capabilities=frozenset()), flag())


def test_the_log_names_no_decision_that_nobody_looked_up(platform: Office) -> None:
    row = screening_holds.hold(screening(platform), flag(decision_id=new_id()))
    assert "decision" not in Act.objects.get(subject_id=row.case_id, type="content.flagged").clear


def test_lifting_on_the_page_tells_the_account(platform: Office) -> None:
    row = screening_holds.hold(screening(platform), flag(found="Tên miền giả ở câu đầu"))
    client = Client(headers={"accept-language": "vi"})
    client.force_login(platform.members["moderator"].account)
    page = f"/console/cases/{row.case_id}/"
    shown = client.get(page).content.decode()
    assert "domains:7" in shown
    assert "Tên miền giả ở câu đầu" in shown
    client.post(f"{page}hold/lift/", {"reason": " "})
    assert held_until(platform.actor("moderator"), row.case_id)
    client.post(f"{page}hold/lift/", {"reason": "Trang chính thức của ngân hàng."})
    assert held_until(platform.actor("moderator"), row.case_id) is None
    assert Notice.objects.filter(case=row.case, kind="hold_lifted_affected", role="affected").count() == 1


def test_the_api_takes_verdicts_and_nothing_private(platform: Office) -> None:
    _row, key = issue_credential(platform.actor("admin"), "rà soát", ["cases.review", "cases.view"])

    def post(body: Any) -> Any:
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": body.pop("key", "a" * 20)}
        return Client().post(
            "/api/v1/screening/holds", json.dumps(body), content_type="application/json", headers=headers
        )

    whole = {"address": fresh_address(), "audience": "public", "source": "domain", "ground": FRAUD, "rule": "d:1"}
    first, again = post(dict(whole)), post(dict(whole))
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert Case.objects.count() == 1
    assert post({**whole, "key": "b" * 20, "audience": "private"}).status_code == 422
    assert post({**whole, "key": "c" * 20}).status_code == 422, "held once"
