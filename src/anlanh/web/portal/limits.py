"""How often one network may do what costs us: generous, since a whole mobile carrier can sit behind one address."""

from datetime import timedelta

from django.http import HttpRequest

from anlanh.base.limits.places import client_network
from anlanh.base.limits.spending import Verdict, spend

HOUR = timedelta(hours=1)
MOST_AN_HOUR = {
    "report": 120,
    "upload": 300,
    "megabyte": 1000,
    "open": 300,
    "appeal": 60,
    "message": 120,
    "take": 60,
    "confirm": 120,
}
MEGABYTE = 1024 * 1024


def spend_for(request: HttpRequest, deed: str, times: int = 1) -> Verdict:
    """Takes a `deed` (a key of `MOST_AN_HOUR`), done once or more, from the bucket of the visitor's network."""
    most = MOST_AN_HOUR[deed]
    return spend(f"portal {deed} {client_network(request)}", min(times, most), per=HOUR, most=most)


def spend_for_upload(request: HttpRequest, size: int) -> Verdict:
    """Takes one upload of so many bytes from the network's buckets: of how many files, and of how much room."""
    verdict = spend_for(request, "upload")
    return spend_for(request, "megabyte", -(-size // MEGABYTE)) if verdict.allowed and size else verdict


def first_time(token: str) -> bool:
    """True for the first caller with this token and for no other: what makes a double click send once."""
    return spend(f"portal once {token}", per=timedelta(days=1), most=1).allowed
