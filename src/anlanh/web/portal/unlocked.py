"""Files that this visitor opened with their secret: remembered for two hours, sealed, never in an address."""

from datetime import timedelta

from django.http import HttpRequest

from anlanh.base.actor import NotFound
from anlanh.web.portal import vault
from anlanh.work.casework.queries import StatusView, status

OPEN_FOR = timedelta(hours=2)


def remember(request: HttpRequest, reference: str, secret: str) -> None:
    """Opens a file for this visitor."""
    vault.put(request, f"open {reference}", secret)


def forget(request: HttpRequest, reference: str) -> None:
    """Closes it again."""
    vault.drop(request, f"open {reference}")


def secret_of(request: HttpRequest, reference: str) -> str | None:
    """The secret with which this visitor opened the file, or None."""
    secret = vault.get(request, f"open {reference}", within=OPEN_FOR)
    return secret if isinstance(secret, str) else None


def view(request: HttpRequest, reference: str) -> StatusView | None:
    """What the file's owner may see; None when it is not open for this visitor, whether or not there is such a file."""
    secret = secret_of(request, reference)
    if secret is None:
        return None
    try:
        return status(reference, secret)
    except NotFound:
        forget(request, reference)
        return None
