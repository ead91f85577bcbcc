"""Letters by e-mail: over SMTP, or into a folder where no mail server is configured."""

import hashlib
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from anlanh.base.actor import NotFound
from anlanh.base.files.store import write_whole
from anlanh.base.limits.spending import spend
from anlanh.base.outbox.channels import Receipt, Refused, TryLater
from anlanh.base.outbox.models import Message
from anlanh.primitives.dates import VIETNAM
from anlanh.work.casework import queries
from anlanh.work.casework.queries import wanted

LONGEST_SUBJECT = 200
# Letters that anybody can have sent to any address, by the first part of their key: how many an address gets in a day.
MOST_A_DAY = {"confirm": 6}


class MailChannel:
    """Sends `{"notice": id}`, a letter of casework, or `{"to", "subject", "body", "language"}`, one already written.

    With `settings.EMAIL_HOST` set letters go to that server. Without, each becomes a file of type message/rfc822 under
    `settings.ANLANH_OUTBOX_MAIL_DIR`: the embedded deployment's way, to be read by its operator.

    A letter that is sent twice (a worker died between the server's yes and our note of it) is the same to the byte,
    with the same Message-ID, by which mail programs show it once.
    """

    # Letters already written hold one-time links; the outbox keeps them no longer than it takes to deliver.
    secret_fields = frozenset({"to", "subject", "body"})

    def deliver(self, message: Message) -> Receipt:
        """Sends one letter; one whose recipient has no address that may be used (any more) is done without.

        Raises:
            TryLater: the server is away, busy or refuses us altogether.
            Refused: the address can't take letters, or the server never will take this one.
        """
        notice = message.payload.get("notice")
        if notice and not wanted.letter_has_address(notice):
            return Receipt({"skipped": "the recipient has no confirmed address any more"})
        letter = _letter(message.payload)
        if not _may_write(letter["to"], message):
            return Receipt({"skipped": "the address was sent enough of such letters today"})
        mail = compose(letter, message.key, message.created_at)
        if not settings.EMAIL_HOST:
            return Receipt({"file": _put_into_folder(mail, message)})
        _hand_to_server(mail)
        return Receipt({"server": settings.EMAIL_HOST, "message_id": mail["Message-ID"]})


def _may_write(address: str, message: Message) -> bool:
    """Whether the address had not too many letters of a kind that strangers can ask for in its name.

    Asked at the first attempt only: trying again sends no second letter.
    """
    kind = message.key.partition(":")[0]
    if kind not in MOST_A_DAY or message.attempts > 1:
        return True
    return spend(f"letter {kind} {address.lower()}", per=timedelta(days=1), most=MOST_A_DAY[kind]).allowed


def compose(letter: Mapping[str, str], key: str, written_at: datetime) -> EmailMessage:
    """The letter as a mail: plain text in UTF-8, the same bytes for the same arguments.

    Args:
        letter: `to`, `subject`, `body`, and `language` if known.
        key: what tells this letter from all others; the Message-ID is derived from it and reveals nothing of it.
        written_at: for the Date header.

    Raises:
        Refused: the address is not one address, or the letter can't be put into a mail.
    """
    sender_name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mail = EmailMessage(policy=SMTP)
    try:
        mail["From"] = Address(sender_name, addr_spec=sender)
        mail["To"] = Address(addr_spec=_checked_address(letter["to"]))
        mail["Subject"] = _one_line(letter["subject"])
        mail["Date"] = format_datetime(written_at.astimezone(VIETNAM))
        mail["Message-ID"] = f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter["body"].encode(errors="replace").decode(), cte="quoted-printable")
        mail["Content-Language"] = _one_line(letter.get("language") or settings.LANGUAGE_CODE)
    except (ValueError, IndexError, MessageError) as fault:
        raise Refused(_("the letter can't be put into a mail: %(why)s") % {"why": fault}) from fault
    return mail


def _letter(payload: Mapping[str, Any]) -> Mapping[str, str]:
    """The letter that the payload holds or names.

    Raises:
        Refused: it can't be put together, which a person has to look at.
    """
    if "notice" not in payload:
        return payload
    try:
        return queries.letter(payload["notice"])
    except NotFound as fault:
        raise Refused(str(fault)) from fault


def _checked_address(text: str) -> str:
    """One plain address, its domain in ASCII.

    Raises:
        Refused: anything else.
    """
    try:
        validate_email(text)
        local, _at, domain = text.rpartition("@")
        return f"{local}@{domain.encode('idna').decode()}"
    except (ValidationError, UnicodeError):
        raise Refused(_("this is not an e-mail address")) from None


def _one_line(text: str) -> str:
    """The text with every run of spaces, line ends and control characters made one space: nothing can end a header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:LONGEST_SUBJECT]


def _put_into_folder(mail: EmailMessage, message: Message) -> str:
    """Writes the mail under a name that a second delivery writes again; the name."""
    digest = hashlib.sha256(message.key.encode()).hexdigest()[:12]
    name = f"{message.created_at.astimezone(VIETNAM):%Y%m%d-%H%M%S}-{digest}.eml"
    write_whole(Path(settings.ANLANH_OUTBOX_MAIL_DIR) / name, mail.as_bytes())
    return name


def _hand_to_server(mail: EmailMessage) -> None:
    """Sends over SMTP and sorts the failures: not now, or never.

    A server that refuses the recipient or the letter with a code of the 500s will do so again. Everything before that
    (no connection, no TLS, our password or sender refused) is a fault between the two servers that may be mended.
    """
    sender, recipient = (mail[header].addresses[0].addr_spec for header in ("From", "To"))
    backend = EmailBackend(fail_silently=False)
    try:
        backend.open()
        backend.connection.sendmail(sender, [recipient], mail.as_bytes())
    except smtplib.SMTPRecipientsRefused as refusal:
        ((code, said),) = refusal.recipients.values()
        raise _sorted_refusal(code, said, recipient) from None
    except smtplib.SMTPDataError as refusal:
        raise _sorted_refusal(refusal.smtp_code, refusal.smtp_error, recipient) from None
    except (smtplib.SMTPException, OSError) as fault:
        raise TryLater(f"{settings.EMAIL_HOST}: {type(fault).__name__}: {fault}") from fault
    finally:
        backend.close()


def _sorted_refusal(code: int, said: bytes | str, recipient: str) -> Refused | TryLater:
    """The refusal in words that may be kept: servers like to repeat the recipient's address, which is erasable data."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    text = f"{settings.EMAIL_HOST}: {code} {words}".replace(recipient, "…")
    return Refused(text) if code >= 500 else TryLater(text)
