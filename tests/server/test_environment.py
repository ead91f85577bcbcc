"""What a start makes of the environment: private files, limits that can't be flushed away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache.backends.locmem import LocMemCache

from anlanh.server import environment


@pytest.fixture(autouse=True)
def _mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_nobody_else_reads_what_is_written_into_a_directory_that_others_may_enter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("ANLANH_DATA", str(tmp_path))
    written = environment.data_directory() / "anlanh.sqlite3"
    written.touch()
    assert written.stat().st_mode & 0o077 == 0


ASK_FOR_A_PAGE = """
from anlanh.server.django_setup import setup
setup()
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
request = RequestFactory().get("/", headers={"X-Forwarded-Proto": "https"})
print(SecurityMiddleware(lambda request: HttpResponse())(request).headers.get("Strict-Transport-Security", "none"))
"""


@pytest.mark.parametrize(("proxies", "sent"), [("1", "max-age=31536000"), ("0", "none")])
def test_behind_a_proxy_that_ends_tls_browsers_are_told_to_stay_with_https(
    tmp_path: Path, proxies: str, sent: str
) -> None:
    said = {"ANLANH_DATA": str(tmp_path), "ANLANH_SITE_URL": "https://an.example", "ANLANH_TRUSTED_PROXIES": proxies}
    asked = subprocess.run(
        [sys.executable, "-c", ASK_FOR_A_PAGE], env=os.environ | said, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == sent


@pytest.mark.parametrize("engine", ["django.db.backends.sqlite3", "django.db.backends.postgresql"])
def test_attempts_under_many_names_do_not_flush_the_count_of_one(engine: str) -> None:
    options = environment.cache({"ENGINE": engine})["OPTIONS"]
    kept = LocMemCache("attempts", {"OPTIONS": options})
    kept.set("victim", 5)
    for name in range(10_000):
        kept.set(str(name), 1)
    assert kept.get("victim") == 5
