"""From which address a request came: for the audit log, and as the lock after wrong passwords counts it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

#: One connection of a household or an office holds this many bits of IPv6 addresses to choose from.
NETWORK = 64


def address_of(request):
    """Return the address that a request came from, "" where nobody knows it.

    It is the peer of the connection. With BEHIND_PROXY the peer is our own proxy, which writes the last entry of
    X-Forwarded-For; what stands before that entry, or in the header without a proxy, anyone may have made up.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    for address in (forwarded.rpartition(",")[2].strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return ""


def client_address(request):
    """Return where a request came from as the lock counts it: of IPv6 the network, None where nobody knows it."""
    known = address_of(request)
    if not known:
        return None
    address = ip_address(known)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), NETWORK), strict=False).network_address)
    return known
