"""Opening evidence: the look is an act, what was opened is counted for the person alone."""

import uuid

from django.db import transaction
from django.db.models import F

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind
from anlanh.base.files.models import StoredFile
from anlanh.primitives.dates import civil_date
from anlanh.work.casework.actions.review import look_at_evidence
from anlanh.work.casework.exposure import sparing
from anlanh.work.casework.exposure.models import Look
from anlanh.work.casework.keeping.models import Exhibit
from anlanh.work.casework.models import Case
from anlanh.work.casework.queries import evidence_file

COUNTED = ("image/", "video/", "audio/")
LONGEST_LOOK = 600  # seconds that one message of the page may add


def open_evidence(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID, *, shown: bool = False) -> StoredFile:
    """Hands out a file of a case once the act that somebody looked is written; without the act nobody sees it.

    Args:
        actor: who looks.
        case_id, file_id: which file of which case.
        shown: on a page, where files of suspected child abuse are shown to nobody.

    Raises:
        NotFound: no such case or file for this actor.
        NotAllowed: the actor may not see it.
    """
    stored = evidence_file(actor, case_id, file_id, shown=shown)
    look_at_evidence(actor, case_id)
    if actor.kind is ActorKind.MEMBER and _counts(stored):
        case = Case.objects.reachable_to(actor).get(id=case_id)
        Look.objects.get_or_create(
            ref=actor.ref,
            day=civil_date(clock.now()),
            file=stored,
            defaults={
                "organisation_id": actor.organisation_id,
                "case": case,
                "distressing": sparing.is_distressing(case),
                "opened_at": clock.now(),
            },
        )
    return stored


def _counts(stored: StoredFile) -> bool:
    """Whether it shows or lets hear something: pictures, films, sound, and pages kept as they were delivered."""
    pages = Exhibit.objects.filter(evidence__file=stored, kind=Exhibit.Kind.ARCHIVE)
    return stored.media_type.startswith(COUNTED) or pages.exists()


@transaction.atomic
def add_time(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID, seconds: int) -> None:
    """Adds how long something that the actor opened today stood open. What was not opened today counts nothing.

    Args:
        actor: who looked.
        case_id, file_id: which file of which case.
        seconds: as their page measured; cut to `LONGEST_LOOK`, and to the time since it was opened.

    Raises:
        NotFound, NotAllowed: as for `open_evidence`.
    """
    stored = evidence_file(actor, case_id, file_id)
    rows = Look.objects.visible_to(actor).filter(ref=actor.ref, day=civil_date(clock.now()), file=stored)
    look = rows.select_for_update().first()
    if look is not None:
        since = (clock.now() - look.opened_at).total_seconds() - look.seconds
        more = max(0, min(int(seconds), LONGEST_LOOK, int(since)))
        rows.update(seconds=F("seconds") + more)
