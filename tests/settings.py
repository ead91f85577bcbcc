"""The program's settings for tests: a data directory of its own, a test database of its own, cheap password hashes."""

import os
import tempfile
from pathlib import Path

# The real settings read the environment when they load.
os.environ["ANLANH_DATA"] = os.environ.get("ANLANH_TEST_DATA") or tempfile.mkdtemp(prefix="anlanh-test-")
os.environ["ANLANH_SECRET_KEY"] = "only-for-tests"

from anlanh.server.settings import *  # noqa: F403
from anlanh.server.settings import DATA, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

_suffix = os.environ.get("ANLANH_TEST_DB", "anlanh")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads, WAL and IMMEDIATE are part of what is tested.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / f"test-{_suffix}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{_suffix}"}

ANLANH_UNDO_SECONDS = 0  # what a decision sends leaves at once; tests of the undo window set their own
