"""Names of players: which ones may be used, and which look alike.

Names are held to the Nickname profile of PRECIS (RFC 8266), which lets people write their name in their own script. It
says nothing of what a list on a terminal can show, so lengths, stacked accents and directions are bounded here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.text.look import prototypes

if TYPE_CHECKING:
    from precis_i18n.profile import Profile

LONGEST = 20
"""The longest name in characters, not counting accents."""

WIDEST = 24
"""The widest name in terminal cells."""

_MOST_TYPED = 200  # longer text is no name, and not worth normalising
_MOST_STACKED = 2  # accents on one letter, beside what Unicode has as one character with it
_MOST_MARKS = 4  # marks of any kind on one letter: Burmese ("မြို့") and Tibetan need as many

_AS_TYPED = "NicknameCasePreserved"
_FOR_COMPARISON = "NicknameCaseMapped:CaseFold"

_JOINERS = dict.fromkeys([0x200C, 0x200D])
_GLYPH_CHOICE = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # variation selectors
_BLANK = frozenset("\u2800\ufffc\U00013441\U00013442\U00016fe4\U0001d159")  # not drawn, yet PRECIS allows them
_DOT_ON_DOTTED = re.compile("(?<=[ij])\u0307")
_SMALL_CAPITAL = re.compile("LATIN LETTER SMALL CAPITAL ([A-Z])")


@dataclass(frozen=True, slots=True)
class Nickname:
    """A name as it is `shown`, and its `skeleton`, which is the same for all names that look like it."""

    shown: str
    skeleton: str


def nickname(text: str) -> Nickname:
    """Return the name that somebody typed as `text`, enforced by RFC 8266 §2.3. Raise `Refused`.

    What keyboards put in unasked is left out: variation selectors, the joiners of emoji, and joiners between letters
    where RFC 8264 §9.8 lets them stand. Other characters that cannot be seen are refused.
    """
    if len(text) > _MOST_TYPED:
        raise _unfit(f"A name has at most {LONGEST} characters.")
    text = _without_emoji_joiners(_GLYPH_CHOICE.sub("", text))
    if not text.strip():
        raise _unfit("Type a name.")
    shown = _enforce(_AS_TYPED, text)
    if any(ord(char) in _JOINERS for char in shown):
        shown = _enforce(_AS_TYPED, shown.translate(_JOINERS))
    _check_marks(shown)
    _check_direction(shown)
    _check_length(shown)
    skeleton = _skeleton(shown)
    if not any(char.isalnum() for char in shown) or not any(char.isalnum() for char in skeleton):
        raise _unfit("A name needs at least one letter or digit.")
    _check_alphabet(shown)
    return Nickname(shown, skeleton)


# What is refused.


def _unfit(words: str) -> Refused:
    return Refused(Reason.NAME_UNFIT, words)


def _enforce(profile: str, text: str) -> str:
    try:
        enforced = _profile(profile).enforce(text)
    except UnicodeEncodeError as error:
        if error.end - error.start != 1:  # it is about the text as a whole: nothing is left, or it never settles
            raise _unfit("This name cannot be used. Choose another one.") from None
        raise _unfit(_cannot_hold(error.object[error.start])) from None
    for char in enforced:
        if char in _BLANK:
            raise _unfit(_cannot_hold(char))
    return enforced


def _cannot_hold(char: str) -> str:
    """Return why `char` is refused, by its name and number, because it may be unsafe to draw."""
    code = f"U+{ord(char):04X}"
    called = unicodedata.name(char, "")
    told = f"{code}, {called}" if called else code
    is_hidden = unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") or char in _BLANK
    if is_hidden or _profile(_AS_TYPED).base.ucd.default_ignorable(ord(char)):
        return f"This name holds a character that cannot be seen ({told}). Type it again without."
    return f"A name cannot hold this character: {told}."


def _without_emoji_joiners(text: str) -> str:
    """`text` without the joiners after symbols, which make one picture of several where a terminal can draw it."""
    kept: list[str] = []
    for char in text:
        if char != "\u200d" or not kept or not unicodedata.category(kept[-1]).startswith("S"):
            kept.append(char)
    return "".join(kept)


def _check_marks(shown: str) -> None:
    """Refuse accents on nothing, and towers of them (UTS #39 §5.4: not the same twice, not more than four)."""
    before, marks, stacked = " ", 0, 0
    for char in shown:
        if not _is_mark(char):
            marks = stacked = 0
        elif before == " ":
            raise _unfit("An accent needs a letter before it.")
        else:
            marks += 1
            category, kind = unicodedata.category(char), unicodedata.combining(char)
            # Accents above, below, across and around; vowel signs have other combining classes.
            stacked += kind == 1 or kind >= 200 or category == "Me"
            is_same = char == before and category != "Mc"
            if is_same or marks > _MOST_MARKS or stacked > _MOST_STACKED:
                raise _unfit("This name has too many accents on one letter.")
        before = char


def _check_direction(shown: str) -> None:
    """Refuse what different terminals would put in a different order.

    RFC 8266 §2.1 has no directionality rule: a name may be drawn differently in different systems. But two names that
    mix directions can be drawn the same (UTS #39 §4, bidiSkeleton), and players have different terminals. So what the
    Bidi Rule (RFC 5893 §2, conditions 1, 2, 4 and 5) says of letters and digits holds here; spaces, punctuation and
    emoji may stand anywhere.
    """
    directions = [unicodedata.bidirectional(char) for char in shown]
    if not {"R", "AL", "AN"}.intersection(directions):
        return
    if "L" in directions:
        raise _unfit("A name is written from left to right or from right to left. This one mixes both.")
    if next(each for each in directions if each in ("R", "AL", "AN", "EN")) in ("AN", "EN"):
        raise _unfit("A name that is written from right to left begins with a letter, not with a digit.")
    if {"AN", "EN"}.issubset(directions):
        raise _unfit("This name mixes two kinds of digits. Use one of them.")


def _check_length(shown: str) -> None:
    length, width = sum(not _is_mark(char) for char in shown), sum(map(_cells, shown))
    if length > LONGEST:
        raise _unfit(f"A name has at most {LONGEST} characters. This one has {length}.")
    if width > WIDEST:
        raise _unfit(f"A name takes at most {WIDEST} columns of a screen. This one takes {width}.")


def _cells(char: str) -> int:
    """Return the most cells that `char` takes: symbols and unusual numbers count as wide, since terminals differ."""
    category = unicodedata.category(char)
    if category == "Mn":
        return 0
    return 2 if category in ("No", "Sk", "So") or unicodedata.east_asian_width(char) in "WF" else 1


def _check_alphabet(shown: str) -> None:
    """Refuse a letter among Latin ones that looks like two of them, such as Greek Nu: a capital N, but a small v.

    No skeleton could be the same as both, so a word with one would look like another and not be found out.
    """
    for word in unicodedata.normalize("NFD", shown).split(" "):
        if not any(char.isascii() and char.isalpha() for char in word):
            continue
        for char in word:
            folded = char.casefold()
            if len(folded) > 1 or folded.isascii():
                continue
            latin = {"".join(map(_look, look)) for look in _looks(folded) if _is_latin(look)}
            if len(latin) > 1 and latin != {"i", "l"}:  # a capital I is drawn as an l, and meant as an i
                told = unicodedata.name(char, "a letter of another alphabet")
                raise _unfit(f"“{char}” ({told}) only looks like a Latin letter. Write the word in one alphabet.")


def _is_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M")


# What looks alike.


def _skeleton(shown: str) -> str:
    """Return what `shown` looks like on a projector: the same for two names that look the same there.

    It is RFC 8266 §2.4's form for comparison (with case folding for lower case, so that ß is ss and ς is σ), of which
    each character but ASCII letters is replaced by its prototype as in the skeleton of UTS #39 §4, so that letters of
    other scripts and digits are the Latin letters they look like. What is neither letter, mark, number nor picture is
    dropped.
    """
    folded = unicodedata.normalize("NFD", _enforce(_FOR_COMPARISON, shown))
    drawn = unicodedata.normalize("NFD", "".join(map(_drawn, folded)))
    return _DOT_ON_DOTTED.sub("", drawn)  # UTS #39 §5.4: a dot on an i is not seen


def _drawn(char: str) -> str:
    look = _look(char)
    category = unicodedata.category(char)
    if category == "So" or (category[0] in "LMN" and category != "Lm"):
        return look  # even one that looks like punctuation: a Hebrew Yod is a letter of the name
    return look if look.isalnum() else ""


@lru_cache(maxsize=4096)
def _look(char: str) -> str:
    """Return what stands for all that looks like the casefolded `char` in either case: Latin letters if there are any.

    ASCII letters stand for themselves. Unicode takes I, l and 1 for one, but Ali and All, Kai and Kal are different
    people, and a terminal's font tells them apart.
    """
    looks = [] if char.isascii() and char.isalpha() else [look for look in _looks(char) if look != char]
    if not looks:
        return char
    look = "i" if "i" in looks else next(filter(_is_latin, looks), looks[-1])
    return "".join(each if each == char else _look(each) for each in look)


def _looks(char: str) -> list[str]:
    """Return what the casefolded `char` looks like as a capital and as a small letter, casefolded, without repeats."""
    forms = [char.upper(), char.lower()]
    if small_capital := _SMALL_CAPITAL.fullmatch(unicodedata.name(char, "")):
        forms.append(small_capital[1])  # as which it is drawn, only smaller
    looks = [unicodedata.normalize("NFD", prototypes().get(form, form).casefold()) for form in forms]
    return list(dict.fromkeys(looks))


def _is_latin(look: str) -> bool:
    return look.isascii() and look.isalnum()


# Loaded when the first name comes, because players and reports need none of it.


@lru_cache
def _profile(name: str) -> Profile:
    from precis_i18n import get_profile

    return get_profile(name)
