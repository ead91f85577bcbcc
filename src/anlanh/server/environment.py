"""What the environment says, with the defaults of a first start: an embedded database under `var/`."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from anlanh.primitives.errors import BadInput

SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; "
    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
)
MOST_CACHED = 50_000  # entries, of about 100 bytes each


def truth(name: str, *, default: bool) -> bool:
    """A yes-or-no variable.

    Raises:
        BadInput: any other word.
    """
    word = os.environ.get(name, "").strip().lower()
    if word in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if word == "" else word in {"1", "true", "yes", "on"}
    raise BadInput(f"{word!r} is neither yes nor no", where=name, mend="set it to 1 or 0")


def data_directory() -> Path:
    """Where the database, files, keys and secrets live; made on first use, for the owner only.

    The directory may have been made by somebody else, for more to enter. So from here on this process, and those that
    it starts, make no file that others may read.
    """
    os.umask(0o077)
    path = Path(os.environ.get("ANLANH_DATA", "var")).resolve()
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret_key(data: Path) -> str:
    """The key that signs sessions: from the environment, or a file made on first start."""
    if given := os.environ.get("ANLANH_SECRET_KEY"):
        return given
    path = data / "secret-key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return path.read_text()


def hosts() -> list[str]:
    """The host names the program answers to."""
    named = os.environ.get("ANLANH_HOSTS", "")
    return [host.strip() for host in named.split(",") if host.strip()] or ["localhost", "127.0.0.1", "[::1]"]


def database(data: Path) -> dict:
    """Django's description of the database: `ANLANH_DATABASE_URL` (PostgreSQL), or SQLite in the data directory.

    Raises:
        BadInput: a URL of another kind.
    """
    url = os.environ.get("ANLANH_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "anlanh.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_SETTINGS},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadInput(
            f"{parts.scheme!r} is not a database this program knows",
            where="ANLANH_DATABASE_URL",
            mend="give postgresql://user@host/name, or leave it out for SQLite",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
    }


def cache(database: dict) -> dict:
    """Django's description of the cache: in memory for one process, in the database where several must agree.

    Limits on sign-in attempts and the one use of a second-step code count there. A full cache drops what is not over
    yet, and whoever could fill it would have as many attempts as they like; so it holds many entries.
    """
    options = {"MAX_ENTRIES": MOST_CACHED}
    if database["ENGINE"].endswith("sqlite3"):
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": options}
    return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache", "OPTIONS": options}


def working_threads() -> int:
    """How many requests one process works on at a time: eight, or what `anlanh up --threads` said."""
    return max(1, int(os.environ.get("ANLANH_THREADS", "8")))


def server_processes() -> int:
    """How many processes answer requests: one for the embedded database, else one a core, or what the variable says."""
    if given := os.environ.get("ANLANH_PROCESSES"):
        return max(1, int(given))
    return min(os.cpu_count() or 1, 8) if os.environ.get("ANLANH_DATABASE_URL") else 1
