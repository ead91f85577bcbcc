"""How often one network may do what costs us: generous, since a whole mobile carrier can sit behind one address."""

from datetime import timedelta

from django.http import HttpRequest

from anlanh.base.limits.places import client_network
from anlanh.base.limits.spending import Verdict, spend

HOUR = timedelta(hours=1)
MOST_AN_HOUR = {"report": 120, "upload": 300, "open": 300, "appeal": 60, "confirm": 120}


def spend_for(request: HttpRequest, deed: str) -> Verdict:
    """Takes one `deed` (a key of `MOST_AN_HOUR`) from the bucket of the visitor's network."""
    return spend(f"portal {deed} {client_network(request)}", per=HOUR, most=MOST_AN_HOUR[deed])


def first_time(token: str) -> bool:
    """True for the first caller with this token and for no other: what makes a double click send once."""
    return spend(f"portal once {token}", per=timedelta(days=1), most=1).allowed
