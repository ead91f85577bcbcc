"""The readers of calls: the clerk's own draft, and what is known of a page or caller while they still speak."""

from dataclasses import dataclass
from datetime import datetime

from anlanh.base.actor import Actor
from anlanh.work.casework import policy
from anlanh.work.casework import queries as casework
from anlanh.work.casework.calls.actions import TAKES_CALLS
from anlanh.work.casework.calls.models import CallDraft
from anlanh.work.casework.desk.access import within
from anlanh.work.casework.models import Case, Report

MOST_KNOWN = 5
SHORTEST_WORDS = 3


@dataclass(frozen=True)
class KnownCaller:
    """An earlier report by somebody of that name or address."""

    name: str
    reference: str
    case: Case
    received_at: datetime


@dataclass(frozen=True)
class Known:
    """What is known: cases of the page or of those words, and earlier reports of the caller."""

    cases: list[Case]
    callers: list[KnownCaller]


def draft(actor: Actor) -> CallDraft | None:
    """What this clerk typed last and has not filed.

    Raises:
        NotAllowed: without `cases.review`.
    """
    actor.require(TAKES_CALLS)
    return CallDraft.objects.visible_to(actor).filter(clerk=actor.ref).first()


def known(actor: Actor, words: str, caller: str = "") -> Known:
    """Cases of an address or of words, and reports by a caller, newest first; callers only for those who see reporters.

    Raises:
        NotAllowed: without `cases.review`.
    """
    actor.require(TAKES_CALLS)
    found = casework.search(actor, words)[:MOST_KNOWN] if len(words.strip()) >= SHORTEST_WORDS else []
    return Known(found, _callers(actor, caller.strip()))


def _callers(actor: Actor, caller: str) -> list[KnownCaller]:
    if len(caller) < SHORTEST_WORDS or not policy.sees_reporters(actor):
        return []
    seen = within(actor, Report.objects.visible_to(actor), "case__queue")
    reports = seen.select_related("reporter", "case__page")
    by_name = reports.filter(reporter__name__iexact=caller) | reports.filter(reporter__email__iexact=caller)
    rows = by_name.order_by("-received_at", "-id")[:MOST_KNOWN]
    return [KnownCaller(row.reporter.name, row.reference, row.case, row.received_at) for row in rows]
