"""What a start makes of the environment: private files, limits that can't be flushed away."""

import os
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


@pytest.mark.parametrize("engine", ["django.db.backends.sqlite3", "django.db.backends.postgresql"])
def test_attempts_under_many_names_do_not_flush_the_count_of_one(engine: str) -> None:
    options = environment.cache({"ENGINE": engine})["OPTIONS"]
    kept = LocMemCache("attempts", {"OPTIONS": options})
    kept.set("victim", 5)
    for name in range(10_000):
        kept.set(str(name), 1)
    assert kept.get("victim") == 5
