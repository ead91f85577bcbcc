"""The law at work: what a person should look at before relying on it, and a lawyer's signatures under it."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from anlanh.base import clock
from anlanh.law.alarms import ALARM_KINDS, Alarm, alarms
from anlanh.law.pack import vietnam
from anlanh.primitives.dates import civil_date, parse_date
from anlanh.primitives.errors import BadInput
from anlanh.reporting.board.queries import VIEW
from anlanh.reporting.law_tasks import kind_of
from anlanh.reporting.signing import actions, queries
from anlanh.reporting.signing.targets import CALENDAR, CHOICE, KINDS, PACK, Target, targets
from anlanh.web.console.access import staff
from anlanh.web.console.shell import page
from anlanh.web.law_words import certainty_of, language

TARGETS_A_PAGE = 40
ALARM_TITLES = {
    "missing-year": gettext_lazy("A calendar year is missing"),
    "conflict": gettext_lazy("Rules in force together that differ"),
    "ending": gettext_lazy("About to end"),
    "open-day": gettext_lazy("Days that are not settled"),
    "ambiguity": gettext_lazy("What can be read in two ways"),
    "citation": gettext_lazy("Wrong citations"),
    "doubtful": gettext_lazy("In use, from a weak source"),
    "basis-ended": gettext_lazy("Duties whose bases have ended"),
}
KIND_TITLES = {
    PACK: gettext_lazy("The whole law"),
    CHOICE: gettext_lazy("Open questions"),
    CALENDAR: gettext_lazy("Calendar years"),
    "clock": gettext_lazy("Times"),
    "duty": gettext_lazy("Duties"),
    "parameter": gettext_lazy("Numbers"),
    "sanction": gettext_lazy("Fines"),
    "checklist": gettext_lazy("Minimum contents"),
    "form": gettext_lazy("Report forms"),
    "ground": gettext_lazy("Grounds"),
}


@dataclass(frozen=True)
class AlarmLine:
    """An alarm with where to read more, and how it stands with a lawyer."""

    text: str
    subject: str
    address: str
    standing: queries.Standing | None
    sign_address: str


@dataclass(frozen=True)
class TargetLine:
    """One thing to sign."""

    target: Target
    title: str
    facts: list[tuple[str, str]]
    address: str
    certainty: tuple | None
    standing: queries.Standing
    signable: bool


@staff
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """The alarms of a day, the urgent kinds on top."""
    request.actor.require(VIEW)
    day, fault = civil_date(clock.now()), None
    if written := request.GET.get("day", "").strip():
        try:
            day = parse_date(written)
        except BadInput as found:
            fault = found
    law = vietnam()
    signed = queries.signatures(request.actor, law)
    found = alarms(law, day)
    groups = [
        (ALARM_TITLES[kind], kind, [_alarm(one, signed) for one in found if one.kind == kind])
        for kind in ALARM_KINDS
        if any(one.kind == kind for one in found)
    ]
    context = {"groups": groups, "count": len(found), "day": day, "fault": fault, "whole": signed.on(PACK, "")}
    return page(request, "console/law.html", context, status=422 if fault else 200)


@staff
@require_GET
def signing(request: HttpRequest) -> HttpResponse:
    """What can be signed, by kind; `?open=yes` leaves out what is signed in this version."""
    request.actor.require(VIEW)
    law = vietnam()
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else CHOICE
    only_open = request.GET.get("open") == "yes"
    signed = queries.signatures(request.actor, law)
    listed = [(one, signed.on(one.kind, one.id)) for one in targets(law, kind)]
    if wanted := request.GET.get("target", ""):
        listed = [entry for entry in listed if entry[0].id == wanted]
    if only_open:
        listed = [entry for entry in listed if entry[1].state != queries.HOLDS]
    rows = Paginator(listed, TARGETS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kinds": list(KIND_TITLES.items()),
        "kind": kind,
        "only_open": only_open,
        "rows": rows,
        "lines": [_target(one, standing) for one, standing in rows],
        "may_sign": request.actor.can(actions.SIGN),
        "version": law.version,
        "title": KIND_TITLES[kind],
    }
    return page(request, "console/signing.html", context)


@staff
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """Signs one thing, in the version that the page showed."""
    given = [request.POST.get(name, "") for name in ("kind", "target", "digest", "note")]
    try:
        actions.sign(request.actor, *given)
    except BadInput as fault:
        messages.error(request, f"{fault.what.capitalize()}; {fault.mend}.")
    else:
        messages.success(request, _("Signed. Pages show it wherever this is used."))
    return redirect(f"{reverse('console:signing')}?kind={given[0] if given[0] in KINDS else CHOICE}")


@staff
@require_POST
def withdraw(request: HttpRequest, signature_id: uuid.UUID) -> HttpResponse:
    """Takes a signature back."""
    found = queries.one(request.actor, signature_id)
    try:
        actions.withdraw(request.actor, signature_id, request.POST.get("reason", ""))
    except BadInput as fault:
        messages.error(request, f"{fault.what.capitalize()}; {fault.mend}.")
    else:
        messages.success(request, _("Withdrawn. Both acts stay in the ledger."))
    return redirect(f"{reverse('console:signing')}?kind={found.kind}")


def _alarm(one: Alarm, signed: queries.Signatures) -> AlarmLine:
    kind = kind_of(one, vietnam())
    return AlarmLine(
        text=one.text.in_language(language()),
        subject=one.subject,
        address=_entry(one.kind, one.subject),
        standing=signed.on(kind, one.subject) if kind else None,
        sign_address=f"{reverse('console:signing')}?kind={kind}&target={one.subject}" if kind else "",
    )


def _target(one: Target, standing: queries.Standing) -> TargetLine:
    law = vietnam()
    entries = {"clock": law.clock_rules, "choice": law.choices, "sanction": law.sanctions}.get(one.kind, {})
    certainty = getattr(entries.get(one.id), "certainty", "")
    return TargetLine(
        target=one,
        title=one.title.in_language(language()),
        facts=[(label.in_language(language()), value.in_language(language())) for label, value in one.lines],
        address=_entry(one.kind, one.id),
        certainty=certainty_of(certainty),
        standing=standing,
        signable=not any(entry.holds and not (entry.whole and one.kind != PACK) for entry in standing.signatures),
    )


def _entry(kind: str, identifier: str) -> str:
    """The page of the law book that tells of it."""
    if kind in (CALENDAR, "missing-year", "open-day"):
        return reverse("portal:law_calendar")
    return reverse("portal:law_entry", args=[identifier]) if identifier else reverse("portal:law")
