"""Tell whether two texts look the same to a reader, whatever characters they are made of."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache

from orbitquiz.text.fold import alike

_MARK = "\u200e"  # stands at either side of what is written from right to left
_FIRST_OTHER_LETTER = "\u0370"  # from here on letters are of other alphabets than the Latin one


@lru_cache(maxsize=4096)
def look(text: str) -> str:
    """Return what `text` looks like: `alike`, in one form of Unicode (NFKC), with the letters it may be taken for.

    Two texts with the same look are no two options: "СССР" in Cyrillic and "CCCP" in Latin letters, "é" as one
    character and as two, a word and the same word with a soft hyphen.
    """
    if text.isascii():
        return alike(text)
    text = alike(unicodedata.normalize("NFKC", text))
    if not any(letter >= _FIRST_OTHER_LETTER and letter.isalpha() for letter in text):
        return text
    return alike("".join(_prototype(letter) for letter in unicodedata.normalize("NFKC", text)))


def _prototype(letter: str) -> str:
    """Return the Latin letter that `letter` is taken for, in either case, or the letter itself."""
    if letter < _FIRST_OTHER_LETTER or not letter.isalpha():
        return letter
    for each in (letter, letter.upper()):
        if (other := prototypes().get(each, each)).isascii():
            return other
    return letter


@lru_cache
def prototypes() -> dict[str, str]:
    """Return the prototype of each character that has another one (UTS #39 §4, confusables.txt).

    The package has each line of Unicode's file both ways round. Its own functions tell whether characters are
    confusable but give no skeleton, and importing them would load urllib. In each line the character comes first, then
    its prototype, so a character that was not met as a prototype yet, and has one alone, has found its own.
    """
    from importlib.resources import files  # slow to import, and most texts have Latin letters alone

    lines = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    found: dict[str, str] = {}
    for key, entries in lines.items():
        character, other = key.strip(_MARK), entries[0]["c"].strip(_MARK)
        if len(entries) == 1 and other not in found:
            found[character] = other
    found["│"] = "l"  # NFKC makes it of U+FFE8, and only that one is in the file with an l
    return found
