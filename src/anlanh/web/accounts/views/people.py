"""The organisation's people, for administrators: inviting, roles, supervisors, leaving, erasing."""

import uuid

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.identity import actions, queries
from anlanh.base.identity.letters import invitation_link
from anlanh.base.identity.models import Membership
from anlanh.base.identity.words import ROLE_TITLES
from anlanh.primitives.errors import BadInput
from anlanh.web.accounts.access import posted, working_here
from anlanh.web.accounts.faults import blame, sentence
from anlanh.web.accounts.forms import Invite, Leave, Roles, Supervisor


@working_here
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who works here, who is invited, who left."""
    actor = request.actor
    invited = list(queries.invitations(actor))
    working = list(queries.members(actor))
    protected = Authenticator.objects.filter(
        user__in=[person.account_id for person in working], type=Authenticator.Type.TOTP
    ).values_list("user_id", flat=True)
    context = {
        "people": [(person, _titles(person.roles), person.account_id in set(protected)) for person in working],
        "invitations": [(offer, _titles(offer.roles), offer.expires_at <= clock.now()) for offer in invited],
        "former": queries.former_members(actor),
        "no_mail_server": not settings.EMAIL_HOST,
    }
    return render(request, "accounts/people.html", context)


@working_here
@never_cache
def invite(request: HttpRequest) -> HttpResponse:
    """Inviting a person. The link is shown in the answer and nowhere later, for when mail does not arrive."""
    request.actor.require("people.manage")
    form = Invite(posted(request))
    if form.is_valid():
        try:
            offer, token = actions.invite(request.actor, **form.cleaned_data)
        except BadInput as fault:
            blame(form, fault)
        else:
            return render(request, "accounts/invited.html", {"offer": offer, "link": invitation_link(token)})
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@working_here
@require_POST
def withdraw(request: HttpRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Takes an invitation back."""
    actions.withdraw_invitation(request.actor, invitation_id)
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("accounts:people")


@working_here
@require_GET
def person(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """One person: roles, supervisor, and the way out."""
    return _person_page(request, _someone(request.actor, ref))


@working_here
@require_POST
def roles(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Changes the roles of a person."""
    someone = _someone(request.actor, ref)
    form = Roles(request.POST)
    try:
        actions.change_roles(request.actor, ref, request.POST.getlist("roles"))
    except BadInput as fault:
        form.full_clean()
        form.errors.clear()
        blame(form, fault)
        return _person_page(request, someone, roles=form)
    messages.success(request, _("The roles of %(name)s are changed.") % {"name": someone.name})
    return redirect("accounts:person", ref)


@working_here
@require_POST
def supervisor(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Says to whom a person reports."""
    someone = _someone(request.actor, ref)
    form = Supervisor(request.POST, people=_others(request.actor, ref))
    if form.is_valid():
        try:
            actions.set_supervisor(request.actor, ref, _ref(form.cleaned_data["supervisor"]))
        except BadInput as fault:
            blame(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("accounts:person", ref)
    return _person_page(request, someone, supervisor=form)


@working_here
def leave(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Records that a person leaves, and who takes over."""
    someone = _someone(request.actor, ref)
    if someone.left_at:
        return redirect("accounts:person", ref)
    form = Leave(posted(request), leaver=someone, people=_others(request.actor, ref))
    if form.is_valid():
        try:
            actions.leave(request.actor, ref, _ref(form.cleaned_data["hand_over_to"]))
        except BadInput as fault:
            blame(form, fault)
        else:
            messages.success(request, _("%(name)s has left and has no access any more.") % {"name": someone.name})
            return redirect("accounts:people")
    return render(
        request, "accounts/leave.html", {"someone": someone, "form": form}, status=422 if form.errors else 200
    )


@working_here
@require_POST
def erase(request: HttpRequest, ref: uuid.UUID) -> HttpResponse:
    """Erases who a former member was."""
    try:
        actions.erase_person(request.actor, ref)
    except BadInput as fault:
        messages.error(request, sentence(fault))
    else:
        messages.success(request, _("Name and address are erased. What the person did stays on record without them."))
    return redirect("accounts:people")


def _someone(actor: Actor, ref: uuid.UUID) -> Membership:
    """The person a page is about, for those who manage people."""
    actor.require("people.manage")
    return queries.member(actor, ref)


def _others(actor: Actor, ref: uuid.UUID) -> list[Membership]:
    """Everyone else who works here."""
    return [person for person in queries.members(actor) if person.ref != ref]


def _ref(text: str) -> uuid.UUID | None:
    """The ref a form's choice stands for; the form has checked that it is one of those offered."""
    return uuid.UUID(text) if text else None


def _titles(named: list[str]) -> list[object]:
    """Roles as pages call them."""
    return [ROLE_TITLES.get(role, role) for role in named]


def _person_page(
    request: HttpRequest, someone: Membership, *, roles: Roles | None = None, supervisor: Supervisor | None = None
) -> HttpResponse:
    """The person's page, with a form that was refused in place of a fresh one."""
    above = {"supervisor": str(someone.reports_to.ref) if someone.reports_to else ""}
    context = {
        "someone": someone,
        "titles": _titles(someone.roles),
        "roles": roles or Roles(initial={"roles": someone.roles}),
        "supervisor": supervisor or Supervisor(initial=above, people=_others(request.actor, someone.ref)),
    }
    return render(request, "accounts/person.html", context, status=422 if roles or supervisor else 200)
