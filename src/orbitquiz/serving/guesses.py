"""Slows down the guessing of room codes and of host tokens, from one address and from all together.

Six letters of 30 are 729 million codes, so a few guesses a second find nothing. But a whole school may share one
address with somebody who guesses. So a code costs nothing once somebody at the same address has found its room: the
guesser learns nothing new by it. A right code gives back what it took.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.classroom.server.websocket import TokenBucket

EACH_PER_SECOND, EACH_AT_ONCE = 5.0, 50.0
"""Wrong codes that one address may try without waiting: per second over time, and at once."""

ALL_PER_SECOND, ALL_AT_ONCE = 50.0, 500.0
"""The same for all addresses together."""

PATIENCE = 8.0
"""Seconds that somebody waits for their turn; after that they are asked to try again."""

_LOOK = 0.25  # seconds between two looks at whether it is one's turn
_MOST = 50_000  # addresses, and pairs of an address and a room, that are remembered
_K = TypeVar("_K")
_V = TypeVar("_V")
_WORDS = "Many wrong codes have come from your network. Try again in a few seconds."


class Guesses:
    """Counts wrong codes. `clock` gives seconds that never go back; one address may try as many as `each` says."""

    def __init__(self, clock: Callable[[], float], each: tuple[float, float] | None = None) -> None:
        self.wrong = self.slowed = 0
        self._clock = clock
        self._per_second, self._at_once = each or (EACH_PER_SECOND, EACH_AT_ONCE)
        self._all = TokenBucket(clock, ALL_PER_SECOND, ALL_AT_ONCE)
        self._each: OrderedDict[str, TokenBucket] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    @asynccontextmanager
    async def trying(self, address: str, code: str) -> AsyncIterator[None]:
        """Wait until somebody at `address` may try `code`; the block raises `Refused` if there is no such room.

        Raise `Refused` if it takes too long.
        """
        network = network_of(address)
        is_known = await self._turn(network, code)
        try:
            yield
        except BaseException as error:
            if isinstance(error, Refused) and error.reason is Reason.NO_ROOM:
                self.wrong += 1
            elif not is_known:
                self._give_back(network)  # it says nothing about the code
            raise
        if not is_known:
            self._give_back(network)
        _remember(self._known, (network, code), None)

    async def _turn(self, network: str, code: str) -> bool:
        """Wait. Return True if the code is known to the network, so that the try costs nothing."""
        end = self._clock() + PATIENCE
        is_slowed = False
        while True:
            if (network, code) in self._known:
                return True
            if self._may_try(network):
                return False
            if self._clock() >= end:
                raise Refused(Reason.TOO_FAST, _WORDS)
            self.slowed += not is_slowed
            is_slowed = True
            await asyncio.sleep(_LOOK)

    def _may_try(self, network: str) -> bool:
        each = self._bucket(network)
        if not each.takes_one():
            return False
        if self._all.takes_one():
            return True
        each.give_back()
        return False

    def _give_back(self, network: str) -> None:
        self._bucket(network).give_back()
        self._all.give_back()

    def _bucket(self, network: str) -> TokenBucket:
        bucket = self._each.get(network) or TokenBucket(self._clock, self._per_second, self._at_once)
        _remember(self._each, network, bucket)
        return bucket


def network_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, or the /64 of an IPv6 address, which one household has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip) >> 64 << 64, 64)))


def _remember(table: OrderedDict[_K, _V], key: _K, value: _V) -> None:
    """Put `key` at the end of `table`, and drop its oldest entry if there are too many."""
    table[key] = value
    table.move_to_end(key)
    if len(table) > _MOST:
        table.popitem(last=False)
