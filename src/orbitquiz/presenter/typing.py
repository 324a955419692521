"""The exchange about one answer that is typed: the same on a screen and line by line."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.quiz.typed import Expected

_YES, _NO = ("y", "yes"), ("n", "no")

REPLIES = ("", *_YES, *_NO)
"""The lines, casefolded, that reply to a suggestion whatever the answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that counts: the words that were typed, and the index of the option that they name, or None."""

    words: str
    picked: int | None


class Typing:
    """Takes what is typed to one question until it counts.

    A slip is asked about once: `suggestion` is then what was perhaps meant. `message` is what to tell the player.
    """

    def __init__(self, expected: Expected) -> None:
        self.expected = expected
        self.suggestion: str | None = None
        self.message = ""
        self._words = ""
        self._has_asked = False

    def enter(self, line: str) -> Said | None:
        """Return the answer that `line` gives; None where it does not count yet.

        While something is suggested, an empty line, "y" and the same words again accept it, and "n" takes it back.
        """
        words = " ".join(line.split())
        suggestion, self.suggestion, self.message = self.suggestion, None, ""
        if suggestion is not None:
            if words in ("", self._words) or words.casefold() in _YES:
                return Said(self._words, self.expected.option(suggestion))
            if words.casefold() in _NO:
                return None
        if not any(map(str.isalnum, words)):
            return None  # "?" is no answer
        reading = self.expected.read(words)
        if reading.trouble:
            self.message = reading.trouble
            return None
        if reading.suggestion and not self._has_asked:
            self._has_asked = True
            self._words, self.suggestion = words, reading.suggestion
            self.message = f"Did you mean {reading.suggestion}?"
            return None
        return Said(words, reading.picked)
