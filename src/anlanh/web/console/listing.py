"""What a queue's address asks for, and a line for each case found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anlanh.base.actor import Actor
from anlanh.base.identity.queries import name_of
from anlanh.web.console.shell import VIEWS
from anlanh.work.casework import queries
from anlanh.work.casework.categories import CATEGORIES, title_of
from anlanh.work.casework.models import Case

SORT_TITLES = {
    "due": _("Due first"),
    "opened": _("Oldest first"),
    "newest": _("Newest first"),
}
SORTS = {
    "due": ["due_at", "id"],
    "opened": ["opened_at", "id"],
    "newest": ["-opened_at", "-id"],
}


@dataclass(frozen=True)
class Listing:
    """A queue as its address names it.

    Args:
        view: one of `shell.VIEWS`.
        sort: one of SORTS.
        category: only cases of that category; empty for all.
        words: a search over all cases, which takes the place of the view.
    """

    view: str
    sort: str = "due"
    category: str = ""
    words: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], default: str) -> "Listing":
        """The listing of an address; words it does not know count as left out."""

        def known(name: str, among: Iterable[str], otherwise: str) -> str:
            value = asked.get(name, "")
            return value if value in among else otherwise

        return cls(
            known("view", VIEWS, default),
            known("sort", SORTS, "due"),
            known("category", CATEGORIES, ""),
            asked.get("q", "").strip(),
        )

    def cases(self, actor: Actor) -> QuerySet[Case] | list[Case]:
        """What it asks for."""
        if self.words:
            return queries.search(actor, self.words)
        found = queries.queue(actor, self.view)
        if self.category:
            found = found.filter(category=self.category)
        return found if self.sort == "due" else found.order_by(*SORTS[self.sort])

    def address(self, **changes: str) -> str:
        """The query string of this listing with some parts changed."""
        parts = vars(replace(self, **changes))
        given = {"q" if name == "words" else name: value for name, value in parts.items() if value}
        return "?" + urlencode(given)
