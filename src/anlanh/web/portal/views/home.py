"""The start page by need, and coming back to a file with its number and secret."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from anlanh.base.actor import NotFound
from anlanh.base.identity.queries import organisations_taking_reports
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import limits, unlocked
from anlanh.web.portal.forms import FindForm
from anlanh.web.portal.progress import steps_of
from anlanh.web.words import duration_words
from anlanh.work.casework.claims.queries import own_counter
from anlanh.work.casework.keeping.queries import kept_words
from anlanh.work.casework.misuse.queries import own_consequences
from anlanh.work.casework.numbers import REPRESENTATIVE_PREFIX
from anlanh.work.casework.queries import status as casework_status
from anlanh.work.casework.redress.queries import office
from anlanh.work.casework.talking.queries import own_thread


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What brings people here, by need; reporting is left out while nobody takes reports."""
    return render(request, "portal/home.html", {"taking_reports": bool(organisations_taking_reports())})


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """Asks for number and secret. Both travel in the body, never in the address."""
    if request.method != "POST":
        return render(request, "portal/find.html", {"form": FindForm(), "purpose": request.GET.get("viec", "")})
    return unlock(request, FindForm(request.POST))


@never_cache
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """The file, once opened. Closed, unknown and someone else's all show the same question for the secret."""
    if request.method == "POST":
        if "close" in request.POST:
            unlocked.forget(request, reference)
            messages.success(request, _("The file is closed on this device. Reference and code open it again."))
            return redirect("portal:home")
        return unlock(request, FindForm(request.POST))
    view = unlocked.view(request, reference)
    if view is None:
        return render(request, "portal/find.html", {"form": FindForm(initial={"reference": reference})})
    secret = unlocked.secret_of(request, reference)
    context = {
        "view": view,
        "steps": steps_of(view),
        "reference": reference,
        "consequences": own_consequences(reference, secret),
        "counter": own_counter(reference, secret),
        "thread": own_thread(reference, secret),
        "kept_words": kept_words(reference, secret, get_language() or "vi"),
    }
    return render(request, "portal/status.html", context)


def unlock(request: HttpRequest, form: FindForm) -> HttpResponse:
    """Opens the file when number and secret fit together; otherwise says so, and not which of them was wrong."""
    if not form.is_valid():
        return render(request, "portal/find.html", {"form": form}, status=422)
    verdict = limits.spend_for(request, "open")
    if not verdict.allowed:
        form.add_error(
            None, _("Too many attempts. Try again in %(wait)s.") % {"wait": duration_words(verdict.retry_after)}
        )
        return render(request, "portal/find.html", {"form": form}, status=429)
    reference, secret = form.cleaned_data["reference"], form.cleaned_data["secret"]
    try:
        if reference.startswith(REPRESENTATIVE_PREFIX):
            office(reference, secret)
            unlocked.remember(request, reference, secret)
            return redirect("portal:office", reference=reference)
        casework_status(reference, secret)
    except (NotFound, BadInput):
        form.add_error(
            None, _("This reference and this code do not belong together. Compare both with what you were given.")
        )
        return render(request, "portal/find.html", {"form": form}, status=404)
    unlocked.remember(request, reference, secret)
    return redirect("portal:status", reference=reference)
