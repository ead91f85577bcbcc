"""Orders in the search index: by number, office, signer, and the words of the demand."""

from collections.abc import Iterable

from anlanh.base.search.index import Indexed, index_all
from anlanh.work.casework.models import Order

ORDER = "order"  # the kind under which orders are in the search index
MOST_CHARACTERS = 4000  # of a demand; what makes it known stands at its beginning


def index_orders(orders: Iterable[Order]) -> None:
    """Makes new orders findable, in the transaction that writes them."""
    index_all(ORDER, [Indexed(order.id, order.organisation_id, searched_by(order)) for order in orders], new=True)


def searched_by(order: Order) -> str:
    """What an order is found by."""
    return " ".join([order.number, order.office, order.signed_by, order.words[:MOST_CHARACTERS]])
