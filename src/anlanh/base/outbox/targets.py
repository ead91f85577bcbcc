"""Addresses that messages may be sent to, as far as their spelling tells; where they lead is looked at when sending."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput

_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\Z")
_PATH_LETTERS = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True)
class Target:
    """A parsed webhook address.

    Args:
        secure: https.
        host: name or address literal, ASCII, without brackets.
        port: as given or by the scheme.
        path: path and query, ASCII, beginning with a slash.
    """

    secure: bool
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The value of the Host header: the name, with the port when it is not the usual one."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


def parse(url: str, *, plain_http: bool = False) -> Target:
    """Reads a webhook address.

    Args:
        url: as an administrator typed it.
        plain_http: whether http without TLS is accepted, as between machines of one room.

    Raises:
        BadInput: another scheme, a user name or password in it, no host, a port out of range.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or ""), parts.port
    except ValueError:
        raise _bad(_("this is not a web address")) from None
    if parts.scheme != "https" and not (plain_http and parts.scheme == "http"):
        raise _bad(_("the address must begin with https://"))
    if parts.username is not None or parts.password is not None:
        raise _bad(_("an address with a user name or password in it is not accepted"))
    secure = parts.scheme == "https"
    path = quote(parts.path or "/", safe=_PATH_LETTERS)
    query = "?" + quote(parts.query, safe=_PATH_LETTERS) if parts.query else ""
    return Target(secure, _ascii_host(host), (443 if secure else 80) if port is None else port, path + query)


def _ascii_host(host: str) -> str:
    """The host in the form that goes over the wire.

    Raises:
        BadInput: neither a host name nor an address literal.
    """
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host))
        except ValueError:
            raise _bad(_("this is not a web address")) from None
    try:
        name = host.encode("idna").decode() if host and not host.isascii() else host
    except UnicodeError:
        name = ""
    if not _HOST_NAME.match(name) or len(name) > 253:
        raise _bad(_("the address names no host"))
    return name


def _bad(what: str) -> BadInput:
    return BadInput(
        what, where="url", mend=_("give the https address of the receiver, such as https://example.vn/hook")
    )
