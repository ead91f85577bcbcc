"""Removing what the public uploaded and then never sent: a report given up half-way leaves its pictures behind."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from anlanh.base import clock
from anlanh.base.files.models import StoredFile
from anlanh.base.files.store import path_of

KEPT_FOR = timedelta(days=7)  # longer than a report can lie half-written
AT_ONCE = 200


def forget_unsent() -> int:
    """Removes files of nobody known that no row refers to, a week after they came; how many, at most 200 a call.

    Where other files of the organisation hold the same bytes, those stay.
    """
    before = clock.now() - KEPT_FOR
    unsent = list(_referred_to_by_none(StoredFile.objects.filter(added_by__isnull=True, added_at__lt=before))[:AT_ONCE])
    return sum(_forget(stored, before) for stored in unsent)


def forget(stored: StoredFile) -> None:
    """Removes a file that was just kept and then refused, and its bytes where no other file holds the same.

    Bytes that were written anew since then are somebody else's upload, and stay.
    """
    _forget(stored, stored.added_at)


@contextmanager
def unless_done(*kept: StoredFile | None) -> Iterator[None]:
    """Forgets files that were just kept when what they were kept for fails."""
    try:
        yield
    except BaseException:
        for stored in filter(None, kept):
            forget(stored)
        raise


def _referred_to_by_none(files: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """Those that no row of any room points to, whatever rooms there are."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            pointing = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            files = files.filter(~Exists(pointing))
    return files.order_by("added_at")


def _forget(stored: StoredFile, before: datetime) -> bool:
    """Removes the row and then the bytes; False where it was sent after all at this moment."""
    try:
        with transaction.atomic():
            stored.delete()
    except IntegrityError:
        return False
    if not StoredFile.objects.filter(organisation_id=stored.organisation_id, sha256=stored.sha256).exists():
        _remove_bytes(stored.organisation_id, stored.sha256, before)
    return True


def _remove_bytes(organisation_id: uuid.UUID, sha256: str, before: datetime) -> None:
    """Unlinks the bytes and their preview, unless the same bytes are just being uploaded again.

    They are moved aside first: what was moved is then known to be the old file, or put back if it is a new one.
    """
    path = path_of(organisation_id, sha256)
    aside = path.with_name(f".leaving-{sha256}")
    try:
        path.replace(aside)
    except FileNotFoundError:
        return
    if aside.stat().st_mtime >= before.timestamp():
        aside.replace(path)
        return
    aside.unlink()
    Path(f"{path}.preview").unlink(missing_ok=True)
