"""Taking one's own case file home: a signed archive that anybody can check."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from anlanh.base.files.serve import disposition
from anlanh.web.portal import limits, unlocked
from anlanh.work.casework.keeping.case_files import take as take_home


@never_cache
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """The archive. Asked for by a button, since taking it is recorded."""
    secret = unlocked.secret_of(request, reference)
    if request.method != "POST" or secret is None or unlocked.view(request, reference) is None:
        return redirect("portal:status", reference=reference)
    if not limits.spend_for(request, "take").allowed:
        return redirect("portal:status", reference=reference)
    response = HttpResponse(take_home(reference, secret), content_type="application/zip")
    response.headers["Content-Disposition"] = disposition(f"ho-so-{reference}.zip")
    return response
