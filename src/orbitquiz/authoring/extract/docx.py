"""Documents of word processors (Office Open XML)."""

from __future__ import annotations

import io
from importlib.metadata import version
from zipfile import BadZipFile, ZipFile

from orbitquiz.authoring.extract.html import parsed, text_of
from orbitquiz.authoring.extract.model import CannotExtract, Extract
from orbitquiz.authoring.extract.zipped import UnsafeArchive, check_sizes


def read_docx(raw: bytes) -> Extract:
    """Read the text of a .docx file. Raises `CannotExtract`."""
    import mammoth

    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            check_sizes(archive)
        no_pictures = mammoth.images.img_element(lambda image: {})
        html = mammoth.convert_to_html(io.BytesIO(raw), convert_image=no_pictures).value
    except UnsafeArchive as error:
        raise CannotExtract(str(error)) from error
    except (BadZipFile, KeyError, ValueError, OSError, IndexError, AttributeError) as error:
        raise CannotExtract("it is damaged, or no .docx file at all") from error
    text, headings = text_of(parsed(f"<div>{html}</div>"))
    if not text.strip():
        raise CannotExtract("it holds no text")
    title = headings[0].name if headings else text.partition("\n")[0][:80]
    return Extract(text, f"mammoth {version('mammoth')}", title=title, headings=headings)
