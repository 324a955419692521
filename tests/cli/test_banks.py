"""`orbitquiz banks` and `--bank NAME`: what is listed, what can be added, and what is refused."""

from __future__ import annotations

import io
import json
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from orbitquiz.bank.cache import open_bank
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Reading
from orbitquiz.cli import main
from orbitquiz.library.shelf import banks
from orbitquiz.quiz.code import Request, code_of
from tests.making import write_bank


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ORBITQUIZ_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def add(data: Path) -> Callable[..., int]:
    return lambda origin: main(["banks", "add", str(origin), "--yes", "--data", str(data)])


def zipped(folder: Path, file: Path, top: str = "") -> Path:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, top + path.relative_to(folder).as_posix())
    return file


def test_the_built_in_bank_is_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "--json", "--data", str(data)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["title"]) == ("built-in", "The first film shot in space")


@pytest.mark.parametrize("kind", ["folder", "zip", "zip with a folder in it"])
def test_a_bank_is_added_and_then_known_by_its_name(
    bank_folder: Path, tmp_path: Path, data: Path, add: Callable[..., int], kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    origin = bank_folder
    if kind != "folder":
        origin = zipped(bank_folder, tmp_path / "bank.zip", "comet/" if "folder" in kind else "")
    assert add(origin) == 0
    told = capsys.readouterr().out
    assert "3 facts from " in told
    assert "rights: the rights" in told
    assert [each.name for each in banks(data)] == ["built-in", "comet-bank"]
    assert main(["check", "comet-bank"]) == 0
    assert main(["export", "--to", "json", "--all", "--bank", "comet-bank"]) == 0


def test_a_newer_bank_replaces_the_older_one_whole(bank_folder: Path, data: Path, add: Callable[..., int]) -> None:
    (bank_folder / "questions/old.yaml").write_text("category: old\ntitle: Old\nfacts: []\n")
    add(bank_folder)
    (bank_folder / "questions/old.yaml").unlink()
    assert add(bank_folder) == 0
    assert not (data / "banks/comet-bank/questions/old.yaml").exists()
    assert [path.name for path in (data / "banks").iterdir()] == ["comet-bank"]


def test_nothing_is_kept_without_a_yes(bank_folder: Path, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["banks", "add", str(bank_folder), "--data", str(data)]) == 2
    assert "--yes" in capsys.readouterr().err
    assert list((data / "banks").iterdir()) == []


def test_the_file_to_add_may_stand_behind_the_options(bank_folder: Path, data: Path) -> None:
    assert main(["banks", "add", "--yes", "--data", str(data), str(bank_folder)]) == 0
    assert len(list((data / "banks").iterdir())) == 1


def test_a_name_that_no_bank_has_is_told_with_what_may_be_meant(
    bank_folder: Path, data: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    add(bank_folder)
    capsys.readouterr()
    assert main(["play", "--bank", "comit-bank", "--data", str(data)]) == 2
    assert "there is no bank 'comit-bank', here or in your list; did you mean 'comet-bank'?" in capsys.readouterr().err


def test_a_package_brings_a_bank_by_its_entry_point(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = write_bank(tmp_path / "site/harbour_bank")
    (package / "__init__.py").write_text("")
    about = tmp_path / "site/harbour_bank-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour-bank\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[orbitquiz.banks]\nharbour = harbour_bank\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    assert main(["banks", "--data", str(data)]) == 0
    assert "(package harbour-bank)" in capsys.readouterr().out
    assert main(["export", "--to", "json", "--all", "--bank", "harbour"]) == 0


def _link(archive: ZipFile) -> None:
    info = ZipInfo("seeds/passwd.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def _many(archive: ZipFile) -> None:
    for number in range(6000):
        archive.writestr(f"seeds/{number}", "")


def _file_and_folder(archive: ZipFile) -> None:
    archive.writestr("seeds", "x")
    archive.writestr("seeds/a", "x")


ATTACKS: dict[str, tuple[Callable[[ZipFile], None], str]] = {
    "a path up": (lambda archive: archive.writestr("../evil.yaml", "x"), "leads out of it"),
    "a path from the root": (lambda archive: archive.writestr("/tmp/evil.yaml", "x"), "leads out of it"),
    "a path of Windows": (lambda archive: archive.writestr("C:\\evil.yaml", "x"), "leads out of it"),
    "a link": (_link, "is a link or a device"),
    "a bomb": (lambda archive: archive.writestr("seeds/b.txt", b"0" * 150_000_000), "times its size"),
    "many files": (_many, "6,001 files"),
    "deep folders": (lambda archive: archive.writestr("a/" * 50 + "x", "x"), "folders deep"),
    "one name twice": (lambda archive: archive.writestr("bank.yaml", "x"), "the same name"),
    "a file as a folder": (_file_and_folder, "a folder"),
    "names alike": (lambda archive: archive.writestr("BANK.yaml", "x"), "the same name"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")  # as it should be
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_archive_that_attacks_is_refused_before_anything_is_written(
    tmp_path: Path, data: Path, add: Callable[..., int], attack: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bank.zip"
    make, reason = ATTACKS[attack]
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("bank.yaml", "id: evil\n")
        make(archive)
    assert add(file) == 2
    told = capsys.readouterr().err
    assert reason in told
    assert len(told.splitlines()) == 1
    assert list((data / "banks").iterdir()) == []
    assert not (tmp_path / "evil.yaml").exists()


def test_an_archive_without_a_whole_bank_is_told_without_the_temporary_folder(
    tmp_path: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    with ZipFile(tmp_path / "bank.zip", "w") as archive:
        archive.writestr("bank.yaml", "id: half\n")
    assert add(tmp_path / "bank.zip") == 2
    assert "a bank has a folder questions/, and it has none" in capsys.readouterr().err


def test_a_folder_with_a_link_is_refused(
    bank_folder: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    (bank_folder / "seeds/link.txt").symlink_to("/etc/hostname")
    assert add(bank_folder) == 2
    assert "seeds/link.txt is a link" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("origin", "reason"),
    [
        ("http://127.0.0.1/bank.zip", "by https only"),
        ("file:///etc/passwd", "by https only"),
        ("nowhere", "there is no file or folder nowhere"),
        ("https://127.0.0.1:1/bank.zip", "cannot reach 127.0.0.1"),
    ],
)
def test_what_is_no_bank_to_be_fetched_says_why(
    add: Callable[..., int], origin: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(origin) == 2
    assert reason in capsys.readouterr().err


HOSTILE: dict[str, Callable[[Path], object]] = {
    "100,000 nested lists": lambda folder: (folder / "questions/comet.yaml").write_text("[" * 100_000),
    "100,000 nested blocks": lambda folder: (folder / "questions/comet.yaml").write_text("- " * 100_000),
    "a line of 1 GB": lambda folder: _sparse(folder / "questions/comet.yaml", 1_000_000_000),
    "a document of 1 GB": lambda folder: _sparse(folder / "seeds/report.txt", 1_000_000_000),
    "a link out of it": lambda folder: _replace_by_link(folder / "questions/comet.yaml", "/dev/zero"),
}


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def _replace_by_link(path: Path, to: str) -> None:
    path.unlink()
    path.symlink_to(to)


@pytest.mark.slow
@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_bank_is_refused_at_once_in_little_memory(bank_folder: Path, attack: str) -> None:
    HOSTILE[attack](bank_folder)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (500_000_000,) * 2);"
        "from orbitquiz.cli import main; code = main(['check', sys.argv[1]]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_utime, file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(bank_folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1, ran.stderr
    assert float(ran.stderr) < 2.0  # processor time, whatever else the machine does
    problems = [line for line in ran.stdout.splitlines() if line.endswith("]")]
    assert len({line.partition(":")[0] for line in problems}) == 1


def test_watching_tells_what_is_new_and_what_is_solved(bank_folder: Path) -> None:
    file = bank_folder / "questions/comet.yaml"
    good = file.read_text()
    watching = subprocess.Popen(
        [sys.executable, "-u", "-m", "orbitquiz", "check", str(bank_folder), "--watch"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    try:
        assert "everything holds" in watching.stdout.readline()
        assert "watching" in watching.stdout.readline()
        time.sleep(0.5)  # until the system has begun to watch
        file.write_text(good.replace("2.5 kilometres long", "3.5 kilometres long"))
        assert watching.stdout.readline().startswith("new ")
        while "1 problem" not in watching.stdout.readline():
            pass
        file.write_text(good)
        lines = [watching.stdout.readline() for _ in range(2)]
        assert any(line.startswith("solved ") for line in lines)
    finally:
        watching.kill()
        watching.wait()
        watching.stdout.close()
    assert read_bank(bank_folder).problems == ()


def test_the_menu_line_by_line_chooses_a_bank_and_opens_with_it_the_next_time(
    bank_folder: Path, data: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    add(bank_folder)

    def menu(typed: str) -> str:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert main(["--plain", "--data", str(data)]) == 0
        return capsys.readouterr().out

    told = menu("b\n2\nq\n")
    assert "2: The comet, comet-bank, added" in told
    assert told.index("b: Bank, The first film shot in space") < told.index("b: Bank, The comet")
    assert "b: Bank, The comet" in menu("q\n")
    assert "b: Bank, The first film shot in space" in menu("b\n1\nq\n")
    assert "b: Bank, The comet" not in menu("q\n")


def test_a_remembered_bank_that_is_damaged_is_told_and_one_that_is_gone_is_not_missed(
    bank_folder: Path, data: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    add(bank_folder)
    monkeypatch.setattr(sys, "stdin", io.StringIO("b\n2\nq\n"))
    main(["--plain", "--data", str(data)])
    capsys.readouterr()
    (data / "banks" / "comet-bank" / "seeds" / "sources.yaml").unlink()
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert main(["--plain", "--data", str(data)]) == 0
    assert "the bank comet-bank that you chose cannot be read" in capsys.readouterr().err
    shutil.rmtree(data / "banks" / "comet-bank")
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert main(["--plain", "--data", str(data)]) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "b: Bank, The first film shot in space" in told.out


def test_a_code_of_a_bank_one_has_is_told_by_its_name(
    bank_folder: Path, data: Path, add: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    add(bank_folder)
    bank = read_bank(bank_folder).bank
    assert bank is not None
    code = code_of(bank, Request("FRIEND"))
    assert main(["play", "--plain", "--quiz", code]) == 2
    assert "this quiz code is for the bank comet-bank (The comet)" in capsys.readouterr().err


def test_the_menu_opens_the_bank_that_was_chosen_once(
    bank_folder: Path, data: Path, add: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(bank_folder)
    monkeypatch.setattr(sys, "stdin", io.StringIO("b\n2\nq\n"))
    main(["--plain", "--data", str(data)])
    opened: list[Path] = []

    def noted(path: Path, cache: Path | None = None) -> Reading:
        opened.append(path)
        return open_bank(path, cache)

    monkeypatch.setattr("orbitquiz.cli.bank_option.open_bank", noted)
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert main(["--plain", "--data", str(data)]) == 0
    assert opened == [data / "banks" / "comet-bank"]
