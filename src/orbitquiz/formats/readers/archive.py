"""The XML files of a package. Nothing is written to disk, and what is unpacked is counted and not what is claimed."""

from __future__ import annotations

from collections.abc import Iterator

from orbitquiz.formats.readers.items import UnreadableFile

MOST_FILES, MOST_BYTES = 5_000, 64_000_000
_MANIFEST = "imsmanifest.xml"


def is_zip(raw: bytes) -> bool:
    """True if `raw` begins as a zip file does."""
    return raw.startswith(b"PK\x03\x04")


def xml_files(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each XML file of the package but its manifest, in order. Raises `UnreadableFile`."""
    import io  # here, since every command loads the table of formats
    import zipfile
    import zlib

    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            infos = package.infolist()
            if len(infos) > MOST_FILES:
                raise UnreadableFile(f"the package holds more than {MOST_FILES:,} files")
            for info in infos:
                name = info.filename
                if not name.casefold().endswith(".xml") or name.rpartition("/")[2] == _MANIFEST:
                    continue
                if info.flag_bits & 1:
                    raise UnreadableFile(f"{name} in the package is encrypted")
                with package.open(info) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise UnreadableFile(f"the package unpacks to more than {MOST_BYTES:,} bytes")
                yield name, content
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise UnreadableFile(f"this is no zip file that can be read: {error}") from error
