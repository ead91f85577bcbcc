"""The POST itself, against real servers that behave, and real ones that don't."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from itertools import repeat
from typing import Any

import pytest

from anlanh.base.outbox.targets import Target
from anlanh.connectors.posting import MOST_RESPONSE_BYTES, Answer, Patience, post
from anlanh.connectors.targets import NotReachable
from tests.connectors.conftest import NAME, Certified
from tests.peers import Reply, WebhookReceiver

IMPATIENT = Patience(connect=1.0, read=0.2, total=0.4)
LONG = 5.0  # seconds; far more than the patience above, far less than a hang

Raw = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def over() -> Iterator[threading.Event]:
    """Set when the test is over, so that servers which wait for ever stop waiting."""
    event = threading.Event()
    yield event
    event.set()


def send(receiver: WebhookReceiver, **details: Any) -> Answer:
    target = Target(False, "may-ben", receiver.port, "/hook?x=1")
    details.setdefault("patience", Patience())
    return post(target, "127.0.0.1", b'{"a":"\xe1\xba\xa5"}', {"Content-Type": "application/json"}, **details)


def send_tls(receiver: WebhookReceiver, trust: ssl.SSLContext | None, host: str = NAME) -> Answer:
    return post(Target(True, host, receiver.port, "/hook"), "127.0.0.1", b"{}", {}, patience=Patience(), tls=trust)


def saying(*pieces: bytes) -> Raw:
    """A server that writes these bytes and hangs up."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        for piece in pieces:
            handler.wfile.write(piece)
        handler.close_connection = True

    return reply


def test_body_path_and_headers_arrive_and_the_answer_comes_back(webhook_receiver: WebhookReceiver) -> None:
    webhook_receiver.next_replies = [Reply(202, {"Retry-After": "7"}, b'{"ref":1}')]
    assert send(webhook_receiver) == Answer(202, "7", b'{"ref":1}')
    (call,) = webhook_receiver.calls
    assert call.path == "/hook?x=1"
    assert call.body == '{"a":"ấ"}'.encode()
    assert call.headers["Host"] == f"may-ben:{webhook_receiver.port}"
    assert call.headers["Content-Length"] == str(len(call.body))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_answers_and_nobody_goes_there(webhook_receiver: WebhookReceiver, status: int) -> None:
    webhook_receiver.next_replies = [Reply(status, {"Location": webhook_receiver.url + "/khac"})]
    assert send(webhook_receiver).status == status
    assert len(webhook_receiver.calls) == 1


def test_a_proxy_of_the_environment_is_not_used(
    webhook_receiver: WebhookReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send(webhook_receiver).status == 200


def test_the_certificate_must_be_for_the_name_though_the_packets_go_to_an_address(
    tls_receiver: WebhookReceiver, certified: Certified
) -> None:
    assert send_tls(tls_receiver, certified.trusting).status == 200
    with pytest.raises(NotReachable, match="certificate"):
        send_tls(tls_receiver, certified.trusting, host="khac.example")
    with pytest.raises(NotReachable, match="certificate"):
        send_tls(tls_receiver, None)
    assert len(tls_receiver.calls) == 1


def test_a_server_without_tls_is_not_spoken_to(webhook_receiver: WebhookReceiver) -> None:
    with pytest.raises(NotReachable):
        send_tls(webhook_receiver, None)
    assert webhook_receiver.calls == []


def test_nobody_listens() -> None:
    with WebhookReceiver() as receiver:
        gone = Target(False, "may-ben", receiver.port, "/")
    with pytest.raises(NotReachable):
        post(gone, "127.0.0.1", b"", {}, patience=Patience())


def test_an_answer_that_ends_with_the_connection_is_read_whole(webhook_receiver: WebhookReceiver) -> None:
    webhook_receiver.next_replies = [saying(b"HTTP/1.0 200 OK\r\n\r\n", b'{"ref": ', b"2}")]
    assert json.loads(send(webhook_receiver).body) == {"ref": 2}


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999999999999\r\n\r\n"],
    ids=["no length", "huge length"],
)
def test_an_endless_body_is_left_unread(webhook_receiver: WebhookReceiver, head: bytes) -> None:
    webhook_receiver.next_replies = [saying_for_ever(head, b"x" * 8192)]
    assert send(webhook_receiver) == Answer(200, "", None)


def test_endless_chunks_are_left_unread(webhook_receiver: WebhookReceiver) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    webhook_receiver.next_replies = [saying_for_ever(head, b"400\r\n" + b"x" * 1024 + b"\r\n")]
    assert send(webhook_receiver) == Answer(200, "", None)


def saying_for_ever(head: bytes, piece: bytes) -> Raw:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for same in repeat(piece):
            handler.wfile.write(same)

    return reply


@pytest.mark.parametrize("excess", [0, 1])
def test_the_body_is_kept_up_to_the_limit(webhook_receiver: WebhookReceiver, excess: int) -> None:
    body = b" " * (MOST_RESPONSE_BYTES + excess)
    webhook_receiver.next_replies = [Reply(200, {}, body)]
    assert send(webhook_receiver).body == (None if excess else body)


@pytest.mark.parametrize(
    "head",
    [b"HTTP/1.1 200 OK\r\nX-Cham: ", b"HTTP/1.1 100 Continue\r\n\r\n"],
    ids=["in the head", "promises"],
)
def test_a_dripping_head_is_cut_off(webhook_receiver: WebhookReceiver, over: threading.Event, head: bytes) -> None:
    webhook_receiver.next_replies = [dripping(head, over)]
    began = time.monotonic()
    with pytest.raises(NotReachable):
        send(webhook_receiver, patience=IMPATIENT)
    assert time.monotonic() - began < LONG


def test_a_dripping_body_is_cut_off_and_the_status_stands(
    webhook_receiver: WebhookReceiver, over: threading.Event
) -> None:
    webhook_receiver.next_replies = [dripping(b"HTTP/1.0 200 OK\r\n\r\n", over)]
    began = time.monotonic()
    assert send(webhook_receiver, patience=IMPATIENT) == Answer(200, "", None)
    assert time.monotonic() - began < LONG


def dripping(head: bytes, over: threading.Event) -> Raw:
    """A server that never pauses long enough for a read to time out, and never ends."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not over.wait(0.02):
            handler.wfile.write(b"x")

    return reply


def test_a_server_that_says_nothing_is_left(webhook_receiver: WebhookReceiver, over: threading.Event) -> None:
    webhook_receiver.next_replies = [lambda _handler: over.wait(LONG)]
    began = time.monotonic()
    with pytest.raises(NotReachable, match="Timeout"):
        send(webhook_receiver, patience=IMPATIENT)
    assert time.monotonic() - began < LONG


@pytest.mark.parametrize(
    "reply",
    [
        saying(),
        saying(b"SSH-2.0-OpenSSH_9.6\r\n"),
        saying(b"HTTP/1.1 abc\r\n\r\n"),
        saying(b"HTTP/1.1 200 OK\r\n", *(b"X-%d: y\r\n" % n for n in range(2000))),
        saying(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000),
    ],
    ids=["hangs up", "another protocol", "no status", "many headers", "a long header"],
)
def test_what_is_not_http_is_not_an_answer(webhook_receiver: WebhookReceiver, reply: Raw) -> None:
    webhook_receiver.next_replies = [reply]
    with pytest.raises(NotReachable):
        send(webhook_receiver)
