"""The lists of cases, and the lines of the navigation."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anlanh.work.casework import queries

# view → title, key that goes there, capabilities of which one is needed.
VIEWS: dict[str, tuple[Promise, str, tuple[str, ...]]] = {
    "mine": (_("My work"), "g m", ("cases.review", "cases.decide", "appeals.hear", "orders.verify")),
    "unclaimed": (_("Nobody's yet"), "g u", ("cases.review", "cases.decide", "orders.verify")),
    "orders": (_("Orders of authorities"), "g o", ("cases.view",)),
    "appeals": (_("Appeals"), "g a", ("cases.view",)),
    "all": (_("All open"), "g q", ("cases.view",)),
    "closed": (_("Closed"), "g c", ("cases.view",)),
}


@dataclass(frozen=True)
class Link:
    """One line of the navigation.

    Args:
        title: its words.
        address: where it leads.
        key: the keys that go there.
        waiting: what waits there, by the state of its clocks; None where nothing has a clock.
        total: how many wait, or the most that are counted; None where that is not counted.
        current: the page shown is this one.
        icon: the icon's name; empty for queues, whose counts stand in its place.
    """

    title: str | Promise
    address: str
    key: str
    waiting: queries.Waiting | None
    total: int | None
    current: bool
    icon: str = ""
