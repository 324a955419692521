"""The addresses of this computer: which are told, and which is the likeliest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ifaddr
import pytest

from orbitquiz.classroom import address
from orbitquiz.classroom.address import Address, BadAddress, own_addresses
from orbitquiz.classroom.client.client import Client
from orbitquiz.classroom.server.hosting import Hosted, addresses, refreshed


@dataclass
class Networks:
    """The network adapters that a test gives this computer: name and address of each, and the default route's."""

    patch: pytest.MonkeyPatch

    def are(self, *adapters: tuple[str, str], default: str | None = None) -> None:
        found: Sequence[ifaddr.Adapter] = [
            ifaddr.Adapter(name, name, [ifaddr.IP(ip, 24, name)]) for name, ip in (("lo", "127.0.0.1"), *adapters)
        ]
        self.patch.setattr(ifaddr, "get_adapters", lambda: found)
        self.patch.setattr(address, "_address_of_default_route", lambda: default)


@pytest.fixture
def networks(monkeypatch: pytest.MonkeyPatch) -> Networks:
    return Networks(monkeypatch)


def test_a_hotspot_without_a_default_route_has_an_address(networks: Networks) -> None:
    networks.are(("wlan0", "10.42.0.1"))
    assert own_addresses() == ["10.42.0.1"]


def test_a_vpn_is_not_the_likeliest_though_the_default_route_goes_there(networks: Networks) -> None:
    networks.are(("tun0", "10.8.0.2"), ("wlan0", "192.168.1.20"), ("docker0", "172.17.0.1"), default="10.8.0.2")
    assert own_addresses()[0] == "192.168.1.20"
    assert set(own_addresses()) == {"192.168.1.20", "10.8.0.2", "172.17.0.1"}


def test_of_two_networks_the_one_with_the_default_route_is_likelier(networks: Networks) -> None:
    networks.are(("eth0", "10.0.0.5"), ("wlan0", "192.168.1.20"), default="192.168.1.20")
    assert own_addresses() == ["192.168.1.20", "10.0.0.5"]


def test_the_host_chooses_the_address_to_show(networks: Networks) -> None:
    networks.are(("eth0", "10.0.0.5"), ("wlan0", "192.168.1.20"), default="192.168.1.20")
    assert addresses(8765, lan=True, chosen="10.0.0.5") == [Address("10.0.0.5", 8765), Address("192.168.1.20", 8765)]
    assert addresses(8765, lan=False) == [Address("127.0.0.1", 8765)]


def test_a_new_address_and_a_lost_network_are_noticed(networks: Networks) -> None:
    hosted = Hosted("K7M2", Address("192.168.1.20", 8765), Client("ws://nowhere/", lambda: None))  # type: ignore[arg-type, return-value]
    networks.are(("wlan0", "192.168.1.20"))
    assert refreshed(hosted) == (hosted, None)
    networks.are(("wlan0", "192.168.1.77"))
    now, warning = refreshed(hosted)
    assert (str(now.address), warning) == ("192.168.1.77:8765", None)
    networks.are()
    now, warning = refreshed(hosted)
    assert now == hosted
    assert warning is not None


@pytest.mark.parametrize(
    ("words", "url", "page", "shown"),
    [
        ("192.168.1.20", "ws://192.168.1.20:8765/", "http://192.168.1.20:8765/", "192.168.1.20:8765"),
        ("http://room.example:80/", "ws://room.example:80/", "http://room.example:80/", "room.example:80"),
        ("[::1]:9", "ws://[::1]:9/", "http://[::1]:9/", "[::1]:9"),
        ("https://q.example", "wss://q.example/", "https://q.example/", "https://q.example"),
        (
            "wss://q.example:444/a/b",
            "wss://q.example:444/a/b/",
            "https://q.example:444/a/b/",
            "https://q.example:444/a/b",
        ),
        (
            "https://q.example/quiz/#KSTRQ2",
            "wss://q.example/quiz/",
            "https://q.example/quiz/",
            "https://q.example/quiz",
        ),
        ("q.example:80/quiz", "ws://q.example:80/quiz/", "http://q.example:80/quiz/", "http://q.example:80/quiz"),
    ],
)
def test_an_address_is_read_as_people_write_it(words: str, url: str, page: str, shown: str) -> None:
    address = Address.read(words)
    assert (address.url, address.page, str(address)) == (url, page, shown)
    assert Address.read(shown) == address


@pytest.mark.parametrize("words", ["", "ftp://host", "host:0", "host:x", "https://", "host/a b", "host/a?b", "a@b"])
def test_what_is_no_address_is_refused(words: str) -> None:
    with pytest.raises(BadAddress):
        Address.read(words)


def test_the_report_is_printed_from_the_folder_that_was_named() -> None:
    address, client = Address("127.0.0.1", 8765), Client("ws://nowhere/", lambda: None)  # type: ignore[arg-type, return-value]
    assert Hosted("K7M2", address, client).report == "orbitquiz report K7M2"
    hosted = Hosted("K7M2", address, client, folder="/home/ada/my rooms")
    assert hosted.report == "orbitquiz report K7M2 --data '/home/ada/my rooms'"
