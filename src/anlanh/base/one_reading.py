"""What one page asks for many times over is read once: a dozen rooms each look up the same case for the same reader.

Only inside `one_reading()`, which a page opens around its reading. Outside it, and so in every action, each question is
asked of the database anew. Nothing may be written inside.
"""

import contextlib
import contextvars
import functools
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_kept: contextvars.ContextVar[dict[tuple, object] | None] = contextvars.ContextVar("one_reading", default=None)


@contextlib.contextmanager
def one_reading() -> Iterator[None]:
    """Inside the block answers of functions marked with `read_once` are kept; they go when the outermost one ends."""
    if _kept.get() is not None:
        yield
        return
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def read_once(read: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Marks a reader whose answer holds for a whole page.

    Args:
        read: takes arguments that can be keys, and among them for whom it reads. What it raises is not kept.
    """

    @functools.wraps(read)
    def reader(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        kept = _kept.get()
        if kept is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = read(*args, **kwargs)
        return kept[key]

    return reader
