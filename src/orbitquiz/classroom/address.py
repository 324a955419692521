"""Where a room is: addresses to listen at, to tell others, and to join."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

PORT = 8765
"""Where a room listens if nobody says otherwise."""

LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104  # what --lan asks for

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


class BadAddress(ValueError):
    """What is no address. The message says what one looks like."""


@dataclass(frozen=True)
class Address:
    """A host's name or number, and a port."""

    host: str
    port: int

    @classmethod
    def read(cls, words: str) -> Address:
        """The address in `words`: a host, or a host and a port with a colon between. Raises `BadAddress`."""
        text = words.strip().removeprefix("ws://").removeprefix("http://").rstrip("/")
        host, _, port = text.rpartition(":") if not text.endswith("]") and text.count(":") != 0 else (text, "", "")
        if text.count(":") > 1 and not text.startswith("["):
            host, port = text, ""  # an IPv6 address as it is
        host = host.removeprefix("[").removesuffix("]")
        if not _is_host(host) or not (port == "" or (port.isascii() and port.isdigit() and 0 < int(port) < 65536)):
            raise BadAddress(f"expected an address such as 192.168.1.20:{PORT}, found {words!r}")
        return cls(host, int(port) if port else PORT)

    @property
    def url(self) -> str:
        """What a client connects to."""
        return f"ws://{self}/"

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def own_address() -> str:
    """This machine's address in the network it is in; that of the loopback where it is in none.

    Nothing is sent: a datagram socket only finds out by which way it would go.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of RFC 5737, which belongs to nobody
        except OSError:
            return LOOPBACK
        return str(probe.getsockname()[0])


def _is_host(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return bool(_HOST.fullmatch(text))
    return True
