"""Guessing codes: slowed down, and nobody locked out."""

from __future__ import annotations

import asyncio

import pytest

from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.serving import guesses
from orbitquiz.serving.guesses import Guesses, network_of

SCHOOL = "203.0.113.7"


class Time:
    """A clock that sleeping puts forward."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        sleep = asyncio.sleep

        async def pass_by(seconds: float) -> None:
            self.now += seconds
            await sleep(0)

        monkeypatch.setattr(asyncio, "sleep", pass_by)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


async def guess(guessing: Guesses, address: str, *, code: str = "ZZZZZZ", is_right: bool = False) -> Reason | None:
    """Try a code; return why that was refused."""
    try:
        async with guessing.trying(address, code):
            if not is_right:
                raise Refused(Reason.NO_ROOM)
    except Refused as error:
        return error.reason
    return None


async def test_wrong_codes_of_one_address_come_to_five_a_second(clock: Time) -> None:
    guessing = Guesses(clock)
    tried = 0
    while clock.now < 100:
        tried += await guess(guessing, SCHOOL, code=f"{tried:06}") is Reason.NO_ROOM
    assert tried <= guesses.EACH_AT_ONCE + guesses.EACH_PER_SECOND * clock.now + 1
    assert guessing.wrong == tried


async def test_all_addresses_together_come_to_fifty_a_second(clock: Time) -> None:
    guessing = Guesses(clock)
    tried = 0
    while clock.now < 20:
        tried += await guess(guessing, f"198.51.{tried % 200}.{tried % 251}") is Reason.NO_ROOM
    assert tried <= guesses.ALL_AT_ONCE + guesses.ALL_PER_SECOND * clock.now + 1


async def test_a_class_with_the_right_code_never_waits(clock: Time) -> None:
    guessing = Guesses(clock)
    for _ in range(1000):
        assert await guess(guessing, SCHOOL, code="KSTRQ2", is_right=True) is None
    assert clock.now == 0.0


async def test_a_guesser_at_the_same_school_keeps_nobody_out_of_a_room_that_the_school_is_in(clock: Time) -> None:
    guessing = Guesses(clock)
    assert await guess(guessing, SCHOOL, code="KSTRQ2", is_right=True) is None  # the teacher, or the first student
    while await guess(guessing, SCHOOL) is not Reason.TOO_FAST and clock.now < 60:
        guessing._bucket(SCHOOL)._tokens = 0.0
    before = clock.now
    assert await guess(guessing, SCHOOL, code="KSTRQ2", is_right=True) is None
    assert clock.now == before


async def test_the_first_of_a_school_waits_a_moment_while_others_guess(clock: Time) -> None:
    guessing = Guesses(clock)
    for _ in range(int(guesses.EACH_AT_ONCE)):
        await guess(guessing, SCHOOL)
    assert await guess(guessing, SCHOOL, code="KSTRQ2", is_right=True) is None
    assert 0 < clock.now <= 1


async def test_a_right_code_earns_no_wrong_ones(clock: Time) -> None:
    guessing = Guesses(clock)
    for _ in range(int(guesses.EACH_AT_ONCE)):
        assert await guess(guessing, SCHOOL) is Reason.NO_ROOM
        assert await guess(guessing, SCHOOL, code="KSTRQ2", is_right=True) is None
    before = clock.now
    await guess(guessing, SCHOOL)
    assert clock.now > before


async def test_a_room_that_is_being_moved_is_no_wrong_code(clock: Time) -> None:
    guessing = Guesses(clock)
    for _ in range(2 * int(guesses.EACH_AT_ONCE)):
        with pytest.raises(Refused):
            async with guessing.trying(SCHOOL, "KSTRQ2"):
                raise Refused(Reason.TOO_FAST)
    assert (clock.now, guessing.wrong) == (0.0, 0)


async def test_a_try_that_is_given_up_is_no_guess(clock: Time) -> None:
    guessing = Guesses(clock)
    for _ in range(2 * int(guesses.EACH_AT_ONCE)):
        with pytest.raises(asyncio.CancelledError):
            async with guessing.trying(SCHOOL, "KSTRQ2"):
                raise asyncio.CancelledError
    assert (clock.now, guessing.wrong) == (0.0, 0)


def test_a_household_is_one_address() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.1") == "192.0.2.1"
