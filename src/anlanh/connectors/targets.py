"""Where the name of a webhook's receiver may lead: to machines on the public internet.

An organisation types in the address, and our server connects to it from inside somebody's network. So a name is
resolved once, every answer must lie on the public internet, and the connection goes to that very answer: a name that
points elsewhere a moment later changes nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from anlanh.base.outbox.targets import Target
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


class NotReachable(Exception):
    """The name leads nowhere just now."""


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
        raise BadInput(
            _("%(host)s leads into a private network") % {"host": target.host},
            where="url",
            mend=_("give an address on the public internet"),
        )
    return str(answers[0])


def is_public(address: IPAddress) -> bool:
    """Whether an address is that of one machine on the public internet."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _NOT_PUBLIC_V4)
    if address.ipv4_mapped:
        return is_public(address.ipv4_mapped)
    return address in _GLOBAL_UNICAST_V6 and not any(address in network for network in _NOT_PUBLIC_V6)
