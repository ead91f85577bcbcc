"""Telling the person on call of what nobody has taken when half of its clock is used, and again at four fifths.

When a mark is reached stands on the case, so a worker that stood still finds all that passed meanwhile; what was told
is a row a mark, so two workers tell it once. Telling is all that happens: nothing is decided, carried out or ended.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import system
from anlanh.base.acts.record import Draft
from anlanh.base.identity.models import Membership
from anlanh.base.outbox.models import Task
from anlanh.base.outbox.queue import Draft as MessageDraft
from anlanh.base.outbox.queue import enqueue, open_task
from anlanh.work.casework import steps
from anlanh.work.casework.desk import placing, rota
from anlanh.work.casework.desk.models import Call
from anlanh.work.casework.models import Case

UNOWNED = "case_unowned"
AT_ONCE = 200
MOST_NAMED = 20
# The page lives in `web`, which this floor does not know; a test holds the two together.
CASE_PATH = "/console/cases/{case}/"


def unowned(cases: QuerySet[Case], organisation_id: uuid.UUID, moment: datetime) -> QuerySet[Case]:
    """Those that nobody holds and that are put aside for nobody who is there."""
    free = Q(claimed_by__isnull=True) | Q(claimed_until__lte=moment)
    aside = Q(assigned_to__isnull=True) | Q(assigned_to__in=rota.away(organisation_id, moment))
    return cases.filter(free, aside)


def call_everybody() -> int:
    """Tells of all marks that were reached, in every organisation, a part each; how many were told. For the worker."""
    reached = Case.objects.filter(closed_at__isnull=True, mark_at__lte=clock.now())
    return sum(map(call, reached.order_by().values_list("organisation_id", flat=True).distinct()))


def call(organisation_id: uuid.UUID) -> int:
    """Tells of the marks reached by one organisation's unowned cases, the earliest first, up to `AT_ONCE`."""
    moment = clock.now()
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        reached = Case.objects.filter(organisation_id=organisation_id, closed_at__isnull=True, mark_at__lte=moment)
        rows = steps.held(unowned(reached, organisation_id, moment), skip_locked=skip_locked)
        cases = list(rows.order_by("mark_at", "id")[:AT_ONCE])
        told: dict[uuid.UUID | None, list[Case]] = {}
        people: dict[uuid.UUID | None, uuid.UUID | None] = {}
        for case in cases:
            if case.queue_id not in people:
                people[case.queue_id] = rota.on_call(organisation_id, case.queue_id, moment)
            person = people[case.queue_id]
            if _tell(case, person, moment):
                told.setdefault(person, []).append(case)
        Case.objects.bulk_update(cases, ["mark_at"])
        for person, theirs in told.items():
            _write(organisation_id, person, theirs)
    return sum(map(len, told.values()))


def settle(case: Case, by: uuid.UUID | None) -> None:
    """Closes the tasks about a case that somebody has taken by now; in the caller's transaction."""
    waiting = Task.objects.filter(
        organisation_id=case.organisation_id, kind=UNOWNED, subject_id=case.id, state=Task.State.OPEN
    )
    waiting.update(state=Task.State.DONE, closed_at=clock.now(), closed_by=by)


def _tell(case: Case, person: uuid.UUID | None, moment: datetime) -> bool:
    """Notes the highest mark that was passed, with its act and task; whether it was not told before."""
    plan, span = placing.plan_of(case.organisation_id), placing.span_of(case)
    if span is None:
        case.mark_at = None
        return False
    started, due = span
    percent = max(mark for mark in plan.marks if started + (due - started) * mark / 100 <= moment)
    case.mark_at = plan.mark_after(span, passed=percent)
    _call, new = Call.objects.get_or_create(
        case=case,
        due_at=due,
        percent=percent,
        defaults={"organisation_id": case.organisation_id, "told": person, "called_at": moment},
    )
    if not new:
        return False
    clear = {"percent": percent, "told": person}
    steps.note(system(case.organisation_id), case, [Draft("case.called", steps.subject(case), clear)])
    detail = {"percent": percent, "told": str(person) if person else None, "case": case.number}
    key = f"unowned:{case.id}:{due.timestamp():.0f}:{percent}"
    open_task(case.organisation_id, UNOWNED, key, subject=("case", case.id), detail=detail)
    return True


def _write(organisation_id: uuid.UUID, person: uuid.UUID | None, cases: Sequence[Case]) -> None:
    """One letter for all that was found, without a word of what the cases are about."""
    member = Membership.objects.select_related("account").filter(ref=person, account__isnull=False).first()
    if member is None:
        return
    with translation.override(member.account.language):
        lines = [f"- {case.number}: {settings.SITE_URL}{CASE_PATH.format(case=case.id)}" for case in cases[:MOST_NAMED]]
        more = len(cases) - MOST_NAMED
        if more > 0:
            lines.append(_("and %(count)s more") % {"count": more})
        body = _(
            "Hello %(name)s,\n\n"
            "you are on call. Nobody has taken these cases, and a good part of their time is over:\n\n"
            "%(cases)s\n\nPlease take them or find somebody who does. Nothing is decided by itself."
        ) % {"name": member.name, "cases": "\n".join(lines)}
        subject = _("%(count)s cases wait for somebody to take them") % {"count": len(cases)}
    payload = {"to": member.account.email, "subject": subject, "body": body, "language": member.account.language}
    key = f"call:{cases[0].id}:{cases[0].due_at.timestamp():.0f}:{clock.now().timestamp():.6f}"
    enqueue(organisation_id, [MessageDraft("mail", key, payload)])
