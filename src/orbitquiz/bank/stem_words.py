"""The words that questions add to those of a bank's author. They are English unless the author gives others."""

from __future__ import annotations

from collections.abc import Mapping

from orbitquiz.text.pattern import pattern

ENGLISH: Mapping[str, str] = {
    "according": "According to {source}, {sentence}",
    "gap": "Fill the gap: {quotation}",
    "who-said": "Who said {quotation}?",
    "said": "{speaker} said {quotation}.",
    "differ": "The reports differ.",
    "differ-on": "The reports differ on {point}.",
    "which": "Which says that {sentence}?",
    "how": "How?",
    "later": "What does the later report say?",
    "knew": "Which could have drawn on the other?",
    "conflict": "They contradict each other",
    "time": "Something changed between them",
    "spelling": "They spell a name differently",
    "precision": "One is only more exact",
    "values": "{how}: {first} and {last}.",
    "same-day": "both are of the same day",
    "undated": "nothing shows which is later",
    "each": "either could",
    "neither": "neither could",
    "was-later": "The later report, {source}, gives {value}, and {other} gives {rival}.",
    "could-have-known": "{source} could have drawn on the other: its date is {date}, and that of {other} {rival-date}.",
}
"""The sentences by their keys under `words` in bank.yaml, with the places that each has."""

_PLACE = pattern(r"\{([a-z-]+)\}")


def places_of(sentence: str) -> frozenset[str]:
    """Return the names of the places in a sentence: “source” and “sentence” of “According to {source}, {sentence}”."""
    return frozenset(_PLACE.findall(sentence))


def say(words: Mapping[str, str], key: str, **parts: str) -> str:
    """Return the sentence under `key`, in `words` or else in English, with `parts` in its places.

    In the names of `parts` an underscore stands for a hyphen.
    """
    sentence = words.get(key, ENGLISH[key])
    return _PLACE.sub(lambda place: parts.get(place[1].replace("-", "_"), place[0]), sentence)
