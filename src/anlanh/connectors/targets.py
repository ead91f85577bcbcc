"""Where a webhook may go: which addresses of the web, and which machines behind their names.

An organisation types in the address, and our server connects to it from inside somebody's network. So a name is
resolved once, every answer must lie on the public internet, and the connection goes to that very answer: a name that
points elsewhere a moment later changes nothing.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from anlanh.primitives.errors import BadInput

Resolver = Callable[[str, int], Sequence[str]]
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Special-purpose blocks of the IANA registries. They are written out because the standard library's idea of "global"
# differs between the Python versions this program runs on.
_NOT_PUBLIC_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# Of IPv6 only global unicast is public; inside it, ranges that carry an IPv4 address or are for documents are not.
_GLOBAL_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))

_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\Z")
_PATH_LETTERS = "/%:@!$&'()*+,;=~-._?"


class NotReachable(Exception):
    """The name leads nowhere just now."""


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


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name, by the system's resolver.

    Raises:
        NotReachable: the name has none, or no name server answers.
    """
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise NotReachable(f"{host}: {fault}") from fault
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def pick(target: Target, resolver: Resolver, *, private: bool = False) -> str:
    """The one address to connect to: the first answer, once all of them have been looked at.

    Args:
        target: whose host to resolve; it is resolved exactly once.
        resolver: name and port → addresses.
        private: whether addresses outside the public internet are accepted.

    Raises:
        BadInput: one of the answers is not on the public internet.
        NotReachable: there are no answers.
    """
    answers = [ipaddress.ip_address(text) for text in resolver(target.host, target.port)]
    if not answers:
        raise NotReachable(f"{target.host}: no address")
    if not private and not all(is_public(answer) for answer in answers):
        raise _bad(_("%(host)s leads into a private network") % {"host": target.host})
    return str(answers[0])


def is_public(address: IPAddress) -> bool:
    """Whether an address is that of one machine on the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    return address in _GLOBAL_UNICAST_V6 and not any(address in network for network in _NOT_PUBLIC_V6)


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
