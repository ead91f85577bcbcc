"""`anlanh up --no-demo` as a program: from nothing to the first administrator, by the link that it prints."""

import http.cookiejar
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.builders import PASSWORD

pytestmark = pytest.mark.slow

ANLANH = Path(sys.executable).with_name("anlanh")
LINK = re.compile(r"signs up here, once, within a day: (http\S+)")
PATIENCE = 60.0  # seconds for a start from nothing on a busy machine


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(data: Path) -> Iterator[tuple[str, str]]:
    """The program serving on a port of its own: its address, and what it printed before."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANLANH_", "DJANGO_"))}
    with (data / "faults.txt").open("a") as faults:
        program = subprocess.Popen(
            [ANLANH, "up", "--no-demo", "--port", str(port), "--data", str(data)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=faults,
            text=True,
        )
        try:
            printed = ""
            for line in program.stdout:
                printed += line
                if "Stop with Ctrl-C" in line:
                    break
            wait_for(port)
            yield f"http://localhost:{port}", printed
        finally:
            program.terminate()
            program.communicate(timeout=PATIENCE)


def wait_for(port: int) -> None:
    """Returns once somebody listens."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "the program does not listen"
            time.sleep(0.05)
        else:
            return


def test_from_nothing_to_the_first_administrator(tmp_path: Path) -> None:
    with running(tmp_path) as (_, printed):
        first_link = LINK.search(printed).group(1)
    with running(tmp_path) as (address, printed):
        link = LINK.search(printed).group(1)
        assert link.startswith(address + "/accounts/first/")
        assert link.rsplit("/", 2)[1] != first_link.rsplit("/", 2)[1]
        visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        with pytest.raises(urllib.error.HTTPError, match="404") as replaced:
            visitor.open(address + "/accounts/first/" + first_link.rsplit("/", 2)[1] + "/")
        replaced.value.close()
        page = visitor.open(link).read().decode()
        typed = {
            "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1),
            "name": "Mạng Bạn Đọc",
            "kind": "licensed-social-network",
            "person_name": "Lê Lan",
            "email": "lan@bandoc.example",
            "password": PASSWORD,
        }
        landed = visitor.open(link, urlencode(typed).encode())
        assert landed.url == address + "/accounts/people/"
        assert "Mạng Bạn Đọc đã sẵn sàng" in landed.read().decode()
    with running(tmp_path) as (_, printed):
        assert LINK.search(printed) is None
    faults = [
        line for line in (tmp_path / "faults.txt").read_text().splitlines() if "Not Found: /accounts/first/" not in line
    ]
    assert faults == []
