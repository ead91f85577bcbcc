"""Fixtures for all tests: a fresh data directory, the guards lifted for the flush, real organisations and people."""

import shutil
from pathlib import Path

import pytest

from tests import effort, migrated

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Prepares the data directory that `tests.settings` made."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # nothing is collected; the middleware warns when it is not there
    effort.register()
    _flush_past_the_guards()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Removes it."""
    from django.conf import settings

    shutil.rmtree(settings.ANLANH_DATA, ignore_errors=True)


def _flush_past_the_guards() -> None:
    """Tests that commit empty their tables afterwards; what refuses that has its guards lifted by the flush."""
    from django.core.management.commands import flush
    from django.db import connections

    from anlanh.base.acts import guards as of_acts
    from anlanh.work.policies import guards as of_rules

    original = flush.Command.handle

    def handle(self: object, **options: object) -> None:
        connection = connections[options["database"]]
        with of_acts.without_guards(connection), of_rules.without_guards(connection):
            original(self, **options)

    flush.Command.handle = handle


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The embedded database is laid down before Django looks for it, and goes with the data directory."""
    return migrated.is_embedded()


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest) -> Path:
    """Where the embedded database is kept between runs once its migrations have run."""
    return migrated.template(request.config.cache.mkdir("migrated"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, kept_database: Path) -> bool:
    """Lays the kept database down under this process's name; answers whether there was one."""
    return migrated.is_embedded() and migrated.lay_down(kept_database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: bool, django_db_setup: None, kept_database: Path) -> None:
    """The test database as Django prepares it; what was migrated here is kept for the next process."""
    if migrated.is_embedded() and not django_db_modify_db_settings:
        migrated.keep(kept_database)


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
