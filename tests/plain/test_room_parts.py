"""The parts of playing in a room line by line: reading what is typed, and words."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import struct
import termios
import threading
from pathlib import Path
from typing import TextIO

import pytest

from orbitquiz.classroom import protocol as told
from orbitquiz.plain.async_console import AsyncConsole
from orbitquiz.plain.host.commands import Command, seat_called
from orbitquiz.plain.line_reader import LineReader
from orbitquiz.plain.question import proof_lines
from orbitquiz.plain.standings import listed, standing_lines
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from tests.plain.lesson import PATIENCE


async def test_lines_are_as_long_as_the_terminal_is_wide() -> None:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", 20, 40, 0, 0))
    with os.fdopen(slave, "w") as out, os.fdopen(master, "rb", buffering=0) as screen:
        async with AsyncConsole(io.StringIO(), out) as talk:
            talk.say("Who said that flights like hers help advertise the achievements of her country?")
            await talk.flush()
        lines = screen.read(1000).decode().splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) < 40


def read_by_thread(stream: TextIO) -> list[str | None]:
    """All that a reader makes of `stream`, the end too."""
    lines: list[str | None] = []
    at_end = threading.Event()

    def take(line: str | None) -> None:
        lines.append(line)
        reader.done()
        if line is None:
            at_end.set()

    # The thread may be faster than the name.
    began = threading.Event()

    def first(line: str | None) -> None:
        began.wait(PATIENCE)
        take(line)

    reader = LineReader(stream, first)
    began.set()
    assert at_end.wait(PATIENCE)
    return lines


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (b"", []),
        (b"one\ntwo\r\n\nlast", ["one", "two", "", "last"]),
        ("é\n漢字\n".encode(), ["é", "漢字"]),
        (b"\xff\xfe\n", ["\ufffd\ufffd"]),
        (b"x" * 1_000_000 + b"\nshort\n", None),
    ],
)
def test_lines_of_a_file_are_read_to_its_end(tmp_path: Path, raw: bytes, lines: list[str] | None) -> None:
    path = tmp_path / "typed"
    path.write_bytes(raw)
    with path.open(encoding="utf-8") as stream:
        read = read_by_thread(stream)
    assert read[-1] is None
    if lines is not None:
        assert read[:-1] == lines
    else:
        assert read[1:-1] == ["short"], "and a line is as long as a line may be"
        assert read[0] is not None
        assert len(read[0]) < 200_000


def test_a_line_that_never_ends_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Zeros(io.RawIOBase):
        read_bytes = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
            self.read_bytes += len(buffer)
            buffer[:] = bytes(len(buffer))
            return len(buffer)

    zeros = Zeros()
    buffered = io.BufferedReader(zeros)  # type: ignore[type-var]
    assert read_by_thread(io.TextIOWrapper(buffered)) == [None]
    assert zeros.read_bytes < 20_000_000


def test_lines_of_text_in_memory_are_read_too() -> None:
    assert read_by_thread(io.StringIO("one\ntwo")) == ["one", "two", None]


def test_a_stream_that_does_not_wait_is_waited_for() -> None:
    read, write = os.pipe()
    os.set_blocking(read, False)

    def type_later() -> None:
        os.write(write, b"late\n")
        os.close(write)

    threading.Timer(0.2, type_later).start()
    with open(read, encoding="utf-8") as stream:  # noqa: PTH123
        assert read_by_thread(stream) == ["late", None]


# Words.


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Ann"], "Ann"),
        (["Ann", "Ben"], "Ann and Ben"),
        (["Ann", "Ben", "Cy"], "Ann, Ben and Cy"),
        ([f"K{number}" for number in range(5)], "K0, K1, K2, K3 and K4"),
        ([f"K{number}" for number in range(7)], "K0, K1, K2, K3, K4 and 2 more"),
    ],
)
def test_names_in_a_line(names: list[str], words: str) -> None:
    assert listed(names) == words


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("", Command("")),
        ("  ", Command("")),
        ("P", Command("p")),
        ("pause", Command("p")),
        (" kick   Ann Lee ", Command("kick", "Ann Lee")),
        ("WHO", Command("who")),
    ],
)
def test_a_line_is_read_as_a_command(line: str, command: Command) -> None:
    assert Command.read(line) == command


def test_names_may_be_quoted_and_hold_apostrophes() -> None:
    assert Command.read('rename "Ann Lee" O\'Brien').words == ["Ann Lee", "O'Brien"]
    assert Command.read('kick "Ann Lee"').whole == "Ann Lee"
    assert Command.read("kick Ann's friend").whole == "Ann's friend"


def test_a_seat_is_meant_by_its_name_first_and_by_its_number_else() -> None:
    def seat(id: str, name: str) -> told.PlayerSeat:
        return told.PlayerSeat(id=id, name=name, team=None, place="in", is_here=True, has_answered=False)

    seats = (seat("p1", "Ann"), seat("p2", "#1"), seat("p3", "Émile"))
    meant = [seat_called(name, seats) for name in ("ANN", "#1", "#3", "#4", "#0", "émile", "1", "")]
    assert [found and found.id for found in meant] == ["p1", "p2", "p3", None, None, "p3", None, None]


def test_places_are_cut_where_they_are_many_and_movement_is_told() -> None:
    standings = [
        told.StandingRow(id=str(rank), name=f"K{rank}", points=200 / rank, rank=rank, before=before)
        for rank, before in ((1, 3), (2, 2), (3, 1), (4, None))
    ]
    lines = ["1. K1, 200 points, up 2", "2. K2, 100 points", "3. K3, 66.7 points, down 2", "And 1 more."]
    assert list(standing_lines(standings, 3)) == lines


def test_a_proof_is_told_whole_and_marks_that_touch_are_one() -> None:
    def passage(value: str, heading: str, *marks: tuple[int, int]) -> PassageSheet:
        return PassageSheet(value=value, heading=heading, text="One two three.", marks=marks)

    proof = ProofSheet(
        statement="So it is",
        shown=(
            passage("1", "lines 3–4 · 5 May 2031 · The Log", (0, 4), (4, 7), (8, 13)),
            passage("2", "line 5 · The Guide."),
        ),
        also=("the map, line 1", "the book, line 2"),
        note="Nobody knows.",
    )
    assert list(proof_lines(proof)) == [
        "So it is",
        "1: lines 3 to 4, 5 May 2031, The Log.",
        "One two three.",
        "The proof in it: One two; three",
        "2: line 5, The Guide.",
        "One two three.",
        "Editor's note: Nobody knows.",
        "Also: the map, line 1; the book, line 2",
    ]
