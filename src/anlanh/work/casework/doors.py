"""The doors of the public: a reference and a secret that open one person's page about a case, and nothing else."""

import hmac
from dataclasses import dataclass

from django.utils.translation import gettext as _

from anlanh.base.actor import NotFound
from anlanh.primitives.errors import BadInput
from anlanh.work.casework import numbers
from anlanh.work.casework.models import Access, Case, Party, Report

_NOBODYS = "0" * 64


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
    """

    role: str
    reference: str
    case: Case
    party: Party
    report: Report | None = None
    access: Access | None = None


def opened(reference: str, secret: str) -> Door:
    """The door that the two open.

    A reference that does not exist and a secret that is wrong get the same answer after the same comparison.

    Raises:
        NotFound: they open nothing.
    """
    refusal = NotFound(_("We found nothing under this reference and secret. Compare both with what you were given."))
    try:
        reference, secret = numbers.normal(reference), numbers.normal(secret)
    except BadInput:
        raise refusal from None
    row = _row(reference)
    expected = row.secret_hash if row else _NOBODYS
    fits = hmac.compare_digest(expected, numbers.digest(reference, secret))
    if row is None or not fits:
        raise refusal
    if isinstance(row, Report):
        return Door("reporter", reference, row.case, row.reporter, report=row)
    return Door("affected", reference, row.case, row.party, access=row)


def _row(reference: str) -> Report | Access | None:
    related = ("case__organisation", "case__page")
    if reference.startswith(numbers.REPORT_PREFIX):
        return Report.objects.select_related("reporter", *related).filter(reference=reference).first()
    return Access.objects.select_related("party", *related).filter(reference=reference).first()
