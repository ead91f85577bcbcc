"""Reading a letter as it came over the wire: hostile until shown otherwise, so all is bounded and nothing trusted.

The words of a letter are its plain text, or what is left of its HTML; attachments are names and bytes. Machines answer
machines for ever, so what a machine wrote is told apart and never answered.
"""

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parseaddr

from anlanh.primitives.errors import BadInput
from anlanh.screening.comparing.markup import Block, read_markup

MEGABYTE = 1024 * 1024
MOST_BYTES = 25 * MEGABYTE
MOST_PARTS = 200
MOST_DEPTH = 20
LONGEST_WORDS = 20_000  # characters; a report takes fewer, and says so
LONGEST_HEADER = 998
_CHARSETS = ("utf-8", "cp1258", "latin-1")
_REFERENCE = re.compile(r"\bPA(?:[- ]?[0-9A-Z]{4}){3}\b")
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”)\]]{3,2000}", re.I)
_MACHINES = re.compile(r"^(mailer-daemon|postmaster|no-?reply|khong-?tra-?loi|bounces?)\b", re.I)
_QUOTED = re.compile(
    r"^\s*(>|-{2,}\s*(original message|thư gốc|forwarded)|(on|vào|ngày)\b.{0,120}(wrote|đã viết|viết):)", re.I
)


class Unreadable(Exception):
    """A letter that no program can read; a person has to look at it. The text is a word for its row."""


@dataclass(frozen=True)
class Attachment:
    """A file that came with a letter."""

    name: str
    content: bytes


@dataclass(frozen=True)
class LetterRead:
    """What stands in a letter.

    Args:
        digest: what tells it from all others: of its Message-ID, or of its bytes where it has none.
        sender: the address it claims to come from; empty where it gives none that is one.
        sender_name: likewise.
        subject, words: as written, cleaned of what can't be seen.
        cut: there were more words than are read.
        machine: why it counts as written by a machine; empty for a person's.
        reference: of an earlier report, if it names one.
        address: the first address of a page in it; empty where there is none.
        attachments: files, in their order.
    """

    digest: str
    sender: str
    sender_name: str
    subject: str
    words: str
    cut: bool
    machine: str
    reference: str
    address: str
    attachments: list[Attachment] = field(default_factory=list)


def digest_of(raw: bytes) -> str:
    """What tells a letter from all others, even one that can't be read."""
    head = raw[: 64 * 1024]
    found = re.search(rb"^message-id:\s*(<[^<>\s]{3,990}>)", head.replace(b"\r\n", b"\n"), re.I | re.M)
    return hashlib.sha256(found.group(1) if found else raw).hexdigest()


def read_letter(raw: bytes) -> LetterRead:
    """Reads a letter.

    Raises:
        Unreadable: too large, too many or too deep parts, or broken beyond what parsers mend.
    """
    if len(raw) > MOST_BYTES:
        raise Unreadable("too_large")
    try:
        mail = email.message_from_bytes(raw, policy=email.policy.compat32)
        parts = list(_parts(mail))
        words = _clean(_words(parts))
        subject = _header(mail, "subject")
        name, sender = parseaddr(_header(mail, "from"))
        attachments = [found for part in parts if (found := _attachment(part))]
    except BadInput as fault:
        raise Unreadable("too_many_parts") from fault
    except Unreadable:
        raise
    except Exception as fault:  # the library falls over letters in more ways than it says; none may stop the mailbox
        raise Unreadable("broken") from fault
    told = f"{subject}\n{_own(words)}"
    reference = _REFERENCE.search(told.upper())
    address = _ADDRESS.search(_own(words))
    return LetterRead(
        digest=digest_of(raw),
        sender=sender if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{3,190}", sender) else "",
        sender_name=name[:120],
        subject=subject[:200],
        words=words[:LONGEST_WORDS],
        cut=len(words) > LONGEST_WORDS,
        machine=_machine(mail, sender),
        reference=reference.group() if reference else "",
        address=address.group().rstrip(".,;:!?") if address else "",
        attachments=attachments,
    )


def _parts(mail: Message) -> Iterator[Message]:
    """The leaves of a letter; letters inside letters are files, not words of this one."""
    waiting, seen = [(mail, 0)], 0
    while waiting:
        part, depth = waiting.pop(0)
        seen += 1
        if seen > MOST_PARTS or depth > MOST_DEPTH:
            raise Unreadable("too_many_parts")
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting = [(inner, depth + 1) for inner in part.get_payload()] + waiting
        else:
            yield part


def _words(parts: list[Message]) -> str:
    """The plain text, or else the HTML without its marks."""
    shown = [part for part in parts if part.get_content_maintype() == "text" and not _is_file(part)]
    plain = [_decoded(part) for part in shown if part.get_content_subtype() == "plain"]
    if any(text.strip() for text in plain):
        return "\n".join(plain)
    return "\n".join(
        _without_marks(_decoded(part)[:MEGABYTE]) for part in shown if part.get_content_subtype() == "html"
    )


def _decoded(part: Message) -> str:
    """The text of a part in whatever charset it is really written, whatever it says."""
    content = part.get_payload(decode=True) or b""
    named = (part.get_content_charset() or "").strip()
    for charset in (named, *_CHARSETS):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return content.decode("utf-8", errors="replace")


def _without_marks(page: str) -> str:
    """The words of an HTML part, block by block; a link with the address that it leads to."""
    return "\n\n".join(_with_addresses(block) for block in read_markup(page, "letter").blocks)


def _with_addresses(block: Block) -> str:
    links = (link.address for link in block.links if link.address.startswith(("http://", "https://")))
    return " ".join([block.text, *(address for address in links if address not in block.text)])


def _attachment(part: Message) -> Attachment | None:
    if part.get_content_maintype() == "text" and not _is_file(part):
        return None
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        content = inner[0].as_bytes() if isinstance(inner, list) and inner else b""
    else:
        content = part.get_payload(decode=True) or b""
    name = part.get_filename() or f"tep.{part.get_content_subtype()[:10]}"
    return Attachment(_clean(str(name))[:120] or "tep", content) if content else None


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _machine(mail: Message, sender: str) -> str:
    """Why a letter counts as a machine's: answering one would begin a talk that never ends."""
    said = {name: _header(mail, name).lower() for name in ("auto-submitted", "precedence", "return-path", "list-id")}
    if said["auto-submitted"] not in ("", "no"):
        return "auto_submitted"
    if said["precedence"] in {"bulk", "junk", "list", "auto_reply"} or said["list-id"]:
        return "bulk"
    if mail.get_content_type() == "multipart/report" or said["return-path"] == "<>":
        return "bounce"
    if mail.get("x-autoreply") or mail.get("x-autorespond"):
        return "auto_submitted"
    return "machine_sender" if _MACHINES.match(sender) else ""


def _own(words: str) -> str:
    """The words before what the letter quotes from earlier ones."""
    kept: list[str] = []
    for line in words.splitlines():
        if _QUOTED.match(line):
            break
        kept.append(line)
    return "\n".join(kept)


def _header(mail: Message, name: str) -> str:
    """A header in words on one line; what can't be decoded is shown as what it is."""
    raw = str(mail.get(name) or "")[:LONGEST_HEADER]
    try:
        decoded = email.policy.default.header_factory(name, raw.replace("\r", " ").replace("\n", " "))
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        return _clean(raw)
    return " ".join(_clean(str(decoded)).split())


def _clean(text: str) -> str:
    """Without what can't be seen or would turn the reading direction."""
    unseen = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
    return unseen.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
