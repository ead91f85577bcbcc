"""Fetching letters: from an IMAP mailbox, or from a folder in which a mail program drops them."""

import imaplib
import logging
import re
import ssl
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from anlanh.base.actor import NotFound
from anlanh.base.identity.queries import organisation_by_code
from anlanh.base.outbox.failing import MAILBOX_FAILING, Failing
from anlanh.work.casework.mailbox.actions import MARKED, take_letter
from anlanh.work.casework.mailbox.models import Letter
from anlanh.work.casework.mailbox.reading import MOST_BYTES

AT_ONCE = 50  # letters a round, so that a full mailbox keeps nobody else waiting
TIMEOUT_SECONDS = 20
MARKED_FOLDER = "mat"  # within the folder of letters
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")

Take = Callable[[bytes, str], Letter | None]  # a letter's bytes and its name in the mailbox

UNREACHABLE = "unreachable"
_failing = Failing(MAILBOX_FAILING)

log = logging.getLogger(__name__)


def read_mailbox() -> int:
    """Takes what lies in the mailbox and the folder; how many letters. What can't be reached is tried again later."""
    if not settings.ANLANH_MAILBOX_ORGANISATION:
        return 0
    try:
        organisation_id = organisation_by_code(settings.ANLANH_MAILBOX_ORGANISATION).id
    except NotFound:
        log.error("ANLANH_MAILBOX_ORGANISATION names no organisation here")
        return 0

    def take(raw: bytes, name: str) -> Letter | None:
        return _took(organisation_id, raw, name)

    taken = _read_folder(Path(settings.ANLANH_INBOX_MAIL_DIR), take)
    if settings.ANLANH_IMAP_HOST:
        try:
            taken += _read_imap(take)
        except (imaplib.IMAP4.error, OSError) as fault:
            log.warning("the mailbox does not answer: %s: %s", type(fault).__name__, fault)
            detail = {"error": type(fault).__name__, "place": settings.ANLANH_IMAP_HOST}
            _failing.failed(UNREACHABLE, [organisation_id], detail)
        else:
            _failing.works(UNREACHABLE, [organisation_id])
    return taken


def _read_folder(folder: Path, take: Take) -> int:
    """The letters of a folder, the oldest first; each is removed once it is taken."""
    if not folder.is_dir():
        return 0
    files = sorted((path for path in folder.iterdir() if _is_letter(path)), key=lambda path: path.name)[:AT_ONCE]
    taken = 0
    for path in files:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if (letter := take(raw, path.name)) is not None:
            _put_away(path, letter)
            taken += 1
    return taken


def _put_away(path: Path, letter: Letter) -> None:
    """Removes what was taken. A letter marked secret was not: it lies in a folder of its own, which is never read."""
    if not letter.why.startswith(MARKED):
        path.unlink()
        return
    folder = path.parent / MARKED_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path.replace(folder / path.name)


def _took(organisation_id: uuid.UUID, raw: bytes, name: str) -> Letter | None:
    """Takes one letter; one that nothing here was ready for stays where it is, keeps none behind it waiting, and
    becomes a task once it was tried a few times.
    """
    stuck = f"letter:{name}"
    try:
        letter = take_letter(organisation_id, raw)
    except Exception as fault:
        log.exception("the letter %s could not be taken; it is tried again", name)
        _failing.failed(stuck, [organisation_id], {"error": type(fault).__name__, "place": name[:100]})
        return None
    if _failing.knows(stuck):
        _failing.works(stuck, [organisation_id])
    return letter


def _is_letter(path: Path) -> bool:
    """A plain file that its writer has finished: names beginning with a dot are still being written."""
    return not path.name.startswith(".") and path.is_file() and not path.is_symlink()


def _read_imap(take: Take) -> int:
    """The unread letters of the mailbox; each is marked read once it is taken, never before."""
    with _signed_in() as server:
        server.select(settings.ANLANH_IMAP_FOLDER)
        _state, (found,) = server.uid("search", "UNSEEN")
        numbers = found.split()[:AT_ONCE]
        taken = 0
        for number in numbers:
            if take(_letter(server, number), number.decode()) is not None:
                server.uid("store", number, "+FLAGS", r"(\Seen)")
                taken += 1
    return taken


def _letter(server: imaplib.IMAP4, number: bytes) -> bytes:
    """The bytes of a letter; of one too large to be read its beginning, which tells who wrote and when."""
    _state, sizes = server.uid("fetch", number, "(RFC822.SIZE)")
    size = _SIZE.search(b" ".join(part for part in sizes if isinstance(part, bytes)))
    wanted = f"BODY.PEEK[]<0.{MOST_BYTES + 1}>" if size and int(size.group(1)) > MOST_BYTES else "BODY.PEEK[]"
    _state, answer = server.uid("fetch", number, f"({wanted})")
    return next((part[1] for part in answer if isinstance(part, tuple)), b"")


@contextmanager
def _signed_in() -> Iterator[imaplib.IMAP4]:
    host, port = settings.ANLANH_IMAP_HOST, settings.ANLANH_IMAP_PORT
    if settings.ANLANH_IMAP_TLS:
        context = ssl.create_default_context()
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT_SECONDS)
    else:
        server = imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)
    try:
        server.login(settings.ANLANH_IMAP_USER, settings.ANLANH_IMAP_PASSWORD)
        yield server
    finally:
        try:
            server.logout()
        except (imaplib.IMAP4.error, OSError):
            server.shutdown()
