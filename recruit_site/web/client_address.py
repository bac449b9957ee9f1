"""The IP address of a client: for the audit log, and as the lock after wrong passwords counts it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

#: The bits of an IPv6 prefix. A household or an office can use every address within its /64 network.
NETWORK = 64


def address_of(request):
    """Return the IP address that a request came from, "" where it is unknown.

    Without a proxy, this is the peer of the connection. With BEHIND_PROXY the peer is our own proxy, which writes the
    last entry of X-Forwarded-For. Any client can forge the entries before the last, and the header without a proxy.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    for address in (forwarded.rpartition(",")[2].strip(), request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ip_address(address))
        except ValueError:
            continue
    return ""


def client_address(request):
    """Return the address by which the lock counts a request: for IPv6 its network, None where it is unknown."""
    text = address_of(request)
    if not text:
        return None
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), NETWORK), strict=False).network_address)
    return text
