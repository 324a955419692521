"""Archives that strangers have packed: looked at before anything is unpacked."""

from __future__ import annotations

from zipfile import BadZipFile, ZipFile

MOST_FILES = 5_000
MOST_BYTES = 200_000_000
HIGHEST_RATIO = 200  # deflate reaches about 1,000, text about 10
_SMALL = 1_000_000  # bytes for which the ratio says nothing


class UnsafeArchive(Exception):
    """An archive that is not to be unpacked. The message says why."""


def check_sizes(archive: ZipFile) -> None:
    """Raise `UnsafeArchive` where `archive` would unpack to too much, going by what it says of itself."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise UnsafeArchive(f"it holds {len(infos):,} files; {MOST_FILES:,} are the most")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MOST_BYTES:
        raise UnsafeArchive(
            f"it would unpack to {unpacked // 1_000_000:,} MB; {MOST_BYTES // 1_000_000} MB are the most"
        )
    for info in infos:
        if info.file_size > _SMALL and info.file_size > HIGHEST_RATIO * max(info.compress_size, 1):
            raise UnsafeArchive(
                f"{info.filename!r} unpacks to {info.file_size // max(info.compress_size, 1):,} times its size"
            )


def read_member(archive: ZipFile, name: str) -> bytes:
    """Return the bytes of the file `name`, no more than it says it has. Raises `UnsafeArchive`."""
    try:
        info = archive.getinfo(name)
        with archive.open(info) as file:
            raw = file.read(info.file_size + 1)
    except (KeyError, BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnsafeArchive(f"{name!r} is missing from it or damaged") from error
    if len(raw) > info.file_size:
        raise UnsafeArchive(f"{name!r} is larger than it says")
    return raw
