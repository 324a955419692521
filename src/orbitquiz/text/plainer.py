"""Show letters that an encoding lacks by the nearest that it has, as on a terminal that knows only ASCII."""

from __future__ import annotations

import codecs
import unicodedata

PLAINER = "orbitquiz.plainer"
"""The name of the error handler for encoding (`str.encode`, `reconfigure`). Importing this module registers it."""

_NEAREST = {
    **dict.fromkeys("\u2018\u2019\u201b\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
    "\u2026": "...",
    "\u00d7": "x",
    "\u00b7": "-",
    "\u2022": "*",
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u00c6": "AE",
    "\u00f8": "o",
    "\u00d8": "O",
    "\u20ac": "EUR",
    "\u2190": "<-",
    "\u2192": "->",
    "\u2713": "+",
    "\u2717": "x",
}


def plainer(text: str) -> str:
    """Return `text` with ASCII for each character that has an equivalent, and an escape for any other."""
    return "".join(map(_plainer, text))


def _plainer(character: str) -> str:
    if character.isascii():
        return character
    if (nearest := _NEAREST.get(character)) is not None:
        return nearest
    base = "".join(part for part in unicodedata.normalize("NFKD", character) if part.isascii())
    return base or character.encode("ascii", "backslashreplace").decode()


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plainer(error.object[error.start : error.end]), error.end


codecs.register_error(PLAINER, _replace)
