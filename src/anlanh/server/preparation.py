"""What a start does before serving: migrations, the law pack, the pages' static files, the first people."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from anlanh.base.identity import actions
from anlanh.base.identity.models import Organisation
from anlanh.law.pack import vietnam
from anlanh.server import demonstration


def bring_up_to_date() -> None:
    """Applies migrations that are due, checks the law pack, and gathers static files if they changed."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    vietnam()
    _gather_static_files()


def ensure_demonstration() -> list[tuple[str, str, str]]:
    """Makes the demonstration organisations on a first start; the sign-ins as (address, role, password)."""
    if not Organisation.objects.exists():
        demonstration.build()
    return demonstration.sign_ins()


def first_administrator_link() -> str | None:
    """On a first start without demonstration data: the path where the first administrator signs up, once."""
    if Organisation.objects.exists():
        return None
    return f"/accounts/first/{actions.open_first_sign_up()}/"


def _gather_static_files() -> None:
    """Copies static files to where they are served from, when their names, sizes or times differ from last time."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    digest = hashlib.sha256()
    for file in sorted(_static_sources()):
        facts = file.stat()
        digest.update(f"{file}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=io.StringIO())
    stamp.write_text(digest.hexdigest())


def _static_sources() -> Iterator[Path]:
    """Every file that is gathered: those of all faces, wherever each keeps its own."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield Path(storage.path(name))
