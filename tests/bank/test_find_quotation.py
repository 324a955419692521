"""A quotation stands in its source word for word, or it is none."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.bank.find_quotation import NotQuoted, find_everywhere, find_quotation
from orbitquiz.text.fold import plain
from tests.making import source_of

REPORT = source_of(
    """The comet crew

Ada Stone, 41, commanded the
Kestrel. Stone’s ship took off at\u00a08:55 with

“great\r\n\r\ncare”, and the tail was 2.5 kilometres long.
The ship came home. The ship was 12 years old.
"""
)


def quoted(words: str, prefix: str | None = None, suffix: str | None = None) -> str:
    quotation = find_quotation(REPORT, words, prefix, suffix)
    assert quotation.source == REPORT.id
    return REPORT.text[quotation.start : quotation.end]


def refusal(words: str, prefix: str | None = None, suffix: str | None = None) -> NotQuoted:
    with pytest.raises(NotQuoted) as error:
        find_quotation(REPORT, words, prefix, suffix)
    return error.value


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("Ada Stone, 41, commanded", "Ada Stone, 41, commanded"),
        ("commanded the Kestrel", "commanded the\nKestrel"),
        ("took off at 8:55", "took off at\u00a08:55"),
        ('"great care"', "“great\r\n\r\ncare”"),
        ("Stone's ship", "Stone’s ship"),
        ("Stone’s   ship\n", "Stone’s ship"),
        ("with “great", "with\n\n“great"),
        ("The comet crew Ada", "The comet crew\n\nAda"),
        ("old.", "old."),
    ],
)
def test_only_white_space_and_variants_of_one_character_may_differ(words: str, there: str) -> None:
    assert quoted(words) == there


@pytest.mark.parametrize(
    "words", ["ada stone, 41", "Ada Stone 41", "Ada  Stone , 41", "was 2.5 kilometers", "with great care", "Ada … 41"]
)
def test_nothing_else_may_differ(words: str) -> None:
    assert refusal(words).code == "quotation-not-found"


@pytest.mark.parametrize("words", ["omet crew", "the tail was 2.5 kilo", "estrel", "2 years old"])
def test_a_quotation_begins_and_ends_with_whole_words(words: str) -> None:
    assert refusal(words).code == "quotation-not-found"


@pytest.mark.parametrize(("text", "words"), [("an Éclaire\u0301 sky", "Éclaire"), ("the Cafe\u0301", "Cafe")])
def test_a_letter_is_not_parted_from_its_accent(text: str, words: str) -> None:
    with pytest.raises(NotQuoted):
        find_quotation(source_of(text), words)


@pytest.mark.parametrize("words", ["", " \n\u00a0"])
def test_a_blank_quotation_is_none(words: str) -> None:
    error = refusal(words)
    assert error.code == "quotation-not-found"
    assert "blank" in str(error)


def test_what_stands_twice_is_ambiguous_and_both_lines_are_named() -> None:
    error = refusal("ship")
    assert error.code == "quotation-ambiguous"
    assert "lines 4 and 9" in str(error)


@pytest.mark.parametrize(
    ("prefix", "suffix", "line"),
    [
        ("Stone’s", None, 4),
        (None, "took off", 4),
        ("home. The", None, 9),
        (None, "was\n12", 9),
        ("The", "came", 9),
        ("came home. The ", " was", 9),
    ],
)
def test_a_prefix_or_suffix_says_which_one_is_meant(prefix: str | None, suffix: str | None, line: int) -> None:
    assert REPORT.line(find_quotation(REPORT, "ship", prefix, suffix).start) == line


@pytest.mark.parametrize(("prefix", "suffix"), [("Ada’s", None), (None, "sank"), ("Stone’s", "came")])
def test_a_prefix_or_suffix_must_stand_there(prefix: str | None, suffix: str | None) -> None:
    error = refusal("ship", prefix, suffix)
    assert error.code == "quotation-not-found"
    assert "seeds/report.txt:4, but not with this prefix or suffix" in str(error)


def test_a_prefix_that_leaves_several_leaves_it_ambiguous() -> None:
    assert refusal("ship", prefix="The").code == "quotation-ambiguous"


def test_words_that_overlap_themselves_stand_twice() -> None:
    with pytest.raises(NotQuoted) as error:
        find_quotation(source_of("on and on and on"), "on and on")
    assert error.value.code == "quotation-ambiguous"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("Stone's ship took of at 8:55", "in line 4, is: Stone’s ship took off at 8:55"),
        ("the tale was 2.5 kilometers long", "in line 8, is: the tail was 2.5 kilometres long"),
    ],
)
def test_a_near_miss_names_the_nearest_text_and_its_line(words: str, near: str) -> None:
    assert str(refusal(words)).endswith(near)


@pytest.mark.parametrize("words", ["Nothing like this was ever said", "xyzzy"])
def test_nothing_is_suggested_for_what_is_like_nothing(words: str) -> None:
    assert "nearest" not in str(refusal(words))


def test_a_suggestion_shows_no_control_characters() -> None:
    with pytest.raises(NotQuoted) as error:
        find_quotation(source_of("The comet had\x1b a long tail."), "The comet had a long tail")
    assert str(error.value).endswith("is: The comet had␛ a long tail")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ship", [("ship", 4), ("ship", 9), ("ship", 9)]),
        ("The ship", [("The ship", 9), ("The ship", 9)]),
        ('"great care"', [("“great\r\n\r\ncare”", 6)]),
        ("old.", [("old.", 9)]),
    ],
)
def test_words_are_found_in_every_place(words: str, found: list[tuple[str, int]]) -> None:
    places = find_everywhere(REPORT, words)
    assert [(REPORT.text[place.start : place.end], REPORT.line(place.start)) for place in places] == found
    assert {place.source for place in places} == {REPORT.id}


def test_places_that_overlap_are_places_too() -> None:
    places = find_everywhere(source_of("on and on and on"), "on and on")
    assert [(place.start, place.end) for place in places] == [(0, 9), (7, 16)]


@pytest.mark.parametrize("words", ["the ship sank", "shi", "Ship", "", " \n"])
def test_what_stands_nowhere_is_not_quoted(words: str) -> None:
    with pytest.raises(NotQuoted) as error:
        find_everywhere(REPORT, words)
    assert error.value.code == "quotation-not-found"


@pytest.mark.parametrize("text", ["", "x", "\n"])
def test_an_almost_empty_document_quotes_nothing(text: str) -> None:
    with pytest.raises(NotQuoted):
        find_quotation(source_of(text), "The comet crew")


# No word is part of another one, so a run of them stands where the list says, and nowhere else.
WORDS = st.lists(
    st.sampled_from(["the", "comet’s", "“tail”", "was", "2.5–3", "Kilometer", "long.", "Élan"]), min_size=1, max_size=12
)
GAPS = st.sampled_from([" ", "\n", "\r\n", "\n\n", "\u00a0", "  \t "])
TYPED = str.maketrans("’“”–", '\'""-')


@settings(deadline=None, max_examples=300)
@given(WORDS, st.data())
def test_every_run_of_words_of_a_document_is_found_where_it_stands_or_is_ambiguous(
    words: list[str], data: st.DataObject
) -> None:
    text, spans = "", []
    for word in words:
        text += data.draw(GAPS)
        spans.append((len(text), len(text) + len(word)))
        text += word
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    run = words[first : last + 1]
    quote = data.draw(GAPS).join(run)
    if data.draw(st.booleans()):
        quote = quote.translate(TYPED)
    source = source_of(text)
    if sum(words[n : n + len(run)] == run for n in range(len(words))) > 1:
        with pytest.raises(NotQuoted) as error:
            find_quotation(source, quote)
        assert error.value.code == "quotation-ambiguous"
    else:
        quotation = find_quotation(source, quote)
        assert (quotation.start, quotation.end) == (spans[first][0], spans[last][1])
        assert plain(text[quotation.start : quotation.end]) == plain(quote)


@settings(deadline=None, max_examples=200)
@given(WORDS, st.data())
def test_every_place_is_found_and_one_alone_is_the_quotation(words: list[str], data: st.DataObject) -> None:
    text, starts = "", []
    for word in words:
        text += data.draw(GAPS)
        starts.append(len(text))
        text += word
    word = data.draw(st.sampled_from(words))
    source = source_of(text)
    places = find_everywhere(source, word.translate(TYPED))
    assert [place.start for place in places] == [
        start for start, other in zip(starts, words, strict=True) if other == word
    ]
    if len(places) == 1:
        assert places == (find_quotation(source, word),)


@given(st.text(max_size=30).filter(str.strip), st.text(max_size=10))
def test_what_is_found_folds_to_the_words(text: str, words: str) -> None:
    with suppress(NotQuoted):
        quotation = find_quotation(source_of(text), words)
        assert plain(text[quotation.start : quotation.end]) == plain(words)
