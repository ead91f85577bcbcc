"""By whom a report is, as far as that is known: a platform vouches for its user, or an address was confirmed.

What somebody merely typed makes nobody a sender: an address in a form is anybody's.
"""

import hashlib
import hmac
import uuid

from django.conf import settings

from anlanh.work.casework.models import Party, Report
from anlanh.work.casework.sameness.models import Sender


def mark_of_user(key_id: uuid.UUID, reporter_ref: str) -> str:
    """The mark of a platform's user, by the platform's key and what it calls them."""
    return _digest("user", str(key_id), reporter_ref)


def mark_of_address(organisation_id: uuid.UUID, email: str) -> str:
    """The mark of the owner of an address, however they write it."""
    return _digest("address", str(organisation_id), email.strip().casefold())


def mark_of(party: Party) -> str:
    """The mark of who a party is; empty where nobody knows."""
    return Sender.objects.filter(party=party).values_list("mark", flat=True).first() or ""


def learn(party: Party) -> str:
    """Keeps that a party is the owner of the address that they just confirmed; whom a platform vouched for stays that.

    Returns:
        the mark.
    """
    mark = mark_of_address(party.organisation_id, party.email)
    row, _made = Sender.objects.get_or_create(
        party=party, defaults={"organisation_id": party.organisation_id, "mark": mark}
    )
    return row.mark


def first_of(report: Report) -> Report:
    """The report that its sender said first, of those that are joined to one."""
    return report.again.first if hasattr(report, "again") else report


def _digest(*said: str) -> str:
    message = "\x00".join(("casework sender", *said)).encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, hashlib.sha256).hex()
