"""The only writers of an organisation's own rules: the draft, versions, withdrawals; an act each."""

import uuid
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.base.identity.models import Organisation
from anlanh.primitives.dates import civil_date, date_vi, start_of_day
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.policies import drafting, pasting
from anlanh.work.policies.acts import DOCUMENT
from anlanh.work.policies.digests import digest_of, exact_text
from anlanh.work.policies.drafting import Clause
from anlanh.work.policies.kinds import KINDS
from anlanh.work.policies.models import Clause as PublishedClause
from anlanh.work.policies.models import Document, Version, Withdrawal
from anlanh.work.policies.policy import MANAGE
from anlanh.work.policies.queries import with_withdrawal
from anlanh.work.policies.standing import spans

LONGEST_REASON = 1000
LATEST = date(2199, 12, 31)


@transaction.atomic
def begin(actor: Actor, kind: str) -> Document:
    """The document of a kind, made when it is first drafted; its title is at first that of the kind.

    Raises:
        NotAllowed: without the capability.
        NotFound: no such kind.
    """
    actor.require(MANAGE)
    if kind not in KINDS:
        raise NotFound(_("There is no such document."))
    title = KINDS[kind].title
    document, _made = Document.objects.get_or_create(
        organisation_id=actor.organisation_id,
        kind=kind,
        defaults={
            "title_vi": title.vi,
            "title_en": title.en,
            "drafted_by": actor.ref,
            "drafted_at": clock.now(),
        },
    )
    return document


@transaction.atomic
def set_title(actor: Actor, kind: str, title_vi: str, title_en: str, seen: int) -> Document:
    """Names the next version.

    Args:
        actor: who drafts.
        kind: which document.
        title_vi, title_en: what its authors call it; English may be empty.
        seen: the revision of the draft that the actor has read.

    Raises:
        NotAllowed, NotFound: as for `begin`.
        BadInput: nothing is written, or others changed the draft meanwhile.
    """
    document = _hold(actor, kind, seen)
    vi = " ".join(drafting.cleaned(title_vi, "title_vi", drafting.LONGEST_TITLE).split())
    en = " ".join(drafting.cleaned(title_en, "title_en", drafting.LONGEST_TITLE).split())
    if not vi:
        raise BadInput(_("nothing is written"), where="title_vi", mend=_("give it a title"))
    document.title_vi, document.title_en = vi, en
    return _kept(actor, document, _draft_of(document), "title")


@transaction.atomic
def set_clause(actor: Actor, kind: str, given: Clause, seen: int) -> Clause:
    """Puts a clause into the draft, or another one in the place of the clause of its key.

    Raises:
        NotAllowed, NotFound: as for `begin`; or the draft has no clause of that key.
        BadInput: naming the field; or others changed the draft meanwhile.
    """
    document = _hold(actor, kind, seen)
    draft = _draft_of(document)
    if given.key is None:
        given = replace(given, key=new_id())
    elif all(one.key != given.key for one in draft):
        raise NotFound(_("There is no such clause."))
    given = drafting.checked(given)
    _kept(actor, document, drafting.with_clause(draft, given), "clause")
    return given


@transaction.atomic
def remove_clause(actor: Actor, kind: str, key: uuid.UUID, seen: int) -> Document:
    """Takes a clause out of the draft. Versions that were published keep theirs.

    Raises:
        NotAllowed, NotFound, BadInput: as for `set_clause`.
    """
    document = _hold(actor, kind, seen)
    draft = _draft_of(document)
    left = [one for one in draft if one.key != key]
    if len(left) == len(draft):
        raise NotFound(_("There is no such clause."))
    return _kept(actor, document, left, "removed")


@transaction.atomic
def paste(actor: Actor, kind: str, text: str, seen: int) -> Document:
    """Reads a whole Vietnamese text into the draft in the place of what was there; clauses that keep their number keep
    their key, their English, and what was said of their categories.

    Raises:
        NotAllowed, NotFound: as for `begin`.
        BadInput: the text has no numbered lines, or a clause of it can't be taken; or others changed the draft.
    """
    document = _hold(actor, kind, seen)
    known = {one.number: one for one in _draft_of(document)}
    found = []
    for clause in pasting.clauses_of(text):
        old = known.get(clause.number)
        same = old is not None and (old.title_vi, old.text_vi) == (clause.title_vi, clause.text_vi)
        if old is not None:
            english = {"title_en": old.title_en, "text_en": old.text_en} if same else {}
            clause = replace(clause, key=old.key, categories=old.categories, about_state=old.about_state, **english)
        found.append(clause)
    drafting.require_fits(found)
    return _kept(actor, document, found, "pasted")


@transaction.atomic
def publish(actor: Actor, kind: str, starts_on: date, seen: int) -> Version:
    """Publishes the draft as the next version; from then on nobody can change it.

    Args:
        actor: who publishes.
        kind: which document.
        starts_on: the first day on which it is in force, by the calendar of Viet Nam; today means from this moment on.
        seen: the revision of the draft that the actor has read.

    Raises:
        NotAllowed, NotFound: as for `begin`.
        BadInput: a day that is over or before the last version's, an empty draft, one that says what the last version
            says, or others changed it meanwhile.
    """
    document = _hold(actor, kind, seen)
    draft, moment = _draft_of(document), clock.now()
    if not draft:
        raise BadInput(_("the draft has no clause"), mend=_("write at least one"))
    if starts_on < civil_date(moment):
        raise BadInput(
            _("that day is over"), where="starts_on", mend=_("choose today or a later day; nothing binds backwards")
        )
    if starts_on > LATEST:
        raise BadInput(_("that day is too far away"), where="starts_on", mend=_("choose an earlier day"))
    starts_at = max(start_of_day(starts_on), moment)
    versions = list(document.versions.select_related("withdrawal").order_by("number"))
    _require_later(versions, starts_at)
    version = Version(
        id=new_id(),
        organisation_id=actor.organisation_id,
        document=document,
        number=len(versions) + 1,
        title_vi=document.title_vi,
        title_en=document.title_en,
        starts_on=starts_on,
        starts_at=starts_at,
        published_by=actor.ref,
        published_at=moment,
    )
    clauses = [_published(version, place, clause) for place, clause in enumerate(draft, start=1)]
    _require_changed(versions, version, clauses)
    code = Organisation.objects.get(id=actor.organisation_id).code
    version.digest = digest_of(exact_text(code, kind, version, clauses))
    clear = {
        "kind": kind,
        "version": version.number,
        "version_id": version.id,
        "starts_on": starts_on,
        "starts_at": starts_at,
        "digest": version.digest,
        "clauses": len(clauses),
        "languages": ["vi", "en"] if all(one.text_en for one in clauses) else ["vi"],
    }
    version.act_id = record(actor, Draft(KINDS[kind].act, Subject(DOCUMENT, document.id), clear)).id
    version.save(force_insert=True)
    PublishedClause.objects.bulk_create(clauses)
    return version


@transaction.atomic
def withdraw(actor: Actor, kind: str, number: int, reason: str) -> Withdrawal:
    """Ends a version now: one that has not begun never does, one in force ends, and nothing takes its place.

    Raises:
        NotAllowed: without the capability.
        NotFound: the organisation has no such version.
        BadInput: no reason, or it was withdrawn or superseded before.
    """
    actor.require(MANAGE)
    document = Document.objects.visible_to(actor).select_for_update().filter(kind=kind).first()
    version = document.versions.filter(number=number).first() if document else None
    if version is None:
        raise NotFound(_("There is no such version."))
    reason = drafting.cleaned(reason, "reason", LONGEST_REASON)
    if not reason:
        raise BadInput(_("nothing is written"), where="reason", mend=_("say why"))
    if Withdrawal.objects.filter(version=version).exists():
        raise BadInput(_("it was withdrawn before"), mend=_("look at the list again"))
    standing = next((one for one in spans(with_withdrawal(document.versions.all())) if one.version == version), None)
    if standing is None or (standing.ends_at is not None and standing.ends_at <= clock.now()):
        raise BadInput(_("a later version took its place already"), mend=_("look at the list again"))
    row = Withdrawal.objects.create(
        organisation_id=actor.organisation_id,
        version=version,
        reason=reason,
        withdrawn_by=actor.ref,
        withdrawn_at=clock.now(),
    )
    clear = {"kind": kind, "version": version.number, "version_id": version.id}
    record(actor, Draft("policy.withdrawn", Subject(DOCUMENT, document.id), clear, {"reason": reason}))
    return row


def _hold(actor: Actor, kind: str, seen: int) -> Document:
    """The document, held, if its draft is as the actor has read it."""
    document = Document.objects.select_for_update().get(id=begin(actor, kind).id)
    if document.revision != seen:
        raise BadInput(_("somebody else changed the draft since you opened it"), mend=_("look at it again"))
    return document


def _draft_of(document: Document) -> list[Clause]:
    return [Clause.of(kept) for kept in document.draft]


def _kept(actor: Actor, document: Document, draft: list[Clause], changed: str) -> Document:
    document.draft = [clause.kept() for clause in draft]
    document.revision += 1
    document.drafted_by, document.drafted_at = actor.ref, clock.now()
    document.save()
    clear = {"kind": document.kind, "revision": document.revision, "clauses": len(draft), "changed": changed}
    record(actor, Draft("policy.drafted", Subject(DOCUMENT, document.id), clear))
    return document


def _require_later(versions: list[Version], starts_at: object) -> None:
    """Each version begins after the one before it, so that which one is in force is never a question."""
    standing = [one for one in versions if not hasattr(one, "withdrawal")]
    last = max(standing, key=lambda one: one.starts_at, default=None)
    if last is not None and starts_at <= last.starts_at:
        raise BadInput(
            _("version %(number)s begins on %(day)s, not before this one")
            % {"number": last.number, "day": date_vi(last.starts_on)},
            where="starts_on",
            mend=_("choose a later day, or withdraw that version first"),
        )


def _require_changed(versions: list[Version], version: Version, clauses: list[PublishedClause]) -> None:
    """Refuses to publish again what the last version, if it stands, says already."""
    last = versions[-1] if versions else None
    if last is None or hasattr(last, "withdrawal"):
        return
    same = [_said(one) for one in last.clauses.order_by("position")] == [_said(one) for one in clauses]
    if same and (last.title_vi, last.title_en) == (version.title_vi, version.title_en):
        raise BadInput(
            _("this is what version %(number)s says") % {"number": last.number}, mend=_("change the draft first")
        )


def _said(clause: PublishedClause) -> tuple[object, ...]:
    names = ("key", "number", "title_vi", "title_en", "text_vi", "text_en", "about_state")
    return (*(getattr(clause, name) for name in names), tuple(clause.categories))


def _published(version: Version, position: int, clause: Clause) -> PublishedClause:
    return PublishedClause(
        id=new_id(),
        organisation_id=version.organisation_id,
        version=version,
        position=position,
        **clause.fields(),
    )
