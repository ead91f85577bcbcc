"""Queues and rota: how work reaches people, for all to read and for those who arrange it to change."""

import uuid

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base.actor import Actor
from anlanh.base.identity.queries import members
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff, step
from anlanh.web.console.desk_forms import (
    SPARE_RULES,
    AwayForm,
    PlanForm,
    QueueForm,
    RuleForm,
    SendOnForm,
    ShiftForm,
    ShiftNoteForm,
)
from anlanh.web.console.forms import add_fault
from anlanh.web.console.shell import page
from anlanh.web.console.views.case import answer
from anlanh.work.casework import policy
from anlanh.work.casework import queries as casework
from anlanh.work.casework.actions import review
from anlanh.work.casework.desk import actions, placing, queries, sending, times
from anlanh.work.casework.desk.actions import QueueInput
from anlanh.work.casework.desk.models import Queue

QUEUE_FIELDS = ("name", "seen_by", "taken_by", "hidden", "fallback", "position")


@staff
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The queues, who is at work, and what those before left to say."""
    return _overview(request)


@staff
@require_http_methods(["GET", "POST"])
def new_queue(request: HttpRequest) -> HttpResponse:
    """Sets up a queue."""
    request.actor.require(policy.ARRANGE)
    return _queue(request, None)


@staff
@require_http_methods(["GET", "POST"])
def edit_queue(request: HttpRequest, queue_id: uuid.UUID) -> HttpResponse:
    """Changes a queue."""
    request.actor.require(policy.ARRANGE)
    return _queue(request, queries.queue(request.actor, queue_id))


@staff
@require_POST
def retire_queue(request: HttpRequest, queue_id: uuid.UUID) -> HttpResponse:
    """Takes a queue away."""
    try:
        actions.retire_queue(request.actor, queue_id)
    except BadInput as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The queue is gone; its cases are in no named queue now."))
    return redirect("console:desk")


@staff
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The rules that sort cases, and the shares of a clock that order them."""
    request.actor.require(policy.ARRANGE)
    current = placing.plan_of(request.actor.organisation_id)
    queues, rules = queries.queues(request.actor), formset_factory(RuleForm, extra=SPARE_RULES)
    sent = request.method == "POST"
    given, people = (request.POST if sent else None), _people(request.actor)
    form = PlanForm(given, initial=PlanForm.filled_in(current), people=people)
    lines = rules(
        given,
        initial=[RuleForm.filled_in(rule) for rule in current.rules],
        form_kwargs={"queues": queues, "actor": request.actor},
        prefix="rules",
    )
    if sent and form.is_valid() and lines.is_valid():
        try:
            actions.write_plan(request.actor, form.plan([rule for line in lines if (rule := line.rule())]))
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The plan holds from now on. What waits is being sorted anew."))
            return redirect("console:desk")
    context = {"form": form, "lines": lines, "current": queries.plan(request.actor)}
    return page(request, "console/desk_plan.html", context, status=422 if sent else 200)


@staff
@require_POST
def set_shift(request: HttpRequest) -> HttpResponse:
    """Puts a person on the rota."""
    form = ShiftForm(request.POST, people=_people(request.actor), queues=queries.queues(request.actor))
    if form.is_valid():
        given = form.cleaned_data
        try:
            times.set_shift(
                request.actor,
                given["person"],
                given["starts_at"],
                given["ends_at"],
                queue_id=given["queue"],
                on_call=given["on_call"],
            )
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It stands on the rota."))
            return redirect("console:desk")
    return _overview(request, shift_form=form, status=422)


@staff
@require_POST
def set_away(request: HttpRequest) -> HttpResponse:
    """Says that somebody is away, and who stands in."""
    form = _away_form(request.actor, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        span = (given["starts_at"], given["ends_at"])
        try:
            times.set_absence(request.actor, given["person"], *span)
            if given["stand_in"]:
                times.set_delegation(request.actor, given["person"], given["stand_in"], *span)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("It stands on the rota."))
            return redirect("console:desk")
    return _overview(request, away_form=form, status=422)


@staff
@require_POST
def withdraw(request: HttpRequest, stretch_id: uuid.UUID) -> HttpResponse:
    """Takes something off the rota."""
    times.withdraw(request.actor, stretch_id)
    messages.success(request, _("It is off the rota."))
    return redirect("console:desk")


@staff
@require_POST
def shift_note(request: HttpRequest, shift_id: uuid.UUID) -> HttpResponse:
    """Leaves a note for the next shift."""
    form = ShiftNoteForm(request.POST)
    try:
        times.hand_over_shift(request.actor, shift_id, form.data.get("note", ""))
    except BadInput as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The next shift reads your note here."))
    return redirect("console:desk")


@step
def send_on(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Sends the case to another queue, or among graver ones, with a reason."""
    case, named = casework.case(request.actor, case_id), queries.queues_to_send_to(request.actor)
    form = SendOnForm(request.POST, queues=named, case=case)
    if form.is_valid():
        given = form.cleaned_data
        try:
            sending.send_on(request.actor, case_id, given["queue"], given["tier"], given["reason"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The case is sent on. Its clocks run as before."))
            return redirect("console:queue")
    return answer(request, case_id, sending_on=form, status=422)


@step
def skip(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Leaves the case to somebody else and opens the next."""
    review.skip(request.actor, case_id)
    following = review.claim_next(request.actor)
    if following is None:
        messages.success(request, _("Somebody else gets it. Nothing more waits to be taken."))
        return redirect("console:queue")
    messages.success(request, _("Somebody else gets it. This is the next."))
    return redirect("console:case", following.id)


def _overview(
    request: HttpRequest,
    *,
    shift_form: ShiftForm | None = None,
    away_form: AwayForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    arranges = actor.can(policy.ARRANGE)
    queues = list(queries.queues(actor))
    context = {
        "arranges": arranges,
        "named": queues,
        "on_call": queries.on_call_now(actor),
        "rota": queries.rota(actor),
        "notes": queries.notes(actor),
        "plan": placing.plan_of(actor.organisation_id),
        "shift_form": shift_form or (ShiftForm(people=_people(actor), queues=queues) if arranges else None),
        "away_form": away_form or _away_form(actor),
        "note_form": ShiftNoteForm(),
        "own_shift": queries.own_shift(actor),
    }
    return page(request, "console/desk.html", context, status=status)


def _away_form(actor: Actor, given: object = None) -> AwayForm:
    """People say it of themselves; those who arrange the work also of others."""
    own = "" if actor.can(policy.ARRANGE) else str(actor.ref)
    return AwayForm(given, people=_people(actor), own=own, initial={"person": str(actor.ref)})


def _queue(request: HttpRequest, queue: Queue | None) -> HttpResponse:
    sent = request.method == "POST"
    initial = {name: getattr(queue, name) for name in QUEUE_FIELDS} if queue else {}
    form = QueueForm(request.POST if sent else None, initial=initial, people=_people(request.actor))
    if sent and form.is_valid():
        given = QueueInput(**{name: form.cleaned_data[name] for name in QUEUE_FIELDS})
        try:
            actions.write_queue(request.actor, given, queue.id if queue else None)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The queue is set. Rules send cases to it."))
            return redirect("console:desk")
    return page(request, "console/desk_queue.html", {"form": form, "queue": queue}, status=422 if sent else 200)


def _people(actor: Actor) -> list[tuple[str, str]]:
    return [(str(person.ref), person.name) for person in members(actor)]
