"""Where a request comes from, as far as limits need to know: the network it is in, never the single address."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

PREFIX_4 = 24  # about an office or a street
PREFIX_6 = 48  # what one customer is usually given


def client_address(request: HttpRequest) -> str:
    """The address that the outermost trusted proxy saw, or that of the connection when there is no proxy.

    Each proxy appends to `X-Forwarded-For` the address it was called from; what stands further left was sent by the
    client and proves nothing.
    """
    connected = request.META.get("REMOTE_ADDR", "")
    hops = settings.ANLANH_TRUSTED_PROXIES
    if not hops:
        return connected
    seen = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return seen[-hops] if len(seen) >= hops else connected


def client_network(request: HttpRequest) -> str:
    """The network of the client, as /24 or /48; `unknown` where the address is none."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    prefix = PREFIX_4 if address.version == 4 else PREFIX_6
    return str(ipaddress.ip_network((address, prefix), strict=False))
