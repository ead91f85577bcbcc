"""The migrated embedded database, made once and copied: every process would else run all migrations again.

The copy is kept beside pytest's own cache under a digest of what makes it, so a changed migration makes it anew. Only
for SQLite; a PostgreSQL server migrates each test database.
"""

import contextlib
import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings


def template(folder: Path) -> Path:
    """Where the migrated database of just these migrations is kept, or is to be.

    Args:
        folder: the cache's folder for it.
    """
    digest = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(path.read_bytes())
    digest.update((Path(apps.get_app_config("acts").path) / "guards.py").read_bytes())  # a migration calls it
    return folder / f"migrated-{digest.hexdigest()[:16]}.sqlite3"


def is_embedded() -> bool:
    """Whether the tests run on SQLite."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def lay_down(kept: Path) -> bool:
    """Copies the kept database to where this process works; False when none is kept."""
    if not kept.exists():
        return False
    shutil.copyfile(kept, _own())
    return True


def keep(kept: Path) -> None:
    """Keeps this process's database, just migrated and still empty, in one step; removes those of other migrations."""
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    with contextlib.closing(sqlite3.connect(_own())) as connection:
        connection.execute("VACUUM INTO ?", [str(part)])
    part.replace(kept)
    for old in kept.parent.glob("migrated-*.sqlite3"):
        if old != kept:
            old.unlink(missing_ok=True)


def _own() -> str:
    return str(settings.DATABASES["default"]["TEST"]["NAME"])
