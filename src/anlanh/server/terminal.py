"""What the command line prints can hold names out of files that strangers made: nothing in it may steer the terminal.

Control characters, escape sequences among them, marks that turn the reading direction, and halves of pairs are written
as `\\u001b`: to be seen, and still the same text for programs that read JSON. What is written as bytes passes as it is.
"""

import contextlib
import re
import sys
from collections.abc import Iterator
from typing import Any, TextIO

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def seen(text: str) -> str:
    """The text with everything that steers a terminal written out; new lines and tabs stay."""
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


class _Seen:
    """A text stream that writes out what steers a terminal, and is otherwise the one below."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes it; says how many characters were taken, as streams do."""
        self._stream.write(seen(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Writes each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextlib.contextmanager
def only_what_is_seen() -> Iterator[None]:
    """Within the block standard output and error write nothing that steers a terminal."""
    with contextlib.redirect_stdout(_Seen(sys.stdout)), contextlib.redirect_stderr(_Seen(sys.stderr)):
        yield
