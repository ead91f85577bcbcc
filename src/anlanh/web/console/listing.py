"""What a queue's address asks for, and a line for each case found."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anlanh.base import clock
from anlanh.base.actor import Actor, NotFound
from anlanh.base.identity.queries import names_of
from anlanh.web.components.states import Look, look_of
from anlanh.web.console.links import VIEWS
from anlanh.web.words import remaining_words
from anlanh.work.casework import ordering, queries
from anlanh.work.casework.categories import CATEGORIES
from anlanh.work.casework.desk import queries as desk
from anlanh.work.casework.desk.models import Queue
from anlanh.work.casework.models import Case

SORT_TITLES = {
    "due": _("What has to be begun first"),
    "opened": _("Oldest first"),
    "newest": _("Newest first"),
}
STATES = {
    "overdue": _("Overdue"),
    "soon": _("Due soon"),
    "running": _("On time"),
    "without": _("No clock runs"),
}
SORTS = {
    "due": [],  # the queue's own order
    "opened": ["opened_at", "id"],
    "newest": ["-opened_at", "-id"],
}


NEAREST = 5000

# What a list of cases can show beside the page, in this order; and what it shows unless somebody chooses.
COLUMNS = {
    "due": _("Due"),
    "category": _("Category"),
    "phase": _("Phase"),
    "holder": _("Held by"),
    "number": _("Case"),
    "opened": _("Opened"),
    "account": _("Account"),
    "queue": _("Queue"),
    "kind": _("Came as"),
}
USUAL_COLUMNS = ("due", "category", "phase", "holder", "number")
KINDS = {"report": _("Report"), "order": _("Order of an authority"), "repeat": _("Repeated violations")}


@dataclass(frozen=True)
class Listing:
    """A queue as its address names it.

    Args:
        view: one of `shell.VIEWS`; `all` with a named queue.
        queue: the named queue, if one is asked for.
        sort: one of SORTS.
        category: only cases of that category; empty for all.
        state: only cases whose first clock is in that state; empty for all.
        words: a search over all cases, which takes the place of the view.
        columns: of COLUMNS, as the address names them; empty where it names none.
    """

    view: str
    queue: Queue | None = None
    sort: str = "due"
    category: str = ""
    state: str = ""
    words: str = ""
    columns: tuple[str, ...] = ()

    @classmethod
    def read(cls, actor: Actor, asked: Mapping[str, str], default: str) -> "Listing":
        """The listing of an address; words it does not know count as left out.

        Raises:
            NotFound: a queue that the actor does not see.
        """

        def known(name: str, among: Iterable[str], otherwise: str) -> str:
            value = asked.get(name, "")
            return value if value in among else otherwise

        queue = desk.queue(actor, as_id(asked["queue"])) if asked.get("queue") else None
        return cls(
            "all" if queue else known("view", VIEWS, default),
            queue,
            known("sort", SORTS, "due"),
            known("category", CATEGORIES, ""),
            known("state", STATES, ""),
            asked.get("q", "").strip(),
            known_columns(asked.get("columns", "").split(".")),
        )

    def address(self, columns: Iterable[str] | None = None) -> str:
        """What stands behind the question mark of the list's own address; the usual things are left out.

        Args:
            columns: instead of those that the address names.
        """
        where = {"queue": str(self.queue.id)} if self.queue else {"view": self.view}
        if self.words:
            where = {"q": self.words}
        chosen = {
            "category": self.category,
            "state": self.state,
            "sort": "" if self.sort == "due" else self.sort,
            "columns": ".".join(self.columns if columns is None else columns),
        }
        return urlencode({**where, **{name: value for name, value in chosen.items() if value}})

    def cases(self, actor: Actor) -> QuerySet[Case] | list[Case]:
        """What it asks for."""
        if self.words:
            return queries.search(actor, self.words)
        found = queries.queue(actor, self.view, self.queue.id if self.queue else None)
        if self.category:
            found = found.filter(category=self.category)
        if self.state:
            found = _in_state(found, self.state)
        return found.order_by(*SORTS[self.sort]) if SORTS[self.sort] else found

    def most_urgent(self, actor: Actor) -> QuerySet[Case] | None:
        """Of the most urgent cases of its queue those that it asks for, to be counted; None where nothing waits."""
        if self.words or self.view == "closed":
            return None
        found = queries.queue(actor, self.view, self.queue.id if self.queue else None).select_related(None)
        if not self.category and not self.state:
            return found
        nearest = Case.objects.visible_to(actor).filter(id__in=found.values("id")[: queries.MOST_COUNTED + 1])
        if self.category:
            nearest = nearest.filter(category=self.category)
        return ordering.by_urgency(_in_state(nearest, self.state) if self.state else nearest)


def known_columns(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the names that are columns, in the order in which lists show them."""
    wanted = set(names)
    return tuple(name for name in COLUMNS if name in wanted)


class Bounded(Paginator):
    """Pages of the cases that come first. Nobody turns to the twenty-first page; lists are narrowed instead.

    `more`: there are others after the last page.
    """

    @cached_property
    def count(self) -> int:
        """How many cases the pages hold."""
        return min(self._found, queries.MOST_COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are cases after them."""
        return self._found > queries.MOST_COUNTED

    @cached_property
    def _found(self) -> int:
        most = self.object_list[: queries.MOST_COUNTED + 1]
        return len(most) if isinstance(most, list) else most.count()


def as_id(text: str) -> uuid.UUID:
    """The identifier that an address holds.

    Raises:
        NotFound: it is none, so nothing has it.
    """
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound(gettext("There is no such queue.")) from None


@dataclass(frozen=True)
class CaseLine:
    """One case as a line of a queue.

    Args:
        case: the row.
        state: of the clock due first: `overdue`, `soon`, `running`; `without` when none runs.
        look: how that state is shown.
        left: what is left until due, in words; empty without a clock.
        holder: who holds it, or for whom it is put aside; empty when nobody.
        mine: that is the reader.
        emergency: an authority's order says so.
        kind: what brought it, in words.
    """

    case: Case
    state: str
    look: Look
    left: str
    holder: str
    mine: bool
    emergency: bool
    kind: str


def lines(actor: Actor, cases: Iterable[Case]) -> list[CaseLine]:
    """The lines of a page of cases; the names of those who hold them are read at once."""
    cases = list(cases)
    names = names_of(actor, filter(None, map(_holder, cases)))
    return [_line(actor, case, names) for case in cases]


def _line(actor: Actor, case: Case, names: Mapping[uuid.UUID, str]) -> CaseLine:
    holder, state = _holder(case), _state(case)
    return CaseLine(
        case=case,
        state=state,
        look=look_of(state),
        left=remaining_words(case.due_at - clock.now()) if case.due_at else "",
        holder=names[holder] if holder else "",
        mine=holder is not None and holder == actor.ref,
        emergency=case.kind == Case.Kind.ORDER and case.order.emergency,
        kind=str(KINDS[case.kind]),
    )


def _in_state(cases: QuerySet[Case], state: str) -> QuerySet[Case]:
    """Those in a state, as `_state` says it of one, by their clock.

    Each is a stretch of an index, but for what is due soon: of that only the `NEAREST` next deadlines are looked at, so
    that a million cases which are all overdue, or all on time, cost no more than a few.
    """
    moment = clock.now()
    if state == "overdue":
        return cases.filter(due_at__lt=moment).order_by("due_at", "id")
    if state == "running":
        return cases.filter(soon_at__gt=moment).order_by("soon_at", "id")
    if state == "without":
        return cases.filter(due_at__isnull=True)
    waiting = cases.filter(due_at__gte=moment).order_by("due_at", "id")
    last = waiting.values_list("due_at", flat=True)[NEAREST : NEAREST + 1]
    near = waiting.filter(due_at__lte=last[0]) if last else waiting
    return near.filter(soon_at__lte=moment)


def _holder(case: Case) -> uuid.UUID | None:
    """Who holds the case now, or for whom it is put aside. A claim that ran out holds nothing."""
    held = case.claimed_until is not None and case.claimed_until > clock.now()
    return case.claimed_by if held else case.assigned_to


def _state(case: Case) -> str:
    if case.due_at is None:
        return "without"
    if case.due_at < clock.now():
        return "overdue"
    return "soon" if case.soon_at and case.soon_at <= clock.now() else "running"
