"""One POST to a stranger's server: to a pinned address, under a deadline, with a bounded answer, and no second hop."""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

from anlanh.base.outbox.targets import Target
from anlanh.connectors.targets import NotReachable

MOST_RESPONSE_BYTES = 64 * 1024


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds.

    Args:
        connect: for the connection and the TLS handshake, each.
        read: for the next bytes of the answer.
        total: from the first packet to the last byte; a server that drips is cut off here.
    """

    connect: float = 5.0
    read: float = 5.0
    total: float = 15.0


@dataclass(frozen=True)
class Answer:
    """What the server said.

    Args:
        status: three digits; redirects are answers like any other.
        retry_after: the header of that name, unread.
        body: None when it did not end within the limits.
    """

    status: int
    retry_after: str
    body: bytes | None


def post(
    target: Target,
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    patience: Patience,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Sends `body` to `target` at `address` and reads the answer.

    The TLS name and the Host header are the target's; only the packets go to the address. No proxy of the environment
    is used and no redirect is followed.

    Args:
        target: what was asked for.
        address: the checked address of its host.
        body: sent as it is.
        headers: besides Host and Content-Length.
        patience: when to give up.
        tls: trust to verify the certificate with; the system's when left out.

    Raises:
        NotReachable: no connection, no valid certificate, no answer in time, or one that is not HTTP.
    """
    connection = _PinnedConnection(target, address, patience, tls)
    try:
        connection.request("POST", target.path, body=body, headers={"Host": target.host_header, **headers})
        response = connection.getresponse()
        return Answer(response.status, response.getheader("Retry-After", ""), _bounded_body(response))
    except (OSError, http.client.HTTPException) as fault:
        raise NotReachable(f"{target.host}: {type(fault).__name__}: {fault}") from fault
    finally:
        connection.hang_up()


def _bounded_body(response: http.client.HTTPResponse) -> bytes | None:
    """The body, if it ends in time and below the limit; the status was said by then, so a bad one spoils nothing."""
    try:
        content = response.read(MOST_RESPONSE_BYTES + 1)
    except (OSError, http.client.HTTPException, ValueError):
        return None
    return content if len(content) <= MOST_RESPONSE_BYTES else None


class _PinnedConnection(http.client.HTTPConnection):
    """An HTTP connection to a given address, whatever the name resolves to by now."""

    def __init__(self, target: Target, address: str, patience: Patience, tls: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port)
        self._target, self._address, self._patience = target, address, patience
        self._tls = tls
        self._channel: socket.socket | None = None

    def connect(self) -> None:
        deadline = time.monotonic() + self._patience.total
        plain = socket.create_connection((self._address, self._target.port), self._patience.connect)
        try:
            channel = plain
            if self._target.secure:
                context = self._tls or ssl.create_default_context()
                channel = context.wrap_socket(plain, server_hostname=self._target.host)
        except BaseException:
            plain.close()
            raise
        self.sock = _DeadlineSocket(channel, self._patience.read, deadline)
        self._channel = channel

    def hang_up(self) -> None:
        """Closes the connection, read to its end or not."""
        self.close()
        if self._channel:
            self._channel.close()


class _DeadlineSocket:
    """As much of a socket as `http.client` uses, with one deadline over all that is sent and read."""

    def __init__(self, channel: socket.socket, read_seconds: float, deadline: float) -> None:
        self._channel, self._read_seconds, self._deadline = channel, read_seconds, deadline

    def sendall(self, content: bytes) -> None:
        self._channel.settimeout(self._time_left())
        self._channel.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_DeadlineReader(self))

    def receive_into(self, buffer: memoryview) -> int:
        self._channel.settimeout(min(self._read_seconds, self._time_left()))
        return self._channel.recv_into(buffer)

    def close(self) -> None:
        """Does nothing yet: `http.client` closes before it reads a body that ends with the connection."""

    def _time_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        return left


class _DeadlineReader(io.RawIOBase):
    """The reading side of a `_DeadlineSocket` as a file."""

    def __init__(self, source: _DeadlineSocket) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        return self._source.receive_into(buffer)
