"""Addresses of a room: to listen at, to tell others, and to join."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

PORT = 8765
"""The port a room listens at by default."""

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  # what --lan asks for

# How the names of virtual adapters begin, on Linux, macOS and Windows.
_VIRTUAL = re.compile(
    "tun|tap|utun|wg|ppp|ipsec|tailscale|zt|docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|bridge|awdl|llw|anpi"
    "|vethernet|.*(virtual|vpn|wireguard|hyper-v|tap-windows|wintun|openvpn|virtualbox|vmware)"
)
_HTTPS = 443
_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


class BadAddress(ValueError):
    """The text is no address. The message says what one looks like."""


@dataclass(frozen=True)
class Address:
    """A host name or IP address, and a port. A service may be behind TLS (`is_secure`) and below a `path`."""

    host: str
    port: int
    is_secure: bool = False
    path: str = "/"

    @classmethod
    def read(cls, words: str) -> Address:
        """Parse "HOST", "HOST:PORT" or the URL of a service. Raise `BadAddress`.

        The default port is a room's own, and that of HTTPS where the URL begins so.
        """
        scheme, _, text = words.strip().rpartition("://")
        is_secure = scheme in ("https", "wss")
        text, _, path = text.partition("/")
        path = f"/{path.partition('#')[0].rstrip('/')}/" if path.strip("/") else "/"
        host, _, port = text.rpartition(":") if not text.endswith("]") and text.count(":") != 0 else (text, "", "")
        if text.count(":") > 1 and not text.startswith("["):
            host, port = text, ""  # an IPv6 address as it is
        host = host.removeprefix("[").removesuffix("]")
        is_port = port == "" or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)
        if scheme not in ("", "http", "https", "ws", "wss") or not (
            _is_host(host) and is_port and _PATH.fullmatch(path)
        ):
            raise BadAddress(f"expected an address such as 192.168.1.20:{PORT}, found {words!r}")
        return cls(host, int(port) if port else _HTTPS if is_secure else PORT, is_secure, path)

    @property
    def url(self) -> str:
        """The URL that a client connects to."""
        return f"{'wss' if self.is_secure else 'ws'}://{self._authority}{self.path}"

    @property
    def page(self) -> str:
        """The URL of the page for browsers."""
        return f"{'https' if self.is_secure else 'http'}://{self._authority}{self.path}"

    @property
    def _authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.is_secure and self.port == _HTTPS else f"{host}:{self.port}"

    def __str__(self) -> str:
        """Return what a person types: HOST:PORT, or the URL where that is not enough."""
        return self.page.rstrip("/") if self.is_secure or self.path != "/" else self._authority


def own_addresses() -> list[str]:
    """Return the IPv4 addresses of this computer's networks, the likeliest to be reached by students first.

    Addresses of virtual networks (a VPN, containers) come last. Nothing is sent.
    """
    import ifaddr

    default = _address_of_default_route()
    found: list[tuple[tuple[bool, bool, bool], str]] = []
    for adapter in ifaddr.get_adapters():
        is_virtual = bool(_VIRTUAL.match(adapter.nice_name.lower()))
        for each in adapter.ips:
            ip = ipaddress.ip_address(str(each.ip)) if each.is_IPv4 else None
            if ip is not None and not ip.is_loopback:
                rank = (is_virtual or each.network_prefix == 32, ip.is_link_local, str(ip) != default)
                found.append((rank, str(ip)))
    return [address for _, address in sorted(found)]


def is_loopback(host: str) -> bool:
    """True if `host` is an address of this computer alone, or no IPv4 address, which `own_addresses` does not list."""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return True
    return ip.version != 4 or ip.is_loopback


def _address_of_default_route() -> str | None:
    """Return the address that packets to the Internet would be sent from; None where there is no route there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: for documentation; connecting a datagram socket sends nothing
        except OSError:
            return None
        return str(probe.getsockname()[0])


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(_HOST.fullmatch(text))
    return True
