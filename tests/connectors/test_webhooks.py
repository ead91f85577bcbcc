"""Measures over webhooks: signed, sent again under one key, and settled by what the receiver answers."""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.outbox import channels
from anlanh.base.outbox.channels import Receipt, Refused, TryLater
from anlanh.base.outbox.delivery import work_once
from anlanh.base.outbox.models import Message, Task
from anlanh.base.outbox.queue import Draft, enqueue
from anlanh.connectors import webhooks
from anlanh.connectors.targets import Resolver
from anlanh.connectors.webhooks import WebhookChannel
from anlanh.primitives.canonical import canonical_bytes
from anlanh.work.casework.models import Integration
from tests.connectors.conftest import NAME, Certified
from tests.peers import Reply, WebhookReceiver

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MEASURE = str(uuid.uuid4())


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.set_to(NOW):
        yield


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What casework was told; the order it gives is a small one with Vietnamese in it."""
    told: list[tuple[Any, ...]] = []

    def order(measure_id: str, step: str) -> dict[str, Any]:
        return {"measure": measure_id, "step": step, "ground": "điểm d khoản 1 Điều 8"}

    monkeypatch.setattr(webhooks.wanted, "measure_waits", lambda _measure, _step: True)
    monkeypatch.setattr(webhooks.queries, "measure_order", order)
    monkeypatch.setattr(webhooks.measures, "record_carried_out", lambda *details: told.append(details))
    return told


def integrate(office: Any, receiver: WebhookReceiver, **changes: Any) -> Integration:
    details = {"url": receiver.url, "key_id": receiver.key_id, "secret": receiver.secret, "created_at": NOW, **changes}
    return Integration.objects.create(organisation=office.organisation, **details)


def queue(office: Any, step: str = "apply") -> Message:
    with transaction.atomic():
        draft = Draft("webhook", f"measure:{MEASURE}:{step}", {"measure": MEASURE, "step": step})
        return enqueue(office.organisation.id, [draft])[0]


def deliver(office: Any, channel: WebhookChannel | None = None, step: str = "apply") -> Receipt:
    return (channel or WebhookChannel()).deliver(queue(office, step))


def leading_to(*addresses: str) -> Resolver:
    return lambda _host, _port: addresses


def test_a_measure_is_sent_signed_and_its_receipt_kept(
    platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any]
) -> None:
    integrate(platform, webhook_receiver)
    webhook_receiver.next_replies = [Reply(200, {}, '{"mã": "B-12"}'.encode())]

    receipt = deliver(platform, step="reverse")

    (call,) = webhook_receiver.calls
    assert call.key == f"measure:{MEASURE}:reverse"
    assert call.order == {"measure": MEASURE, "step": "reverse", "ground": "điểm d khoản 1 Điều 8"}
    assert call.headers["Content-Type"] == "application/json"
    assert call.headers["X-AnLanh-Key"] == webhook_receiver.key_id
    assert webhook_receiver.genuine(call, NOW.timestamp())
    assert receipt.detail == {"status": 200, "at": "2026-11-20T09:00:00+07:00", "body": {"mã": "B-12"}}
    ((actor, measure, step, kept),) = recorded
    assert (actor.kind, actor.organisation_id) == ("system", platform.organisation.id)
    assert (measure, step, kept) == (MEASURE, "reverse", receipt.detail)


def test_a_receiver_finds_every_forgery(platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any]) -> None:
    integrate(platform, webhook_receiver)
    deliver(platform)
    (call,) = webhook_receiver.calls
    moment = NOW.timestamp()
    forgeries = [
        type(call)(call.path, call.headers, call.body.replace(b"apply", b"apply ")),
        type(call)(call.path, {**call.headers, "X-AnLanh-Timestamp": str(int(moment) + 1)}, call.body),
        type(call)(call.path, {**call.headers, "X-AnLanh-Key": "k-khac"}, call.body),
        type(call)(call.path, {**call.headers, "X-AnLanh-Signature": "sha256=" + "0" * 64}, call.body),
        type(call)(call.path, {}, call.body),
    ]
    assert not any(webhook_receiver.genuine(forgery, moment) for forgery in forgeries)
    assert webhook_receiver.genuine(call, moment + 299)
    assert not webhook_receiver.genuine(call, moment + 301)


def test_over_tls_the_certificate_is_checked_for_the_name(
    platform: Any, tls_receiver: WebhookReceiver, certified: Certified, settings: Any, recorded: list[Any]
) -> None:
    settings.ANLANH_WEBHOOK_PRIVATE = True
    integrate(platform, tls_receiver, url=f"https://{NAME}:{tls_receiver.port}/hook")

    message = queue(platform)

    WebhookChannel(resolver=leading_to("127.0.0.1"), tls=certified.trusting).deliver(message)

    (call,) = tls_receiver.calls
    assert call.headers["Host"] == f"{NAME}:{tls_receiver.port}"
    assert len(recorded) == 1
    with pytest.raises(TryLater, match="certificate"):
        WebhookChannel(resolver=leading_to("127.0.0.1")).deliver(message)


def test_a_name_that_leads_inside_is_refused_and_nothing_is_sent(
    platform: Any, tls_receiver: WebhookReceiver, certified: Certified, recorded: list[Any]
) -> None:
    integrate(platform, tls_receiver, url=f"https://{NAME}:{tls_receiver.port}/hook")
    message = queue(platform)
    for answers in (["127.0.0.1"], ["8.8.4.4", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]):
        with pytest.raises(Refused, match=NAME):
            WebhookChannel(resolver=leading_to(*answers), tls=certified.trusting).deliver(message)
    assert tls_receiver.calls == recorded == []


def test_a_name_that_changes_its_answer_is_asked_only_once(
    platform: Any, tls_receiver: WebhookReceiver, certified: Certified, settings: Any, recorded: list[Any]
) -> None:
    settings.ANLANH_WEBHOOK_PRIVATE = True
    integrate(platform, tls_receiver, url=f"https://{NAME}:{tls_receiver.port}/hook")
    answers = iter([["127.0.0.1"]])
    deliver(platform, WebhookChannel(resolver=lambda _host, _port: next(answers), tls=certified.trusting))
    assert len(tls_receiver.calls) == 1


def test_plain_http_and_private_addresses_need_the_operators_word(
    platform: Any, webhook_receiver: WebhookReceiver, settings: Any, recorded: list[Any]
) -> None:
    integrate(platform, webhook_receiver)
    message = queue(platform)
    for plain, private in ((False, True), (True, False)):
        settings.ANLANH_WEBHOOK_PLAIN_HTTP, settings.ANLANH_WEBHOOK_PRIVATE = plain, private
        with pytest.raises(Refused):
            WebhookChannel().deliver(message)
    assert webhook_receiver.calls == []


@pytest.mark.parametrize(
    ("reply", "after"),
    [
        (Reply(408), None),
        (Reply(425), None),
        (Reply(429, {"Retry-After": "90"}), timedelta(seconds=90)),
        (Reply(500), None),
        (Reply(503, {"Retry-After": "999999999999"}), timedelta(hours=1)),
        (Reply(503, {"Retry-After": "0"}), timedelta(seconds=1)),
        (Reply(503, {"Retry-After": "-5"}), None),
        (Reply(503, {"Retry-After": "Fri, 20 Nov 2026 02:02:00 GMT"}), timedelta(minutes=2)),
        (Reply(503, {"Retry-After": "Fri, 20 Nov 2020 02:02:00 GMT"}), timedelta(seconds=1)),
        (Reply(503, {"Retry-After": "mai"}), None),
    ],
)
def test_not_now(
    platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any], reply: Reply, after: timedelta | None
) -> None:
    integrate(platform, webhook_receiver)
    webhook_receiver.next_replies = [reply]
    with pytest.raises(TryLater, match=str(reply.status)) as wait:
        deliver(platform)
    assert wait.value.after == after
    assert recorded == []


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 403, 404, 409, 410, 422])
def test_never(platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any], status: int) -> None:
    integrate(platform, webhook_receiver)
    webhook_receiver.next_replies = [Reply(status, {"Location": webhook_receiver.url})]
    with pytest.raises(Refused, match=str(status)):
        deliver(platform)
    assert len(webhook_receiver.calls) == 1
    assert recorded == []


def test_without_a_live_integration_a_person_does_it(
    platform: Any, other: Any, webhook_receiver: WebhookReceiver, recorded: list[Any]
) -> None:
    integrate(platform, webhook_receiver, active=False)
    integrate(other, webhook_receiver)
    with pytest.raises(Refused):
        deliver(platform)
    assert webhook_receiver.calls == []


def test_what_casework_no_longer_waits_for_is_done_without(
    platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks.wanted, "measure_waits", lambda _measure, _step: False)
    integrate(platform, webhook_receiver)
    assert "skipped" in deliver(platform).detail
    assert webhook_receiver.calls == recorded == []


def test_an_order_that_can_not_be_put_together_goes_to_a_person(
    platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_measure: str, _step: str) -> dict[str, Any]:
        raise NotFound("the key was changed")

    monkeypatch.setattr(webhooks.queries, "measure_order", broken)
    integrate(platform, webhook_receiver)
    with pytest.raises(Refused, match="key"):
        deliver(platform)
    assert webhook_receiver.calls == recorded == []


def test_the_newest_integration_counts(platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any]) -> None:
    integrate(platform, webhook_receiver, key_id="k-cu", created_at=NOW - timedelta(days=1))
    integrate(platform, webhook_receiver)
    deliver(platform)
    assert webhook_receiver.calls[0].headers["X-AnLanh-Key"] == webhook_receiver.key_id


def test_from_the_queue_a_failing_receiver_gets_it_again_under_the_same_key_freshly_signed(
    platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(channels._channels, "webhook", WebhookChannel())
    integrate(platform, webhook_receiver)
    webhook_receiver.next_replies = [Reply(503, {"Retry-After": "60"})]
    message = queue(platform)

    work_once(limit=50)
    with clock.set_to(NOW + timedelta(seconds=59)):
        assert work_once() == 0
    later = NOW + timedelta(seconds=61)
    with clock.set_to(later):
        work_once(limit=50)

    first, second = webhook_receiver.calls
    assert first.key == second.key
    assert list(webhook_receiver.done) == [message.key]
    assert first.headers["X-AnLanh-Signature"] != second.headers["X-AnLanh-Signature"]
    assert webhook_receiver.genuine(second, later.timestamp())
    message.refresh_from_db()
    assert (message.state, message.receipt["status"], len(recorded)) == (Message.State.DONE, 200, 1)


def test_from_the_queue_a_refusal_becomes_a_task(
    platform: Any, webhook_receiver: WebhookReceiver, recorded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(channels._channels, "webhook", WebhookChannel())
    integrate(platform, webhook_receiver)
    webhook_receiver.next_replies = [Reply(410)]
    message = queue(platform)
    work_once(limit=50)
    task = Task.objects.get(message=message)
    assert "410" in task.detail["error"]
    assert webhook_receiver.secret not in json.dumps(task.detail)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (None, None),
        (b"", None),
        (b'{"ref": 7, "ok": true}', {"ref": 7, "ok": True}),
        (b'{"took": 0.25}', '{"took": 0.25}'),
        (b'{"id": 12345678901234567890}', '{"id": 12345678901234567890}'),
        (b"done", "done"),
        (b"do\0ne", "done"),
        (b'"a\\u0000b"', '"a\\u0000b"'),
        (b'"\\ud800"', '"\\ud800"'),
        (b"NaN", "NaN"),
        (b"\xff\xfe", None),
        (b"[" * 60_000, "[" * 60_000),
    ],
)
def test_whatever_is_answered_the_receipt_can_be_kept(body: bytes | None, kept: Any) -> None:
    assert webhooks._kept(body) == kept


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: json.dumps(text).encode()))
def test_every_kept_answer_can_go_into_an_act_and_both_databases(body: bytes) -> None:
    kept = webhooks._kept(body)
    assert b"\\u0000" not in canonical_bytes(kept).replace(b"\\\\", b"")
