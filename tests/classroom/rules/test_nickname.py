"""Names: which may be used, how they are shown, and which are taken for one another."""

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from importlib.resources import files

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from orbitquiz.classroom.rules.nickname import LONGEST, WIDEST, Nickname, nickname
from orbitquiz.classroom.rules.refusal import Reason, Refused
from orbitquiz.text.safe import visible
from tests.test_layers import loaded_by

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
NASTY = st.text(
    "aAIl10OmMnß ſσςΣνΝυİıǅ-'.|"  # one look, several cases
    "אשעلا٣۳2\u05b7"  # right to left
    "\u0301\u0323\u0307\u0308\u0345\u0336\u20dd\u093f\u094d\u0f71\u0e33"  # marks
    "\u200b\u200c\u200d\u200e\u202e\u2066\u2028\u00ad\ufeff\ufe0f\U000e0041\u115f\u2800\x00\x1b\n\t\ue000\ud800"
    "李ー・ｱ한\u1100\u3000\u00a0½ﷺ¨ϔ①Ⅷﬁ😀🏽🏴❤‼",
    max_size=30,
)
LETTERS = st.text(
    st.one_of(
        st.sampled_from("abIil1oO0mrnRNßẞſsSσςΣµΜνΝİıȧŉǅǆΐᾳᾼﬁᏸᏰꮁ  -'"),
        st.characters(categories=["Lu", "Ll", "Lt", "Mn", "Nd"]),
    ),
    min_size=1,
    max_size=12,
)

CASES = [str.upper, str.lower, str.title, str.swapcase, str.casefold]


def refused(text: str) -> str:
    """Return the message about a text that is no name."""
    with pytest.raises(Refused) as caught:
        nickname(text)
    assert caught.value.reason is Reason.NAME_UNFIT
    return str(caught.value)


def name_or_none(text: str) -> Nickname | None:
    """The name, where `text` is one; anything but a name or a refusal is raised."""
    try:
        return nickname(text)
    except Refused as refusal:
        said = refusal
    assert said.reason is Reason.NAME_UNFIT
    assert visible(str(said)) == str(said)
    return None


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "Mary Ann",
        "Jean-Luc",
        "O’Connor",
        "Kaʻiulani",
        "Zoë",
        "Nguyễn Thị Hương",
        "Þóra",
        "Ђорђе",
        "Νίκος",
        "Νίκος K.",
        "महेश",
        "தமிழ்",
        "ไพลิน",
        "မြို့",
        "བསྒྲོན",
        "李雷",
        "さくら",
        "한지민",
        "דָּנִיאֵל",
        "דנה כהן 2",
        "דנה!",
        "علي",
        "سارة ١٢",
        "Ada 🚀",
        "🦊 Ada 👍🏽",
        "R2-D2 :)",
        "007",
    ],
)
def test_people_keep_the_name_they_typed(name: str) -> None:
    assert nickname(name).shown == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ann   Lee ", "Ann Lee"),
        ("Ann\u00a0\u3000Lee", "Ann Lee"),
        ("e\u0301", "é"),
        ("Ａｄａ", "Ada"),
        ("Richard Ⅳ", "Richard IV"),  # RFC 8266 §3, example 10
        ("ﬁne", "fine"),
        ("❤\ufe0f Ada", "❤ Ada"),
        ("👩\u200d🚀 Ada", "👩🚀 Ada"),
        ("🏴\u200d☠\ufe0f Ada", "🏴☠ Ada"),
        ("葛\U000e0100城", "葛城"),
        ("علی\u200cرضا", "علیرضا"),
        ("ශ්\u200dරී", "ශ්රී"),
    ],
)
def test_spaces_variants_and_what_keyboards_add_are_tidied(typed: str, shown: str) -> None:
    assert nickname(typed).shown == shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type a name"),
        (" \u00a0 ", "Type a name"),
        ("\ufe0f", "Type a name"),
        ("😀", "at least one letter or digit"),
        ("...", "at least one letter or digit"),
        ("|||", "at least one letter or digit"),
        ("ǃǃ", "at least one letter or digit"),  # letters, but they look like exclamation marks
        ("a\u200bb", r"cannot be seen \(U\+200B, ZERO WIDTH SPACE\)"),
        ("a\u200db", r"cannot be seen \(U\+200D"),
        ("a\u200cb", r"cannot be seen \(U\+200C"),
        ("a\u00adb", r"cannot be seen \(U\+00AD"),
        ("Ada\ufeff", r"cannot be seen \(U\+FEFF"),
        ("Ada\u3164", r"cannot be seen \(U\+1160"),
        ("Ada\u2800", r"cannot be seen \(U\+2800"),
        ("\u202eabc", r"cannot be seen \(U\+202E, RIGHT-TO-LEFT OVERRIDE\)"),
        ("\u2067abc\u2069", r"cannot be seen \(U\+2067"),
        ("\x1b[31mAda", r"cannot be seen \(U\+001B\)"),
        ("Ada\nBob", r"cannot be seen \(U\+000A\)"),
        ("Ada\u2028Bob", r"cannot be seen \(U\+2028"),
        ("🏴\U000e0067\U000e007f Ada", r"cannot be seen \(U\+E0067"),
        ("Ada\ue000", r"cannot hold this character: U\+E000"),
        ("Ada\u0378", r"cannot hold this character: U\+0378"),
        ("Ada\ud800", r"cannot hold this character: U\+D800"),
        ("Ada\uffff", r"cannot hold this character: U\+FFFF"),
        ("a·b", "MIDDLE DOT"),
        ("\u0301a", "accent needs a letter"),
        ("a \u0301b", "accent needs a letter"),
        ("¨a", "accent needs a letter"),
        ("Zalgo\u0315\u0336\u035c", "too many accents"),
        ("a\u20dd\u20de\u20df", "too many accents"),
        ("ก\u0e49\u0e49", "too many accents"),
        ("မ\u103c\u102d\u102f\u1037\u103a", "too many accents"),
        ("Ada דנה", "mixes both"),
        ("דנה Ada", "mixes both"),
        ("Ada ٣", "mixes both"),
        ("2 דנה", "begins with a letter"),
        ("דנה 2 ٣", "two kinds of digits"),
        ("x" * 21, "at most 20 characters. This one has 21"),
        ("李" * 13, "at most 24 columns of a screen. This one takes 26"),
        ("Steνe", r"“ν” \(GREEK SMALL LETTER NU\) only looks like a Latin letter"),
        ("Νina", "GREEK CAPITAL LETTER NU"),
        ("Lυcy", "GREEK SMALL LETTER UPSILON"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(text: str, words: str) -> None:
    said = refused(text)
    assert re.search(words, said)
    assert visible(said) == said


@pytest.mark.parametrize("name", ["x" * LONGEST, "é\u0323" * LONGEST, "李" * (WIDEST // 2), "a" * 2 + "😀" * 11])
def test_a_name_may_be_as_long_as_is_said(name: str) -> None:
    nickname(name)
    refused(name + "a")


@pytest.mark.parametrize(
    "text",
    ["x" * 10_000, " " * 10_000 + "Ada", "a" + "\u0301\u0323" * 5_000, "\u200d" * 10_000, "ﷺ" * 200, "ﷺ" * 10_000],
    ids=["letters", "spaces", "accents", "joiners", "long-ligatures", "many-ligatures"],
)
def test_a_text_far_too_long_is_refused_at_once(text: str) -> None:
    nickname("Ada")  # whatever has to be loaded
    began = time.process_time()
    refused(text)
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    "names",
    [
        ("Ada", "ADA", "Аda", "АDА", "A da", "a.d.a", "_Ada_", "Ａｄａ", "ᴀᴅᴀ", "𝓐𝓭𝓪", "Ada\u00a0"),
        ("paypal", "pаypal", "PAYPAL", "paypa1", "раураl", "paypa|", "paypa│"),
        ("é", "e\u0301", "É"),
        ("Otto", "0tto", "OTT0", "Οtto", "ottο"),
        ("Bill", "Bi1l", "B|LL".replace("|", "i"), "ΒΙLL", "Вill", "Віll"),
        ("Straße", "STRASSE", "strasse"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("İlker", "ilker", "ILKER", "ıLKER"),
        ("NINA", "ΝΙΝΑ", "Nina"),  # the second one is all Greek
        ("O'Neil", "O’Neil", "Oʼneil", "ONEIL"),
        ("Kaʻiulani", "Ka'iulani"),
        ("naïve", "naїve"),  # the second one with a letter of Ukrainian
        ("Jörg", "J\u04e7rg", "Jo\u0308rg"),  # Cyrillic, then in two characters
        ("דנו", "דנן"),  # Vav and final Nun both look like l
        ("ᾳ\u0323", "ΑΙ\u0323"),  # one after case folding, but not after lower()
        ("Ada 👍🏽", "Ada 👍"),
    ],
    ids=lambda names: names[0],
)
def test_names_that_look_alike_have_one_skeleton(names: tuple[str, ...]) -> None:
    alike = [name_or_none(name) for name in names]
    usable = [name.skeleton for name in alike if name is not None]
    assert len(set(usable)) == 1
    # The one that mixes Latin with a Greek letter of two looks is refused instead.
    assert [name for name, made in zip(names, alike, strict=True) if made is None] in ([], ["ΒΙLL"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "Adam"),
        ("Ada", "Ida"),
        ("Ella", "Elia"),
        ("Maria", "Marla"),
        ("Ali", "All"),
        ("Kai", "Kal"),
        ("modern", "modem"),
        ("Zoe", "Zoë"),
        ("Török", "Tőrök"),  # two letters of Hungarian
        ("Nina", "Viva"),
        ("Ruby", "Ruyb"),
        ("Ivan", "Иван"),
        ("Ada 🚀", "Ada 🌟"),
        ("Ada 1", "Ada 2"),
        ("גיל", "גל"),  # Yod looks like an apostrophe, but without it this is somebody else
        ("سارة ١٠", "سارة ١"),  # so does the digit zero like a full stop
        ("アノ", "ア"),
        ("李雷", "李磊"),
    ],
)
def test_names_that_differ_to_the_eye_have_two(one: str, other: str) -> None:
    assert nickname(one).skeleton != nickname(other).skeleton


@settings(deadline=None, max_examples=200)
@given(ANYTHING | NASTY | LETTERS)
def test_any_text_is_a_name_that_is_safe_to_show_or_refused(text: str) -> None:
    name = name_or_none(text)
    assume(name is not None)
    assert name is not None
    assert nickname(name.shown) == name
    assert visible(name.shown) == name.shown
    assert cell_len(name.shown) <= WIDEST
    assert 1 <= sum(not unicodedata.category(char).startswith("M") for char in name.shown) <= LONGEST
    assert not {unicodedata.category(char) for char in name.shown} & {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    assert not unicodedata.category(name.shown[0]).startswith("M")
    assert any(char.isalnum() for char in name.shown)
    assert any(char.isalnum() for char in name.skeleton)


@settings(deadline=None, max_examples=200)
@given(LETTERS, st.lists(st.sampled_from(CASES), min_size=1, max_size=3))
def test_case_makes_no_difference(text: str, changes: list[Callable[[str], str]]) -> None:
    one = name_or_none(text)
    assume(one is not None)
    assert one is not None
    changed = one.shown
    for change in changes:
        changed = change(changed)
    other = name_or_none(changed)
    assume(other is not None)
    assert other is not None
    assume(one.shown.casefold() == other.shown.casefold())
    assert one.skeleton == other.skeleton


def test_whatever_unicode_knows_to_look_like_a_latin_letter_or_digit_is_alike_or_refused() -> None:
    lines = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    pairs = [(char, entry["c"]) for char, them in lines.items() if re.fullmatch("[0-9A-Za-z]", char) for entry in them]
    made = {other: name_or_none(f"A{other}a") for _, other in pairs}
    unfit = {other for other, name in made.items() if name is None}
    skeletons = {
        latin: {nickname(f"a{each}A").skeleton for each in ("li" if latin in "lI1" else latin)} for latin, _ in pairs
    }
    alike = {other for latin, other in pairs if (name := made[other]) and name.skeleton in skeletons[latin]}
    differ = made.keys() - alike - unfit
    # These are other letters after NFKC: a Sigma, and a long s. Two letters are no m in a terminal's font; the last
    # one is a letter of Warang Citi, whose capital looks like another digit.
    assert differ == {"ϲ", "Ϲ", "ſ", "rn", "𑢣"}
    assert len(alike) > 1200
    assert {"Ν", "ν", "Υ", "υ", "Β"} < unfit


def test_nothing_is_wider_on_a_screen_than_it_was_taken_for() -> None:
    blocks = [*range(0x80, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x17000), *range(0x1AFF0, 0x20000)]
    wide = [char for char in map(chr, blocks) if get_character_cell_size(char) == 2]
    assert len(wide) > 500
    for char in wide:
        name = name_or_none("a" + char * 12)
        assert name is None or cell_len(name.shown) <= WIDEST, char


@pytest.mark.slow
def test_every_character_gives_a_name_or_is_refused() -> None:
    skip = [*range(0x3400, 0xA000), *range(0xAC00, 0xD7A4)]  # Han and Hangul, which are all of a kind
    for char in map(chr, sorted({*range(0x20000), *range(0xE0000, 0xE0200), sys.maxunicode} - {*skip})):
        name = name_or_none(f"Ada{char}")
        if name is not None:
            assert visible(name.shown) == name.shown


def test_what_names_need_is_loaded_with_the_first_one() -> None:
    before = loaded_by("import orbitquiz.classroom.rules.nickname")
    assert not before & {"precis_i18n", "confusable_homoglyphs", "pydantic", "rich", "importlib.resources"}
    after = loaded_by("import orbitquiz.classroom.rules.nickname as names; names.nickname('Аda')")
    assert {"precis_i18n", "confusable_homoglyphs"} <= after
    assert not after & {"urllib.request", "rich"}
