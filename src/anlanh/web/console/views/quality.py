"""Second looks: the queue, a case judged without its outcome, the comparison; rates, figures and the draw; feedback."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base.actor import Actor
from anlanh.base.files.serve import disposition
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import add_fault
from anlanh.web.console.grounds import grouped, own_rules
from anlanh.web.console.quality_forms import (
    CompareForm,
    CorrectForm,
    OwnJudgementForm,
    RulesForm,
    ground_title,
    value_choices,
)
from anlanh.web.console.shell import page
from anlanh.work.casework.publishing.figures import HIDDEN, SMALLEST_SHOWN
from anlanh.work.casework.quality import actions, correcting, queries
from anlanh.work.casework.quality.drawing import SamplingRule
from anlanh.work.registry.tables import write_rows

BAR_WIDTH, BAR_STEP = 240, 44


@staff
@require_GET
def second_looks(request: HttpRequest) -> HttpResponse:
    """What waits for a second look."""
    return page(request, "console/second_looks.html", {"lines": queries.waiting_lines(request.actor)})


@staff
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Takes the second look that was drawn first, of those that the person may make."""
    look = actions.take_next(request.actor)
    if look is None:
        messages.success(request, _("No second look waits for you."))
        return redirect("console:second_looks")
    return redirect("console:second_look", look.id)


@staff
@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """One case as it was; a POST takes it."""
    if request.method == "POST":
        try:
            actions.take(request.actor, look_id)
        except BadInput as fault:
            messages.error(request, f"{fault.what}; {fault.mend}")
        return redirect("console:second_look", look_id)
    return _shown(request, look_id)


@staff
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """The own judgement; then the decision is shown."""
    shown = queries.as_it_was(request.actor, look_id)
    if request.method == "GET":
        return redirect("console:second_look", look_id)
    form = _own_form(request, shown, request.POST)
    if form.is_valid():
        try:
            actions.answer(request.actor, look_id, **form.cleaned_data)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            return redirect("console:second_look", look_id)
    return _shown(request, look_id, own=form)


@staff
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """How the two compare; then the next one."""
    queries.as_it_was(request.actor, look_id)
    if request.method == "GET":
        return redirect("console:second_look", look_id)
    form = CompareForm(request.POST)
    if form.is_valid():
        try:
            actions.compare(request.actor, look_id, **form.cleaned_data)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The second look is done. The decider reads it without your name."))
            return redirect("console:second_looks")
    return _shown(request, look_id, comparing=form)


@staff
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """Leaves it to somebody else."""
    queries.as_it_was(request.actor, look_id)
    if request.method == "POST":
        actions.release(request.actor, look_id)
    return redirect("console:second_looks")


@staff
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, look_id: uuid.UUID) -> HttpResponse:
    """Puts a decision right that was found wrong."""
    queries.as_it_was(request.actor, look_id)
    if request.method == "GET":
        return redirect("console:second_look", look_id)
    form = CorrectForm(request.POST)
    if form.is_valid():
        try:
            look = correcting.correct(request.actor, look_id, form.cleaned_data["reasons"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("The decision is reversed. Letters are on their way."))
            return redirect("console:case", look.case_id)
    return _shown(request, look_id, correcting_form=form)


@staff
@require_GET
def feedback(request: HttpRequest) -> HttpResponse:
    """What second looks found about the person's own decisions."""
    lines = list(queries.feedback(request.actor))
    actions.note_read(request.actor)
    return page(request, "console/feedback.html", {"lines": lines})


@staff
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """How often second looks agree, and the plans by which decisions are drawn; `?check=` draws again for one."""
    rows = queries.agreement(request.actor)
    asked = request.GET.get("check", "")
    version = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    context = {
        "rows": [(ground_title(row.ground, request.actor) if row.ground else "", row) for row in rows],
        "bars": _bars(request.actor, rows),
        "chart_height": BAR_STEP * max(1, sum(bool(row.ground) for row in rows)) + 4,
        "plans": queries.sampling_plans(request.actor),
        "checked": queries.drawn_again(request.actor, version) if version else None,
        "smallest": SMALLEST_SHOWN,
        "may_set": request.actor.can(actions.MAY_SET),
    }
    return page(request, "console/quality.html", context)


@staff
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The same figures as a file."""
    header = [_("Ground"), _("Second looks"), _("The same"), _("Another ground"), _("Another measure"), _("Wrong")]
    rows = [
        [
            ground_title(row.ground, request.actor) if row.ground else _("All together"),
            *map(_number, (row.looks, row.agree, row.differs_ground, row.differs_measure, row.wrong)),
        ]
        for row in queries.agreement(request.actor)
    ]
    response = HttpResponse(write_rows([header, *rows]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = disposition("xem-lai.csv")
    return response


@staff
@require_http_methods(["GET", "POST"])
def sampling(request: HttpRequest) -> HttpResponse:
    """Sets how many decisions of which kind are looked at again."""
    request.actor.require(actions.MAY_SET)
    plans = queries.sampling_plans(request.actor)
    current = plans[0].rules if plans else _usual()
    initial = [{"kind": rule.kind, "value": rule.value, "percent": rule.percent} for rule in current]
    forms, fault = RulesForm(request.POST or None, initial=initial), None
    if request.method == "POST" and forms.is_valid():
        rules = [rule for form in forms for rule in [form.rule()] if rule]
        try:
            actions.set_plan(request.actor, rules)
        except BadInput as refused:
            fault = refused
        else:
            messages.success(request, _("Saved. It holds for decisions from now on."))
            return redirect("console:quality")
    faulty = bool(fault) or (request.method == "POST")
    context = {"forms": forms, "fault": fault, "values": value_choices(request.actor), "first": not plans}
    return page(request, "console/sampling.html", context, status=422 if faulty else 200)


def _shown(request: HttpRequest, look_id: uuid.UUID, **sent: Any) -> HttpResponse:
    shown = queries.as_it_was(request.actor, look_id)
    context = {
        "shown": shown,
        "look": shown.look,
        "case": shown.case,
        "own_form": sent.get("own") or _own_form(request, shown),
        "compare_form": sent.get("comparing")
        or CompareForm(initial={"outcome": "agree"} if shown.first and not shown.differs else {}),
        "correct_form": sent.get("correcting_form") or CorrectForm(),
    }
    return page(request, "console/second_look.html", context, status=422 if sent else 200)


def _own_form(request: HttpRequest, shown: queries.AsItWas, sent: Any = None) -> OwnJudgementForm:
    category = shown.case.category
    own = own_rules(request.actor, shown.own_rules, category)
    return OwnJudgementForm(sent, grounds=grouped(shown.grounds, category), own=own)


def _usual() -> list[SamplingRule]:
    """What the page suggests where an organisation has set nothing yet: the house rules of the pack."""
    rules = vietnam().house_rules
    routine, first = rules.get("quality.routine-percent"), rules.get("quality.newcomer-first")
    return [
        *([SamplingRule("routine", routine.number)] if routine else []),
        *([SamplingRule("newcomer", 100, str(first.number))] if first else []),
        SamplingRule("machine", 100),
    ]


def _bars(actor: Actor, rows: list[queries.GroundFigures]) -> list[dict[str, object]]:
    """The share of each ground that agreed, as bars of an SVG."""
    return [
        {
            "title": ground_title(row.ground, actor),
            "y": at * BAR_STEP,
            "width": round(BAR_WIDTH * (row.percent or 0) / 100),
            "value": f"{row.percent} %" if row.percent is not None else _("not shown"),
        }
        for at, row in enumerate(row for row in rows if row.ground)
    ]


def _number(value: int) -> str:
    return _("not shown") if value == HIDDEN else str(value)
