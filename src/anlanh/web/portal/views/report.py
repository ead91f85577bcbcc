"""Reporting a page: one question a page, check the answers, send once, keep the number and the secret."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anlanh.base.actor import NotFound
from anlanh.base.identity.models import Organisation
from anlanh.base.identity.policy import public_actor
from anlanh.base.identity.queries import organisation_by_code, organisations_taking_reports
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import drafts, limits, unlocked, vault
from anlanh.web.portal.drafts import Draft
from anlanh.web.portal.steps import (
    ASKS,
    CATEGORY,
    CHECK,
    FILES,
    STEPS,
    Step,
    before,
    first_open,
    reachable,
    slug_of,
    step_named,
    steps_of,
)
from anlanh.web.words import duration_words
from anlanh.work.casework import details
from anlanh.work.casework.actions.intake import Filed, ReportInput, file_report
from anlanh.work.casework.categories import CATEGORIES

SECRET_SHOWN_FOR = timedelta(hours=1)

# Where an error of the action is mended, by the field it names.
STEP_OF_FIELD = {
    "address": "dia-chi",
    "category": "van-de",
    "text": "noi-dung",
    "concerns_child": "noi-dung",
    "threatens_life": "noi-dung",
    "files": FILES,
    "reporter_name": "lien-he",
    "reporter_email": "lien-he",
    "language": "lien-he",
}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To whom: a list of the organisations that take reports. With only one there is nothing to choose."""
    category = request.GET.get("muc", "")
    query = f"?muc={category}" if category in CATEGORIES else ""
    offices = [
        {"name": shown_name(office), "href": step_address(office, STEPS[0].slug) + query}
        for office in organisations_taking_reports()
    ]
    if len(offices) == 1:
        return redirect(offices[0]["href"])
    return render(request, "portal/report/start.html", {"offices": offices})


@never_cache
def step(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """One question. Wrong answers show the page again with what was typed."""
    office = taking_reports(code)
    draft = drafts.load(request, office)
    here = step_named(draft, slug)
    if here is None and slug.startswith(ASKS):  # what is wrong was changed in another tab
        return to_step(office, first_open(draft))
    if here is None or here.form is None:
        raise Http404
    if not reachable(draft, slug):
        return to_step(office, first_open(draft))
    if request.method != "POST":
        known = draft.details if here.question else known_answers(request, draft)
        return question(request, office, draft, here, here.form(initial=known))
    form = here.form(request.POST)
    if not form.is_valid():
        return question(request, office, draft, here, form, status=422)
    if here.question:
        draft.pass_question(slug, here.question, form.cleaned_data[here.question])
    else:
        if slug == CATEGORY and form.cleaned_data["category"] != draft.answers.get("category"):
            draft.forget_questions(ASKS)
        draft.pass_step(slug, {**need_of(request), **draft.answers, **form.cleaned_data})
    drafts.save(request, office, draft)
    return to_step(office, first_open(draft))


@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """All answers with a way to change each, and the button that sends."""
    office = taking_reports(code)
    draft = drafts.load(request, office)
    if request.method == "POST":
        return send(request, office, draft)
    if not reachable(draft, CHECK):
        return to_step(office, first_open(draft))
    return answers(request, office, draft)


def send(request: HttpRequest, office: Organisation, draft: Draft) -> HttpResponse:
    """Files the report once, however often the button was pressed."""
    if request.POST.get("token") != draft.token:
        # Sent already from another tab or by a first click, or the draft went; the next page tells which.
        return redirect("portal:done", code=office.code)
    if not reachable(draft, CHECK):
        return to_step(office, first_open(draft))
    verdict = limits.spend_for(request, "report")
    if not verdict.allowed:
        return answers(request, office, draft, status=429, wait=verdict.retry_after)
    if not limits.first_time(draft.token):
        return redirect("portal:done", code=office.code)
    try:
        # The number is in the session as soon as the report is filed, or neither is.
        with transaction.atomic():
            filed = file_report(public_actor(office.id), office.id, report_input(draft))
            remember(request, office, filed, draft)
            drafts.forget(request, office)
            request.session.save()
    except BadInput as fault:
        draft.renew_token()
        drafts.save(request, office, draft)
        return answers(request, office, draft, status=422, fault=fault)
    return redirect("portal:done", code=office.code)


@never_cache
def done(request: HttpRequest, code: str) -> HttpResponse:
    """The number, the secret, what happens next. A page opened while the first click is under way says so."""
    office = taking_reports(code)
    if request.method == "POST":
        draft = drafts.load(request, office)
        draft.renew_token()
        drafts.save(request, office, draft)
        return to_step(office, first_open(draft))
    filed = vault.get(request, f"filed {office.code}", within=SECRET_SHOWN_FOR)
    if isinstance(filed, dict):
        view = unlocked.view(request, filed["reference"])
        return render(request, "portal/report/done.html", {"office": shown_name(office), "view": view, **filed})
    if drafts.load(request, office).passed:
        return render(request, "portal/report/sending.html", {"office": shown_name(office)})
    return redirect("portal:home")


def question(
    request: HttpRequest, office: Organisation, draft: Draft, here: Step, form: Form, *, status: int = 200
) -> HttpResponse:
    """The page of one step."""
    asked = form.question if here.question else None
    steps = steps_of(draft)
    context = {
        "form": form,
        "office": shown_name(office),
        "step": here,
        "number": [entry.slug for entry in steps].index(here.slug) + 1,
        "total": len(steps),
        "back": back_from(office, draft, here.slug),
        "optional": asked is not None and asked.optional,
        "is_statement": asked is not None and asked.kind == "statement",
    }
    return render(request, f"portal/report/{here.template}.html", context, status=status)


def answers(
    request: HttpRequest,
    office: Organisation,
    draft: Draft,
    *,
    status: int = 200,
    fault: BadInput | None = None,
    wait: timedelta | None = None,
) -> HttpResponse:
    """The check page, with what stopped the sending where something did."""
    given = draft.answers
    context = {
        "office": shown_name(office),
        "draft": draft,
        "category": CATEGORIES[given["category"]].title if given["category"] in CATEGORIES else given["category"],
        "child": given["concerns_child"] == "yes",
        "danger": given.get("threatens_life") == "yes",
        "asked": asked_and_answered(office, draft),
        "fault": fault,
        "mend_at": step_address(office, step_of(fault)) if fault else "",
        "wait": duration_words(wait) if wait else "",
        "at": {entry.template: step_address(office, entry.slug) for entry in STEPS},
        "back": back_from(office, draft, CHECK),
    }
    response = render(request, "portal/report/check.html", context, status=status)
    if wait:
        response.headers["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return response


def asked_and_answered(office: Organisation, draft: Draft) -> list[tuple[str, str, str]]:
    """Each question of the kind of report with what was said to it and where that is changed."""
    answered = dict(details.in_words(draft.answers["category"], draft.details))
    return [
        (str(entry.title), answered.get(str(entry.title), ""), step_address(office, entry.slug))
        for entry in steps_of(draft)
        if entry.question
    ]


def step_of(fault: BadInput) -> str:
    """Where what the action found is mended."""
    if fault.where.startswith("details."):
        return slug_of(fault.where.removeprefix("details."))
    return STEP_OF_FIELD.get(fault.where, STEPS[0].slug)


def report_input(draft: Draft) -> ReportInput:
    """The draft as the action takes it."""
    given = draft.answers
    return ReportInput(
        address=given["address"],
        category=given["category"],
        text=given["text"],
        concerns_child=given["concerns_child"] == "yes",
        threatens_life=given.get("threatens_life") == "yes",
        details=draft.details,
        reporter_name=given["reporter_name"],
        reporter_email=given["reporter_email"],
        language=given["language"],
        file_ids=tuple(uuid.UUID(file.id) for file in draft.files),
        via="web",
    )


def remember(request: HttpRequest, office: Organisation, filed: Filed, draft: Draft) -> None:
    """Keeps the number and the secret for the next page, and opens the file for this visitor."""
    reference = filed.report.reference
    told = {
        "reference": reference,
        "secret": filed.secret,
        "mailed": bool(draft.answers["reporter_email"]),
        "endangered": filed.report.threatens_life,
    }
    vault.put(request, f"filed {office.code}", told)
    unlocked.remember(request, reference, filed.secret)


def known_answers(request: HttpRequest, draft: Draft) -> dict[str, str]:
    """What a form starts with: the draft, else what the visitor came for and speaks."""
    known = {"language": get_language() or "vi", **need_of(request), **draft.answers}
    if known.get("category") == "child":
        known.setdefault("concerns_child", "yes")
    return known


def need_of(request: HttpRequest) -> dict[str, str]:
    """The answer that follows from the need for which the visitor came, carried in the first page's address."""
    category = request.GET.get("muc")
    return {"category": category} if category in CATEGORIES else {}


def taking_reports(code: str) -> Organisation:
    """The organisation of that code.

    Raises:
        NotFound: there is none, or it takes no reports.
    """
    office = organisation_by_code(code)
    if not office.accepts_reports:
        raise NotFound(_("there is no such organisation"))
    return office


def shown_name(office: Organisation) -> str:
    """The organisation's name in the language of the page."""
    return office.name_en if get_language() == "en" and office.name_en else office.name


def step_address(office: Organisation, slug: str) -> str:
    """Where a step is."""
    return reverse("portal:step", args=[office.code, slug])


def to_step(office: Organisation, slug: str) -> HttpResponseRedirect:
    """On to a step."""
    return HttpResponseRedirect(step_address(office, slug))


def back_from(office: Organisation, draft: Draft, slug: str) -> str:
    """Where the link "Back" leads."""
    earlier = before(draft, slug)
    return step_address(office, earlier) if earlier else reverse("portal:home")
