"""Commands tell in one line what is wrong around them: folders, streams, encodings, a missing home."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orbitquiz.cli import environment, main, output
from orbitquiz.text.safe import to_json
from tests.cli.conftest import Run, told
from tests.cli.test_report import keep
from tests.making import REPORT, TAIL, write_bank

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other users and streams")
needs_permissions = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="no permission is refused to root"
)

#: Runs a command as a user that the system does not know, as in a container.
NOBODY = "import os, sys; os.getuid = lambda: 4_000_000_000; from orbitquiz.cli import main; sys.exit(main())"


def as_nobody(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("HOME", "XDG_", "ORBITQUIZ_"))
    }
    command = [sys.executable, "-c", NOBODY, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, input="", check=False)


@on_unix
def test_a_user_without_entry_and_home_reads_banks() -> None:
    ran = as_nobody("categories")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "crew" in ran.stdout


@on_unix
def test_a_user_without_entry_and_home_is_asked_for_a_folder(tmp_path: Path) -> None:
    ran = as_nobody("play", "--plain")
    assert ran.returncode == 2
    expected = "this user has no home folder; choose another one with --data or ORBITQUIZ_DATA"
    assert ran.stderr == f"orbitquiz: {expected}\n"
    ran = as_nobody("play", "--plain", "--data", str(tmp_path))
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(
    "words", [("categories", "--bank"), ("play", "--plain", "--bank"), ("draft",), ("proofread", "--bank")]
)
def test_a_path_that_is_too_long_is_told(orbitquiz: Run, words: tuple[str, ...]) -> None:
    long = "x" * 300
    assert (
        told(orbitquiz(*words, long))
        == f"orbitquiz: cannot use the bank {long}: {long} cannot be opened: File name too long"
    )


def test_check_finds_a_path_that_is_too_long(orbitquiz: Run) -> None:
    ran = orbitquiz("check", "x" * 300)
    assert ran.code == 1
    assert "File name too long" in ran.text


@needs_permissions
@pytest.mark.parametrize("closed", [".", "questions", "seeds"])
def test_a_folder_that_nobody_may_read_is_told(orbitquiz: Run, tmp_path: Path, closed: str) -> None:
    folder = write_bank(tmp_path / "bank")
    (folder / closed).chmod(0)
    message = told(orbitquiz("categories", "--bank", folder))
    (folder / closed).chmod(0o700)
    assert "cannot be opened: Permission denied" in message or "cannot be read: Permission denied" in message


def test_an_error_that_names_a_file_is_not_one_of_the_output(orbitquiz: Run) -> None:
    long = f"a\nb{'x' * 300}"
    shown = long.replace("\n", "␊")
    assert told(orbitquiz("banks", "--data", long)) == f"orbitquiz: cannot use {shown}/banks: File name too long"


@pytest.mark.parametrize("words", [("check", "a\nb"), ("export", "--to", "json", "-o", "no\nfolder/x"), ("pl\ney",)])
def test_a_line_break_in_a_path_splits_no_message(orbitquiz: Run, words: tuple[str, ...]) -> None:
    lines = told(orbitquiz(*words)).splitlines()
    assert "␊" in lines[0] or "\\n" in lines[0]
    assert all(line.startswith(("orbitquiz", "Try ")) for line in lines)


def test_problems_of_a_bank_whose_path_has_a_line_break_are_lines(orbitquiz: Run, tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "a\nb")
    (folder / "bank.yaml").write_text("nothing: here")
    ran = orbitquiz("check", folder)
    assert all(line.startswith(str(tmp_path)) for line in ran.text.splitlines())


@on_unix
def test_a_closed_standard_error_puts_no_notice_into_json(tmp_path: Path) -> None:
    words = ("export", "--to", "json", "--count", "5000")
    ran = subprocess.run(
        [sys.executable, "-m", "orbitquiz", *words],
        stdout=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        preexec_fn=lambda: os.close(2),
        check=True,
    )
    assert json.loads(ran.stdout)["questions"]


#: A command sequence of a terminal, a mark that turns the line round, half a character, and others that stay.
NASTY = 'red\x9b31m \u202eturned\u2066 \udcff\ufeff é 🚀 "\t\n\x7f'


def test_json_holds_nothing_that_acts_on_a_terminal() -> None:
    text = to_json({"title": NASTY})
    assert json.loads(text) == {"title": NASTY}
    assert "é 🚀" in text
    assert text.replace("\n", "").isprintable()
    assert to_json({"title": NASTY}, is_ascii=True).isascii()


def test_json_of_a_bank_with_such_words_is_harmless(orbitquiz: Run, tmp_path: Path) -> None:
    quote = "The tail was 2.5 kilometres long\x9b31m \u202eturned"
    document = REPORT.replace("The tail was 2.5 kilometres long", quote)
    claim = {"value": "2.5 kilometres", "proof": [{"source": "report", "quote": quote}]}
    folder = write_bank(tmp_path / "bank", [{**TAIL, "claims": [claim]}], documents={"report": document})
    ran = orbitquiz("export", "--to", "json", "--bank", folder)
    assert "long\\u009b31m \\u202eturned" in ran.text
    assert ran.text.replace("\n", "").isprintable()
    assert quote in json.dumps(json.loads(ran.text), ensure_ascii=False)


def test_json_on_an_ascii_stream_loses_no_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_bank(tmp_path / "bank")
    file = folder / "questions" / "comet.yaml"
    file.write_text(file.read_text().replace("title: The comet", "title: L'étoile"), encoding="utf-8")
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["categories", "--json", "--bank", str(folder)]) == 0
    out.seek(0)
    assert json.load(out)[0]["title"] == "L'étoile"


@pytest.mark.parametrize(
    "words", [["categories"], ["check"], ["play", "--plain"], ["banks"], ["check", "\udcff"]], ids=" ".join
)
def test_a_command_speaks_utf_16(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-16") for _ in range(2))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("h\nq\n".encode("utf-16")), encoding="utf-16"))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setenv("ORBITQUIZ_DATA", str(tmp_path))
    code = main(words)
    said = []
    for stream in (out, err):
        stream.flush()
        stream.seek(0)
        said.append(stream.read())
    assert code == (2 if "\udcff" in words else 0)
    assert [bool(text) for text in said] == [code == 0, code == 2]
    assert "Traceback" not in said[1]


@pytest.mark.parametrize(("encoding", "draws"), [("utf-8", True), ("utf-16", False), ("ascii", False), ("x", False)])
def test_a_screen_is_drawn_where_the_terminal_takes_ascii_and_signs(
    monkeypatch: pytest.MonkeyPatch, encoding: str, draws: bool
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(Terminal, "encoding", encoding)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert environment.can_draw() is draws


@pytest.mark.parametrize("words", [("report", "--to", "json"), ("export", "--to", "json")])
def test_a_file_that_cannot_be_written_whole_stays_as_it_was(
    orbitquiz: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    keep(tmp_path / "data")
    monkeypatch.setenv("ORBITQUIZ_DATA", str(tmp_path / "data"))
    file = tmp_path / "out.json"
    file.write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert told(orbitquiz(*words, "-o", file)) == f"orbitquiz: cannot write {file}: No space left on device"
    assert file.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.json"]


@pytest.mark.parametrize(
    ("typed", "default", "is_yes"),
    [("y\n", False, True), ("\n", True, True), ("\n", False, False), ("", True, False), ("no\n", True, False)],
)
def test_only_a_yes_is_a_yes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, default: bool, is_yes: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    assert output.is_confirmed("Sure\x1b?", default=default) is is_yes
    assert capsys.readouterr().out.startswith("Sure␛? ")
