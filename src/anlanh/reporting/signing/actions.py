"""Signing the law, and withdrawing a signature."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, ActorKind, NotAllowed, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.law.pack import vietnam
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.reporting.signing.acts import SUBJECT
from anlanh.reporting.signing.models import LawSignature
from anlanh.reporting.signing.targets import target

SIGN = "law.sign"
LONGEST_NOTE = 4000


@transaction.atomic
def sign(actor: Actor, kind: str, identifier: str, digest: str, note: str = "") -> LawSignature:
    """Records that a lawyer has read something and answers for it.

    Args:
        actor: a person with `law.sign`.
        kind, identifier: what is signed; `pack` with an empty id is the whole.
        digest: of what the person was shown, so that nobody signs what has changed meanwhile.
        note: reservations, sources looked at; the log holds only its digest.

    Raises:
        NotAllowed: without the capability, or no person.
        BadInput: no such thing, it has changed, or it is signed already.
    """
    actor.require(SIGN)
    if actor.kind is not ActorKind.MEMBER:
        raise NotAllowed(_("Only a person can sign the law."))
    law = vietnam()
    what = target(law, kind, identifier)
    if digest != what.digest:
        raise BadInput(_("this has changed since you opened it"), where="digest", mend=_("read it again, then sign"))
    if len(note) > LONGEST_NOTE:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_NOTE}, where="note", mend=_("shorten it")
        )
    live = LawSignature.objects.visible_to(actor).filter(
        kind=kind, target=identifier, digest=digest, withdrawn_at__isnull=True
    )
    if live.exists():
        raise BadInput(_("this version is signed already"), mend=_("withdraw that signature first if it was wrong"))
    signature_id = new_id()
    clear = {"signature": signature_id, "kind": kind, "target": identifier or law.code, "pack": law.code}
    clear |= {"pack_version": law.version, "digest": digest}
    draft = Draft("law.signed", Subject(SUBJECT, signature_id, new=True), clear, {"note": note.strip() or None})
    act = record(actor, draft)
    return LawSignature.objects.create(
        id=signature_id,
        organisation_id=actor.organisation_id,
        kind=kind,
        target=identifier,
        pack=law.code,
        pack_version=law.version,
        digest=digest,
        note=note.strip(),
        signed_at=act.happened_at,
        signed_by=actor.ref,
        act_id=act.id,
    )


@transaction.atomic
def withdraw(actor: Actor, signature_id: uuid.UUID, reason: str) -> LawSignature:
    """Takes a signature back; both acts stay in the log.

    Raises:
        NotAllowed: without `law.sign`.
        NotFound: no such signature here.
        BadInput: no reason, or withdrawn already.
    """
    actor.require(SIGN)
    found = LawSignature.objects.visible_to(actor).select_for_update(of=("self",)).filter(id=signature_id).first()
    if found is None:
        raise NotFound(_("There is no such signature."))
    if found.withdrawn_at:
        raise BadInput(_("this signature is withdrawn already"), mend=_("sign anew if need be"))
    if not reason.strip():
        raise BadInput(_("the reason is missing"), where="reason", mend=_("say in a few words why"))
    if len(reason) > LONGEST_NOTE:
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_NOTE}, where="reason", mend=_("shorten it")
        )
    clear = {"signature": found.id, "kind": found.kind, "target": found.target or found.pack}
    act = record(actor, Draft("law.signature_withdrawn", Subject(SUBJECT, found.id), clear, {"reason": reason.strip()}))
    found.withdrawn_at, found.withdrawn_by = act.happened_at, actor.ref
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return found
