"""Requests that come through a proxy: who really asks, and under which name the service is known.

Only a proxy that the operator has named is believed (`X-Forwarded-For`, `-Host`), since anybody can send these headers.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace

from websockets.datastructures import Headers
from websockets.http11 import Request

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
"""The networks of this computer alone."""


@dataclass(frozen=True)
class Proxies:
    """The proxies in front of the service, and the `path` below which it is to be found, such as "/quiz"."""

    trusted: Sequence[Network] = ()
    path: str = ""

    def is_trusted(self, address: str) -> bool:
        """True if a proxy is at `address`."""
        return is_in(address, self.trusted)

    def client(self, peer: str, headers: Headers) -> str | None:
        """Return the address that a proxy at `peer` has told; None if `peer` is no proxy.

        Each proxy appends the address that it saw, so the last one that is no proxy's is the client's.
        """
        if not self.is_trusted(peer):
            return None
        told = [each.strip() for line in headers.get_all("X-Forwarded-For") for each in line.split(",")]
        addresses = map(_address, reversed(told))
        return next((each for each in addresses if each is None or not self.is_trusted(each)), None) or peer

    def as_asked(self, peer: str, request: Request) -> Request:
        """Return `request` with the host that the client named, and without the path of the service."""
        headers = request.headers
        if self.is_trusted(peer) and (host := headers.get("X-Forwarded-Host")):
            headers = headers.copy()
            del headers["Host"]
            headers["Host"] = host
        path = request.path
        if self.path and (path == self.path or path.startswith((f"{self.path}/", f"{self.path}?"))):
            path = path[len(self.path) :]
            path = path if path.startswith("/") else f"/{path}"
        return replace(request, path=path, headers=headers)


def is_in(address: str, networks: Sequence[Network]) -> bool:
    """True if `address` is an IP address in one of `networks`."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return any(ip.version == network.version and ip in network for network in networks)


def is_forwarded(headers: Headers) -> bool:
    """True if the request says that it came through a proxy."""
    return any(name in headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))


def _address(text: str) -> str | None:
    """Return `text` as an IP address, without the port that some proxies append; None if it is none."""
    for candidate in (text, text.rpartition(":")[0].strip("[]"), text.strip("[]")):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return None
