"""Listing banks, and finding one by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orbitquiz.bank.cache import builtin_path
from orbitquiz.bank.folder import BANK_FILE
from orbitquiz.text.suggest import suggestion

FOLDER = "banks"
GROUP = "orbitquiz.banks"
"""The entry points by which Python packages bring banks: a name, and a package in whose folder the bank lies."""

BUILTIN = "built-in"
_LARGEST_HEAD = 100_000  # bytes of a bank.yaml


class NoSuchBank(LookupError):
    """A name that no bank has. The message says so, and what there is."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A bank that is there: the `name` that `--bank` takes, its folder, its title, and where it comes from."""

    name: str
    folder: Path
    title: str
    origin: str

    @property
    def place(self) -> str | None:
        """Its folder as sessions and games have it: None for the built-in bank."""
        return None if self.name == BUILTIN else str(self.folder.resolve())


def banks(data: Path) -> tuple[Shelved, ...]:
    """Return the built-in bank, those of installed packages, and those added to the folder `data`; by name."""
    found = [_shelved(BUILTIN, builtin_path(), "comes with OrbitQuiz"), *_installed(), *_added(data)]
    return tuple(each for each in found if each is not None)


def folder_of(name: str, data: Path, *, by_name: bool = False) -> Path:
    """Return the folder of the bank that `name` names: a path to one, or a name of the list. Raises `NoSuchBank`.

    With `by_name` it is only looked for in the list.
    """
    path = Path(name)
    if not by_name and (path.exists() or len(path.parts) > 1 or name in (".", "..")):
        return path
    if path.name == name and (added := _shelved_in(data, name)):
        return added.folder  # without asking every package that is installed
    known = {each.name: each.folder for each in banks(data)}
    if name not in known:
        hint = suggestion(name, known)
        raise NoSuchBank(f"there is no bank '{name}', here or in your list{hint}; `orbitquiz banks` lists yours")
    return known[name]


def name_of(folder: str, data: Path) -> str:
    """Return what `--bank` takes for the bank in `folder`: its name where it was added to `data`, else the folder."""
    path = Path(folder)
    return path.name if path.parent == (data / FOLDER).resolve() else folder


def _added(data: Path) -> Iterator[Shelved | None]:
    folder = data / FOLDER
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            yield _shelved_in(data, path.name)


def _shelved_in(data: Path, name: str) -> Shelved | None:
    return None if name.startswith(".") else _shelved(name, data / FOLDER / name, "added")


def _installed() -> Iterator[Shelved | None]:
    import importlib.util
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            spec = importlib.util.find_spec(point.module)
        except (ImportError, ValueError):
            continue
        package = point.dist.name if point.dist else point.module
        if spec is not None and spec.origin:
            yield _shelved(point.name, Path(spec.origin).parent, f"package {package}")


def _shelved(name: str, folder: Path, origin: str) -> Shelved | None:
    """Return the bank in `folder`, None where there is none. Nothing but its title is read."""
    file = folder / BANK_FILE
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST_HEAD:
            return None
        lines = file.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    title = next(
        (line.removeprefix("title:").strip().strip("'\"") for line in lines if line.startswith("title:")), name
    )
    return Shelved(name, folder, title, origin)
