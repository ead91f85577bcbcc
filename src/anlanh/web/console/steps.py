"""Which forms the case page shows: what the procedure allows from here, with the reason where this person may not."""

from collections.abc import Sequence
from dataclasses import dataclass

from anlanh.work.casework.models import Appeal
from anlanh.work.casework.queries import AllowedAct, CasePage


@dataclass(frozen=True)
class Step:
    """One thing that the procedure knows from this phase.

    Args:
        possible: this person can do it now.
        reason: why not; empty when possible.
    """

    possible: bool
    reason: str


@dataclass(frozen=True)
class Steps:
    """The steps of a case page; None for what the procedure does not know from here."""

    claim: Step | None
    release: Step | None
    hand_over: Step | None
    confirm: Step | None
    decide: Step | None
    approve: Step | None
    verify: Step | None
    query: Step | None
    send_back: Step | None
    hear: Step | None
    notify_authority: Step | None
    sort: Step | None
    transfer: Step | None
    answer: Step | None
    review_order: Step | None
    open_appeals: list[Appeal]

    @property
    def waiting(self) -> bool:
        """Nothing is for anyone to do on this page now."""
        return not any(
            (self.claim, self.decide, self.approve, self.verify, self.hear, self.notify_authority, self.answer)
        )

    @classmethod
    def of(cls, shown: CasePage) -> "Steps":
        """The steps of that page."""
        return cls(
            claim=None if shown.mine else _step(shown.allowed, "case.claimed"),
            release=_step(shown.allowed, "case.released") if shown.mine else None,
            hand_over=_step(shown.allowed, "case.handed_over"),
            confirm=None if shown.case.confirmed_at else _step(shown.allowed, "violation.confirmed"),
            decide=None if shown.proposal else _step(shown.allowed, "decision.made"),
            approve=_step(shown.allowed, "decision.refused"),
            verify=_step(shown.allowed, "order.verified"),
            query=_step(shown.allowed, "order.queried"),
            send_back=_step(shown.allowed, "order.returned"),
            hear=_step(shown.allowed, "appeal.decided"),
            notify_authority=_step(shown.allowed, "authority.notified") if _must_notify(shown) else None,
            sort=_step(shown.allowed, "report.sorted") if shown.reports else None,
            transfer=_step(shown.allowed, "case.transferred"),
            answer=_step(shown.allowed, "petition.answered"),
            review_order=_step(shown.allowed, "order.reviewed"),
            open_appeals=[appeal for appeal in shown.appeals if appeal.decided_at is None],
        )


def _must_notify(shown: CasePage) -> bool:
    """Whether a clock runs by which the authority has to be told."""
    return any(view.clock.obligation == "notify_authority" and not view.clock.stopped_at for view in shown.clocks)


def _step(allowed: Sequence[AllowedAct], act: str) -> Step | None:
    """The step of that act; of several outcomes the first that is possible."""
    rows = [entry for entry in allowed if entry.act == act]
    if not rows:
        return None
    best = next((entry for entry in rows if entry.possible), rows[0])
    return Step(best.possible, best.reason)
