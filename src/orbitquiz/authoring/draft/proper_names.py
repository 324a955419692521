"""Names in English prose: found by spelling, position and repetition, and guessed at by what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from orbitquiz.text.spans import Span

SEVERAL = "several words"
"""The form of names of several words that have nothing else in common."""

Kind = Literal["person", "organisation", "place", "title"]

_CAPITAL = r"(?:(?:al|el|ad|an|ar|as|ash|at)-)?[A-ZÀ-ÖØ-Þ](?:[\w’'-]*[\w]|\.(?=\s[A-Z]))"
_PARTICLE = r"(?:(?:of\sthe|of|de\sla|de|van\sder|van\sde|van|von|der|la|le|du|di|da|bin|ibn|bint|on|&)\s)?"
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:\s{_PARTICLE}{_CAPITAL}){{0,7}}")
_PARTICLES = frozenset("of the de la van der von le du di da bin ibn bint on &".split())
_MOST_WORDS = 5
_FEWEST_VOTES = 0.3  # of the places of a name, that say what it names
_ARTICLE = re.compile(r"\bthe\s\Z")
#: Quoted words are a title only behind a word that says of what.
_QUOTED = re.compile(
    r"\b(?:book|novel|film|movie|play|poem|song|album|series|essay|magazine|opera|painting|story|single|documentary|ballet"
    r"|musical|symphony|exhibition),?\s[“\"](?P<words>[A-Z][^“”\".!?\n]{2,50})[”\"]"
)
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
    Prof Professor Captain Capt Sir Lady President Director Doctor Father Sister General Colonel Judge Senator Minister
    Miss Chief
    """.split()
)
_RANKS = frozenset(
    """
    King Queen Lord Pope Emperor Empress Prince Princess Saint St St. Earl Duke Duchess Count Countess Baron Baroness
    Bishop Archbishop Mayor Sultan Caliph Tsar Chancellor
    """.split()
)
_ROLE = (
    "actor|actress|architect|artist|astronaut|author|bishop|builder|captain|chairman|chairwoman|chief|coach|composer|coordinator"
    "|cosmonaut|critic|director|editor|engineer|founder|governor|historian|journalist|keeper|lawyer|leader|lobbyist|manager|mathematician"
    "|mayor|minister|officer|owner|painter|philosopher|physicist|pilot|poet|president|producer|professor|researcher|sailor|scientist"
    "|sculptor|secretary|senator|singer|spokesman|spokesperson|spokeswoman|teacher|writer|brother|sister|son|daughter|wife|husband"
    "|uncle|aunt|father|mother"
)
_HONORIFIC = re.compile(
    rf"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Captain|Capt|Sir|Lady|President|Director|Doctor|Father|Sister|Mayor|Governor|Senator)"
    rf"\.?|{_ROLE}),?\s+$"
)
#: Before a name within a longer run of capitals: "New York City Mayor Bill de Blasio".
_INNER = re.compile(
    r".*\s(?:Mayor|Governor|President|Senator|Minister|Director|Professor|Chairman|Secretary|Captain|Dr\.?)\s"
)
_SPEECH = r"(?:said|says|wrote|writes|recalled|told|explained|added|noted|claimed|announced|asked|answered|replied)"
_SPOKEN = r"(?:[“”\",]\s(?:said|says|wrote|writes|recalled|explained|added|noted|claimed|answered|replied))"
_SAYS_AFTER = re.compile(rf"^,?\s*{_SPEECH}\b")
_SAYS_BEFORE = re.compile(rf"{_SPOKEN}\s+(?:the\s[a-z]+\s)?$")
_AGE_AFTER = re.compile(r"^,\s\d{2},")
_OF_A_PERSON = re.compile(
    r"^\s(?:was born|died|married|came|grew up|became|wrote|painted|invented|climbed|lived|who)\b|^,\swho\b"
)
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|near|off|outside|inside|across|throughout)|\b(?:city|town|village|state|island) of)\s(?:the\s)?$"
)
_IN_NO_PLACE = re.compile(
    r"\b(?:interested|engaged|written|published|results?|resulted|believed?|speciali[sz]\w+|degree|studies|experts?|expertise"
    r"|research|training|teaching) in\s$"
)
_NO_PLACE = re.compile(r".*(?:ism|ics|logy|graphy|[a-z]ic|[A-Z].*[A-Z]\w*)|Latin|English|.*\d.*")
_POSSESSIVE = re.compile(r"['’]s?$")
#: The word for people of a country, where a noun follows that it describes.
_ADJECTIVE = re.compile(r"\w+(?:ian|ean|ican|ish|ese|wegian)|Dutch|French|German|Greek|Swiss|Czech|Turk|Arab|Thai")
_PLACE_ENDS = re.compile(
    r"\b(?:Bay|River|Lake|Island|Islands|Mountain|Mountains|Street|Road|Square|City|Town|County|Sea|Ocean|Strait|Cape|Harbour"
    r"|Harbor|Bridge|Valley|Forest|Park|Point|Head|Hill|Castle|Port|Desert|Peninsula|Coast|Avenue|Lane|Moor|Gorge)"
    r"(?: (?:North|South|East|West))?$"
)
_ORGANISATION_ENDS = re.compile(
    r"\b(?:Inc|Ltd|Company|Corporation|University|College|School|Museum|Institute|Agency|Committee|Council|Party|Club|Society"
    r"|Association|Union|Ministry|Department|Bank|Group|Board|Foundation|Brothers|Sons|Daughters|Works|Yard|Press|Office|Guild"
    r"|Courier|Times|Post|Herald|Gazette|Service)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text, and what it probably names; an empty kind where nothing tells.

    `has_article` is true where "the" stands before it.
    """

    span: Span
    words: str
    kind: Kind | Literal[""]
    has_article: bool = False


def names_in(text: str, begins: Iterable[int] = ()) -> Iterator[Name]:
    """Find the names of `text`; at the offsets `begins` sentences begin, where a capital letter tells nothing."""
    starts = set(begins)
    for match in _QUOTED.finditer(text):
        words = " ".join(match["words"].split())
        capitals = [word for word in words.split() if word[0].isupper()]
        if 1 < len(words.split()) <= 6 and len(capitals) >= len(words.split()) - 2 and not words.endswith(","):
            yield Name(match.span("words"), words, "title")
    for match in _NAME.finditer(text):
        start, words, is_titled = _bare(match)
        if inner := _INNER.match(words):
            start, words, is_titled = start + inner.end(), words[inner.end() :], True
        end = start + len(words)
        if not words or "\n" in words or len(words.split()) > _MOST_WORDS or (words.isupper() and len(words) > 6):
            continue
        if _ADJECTIVE.fullmatch(words) and text[end : end + 1] == " " and text[end + 1 : end + 2].islower():
            continue
        if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
            continue  # the short form of what stands before
        if start in starts and " " not in words:
            continue
        kind = "person" if is_titled else _kind(text, start, end, words)
        yield Name((start, end), words, kind, _ARTICLE.search(text, max(0, start - 5), start) is not None)


def _bare(match: re.Match[str]) -> tuple[int, str, bool]:
    """Return a name without what stands before it in capitals and is none: where it starts, and if that was a title."""
    start, words = match.start(), match[0]
    is_titled = False
    while words:
        first, *rest = words.split(maxsplit=1)
        if not (first in _NO_NAMES or first in _PARTICLES or (first in _TITLES and rest)):
            break
        is_titled = is_titled or first in _TITLES
        start = match.end() - len(rest[0]) if rest else match.end()
        words = rest[0] if rest else ""
    return start, _POSSESSIVE.sub("", words), is_titled


def _kind(text: str, start: int, end: int, words: str) -> Kind | Literal[""]:
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    if "’s " in words or "'s " in words or (" of " in words and words.split()[0] in _RANKS):
        return ""  # what somebody has, or a post
    if " " in words and _ORGANISATION_ENDS.search(words):
        return "organisation"
    if " " in words and _PLACE_ENDS.search(words):
        return "place"
    if " " in words and words.split()[0] in _RANKS:
        return "person"
    if _HONORIFIC.search(before) or _SAYS_BEFORE.search(before):
        return "person"
    if _SAYS_AFTER.match(after) or _AGE_AFTER.match(after) or _OF_A_PERSON.match(after):
        return "person"
    is_in = _PLACE_BEFORE.search(before) and not _IN_NO_PLACE.search(before)
    return "place" if is_in and not _NO_PLACE.fullmatch(words) and not _ADJECTIVE.fullmatch(words) else ""


def form_of(name: Name) -> str:
    """Return what names that can stand for one another have in common: "Bay" of two bays, a rank, or nothing."""
    last, first = name.words.split()[-1], name.words.split()[0]
    if first in _RANKS:
        return first
    if " " not in name.words:
        return ""
    return last if _PLACE_ENDS.search(name.words) or name.words.endswith(("I", "V", "X")) else SEVERAL


def settle(names: Iterable[Name]) -> dict[str, Kind | Literal[""]]:
    """Decide for each name what it names: what most of its places say, where enough of them say something.

    A longer name lends its kind to a shorter one that is its end, as Ida Falk does to Falk.
    """
    told: dict[str, Counter[Kind | Literal[""]]] = {}
    for name in names:
        told.setdefault(name.words, Counter())[name.kind] += 1
    kinds: dict[str, Kind | Literal[""]] = {}
    for words, counts in told.items():
        silent = counts.pop("", 0)
        usual, votes = next(iter(counts.most_common(1)), ("", 0))
        kinds[words] = usual if votes >= _FEWEST_VOTES * (silent + counts.total()) else ""
    people = {words for words, kind in kinds.items() if kind == "person" and " " not in words}
    for words, kind in kinds.items():
        if not kind and words.split()[-1] in people and 2 <= len(words.split()) <= 3 and " of " not in words:
            kinds[words] = "person"
    for words, kind in kinds.items():
        longer = [other for other in kinds if other.endswith(f" {words}") and kinds[other] and " of " not in other]
        if (not kind and longer) or (kind == "person" and " " not in words and longer):
            kinds[words] = kinds[longer[0]]
    return kinds
