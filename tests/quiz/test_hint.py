"""The hint: the proof's passages with the answer blanked, and nothing else changed."""

from __future__ import annotations

from pathlib import Path

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.choice import choose
from orbitquiz.quiz.hint import hint_of
from tests.making import write_bank
from tests.quiz.made import bank_of, fact, read_whole

COUNTED = {"12": {"a": "It was 12, a dozen of 120"}, "13": {"b": "It was 13", "c": "They counted 13"}}
MOONS = fact("moons", "count", COUNTED, differs="conflict")


def hint(bank: Bank, id: str) -> tuple[str, ...]:
    return hint_of(bank, choose(bank, [id], "seed").questions[0])


def test_every_form_of_the_answer_is_a_gap_and_no_part_of_a_word_is(tmp_path: Path) -> None:
    dogs = fact("dogs", "count", {"12": {"a": "They had 12 dogs, twelve in all, of 120 or 12.5"}}, distractors=["13"])
    assert hint(bank_of(tmp_path, [dogs]), "dogs.asked") == ("They had ____ dogs, ____ in all, of 120 or 12.5.",)


def test_where_sources_differ_only_the_passages_of_the_answer_are_shown(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [MOONS])
    assert hint(bank, "moons.according.a") == ("It was ____, a dozen of 120.",)
    assert hint(bank, "moons.according.b") == ("It was ____.",)


def test_a_hint_to_which_report_says_so_names_neither_title_nor_author_nor_publisher(tmp_path: Path) -> None:
    quote = "Ada Stone of The Evening Post wrote in Comet News: it was 12"
    documents = {"a": f"{quote}.\n", **{id: f"It was 13, said the {id}.\n" for id in "bcd"}}
    about = {"a": {"title": "Comet News", "author": "Ada Stone", "publisher": "The Evening Post"}}
    counted = fact(
        "moons",
        "count",
        {"12": {"a": quote}, "13": {id: f"It was 13, said the {id}" for id in "bcd"}},
        differs="conflict",
    )
    bank = read_whole(write_bank(tmp_path, [counted], documents=documents, about=about))
    assert hint(bank, "moons.which.a") == ("____ of ____ wrote in ____: it was 12.",)


def test_a_question_of_another_bank_has_no_hint(tmp_path: Path) -> None:
    question = choose(bank_of(tmp_path / "one", [MOONS]), ["moons.according.a"], "seed").questions[0]
    other = bank_of(tmp_path / "other", [fact("wing", "length", {"7.5 metres": {"d": "The wing was 7.5 metres"}})])
    assert hint_of(other, question) == ()
