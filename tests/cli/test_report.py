"""`orbitquiz report` and `orbitquiz forget`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from orbitquiz.classroom.rules.events import Skipped
from orbitquiz.classroom.storage.event_log import FileLog
from orbitquiz.cli import open_report
from tests.classroom.making import KEY, Lesson, opened
from tests.cli.conftest import Run, told
from tests.cli.terminal import terminal
from tests.test_layers import loaded_by

on_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The present folder, which is empty."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where rooms are kept; not there yet."""
    return tmp_path / "data"


def keep(
    data: Path, code: str = "KSTR", day: int = 3, *, over: bool = True, name: str = "Ann", class_name: str | None = None
) -> Path:
    """Keep a room in which one player has answered one question of one."""
    opening = opened(1, room=code, opened=f"2031-05-{day:02}T12:00:00+00:00", class_name=class_name)
    lesson = Lesson(opening, name)
    lesson.play({"p1": KEY})
    if over:
        lesson.do(lesson.room.end(0.0))
    log = FileLog.create(data, lesson.room.opening)
    log.append(lesson.events[1:])
    log.close()
    return log.path


# Report


def test_the_newest_room_is_reported(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA", 2)
    keep(data, "BBBB", 3)
    keep(data, "CCCC", 1)
    ran = orbitquiz("report", "--data", data)
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.startswith("The comet\nRoom BBBB, opened 2031-05-03 ")
    assert "Ann: 1 of 1 right, 100 points\n" in ran.text


def test_a_room_is_reported_by_its_code(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA", 2)
    keep(data, "BBBB", 3)
    assert "Room AAAA" in orbitquiz("report", "aaaa", "--data", data).text


def test_a_room_that_is_not_over_can_be_reported(orbitquiz: Run, data: Path) -> None:
    keep(data, over=False)
    assert "It is not over yet.\n" in orbitquiz("report", "--data", data).text


def test_a_room_that_is_hosted_can_be_reported(orbitquiz: Run, data: Path) -> None:
    log, _ = FileLog.reopen(keep(data, over=False))
    assert orbitquiz("report", "--data", data).code == 0
    log.close()


@pytest.mark.parametrize(
    ("format", "start"),
    [("text", b"The comet\n"), ("csv", b'\xef\xbb\xbf"name",'), ("json", b"{\n"), ("html", b"<!DOCTYPE")],
)
def test_each_format_goes_to_standard_output_or_to_a_file(
    orbitquiz: Run, data: Path, folder: Path, format: str, start: bytes
) -> None:
    keep(data)
    out = orbitquiz("report", "--to", format, "--data", data).out
    assert out.startswith(start)
    ran = orbitquiz("report", "--to", format, "-o", "file", "--data", data)
    assert (ran.code, ran.out, ran.err) == (0, b"", "Written to file\n")
    assert (folder / "file").read_bytes() == out


def test_names_are_utf_8_and_lines_end_as_they_must(orbitquiz: Run, data: Path) -> None:
    keep(data, name="Zoë")
    assert (
        '\r\n"Zoë","","no","1","1","100","1","Cy Reed"\r\n'.encode()
        in orbitquiz("report", "--to", "csv", "--data", data).out
    )
    assert json.loads(orbitquiz("report", "--to", "json", "--data", data).text)["players"][0]["name"] == "Zoë"


def test_a_file_that_cannot_be_written_is_told(orbitquiz: Run, data: Path) -> None:
    keep(data)
    message = told(orbitquiz("report", "-o", "nowhere/file", "--data", data))
    assert message == "orbitquiz: cannot write nowhere/file: No such file or directory"


def test_an_unknown_room_is_told_with_those_there_are(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA", 2)
    keep(data, "BBBB", 3)
    message = told(orbitquiz("report", "ZZZZ", "--data", data))
    assert message == "orbitquiz: there is no room ZZZZ; there are BBBB, AAAA"


def test_without_rooms_it_says_how_to_open_one(orbitquiz: Run, data: Path) -> None:
    message = told(orbitquiz("report", "--data", data))
    assert message == f"orbitquiz: no room is kept in {data}; `orbitquiz host` opens one"
    assert not data.exists()


def test_a_damaged_room_is_told_with_its_line(orbitquiz: Run, data: Path) -> None:
    path = keep(data)
    path.write_bytes(path.read_bytes().replace(b'"type":"asked"', b'"type":"axed"'))
    assert told(orbitquiz("report", "--data", data)).startswith(f"orbitquiz: {path}:3: this is no event; ")


def test_a_folder_that_is_none_is_told(orbitquiz: Run, data: Path) -> None:
    data.mkdir()
    (data / "rooms").write_text("a file")
    assert "Not a directory" in told(orbitquiz("report", "--data", data))
    assert "Not a directory" in told(orbitquiz("report", "--list", "--data", data))


@pytest.mark.slow
@on_terminal
def test_a_page_is_not_shown_on_a_terminal_but_written_to_a_file(data: Path, folder: Path) -> None:
    keep(data)
    (folder / "report-KSTR.html").write_text("my notes")  # what is there already is never overwritten
    for name in ("report-KSTR-2.html", "report-KSTR-3.html"):
        with terminal("report", "--to", "html", "--data", str(data)) as screen:
            assert screen.exit_code() == 0
            assert screen.text == f"Written to {folder.resolve() / name}. Open it in a browser, or print it."
        assert (folder / name).read_bytes().startswith(b"<!DOCTYPE html>")
    assert (folder / "report-KSTR.html").read_text() == "my notes"


@pytest.mark.slow
@on_terminal
def test_a_page_is_written_under_its_room_s_code(data: Path, folder: Path) -> None:
    keep(data)
    with terminal("report", "--to", "html", "--data", str(data)) as screen:
        assert screen.exit_code() == 0
    assert [file.name for file in folder.iterdir()] == ["report-KSTR.html"]


@pytest.mark.slow
@on_terminal
def test_where_a_page_cannot_be_written_it_is_told(data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(data)
    gone = folder / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with terminal("report", "--to", "html", "--data", str(data)) as screen:
        assert screen.exit_code() == 2
        assert screen.text == "orbitquiz: cannot write report-KSTR.html: No such file or directory"


# List


def test_what_was_taken_back_is_not_counted_as_asked(orbitquiz: Run, data: Path) -> None:
    log, _ = FileLog.reopen(keep(data, over=False))
    log.append([Skipped(at=9.0)])
    log.close()
    _, row, _ = orbitquiz("report", "--list", "--data", data).text.splitlines()
    assert row.split()[-4:] == ["0", "*", "The", "comet"]


def test_rooms_are_listed(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA", 2)
    keep(data, "BBBB", 3, over=False)
    lines = orbitquiz("report", "--list", "--data", data).text.splitlines()
    assert [line.split() for line in lines] == [
        ["room", "opened", "players", "asked", "title"],
        ["BBBB", "2031-05-03", lines[1].split()[2], "1", "1", "*", "The", "comet"],
        ["AAAA", "2031-05-02", lines[2].split()[2], "1", "1", "The", "comet"],
        ["*", "not", "over", "yet"],
    ]
    assert lines[0].index("title") == lines[1].index("The comet") == lines[2].index("The comet")


def test_a_damaged_room_that_is_the_newest_is_told_of_instead_of_an_older_one(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA", 2)
    path = keep(data, "BBBB", 3)
    path.write_bytes(path.read_bytes().replace(b'"type":"asked"', b'"type":"axed"'))
    assert f"{path}:3: this is no event" in told(orbitquiz("report", "--data", data))


def test_a_damaged_room_is_listed_with_what_is_wrong(orbitquiz: Run, data: Path) -> None:
    path = keep(data)
    path.write_bytes(path.read_bytes().replace(b'"type":"asked"', b'"type":"axed"'))
    text = orbitquiz("report", "--list", "--data", data).text
    assert "damaged: see below" in text
    assert f"damaged: {path}:3: this is no event; " in text


def test_an_empty_list_says_so(orbitquiz: Run, data: Path) -> None:
    ran = orbitquiz("report", "--list", "--data", data)
    assert (ran.code, ran.text) == (0, f"No room is kept in {data}. `orbitquiz host` opens one.\n")


def test_a_list_is_of_all_rooms(orbitquiz: Run, data: Path) -> None:
    assert "leave out the code" in told(orbitquiz("report", "KSTR", "--list", "--data", data))


# Forget


def test_a_room_is_forgotten_without_being_asked(orbitquiz: Run, data: Path) -> None:
    path, other = keep(data), keep(data, "AAAA", 2)
    ran = orbitquiz("forget", "kstr", "--yes", "--data", data)
    assert ran.code == 0
    assert ran.text.startswith("Deleted: KSTR, 2031-05-03 ")
    assert "The comet, 1 player." in ran.text
    assert not path.exists()
    assert other.exists()


def test_without_a_terminal_it_says_how_to_be_sure(orbitquiz: Run, data: Path) -> None:
    path = keep(data)
    message = told(orbitquiz("forget", "KSTR", "--data", data))
    assert message == "orbitquiz: there is no terminal to ask on; add --yes to go on without asking"
    assert path.exists()


def test_an_unknown_room_is_not_forgotten(orbitquiz: Run, data: Path) -> None:
    keep(data)
    assert told(orbitquiz("forget", "ZZZZ", "--yes", "--data", data)).endswith("no room ZZZZ; there are KSTR")


def test_a_damaged_room_can_be_forgotten(orbitquiz: Run, data: Path) -> None:
    path = keep(data)
    path.write_bytes(b"damaged\n")
    assert orbitquiz("forget", "KSTR", "--yes", "--data", data).text.startswith("Deleted: KSTR, ")
    assert not path.exists()


def test_a_room_that_is_hosted_is_not_forgotten(orbitquiz: Run, data: Path) -> None:
    log, _ = FileLog.reopen(keep(data))
    message = told(orbitquiz("forget", "KSTR", "--yes", "--data", data))
    assert message == "orbitquiz: room KSTR is being hosted by another program; end that one first"
    log.close()
    assert log.path.exists()


@pytest.mark.slow
@on_terminal
@pytest.mark.parametrize(
    ("said", "is_gone"), [("y\r", True), ("YES\r", True), ("\r", False), ("n\r", False), ("\x04", False)]
)
def test_on_a_terminal_it_asks(data: Path, said: str, is_gone: bool) -> None:
    path = keep(data)
    with terminal("forget", "KSTR", "--data", str(data)) as screen:
        assert screen.shows("for good? [y/N]")
        assert path.exists()
        screen.press(said)
        assert screen.exit_code() == 0
        assert ("Deleted: KSTR" if is_gone else "Nothing was deleted.") in screen.text
    assert path.exists() is not is_gone


# Speed


def test_only_html_loads_a_template_engine(data: Path) -> None:
    keep(data)
    run = "from orbitquiz.cli import main; main(['report', '--data', {!r}, '--to', {!r}])"
    assert "jinja2" in loaded_by(run.format(str(data), "html"))
    loaded = loaded_by(run.format(str(data), "text"))
    assert not loaded & {"jinja2", "textual", "rich", "yaml", "websockets", "asyncio", "precis_i18n"}


# A class


def test_the_lessons_of_a_class_stand_side_by_side(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA", 2, class_name="7b")
    keep(data, "BBBB", 3, class_name=" 7B ")
    keep(data, "CCCC", 1, class_name="7c", name="Cyd")
    keep(data, "DDDD", 4, name="Dee")
    ran = orbitquiz("report", "--class", "7b", "--data", data)
    assert (ran.code, ran.err) == (0, "")
    assert "2 lessons side by side" in ran.text
    assert "room AAAA" in ran.text
    assert "- Ann: lesson 1 100 %, lesson 2 100 %. Growth +0." in ran.text
    assert "Cyd" not in ran.text
    nameless = orbitquiz("report", "--class", "7b", "--without-names", "--to", "json", "--data", data)
    assert [each["name"] for each in json.loads(nameless.text)["students"]] == ["Student 1"]


def test_a_class_that_is_not_there_is_told_with_those_that_are(orbitquiz: Run, data: Path) -> None:
    keep(data, "AAAA")
    none = told(orbitquiz("report", "--class", "7b", "--data", data))
    assert none == "orbitquiz: there is no class 7b; `orbitquiz host --class NAME` names the class of a room"
    keep(data, "BBBB", class_name="7c")
    assert told(orbitquiz("report", "--class", "7b", "--data", data)).endswith("there is no class 7b; there are 7c")
    assert "leave out the code" in told(orbitquiz("report", "BBBB", "--class", "7b", "--data", data))


def test_a_report_can_leave_the_names_out(orbitquiz: Run, data: Path) -> None:
    keep(data)
    for format in ("text", "csv", "json", "html"):
        ran = orbitquiz("report", "--without-names", "--to", format, "--data", data)
        assert "Student 1" in ran.text
        assert "Ann" not in ran.text.replace("Cannot", "")


def test_an_opened_report_is_a_file_of_this_user_alone_and_goes_with_its_room(
    orbitquiz: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(data)
    shown: list[str] = []

    def show(url: str) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    monkeypatch.setenv("DISPLAY", ":0")
    hosted: Any = SimpleNamespace(code="KSTR", link=None)
    path = (data / "reports" / "report-KSTR.html").resolve()
    assert open_report.open_report(hosted, data) == f"The report is open in the browser: {path}"
    assert shown == [path.as_uri()]
    assert "Who was on watch on day 1?" in path.read_text(encoding="utf-8")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if sys.platform == "linux":
        assert open_report.open_report(hosted, data) == f"The report: {path}"
        assert len(shown) == 1  # a browser in the terminal would draw over the host's screen
    assert orbitquiz("forget", "KSTR", "--yes", "--data", data).code == 0
    assert not path.exists()
