"""Clients behind a proxy: their addresses, and the name they use."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request

from orbitquiz.serving.proxies import Proxies, is_in

PROXIES = Proxies((ip_network("10.0.0.0/8"), ip_network("fd00::/8")))


@pytest.mark.parametrize(
    ("peer", "told", "client"),
    [
        ("203.0.113.5", ["198.51.100.1"], None),  # no proxy, whatever it says
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1"], "198.51.100.1"),  # the first was said by the client
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1, 10.0.0.2"], "198.51.100.1"),  # through two proxies
        ("10.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("10.0.0.1", ["6.6.6.6, unknown"], "10.0.0.1"),  # nothing behind what cannot be read is believed
        ("::ffff:10.0.0.1", ["198.51.100.1"], "198.51.100.1"),
    ],
)
def test_the_last_address_that_is_no_proxys_is_the_clients(peer: str, told: list[str], client: str | None) -> None:
    headers = Headers()
    for line in told:
        headers["X-Forwarded-For"] = line
    assert PROXIES.client(peer, headers) == client


def asked(path: str, **headers: str) -> Request:
    return Request(path, Headers({name.replace("_", "-"): value for name, value in headers.items()}))


def test_only_a_proxy_names_the_host() -> None:
    request = asked("/", Host="inside:8765", X_Forwarded_Host="quiz.example.org")
    assert PROXIES.as_asked("10.0.0.1", request).headers["Host"] == "quiz.example.org"
    assert PROXIES.as_asked("203.0.113.5", request).headers["Host"] == "inside:8765"


@pytest.mark.parametrize(
    ("path", "found"),
    [("/quiz", "/"), ("/quiz/", "/"), ("/quiz/main.js?x", "/main.js?x"), ("/quizzes", "/quizzes"), ("/quiz?x", "/?x")],
)
def test_the_path_of_the_service_is_cut_off(path: str, found: str) -> None:
    assert Proxies(path="/quiz").as_asked("", asked(path, Host="h")).path == found


def test_what_is_no_address_is_in_no_network() -> None:
    assert not is_in("unknown", PROXIES.trusted)
