"""Bodies are at hand before a thread works on them, and those that are too long are not read."""

import io
import threading
from typing import Any

import pytest
from django.conf import settings

from anlanh.server.bodies import WholeBodies


class Dripping:
    """A client whose body comes when the test says so."""

    def __init__(self, body: bytes) -> None:
        self._body, self.asked, self.come = io.BytesIO(body), threading.Event(), threading.Event()

    def read(self, size: int) -> bytes:
        self.asked.set()
        assert self.come.wait(10)
        return self._body.read(size)


def echo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answers with the body."""
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def ask(program: WholeBodies, body: Any = None, length: object = "", content_type: str = "text/plain") -> bytes:
    environ = {"wsgi.input": body, "CONTENT_LENGTH": length, "CONTENT_TYPE": content_type}
    return b"".join(program(environ, lambda status, headers: None))


def test_clients_whose_bodies_do_not_come_stop_nobody_else() -> None:
    program = WholeBodies(echo, threads=1)
    slow, answers = [Dripping(b"cham") for _ in range(5)], []
    waiting = [threading.Thread(target=lambda it=it: answers.append(ask(program, it, "4"))) for it in slow]
    for thread in waiting:
        thread.start()
    assert all(body.asked.wait(10) for body in slow)
    assert ask(program, io.BytesIO(b"nhanh"), "5") == b"nhanh"
    for body in slow:
        body.come.set()
    for thread in waiting:
        thread.join(10)
    assert answers == [b"cham"] * 5


@pytest.mark.parametrize(
    ("announced", "content_type", "read"),
    [
        ("5", "text/plain", b"12345"),
        ("", "text/plain", b""),
        ("-1", "text/plain", b""),
        ("mot", "text/plain", b""),
        ("99", "text/plain", b"1234567"),
        (str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "text/plain", b""),
        (str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1), "multipart/form-data; boundary=x", b"1234567"),
        (str(200 << 20), "multipart/form-data; boundary=x", b""),
    ],
)
def test_as_much_is_read_as_was_announced_and_may_be_sent(announced: str, content_type: str, read: bytes) -> None:
    assert ask(WholeBodies(echo, threads=1), io.BytesIO(b"1234567"), announced, content_type) == read


def test_a_fault_of_the_program_reaches_the_server() -> None:
    def broken(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        ask(WholeBodies(broken, threads=1))
