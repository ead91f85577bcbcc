"""Taking pages off the register again that came there by mistake."""

import uuid
from collections.abc import Sequence

from anlanh.base.actor import Actor
from anlanh.base.acts.record import Draft, Subject, record_all
from anlanh.base.search import index as search_index
from anlanh.work.registry.models import Holder, Page
from anlanh.work.registry.policy import MANAGE
from anlanh.work.registry.queries import PAGE


def remove_pages(actor: Actor, page_ids: Sequence[uuid.UUID]) -> int:
    """Removes pages that nothing is about, and accounts that have no page left, in the caller's transaction.

    Returns:
        How many pages went.

    Raises:
        NotAllowed: without `registry.manage` or `imports.run`.
        ProtectedError: a case is about one of them.
    """
    actor.require(MANAGE, "imports.run")
    pages = list(Page.objects.visible_to(actor).filter(id__in=page_ids).select_for_update())
    record_all(actor, [Draft("page.taken_off", Subject("page", page.id)) for page in pages])
    holder_ids = {page.holder_id for page in pages if page.holder_id}
    search_index.forget(PAGE, [page.id for page in pages])
    Page.objects.filter(id__in=[page.id for page in pages]).delete()
    Holder.objects.visible_to(actor).filter(id__in=holder_ids, pages__isnull=True).delete()
    return len(pages)
