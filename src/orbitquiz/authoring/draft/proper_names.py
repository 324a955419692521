"""Names in English prose: found by spelling, position and repetition, and guessed at by what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from orbitquiz.text.spans import Span

Kind = Literal["person", "organisation", "place", "title"]

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[\w]"
_NAME = re.compile(rf"{_CAPITAL}(?:\s(?:(?:of|de|van|von|der|la|le|du|di|da|&)\s)?{_CAPITAL}){{0,3}}")
_QUOTED = re.compile(r"[“\"](?P<words>[A-Z][^“”\".!?\n]{2,50})[”\"]")
_NO_NAMES = frozenset(
    """
    The A An In On At It He She They We I You This That These Those There Here When Where While After Before
    During Since As If But And Or So For From By With Of To His Her Their Our Its My Your Some Many Most All Each
    Every Both One Two Three Four Five Six Seven Eight Nine Ten No Not Now Then Today Yesterday Tomorrow However
    Although Because Once Until Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March
    April May June July August September October November December Mr Mrs Ms Dr Chapter Figure Table Section Page
    Part Yes What Who Why How Which English Another Such Several Only Even Still Also Later Earlier Soon Nobody
    Somebody Everybody Nothing Everything
    """.split()
)
_TITLES = frozenset(
    """
    Prof Professor Captain Capt Sir Lady Lord King Queen President Director Doctor Father Sister Saint General Colonel
    Judge Senator Minister Miss Pope Emperor Empress Prince Princess Chief
    """.split()
)
_HONORIFIC = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Captain|Capt|Sir|Lady|Lord|King|Queen|President|Director|director|Doctor|Father"
    r"|Sister|Saint|actor|actress|author|writer|poet|painter|engineer|keeper|captain|pilot|cosmonaut|astronaut|minister"
    r"|professor|sailor|builder|architect|named|called|brother|sister|son|daughter|wife|husband|uncle|aunt)\.?\s+$"
)
_SPEECH = r"(?:said|says|wrote|writes|recalled|told|explained|added|noted|claimed|announced|asked|answered|replied)"
_SAYS_AFTER = re.compile(rf"^,?\s*{_SPEECH}\b")
_SAYS_BEFORE = re.compile(rf"\b{_SPEECH}\s+(?:the\s[a-z]+\s)?$")
_AGE_AFTER = re.compile(r"^,\s\d{2},")
_OF_A_PERSON = re.compile(
    r"^\s(?:was born|died|married|came|grew up|became|wrote|painted|invented|climbed|lived|who)\b|^,\swho\b"
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|off|from|to|through|across|around|towards?|outside|inside)\s(?:the\s)?$")
_POSSESSIVE = re.compile(r"['’]s?$")
#: The word for people of a country, where a noun follows that it describes.
_ADJECTIVE = re.compile(r"\w+(?:ian|ean|ican|ish|ese|wegian)|Dutch|French|German|Greek|Swiss|Czech|Turk|Arab|Thai")
_PLACE_ENDS = re.compile(
    r"\b(?:Bay|River|Lake|Island|Islands|Mountain|Mountains|Street|Road|Square|City|Town|County|Sea|Ocean|Strait|Cape|Harbour"
    r"|Harbor|Bridge|Valley|Forest|Park|Point|Head|Hill|Castle|Port|Desert|Peninsula|Coast)$"
)
_ORGANISATION_ENDS = re.compile(
    r"\b(?:Inc|Ltd|Company|Corporation|University|College|School|Museum|Institute|Agency|Committee|Council|Party|Club|Society"
    r"|Association|Union|Ministry|Department|Bank|Group|Board|Foundation|Brothers|Sons|Daughters|Works|Yard|Press|Office|Guild"
    r"|Courier|Times|Post|Herald|Gazette|Service)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, and what it probably names; an empty kind where nothing tells."""

    span: Span
    words: str
    kind: Kind | Literal[""]


def names_in(text: str, begins: Iterable[int] = ()) -> Iterator[Name]:
    """Find the names of `text`; at the offsets `begins` sentences begin, where a capital letter tells nothing."""
    starts = set(begins)
    for match in _QUOTED.finditer(text):
        words = " ".join(match["words"].split())
        capitals = [word for word in words.split() if word[0].isupper()]
        if 1 < len(words.split()) <= 6 and len(capitals) >= len(words.split()) - 2 and not words.endswith(","):
            yield Name(match.span("words"), words, "title")
    for match in _NAME.finditer(text):
        start, end = match.span()
        words = match[0]
        first = words.split()[0]
        is_titled = False
        while first in _NO_NAMES or (first in _TITLES and " " in words):
            is_titled = is_titled or first in _TITLES
            rest = words[len(first) :]
            start += len(first) + len(rest) - len(rest.lstrip())
            words = rest.lstrip()
            while words[:1].islower():
                cut = len(words.split()[0])
                start += cut + len(words[cut:]) - len(words[cut:].lstrip())
                words = words[cut:].lstrip()
            if not words:
                break
            first = words.split()[0]
        words = _POSSESSIVE.sub("", words)
        end = start + len(words)
        if _ADJECTIVE.fullmatch(words) and text[end : end + 1] == " " and text[end + 1 : end + 2].islower():
            continue
        if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            continue  # the short form of what stands before
        if not words or "\n" in words or (words.isupper() and len(words) > 6):
            continue
        if start in starts and len(words.split()) == 1:
            continue
        yield Name((start, end), " ".join(words.split()), "person" if is_titled else _kind(text, start, end, words))


def _kind(text: str, start: int, end: int, words: str) -> Kind | Literal[""]:
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    if _ORGANISATION_ENDS.search(words) or (words.isupper() and words.isalpha() and len(words) > 2):
        return "organisation"
    if _PLACE_ENDS.search(words):
        return "place"
    if _HONORIFIC.search(before) or _SAYS_BEFORE.search(before):
        return "person"
    if _SAYS_AFTER.match(after) or _AGE_AFTER.match(after) or _OF_A_PERSON.match(after):
        return "person"
    return "place" if _PLACE_BEFORE.search(before) else ""


def settle(names: Iterable[Name]) -> dict[str, Kind | Literal[""]]:
    """Decide for each name of a document what it names: what most of its places say, where any says something.

    A longer name lends its kind to a shorter one that is its end, as Ida Falk does to Falk.
    """
    told: dict[str, Counter[Kind]] = {}
    for name in names:
        counts = told.setdefault(name.words, Counter())
        if name.kind:
            counts[name.kind] += 1
    kinds: dict[str, Kind | Literal[""]] = {
        words: counts.most_common(1)[0][0] if counts else "" for words, counts in told.items()
    }
    for words, kind in kinds.items():
        longer = [other for other in kinds if other.endswith(f" {words}") and kinds[other]]
        if (not kind and longer) or (kind == "person" and " " not in words and longer):
            kinds[words] = kinds[longer[0]]
    return kinds
