"""Whom the staff can talk to in a case, and the letter that tells somebody that a message waits."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anlanh.base.actor import Actor, NotAllowed
from anlanh.work.casework import policy
from anlanh.work.casework.actions import notices
from anlanh.work.casework.models import SEALED, Access, Appeal, Case, Party, Report
from anlanh.work.casework.queries.public import TELLS_OF_MESSAGE

_TALKING = ("cases.review", "cases.decide", "appeals.hear")


@dataclass(frozen=True)
class Partner:
    """Somebody outside the staff who has a door to the case.

    Args:
        id: of the report or access, which names the thread in forms.
        role: `reporter` or `affected`.
        reference: as they were given it; the staff know them by this.
        party: the person.
        report, access: which of the two doors it is.
    """

    id: uuid.UUID
    role: str
    reference: str
    party: Party
    report: Report | None = None
    access: Access | None = None

    def letter(self) -> notices.Addressed:
        """The letter that says that a message waits, and not what it says."""
        return notices.Addressed(TELLS_OF_MESSAGE, self.role, self.party, report=self.report, access=self.access)


def partner(case: Case, id_: uuid.UUID) -> Partner | None:
    """The partner of that id in the case, if there is one."""
    report = case.reports.select_related("reporter").filter(id=id_).first()
    if report:
        return of_report(report.again.first if hasattr(report, "again") else report)
    access = case.accesses.select_related("party").filter(id=id_).first()
    return of_access(access) if access else None


def of_report(report: Report) -> Partner:
    """The reporter as a partner."""
    return Partner(report.id, notices.REPORTER, report.reference, report.reporter, report=report)


def of_access(access: Access) -> Partner:
    """The person affected as a partner."""
    return Partner(access.id, notices.AFFECTED, access.reference, access.party, access=access)


def require_may_talk(actor: Actor, case: Case) -> None:
    """Refuses whom the case is no business of; while an appeal is open only those may write who may hear it.

    Who decided would else write to the very person who objects to the decision.

    Raises:
        NotAllowed: saying why.
    """
    policy.require_person(actor)
    actor.require(*((SEALED,) if case.sealed else _TALKING))
    policy.require_unclaimed(actor, case)
    appeal = Appeal.objects.select_related("decision").filter(case=case, decided_at__isnull=True).first()
    if appeal and not policy.may_hear(actor, appeal):
        raise NotAllowed(_("An appeal is open. Only who may hear it writes to the people concerned."))


def may_talk(actor: Actor, case: Case) -> bool:
    """Whether `require_may_talk` would let the actor."""
    try:
        require_may_talk(actor, case)
    except NotAllowed:
        return False
    return True
