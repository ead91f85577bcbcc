"""Children and lives: digests alone for most eyes, people called at once, the police told by an act."""

import pytest
from django.test import Client

from anlanh.base.actor import Actor, NotAllowed
from anlanh.base.acts.models import Act
from anlanh.base.identity.actions import issue_credential
from anlanh.base.outbox.models import Message, Task
from anlanh.base.ports import on_call
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import queries
from anlanh.work.casework.actions import appeals, protection, review
from anlanh.work.casework.models import Case, Decision
from anlanh.work.casework.policy import MATERIAL
from tests.builders import Office
from tests.work.casework.steps_of import decided, door, fresh_address, integration, report, stored_file

pytestmark = pytest.mark.django_db


def named(platform: Office) -> Actor:
    """Somebody named for such files."""
    actor = platform.actor("moderator")
    return Actor(actor.kind, actor.organisation_id, actor.ref, actor.capabilities | {MATERIAL}, actor.name)


def child_case(platform: Office) -> tuple[Case, object]:
    """A report of suspected abuse, with a picture."""
    stored = stored_file(platform, "anh-be.png")
    type(stored).objects.filter(id=stored.id).update(media_type="image/png")
    answers = {"relation": "parent", "kind_of_harm": "sexual"}
    return report(platform, category="child", details=answers, file_ids=(stored.id,)).case, stored


def test_most_see_its_digest_alone(platform: Office) -> None:
    case, stored = child_case(platform)
    (line,) = queries.case_page(platform.actor("moderator"), case.id).evidence
    assert (line.restricted, line.shown, line.previewable) == (True, False, False)
    with pytest.raises(NotAllowed):
        queries.evidence_file(platform.actor("moderator"), case.id, stored.id)
    assert queries.evidence_file(named(platform), case.id, stored.id).sha256 == stored.sha256
    assert queries.case_page(named(platform), case.id).evidence[0].previewable is False, "no thumbnail for anybody"


def test_no_page_names_or_serves_it(platform: Office) -> None:
    case, stored = child_case(platform)
    client = Client()
    for nickname in platform.members:
        client.force_login(platform.members[nickname].account)
        page = client.get(f"/console/cases/{case.id}/").content.decode()
        assert "anh-be.png" not in page
        assert str(stored.id) not in page
        for end in ("", "preview/"):
            answer = client.get(f"/console/cases/{case.id}/evidence/{stored.id}/{end}")
            assert answer.status_code in {403, 404}, f"{nickname} {end}"


def test_what_is_written_in_a_child_s_case_is_for_those_who_work_on_it(platform: Office) -> None:
    integration(platform)
    decision = decided(platform, report(platform, concerns_child=True, text="Lời của bé."))
    appeals.file_appeal(*door(decision), "Đây là con tôi.")
    _row, key = issue_credential(platform.actor("admin"), "đọc", ["cases.view"])
    asked = Client().get(f"/api/v1/cases/{decision.case_id}", headers={"Authorization": f"Bearer {key}"}).json()
    assert [(one["measure"], one["facts"], one["subject_fact"]) for one in asked["decisions"]] == [("remove", "", "")]
    assert [one["text"] for one in (*asked["appeals"], *asked["reports"])] == ["", ""]
    written = (decision.facts, decision.subject_fact, "Lời của bé.", "Đây là con tôi.")
    for nickname, sees in (("inspector", False), ("compliance", False), ("moderator", True), ("appeals", True)):
        client = Client(headers={"accept-language": "vi"})
        client.force_login(platform.members[nickname].account)
        page = client.get(f"/console/cases/{decision.case_id}/").content.decode()
        assert f'id="decision-{decision.id}"' in page, nickname
        assert [text in page for text in written] == [sees] * 4, nickname
        assert ('id="letters-title"' in page) == sees
        assert ("chỉ hiện với người xử lý" in page) != sees
    assert Decision.objects.get(id=decision.id).facts == decision.facts, "nothing of it is taken out of the rows"


def test_staff_mark_a_file_and_the_case_takes_the_stricter_path(platform: Office) -> None:
    stored = stored_file(platform)
    case = report(platform, file_ids=(stored.id,)).case
    for _again in range(2):
        protection.restrict_file(platform.actor("moderator"), case.id, stored.id)
    case.refresh_from_db()
    assert case.concerns_child
    assert Act.objects.filter(subject_id=case.id, type="evidence.restricted").count() == 1
    with pytest.raises(NotAllowed):
        protection.restrict_file(platform.actor("inspector"), case.id, stored.id)


def test_the_police_are_told_by_an_act(platform: Office) -> None:
    case, stored = child_case(platform)
    with pytest.raises(BadInput):
        protection.refer_to_police(platform.actor("moderator"), case.id, "mocst", "Đã gửi.")
    protection.refer_to_police(platform.actor("moderator"), case.id, "mps-a05", "Gửi công văn số 12, có giấy báo nhận.")
    act = Act.objects.get(subject_id=case.id, type="case.referred")
    assert act.clear == {"body": "mps-a05", "files": [stored.sha256]}


def test_danger_calls_each_once_with_the_number_alone(platform: Office) -> None:
    address = fresh_address()
    report(platform, address)
    filed = report(platform, address, text="Nó sắp nhảy cầu.", threatens_life=True)
    report(platform, address, threatens_life=True)
    called = Message.objects.filter(channel="mail", key__startswith="danger:")
    assert {message.payload["to"] for message in called} == {
        platform.email(nickname) for nickname in ("moderator", "second", "officer")
    }
    assert called.count() == 3
    assert all(filed.case.number in message.payload["subject"] for message in called)
    assert not any("nhảy cầu" in message.payload["body"] for message in called)
    assert Task.objects.get(kind="life_in_danger").subject_id == filed.case.id
    assert queries.queue(platform.actor("moderator"), "all").first().id == filed.case.id


def test_who_is_on_call_is_called_alone(platform: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    class Rota:
        def on_call(self, _organisation_id: object) -> list:
            return [platform.members["second"].ref]

    monkeypatch.setattr(on_call, "_bound", Rota())
    report(platform, threatens_life=True)
    assert [m.payload["to"] for m in Message.objects.filter(key__startswith="danger:")] == [platform.email("second")]


def test_staff_mark_danger_too(platform: Office) -> None:
    case = report(platform).case
    review.claim(platform.actor("moderator"), case.id)
    with pytest.raises(BadInput):
        protection.mark_danger(platform.actor("moderator"), case.id, " ")
    for _again in range(2):
        protection.mark_danger(platform.actor("moderator"), case.id, "Bài viết như lời từ biệt.")
    assert Act.objects.filter(subject_id=case.id, type="danger.marked").count() == 1
    assert Task.objects.filter(kind="life_in_danger").count() == 1
    with pytest.raises(NotAllowed):
        protection.mark_danger(platform.actor("inspector"), case.id, "Thấy lo.")
