"""Host names found in texts and looked up in a list: subdomains, internationalised names, look-alikes."""

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import NamedTuple

from anlanh.primitives.errors import BadInput
from anlanh.primitives.folding import fold
from anlanh.screening.code_points import WORD, fold_class, letter_entry
from anlanh.screening.look_alikes import LOOK_ALIKES
from anlanh.screening.text import Table, origins

LOOK_ALIKE_SCORE = 0.9
_MOST_LABELS = 10  # of a name that is looked up; what stands further left can only be a subdomain
_LONGEST = 253  # characters of a host name
_HOST = re.compile(r"[^. ]+(?:\.[^. ]+)+")
_PLAIN = re.compile(r"(?:[a-z0-9_-]+\.){1,9}[a-z0-9_-]+")
_MEND = "write one host name a line, such as example.com"


def _host_form(char: str) -> str:
    """What a code point is in a host name: folded to lower case, a space where it can't stand in one."""
    if char in "-_.":
        return char
    if letter_entry(char)[1] == "n":
        return ""
    pieces = []
    for c in unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold()):
        if c in "-_.":
            pieces.append(c)
        elif c == "\u3002":  # the ideographic full stop separates labels too
            pieces.append(".")
        else:
            pieces.append(c if fold_class(c) == WORD or unicodedata.category(c)[0] == "M" else " ")
    return "".join(pieces)


_HOST_FORM = Table(_host_form)

# Code points that may hold the dot between labels, beside the dot itself; a row of dots, as an ellipsis, never does.
DOTS = (0x2024, *range(0x2488, 0x249C), 0x3002, 0x33C2, 0x33C7, 0x33D8, 0xFE12, 0xFE52, 0xFF0E, 0xFF61, 0x1F100)


class Found(NamedTuple):
    """One host name in a text: the listed name it falls under, where, and how sure."""

    domain: str
    start: int
    end: int
    score: float


def canonical_domain(name: str) -> str:
    """The form in which names are compared: lower case, composed, punycode read, no dot at the end.

    Raises:
        BadInput: it is not a host name of two labels or more.
    """
    if _PLAIN.fullmatch(name) and len(name) <= _LONGEST and "xn--" not in name:
        return name
    host = _decoded(name.strip().translate(_HOST_FORM).strip("."))
    labels = host.split(".")
    if " " in host or not all(labels) or not 2 <= len(labels) <= _MOST_LABELS or len(host) > _LONGEST:
        raise BadInput(f"{_shortened(name)} is not a host name", mend=_MEND)
    return host


def _shortened(name: str) -> str:
    return repr(name if len(name) <= 60 else name[:57] + "…")


def _decoded(host: str) -> str:
    if host.isascii() and "xn--" not in host:
        return host
    labels = [_decoded_label(label) if label.startswith("xn--") else label for label in host.split(".")]
    return unicodedata.normalize("NFC", ".".join(labels))


def _decoded_label(label: str) -> str:
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
    form = decoded.translate(_HOST_FORM)
    return form if form and " " not in form and "." not in form else label


def _plain_look(host: str) -> str:
    """The host as a reader in a hurry sees it: look-alike letters and letters with marks as plain ones."""
    plain = []
    for char in host:
        look = LOOK_ALIKES.get(char)
        plain.append(look if look is not None else "".join(LOOK_ALIKES.get(c, c) for c in fold(char)))
    return "".join(plain)


class DomainIndex:
    """Finds listed domains in one text at a time.

    Args:
        domains: canonical names.
    """

    def __init__(self, domains: Container[str]) -> None:
        self._domains = domains

    def find(self, text: str) -> Iterator[Found]:
        """Every host name in the text that is listed or lies under a listed name, in URLs or bare."""
        if "." not in text and text.isascii():
            return
        hosts = text.translate(_HOST_FORM)
        if "." not in hosts:
            return
        origin: list[int] | None = None
        for match in _HOST.finditer(hosts):
            listed = self._look_up(match[0])
            if listed:
                origin = origin or origins(text, _HOST_FORM)
                domain, score, dropped = listed
                yield Found(domain, origin[match.start()], origin[match.end() - dropped - 1] + 1, score)

    def _look_up(self, written: str) -> tuple[str, float, int] | None:
        """(listed name, score, how many characters at the end do not belong to the name)."""
        tail = written[-2 * _LONGEST :]
        found = self._under(tail)
        if found:
            return *found, 0
        # "bad.example.Hãy": the next sentence, written without a space.
        name, _, last = tail.rpartition(".")
        if not last.isascii() and "." in name and (found := self._under(name)):
            return *found, len(last) + 1
        return None

    def _under(self, tail: str) -> tuple[str, float] | None:
        host = _decoded(tail)
        if (domain := self._listed_suffix(host)) is not None:
            return domain, 1.0
        if not host.isascii():
            plain = _plain_look(host)
            if plain.isascii() and (domain := self._listed_suffix(plain)) is not None:
                return domain, LOOK_ALIKE_SCORE
        return None

    def _listed_suffix(self, host: str) -> str | None:
        """The longest listed name that the host is or lies under."""
        labels = host.split(".")[-_MOST_LABELS:]
        for first in range(len(labels) - 1):
            name = ".".join(labels[first:])
            if name in self._domains:
                return name
        return None
