"""The machines on the other side of the line, real ones on the loopback: a webhook receiver and a mail server.

A test module that wants them imports the fixtures by name:

    from tests.peers import smtp_server, webhook_receiver  # noqa: F401
"""

import contextlib
import email
import email.policy
import json
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "webhooks.md"
PATIENCE_SECONDS = 20.0


@cache
def is_genuine() -> Callable[..., bool]:
    """The function that the documentation gives to receivers, taken from the page itself."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  our own page
    return names["is_genuine"]


@dataclass(frozen=True)
class Call:
    """One call as the receiver got it."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def key(self) -> str:
        """What the receiver dedupes by."""
        return self.headers.get("Idempotency-Key", "")

    @property
    def order(self) -> dict[str, Any]:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What the receiver answers: raw bytes after the head are sent as they are, so that it can misbehave."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b'{"done": true}'


class WebhookReceiver:
    """A platform's receiving side.

    Set `next_replies` for what the coming calls are answered with; afterwards every call is answered 200.

    Args:
        tls: a server context, for https.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.key_id, self.secret = "k-test", "bi-mat-chi-de-thu-nghiem"
        self.calls: list[Call] = []
        self.next_replies: list[Reply | Callable[[BaseHTTPRequestHandler], None]] = []
        self._changed = threading.Condition()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._scheme = "https" if tls else "http"
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        # Failed handshakes and broken pipes are what some tests are about; the server need not print them.
        self._server.handle_error = lambda *_args: None
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="webhook-receiver", daemon=True
        )

    def __enter__(self) -> "WebhookReceiver":
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        """The address to set up as an integration; plain http and private addresses must be allowed for it."""
        return f"{self._scheme}://127.0.0.1:{self.port}/hook"

    @property
    def done(self) -> dict[str, dict[str, Any]]:
        """What a receiver that keeps to the rules has done: idempotency key → order, each once."""
        return {call.key: call.order for call in self.calls}

    def genuine(self, call: Call, now: float) -> bool:
        """Whether the call passes the documented check."""
        return is_genuine()(call.headers, call.body, {self.key_id: self.secret}, now)

    def wait_for(self, count: int, seconds: float = PATIENCE_SECONDS) -> list[Call]:
        """The calls so far, once there are at least `count`."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.calls) >= count, seconds), f"{len(self.calls)} calls came"
            return list(self.calls)

    def _take(self, call: Call) -> Reply | Callable[[BaseHTTPRequestHandler], None]:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
            return self.next_replies.pop(0) if self.next_replies else Reply()

    def _handler(receiver) -> type[BaseHTTPRequestHandler]:  # noqa: N805  `self` is the handler's
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                reply = receiver._take(Call(self.path, dict(self.headers.items()), body))
                if not isinstance(reply, Reply):
                    reply(self)
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_details: object) -> None:
                """Says nothing."""

        return Handler


@dataclass(frozen=True)
class Letter:
    """One letter as the mail server took it."""

    sender: str
    recipients: list[str]
    mail: EmailMessage
    raw: bytes

    @property
    def text(self) -> str:
        """The plain text of the letter."""
        return self.mail.get_content()


class MailServer:
    """A mail server that keeps what it is given.

    `refusals` maps a recipient to the line it is refused with; `next_data_reply` answers the next letter's text.
    """

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.refusals: dict[str, str] = {}
        self.next_data_reply = ""
        self._changed = threading.Condition()
        self.host, self.port = "127.0.0.1", _free_port()
        self._controller = Controller(self, hostname=self.host, port=self.port)

    def __enter__(self) -> "MailServer":
        self._controller.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._controller.stop()

    def to(self, address: str) -> list[Letter]:
        """The letters that went to an address."""
        return [letter for letter in self.letters if address in letter.recipients]

    def wait_for(self, address: str, count: int = 1, seconds: float = PATIENCE_SECONDS) -> list[Letter]:
        """The letters to an address, once there are at least `count`."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.to(address)) >= count, seconds), f"no letter to {address}"
            return self.to(address)

    async def handle_RCPT(  # noqa: N802  the names are those that aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.next_data_reply:
            reply, self.next_data_reply = self.next_data_reply, ""
            return reply
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        with self._changed:
            self.letters.append(Letter(envelope.mail_from, list(envelope.rcpt_tos), mail, envelope.content))
            self._changed.notify_all()
        return "250 taken"


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def webhook_receiver(settings: Any) -> Iterator[WebhookReceiver]:
    """A receiver on the loopback, with the settings that let webhooks go there."""
    settings.ANLANH_WEBHOOK_PLAIN_HTTP = settings.ANLANH_WEBHOOK_PRIVATE = True
    with WebhookReceiver() as receiver:
        yield receiver


@pytest.fixture
def smtp_server(settings: Any) -> Iterator[MailServer]:
    """A mail server on the loopback, which the settings name."""
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
        yield server


class ImapServer:
    """A mailbox on the loopback that speaks as much of IMAP as a reader needs: unread letters, bytes, marks.

    Put letters into `letters`; `read` has the numbers that were marked read.
    """

    def __init__(self, *letters: bytes) -> None:
        self.letters = list(letters)
        self.read: set[int] = set()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler(), bind_and_activate=True)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, name="imap-server", daemon=True
        )

    def __enter__(self) -> "ImapServer":
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return self._server.server_address[1]

    def answer(self, command: str, words: list[str]) -> list[bytes]:
        """The lines before the last one."""
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"]
        if command == "SELECT":
            return [b"* %d EXISTS" % len(self.letters), b"* OK [UIDVALIDITY 1] Ok"]
        if command != "UID":
            return [b"* BYE bye"] if command == "LOGOUT" else []
        if words[0].upper() == "SEARCH":
            unread = [str(at) for at in range(1, len(self.letters) + 1) if at not in self.read]
            return [b"* SEARCH " + " ".join(unread).encode()]
        number = int(words[1])
        if words[0].upper() == "STORE":
            self.read.add(number)
            return [b"* %d FETCH (UID %d FLAGS (\\Seen))" % (number, number)]
        letter = self.letters[number - 1]
        if "RFC822.SIZE" in words[2]:
            return [b"* %d FETCH (UID %d RFC822.SIZE %d)" % (number, number, len(letter))]
        part = re.search(r"<0\.(\d+)>", words[2])
        content = letter[: int(part.group(1))] if part else letter
        return [b"* %d FETCH (UID %d BODY[] {%d}\r\n%s)" % (number, number, len(content), content)]

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        mailbox = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    tag, command, *words = line.decode().split()
                    for told in mailbox.answer(command.upper(), words):
                        self.wfile.write(told + b"\r\n")
                    self.wfile.write(f"{tag} OK done\r\n".encode())
                    if command.upper() == "LOGOUT":
                        return

        return Handler
