"""The command `anlanh` as a program of its own, beside the test: with this test's database, or knowing of none."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ANLANH = Path(sys.executable).with_name("anlanh")
SECONDS = 60


def anlanh(*words: object, data: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command where nothing is set up.

    Args:
        words: after `anlanh`.
        data: an empty folder for whatever the program may want to keep.
    """
    return _run(words, {"ANLANH_DATA": str(data)})


def anlanh_here(*words: object, data: Path) -> subprocess.CompletedProcess[str]:
    """Runs the command on the database and with the keys of this test, which must have committed what it wrote.

    Args:
        words: after `anlanh`.
        data: an empty folder; it becomes the program's data directory and points to this test's files.
    """
    data.mkdir(exist_ok=True)
    (data / "keys").symlink_to(settings.ANLANH_KEYS_DIR)
    environment = {
        "ANLANH_DATA": str(data),
        "ANLANH_SECRET_KEY": settings.SECRET_KEY,
        "ANLANH_SITE_URL": settings.SITE_URL,
    }
    if connection.vendor == "sqlite":
        (data / "anlanh.sqlite3").symlink_to(connection.settings_dict["NAME"])
    else:
        environment["ANLANH_DATABASE_URL"] = _url(connection.settings_dict)
    return _run(words, environment)


def _run(words: tuple[object, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    return subprocess.run(
        [ANLANH, *map(str, words)],
        env={**inherited, **environment},
        cwd=environment["ANLANH_DATA"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


def _url(database: dict) -> str:
    user, password = quote(database["USER"], safe=""), quote(database["PASSWORD"], safe="")
    who = f"{user}:{password}" if password else user
    place = f"{database['HOST']}:{database['PORT']}" if database["PORT"] else database["HOST"]
    return f"postgresql://{who}@{place}/{quote(database['NAME'], safe='')}"
