"""From which address a request came, as the lock after wrong passwords counts it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

#: One connection of a household or an office holds this many bits of IPv6 addresses to choose from.
NETWORK = 64


def client_address(request):
    """Return the address as text: of IPv6 that of its network, None where the server knows none.

    It is the peer of the connection. With BEHIND_PROXY the peer is our own proxy, which writes the last entry of
    X-Forwarded-For; what stands before that entry, or in the header without a proxy, anyone may have made up.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        peer = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or peer
    try:
        address = ip_address(peer)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), NETWORK), strict=False).network_address)
    return str(address)
