"""Small pictures for pages, decoded and encoded anew by a bounded process; the hostile original never reaches a page.

The process (`preview_process.py`) gets the file as its standard input and answers on its standard output. It can't
outlive `WALL_SECONDS`, and it limits its own CPU time, memory and output before it touches a byte. Whatever goes wrong,
there is no preview; the page still offers the file as a download.
"""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import open_file, path_of, write_whole

WALL_SECONDS = 10.0
MOST_OUTPUT_BYTES = 4 * 1024 * 1024
AT_ONCE = 2

_PROCESS = Path(__file__).with_name("preview_process.py")
_turns = threading.BoundedSemaphore(AT_ONCE)


def make(stored: StoredFile) -> bytes | None:
    """A PNG or JPEG of at most 1,600 pixels a side, without metadata; None when there can be none.

    Made once and kept beside the file. A file that can't be decoded is remembered as such (an empty preview); one that
    only ran out of wall time may have met a busy machine and is tried again when next asked for.
    """
    if not stored.is_picture:
        return None
    original = path_of(stored.organisation_id, stored.sha256)
    kept = original.with_name(original.name + ".preview")
    if not kept.exists():
        try:
            write_whole(kept, _render(stored))
        except (OSError, subprocess.TimeoutExpired):
            return None
    return kept.read_bytes() or None


def _render(stored: StoredFile) -> bytes:
    """The picture encoded anew, or nothing when the process could not.

    Raises:
        OSError, subprocess.TimeoutExpired: when that says nothing about the file.
    """
    form = stored.media_type.removeprefix("image/").upper()
    with _turns, open_file(stored) as source, tempfile.TemporaryFile() as answer:
        done = subprocess.run(  # noqa: S603  our own interpreter and script; the only varying word is from our table
            [sys.executable, "-I", str(_PROCESS), form, str(MOST_OUTPUT_BYTES)],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=WALL_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            return b""
        answer.seek(0)
        return answer.read(MOST_OUTPUT_BYTES)
