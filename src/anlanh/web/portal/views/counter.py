"""A counter-notice to a claim of copyright, and the claimant's answer to it, each from one's own file."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anlanh.primitives.errors import BadInput
from anlanh.web.portal import limits, unlocked
from anlanh.web.portal.counter_forms import AnswerForm, CounterForm, ProofForm
from anlanh.work.casework.claims import actions, queries
from anlanh.work.casework.claims.actions import AnswerInput, CounterInput
from anlanh.work.casework.talking.actions import keep_file


@never_cache
def object_to(request: HttpRequest, reference: str) -> HttpResponse:
    """The counter-notice of the person affected."""
    shown = _shown(request, reference)
    if shown is None or shown.state != queries.CAN_OBJECT:
        return redirect("portal:status", reference=reference)
    form = CounterForm(request.POST or None, request.FILES or None)

    def send(secret: str, file_ids: list[uuid.UUID]) -> None:
        given = form.cleaned_data
        fields = {name: given[name] for name in ("name", "address", "contact", "text", "stated")}
        actions.file(reference, secret, CounterInput(**fields, file_ids=file_ids))

    return _answered(request, "object", reference, shown, form, send)


@never_cache
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """A claimant shows that they went to court or to an authority, or gives way."""
    shown = _shown(request, reference)
    if shown is None or shown.state not in {queries.CAN_ANSWER, queries.ANSWERED}:
        return redirect("portal:status", reference=reference)
    form = AnswerForm(request.POST or None, request.FILES or None)

    def send(secret: str, file_ids: list[uuid.UUID]) -> None:
        given = form.cleaned_data
        fields = {name: given[name] for name in ("kind", "body", "number", "lodged_on")}
        actions.answer(reference, secret, AnswerInput(**fields, file_ids=file_ids))

    return _answered(request, "answer", reference, shown, form, send)


def _shown(request: HttpRequest, reference: str) -> queries.OwnCounter | None:
    if unlocked.view(request, reference) is None:
        return None
    return queries.own_counter(reference, unlocked.secret_of(request, reference))


def _answered(
    request: HttpRequest,
    name: str,
    reference: str,
    shown: queries.OwnCounter,
    form: ProofForm,
    send: Callable[[str, list[uuid.UUID]], None],
) -> HttpResponse:
    """The page with its form, or the file once it was sent. A second click finds it sent and leads to the file."""
    if request.method != "POST":
        return _page(request, name, reference, shown, form, 200)
    if not form.is_valid():
        return _page(request, name, reference, shown, form, 422)
    upload = form.cleaned_data["proof"]
    if not limits.spend_for(request, "appeal").allowed or (
        upload and not limits.spend_for_upload(request, upload.size).allowed
    ):
        form.add_error(None, _("Too many attempts. Try again in a few minutes."))
        return _page(request, name, reference, shown, form, 429)
    secret = unlocked.secret_of(request, reference)
    try:
        file_ids = [keep_file(reference, secret, upload.name, upload).id] if upload else []
        send(secret, file_ids)
    except BadInput as fault:
        where = {"files": "proof"}.get(fault.where, fault.where)
        form.add_error(
            where if where in form.fields else None, f"{fault.what}; {fault.mend}" if fault.mend else fault.what
        )
        return _page(request, name, reference, shown, form, 422)
    return redirect("portal:status", reference=reference)


def _page(
    request: HttpRequest, name: str, reference: str, shown: queries.OwnCounter, form: ProofForm, status: int
) -> HttpResponse:
    context = {"form": form, "reference": reference, "counter": shown}
    return render(request, f"portal/counter/{name}.html", context, status=status)
