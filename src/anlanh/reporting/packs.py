"""Packs as keys of caches, and the law as known on a day, kept since it is asked for again and again."""

import functools
from datetime import date

from anlanh.law.contents import Pack
from anlanh.law.time_travel import as_known


class Packs:
    """A pack that caches can be keyed by: two are the same when their versions are."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Packs) and other.pack.version == self.pack.version

    def __hash__(self) -> int:
        return hash(self.pack.version)


@functools.lru_cache(maxsize=32)
def known_law(packs: Packs, day: date) -> Pack:
    """The law as known on a day."""
    return as_known(packs.pack, day)
