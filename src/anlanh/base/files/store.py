"""Keeping bytes: streamed into the organisation's own folder, named by their digest, written whole or not at all."""

import hashlib
import os
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from anlanh.base import clock
from anlanh.base.actor import Actor
from anlanh.base.files.kinds import HEAD_BYTES, TAIL_BYTES, media_type_of
from anlanh.base.files.models import StoredFile
from anlanh.base.files.names import cleaned
from anlanh.primitives.errors import BadInput

CHUNK_BYTES = 64 * 1024
MEGABYTE = 1024 * 1024


class Readable(Protocol):
    """Anything that hands out bytes: an open file, an upload, a request's body."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


@dataclass(frozen=True)
class _Written:
    """A file that has been written under a temporary name."""

    path: Path
    size: int
    sha256: str
    media_type: str


def keep(owner: Actor | uuid.UUID, name: str, stream: Readable, *, limit: int | None = None) -> StoredFile:
    """Stores a file for an organisation.

    The bytes are safe on disk before the row is written; if the row's transaction then fails, they lie unused under
    their digest and the next upload of the same file finds them there.

    Args:
        owner: whose it is: the actor who adds it, or the organisation's id where nobody is known.
        name: as the sender calls it; cleaned before it is kept.
        stream: read once, in chunks.
        limit: the most bytes; `settings.ANLANH_UPLOAD_LIMIT` when left out.

    Raises:
        BadInput: an empty file, or one over the limit; nothing is kept then.
    """
    organisation_id, added_by = (owner.organisation_id, owner.ref) if isinstance(owner, Actor) else (owner, None)
    shown_name = cleaned(name)
    written = _write(_folder(organisation_id), stream, shown_name, limit or settings.ANLANH_UPLOAD_LIMIT)
    _put_in_place(written, path_of(organisation_id, written.sha256))
    return StoredFile.objects.create(
        organisation_id=organisation_id,
        name=shown_name,
        media_type=written.media_type,
        size=written.size,
        sha256=written.sha256,
        added_at=clock.now(),
        added_by=added_by,
    )


def open_file(stored: StoredFile) -> BinaryIO:
    """The stored bytes, open for reading; the caller closes.

    Raises:
        FileNotFoundError: when the data directory no longer holds them.
    """
    return path_of(stored.organisation_id, stored.sha256).open("rb")


def path_of(organisation_id: uuid.UUID, sha256: str) -> Path:
    """Where an organisation's file of that digest lies."""
    return _folder(organisation_id) / sha256[:2] / sha256


def write_whole(path: Path, content: bytes) -> None:
    """Puts a small file in place atomically, for the owner's eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _folder(organisation_id: uuid.UUID) -> Path:
    return Path(settings.ANLANH_FILES_DIR) / str(organisation_id)


def _write(folder: Path, stream: Readable, name: str, limit: int) -> _Written:
    """Copies the stream to a temporary file beside its final place, measuring and digesting on the way."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".incoming-")
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(CHUNK_BYTES):
                size += len(chunk)
                if size > limit:
                    raise _too_large(name, limit)
                digest.update(chunk)
                head = head if len(head) >= HEAD_BYTES else (head + chunk)[:HEAD_BYTES]
                tail = (tail + chunk)[-TAIL_BYTES:]
                out.write(chunk)
            if not size:
                raise BadInput(_("the file is empty"), where=name, mend=_("choose the file again"))
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return _Written(Path(temporary), size, digest.hexdigest(), media_type_of(head, tail))


def _put_in_place(written: _Written, path: Path) -> None:
    """Moves the temporary file to its final name; the same bytes kept before simply stay."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    written.path.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _too_large(name: str, limit: int) -> BadInput:
    size = f"{limit // MEGABYTE} MB" if limit >= MEGABYTE else f"{limit} B"
    return BadInput(
        _("the file is larger than %(size)s") % {"size": size},
        where=name,
        mend=_("send a smaller one, or only the part that matters"),
    )
