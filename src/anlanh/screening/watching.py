"""Lists that may change while posts are judged: what is added counts for the next posts, without a restart.

With kept indexes (anlanh.screening.kept), the mapped ones stay and only the new lines are indexed, in memory.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path

from anlanh.primitives.errors import BadInput
from anlanh.screening.engine import Screen
from anlanh.screening.lists import NAMES, READERS
from anlanh.screening.models.files import PREFIX

_WRITTEN = 2  # seconds after which a last line without a line feed is taken as whole

Facts = dict[str, tuple[int, int, int]]  # name of a list -> time of the last change, size, number of the file


class Watched:
    """A screen by the lists of a directory as they are now.

    Args:
        directory: of the lists.
        make: reads the lists and makes a screen of them; it is given the one before, None at first.
        tell: is given what is wrong with lists that can't be taken; those before stay in use.

    Raises:
        BadInput: as `make`, at first.
    """

    def __init__(
        self, directory: Path, make: Callable[[Screen | None], Screen], tell: Callable[[BadInput], None]
    ) -> None:
        self._directory, self._make, self._tell = directory, make, tell
        self._facts = _facts_of(directory)
        self._screen = make(None)

    def current(self) -> Screen:
        """The screen, made anew if a list has changed."""
        facts = _facts_of(self._directory)
        if facts == self._facts or self._is_being_written(facts):
            return self._screen
        try:
            self._screen = self._make(self._screen)
        except BadInput as fault:
            self._tell(fault)
        except OSError as fault:
            self._tell(BadInput(f"a list can't be read: {fault.strerror}", where=str(fault.filename)))
        self._facts = facts
        return self._screen

    def _is_being_written(self, facts: Facts) -> bool:
        """Whether a changed list has just got a line without an end: half a host name is another host name."""
        changed = (name for name in facts if name in READERS and facts[name] != self._facts.get(name))
        return any(
            time.time() - facts[name][0] / 1e9 < _WRITTEN and not _ends_with_line_feed(self._directory / name)
            for name in changed
        )


def _facts_of(directory: Path) -> Facts:
    try:
        with os.scandir(directory) as entries:
            return {
                entry.name: (facts.st_mtime_ns, facts.st_size, facts.st_ino)
                for entry in entries
                if (entry.name in NAMES or entry.name.startswith(PREFIX)) and (facts := entry.stat())
            }
    except OSError:  # a file was taken away meanwhile, or all of them
        return {}


def _ends_with_line_feed(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                return stream.read(1) == b"\n"
    except OSError:
        pass
    return True
