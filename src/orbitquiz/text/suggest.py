"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

_NEAR_ENOUGH = 60.0  # per cent of the letters in common


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `word`; None where none is much like it."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne
    from rapidfuzz.utils import default_process

    best = extractOne(word, list(known), scorer=ratio, processor=default_process, score_cutoff=_NEAR_ENOUGH)
    return best[0] if best else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """The end of a message: '; did you mean …?', or nothing."""
    found = nearest(word, known)
    return f"; did you mean {found!r}?" if found else ""
