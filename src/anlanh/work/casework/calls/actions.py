"""The writers of calls. A draft is no act: nobody was told anything of it, and it is gone when the call is filed."""

import uuid
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record
from anlanh.primitives.errors import BadInput
from anlanh.primitives.ids import new_id
from anlanh.work.casework.actions.intake import Filed, ReportInput, file_report
from anlanh.work.casework.actions.report_input import LONGEST_TEXT
from anlanh.work.casework.authorities import secrecy
from anlanh.work.casework.calls.acts import CALL
from anlanh.work.casework.calls.models import CallDraft
from anlanh.work.casework.categories import CATEGORIES

TAKES_CALLS = "cases.review"
MOST_FIELDS = 40
LONGEST_FIELD = 8000


def save_draft(actor: Actor, answers: Mapping[str, str]) -> CallDraft:
    """Keeps what was typed so far, in place of what was kept before.

    Raises:
        NotAllowed: without `cases.review`.
        BadInput: more than any call holds.
        Secret: it is marked secret; what was kept before is forgotten, too.
    """
    actor.require(TAKES_CALLS)
    if len(answers) > MOST_FIELDS or any(len(value) > LONGEST_FIELD for value in answers.values()):
        raise BadInput(
            _("longer than %(most)s characters") % {"most": LONGEST_FIELD}, where="text", mend=_("shorten it")
        )
    _require_open(actor, answers.values())
    kept = {name: value.replace("\x00", "") for name, value in answers.items() if value}
    draft, _made = CallDraft.objects.update_or_create(
        organisation_id=actor.organisation_id, clerk=actor.ref, defaults={"answers": kept, "saved_at": clock.now()}
    )
    return draft


def _require_open(actor: Actor, texts: Iterable[str]) -> None:
    """Refuses words that are marked secret, and forgets what was kept of them while they were typed.

    Raises:
        Secret: saying so.
    """
    try:
        secrecy.require_open(texts)
    except secrecy.Secret:
        drop_draft(actor)
        raise


def drop_draft(actor: Actor) -> None:
    """Forgets what was typed.

    Raises:
        NotAllowed: without `cases.review`.
    """
    actor.require(TAKES_CALLS)
    CallDraft.objects.visible_to(actor).filter(clerk=actor.ref).delete()


def file_call(actor: Actor, given: ReportInput) -> Filed:
    """Files the call as a report that came by telephone, and forgets the draft.

    Raises:
        BadInput, NotAllowed: as for `file_report`.
    """
    actor.require(TAKES_CALLS)
    _require_open(actor, [given.text, given.address, *map(str, (given.details or {}).values())])
    with transaction.atomic():
        filed = file_report(actor, actor.organisation_id, given)
        drop_draft(actor)
    return filed


def note_advice(actor: Actor, category: str, text: str, *, concerns_child: bool, threatens_life: bool) -> uuid.UUID:
    """Notes a call that only asked for advice: counted by kind, its words kept as erasable. No case is opened.

    Returns:
        The call's id.

    Raises:
        NotAllowed: without `cases.review`.
        BadInput: no such kind, or nothing is written.
    """
    actor.require(TAKES_CALLS)
    text = text.replace("\x00", "").strip()
    if category not in CATEGORIES:
        raise BadInput(_("no such category"), where="category", mend=_("choose one from the list"))
    if not text or len(text) > LONGEST_TEXT:
        raise BadInput(_("nothing is written"), where="text", mend=_("say in a sentence what was asked and answered"))
    _require_open(actor, [text])
    with transaction.atomic():
        call = Subject(CALL, new_id(), new=True)
        clear = {"category": category, "concerns_child": concerns_child, "threatens_life": threatens_life}
        record(actor, Draft("advice.given", call, clear, {"text": text}))
        drop_draft(actor)
    return call.id
