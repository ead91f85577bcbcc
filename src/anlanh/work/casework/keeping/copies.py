"""Making what the person affected gets of a file: a redacted copy drawn by the staff, or one cleaned of metadata.

The file is drawn anew before anything is held or written, since that takes seconds; the rows and the act follow in one
transaction.
"""

import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.record import Draft
from anlanh.base.files import blackening, cleaning, drawing
from anlanh.base.files.blackening import Span
from anlanh.base.files.drawing import DRAWABLE, Place
from anlanh.base.files.forgetting import unless_done
from anlanh.base.files.kinds import TEXT
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import keep, open_file
from anlanh.papers.files.opening import text_of_bytes
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import policy, steps
from anlanh.work.casework.keeping.models import Copy
from anlanh.work.casework.models import Case, Evidence
from anlanh.work.casework.queries.cases import evidence_row

READABLE = (TEXT, cleaning.WORD)


@dataclass(frozen=True)
class TextPlaces:
    """What goes out of a text.

    Args:
        words: wherever they stand.
        lines: whole ones.
    """

    words: tuple[str, ...] = ()
    lines: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Made:
    """The content of a copy before it is kept."""

    ending: str
    content: bytes
    places: int


def redact(
    actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID, places: Sequence[Place] | TextPlaces, *, nothing: bool = False
) -> Copy:
    """Makes the copy of a file that goes to the person affected, in place of the one that stood.

    Args:
        actor: a member of the staff who works on the case.
        case_id, file_id: a file that is evidence of it.
        places: what is to go: rectangles of a picture or PDF, or words and lines of a text.
        nothing: whoever looked found nothing that has to go, so that no place is given on purpose.

    Raises:
        NotFound: no such case for this actor, or no such file in it.
        NotAllowed: the actor does not work on cases, or the file is held back.
        BadInput: no place, a place outside, or a file that can't be drawn.
    """
    row = redactable(actor, case_id, file_id)
    given = places if isinstance(places, TextPlaces) else list(places)
    if not nothing and not (given.words or given.lines if isinstance(given, TextPlaces) else given):
        raise BadInput(
            _("nothing is blackened"),
            where="places",
            mend=_("mark what has to go, or say that you looked and nothing has to"),
        )
    made = _redacted(row.file, given)
    digest = hashlib.sha256(made.content).hexdigest()
    standing = _standing(row)
    if standing and (standing.file.sha256, standing.way) == (digest, Copy.Way.REDACTED):
        return standing
    stored = keep(actor, f"ban-che-{digest[:8]}.{made.ending}", io.BytesIO(made.content))
    with unless_done(stored), transaction.atomic():
        return put(actor, steps.hold(actor, case_id), row, stored, Copy.Way.REDACTED, made.places)


def shown(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID, places: TextPlaces) -> str:
    """The text of a file as a copy would have it.

    Raises:
        NotFound, NotAllowed, BadInput: as for `redact`.
    """
    return blackening.without(text_of(redactable(actor, case_id, file_id).file), places.words, places.lines)[0]


def withdraw(actor: Actor, case_id: uuid.UUID, copy_id: uuid.UUID) -> None:
    """Takes a copy out of what the person affected gets from now on.

    Raises:
        NotFound: no such case for this actor, or no such copy stands in it.
        NotAllowed: the actor does not work on cases.
    """
    _require(actor)
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        copy = case.copies.select_related("file", "evidence__file").filter(id=copy_id, withdrawn_at=None).first()
        if copy is None:
            raise NotFound(_("There is no such copy."))
        _end(copy)
        clear = {"copy": copy.id, "sha256": copy.file.sha256}
        steps.note(actor, case, [Draft("evidence.copy_withdrawn", steps.subject(case), clear)])


def redactable(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID) -> Evidence:
    """The evidence of a file that this actor may make a copy of.

    Raises:
        NotFound, NotAllowed: as for `redact`.
    """
    _require(actor)
    row = evidence_row(actor, case_id, file_id)
    if row.restricted_at:
        raise NotAllowed(_("This file may show the abuse of a child. No copy of it is made."))
    return row


def clean_copy(actor: Actor, original: StoredFile) -> StoredFile:
    """The copy of a file that was just kept, without metadata; where there can be none, the file is forgotten again.

    Raises:
        BadInput: it can't be cleaned.
    """
    with unless_done(original):
        ending, content = cleaning.cleaned(original)
    return keep(actor, cleaning.named(original.name, ending), io.BytesIO(content))


def put(actor: Actor, case: Case, row: Evidence, stored: StoredFile, way: str, places: int) -> Copy:
    """Lets a copy stand for a file from now on; in the caller's transaction, which holds the case."""
    if before := _standing(row):
        _end(before)
    copy = Copy.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        evidence=row,
        file=stored,
        way=way,
        places=places,
        made_by=actor.ref,
        made_at=clock.now(),
    )
    clear = {"copy": copy.id, "sha256": stored.sha256, "places": places}
    committed = {"original": row.file.sha256}
    steps.note(actor, case, [Draft(f"evidence.{way}", steps.subject(case), clear, committed)])
    return copy


def text_of(stored: StoredFile) -> str:
    """The text of a file as it is shown and searched when words are taken out.

    Raises:
        BadInput: it holds none that can be read, or too much.
    """
    if stored.media_type not in READABLE:
        raise drawing.cant_be_drawn(stored)
    ending = ".docx" if stored.media_type == cleaning.WORD else ".txt"
    with open_file(stored) as source:
        text = blackening.plain(text_of_bytes(source.read(), stored.name, ending))
    if len(text) > blackening.LONGEST_TEXT:
        raise BadInput(_("the text is too long"), where=stored.name, mend=_("keep only the part that matters"))
    return text


def _require(actor: Actor) -> None:
    if actor.kind is not ActorKind.MEMBER:
        raise NotAllowed(_("Only a person on the staff can do this."))
    actor.require(*policy.WORKING)


def _redacted(stored: StoredFile, places: Sequence[Place] | TextPlaces) -> Made:
    if isinstance(places, TextPlaces):
        _check_words(places)
        plain = text_of(stored)
        _require_found(plain, places)
        text, count = blackening.without(plain, places.words, places.lines)
        return Made("txt", text.encode() or b"\n", count)
    if stored.media_type not in DRAWABLE:
        raise drawing.cant_be_drawn(stored)
    for place in places:
        if not (0 <= place.left < 1 and 0 <= place.top < 1 and 0 < place.width <= 1 and 0 < place.height <= 1):
            raise BadInput(_("a place lies outside the page"), where="places", mend=_("give shares from 0 to 100"))
    return Made(*drawing.as_file(stored, drawing.flattened(stored, places), ""), len(places))


def _check_words(places: TextPlaces) -> None:
    if len(places.words) > blackening.MOST_WORDS or any(len(w) > blackening.LONGEST_WORDS for w in places.words):
        raise BadInput(_("too many words, or too long ones"), where="words", mend=_("name whole lines instead"))


def _require_found(text: str, places: TextPlaces) -> None:
    """Refuses what is not there: else a misspelt name would stay while others go, and the copy would seem done."""
    if nowhere := blackening.standing_nowhere(text, places.words):
        what = _("these words stand nowhere in it: %(words)s") % {"words": "; ".join(nowhere)}
        raise BadInput(what, where="words", mend=_("write them as they stand there"))
    most = text.count("\n") + 1
    if any(span.last > most for span in places.lines):
        what = _("the text has only %(most)s lines") % {"most": most}
        raise BadInput(what, where="lines", mend=_("correct the numbers"))


def _standing(row: Evidence) -> Copy | None:
    return row.copies.select_related("file").filter(withdrawn_at__isnull=True).first()


def _end(copy: Copy) -> None:
    copy.withdrawn_at = clock.now()
    copy.save(update_fields=["withdrawn_at"])
