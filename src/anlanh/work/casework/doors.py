"""The doors of the public: a reference and a secret that open one person's page about a case, and nothing else.

The secret is the person's own, or that of a representative whose mandate counts at this moment.
"""

import hmac
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anlanh.base.actor import NotFound
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers
from anlanh.work.casework.models import Access, Case, Party, Report
from anlanh.work.casework.redress import standing
from anlanh.work.casework.redress.models import Mandate

NOBODYS = "0" * 64
RELATED = ("case__organisation", "case__page")


@dataclass(frozen=True)
class Door:
    """An open door.

    Args:
        role: `reporter` or `affected`.
        reference: as issued.
        case: the case behind it.
        party: whose door it is.
        report: the person's own report, for a reporter.
        access: the access, for the person affected.
        mandate: under which a representative opened it; None for the person themself.
    """

    role: str
    reference: str
    case: Case
    party: Party
    report: Report | None = None
    access: Access | None = None
    mandate: Mandate | None = None


def opened(reference: str, secret: str) -> Door:
    """The door that the two open.

    A reference that does not exist and a secret that is wrong get the same answer after the same comparison.

    Raises:
        NotFound: they open nothing.
    """
    try:
        reference, secret = numbers.normal(reference), numbers.normal(secret)
    except BadInput:
        raise nothing_found() from None
    row = _row(reference)
    expected = row.secret_hash if row else NOBODYS
    fits = hmac.compare_digest(expected, numbers.digest(reference, secret))
    mandate = standing.opening(row, secret) if row and not fits else None
    if row is None or not (fits or mandate):
        raise nothing_found()
    return of_row(row, mandate)


def nothing_found() -> NotFound:
    """The one answer to what opens nothing."""
    return NotFound(_("We found nothing under this reference and secret. Compare both with what you were given."))


def of_row(row: Report | Access, mandate: Mandate | None = None) -> Door:
    """The door that a report or an access is; the caller knows that whoever asks may open it."""
    if isinstance(row, Report):
        first = row.again.first if hasattr(row, "again") else row  # said again: the door of what was said first
        return Door("reporter", row.reference, row.case, first.reporter, report=first, mandate=mandate)
    return Door("affected", row.reference, row.case, row.party, access=row, mandate=mandate)


def _row(reference: str) -> Report | Access | None:
    if reference.startswith(numbers.REPORT_PREFIX):
        return (
            Report.objects.select_related("reporter", "again__first__reporter", *RELATED)
            .filter(reference=reference)
            .first()
        )
    return Access.objects.select_related("party", *RELATED).filter(reference=reference).first()
