"""Escape sequences stay whole however slowly their parts arrive, and nothing of them counts as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.tui.shared.escape_gate import PATIENCE, EscapeGate

ARROWS = [f"\x1b[{letter}" for letter in "ABCDHF"] + [f"\x1bO{letter}" for letter in "ABCDPQRS"]
KEYS = [
    *ARROWS,
    "\x1b[3~",
    "\x1b[15~",
    "\x1b[1;5C",
    "\x1b[[A",
    "\x1b[<35;41;12M",
    "\x1b[<65;4;1M",
    "\x1b[M #!",
    "\x1b[I",
]
DELAY, TICK = 0.1, 0.05


def sent(parts: list[str], gap: float) -> list[str]:
    """Return what passes where `parts` come `gap` seconds apart, and nothing after them for a while."""
    gate, now, passed = EscapeGate(DELAY), 0.0, []
    for part in parts:
        passed += gate.feed(part, now)
        until = now + gap
        while now < until:
            now += TICK
            passed += gate.tick(now)
    for _ in range(60):
        now += TICK
        passed += gate.tick(now)
    return passed


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_a_sequence_that_comes_at_once_passes_whole(key: str) -> None:
    assert sent([key], 0) == [key]
    assert sent([f"{key}1{key}"], 0) == [key, "1", key]


@pytest.mark.parametrize("gap", [0.08, 0.3, 0.6])
@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_whatever_the_gap_between_its_parts_no_part_passes_as_a_key(key: str, gap: float) -> None:
    for at in range(1, len(key)):
        assert set(sent([key[:at], key[at:]], gap)) <= {"\x1b", key}, at
    assert set(sent(list(key), gap)) <= {"\x1b", key}


@pytest.mark.parametrize("gap", [0.3, 0.6])
def test_what_is_typed_after_a_broken_sequence_counts(gap: float) -> None:
    assert sent(["\x1b", "[B", "2"], gap) == ["\x1b", "2"]


def test_escape_is_a_key_once_nothing_more_comes() -> None:
    gate = EscapeGate(DELAY)
    assert gate.feed("\x1b", 0.0) == []
    assert gate.tick(DELAY / 2) == []
    assert gate.tick(DELAY) == ["\x1b"]
    assert gate.feed("[", DELAY + PATIENCE) == ["["], "who types it a second later means it"


def test_escape_twice_is_two_keys() -> None:
    assert sent(["\x1b", "\x1b"], 0.5) == ["\x1b", "\x1b"]
    assert sent(["\x1b\x1b"], 0) == ["\x1b", "\x1b"]


def test_alt_and_a_key_is_one() -> None:
    assert sent(["\x1bx"], 0) == ["\x1bx"]


@pytest.mark.parametrize("end", ["\x07", "\x1b\\"])
def test_an_answer_of_the_terminal_is_no_key(end: str) -> None:
    gate = EscapeGate(DELAY)
    reply = f"\x1b]11;rgb:abcd/abcd/abcd{end}"
    assert gate.feed(f"1{reply}2", 0.0) == ["1", "2"]
    assert gate.replies == [reply]


def test_a_sequence_without_an_end_is_given_up() -> None:
    gate = EscapeGate(DELAY)
    assert gate.feed("\x1b]11;" + "a" * 5000, 0.0)[-1:] == ["a"], "no more than so much is held"
    gate = EscapeGate(DELAY)
    assert gate.feed("\x1b[12", 0.0) == []
    assert gate.tick(PATIENCE) == []
    assert gate.feed("2", PATIENCE + 0.1) == ["2"]


@given(st.lists(st.text("\x1b[O]<;0123456789ABCDM~\x07\\ax", max_size=6), max_size=8))
def test_no_input_stops_it_and_plain_text_passes(parts: list[str]) -> None:
    gate, now = EscapeGate(DELAY), 0.0
    for part in parts:
        gate.feed(part, now)
        gate.tick(now)
        now += 0.2
    for _ in range(50):
        now += TICK
        gate.tick(now)
    assert "".join(gate.feed("plain text", now + PATIENCE)) == "plain text"
