"""What measures in force make of a page and of the account that it belongs to.

Several can be in force at once, from several cases; the strongest shows, and when it is undone the next one does.
"""

from collections.abc import Iterable

from anlanh.work.casework import measures as kinds
from anlanh.work.casework import steps
from anlanh.work.casework.models import Case, Measure
from anlanh.work.registry.actions import set_holder_state, set_state
from anlanh.work.registry.models import Holder, Page

_IN_FORCE = (Measure.State.APPLIED, Measure.State.REVERSAL_ORDERED)
_HARDEST_FIRST = (
    *(state for state in Page.State if state != Page.State.LIVE),
    Holder.State.REFUSED,
    Holder.State.ENDED,
    Holder.State.SUSPENDED,
)


def hold(page: Page) -> None:
    """Holds the account and then the page until the end of the transaction, in the order in which the registry does."""
    if page.holder_id:
        Holder.objects.select_for_update(no_key=True).get(id=page.holder_id)
    steps.hold_page(page.id)


def bring_in_line(case: Case) -> None:
    """Sets the state of the page, and of its account, to what the measures in force make of them."""
    in_force = Measure.objects.filter(state__in=_IN_FORCE)
    on_page = in_force.filter(decision__case__page_id=case.page_id).values_list("kind", flat=True)
    set_state(case.page_id, _hardest(kinds.named(code).page_state for code in on_page) or Page.State.LIVE)
    if case.page.holder_id:
        of_account = in_force.filter(decision__case__page__holder_id=case.page.holder_id).values_list("kind", flat=True)
        state = _hardest(kinds.named(code).holder_state for code in of_account) or Holder.State.ACTIVE
        set_holder_state(case.page.holder_id, state)


def _hardest(states: Iterable[str | None]) -> str | None:
    """The strongest of these states; None of none."""
    made = set(states)
    return next((state for state in _HARDEST_FIRST if state in made), None)
