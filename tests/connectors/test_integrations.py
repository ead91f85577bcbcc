"""A measure from its decision to the platform and back, over an integration that an administrator set up."""

import json
from typing import Any

import pytest

from anlanh.base.actor import NotAllowed
from anlanh.base.acts.models import Act, CommittedValue
from anlanh.base.identity.policy import public_actor
from anlanh.base.outbox.models import Message, Task
from anlanh.primitives.errors import BadInput
from anlanh.server.worker import drain
from anlanh.work.casework import queries
from anlanh.work.casework.actions import intake, integrations, measures, review
from anlanh.work.casework.actions.decide import DecisionInput, decide
from anlanh.work.casework.actions.intake import ReportInput
from anlanh.work.casework.models import Case, Integration, Measure, Notice, Party
from anlanh.work.casework.queries.integrations import live_integration
from anlanh.work.casework.queries.wanted import letter_has_address, measure_waits
from tests.peers import MailServer, Reply, WebhookReceiver

REPORTER = "nguoi-bao@thu.example"


def set_up(office: Any, receiver: WebhookReceiver) -> None:
    integration, receiver.secret = integrations.set_up(office.actor("admin"), receiver.url)
    receiver.key_id = integration.key_id


def removal(office: Any) -> Measure:
    """A report taken up and decided: the content is to be removed."""
    organisation = office.organisation
    given = ReportInput(
        "https://mang.example/bai/1", "fraud", "Bài này lừa người xem chuyển tiền.", reporter_email=REPORTER
    )
    filed = intake.file_report(public_actor(organisation.id), organisation.id, given)
    moderator = office.actor("moderator")
    review.claim(moderator, filed.case.id)
    ground = queries.grounds_for(moderator, filed.case.id)[0]
    seen = queries.case_page(moderator, filed.case.id).seen
    given = DecisionInput("remove", ground.id, "Bài hứa trả gấp đôi tiền.", "Trang này đăng ba lần.", seen=seen)
    return decide(moderator, filed.case.id, given).carried_out


def test_a_removal_reaches_the_platform_and_its_receipt_the_case(
    platform: Any, webhook_receiver: WebhookReceiver, smtp_server: MailServer
) -> None:
    set_up(platform, webhook_receiver)
    webhook_receiver.next_replies = [Reply(503), Reply(200, {}, b'{"removed": 3, "took": 0.25}')]

    measure = removal(platform)
    drain()
    Message.objects.filter(channel="webhook").update(next_at=measure.ordered_at)
    drain()

    first, second = webhook_receiver.calls
    assert first.key == second.key
    assert webhook_receiver.genuine(second, float(second.headers["X-AnLanh-Timestamp"]))
    assert second.order["page"]["address"] == "https://mang.example/bai/1"
    assert REPORTER not in second.body.decode()
    measure.refresh_from_db()
    assert measure.state == Measure.State.APPLIED
    assert not measure.by_hand
    assert json.loads(measure.receipt["body"]) == {"removed": 3, "took": 0.25}
    assert Act.objects.filter(type="measure.applied").count() == 1
    assert not Task.objects.filter(kind="delivery_failed").exists()
    # Nobody confirmed the reporter's address yet, so all that went there asks for just that.
    (letter,) = smtp_server.to(REPORTER)
    assert "/xac-nhan-thu/" in letter.text
    assert not Message.objects.filter(channel="mail", payload__has_key="body").exists()


def test_a_call_that_comes_twice_is_recorded_once(platform: Any, webhook_receiver: WebhookReceiver) -> None:
    set_up(platform, webhook_receiver)
    removal(platform)
    drain()
    Message.objects.filter(channel="webhook").update(state=Message.State.WAITING)
    drain()
    assert len(webhook_receiver.done) == 1
    assert Act.objects.filter(type="measure.applied").count() == 1


def test_what_was_done_by_hand_meanwhile_is_not_sent_and_a_letter_without_address_neither(
    platform: Any, webhook_receiver: WebhookReceiver
) -> None:
    set_up(platform, webhook_receiver)
    measure = removal(platform)
    measures.carried_out_by_hand(platform.actor("moderator"), measure.id, "apply", "Đã gỡ bằng tay.")
    assert not measure_waits(measure.id, "apply")
    assert not measure_waits(measure.id, "reverse")
    assert not any(letter_has_address(notice.id) for notice in Notice.objects.all())
    drain()
    assert webhook_receiver.calls == []
    assert not Task.objects.filter(kind="delivery_failed").exists()

    Party.objects.filter(email=REPORTER).update(email_confirmed_at=measure.ordered_at)
    assert letter_has_address(Notice.objects.get(recipient__email=REPORTER, kind__startswith="measure").id)


def test_an_address_that_webhooks_can_not_go_to_is_refused_at_once(platform: Any) -> None:
    with pytest.raises(BadInput) as fault:
        integrations.set_up(platform.actor("admin"), "http://nhan.example/")
    assert fault.value.where == "url"
    assert not Integration.objects.exists()


def test_only_who_manages_keys_sets_up_and_sees(platform: Any, other: Any) -> None:
    integrations.set_up(platform.actor("admin"), "https://nhan.example/hook")
    moderator = platform.actor("moderator")
    for attempt in (
        lambda: integrations.set_up(moderator, "https://nhan.example/hook"),
        lambda: integrations.end(moderator),
        lambda: live_integration(moderator),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert live_integration(other.actor("admin")) is None
    assert integrations.end(other.actor("admin")) == 0
    assert live_integration(platform.actor("admin")).url == "https://nhan.example/hook"


def test_a_new_integration_ends_the_old_one_and_the_secret_is_in_no_act(platform: Any) -> None:
    admin = platform.actor("admin")
    first, old = integrations.set_up(admin, "https://cu.example/hook")
    second, new = integrations.set_up(admin, "https://moi.example/hook")
    assert old != new
    assert first.key_id != second.key_id
    assert list(Integration.objects.filter(active=True)) == [second]
    assert live_integration(admin).key_id == second.key_id
    assert integrations.end(admin) == 1
    assert live_integration(admin) is None
    acts = Act.objects.filter(subject_kind="integration").order_by("recorded_at", "id")
    assert sorted(acts.values_list("type", flat=True)) == ["integration.ended"] * 2 + ["integration.set_up"] * 2
    written = "".join(acts.values_list("leaf", flat=True)) + str(list(CommittedValue.objects.values_list("value")))
    assert old not in written
    assert new not in written


def test_without_an_integration_a_person_is_asked(platform: Any, webhook_receiver: WebhookReceiver) -> None:
    measure = removal(platform)
    drain()
    assert measure.by_hand
    assert Task.objects.filter(kind="measure_by_hand").count() == 1
    assert Case.objects.count() == 1
    assert webhook_receiver.calls == []
