"""A warning or limit about one's own reports: what it says, what it counts, and the appeal against it."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from anlanh.base.actor import NotFound
from anlanh.primitives.errors import BadInput
from anlanh.web.portal import limits, unlocked
from anlanh.web.portal.forms import ObjectionForm
from anlanh.web.words import duration_words
from anlanh.work.casework.misuse.actions import object_to
from anlanh.work.casework.misuse.queries import own_consequences


@never_cache
def misuse(request: HttpRequest, reference: str) -> HttpResponse:
    """All warnings and limits, each with a form where it can be appealed against."""
    if unlocked.view(request, reference) is None:
        return redirect("portal:status", reference=reference)
    if request.method != "POST":
        return page(request, reference, ObjectionForm(auto_id=False))
    form = ObjectionForm(request.POST, auto_id=False)
    if not form.is_valid():
        return page(request, reference, form, status=422)
    verdict = limits.spend_for(request, "appeal")
    if not verdict.allowed:
        wait = duration_words(verdict.retry_after)
        form.add_error("text", _("Too many attempts. Try again in %(wait)s.") % {"wait": wait})
        return page(request, reference, form, status=429)
    return send(request, reference, form)


def send(request: HttpRequest, reference: str, form: ObjectionForm) -> HttpResponse:
    """Files the appeal. A second click finds it filed already and leads to the same page."""
    against: uuid.UUID = form.cleaned_data["against"]
    try:
        object_to(reference, unlocked.secret_of(request, reference), against, form.cleaned_data["text"])
    except NotFound:
        return redirect("portal:misuse", reference=reference)
    except BadInput as fault:
        open_ones = {line.id for line in lines(request, reference) if line.can_appeal}
        if against not in open_ones:
            return redirect("portal:misuse", reference=reference)
        form.add_error("text", f"{fault.what}; {fault.mend}" if fault.mend else fault.what)
        return page(request, reference, form, status=422)
    messages.success(request, _("We have your appeal. Somebody who took no part looks at it."))
    return redirect("portal:misuse", reference=reference)


def lines(request: HttpRequest, reference: str) -> list:
    """What this visitor is shown."""
    return own_consequences(reference, unlocked.secret_of(request, reference))


def page(request: HttpRequest, reference: str, form: ObjectionForm, *, status: int = 200) -> HttpResponse:
    """The page; nothing to show leads back to the file."""
    shown = lines(request, reference)
    if not shown:
        return redirect("portal:status", reference=reference)
    context = {"lines": shown, "form": form, "reference": reference, "against": str(form["against"].value() or "")}
    return render(request, "portal/misuse.html", context, status=status)
