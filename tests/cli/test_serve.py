"""`orbitquiz serve`, and rooms that are hosted and joined there, as programs of their own."""

from __future__ import annotations

import json
import re
import signal
import sys
from pathlib import Path

import pytest

from orbitquiz.classroom.storage.event_log import FileLog
from tests.classroom.making import Lesson, opened
from tests.cli.conftest import Run, told
from tests.cli.test_host import BaseApp, Start, picks, start  # noqa: F401  # a fixture
from tests.making import write_bank

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs otherwise")
AT = ("host", "--plain", "--at", "http://127.0.0.1:9")


def serve(start: Start, data: Path, port: str = "0") -> tuple[BaseApp, str]:  # noqa: F811
    """A service, and its address."""
    service = start("serve", "--data", data, "--port", port)
    (found,) = re.findall(r"at port (\d+)", service.reads(f"The host token is in {data / 'host-tokens'}."))
    return service, f"127.0.0.1:{found}"


@pytest.mark.slow
@needs_signals
def test_a_class_plays_at_a_service_that_is_restarted_in_mid_question(start: Start, tmp_path: Path) -> None:  # noqa: F811
    data, bank = tmp_path / "service", write_bank(tmp_path / "bank")
    service, address = serve(start, data)
    token = (data / "host-tokens").read_text().strip()
    at = ("host", "--plain", "--at", address, "--data", tmp_path / "teacher")
    host = start(*at, "--token", token, "--bank", bank, "--count", "2")
    said = host.reads("Enter begins the game.")
    ((_, code),) = re.findall(r"orbitquiz join (\S+) --code (\S+)", said)
    assert f"http://{address}/#{code}" in said
    ann = start("join", address, "--plain", "--code", code, "--name", "Ann", "--data", tmp_path / "ann")
    host.reads("Ann")
    host.type("")
    ann.reads("1: ")

    service.process.send_signal(signal.SIGTERM)
    assert service.leaves() == 0
    log = [json.loads(line) for line in service.text.splitlines() if line.startswith("{")]
    assert [line["event"] for line in log][-2:] == ["room-unloaded", "stopped"]
    service, _ = serve(start, data, address.rpartition(":")[2])

    ann.reads("Connected again.")
    ann.type("1")
    host.reads("The answer")  # one player, who has answered
    assert picks(data, code) == [("Ann", 1)]
    host.type("q")
    host.reads("The room stays open, and 1 player is in it. Leave?")
    host.type("y")
    assert host.leaves() == 0
    back = host.text.rpartition("come back to it: orbitquiz ")[2].splitlines()[0].split()
    again = start(*back, "--plain")
    again.reads("Enter for question 2 of 2.")
    (secret,) = re.findall(r"--secret (\S+)", host.text)
    elsewhere = start(*at[:-1], tmp_path / "another", "--resume", code, "--secret", secret)
    elsewhere.reads("Enter for question 2 of 2.")
    elsewhere.type("q", "y")
    elsewhere.leaves()
    (link,) = re.findall(r"http://\S+/report/\S+", host.text)
    assert link in elsewhere.text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("serve", "--path", "/a b"), "expected a path such as /quiz"),
        (("serve", "--keep", "30"), "expected days or hours such as 30d or 12h"),
        (("serve", "--trusted-proxy", "caddy"), "expected an address or a network such as 10.0.0.0/8"),
        ((*AT, "--lan"), "leave out --lan"),
        ((*AT, "--count", "1"), "give it with --token or in the variable ORBITQUIZ_HOST_TOKEN"),
        ((*AT, "--count", "1", "--token", "x"), "cannot reach 127.0.0.1:9: "),
        (("host", "--plain", "--at", "ftp://x"), "expected an address such as 192.168.1.20:8765"),
        ((*AT, "--resume"), "no room was opened at 127.0.0.1:9 from here"),
        ((*AT, "--resume", "K7M2QD"), "room K7M2QD was not opened from here"),
        ((*AT, "--resume", "K7M2QD", "--count", "1"), "--resume continues a room as it is"),
        ((*AT, "--resume", "--secret", "x"), "so give its code: --resume CODE"),
        ((*AT, "--secret", "x"), "so give its code: --resume CODE"),
        (("host", "--token", "x"), "so they need --at URL too"),
    ],
    ids=lambda each: " ".join(each[2:]) if isinstance(each, tuple) else "",
)
def test_what_cannot_be_done_is_told(
    orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    monkeypatch.delenv("ORBITQUIZ_HOST_TOKEN", raising=False)
    assert message in told(orbitquiz(*words, "--data", tmp_path))


def test_a_file_without_tokens_is_told(orbitquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("# none yet\nshort\n")
    ran = orbitquiz("serve", "--port", "0", "--data", tmp_path, "--tokens", tmp_path / "tokens")
    assert "has no host token: write one a line, each of 16 characters or more" in told(ran)


def test_a_port_that_is_taken_is_told(orbitquiz: Run, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = orbitquiz("serve", "--port", str(port), "--data", tmp_path)
        assert f"cannot listen at port {port}: Address already in use; choose another one with --port" in told(ran)
        pytest.importorskip("asyncssh")
        ran = orbitquiz("serve", "--port", "0", "--ssh", str(port), "--data", tmp_path)
        assert f"cannot listen at port {port} for ssh: " in told(ran)


def test_a_folder_that_cannot_be_written_is_told(orbitquiz: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    assert "name another folder with --data" in told(orbitquiz("serve", "--port", "0", "--data", tmp_path / "data"))


def test_a_name_is_taken_out_of_a_room(orbitquiz: Run, tmp_path: Path) -> None:
    lesson = Lesson(opened(), "Ada", "Ben")
    lesson.play({"p1": 0})
    log = FileLog.create(tmp_path, lesson.room.opening)
    log.append(lesson.events[1:])
    log.close()
    assert "nobody in room KSTR was called Cem" in told(
        orbitquiz("forget", "KSTR", "--player", "Cem", "--data", tmp_path)
    )
    assert "add --yes" in told(orbitquiz("forget", "KSTR", "--player", "Ada", "--data", tmp_path))
    ran = orbitquiz("forget", "KSTR", "--player", "ada", "--yes", "--data", tmp_path)
    assert (ran.code, "the answers stay" in ran.text) == (0, True)
    report = orbitquiz("report", "KSTR", "--data", tmp_path).text
    assert "Forgotten 1" in report
    assert "Ada" not in report.replace("Ada Stone", "")
