r"""Keep escape sequences whole, however slowly their parts arrive.

A terminal sends ESC [ B for ↓, and over a slow line the three can come a third of a second apart. A program that waits
less takes them for the key Escape and two letters, and a letter can be an answer. Here ESC counts as a key of its own
after a short wait, but what would continue a sequence never counts as typed.

Sequences as in ECMA-48: CSI is ESC [, then characters up to one from @ to ~; SS3 is ESC O and one character; OSC is
ESC ], then text up to BEL or ESC \.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ESC, BEL = "\x1b", "\x07"

PATIENCE = 1.0
"""Seconds after which a sequence that does not go on is given up."""

_LONGEST = 1024  # characters of a sequence
_STRINGS = "]P_^X"  # what opens text up to BEL or ESC \
_MOUSE = f"{ESC}[M"  # followed by three characters that may be any (X11 mouse reports)


@dataclass
class EscapeGate:
    """Passes characters on; an escape sequence only when it is whole.

    `delay` is how many seconds ESC alone waits for more. `replies` collects the terminal's answers to questions (OSC).
    Times are seconds on any clock that goes forward.
    """

    delay: float
    replies: list[str] = field(default_factory=list)
    _held: str = ""
    _at: float = 0.0  # when the latest character came
    _orphaned_at: float | None = None  # when ESC was passed on alone
    _is_orphan: bool = False  # the held sequence lacks the ESC that was passed on

    def feed(self, text: str, now: float) -> list[str]:
        """Return what can be passed on now: characters one by one, sequences whole."""
        passed: list[str] = []
        for character in text:
            self._take(character, now, passed)
        return passed

    def tick(self, now: float) -> list[str]:
        """Return what can be passed on because nothing more has come: a lone ESC, as the key."""
        if self._held == ESC and now - self._at >= self.delay:
            self._held, self._orphaned_at = "", now
            return [ESC]
        if self._held and self._held != ESC and now - self._at >= PATIENCE:
            self._drop()
        return []

    def _take(self, character: str, now: float, passed: list[str]) -> None:
        orphaned_at, self._orphaned_at = self._orphaned_at, None
        if not self._held:
            if character == ESC:
                self._held = ESC
            elif orphaned_at is not None and character in "[O" and now - orphaned_at < PATIENCE:
                self._held, self._is_orphan = ESC + character, True
            else:
                passed.append(character)
        elif character == ESC and not self._is_text:
            if self._held == ESC:
                passed.append(ESC)
            self._drop()
            self._held = ESC
        else:
            self._held += character
            if self._is_whole:
                if self._is_text:
                    self.replies.append(self._held)
                elif not self._is_orphan:
                    passed.append(self._held)
                self._drop()
            elif len(self._held) > _LONGEST:
                self._drop()
        self._at = now

    def _drop(self) -> None:
        self._held, self._is_orphan = "", False

    @property
    def _is_text(self) -> bool:
        return len(self._held) > 1 and self._held[1] in _STRINGS

    @property
    def _is_whole(self) -> bool:
        held = self._held
        if self._is_text:
            return held.endswith((BEL, f"{ESC}\\"))
        if held[1] == "O":
            return len(held) == 3
        if held[1] != "[":
            return True  # Alt and a character
        if held.startswith(_MOUSE):
            return len(held) == len(_MOUSE) + 3
        return len(held) > 2 and "@" <= held[-1] <= "~" and held != f"{ESC}[["  # ESC [ [ A is F1 on a Linux console
