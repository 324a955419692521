"""Unpacking a bank that somebody else has packed. It is looked at before anything is unpacked."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from orbitquiz.authoring.extract.zipped import UnsafeArchive, check_sizes, read_member
from orbitquiz.bank.folder import BANK_FILE

_DEEPEST = 6  # folders in one another


def unpack(file: Path, folder: Path) -> None:
    """Unpack the bank in the archive `file` into the new folder `folder`. Raises `UnsafeArchive` and `OSError`.

    Its files may lie in one folder of the archive. Nothing is written before every name and size was looked at.
    """
    try:
        with ZipFile(file) as archive:
            check_sizes(archive)
            infos = [info for info in archive.infolist() if not info.is_dir()]
            for info in infos:
                _check_name(info)
            top = _top(infos)
            wanted = [info for info in infos if info.filename.startswith(top)]
            names = {info.filename.removeprefix(top).casefold() for info in wanted}
            if len(names) < len(wanted):
                raise UnsafeArchive("two of its files have the same name")
            parents = {str(parent) for name in names for parent in PurePosixPath(name).parents}
            if clash := next((name for name in sorted(names) if name in parents), None):
                raise UnsafeArchive(f"{clash!r} is both a file and a folder")
            for info in wanted:
                raw = read_member(archive, info.filename)
                path = folder / info.filename.removeprefix(top)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(raw)
    except BadZipFile as error:
        raise UnsafeArchive("it is no zip archive, or damaged") from error


def _check_name(info: ZipInfo) -> None:
    """Raise `UnsafeArchive` for a file that would leave the folder, or that is none."""
    name = info.filename
    path, windows = PurePosixPath(name), PureWindowsPath(name)
    if path.is_absolute() or windows.drive or windows.root or ".." in windows.parts or "\0" in name or "\\" in name:
        raise UnsafeArchive(f"the name {name!r} leads out of it")
    if len(path.parts) > _DEEPEST:
        raise UnsafeArchive(f"{name!r} lies more than {_DEEPEST} folders deep")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise UnsafeArchive(f"{name!r} is a link or a device, and no file")
    if info.flag_bits & 1:
        raise UnsafeArchive("it is locked by a password")


def _top(infos: list[ZipInfo]) -> str:
    """Find the folder in which the bank lies: the one of its bank.yaml."""
    heads = [info.filename for info in infos if PurePosixPath(info.filename).name == BANK_FILE]
    if not heads:
        raise UnsafeArchive(f"it holds no bank: there is no {BANK_FILE} in it")
    return min(heads, key=len).removesuffix(BANK_FILE)
