"""The hint: the proof's passages with the answer blanked or, where they repeat the question, the sentences around."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.compose import choose
from orbitquiz.quiz.hint import hint_of
from tests.making import write_bank
from tests.quiz.made import bank_of, fact, read_whole

COUNTED = {"12": {"a": "It was 12, a dozen of 120"}, "13": {"b": "It was 13", "c": "They counted 13"}}
MOONS = fact("moons", "count", COUNTED, differs="conflict")
BELL = fact("bell", "text", {"brass": {"a": "It was brass"}}, distractors=["oak", "ash", "elm"])
AROUND = "They heard the bell from far away."
AFTER = "Nobody had rung for years before Ada Stone came."


def hint(bank: Bank, *ids: str) -> tuple[str, ...]:
    """Return the hint of the first of some questions; the others come later."""
    first, *later = choose(bank, ids, "seed").questions
    return hint_of(bank, first, later)


def bell_in(folder: Path, document: str, **more: object) -> Bank:
    """Return a bank with a gap for the bell and a question about a person, from one document and another."""
    bell = {**BELL, **more, "claims": [{**BELL["claims"][0], "cloze": {"source": "a", "quote": "It was brass."}}]}
    pilot = fact("pilot", "person", {"Ada Stone": {"b": "Ada Stone flew"}})
    return read_whole(write_bank(folder, [bell, pilot], documents={"a": document, "b": "Ada Stone flew.\n"}))


def test_every_form_of_the_answer_is_a_gap_and_no_part_of_a_word_is(tmp_path: Path) -> None:
    words = "They had 12 dogs, twelve in all, of 120 or 12.5 that year"
    dogs = fact("dogs", "count", {"12": {"a": words}}, distractors=["13"])
    assert hint(bank_of(tmp_path, [dogs]), "dogs.asked") == (
        "They had ____ dogs, ____ in all, of 120 or 12.5 that year.",
    )


def test_where_the_passage_is_the_question_itself_the_sentences_around_are_shown(tmp_path: Path) -> None:
    bank = bell_in(tmp_path, f"{AROUND}\n\nIt was brass.\n\n{AFTER}\n")
    assert hint(bank, "bell.cloze.a") == (AROUND, AFTER)


def test_a_sentence_around_that_tells_a_later_answer_is_left_out(tmp_path: Path) -> None:
    bank = bell_in(tmp_path, f"{AROUND}\n\nIt was brass.\n\n{AFTER}\n")
    assert hint(bank, "bell.cloze.a", "pilot.asked") == (AROUND,)


def test_the_answer_is_a_gap_in_the_sentences_around_too(tmp_path: Path) -> None:
    bank = bell_in(tmp_path, f"It was brass.\n\n{AFTER} And they said brass again.\n")
    assert hint(bank, "bell.cloze.a") == (AFTER,)
    bank = bell_in(tmp_path / "2", "It was brass.\n\nThey said brass again and nobody had rung for many years.\n")
    assert hint(bank, "bell.cloze.a") == ("They said ____ again and nobody had rung for many years.",)


def test_where_nothing_stands_around_there_is_no_hint(tmp_path: Path) -> None:
    assert hint(bell_in(tmp_path, "It was brass.\n"), "bell.cloze.a") == ()


def test_where_passages_lie_open_there_is_no_hint(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [MOONS])
    assert hint(bank, "moons.how") == hint(bank, "moons.according.a") == ()


def test_where_sources_differ_only_the_passages_of_the_answer_are_shown(tmp_path: Path) -> None:
    counted = {
        "12": {"a": "It was 12, a whole dozen of them in the sky", "d": "I saw 12"},
        "13": {"b": "Everybody there said 13"},
    }
    bank = bank_of(tmp_path, [fact("moons", "count", counted, differs="conflict", settled="most")])
    assert hint(bank, "moons.asked") == ("It was ____, a whole dozen of them in the sky.",)


def test_a_question_of_another_bank_has_no_hint(tmp_path: Path) -> None:
    question = choose(bank_of(tmp_path / "one", [MOONS]), ["moons.according.a"], "seed").questions[0]
    other = bank_of(tmp_path / "other", [fact("wing", "length", {"7.5 metres": {"d": "The wing was 7.5 metres"}})])
    assert hint_of(other, question) == ()
