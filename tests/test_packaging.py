"""The wheel: it carries the built-in bank byte for byte, and plays it wherever it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.formats.json import quiz_to_json
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")

#: What pip says where it cannot reach the index, in any of its versions.
UNREACHABLE = ("NewConnectionError", "ConnectTimeoutError", "ProxyError", "Retrying (", "Failed to establish")


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in command], cwd=cwd, env=env, capture_output=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(*PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ".", cwd=ROOT)
    assert built.returncode == 0, built.stderr.decode()
    (file,) = folder.glob("orbitquiz-*.whl")
    return file


def files_under(*folders: str) -> Sequence[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())


def test_the_wheel_carries_the_bank_byte_for_byte(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist() if name.startswith("orbitquiz/builtin/")}
    bank = [ROOT / "bank.yaml", *files_under("questions", "seeds", "readings")]
    assert carried == {f"orbitquiz/builtin/{path.relative_to(ROOT).as_posix()}": path.read_bytes() for path in bank}


def test_the_wheel_carries_styles_schemas_and_the_mark_of_types(wheel: Path) -> None:
    package = ROOT / "src" / "orbitquiz"
    others = [path for path in package.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"orbitquiz/{path.relative_to(package).as_posix()}" for path in others} <= names
    assert "orbitquiz/py.typed" in names
    assert [name for name in names if name.endswith(".tcss")]


def test_a_bank_from_the_wheel_needs_no_reading_and_is_equal_to_the_one_that_was_read(
    wheel: Path, tmp_path: Path, builtin: Bank
) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    script = """import sys
from orbitquiz.bank.cache import builtin_path, open_bank
reading = open_bank(builtin_path())
print("yaml" in sys.modules)
from orbitquiz.bank.load import read_bank
print(reading == read_bank(builtin_path()), len(reading.bank.facts))
"""
    ran = run(sys.executable, "-c", script, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert ran.stdout.split() == [b"False", b"True", str(len(builtin.facts)).encode()], ran.stderr.decode()
    questions = tmp_path / "orbitquiz" / "builtin" / "bank.yaml"
    questions.write_text(questions.read_text("utf-8") + "# changed\n", "utf-8")
    ran = run(sys.executable, "-c", script, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert ran.stdout.split()[0] == b"True"  # what was compiled is no longer the bank


def test_the_wheel_carries_no_tests(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"orbitquiz"}


def test_installed_it_plays_the_same_bank(wheel: Path, tmp_path: Path, builtin: Bank) -> None:
    folder = tmp_path / "venv"
    made = run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=tmp_path)
    assert made.returncode == 0, made.stderr.decode()
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    install = ("--python", programs / "python", "install", "--quiet", "--retries", "1", "--timeout", "20")
    installed = run(*PIP, *install, "--constraint", ROOT / "constraints.txt", wheel, cwd=tmp_path)
    if installed.returncode:
        message = installed.stderr.decode()
        if any(words in message for words in UNREACHABLE):
            pytest.skip("the package index cannot be reached")
        pytest.fail(message)

    home = tmp_path / "home"
    elsewhere = tmp_path / "elsewhere"
    home.mkdir()
    elsewhere.mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_"))}
    env |= {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home)}
    orbitquiz = programs / "orbitquiz"
    checked = run(orbitquiz, "check", cwd=elsewhere, env=env)
    assert (checked.returncode, checked.stderr) == (0, b"")
    assert b"everything holds" in checked.stdout
    categories = run(orbitquiz, "categories", "--json", cwd=elsewhere, env=env)
    assert categories.returncode == 0
    assert all(f'"{category.name}"'.encode() in categories.stdout for category in builtin.categories)
    for _ in ("from the bank", "from the cache"):
        exported = run(orbitquiz, *"export --to json --seed APOLLO --count 3".split(), cwd=elsewhere, env=env)
        assert (exported.returncode, exported.stderr) == (0, b"")
        assert exported.stdout == quiz_to_json(builtin, compose(builtin, Request("APOLLO", 3))).encode()
    assert list(elsewhere.iterdir()) == []
