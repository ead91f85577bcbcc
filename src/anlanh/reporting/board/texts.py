"""Published texts prove a duty only while one of them stands: after a withdrawal that leaves nothing in its place, the
acts of publishing them are history, not proof."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from anlanh.primitives.dates import civil_date, parse_instant

PUBLISHED = frozenset({"terms.published", "handling.published"})
WITHDRAWN = "policy.withdrawn"
TYPES = PUBLISHED | {WITHDRAWN}


@dataclass
class Lapsed:
    """What proves nothing any more.

    Args:
        acts: by type, how many acts of publishing.
        subjects: the ids of their documents, as text.
    """

    acts: Counter[str] = field(default_factory=Counter)
    subjects: list[str] = field(default_factory=list)


@dataclass
class _Version:
    act: str
    starts_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def has_begun(self) -> bool:
        """Whether it was not withdrawn before its first second."""
        return self.withdrawn_at is None or self.withdrawn_at >= self.starts_at


def lapsed(leaves: Iterable[Mapping], last: date) -> Lapsed:
    """The documents of which no version stands, as of the end of a civil day.

    One that waits for its day stands: it is published. One withdrawn before its day never was in force, and the one
    before it goes on; one withdrawn later does not bring back what it had superseded.

    Args:
        leaves: the acts of TYPES, as the log holds them, in any order.
        last: the day.
    """
    documents: dict[str, dict[str, _Version]] = {}
    withdrawals: list[tuple[str, str, datetime]] = []
    for leaf in leaves:
        moment, clear = parse_instant(leaf["happened_at"]), leaf["clear"]
        if civil_date(moment) > last:
            continue
        if leaf["type"] == WITHDRAWN:
            withdrawals.append((leaf["subject"], clear["version_id"], moment))
        else:
            version = _Version(leaf["type"], parse_instant(clear["starts_at"]))
            documents.setdefault(leaf["subject"], {})[clear["version_id"]] = version
    for subject, version_id, moment in withdrawals:
        if version := documents.get(subject, {}).get(version_id):
            version.withdrawn_at = moment
    found = Lapsed()
    for subject, versions in documents.items():
        if not _stands(versions.values()):
            found.acts.update(version.act for version in versions.values())
            found.subjects.append(subject.partition("/")[2])
    return found


def _stands(versions: Iterable[_Version]) -> bool:
    """Whether the version that took the place of all others was not withdrawn."""
    begun = [version for version in versions if version.has_begun]
    newest = max(begun, key=lambda version: version.starts_at, default=None)
    return newest is not None and newest.withdrawn_at is None
