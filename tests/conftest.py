"""Fixtures for all tests: a fresh data directory, the guards lifted for the flush, real organisations and people."""

import os
import tempfile
from pathlib import Path

# Settings read the environment when they load, so this comes before Django does.
_scratch = tempfile.mkdtemp(prefix="anlanh-test-")
os.environ["ANLANH_DATA"] = _scratch
os.environ["ANLANH_SECRET_KEY"] = "only-for-tests"
os.environ["DJANGO_SETTINGS_MODULE"] = "anlanh.server.settings"

import pytest  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Points a PostgreSQL run at a test database of its own, and makes hashing cheap."""
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})
    if suffix := os.environ.get("ANLANH_TEST_DB"):
        settings.DATABASES["default"]["TEST"]["NAME"] = (
            f"test_anlanh_{suffix}"
            if settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
            else str(Path(_scratch) / f"{suffix}.sqlite3")
        )
    elif settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file, not memory: threads, WAL and IMMEDIATE are part of what is tested.
        settings.DATABASES["default"]["TEST"]["NAME"] = str(Path(_scratch) / "test.sqlite3")
    _flush_past_the_guards()
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # nothing is collected; the middleware warns when it is not there
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _flush_past_the_guards() -> None:
    """Tests that commit empty their tables afterwards; acts refuse that, so the flush lifts the guards."""
    from django.core.management.commands import flush
    from django.db import connections

    from anlanh.base.acts.guards import without_guards

    original = flush.Command.handle

    def handle(self: object, **options: object) -> None:
        with without_guards(connections[options["database"]]):
            original(self, **options)

    flush.Command.handle = handle


@pytest.fixture
def shared() -> Path:
    """The folder of reference data beside the checkout; tests that read it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"the reference data folder {folder.name}/ is not beside the checkout")
    return folder


@pytest.fixture
def platform(db: None) -> object:
    """A licensed social network with its people; see `builders.Office`."""
    from tests.builders import build_platform

    return build_platform()


@pytest.fixture
def other(db: None) -> object:
    """Another organisation of the same kind, which must never see the first one's rows."""
    from tests.builders import build_platform

    return build_platform(code="khac", name="Mạng Khác")
