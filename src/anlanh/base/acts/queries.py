"""Reading acts and the state of the organisation's log, for those who may."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from anlanh.base.actor import Actor, NotFound
from anlanh.base.acts.keys import verify_key
from anlanh.base.acts.ledger import code_of, latest_checkpoint
from anlanh.base.acts.models import Act, CommittedValue, Log, PendingLeaf


@dataclass(frozen=True)
class LogState:
    """Where an organisation's log stands.

    Args:
        code: the organisation's code, by which its log is named.
        size: acts sealed.
        waiting: acts recorded and not yet sealed.
        checkpoint: the latest signed note; empty before the first.
        sealed_size: how many acts that note signs.
        issued_at: when it was signed.
        public_key: `NAME+ID+KEY`, the form `anlanh ledger verify --key` reads.
    """

    code: str
    size: int
    waiting: int
    checkpoint: str
    sealed_size: int
    issued_at: datetime | None
    public_key: str


def log_state(actor: Actor) -> LogState:
    """Where the log of the actor's organisation stands.

    Raises:
        NotAllowed: the actor may not view the ledger.
    """
    actor.require("ledger.view")
    log = Log.objects.filter(id=actor.organisation_id).first()
    latest = latest_checkpoint(actor.organisation_id)
    code = code_of(actor.organisation_id)
    return LogState(
        code=code,
        size=log.size if log else 0,
        waiting=PendingLeaf.objects.filter(organisation_id=actor.organisation_id).count(),
        checkpoint=latest.note if latest else "",
        sealed_size=latest.size if latest else 0,
        issued_at=latest.issued_at if latest else None,
        public_key=verify_key(code).vkey(),
    )


def acts(actor: Actor) -> QuerySet[Act]:
    """The organisation's acts, newest first, each with its leaf if it is sealed.

    Raises:
        NotAllowed: the actor may not view the ledger.
    """
    actor.require("ledger.view")
    return Act.objects.visible_to(actor).select_related("ledger_leaf").order_by("-recorded_at", "-id")


def act(actor: Actor, act_id: uuid.UUID) -> Act:
    """One act of the organisation: for inspectors any, for those who see cases the acts of a case.

    Raises:
        NotAllowed: the actor may view neither.
        NotFound: there is no such act here.
    """
    found = Act.objects.visible_to(actor).filter(id=act_id)
    if not actor.can("ledger.view"):
        actor.require("ledger.view", "cases.view")
        found = found.filter(subject_kind="case")
    one = found.first()
    if one is None:
        raise NotFound("there is no such act")
    return one


def erasable_fields(one: Act) -> dict[str, bool]:
    """The committed fields of an act: name → whether its value is still held (False once it was erased)."""
    rows = CommittedValue.objects.filter(act=one).order_by("field").values_list("field", "erased_at")
    return {name: erased_at is None for name, erased_at in rows}
