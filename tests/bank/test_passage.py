"""A quotation is shown inside its sentences, marked, and no longer than a screen allows."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from orbitquiz.bank.find_quotation import find_quotation
from orbitquiz.bank.model import Quotation, Source
from orbitquiz.bank.passage import Passage, passages, sentences_of
from orbitquiz.text.safe import visible
from tests.making import source_of


def show(source: Source, *quotes: str, characters: int = 400) -> tuple[Passage, ...]:
    return passages({source.id: source}, [find_quotation(source, quote) for quote in quotes], characters)


def marked(passage: Passage) -> list[str]:
    return [passage.text[start:end] for start, end in passage.marks]


STORY = source_of(
    """The comet crew

Ada Stone commanded the ship. She took off in May. The tail was
long. She came home in June.

Nobody else went."""
)
LONG = source_of(" ".join(f"Item{n} is here." for n in range(100)))
ENDLESS = source_of(f"It began {'and went on ' * 60}until the comet came {'and went on ' * 60}to the end.")


def test_a_quotation_is_marked_in_its_sentences() -> None:
    (passage,) = show(STORY, "took off in May")
    assert (
        passage.text == "Ada Stone commanded the ship. She took off in May. The tail was long. She came home in June."
    )
    assert marked(passage) == ["took off in May"]


def test_a_passage_says_where_the_quotation_begins() -> None:
    (passage,) = show(STORY, "tail was long")
    assert (passage.line, passage.last_line, passage.place) == (3, 3, "line 3")


def test_a_passage_of_quotations_on_several_lines_names_the_first_and_the_last() -> None:
    (passage,) = show(STORY, "came home", "took off")
    assert passage.place == "lines 3–4"


@pytest.mark.parametrize(
    ("cite_as", "heading"),
    [
        ("the report", "line 1 · The report · 1 July 2031 · Comet found, Ada Stone, The Post"),
        ("The Post", "line 1 · The Post · 1 July 2031 · Comet found, Ada Stone"),
        ("Ada Stone's report of 1 July", "line 1 · Ada Stone's report of 1 July · Comet found, The Post"),
    ],
)
def test_a_heading_calls_the_source_as_questions_do_and_says_nothing_twice(cite_as: str, heading: str) -> None:
    source = replace(
        source_of("One comet."),
        title="Comet found",
        author="Ada Stone",
        publisher="The Post",
        issued="2031-07-01",
        cite_as=cite_as,
    )
    (passage,) = show(source, "One")
    assert passage.heading == heading


def test_a_passage_does_not_reach_into_another_paragraph() -> None:
    (passage,) = show(STORY, "Nobody else")
    assert passage.text == "Nobody else went."


def test_a_quotation_over_a_blank_line_is_shown_whole() -> None:
    (passage,) = show(STORY, "June. Nobody else")
    assert marked(passage) == ["June. Nobody else"]


def test_what_comes_before_is_shown_before_what_comes_after() -> None:
    (passage,) = show(LONG, "Item50 is", characters=100)
    assert passage.text.startswith("… Item45 is here.")
    assert passage.text.endswith("Item50 is here. …")


def test_ellipses_stand_where_a_paragraph_is_cut_and_nowhere_else() -> None:
    (first,), (middle,), (last,) = (show(LONG, f"Item{n} is", characters=100) for n in (0, 50, 99))
    assert (first.text.startswith("…"), first.text.endswith("…")) == (False, True)
    assert (middle.text.startswith("…"), middle.text.endswith("…")) == (True, True)
    assert (last.text.startswith("…"), last.text.endswith("…")) == (True, False)


def test_a_paragraph_that_ends_with_carriage_return_and_line_feed_is_not_cut() -> None:
    (passage,) = show(source_of("The tail was long.\r\n\r\nShe came home.\r\n"), "tail was")
    assert passage.text == "The tail was long."


def test_a_paragraph_that_goes_on_in_the_next_line_is_cut() -> None:
    (passage,) = show(source_of("\n".join(f"Item{n} is here." for n in range(100))), "Item50 is", characters=100)
    assert passage.text.startswith("… ")
    assert passage.text.endswith(" …")


def test_a_long_sentence_is_cut_between_words_around_the_quotation() -> None:
    (passage,) = show(ENDLESS, "the comet came", characters=120)
    assert marked(passage) == ["the comet came"]
    assert 100 <= len(passage.text) <= 124
    assert passage.text.startswith("… ")
    assert passage.text.endswith(" …")
    assert set(passage.text.split()) <= {"…", *ENDLESS.text.split()}


def test_a_quotation_longer_than_the_room_is_shown_whole() -> None:
    quote = "went on " + "and went on " * 30 + "until the comet came"
    (passage,) = show(ENDLESS, quote, characters=120)
    assert marked(passage) == [quote]


def test_near_quotations_share_a_passage() -> None:
    (passage,) = show(LONG, "Item20 is", "Item15 is")
    assert marked(passage) == ["Item15 is", "Item20 is"]


def test_far_quotations_have_passages_of_their_own_in_the_order_of_the_document() -> None:
    earlier, later = show(LONG, "Item80 is", "Item5 is")
    assert (marked(earlier), marked(later)) == (["Item5 is"], ["Item80 is"])


def test_quotations_of_one_paragraph_share_a_passage_from_further_away() -> None:
    between = "and it rained " * 20
    assert len(show(source_of(f"It began, {between}until it ended."), "It began", "it ended")) == 1
    assert len(show(source_of(f"It began.\n\n{between}\n\nThen it ended."), "It began", "it ended")) == 2


def test_far_quotations_share_the_room() -> None:
    assert sum(len(passage.text) for passage in show(LONG, "Item80 is", "Item5 is")) <= 400 + 2 * 4


@pytest.mark.parametrize(("apart", "count"), [(158, 1), (164, 2)])
def test_quotations_of_two_paragraphs_share_a_passage_up_to_160_characters(apart: int, count: int) -> None:
    between = f".\n\n{' '.join(['The crew went on'] * 12)}"[: apart - 2] + ". "
    assert len(show(source_of(f"It began here{between}It ended there."), "It began here", "It ended there")) == count


def test_quotations_that_one_between_them_joins_share_a_passage_whatever_their_order() -> None:
    assert len(show(LONG, "Item0 is", "Item10 is", "Item20 is")) == 1
    assert len(show(LONG, "Item0 is", "Item20 is", "Item10 is")) == 1


def test_quotations_of_different_sources_never_share_a_passage() -> None:
    other = source_of(STORY.text, "other")
    quotations = [find_quotation(source, "took off") for source in (STORY, other)]
    found = passages({"report": STORY, "other": other}, quotations)
    assert [passage.source.id for passage in found] == ["report", "other"]


def test_quotations_that_overlap_are_marked_without_showing_words_twice() -> None:
    (passage,) = show(STORY, "She took off", "took off in May")
    assert passage.text.count("took off") == 1
    assert "".join(marked(passage)) == "She took off in May"


def test_a_quotation_inside_another_has_no_mark_of_its_own() -> None:
    (passage,) = show(STORY, "She took off in May", "took")
    assert marked(passage) == ["She took off in May"]


def test_control_characters_are_shown_as_placeholders_and_marks_stand_right_all_the_same() -> None:
    source = source_of("The \x1b[2J comet \u202eand\x07\tthe \x9bship came.")
    (passage,) = show(source, "ship came")
    assert passage.text == "The ␛[2J comet ⟨U+202E⟩and␇ the ⟨U+009B⟩ship came."
    assert marked(passage) == ["ship came"]


def test_no_quotations_have_no_passages() -> None:
    assert passages({}, []) == ()


def test_a_passage_covers_what_it_shows_some_of() -> None:
    (passage,) = show(STORY, "took off")
    start, end = passage.start, passage.end
    assert passage.covers(Quotation("report", start, end))
    assert passage.covers(Quotation("report", 0, start + 1))
    assert passage.covers(Quotation("report", end - 1, end + 9))


def test_a_passage_does_not_cover_what_it_only_touches_or_what_stands_elsewhere() -> None:
    (passage,) = show(STORY, "took off")
    start, end = passage.start, passage.end
    assert not passage.covers(Quotation("report", 0, start))
    assert not passage.covers(Quotation("report", end, end + 9))
    assert not passage.covers(Quotation("other", start, end))


def test_the_sentences_of_quotations_are_those_they_touch_once_and_in_order() -> None:
    quotations = [find_quotation(STORY, quote) for quote in ("came home", "commanded", "June", "May. The tail")]
    assert sentences_of(STORY, quotations) == (
        "Ada Stone commanded the ship. She took off in May. The tail was long. She came home in June."
    )


WORDS = st.sampled_from("Ada saw. the Comet “tail” it’s 1.9 Oct. a.m. END! \x1b[31m \u202e so…".split())
GAPS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\r\n", "\u00a0", " \t"])
DOCUMENTS = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=80).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
ROOM = st.integers(50, 500)


@st.composite
def quoted_documents(draw: st.DrawFn) -> tuple[Source, list[Quotation]]:
    source = source_of(draw(DOCUMENTS))
    starts = [n for n, c in enumerate(source.text) if not c.isspace() and (n == 0 or source.text[n - 1].isspace())]
    ends = [n for n in range(1, len(source.text)) if source.text[n].isspace() and not source.text[n - 1].isspace()]
    quotations = []
    for _ in range(draw(st.integers(1, 4))):
        word = draw(st.integers(0, len(starts) - 1))
        quotations.append(Quotation(source.id, starts[word], ends[min(word + draw(st.integers(0, 5)), len(ends) - 1)]))
    return source, quotations


def as_shown(source: Source, start: int, end: int) -> str:
    return visible(" ".join(source.text[start:end].split()))


@settings(deadline=None, max_examples=300)
@given(quoted_documents(), ROOM)
def test_marks_stand_exactly_on_the_quotations(document: tuple[Source, list[Quotation]], characters: int) -> None:
    source, quotations = document
    for passage in passages({source.id: source}, quotations, characters):
        assert as_shown(source, passage.start, passage.end) == passage.text.removeprefix("… ").removesuffix(" …")
        reached = passage.start
        shown = []
        for quotation in passage.quotations:
            assert passage.covers(quotation)
            if quotation.end > reached:
                shown.append(as_shown(source, max(reached, quotation.start), quotation.end))
                reached = quotation.end
        assert [words.strip() for words in marked(passage)] == shown


@settings(deadline=None, max_examples=300)
@given(quoted_documents(), ROOM)
def test_every_quotation_is_in_one_passage(document: tuple[Source, list[Quotation]], characters: int) -> None:
    source, quotations = document
    found = passages({source.id: source}, quotations, characters)
    assert Counter(q for passage in found for q in passage.quotations) == Counter(quotations)


@settings(deadline=None, max_examples=300)
@given(quoted_documents(), ROOM)
def test_a_passage_is_one_safe_line_of_about_the_characters_asked_for(
    document: tuple[Source, list[Quotation]], characters: int
) -> None:
    source, quotations = document
    for quotation in quotations:
        (passage,) = passages({source.id: source}, [quotation], characters)
        assert not {unicodedata.category(c) for c in passage.text} & {"Cc", "Cf", "Zl", "Zp"}
        room = max(characters, 100, quotation.end - quotation.start)
        assert passage.end - passage.start <= room
        assert passage.start <= quotation.start < quotation.end <= passage.end
