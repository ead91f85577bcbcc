"""Pictures and files of a report: each is kept as soon as it is uploaded, so a later error loses none."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anlanh.base.files.store import MEGABYTE, keep
from anlanh.base.identity.models import Organisation
from anlanh.base.identity.policy import public_actor
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import drafts, limits
from anlanh.web.portal.drafts import Draft, KeptFile
from anlanh.web.portal.steps import FILES, first_open, reachable, steps_of
from anlanh.web.portal.views.report import back_from, shown_name, taking_reports, to_step
from anlanh.work.casework.authorities.secrecy import require_open_of_public


@never_cache
def files(request: HttpRequest, code: str) -> HttpResponse:
    """Uploads, removes, or goes on; choosing files and pressing "Continue" uploads them too."""
    office = taking_reports(code)
    draft = drafts.load(request, office)
    if not reachable(draft, FILES):
        return to_step(office, first_open(draft))
    if request.method != "POST":
        return shown(request, office, draft)
    if removed := request.POST.get("remove"):
        draft.files = [file for file in draft.files if file.id != removed]
        drafts.save(request, office, draft)
        return to_step(office, FILES)
    errors, status = take_in(request, office, draft)
    if not errors and "continue" in request.POST:
        draft.pass_step(FILES, {})
    drafts.save(request, office, draft)
    if errors:
        return shown(request, office, draft, errors=errors, status=status)
    return to_step(office, first_open(draft) if "continue" in request.POST else FILES)


def take_in(request: HttpRequest, office: Organisation, draft: Draft) -> tuple[list[str], int]:
    """Keeps the uploaded files one by one; what is wrong with some does not touch the others.

    Returns:
        The errors in words, and the status for a page that shows them.
    """
    errors: list[str] = []
    for upload in request.FILES.getlist("files"):
        if len(draft.files) >= settings.ANLANH_UPLOADS_A_REPORT:
            errors.append(too_many())
            break
        if not limits.spend_for_upload(request, upload.size).allowed:
            return [_("Too many files came from your network. Try again in a few minutes.")], 429
        try:
            draft.files.append(kept(office, upload))
        except BadInput as fault:
            errors.append(
                f"{upload.name}: {fault.what}; {fault.mend}" if fault.mend else f"{upload.name}: {fault.what}"
            )
    return errors, 422


def kept(office: Organisation, upload: UploadedFile) -> KeptFile:
    """One upload in the organisation's store."""
    require_open_of_public(upload.name, upload)
    stored = keep(public_actor(office.id), upload.name, upload)
    return KeptFile(str(stored.id), stored.name, stored.size)


def shown(
    request: HttpRequest, office: Organisation, draft: Draft, *, errors: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """The page with the files kept so far."""
    steps = steps_of(draft)
    number = [entry.slug for entry in steps].index(FILES)
    context = {
        "office": shown_name(office),
        "step": steps[number],
        "number": number + 1,
        "total": len(steps),
        "back": back_from(office, draft, FILES),
        "kept": draft.files,
        "room": settings.ANLANH_UPLOADS_A_REPORT - len(draft.files),
        "most": settings.ANLANH_UPLOADS_A_REPORT,
        "limit": settings.ANLANH_UPLOAD_LIMIT // MEGABYTE,
        "errors": errors or [],
    }
    return render(request, "portal/report/files.html", context, status=status)


def too_many() -> str:
    """Said when more files are chosen than a report takes."""
    return _("A report takes at most %(most)s files.") % {"most": settings.ANLANH_UPLOADS_A_REPORT}
