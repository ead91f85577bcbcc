"""Where measures are sent, for those who manage keys: setting the platform's webhook up, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.accounts.access import posted, working_here
from anlanh.web.accounts.faults import blame
from anlanh.web.accounts.forms import SetUpIntegration
from anlanh.work.casework.actions import integrations
from anlanh.work.casework.queries.integrations import live_integration


@working_here
@never_cache
def integration(request: HttpRequest) -> HttpResponse:
    """The live integration and a form for a new one. Its secret is shown in the answer and nowhere later."""
    live = live_integration(request.actor)
    form = SetUpIntegration(posted(request))
    secret = ""
    if form.is_valid():
        try:
            _row, secret = integrations.set_up(request.actor, form.cleaned_data["url"])
        except BadInput as fault:
            blame(form, fault)
        else:
            live, form = live_integration(request.actor), SetUpIntegration()
    context = {"live": live, "secret": secret, "form": form}
    return render(request, "accounts/integration.html", context, status=422 if form.errors else 200)


@working_here
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Ends the integration."""
    integrations.end(request.actor)
    messages.success(request, _("The integration has ended. Measures are now tasks for your people."))
    return redirect("accounts:integration")
