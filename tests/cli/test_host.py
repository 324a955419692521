"""`orbitquiz host` and `orbitquiz join`, as programs of their own where it takes some."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orbitquiz.classroom.address import PORT
from orbitquiz.classroom.rules.events import Answered, Ended, Joined
from orbitquiz.classroom.storage.event_log import FileLog
from orbitquiz.classroom.storage.file_lock import ROOMS
from orbitquiz.classroom.storage.replay import read_events
from orbitquiz.cli.parsing import rooms
from orbitquiz.cli.room_console import Leaving
from tests import torture_terminal
from tests.classroom.making import Lesson, opened
from tests.cli.conftest import Ran, Run, told
from tests.cli.terminal import terminal
from tests.making import write_bank

PATIENCE = 30.0  # seconds
slow = pytest.mark.slow
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs otherwise")


def kept_in(data: Path) -> list[str]:
    """The codes of the rooms that are kept."""
    return sorted(path.stem for path in (data / ROOMS).glob("*")) if (data / ROOMS).is_dir() else []


def keep(data: Path, code: str, opened_at: str = "2031-05-03T09:00:00+00:00", *, is_over: bool = False) -> Path:
    """Keep a room that nobody has come into, or that was ended."""
    log = FileLog.create(data, opened(1, room=code, opened=opened_at))
    if is_over:
        log.append([Ended(at=1.0)])
    log.close()
    return log.path


def hours_ago(hours: float) -> str:
    """The time so many hours ago, as a room's file tells it."""
    return datetime.fromtimestamp(time.time() - 3600 * hours, UTC).isoformat()


def crash(data: Path, code: str, *, asked: int = 0, hours: float = 1.0) -> Path:
    """Keep a room in which two players wait, opened so many hours ago, as a host leaves it who crashes."""
    lesson = Lesson(opened(3, room=code, opened=hours_ago(hours)), "Ann", "Ben")
    for _ in range(asked):
        lesson.play({})
    log = FileLog.create(data, lesson.room.opening)
    log.append(lesson.events[1:])
    log.close()
    return log.path


def host_a_new_one(orbitquiz: Run, data: Path, *words: str) -> Ran:
    """Host a new room, and leave it at once."""
    ran = orbitquiz("host", "--plain", "--port", "0", "--count", "2", "--data", data, *words)
    assert ran.code == 0
    return ran


# What cannot be done.


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--scoring", "speed"], "--scoring speed pays by the time that is left, so it needs a --timer too"),
        (["--teams", "2", "--no-ranking"], "--no-ranking tells nobody how the teams stand, so leave out --teams"),
        (["--teams", "1"], "argument --teams: expected a number of teams, 2 to 8, found '1'"),
        (["--teams", "Red,Blue"], "argument --teams: expected a number of teams, 2 to 8, found 'Red,Blue'"),
        (["--port", "65536"], "argument --port: expected a port, 0 to 65535, found '65536'"),
        (["--port", "-1"], "argument --port: expected"),
        (["--timer", "0"], "argument --timer: expected whole seconds"),
        (["--quiz", "NOSUCH"], "--quiz NOSUCH: there is no file of this name, and as a code:"),
        (["--quiz", "A", "--count", "3"], "--quiz names a whole quiz, so leave out --count"),
        (["--category", "nothing"], "the bank has no category 'nothing'"),
        (["--resume"], "there is no unfinished room in"),
        (["--resume", "K7M2"], "no room is kept in"),
        (["--resume", "--timer", "9", "--no-ranking"], "so leave out --timer, --no-ranking"),
        (["--resume", "--reading", "5", "--category", "crew"], "so leave out --category, --reading"),
    ],
)
def test_what_cannot_be_hosted_is_explained(orbitquiz: Run, tmp_path: Path, words: list[str], message: str) -> None:
    assert message in told(orbitquiz("host", *words, "--data", tmp_path / "data"))
    assert kept_in(tmp_path / "data") == []


def test_a_port_in_use_is_told_with_a_way_out_and_leaves_no_room_behind(orbitquiz: Run, tmp_path: Path) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        message = told(orbitquiz("host", "--plain", "--port", str(port), "--data", tmp_path))
    way_out = "choose another one with --port, or --port 0 for any that is free"
    assert message == f"orbitquiz: port {port} is in use, perhaps by another room; {way_out}"
    assert kept_in(tmp_path) == []


def test_nor_is_a_room_lost_that_was_to_be_gone_on_with(orbitquiz: Run, tmp_path: Path) -> None:
    keep(tmp_path, "AAAA")
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told(orbitquiz("host", "--plain", "--resume", "--port", str(other.getsockname()[1]), "--data", tmp_path))
    assert kept_in(tmp_path) == ["AAAA"]


def test_where_nothing_can_be_kept_another_folder_is_asked_for(orbitquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "data"
    message = told(orbitquiz("host", "--plain", "--data", folder))
    assert message.startswith(f"orbitquiz: cannot keep a room in {folder}: ")
    assert message.endswith("; name another folder with --data")


def test_a_room_that_is_over_or_hosted_or_damaged_is_not_gone_on_with(orbitquiz: Run, tmp_path: Path) -> None:
    keep(tmp_path, "OVER", is_over=True)
    path = keep(tmp_path, "BUSY")
    (tmp_path / ROOMS / "FLAW.jsonl").write_text("hello\n")
    over = told(orbitquiz("host", "--resume", "over", "--data", tmp_path))
    assert over == "orbitquiz: room OVER is over; see `orbitquiz report OVER`"
    log, _ = FileLog.reopen(path)
    with closing(log):
        assert "room BUSY is being hosted by another program" in told(
            orbitquiz("host", "--resume", "BUSY", "--data", tmp_path)
        )
    assert "this is no room of OrbitQuiz" in told(orbitquiz("host", "--resume", "FLAW", "--data", tmp_path))


@pytest.mark.parametrize("address", ["", "a b", "host:99999", "http://x/y z"])
def test_what_is_no_address_is_told(orbitquiz: Run, address: str) -> None:
    assert told(orbitquiz("join", address)).startswith("orbitquiz: expected an address such as 192.168.1.20:8765")


def test_the_manual_names_the_port_that_is_taken() -> None:
    assert rooms.PORT == PORT


# What can. Nothing is typed here: the end of what is typed closes a room.


def test_the_newest_unfinished_room_is_gone_on_with(orbitquiz: Run, tmp_path: Path) -> None:
    keep(tmp_path, "NEWR", "2031-05-06T09:00:00+00:00")
    keep(tmp_path, "OLDR", "2031-05-04T09:00:00+00:00")
    keep(tmp_path, "OVER", "2031-05-07T09:00:00+00:00", is_over=True)
    ran = orbitquiz("host", "--plain", "--resume", "--port", "0", "--data", tmp_path)
    assert ran.code == 0
    assert ran.text.startswith("Room NEWR: The comet, 1 question.\n")
    named = orbitquiz("host", "--plain", "--resume", "oldr", "--port", "0", "--data", tmp_path)
    assert named.text.startswith("Room OLDR: ")


def test_one_that_players_came_into_goes_before_a_newer_one(orbitquiz: Run, tmp_path: Path) -> None:
    crash(tmp_path, "FULL")
    keep(tmp_path, "NONE", hours_ago(0.0))
    ran = orbitquiz("host", "--plain", "--resume", "--port", "0", "--data", tmp_path)
    assert ran.text.startswith("Room FULL: ")


@pytest.mark.parametrize(("asked", "where"), [(0, "not started"), (1, "question 1 of 3"), (2, "question 2 of 3")])
def test_a_new_room_tells_of_one_that_is_not_over(orbitquiz: Run, tmp_path: Path, asked: int, where: str) -> None:
    crash(tmp_path, "REYR", asked=asked)
    ran = host_a_new_one(orbitquiz, tmp_path)
    how = f"orbitquiz host --resume REYR --data {tmp_path}"
    assert ran.err == f"orbitquiz: Room REYR (2 players, {where}) is unfinished. To resume it: {how}\n"
    assert len(kept_in(tmp_path)) == 2


def test_the_command_goes_on_as_the_new_room_was_asked_for(orbitquiz: Run, tmp_path: Path) -> None:
    crash(tmp_path, "REYR")
    ran = host_a_new_one(orbitquiz, tmp_path, "--lan")
    assert f"orbitquiz host --resume REYR --lan --data {tmp_path}\n" in ran.err


def test_nothing_is_told_of_rooms_that_nobody_waits_for(orbitquiz: Run, tmp_path: Path) -> None:
    crash(tmp_path, "PAST", hours=25.0)
    keep(tmp_path, "NONE", hours_ago(0.0))
    keep(tmp_path, "OVER", hours_ago(0.0), is_over=True)
    log, _ = FileLog.reopen(crash(tmp_path, "BUSY"))
    with closing(log):
        assert host_a_new_one(orbitquiz, tmp_path).err == ""


def test_a_room_that_is_left_after_a_question_says_how_to_get_the_report(orbitquiz: Run, tmp_path: Path) -> None:
    crash(tmp_path, "REYR", asked=1)
    ran = orbitquiz("host", "--plain", "--resume", "--port", "0", "--data", tmp_path)
    assert ran.text.endswith(
        f"The room is closed and saved. To resume it: orbitquiz host --resume REYR --data {tmp_path}\n"
        f"The report so far: orbitquiz report REYR --data {tmp_path}\n"
    )


def test_a_room_that_is_left_says_how_to_go_on_where_it_was(orbitquiz: Run, tmp_path: Path) -> None:
    data = tmp_path / "my data"
    ran = orbitquiz("host", "--plain", "--count", "2", "--seed", "APOLLO", "--port", "0", "--data", data)
    (code,) = kept_in(data)
    last = f"orbitquiz host --resume {code} --data '{data}'"
    assert ran.text.endswith(f"The room is closed and saved. To resume it: {last}\n")
    (where,) = re.findall(r"To join at a terminal: (.*)\n", ran.text)
    again = orbitquiz("host", "--plain", "--resume", code, "--data", data)
    assert f"To join at a terminal: {where}\n" in again.text


def test_a_room_asks_what_it_was_told_to(orbitquiz: Run, tmp_path: Path) -> None:
    bank, data = write_bank(tmp_path / "bank"), tmp_path / "data"
    words = ["--timer", "20", "--scoring", "speed", "--teams", "3", "--anonymous", "--count", "2"]
    ran = orbitquiz("host", "--plain", "--port", "0", "--bank", bank, "--data", data, *words)
    assert ran.code == 0
    first = read_events(data / ROOMS / f"{kept_in(data)[0]}.jsonl")[0]
    assert first.type == "opened"
    assert (first.timer, first.scoring, first.teams) == (20.0, "speed", ("Mercury", "Venus", "Earth"))
    assert (first.is_ranked, first.is_anonymous) == (True, True)
    assert (first.quiz.bank, len(first.quiz.questions)) == ("comet-bank", 2)


def test_a_room_tells_no_places_where_it_was_told_so(orbitquiz: Run, tmp_path: Path) -> None:
    host_a_new_one(orbitquiz, tmp_path, "--no-ranking")
    first = read_events(tmp_path / ROOMS / f"{kept_in(tmp_path)[0]}.jsonl")[0]
    assert first.type == "opened"
    assert (first.is_ranked, first.teams) == (False, ())


def test_a_quiz_code_is_hosted_as_it_is_played(orbitquiz: Run, tmp_path: Path) -> None:
    orbitquiz("export", "--to", "json", "--seed", "APOLLO", "--count", "3", "-o", tmp_path / "quiz.json")
    code = re.findall(r'"code": "([^"]+)"', (tmp_path / "quiz.json").read_text())[0]
    ran = orbitquiz("host", "--plain", "--port", "0", "--quiz", code, "--data", tmp_path)
    assert ", 3 questions." in ran.text
    first = read_events(tmp_path / ROOMS / f"{kept_in(tmp_path)[0]}.jsonl")[0]
    assert first.type == "opened"
    assert first.quiz.code == code


def test_whoever_was_never_in_a_room_is_told_so_by_the_exit_code(orbitquiz: Run, tmp_path: Path) -> None:
    ran = orbitquiz("join", "127.0.0.1:9", "--plain", "--code", "K7M2", "--data", tmp_path)
    assert ran.code == 1


# Programs of their own.


class BaseApp:
    """`orbitquiz` with what is typed and what it says. What was read once is not read again."""

    def __init__(self, *words: str | Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "orbitquiz", *map(str, words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.text = ""
        self._at = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def type(self, *lines: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    def reads(self, words: str) -> str:
        """Return the output up to and including `words`."""
        end = time.monotonic() + PATIENCE
        while (found := self.text.find(words, self._at)) < 0:
            assert time.monotonic() < end, f"{words!r} is not in {self.text[self._at :]!r}"
            time.sleep(0.01)
        text = self.text[self._at : found + len(words)]
        self._at = found + len(words)
        return text

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def leaves(self) -> int:
        """Wait for the end and return the exit code."""
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def close(self) -> None:
        self.kill()
        self._reader.join(PATIENCE)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what it would still have been told
                stream.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.text += line


Start = Callable[..., BaseApp]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts programs, and ends those that are still there in the end."""
    programs: list[BaseApp] = []

    def begin(*words: str | Path) -> BaseApp:
        programs.append(BaseApp(*words))
        return programs[-1]

    yield begin
    for program in programs:
        program.close()


def open_room(start: Start, tmp_path: Path, *words: str) -> tuple[BaseApp, str, str]:
    """A host with a small bank, the address and the code."""
    bank = write_bank(tmp_path / "bank")
    host = start("host", "--plain", "--port", "0", "--bank", bank, "--data", tmp_path / "host", *words)
    (found,) = re.findall(r"orbitquiz join (\S+) --code (\S+)", host.reads("Enter begins the game."))
    return host, *found


def picks(data: Path, code: str) -> list[tuple[str, int]]:
    """Return the players who answered, by question."""
    happened = read_events(data / ROOMS / f"{code}.jsonl")
    names = {each.player: each.name for each in happened if isinstance(each, Joined)}
    return sorted((names[each.player], each.number) for each in happened if isinstance(each, Answered))


@slow
def test_a_class_plays_and_one_whose_program_is_killed_has_the_seat_again(start: Start, tmp_path: Path) -> None:
    host, address, code = open_room(start, tmp_path, "--count", "3", "--seed", "APOLLO")

    def join(name: str, *words: str) -> BaseApp:
        return start("join", address, "--plain", "--data", tmp_path / name, *words)

    ann, ben = join("ann", "--code", code, "--name", "Ann"), join("ben", "--code", code, "--name", "Ben")
    for student in (ann, ben):
        student.reads("Waiting for the host to begin.")
    for number in (1, 2, 3):
        host.type("")
        host.reads(f"Question {number} of 3.")
        for student in (ann, ben):
            student.reads("Answer 1 to 4:")
        ann.type("1")
        ann.reads("Answered: 1")
        if number == 2:
            ann.kill()
            host.reads("Ann is away.")
            ann = join("ann", "--name", "Ann")  # the code is not given again
            assert f" in room {code} as Ann" in ann.reads("Answered: 1")  # "back" where there are points already
        ben.type("2")
        host.reads("2 of 2 have answered.")
        host.reads("Enter ends the game." if number == 3 else "Enter for question")
        for student in (ann, ben):
            student.reads("for this question.")
    host.type("")
    host.reads("The game is over.")
    scores = {}
    for name, student in (("Ann", ann), ("Ben", ben)):
        scores[name] = int(re.findall(r"The end\. (\d+) points?, \d of 3 right", student.reads("q to leave:"))[0])
        student.type("q")
        assert student.leaves() == 0
    host.type("q")
    assert host.leaves() == 0
    for name, score in scores.items():
        assert re.search(rf"The game is over\.\nStandings:\n(.*\n)?\d\. {name}, {score} point", host.text)
    assert host.text.endswith(f"The report: orbitquiz report {code} --data {tmp_path / 'host'}\n")
    assert picks(tmp_path / "host", code) == [(name, number) for name in ("Ann", "Ben") for number in (1, 2, 3)]
    assert "Traceback" not in host.text + ann.text + ben.text


@slow
def test_a_host_that_is_killed_in_mid_question_comes_back_with_every_answer(start: Start, tmp_path: Path) -> None:
    host, address, code = open_room(start, tmp_path, "--count", "2", "--timer", "600")
    names = ("Ann", "Ben", "Cy")
    students = [
        start("join", address, "--plain", "--code", code, "--name", name, "--data", tmp_path / name) for name in names
    ]
    for student in students:
        student.reads("Waiting for the host to begin.")
    host.type("")
    for student in students:
        student.reads("Answer 1 to 4:")
    for student in students[:2]:
        student.type("1")
        student.reads("Answered: 1")
    host.kill()
    assert picks(tmp_path / "host", code) == [("Ann", 1), ("Ben", 1)]
    for student in students:
        student.reads("Connection lost")
    students[2].type("2")  # sent once there is somebody to send it to
    students[2].reads("Your answer is sent as soon as there is a connection again.")

    host = start("host", "--plain", "--resume", "--data", tmp_path / "host")  # it knows where it was
    host.reads(f"Room {code}: ")
    assert "Question 1 of 2." in host.reads("Enter goes on.")
    for student in students:
        student.reads("Connected again.")
        student.reads("The host has paused.")
    students[2].reads("Answered: 2")
    host.reads("3 of 3 have answered.")
    assert picks(tmp_path / "host", code) == [("Ann", 1), ("Ben", 1), ("Cy", 1)]
    host.type("")  # nobody is left to answer: the key is shown at once
    for student in students:
        student.reads("for this question.")
    host.type("q", "q")
    assert host.leaves() == 0
    for student in students:
        student.reads("The host has closed the room.")
        assert student.leaves() == 0
    assert picks(tmp_path / "host", code) == [("Ann", 1), ("Ben", 1), ("Cy", 1)]


@slow
@needs_signals
@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_host_that_is_asked_to_end_leaves_in_order(start: Start, tmp_path: Path, how: str) -> None:
    if signal.getsignal(getattr(signal, how)) == signal.SIG_IGN:
        pytest.skip("the parent process ignores this signal, and so does the program")
    host, address, code = open_room(start, tmp_path)
    ann = start("join", address, "--plain", "--code", code, "--name", "Ann", "--data", tmp_path / "ann")
    host.reads("Ann is in (1).")
    host.process.send_signal(getattr(signal, how))
    assert host.leaves() == 0
    host.reads(f"The room is closed and saved. To resume it: orbitquiz host --resume {code} --data ")
    ann.reads("The host has closed the room.")
    assert ann.leaves() == 0
    assert "Traceback" not in host.text


@needs_signals
async def test_a_signal_that_is_ignored_stays_so_and_others_are_as_before_afterwards() -> None:
    heard: list[str] = []
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        leaving = Leaving()
        with leaving.watching(), leaving.calling(lambda: heard.append("left")):
            os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGTERM) != signal.SIG_DFL
            await asyncio.sleep(0.05)
        assert heard == []
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
        assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


@slow
@needs_signals
def test_a_student_who_is_asked_to_end_says_how_to_come_back(start: Start, tmp_path: Path) -> None:
    host, address, code = open_room(start, tmp_path)
    ann = start("join", address, "--plain", "--code", code, "--name", "Ann", "--data", tmp_path / "ann")
    ann.reads("Waiting for the host to begin.")
    ann.process.send_signal(signal.SIGTERM)
    assert ann.leaves() == 0
    ann.reads(f"To come back: orbitquiz join {address} --code {code}\n")
    host.reads("Ann is away.")


@slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_screens_are_drawn_and_left_in_order(tmp_path: Path) -> None:
    bank, data = write_bank(tmp_path / "bank"), tmp_path / "host"
    with terminal("host", "--port", "0", "--bank", str(bank), "--data", str(data)) as host:
        assert host.shows("OrbitQuiz")
        (code,) = kept_in(data)
        with terminal("join", "--data", str(tmp_path / "ann")) as ann:
            assert ann.shows("OrbitQuiz")
            ann.process.send_signal(signal.SIGTERM)
            assert ann.exit_code() == 0
        host.process.send_signal(signal.SIGTERM)
        assert host.exit_code() == 0
        assert "The room is closed and saved." in host.text
        assert f"orbitquiz host --resume {code}" in host.text
        assert "Traceback" not in host.text + ann.text


@slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_terminal_that_is_taken_away_leaves_nothing_hanging(tmp_path: Path) -> None:
    figures = torture_terminal.torture(tmp_path, 4, "a few")
    assert figures.wrong == []


@slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_host_whose_errors_go_to_a_file_draws_its_screen(tmp_path: Path) -> None:
    bank, data = write_bank(tmp_path / "bank"), tmp_path / "host"
    with terminal("host", "--port", "0", "--bank", str(bank), "--data", str(data), errors=tmp_path / "errors") as host:
        assert host.shows("Nobody is here yet.")
        host.process.send_signal(signal.SIGTERM)
        assert host.exit_code() == 0
    assert "Traceback" not in (tmp_path / "errors").read_text(encoding="utf-8")


@slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize("said", ["y", "n"])
def test_a_host_is_asked_whether_to_go_on_with_a_room_that_was_cut_off(tmp_path: Path, said: str) -> None:
    bank, data = write_bank(tmp_path / "bank"), tmp_path / "host"
    crash(data, "BAZ3", asked=1)
    with terminal("host", "--port", "0", "--bank", str(bank), "--data", str(data)) as host:
        assert host.shows("Resume room BAZ3 (2 players, question 1 of 3)? [Y/n]")
        host.press(f"{said}\n")
        assert host.shows("standings" if said == "y" else "Nobody is here yet.")
        host.process.send_signal(signal.SIGTERM)
        assert host.exit_code() == 0
    assert (len(kept_in(data)) == 1) == (said == "y")
