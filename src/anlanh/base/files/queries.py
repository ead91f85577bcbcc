"""The only readers of stored files."""

import uuid
from collections.abc import Iterable

from anlanh.base.actor import Actor, NotFound
from anlanh.base.files.models import StoredFile


def file(actor: Actor, file_id: uuid.UUID) -> StoredFile:
    """One file of the actor's organisation.

    Raises:
        NotFound: no such file here, whether or not another organisation has one under that id.
    """
    stored = StoredFile.objects.visible_to(actor).filter(id=file_id).first()
    if stored is None:
        raise NotFound("no such file")
    return stored


def files(actor: Actor, file_ids: Iterable[uuid.UUID]) -> list[StoredFile]:
    """Several files of the actor's organisation, in the order asked for.

    Raises:
        NotFound: when one of them is not here.
    """
    wanted = list(file_ids)
    found = StoredFile.objects.visible_to(actor).in_bulk(wanted)
    if len(found) < len(set(wanted)):
        raise NotFound("no such file")
    return [found[file_id] for file_id in wanted]
