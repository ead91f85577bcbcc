"""The readers of broadcasts."""

import uuid
from dataclasses import dataclass

from anlanh.base.actor import Actor
from anlanh.work.casework import details, policy
from anlanh.work.casework.broadcasts.models import Broadcast, Clip
from anlanh.work.casework.models import Case
from anlanh.work.casework.queries.cases import case as one_case


@dataclass(frozen=True)
class ClipLine:
    """A clip: which stretch, and in which file; its name is empty where the file is held back."""

    clip: Clip
    starts: str
    ends: str
    name: str


@dataclass(frozen=True)
class BroadcastView:
    """What a case's page shows of the broadcast that it is about.

    Args:
        on_air: somebody says that it runs now.
        expected: its reports are of a kind that is about broadcasts, or somebody noted something of one.
        noted: what staff noted; None where nobody did.
        length: its whole length in words; empty while nobody knows it.
        clips: in the order of the broadcast.
    """

    on_air: bool
    expected: bool
    noted: Broadcast | None
    length: str
    clips: list[ClipLine]


def broadcast_of(actor: Actor, case_id: uuid.UUID) -> BroadcastView:
    """The broadcast that a case is about.

    Raises:
        NotAllowed, NotFound: as for reading the case.
    """
    case = one_case(actor, case_id)
    noted = Broadcast.objects.filter(case=case).first()
    length = details.clock_words(noted.seconds) if noted and noted.seconds else ""
    expected = case.on_air or noted is not None or details.is_broadcast(case.category)
    return BroadcastView(case.on_air, expected, noted, length, _clips(actor, case))


def _clips(actor: Actor, case: Case) -> list[ClipLine]:
    if not policy.sees_words_of(actor, case):
        return []
    rows = case.clips.select_related("exhibit__evidence__file").order_by("starts", "id")
    return [_line(actor, row) for row in rows]


def _line(actor: Actor, row: Clip) -> ClipLine:
    evidence = row.exhibit.evidence
    shown = not evidence.restricted_at or policy.sees_material(actor)
    return ClipLine(
        row, details.clock_words(row.starts), details.clock_words(row.ends), evidence.file.name if shown else ""
    )
