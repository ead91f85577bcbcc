"""The organisation's own rules: drafted, looked at as readers will see them, published, withdrawn."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anlanh.base import clock
from anlanh.base.actor import NotFound
from anlanh.base.identity.queries import organisation
from anlanh.primitives.dates import civil_date
from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import staff
from anlanh.web.console.forms import add_fault
from anlanh.web.console.shell import page
from anlanh.web.console.terms_forms import ClauseForm, PasteForm, PublishForm, TitleForm, WithdrawForm
from anlanh.web.law_words import language
from anlanh.work.policies import actions, queries
from anlanh.work.policies.differences import SAME
from anlanh.work.policies.drafting import Clause
from anlanh.work.policies.queries import Drafted

FIELDS = ("number", "title_vi", "text_vi", "title_en", "text_en", "categories", "about_state")


@staff
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Every kind of document with what is published and what is drafted."""
    context = {"documents": queries.documents(request.actor), "organisation": organisation(request.actor)}
    return page(request, "console/terms.html", context)


@staff
@require_GET
def draft(request: HttpRequest, document: str) -> HttpResponse:
    """The draft of one document, and its versions."""
    return _drafted(request, document)


@staff
@require_POST
def title(request: HttpRequest, document: str) -> HttpResponse:
    """Names the next version."""
    form = TitleForm(request.POST)

    def name(values: dict[str, Any]) -> str:
        actions.set_title(request.actor, document, values["title_vi"], values["title_en"], values["seen"])
        return _("Saved.")

    return _written(request, document, form, name) or _drafted(request, document, title_form=form, status=422)


@staff
@require_POST
def paste(request: HttpRequest, document: str) -> HttpResponse:
    """Reads a whole text into the draft."""
    form = PasteForm(request.POST)

    def read(values: dict[str, Any]) -> str:
        actions.paste(request.actor, document, values["text"], values["seen"])
        return _("The text is in the draft. Look through it: each clause has its number.")

    return _written(request, document, form, read) or _drafted(request, document, paste_form=form, status=422)


@staff
@require_http_methods(["GET", "POST"])
def new_clause(request: HttpRequest, document: str) -> HttpResponse:
    """Writes a new clause."""
    return _clause(request, queries.drafted(request.actor, document), None)


@staff
@require_http_methods(["GET", "POST"])
def clause(request: HttpRequest, document: str, clause_key: uuid.UUID) -> HttpResponse:
    """Writes a clause of the draft anew."""
    found = queries.drafted(request.actor, document)
    known = next((one for one in found.clauses if one.key == clause_key), None)
    if known is None:
        raise NotFound(_("There is no such clause."))
    return _clause(request, found, known)


@staff
@require_POST
def remove_clause(request: HttpRequest, document: str, clause_key: uuid.UUID) -> HttpResponse:
    """Takes a clause out of the draft."""
    found = queries.drafted(request.actor, document)
    try:
        actions.remove_clause(request.actor, document, clause_key, _number(request.POST.get("seen"), found.revision))
    except BadInput as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The clause is out of the draft. Published versions keep it."))
    return redirect("console:draft_terms", document)


@staff
@require_GET
def preview(request: HttpRequest, document: str) -> HttpResponse:
    """The draft as readers will see it, what it changes marked, with the form that publishes it."""
    return _previewed(request, document)


@staff
@require_POST
def publish(request: HttpRequest, document: str) -> HttpResponse:
    """Publishes the draft as the next version."""
    form = PublishForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            version = actions.publish(request.actor, document, values["starts_on"], values["seen"])
        except BadInput as fault:
            add_fault(form, fault)
        else:
            said = _("Version %(number)s is published, in force from %(day)s. Nobody can change it any more.")
            day = version.starts_on.strftime("%d/%m/%Y")
            messages.success(request, said % {"number": version.number, "day": day})
            return redirect("console:draft_terms", document)
    return _previewed(request, document, form, status=422)


@staff
@require_POST
def withdraw(request: HttpRequest, document: str, version: int) -> HttpResponse:
    """Ends a version."""
    queries.drafted(request.actor, document)
    form = WithdrawForm(request.POST)
    form.is_valid()
    try:
        actions.withdraw(request.actor, document, version, form.cleaned_data.get("reason", ""))
    except BadInput as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Version %(number)s is withdrawn.") % {"number": version})
    return redirect("console:draft_terms", document)


def _written(
    request: HttpRequest, document: str, form: forms.Form, work: Callable[[dict[str, Any]], str]
) -> HttpResponse | None:
    """After a good form the draft; None where the form has to be mended."""
    queries.drafted(request.actor, document)
    if form.is_valid():
        try:
            said = work(form.cleaned_data)
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, said)
            return redirect("console:draft_terms", document)
    _seen_now(request, document, form)
    return None


def _seen_now(request: HttpRequest, document: str, form: forms.Form) -> None:
    """What has changed is shown now, so the next try counts as having seen it."""
    form.data = {**_flat(form), "seen": queries.drafted(request.actor, document).revision}


def _flat(form: forms.Form) -> dict[str, Any]:
    lists = {name for name, field in form.fields.items() if isinstance(field, forms.MultipleChoiceField)}
    return {name: form.data.getlist(name) if name in lists else form.data.get(name) for name in form.fields}


def _drafted(
    request: HttpRequest,
    document: str,
    *,
    title_form: TitleForm | None = None,
    paste_form: PasteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.drafted(request.actor, document)
    row, seen = found.document, {"seen": found.revision}
    titles = {"title_vi": row.title_vi, "title_en": row.title_en} if row else vars_of_title(found)
    context = {
        "shown": found,
        "organisation": organisation(request.actor),
        "title_form": title_form or TitleForm(initial={**titles, **seen}),
        "paste_form": paste_form or PasteForm(initial=seen),
    }
    return page(request, "console/terms_draft.html", context, status=status)


def vars_of_title(found: Drafted) -> dict[str, str]:
    """What a document is called before anybody named it."""
    return {"title_vi": found.kind.title.vi, "title_en": found.kind.title.en}


def _previewed(request: HttpRequest, document: str, form: PublishForm | None = None, status: int = 200) -> HttpResponse:
    found = queries.drafted(request.actor, document)
    if form is not None:
        _seen_now(request, document, form)
    marked = queries.draft_changes(request.actor, document, language())
    context = {
        "shown": found,
        "changes": marked,
        "changed": sum(change.state != SAME for change in marked),
        "form": form or PublishForm(initial={"seen": found.revision, "starts_on": civil_date(clock.now())}),
    }
    return page(request, "console/terms_preview.html", context, status=status)


def _clause(request: HttpRequest, found: Drafted, known: Clause | None) -> HttpResponse:
    """The form, or after a good one the draft."""
    document, sent = found.kind.code, request.method == "POST"
    initial = {name: getattr(known, name) for name in FIELDS} if known else {}
    form = ClauseForm(request.POST) if sent else ClauseForm(initial={**initial, "seen": found.revision})
    if sent and form.is_valid():
        given = {name: form.cleaned_data[name] for name in FIELDS}
        given["categories"] = tuple(given["categories"])
        try:
            saved = actions.set_clause(
                request.actor, document, Clause(key=known.key if known else None, **given), form.cleaned_data["seen"]
            )
        except BadInput as fault:
            add_fault(form, fault)
        else:
            messages.success(request, _("Clause %(number)s is in the draft.") % {"number": saved.number})
            if request.POST.get("then") == "next":
                return redirect("console:new_clause", document)
            return redirect("console:draft_terms", document)
    if sent:
        _seen_now(request, document, form)
    return page(
        request,
        "console/terms_clause.html",
        {"shown": found, "form": form, "known": known},
        status=422 if sent else 200,
    )


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
