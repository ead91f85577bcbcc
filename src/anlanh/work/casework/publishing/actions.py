"""Counting a month that is over, once; and releasing words on a decision after a person checked them."""

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.acts.record import Draft
from anlanh.primitives.dates import civil_date, end_of_day
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import steps, words
from anlanh.work.casework.actions.undoing import has_left
from anlanh.work.casework.models import Decision
from anlanh.work.casework.publishing import figures
from anlanh.work.casework.publishing.models import MonthCounted, Released

LONGEST_TEXT = 2000
_TAKEN_BACK_WITHIN = timedelta(days=1)


def month_counted(organisation_id: uuid.UUID, month: date) -> MonthCounted:
    """The figures of a month that is over, counted now if nobody has asked for them before. No act: it decides nothing.

    Raises:
        NotFound: the month is not over, or lies before there was anything.
    """
    if not _first_month(organisation_id) <= month < civil_date(clock.now()).replace(day=1):
        raise NotFound(_("There are no figures of this month."))
    known = MonthCounted.objects.filter(organisation_id=organisation_id, month=month).first()
    if known:
        return known
    counted = figures.count((act.body for act in acts_for(organisation_id, month)), month)
    row, _made = MonthCounted.objects.get_or_create(
        organisation_id=organisation_id, month=month, defaults={"figures": counted, "counted_at": clock.now()}
    )
    return row


def acts_for(organisation_id: uuid.UUID, month: date) -> list[Act]:
    """The acts that a month is counted from."""
    begins = end_of_day(month - timedelta(days=1)) + timedelta(seconds=1)
    ends = end_of_day(following(month) - timedelta(days=1)) + timedelta(seconds=1)
    own = Act.objects.filter(organisation_id=organisation_id, type__in=figures.COUNTED)
    inside = list(own.filter(recorded_at__gte=begins, recorded_at__lt=ends))
    known = {act.id for act in inside}
    cases = sorted({act.subject_id for act in inside})
    later = own.filter(type="decision.withdrawn", recorded_at__gte=ends, recorded_at__lt=ends + _TAKEN_BACK_WITHIN)
    beyond = [*later]
    before = own.filter(type__in=figures.KEEPING_APART, recorded_at__lt=begins)
    for start in range(0, len(cases), 500):
        beyond += before.filter(subject_id__in=cases[start : start + 500])
    return [*inside, *(act for act in beyond if act.id not in known)]


def _first_month(organisation_id: uuid.UUID) -> date:
    """The month of the first act: nobody can make us count, and keep, months before it."""
    first = Act.objects.filter(organisation_id=organisation_id).order_by("recorded_at").first()
    return civil_date(first.recorded_at if first else clock.now()).replace(day=1)


def following(month: date) -> date:
    """The first day of the next month."""
    return (month + timedelta(days=32)).replace(day=1)


def release(actor: Actor, decision_id: uuid.UUID, text: str) -> Released:
    """Lets words stand beside a published decision. Whoever releases them has checked that they name nobody.

    Raises:
        NotFound: no such decision for this actor.
        NotAllowed: without `cases.decide`.
        BadInput: nothing is written, too much, it is not published, or words were released before.
    """
    actor.require("cases.decide")
    text = words.cleaned(text, "text", LONGEST_TEXT)
    found = Decision.objects.filter(organisation_id=actor.organisation_id, id=decision_id).first()
    if found is None:
        raise NotFound(_("There is no such decision."))
    if not text:
        raise BadInput(_("nothing is written"), where="text", mend=_("write what may be published"))
    with transaction.atomic():
        case = steps.hold(actor, found.case_id)
        decision = Decision.objects.get(id=decision_id)
        if decision.withdrawn_at or not has_left(decision) or decision.notice_forbidden_by:
            raise BadInput(_("this decision is not published"), mend=_("wait until those concerned know of it"))
        if Released.objects.filter(decision=decision).exists():
            raise BadInput(_("words were released before"), mend=_("look at the case again"))
        released = Released.objects.create(
            organisation_id=case.organisation_id,
            decision=decision,
            text=text,
            released_by=actor.ref,
            released_at=clock.now(),
        )
        draft = Draft("statement.released", steps.subject(case), {"decision": decision.id}, {"text": text})
        steps.note(actor, case, [draft])
    return released
