"""Talk with the organisation in one's own file: read what was written, answer, send pictures along."""

import secrets
import uuid
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anlanh.base.files.store import MEGABYTE
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import limits, unlocked, vault
from anlanh.web.portal.drafts import KeptFile
from anlanh.web.portal.forms import MessageForm
from anlanh.web.portal.views.files import too_many
from anlanh.web.words import duration_words
from anlanh.work.casework.talking import actions, queries

KEPT_FOR = timedelta(hours=2)


@dataclass
class Draft:
    """A message being written.

    Args:
        token: sends once.
        text: as far as it was typed when files were added.
        files: uploaded already.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    text: str = ""
    files: list[KeptFile] = field(default_factory=list)


@never_cache
def talk(request: HttpRequest, reference: str) -> HttpResponse:
    """The thread with the form below it. Files are kept as soon as they come, so no later error loses them."""
    if unlocked.view(request, reference) is None:
        return redirect("portal:status", reference=reference)
    draft = load(request, reference)
    if request.method != "POST":
        return page(request, reference, draft, MessageForm(initial={"text": draft.text}))
    draft.text = request.POST.get("text", "")
    if removed := request.POST.get("remove"):
        draft.files = [file for file in draft.files if file.id != removed]
        return again(request, reference, draft)
    errors, status = take_in(request, reference, draft)
    save(request, reference, draft)
    form = MessageForm(request.POST)
    if errors:
        form.errors.clear()
        return page(request, reference, draft, form, errors=errors, status=status)
    if "add" in request.POST:
        return again(request, reference, draft)
    return send(request, reference, draft, form)


def take_in(request: HttpRequest, reference: str, draft: Draft) -> tuple[list[str], int]:
    """Keeps the uploaded files one by one; the errors in words, and the status for a page that shows them."""
    secret, errors = unlocked.secret_of(request, reference), []
    for upload in request.FILES.getlist("files"):
        if len(draft.files) >= settings.ANLANH_UPLOADS_A_REPORT:
            errors.append(too_many())
            break
        if not limits.spend_for_upload(request, upload.size).allowed:
            return [_("Too many files came from your network. Try again in a few minutes.")], 429
        try:
            stored = actions.keep_file(reference, secret, upload.name, upload)
        except BadInput as fault:
            errors.append(f"{upload.name}: {fault.what}; {fault.mend}")
        else:
            draft.files.append(KeptFile(str(stored.id), stored.name, stored.size))
    return errors, 422


def send(request: HttpRequest, reference: str, draft: Draft, form: MessageForm) -> HttpResponse:
    """Writes the message once, however often the button was pressed."""
    if request.POST.get("token") != draft.token:
        return redirect("portal:talk", reference=reference)  # a first click sent it already
    verdict = limits.spend_for(request, "message")
    if not verdict.allowed:
        wait = _("Too many attempts. Try again in %(wait)s.") % {"wait": duration_words(verdict.retry_after)}
        return page(request, reference, draft, form, errors=[wait], status=429)
    if not limits.first_time(draft.token):
        return redirect("portal:talk", reference=reference)
    try:
        file_ids = [uuid.UUID(file.id) for file in draft.files]
        actions.write_by_door(reference, unlocked.secret_of(request, reference), draft.text, file_ids)
    except BadInput as fault:
        draft.token = Draft().token
        save(request, reference, draft)
        words = f"{fault.what}; {fault.mend}" if fault.mend else fault.what
        return page(request, reference, draft, form, errors=[words], status=422)
    vault.drop(request, name(reference))
    return redirect("portal:talk", reference=reference)


def page(
    request: HttpRequest,
    reference: str,
    draft: Draft,
    form: MessageForm,
    *,
    errors: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The thread and the form."""
    save(request, reference, draft)
    context = {
        "reference": reference,
        "view": unlocked.view(request, reference),
        "thread": queries.own_thread(reference, unlocked.secret_of(request, reference)),
        "form": form,
        "draft": draft,
        "errors": errors or [],
        "most": settings.ANLANH_UPLOADS_A_REPORT,
        "limit": settings.ANLANH_UPLOAD_LIMIT // MEGABYTE,
        "room": settings.ANLANH_UPLOADS_A_REPORT - len(draft.files),
    }
    return render(request, "portal/talk.html", context, status=status)


def again(request: HttpRequest, reference: str, draft: Draft) -> HttpResponse:
    """The page once more, with what was typed and kept."""
    save(request, reference, draft)
    return redirect("portal:talk", reference=reference)


def load(request: HttpRequest, reference: str) -> Draft:
    """What the visitor had begun to write in this file."""
    kept = vault.get(request, name(reference), within=KEPT_FOR)
    if not isinstance(kept, dict):
        return Draft()
    return Draft(kept["token"], kept["text"], [KeptFile(**entry) for entry in kept["files"]])


def save(request: HttpRequest, reference: str, draft: Draft) -> None:
    """Keeps it for two hours, as long as the file stays open."""
    vault.put(request, name(reference), asdict(draft))


def name(reference: str) -> str:
    """Under which the draft is kept."""
    return f"message {reference}"
