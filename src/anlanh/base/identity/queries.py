"""The readers of identity. What belongs to an organisation is read through an actor; the first few are for doors."""

import hmac
import uuid
from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, ActorKind, NotFound
from anlanh.base.acts.models import Act
from anlanh.base.identity import first_link
from anlanh.base.identity.models import Account, Credential, Invitation, Membership, Organisation
from anlanh.base.identity.policy import actor_for_credential, actor_for_member
from anlanh.base.identity.tokens import digest
from anlanh.base.one_reading import read_once

CHOSEN_ORGANISATION = "organisation"  # the session's key for the organisation its person works in


# ── public ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def organisation_by_code(code: str) -> Organisation:
    """The organisation of that code; what its row holds is public.

    Raises:
        NotFound: when there is none.
    """
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("there is no such organisation"))
    return found


def organisations_taking_reports() -> list[Organisation]:
    """The organisations to which the public can report, by name."""
    return list(Organisation.objects.filter(accepts_reports=True).order_by("name"))


def open_invitation(token: str) -> Invitation:
    """The invitation that a token opens.

    Raises:
        NotFound: unknown, used, withdrawn or expired; one answer for all.
    """
    found = (
        Invitation.objects.filter(
            token_hash=digest(token), accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=clock.now()
        )
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise NotFound(_("this invitation is no longer valid"))
    return found


def require_first_sign_up(token: str) -> None:
    """Refuses a token that does not open the way for the first administrator.

    Raises:
        NotFound: unknown, used, replaced or expired; one answer for all.
    """
    if Organisation.objects.exists() or not first_link.opens(token):
        raise NotFound(_("this invitation is no longer valid"))


def account_for_email(email: str) -> Account | None:
    """The account that signs in with an address; for doors that already hold a secret sent to it."""
    return Account.objects.filter(email=email.strip().lower()).first()


# ── who is at the door ──────────────────────────────────────────────────────────────────────────────────────────────


def memberships(account: Account) -> list[Membership]:
    """The places an account holds now, by organisation name; none for an account that was switched off."""
    if not account.is_active:
        return []
    live = Membership.objects.filter(account=account, left_at__isnull=True)
    return list(live.select_related("organisation", "account").order_by("organisation__name"))


def membership_of(account: Account, organisation_id: uuid.UUID) -> Membership:
    """The place an account holds in one organisation.

    Raises:
        NotFound: none, or no longer.
    """
    for membership in memberships(account):
        if membership.organisation_id == organisation_id:
            return membership
    raise NotFound(_("there is no such organisation"))


def membership_for_request(request: HttpRequest) -> Membership | None:
    """The place a signed-in person works from in this session: the one chosen, or the only one."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return None
    held = memberships(account)
    chosen = request.session.get(CHOSEN_ORGANISATION)
    for membership in held:
        if str(membership.organisation_id) == chosen:
            return membership
    return held[0] if len(held) == 1 else None


def actor_for_request(request: HttpRequest) -> Actor | None:
    """The actor behind a signed-in request; None for the public, for who left, and until one of several is chosen."""
    membership = membership_for_request(request)
    return actor_for_member(membership) if membership else None


def actor_for_bearer(secret: str) -> Actor | None:
    """The machine that holds a key, or None for a key that is unknown or revoked.

    The lookup is by digest, so its timing tells nothing about any part of a secret.
    """
    wanted = digest(secret)
    credential = Credential.objects.filter(secret_hash=wanted, revoked_at__isnull=True).first()
    if credential is None or not hmac.compare_digest(credential.secret_hash, wanted):
        return None
    return actor_for_credential(credential)


# ── inside an organisation ──────────────────────────────────────────────────────────────────────────────────────────


@read_once
def organisation(actor: Actor) -> Organisation:
    """The actor's own organisation."""
    return Organisation.objects.get(id=actor.organisation_id)


def members(actor: Actor) -> QuerySet[Membership]:
    """The people who work in the actor's organisation now, by name. The public sees none."""
    return _people(actor).filter(left_at__isnull=True)


def former_members(actor: Actor) -> QuerySet[Membership]:
    """The people who left, the last one first; for those who manage people.

    Raises:
        NotAllowed: without that capability.
    """
    actor.require("people.manage")
    return _people(actor).filter(left_at__isnull=False).order_by("-left_at")


def member(actor: Actor, ref: uuid.UUID) -> Membership:
    """One person of the actor's organisation, there now or gone.

    Raises:
        NotFound: nobody of that ref in this organisation.
    """
    found = _people(actor).filter(ref=ref).first()
    if found is None:
        raise NotFound(_("there is no such person"))
    return found


def names_of(actor: Actor, refs: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What to call the doers of acts, by ref: people, or keys by their name. Every ref asked for gets an answer."""
    wanted = set(refs)
    named = {
        ref: name or _("former member")
        for ref, name in _people(actor).filter(ref__in=wanted).values_list("ref", "name")
    }
    if wanted - named.keys() and actor.kind is not ActorKind.PUBLIC:
        keys = Credential.objects.visible_to(actor).filter(id__in=wanted - named.keys())
        named |= {key.id: _("API key %(name)s") % {"name": key.name} for key in keys}
    return {ref: named.get(ref) or _("unknown person") for ref in wanted}


def name_of(actor: Actor, ref: uuid.UUID | None) -> str:
    """What to call the doer of an act; the system when there is no ref."""
    return names_of(actor, [ref])[ref] if ref else _("the system")


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations neither accepted nor withdrawn, expired ones too, the last one first.

    Raises:
        NotAllowed: the actor does not manage people.
    """
    actor.require("people.manage")
    waiting = Invitation.objects.visible_to(actor).filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.order_by("-created_at")


def credentials(actor: Actor) -> QuerySet[Credential]:
    """The organisation's keys, live ones first.

    Raises:
        NotAllowed: the actor does not manage keys.
    """
    actor.require("keys.manage")
    return Credential.objects.visible_to(actor).order_by("revoked_at", "-created_at")


def people_behind(refs: Iterable[uuid.UUID | None]) -> set[uuid.UUID]:
    """The people who answer for the keys among these doers: who issued each, and who was ever entrusted with it.

    Who issues a key sees its secret, so what is done with it can be theirs whatever name stands beside it.
    """
    acts = Act.objects.filter(subject_kind="credential", subject_id__in=[ref for ref in refs if ref])
    behind: set[uuid.UUID] = set()
    for act in acts.filter(type__in=["credential.issued", "credential.entrusted"]):
        named = act.clear.get("responsible")
        behind |= {uuid.UUID(named)} if named else set()
        behind |= {act.actor_ref} if act.type == "credential.issued" and act.actor_ref else set()
    return behind


def subordinates_of(ref: uuid.UUID) -> set[uuid.UUID]:
    """The refs of everyone below a person, however many steps down; people who left are not counted."""
    below: set[uuid.UUID] = set()
    step = {ref}
    while step:
        found = Membership.objects.filter(reports_to__ref__in=step, left_at__isnull=True).values_list("ref", flat=True)
        step = set(found) - below - {ref}
        below |= step
    return below


def is_subordinate(ref: uuid.UUID, of_ref: uuid.UUID) -> bool:
    """Whether one person works under another, however many steps down."""
    return ref in subordinates_of(of_ref)


def _people(actor: Actor) -> QuerySet[Membership]:
    """Everyone who is or was in the actor's organisation."""
    if actor.kind is ActorKind.PUBLIC:
        return Membership.objects.none()
    return Membership.objects.visible_to(actor).select_related("account", "reports_to").order_by("name", "joined_at")
