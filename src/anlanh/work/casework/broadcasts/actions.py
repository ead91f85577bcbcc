"""Noting that a broadcast runs or is over, and keeping clips of it: by those who work on the case, each an act."""

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft
from anlanh.base.files.store import Readable
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import details, policy, steps
from anlanh.work.casework.broadcasts.models import Broadcast, Clip
from anlanh.work.casework.desk import placing
from anlanh.work.casework.keeping.actions import add_evidence
from anlanh.work.casework.keeping.models import Exhibit
from anlanh.work.casework.models import Case


def note_running(actor: Actor, case_id: uuid.UUID) -> Case:
    """Says that the broadcast runs now: its case is begun before others, and it can be interrupted.

    Raises:
        NotFound: no such case for this actor.
        NotAllowed: the actor does not work on cases.
        BadInput: nobody has anything left to do on the case.
    """
    policy.require_person(actor)
    actor.require(*policy.WORKING)
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        if case.closed_at:
            raise BadInput(_("the case is settled"), mend=_("report what is broadcast now anew"))
        row = _row(actor, case)
        row.running_at, row.over_at, row.seconds = clock.now(), None, None
        row.noted_by = actor.ref
        row.save()
        steps.note(actor, case, [Draft("broadcast.running", steps.subject(case))])
        _set_on_air(case, True)
    return case


def note_over(actor: Actor, case_id: uuid.UUID, length: str = "") -> Case:
    """Says that the broadcast is over, and how long it was; said again it corrects the length.

    Args:
        actor: somebody who works on the case, or the platform's machine.
        case_id: the case.
        length: `h:mm:ss` or `mm:ss`; empty while nobody knows it.

    Raises:
        NotFound, NotAllowed: as for `note_running`.
        BadInput: no length, or one that a clip reaches beyond.
    """
    policy.require_person(actor)
    actor.require(*policy.WORKING)
    seconds = details.seconds(length, "length") if length.strip() else None
    if seconds == 0:
        raise BadInput(_("a broadcast is longer than nothing"), where="length", mend=_("leave it empty"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        last = case.clips.aggregate(last=Max("ends"))["last"] or 0
        if seconds is not None and last > seconds:
            raise BadInput(
                _("a clip that is kept ends at %(end)s") % {"end": details.clock_words(last)},
                where="length",
                mend=_("correct the length"),
            )
        row = _row(actor, case)
        row.over_at, row.noted_by = row.over_at or clock.now(), actor.ref
        row.seconds = seconds if seconds is not None else row.seconds
        row.save()
        steps.note(actor, case, [Draft("broadcast.over", steps.subject(case), {"length_seconds": seconds})])
        _set_on_air(case, False)
    return case


def keep_clip(
    actor: Actor,
    case_id: uuid.UUID,
    name: str,
    content: Readable,
    starts: str,
    ends: str,
    *,
    relied_on: bool,
) -> Clip:
    """Keeps a clip of the broadcast as evidence, with the stretch that it shows.

    Args:
        actor, case_id, name, content: as for `keeping.actions.add_evidence`.
        starts, ends: `h:mm:ss` or `mm:ss` from the beginning of the broadcast.
        relied_on: the decision rests on it; letters to the person affected name the stretch.

    Raises:
        NotFound, NotAllowed: as for `add_evidence`.
        BadInput: no such times, an end before the start or after the end of the broadcast; or of the file.
    """
    first, last = details.seconds(starts, "starts"), details.seconds(ends, "ends")
    if last <= first:
        raise BadInput(_("the clip ends before it starts"), where="ends", mend=_("give a later time"))
    with transaction.atomic():
        case = steps.hold(actor, case_id)
        whole = Broadcast.objects.filter(case=case, seconds__isnull=False).values_list("seconds", flat=True).first()
        if whole is not None and last > whole:
            raise BadInput(
                _("the broadcast ended at %(end)s") % {"end": details.clock_words(whole)},
                where="ends",
                mend=_("give an earlier time, or correct the length of the broadcast"),
            )
        exhibit = add_evidence(actor, case_id, Exhibit.Kind.FILE, name, content, relied_on=False)
        clip = Clip.objects.create(
            organisation_id=case.organisation_id,
            case=case,
            exhibit=exhibit,
            starts=first,
            ends=last,
            relied_on=relied_on,
        )
        clear = {"exhibit": exhibit.id, "starts": first, "ends": last, "relied_on": relied_on}
        steps.note(actor, case, [Draft("clip.kept", steps.subject(case), clear)])
    return clip


def _row(actor: Actor, case: Case) -> Broadcast:
    found = Broadcast.objects.filter(case=case).first()
    return found or Broadcast(organisation_id=case.organisation_id, case=case, noted_by=actor.ref)


def _set_on_air(case: Case, running: bool) -> None:
    case.on_air = running
    placing.sort_anew(case)
    steps.save(case)
