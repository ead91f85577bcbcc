"""One address, one spelling: what makes two links the same page.

An address is an identity here, never something to fetch, so a private host is as good as any other. What a reader can't
see (control characters, direction marks), what would run instead of open (`javascript:`, `data:`) and what hides the
real host (`user@`, backslashes) is refused rather than repaired.
"""

import functools
import hashlib
import ipaddress
import re
import unicodedata
from urllib.parse import unquote

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput

MOST_CHARACTERS = 2000

# Parameters that say how a reader came, not what is shown; the families share a beginning.
_TRACKING_NAMES = frozenset(
    {
        *("fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "msclkid", "yclid", "ttclid", "twclid", "zanpid"),
        *("igsh", "igshid", "mibextid", "rdid", "sfnsn", "zarsrc", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl"),
        *("_hsenc", "_hsmi", "ref_src", "ref_url", "spm", "__tn__"),
    }
)
_TRACKING_FAMILIES = ("utm_", "__cft__", "__xts__")

_PARTS = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?", re.I)
_BARE = re.compile(r"(?P<host>[^/?#:@\[\]]+)(?::[0-9]+)?(?:[/?#].*)?")  # each character is looked at once
_AUTHORITY = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_MOST_HOST = 253
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = _UNRESERVED | frozenset(b"!$&'()*+,;=:@/?%[]")


def canonical_address(text: str) -> str:
    """The one spelling of a web address.

    Host in lower case and IDNA form, default port, fragment, tracking parameters and the slash at the end left out, dot
    segments resolved, escapes in one form. Applying it to its own result changes nothing.

    Args:
        text: an http or https address; without a scheme it is read as https.

    Raises:
        BadInput: (where `address`) anything else, or longer than 2,000 characters.
    """
    if len(text) > MOST_CHARACTERS * 4:  # before anything that takes time in proportion to the length
        raise _refusal(_("the address is too long"))
    return _canonical(text)


def address_hash(canonical: str) -> str:
    """The digest that pages are unique by: SHA-256 of the canonical address without its scheme.

    The scheme is left out because http and https of one host show the same page wherever both answer.
    """
    return hashlib.sha256(canonical.partition("://")[2].encode()).hexdigest()


@functools.lru_cache(maxsize=4096)
def _canonical(text: str) -> str:
    text = _visible(text)
    if "://" not in text.partition("?")[0] and (bare := _BARE.fullmatch(text)) and "." in bare["host"][1:-1]:
        text = f"https://{text}"
    parts = _PARTS.fullmatch(text)
    if not parts:
        raise _refusal(_("this is not a web address"))
    scheme = parts["scheme"].lower()
    address = f"{scheme}://{_authority(parts['authority'], scheme)}{_path(parts['path'])}{_query(parts['query'] or '')}"
    if len(address) > MOST_CHARACTERS:
        raise _refusal(_("the address is too long"))
    return address


def _visible(text: str) -> str:
    """The text without what surrounds it, once it holds nothing that a reader would not see."""
    text = text.strip().strip("\ufeff\u200b\u200e\u200f").strip()
    for char in text:
        if char == "\\" or char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zs"}:
            raise _refusal(_("the address holds a space, a backslash or a character that can't be seen"))
    return text


def _authority(authority: str, scheme: str) -> str:
    if "@" in authority:
        raise _refusal(_("the address holds a user name, which hides where it leads"))
    parts = _AUTHORITY.fullmatch(authority)
    if not parts:
        raise _refusal(_("the address names no host"))
    host = _ip6(parts["host"]) if parts["host"].startswith("[") else _host(parts["host"])
    port = int(parts["port"] or _DEFAULT_PORTS[scheme])
    if not 0 < port < 65536:
        raise _refusal(_("the address names a port that does not exist"))
    return host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"


def _ip6(text: str) -> str:
    try:
        return f"[{ipaddress.IPv6Address(text[1:-1])}]"
    except ValueError:
        raise _refusal(_("the address names no host")) from None


def _host(text: str) -> str:
    """A host name in its ASCII form, or an IPv4 address in its usual one."""
    if len(text) > _MOST_HOST:
        raise _refusal(_("the host name is too long"))
    try:
        host = text.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise _refusal(_("the host name can't be written for the network")) from None
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise _refusal(_("the address names no host"))
    if _NUMERIC.fullmatch(labels[-1]):  # browsers read such a host as an IPv4 address, in forms that disguise it
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise _refusal(_("the address names no host")) from None
    return host


def _path(path: str) -> str:
    kept: list[str] = []
    for segment in _escaped(path).split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept).rstrip("/") if any(kept) else "/"


def _query(query: str) -> str:
    kept = [pair for pair in _escaped(query).split("&") if pair and not _is_tracking(pair)]
    return "?" + "&".join(kept) if kept else ""


def _is_tracking(pair: str) -> bool:
    name = unquote(pair.partition("=")[0]).lower()
    return name in _TRACKING_NAMES or name.startswith(_TRACKING_FAMILIES)


def _escaped(text: str) -> str:
    """Escapes in capital letters, none where none is needed, one for each byte that needs it."""
    text = _ESCAPE.sub(_escape_in_one_form, unicodedata.normalize("NFC", text))
    return "".join(chr(byte) if byte in _KEPT else f"%{byte:02X}" for byte in text.encode())


def _escape_in_one_form(match: re.Match) -> str:
    if match[1] is None:
        return "%25"
    byte = int(match[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _refusal(what: str) -> BadInput:
    return BadInput(what, where="address", mend=_("copy the whole address from the browser, starting with https://"))
