"""Late appeals let in or refused, counter-notices settled, the papers of representatives checked."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from anlanh.primitives.errors import BadInput
from anlanh.web.console.access import View, staff
from anlanh.work.casework.claims import actions as claiming
from anlanh.work.casework.claims import queries as claims
from anlanh.work.casework.redress import late, mandates, queries


def _settling(find: Callable[..., object], act: Callable[..., object], said: Promise, *typed: str) -> View:
    """A view that does one action on something of a case and shows the case, with what is wrong if it can't be done.

    Args:
        find: reads it for an actor, by the one id of the address.
        act: the action: actor, id, and what was typed.
        said: what it tells once it is done.
        typed: the names of the fields that the action takes, in its order.
    """

    @staff
    @require_POST
    def view(request: HttpRequest, **named: uuid.UUID) -> HttpResponse:
        (row_id,) = named.values()
        case_id = find(request.actor, row_id).case_id
        try:
            act(request.actor, row_id, *(request.POST.get(name, "") for name in typed))
        except BadInput as fault:
            messages.error(request, f"{fault.what}; {fault.mend}" if fault.mend else fault.what)
        else:
            messages.success(request, str(said))
        return redirect("console:case", case_id)

    return view


_REFUSED = _("It is refused. The reasons are on their way.")

admit = _settling(queries.late_appeal, late.admit, _("The appeal is let in."))
refuse_late = _settling(queries.late_appeal, late.refuse, _REFUSED, "reasons")
settle_counter = _settling(
    claims.counter_notice,
    claiming.settle,
    _("It is settled. The reasons are on their way to both sides."),
    "outcome",
    "reasons",
)
confirm = _settling(queries.mandate, mandates.confirm, _("The representative may act from now on."), "how")
refuse_mandate = _settling(queries.mandate, mandates.refuse, _REFUSED, "how")
end_mandate = _settling(queries.mandate, mandates.end, _("The mandate is ended."))
