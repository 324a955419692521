"""Numbers in words, in some languages other than English, by way of num2words.

num2words is in the extra `languages` and is imported here alone. Only languages are here whose number words stand for
themselves: that are not changed by case, and of which it is known what may stand beside them and make another number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from orbitquiz.text.fold import plain

_LARGEST = 10**12
_SMALLEST = 2  # the words for one are articles as well
_VOCABULARY = (*range(2, 1000), *(10**zeros for zeros in range(3, 10)), *(2 * 10**zeros for zeros in range(3, 10)))


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The facts about the number words of a language that decide where a number ends.

    `names` are those of num2words, `joints` words between the parts of a number or the ends of a range, `also` other
    words that make another number of the one before them, as expressions, and `no_numbers` those that are also others.
    """

    names: tuple[str, ...]
    joints: str
    also: str
    no_numbers: frozenset[str] = frozenset()


_GRAMMARS = {
    "de": _Grammar(
        ("de",), "und bis mal", r"eine?[nmrs]? halb\w*|halb\w*|komma|\w*tel|\w*stel|dutzend|prozent|mio|mrd|\w+tausend"
    ),
    "nl": _Grammar(("nl",), "en tot à", r"een half\w*|half\w*|komma|kwart|derde|vierde|\w+(?:de|ste)|procent|dozijn"),
    "fr": _Grammar(
        ("fr", "fr_BE", "fr_CH"),
        "et à fois",
        r"une?s?|demie?s?|virgule|quarts?|tiers|\w+ièmes?|douzaines?|pour cent|%",
        frozenset({"neuf"}),  # new
    ),
    "es": _Grammar(("es",), "y a por", r"un[oa]?|medi[oa]s?|coma|punto|cuartos?|tercios?|\w+avos?|décimos?|por ciento"),
    "it": _Grammar(
        ("it",),
        "e a per",
        r"un[oa]?|mezz[oai]|virgola|quart[oi]|terz[oi]|\w+esim[oi]|decim[oi]|per cento",
        frozenset({"sei"}),  # you are
    ),
    "pt": _Grammar(
        ("pt", "pt_BR"), "e a por vezes", r"uma?|mei[oa]s?|vírgula|quartos?|terços?|\w+avos?|décimos?|por cento"
    ),
}
#: How the last word of a number changes before a noun.
_BEFORE_A_NOUN: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {"veintiuno": ("veintiún", "veintiuna"), "y uno": ("y un", "y una"), "cientos": ("cientas",)},
    "it": {"tuno": ("tun", "tuna"), "tré": ("tre",)},
    "pt": {"um": ("uma",), "dois": ("duas",), "centos": ("centas",)},
}
_MINUS = frozenset("minus moins menos meno min".split())


def has_number_words(language: str) -> bool:
    """True if numbers in words are found in the language with this BCP 47 tag."""
    return _main(language) in _GRAMMARS


@lru_cache(maxsize=4096)
def number_words(language: str, number: int) -> tuple[str, ...]:
    """Return how `number` is written in words, folded and casefolded; nothing where that is not known."""
    grammar = _GRAMMARS.get(_main(language))
    if grammar is None or not _SMALLEST <= number <= _LARGEST:
        return ()
    found = dict.fromkeys(form for words in _spelled(grammar, number) for form in _spellings(_main(language), words))
    return tuple(form for form in found if form not in grammar.no_numbers)


def is_whole(language: str, before: str, after: str) -> bool:
    """True if no word beside a number in words makes it a part of another number.

    `before` and `after` are what stands around it. In doubt they are one number, so that nothing false is proved.
    """
    grammar = _GRAMMARS[_main(language)]
    known, joints = _vocabulary(_main(language)), "|".join(grammar.joints.split())
    ahead, behind = after.casefold(), before.casefold()
    joint = rf"(?:(?:,? |-)(?:{joints})(?: |-)| ?[-–/] ?|,? )"
    if re.match(rf"{joint}(?:{grammar.also})(?!\w)", ahead) or re.match(r"\s?[%‰°½¼¾]", ahead):
        return False
    if (word := re.match(rf"{joint}(\w+)", ahead)) and (word[1] in known or word[1].isdigit()):
        return False
    word = re.search(rf"(\w+){joint}\Z", behind)
    return word is None or not (word[1] in known or word[1] in _MINUS or word[1].isdigit())


def _main(language: str) -> str:
    return language.partition("-")[0].lower()


def _spelled(grammar: _Grammar, number: int) -> Iterator[str]:
    try:
        from num2words import num2words
    except ModuleNotFoundError:
        return
    for name in grammar.names:
        yield plain(num2words(number, lang=name)).casefold()


def _spellings(language: str, words: str) -> Iterator[str]:
    """Give `words` and the other ways in which they are spelled."""
    yield words
    if language == "de" and words.startswith(("einhundert", "eintausend")):
        yield words.removeprefix("ein")
    if language == "fr":
        yield words.replace(" ", "-")  # since 1990
    for ending, others in _BEFORE_A_NOUN.get(language, {}).items():
        if words.endswith(ending):
            yield from (words.removesuffix(ending) + other for other in others)


@lru_cache(maxsize=8)
def _vocabulary(language: str) -> frozenset[str]:
    """Return the words of which numbers are made in a language. An article is none of them."""
    words = {
        word
        for number in _VOCABULARY
        for spelled in _spelled(_GRAMMARS[language], number)
        for spelling in _spellings(language, spelled)
        for word in re.split(r"[ -]", spelling)
    }
    return frozenset(words) - frozenset("un une uno una um uma ein eine een et y e en und".split())
