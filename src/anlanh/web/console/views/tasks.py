"""What only a person can settle: deliveries that kept failing, measures to carry out by hand."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.tasks import close_task, retry_task
from anlanh.base.files import serve
from anlanh.base.outbox import queries
from anlanh.base.outbox.failing import JOB_FAILING, MAILBOX_FAILING
from anlanh.base.outbox.models import Task
from anlanh.primitives.dates import date_vi
from anlanh.primitives.errors import BadInput
from anlanh.reporting.law_tasks import LAW_ALARM
from anlanh.web.console import failures
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page
from anlanh.web.console.templatetags.console import said
from anlanh.web.law_words import language
from anlanh.work.casework import measures
from anlanh.work.casework import queries as casework
from anlanh.work.casework.actions.measures import BY_HAND, REVERSE, carried_out_by_hand
from anlanh.work.casework.desk.calling import UNOWNED
from anlanh.work.casework.mailbox.actions import take_in
from anlanh.work.casework.mailbox.queries import held_letters as of_an_address
from anlanh.work.casework.mailbox.queries import letter_that_waits
from anlanh.work.casework.models import Case
from anlanh.work.casework.quality.actions import FOUND_WRONG

TASKS_A_PAGE = 30

KINDS = {
    failures.FAILED: gettext_lazy("A delivery kept failing"),
    JOB_FAILING: gettext_lazy("A job of the program kept failing"),
    MAILBOX_FAILING: gettext_lazy("The mailbox can't be read"),
    BY_HAND: gettext_lazy("A measure to carry out by hand"),
    "order_confirmation": gettext_lazy("The paper did not follow a call"),
    LAW_ALARM: gettext_lazy("The law needs a look"),
    "letter_by_hand": gettext_lazy("A letter to hand on"),
    "late_appeal": gettext_lazy("An appeal that came late: to let in or refuse"),
    "report_misuse": gettext_lazy("Reports without any basis, again and again: to be considered"),
    "misuse_objection": gettext_lazy("An appeal against a warning or limit"),
    "mandate_to_check": gettext_lazy("A representative's paper to check"),
    "counter_notice": gettext_lazy("A counter-notice whose time is over: to settle"),
    "appeal_overdue": gettext_lazy("An appeal that is not answered in time"),
    "life_in_danger": gettext_lazy("Somebody's life may be in danger"),
    "mail_too_many": gettext_lazy("Many letters from one address: to be looked at"),
    "mail_unreadable": gettext_lazy("A letter that no program could read"),
    "mail_secret": gettext_lazy("A letter marked secret: nothing of it was taken"),
    UNOWNED: gettext_lazy("A case that nobody has taken"),
    FOUND_WRONG: gettext_lazy("A second look found a decision wrong"),
}


@dataclass(frozen=True)
class TaskLine:
    """A task as its page shows it.

    Args:
        task: the row.
        title: what sort of work it is.
        case: the case it comes from, for those who may see it.
        to_do: what is to be done, where that is known.
        channel: what was being sent or done, in words; empty when nothing was.
        where: the page on which it can be mended; empty where there is none.
        retriable: sending again is a way to settle it.
        by_hand: settling it records that a measure was carried out.
        letter: there is a letter to read and hand on.
        possible: the reader may settle it; measures and letters take the right to decide.
    """

    task: Task
    title: str | Promise
    case: Case | None
    to_do: str | Promise
    channel: str | Promise
    where: str
    retriable: bool
    by_hand: bool
    letter: bool
    possible: bool


@staff
@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """The open tasks, or with `?state=done` those settled."""
    state = Task.State.DONE if request.GET.get("state") == Task.State.DONE else Task.State.OPEN
    paginator = Paginator(queries.tasks(request.actor, state), TASKS_A_PAGE)
    rows = paginator.get_page(request.GET.get("page"))
    context = {"lines": [_line(request.actor, task) for task in rows], "rows": rows, "state": state}
    return page(request, "console/tasks.html", context)


@staff
@require_POST
def retry(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """Sends again what kept failing."""
    retry_task(request.actor, task_id)
    messages.success(request, _("It is being sent again. If it fails again, it comes back here."))
    return redirect("console:tasks")


@staff
@require_POST
def close(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """Settles a task with a note. A measure to carry out by hand is recorded as carried out, too."""
    task = queries.task(request.actor, task_id)
    note = request.POST.get("note", "")
    try:
        _settle(request, task, note)
    except BadInput as fault:
        lines = [_line(request.actor, task)]
        context = {"lines": lines, "rows": None, "state": task.state, "fault": fault, "note": note}
        return page(request, "console/tasks.html", context, status=422)
    messages.success(request, _("Done. Thank you for seeing to it."))
    return redirect("console:tasks")


@staff
@require_GET
def letter(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """The letter that a person hands on, ready to be copied or printed."""
    task = queries.task(request.actor, task_id)
    letter_id = failures.letter_of(task)
    if letter_id is None:
        raise NotFound(_("There is no such letter."))
    text = casework.letter_by_hand(request.actor, letter_id)
    return page(request, "console/letter.html", {"letter": text, "task": task})


@staff
@require_GET
def raw_letter(request: HttpRequest, letter_id: uuid.UUID) -> HttpResponseBase:
    """A letter as it came, for the person who has to settle it: a download that can do nothing in the browser."""
    return serve.response(letter_that_waits(request.actor, letter_id).file)


@staff
@require_http_methods(["GET", "POST"])
def held_letters(request: HttpRequest, held_id: uuid.UUID) -> HttpResponse:
    """The letters of an address from which too many came; pressed, takes them in with the time at which each came."""
    if request.method == "POST":
        left = take_in(request.actor, held_id)
        if not left:
            messages.success(request, _("All of them are taken in."))
            return redirect("console:tasks")
        messages.success(request, _("Taken in. %(left)s are left; press again.") % {"left": left})
        return redirect("console:held_letters", held_id)
    rows = Paginator(of_an_address(request.actor, held_id), TASKS_A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": rows, "held_id": held_id, "may_take_in": request.actor.can("cases.review")}
    return page(request, "console/held_letters.html", context)


def _settle(request: HttpRequest, task: Task, note: str) -> None:
    """Closes the task; what stands behind it is recorded by the room it belongs to."""
    if task.kind == BY_HAND:
        carried_out_by_hand(request.actor, task.subject_id, task.detail["step"], note)
    close_task(request.actor, task.id, note)


def _line(actor: Actor, task: Task) -> TaskLine:
    letter_id = failures.letter_of(task)
    return TaskLine(
        task=task,
        title=KINDS.get(task.kind, task.kind),
        case=_case(actor, task),
        to_do=_to_do(task),
        channel=failures.what(task),
        where=failures.where(task) if task.state == Task.State.OPEN else "",
        retriable=task.message is not None,
        by_hand=task.kind == BY_HAND,
        letter=letter_id is not None and actor.can("cases.decide"),
        possible=actor.can("cases.decide") or (task.kind != BY_HAND and "notice" not in task.detail),
    )


def _to_do(task: Task) -> str:
    """What is to be looked at in the law, done on the platform by hand, or taken by somebody."""
    if task.kind == LAW_ALARM:
        return task.detail["text"][language()]
    if task.kind == UNOWNED:
        percent = task.detail["percent"]
        return _("%(percent)s %% of its time is over. Take it, or find somebody who does.") % {"percent": percent}
    if task.kind == "mail_secret":
        return _(
            "It came on %(day)s from %(sender)s and lies in the mailbox. Note it under “Secret papers”, and pass it on "
            "the way of secret papers."
        ) % {"day": date_vi(date.fromisoformat(task.detail["day"])), "sender": task.detail["sender"] or "?"}
    if task.kind == FOUND_WRONG:
        return _(
            "Somebody who hears appeals and took no part reverses it from the second look. Where nothing was done, the "
            "page is reported anew and decided by somebody else."
        )
    if task.kind != BY_HAND:
        return failures.how(task)
    words = measures.named(task.detail["kind"]).words
    in_terms = task.detail.get("described", {}).get(language())
    act = said(words.undo) if task.detail["step"] == REVERSE else in_terms or said(words.act)
    return _("On the platform: %(act)s. Then say how it was done.") % {"act": act}


def _case(actor: Actor, task: Task) -> Case | None:
    """The case that the task names. A page of tasks has few of them, so they are read one by one."""
    if not actor.can("cases.view"):
        return None
    case_id = task.detail.get("case_id") or (task.subject_id if task.subject_kind == "case" else None)
    case_id = case_id or casework.case_behind(actor, task.id)
    if not case_id:
        return None
    try:
        return casework.case(actor, case_id)
    except NotFound:  # in a queue that only others see
        return None
