"""Feedback on a wrong option states nothing that the bank does not prove."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.code import LETTERS, SEED_LENGTH, Request
from orbitquiz.quiz.compose import choose, compose
from orbitquiz.quiz.proof import Citation, Feedback
from orbitquiz.quiz.question import Kind, Option, Question, Quiz
from orbitquiz.quiz.sheet import QuestionSheet
from tests.making import ENTITIES
from tests.quiz.asked import Asked, every_question, is_named, stands_in
from tests.quiz.banks import banks, examples
from tests.quiz.made import bank_of, fact

SEEDS = [f"seed {n}" for n in range(20)]


def statements(bank: Bank, cited: Citation) -> Iterator[str]:
    """Every statement of the bank that the words which are cited prove."""
    for each in bank.facts:
        for claim in each.claims:
            if cited.quotation in claim.proof:
                for text in [each.statement or ""] + ([each.reverse.statement] if each.reverse else []):
                    value = claim.value.text
                    stated = text.replace("{value}.", value.rstrip(".") + ".").replace("{value}", value)
                    yield stated
                    yield f"According to {cited.cite_as}, {stated[0].lower()}{stated[1:]}"
                    yield f"According to {cited.cite_as}, {stated}"


def check(bank: Bank, quiz: Quiz) -> None:
    for at, question in enumerate(quiz.questions, 1):
        assert question.options[question.key].feedback is None
        later = [Asked(bank, other) for other in quiz.questions[at:]]
        for option in question.options:
            if option.feedback:
                check_feedback(bank, question, option, option.feedback)
                assert not [other.question.id for other in later if tells(option.feedback, other)]


def check_feedback(bank: Bank, question: Question, option: Option, feedback: Feedback) -> None:
    cited = feedback.citation
    if cited is not None:
        source = bank.sources[cited.quotation.source]
        assert cited.cite_as == source.cite_as
        assert cited.line == source.text[: cited.quotation.start].count("\n") + 1
    if feedback.is_reason:
        (distractor,) = (each for each in Asked(bank, question).fact.distractors if each.value.text == option.text)
        assert feedback.statement == distractor.because
        assert (cited.quotation if cited else None) == next(iter(distractor.proof), None)
    elif cited is None:
        assert feedback.statement in {entity.about for entity in bank.entities.values() if entity.name == option.text}
    else:
        assert feedback.statement in statements(bank, cited)
        if question.kind is Kind.WHICH:
            assert option.text == source.cite_as[0].upper() + source.cite_as[1:]
        else:
            assert is_named(Asked(bank, question).value(option.text), feedback.statement)


def tells(feedback: Feedback, later: Asked) -> bool:
    """True if a player who has read the feedback has read the later key, or some of the words that prove it."""
    if later.question.open:
        return False  # its passages are there to be read
    if stands_in(later.key.giveaways, feedback.statement):
        return True
    if feedback.citation is None:
        return False
    proof = [quotation for claim in later.fact.claims for quotation in claim.proof]
    proof += [later.question.quoted] if later.question.quoted else []
    cited = feedback.citation.quotation
    return any(
        cited.source == words.source and max(cited.start, words.start) < min(cited.end, words.end) for words in proof
    )


@examples(80)
@given(banks(), st.text(max_size=3))
def test_in_any_bank_a_remark_is_true_speaks_of_its_option_and_tells_no_later_key(bank: Bank, seed: str) -> None:
    check(bank, compose(bank, Request(seed, len(bank.facts))))


@examples(40)
@given(banks(), st.text(max_size=3))
def test_in_any_bank_the_same_holds_where_questions_are_chosen(bank: Bank, seed: str) -> None:
    ids = [asked.question.id for asked in every_question(bank, seed)]
    check(bank, choose(bank, ids, seed))


def test_in_the_built_in_bank_the_same_holds(builtin: Bank) -> None:
    for seed in SEEDS:
        check(builtin, compose(builtin, Request(seed)))


@examples(40)
@given(banks(), st.text(alphabet=LETTERS, min_size=SEED_LENGTH, max_size=SEED_LENGTH))
def test_but_for_its_remarks_a_question_is_as_it_was_made(bank: Bank, seed: str) -> None:
    made = [asked.question for asked in every_question(bank, seed)]
    chosen = choose(bank, [question.id for question in made], seed).questions
    bare = [replace(one, options=tuple(replace(option, feedback=None) for option in one.options)) for one in chosen]
    assert bare == made


PILOT = fact("pilot", "person", {"Ada Stone": {"a": "Ada Stone flew"}}, statement="{value} flew the ship.")
COOK = fact("cook", "person", {"Ben Oak": {"a": "Ben Oak cooked"}}, statement="{value} cooked for all.")
COUNTED = {"12": {"a": "They counted 12"}, "13": {"b": "They counted 13"}, "14": {"c": "Some say 14"}}
MOONS = fact("moons", "count", COUNTED, differs="conflict", statement="There are {value} moons.")


def told(bank: Bank, *ids: str, of: str) -> set[str]:
    """Return the feedback on the wrong option `of` of the first question, for every seed that offers it."""
    questions = [choose(bank, ids, seed).questions[0] for seed in SEEDS]
    found = [option.feedback for question in questions for option in question.options if option.text == of]
    assert found
    return {
        f"{told.statement} [{told.citation.cite_as if told.citation else 'editor'}]" if told else "" for told in found
    }


def test_what_another_source_says_is_told(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [MOONS])
    assert told(bank, "moons.according.a", of="13") == {"According to the b, There are 13 moons. [the b]"}


def test_what_a_report_says_instead_is_told(tmp_path: Path) -> None:
    elsewhere = fact("wing", "length", {"7.5 metres": {"d": "The wing was 7.5 metres"}})
    bank = bank_of(tmp_path, [MOONS, elsewhere])
    assert told(bank, "moons.which.a", of="The b") == {"According to the b, There are 13 moons. [the b]"}
    assert told(bank, "moons.which.a", of="The d") == {""}


def test_a_report_is_spoken_of_by_its_own_words_though_another_says_the_same(tmp_path: Path) -> None:
    counted = {"12": COUNTED["12"], "13": {"b": "They counted 13", "d": "It has 13", "e": "I saw 13"}}
    bank = bank_of(
        tmp_path, [fact("moons", "count", counted, differs="conflict", statement="There are {value} moons.")]
    )
    assert told(bank, "moons.which.a", of="The d") == {"According to the d, There are 13 moons. [the d]"}


def test_what_another_fact_says_of_the_option_is_told(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, COOK])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak cooked for all. [the a]"}
    assert told(bank, "pilot.asked", of="Cy Reed") == {""}


def test_the_less_exact_claim_of_another_fact_is_not_what_it_says_of_an_option(tmp_path: Path) -> None:
    claims = {"5 October 2031": {"a": "It began on 5 October 2031"}, "October 2031": {"b": "It was in October 2031"}}
    began = fact("began", "date", claims, differs="precision", statement="It began in {value}.")
    lost = fact("lost", "date", {"May 2029": {"c": "It was lost in May 2029"}})
    bank = bank_of(tmp_path, [lost | {"distractors": ["October 2031", "June 2029", "July 2029"]}, began])
    assert told(bank, "lost.asked", of="October 2031") == {""}


def test_the_key_has_no_remark(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, {**PILOT, "id": "captain"}])
    assert told(bank, "pilot.asked", of="Ada Stone") == {""}


def test_whom_a_question_turned_round_asks_for_is_spoken_of_too(tmp_path: Path) -> None:
    turned = {"ask": "Who is {value} tall?", "statement": "Ben Oak is {value} tall.", "answer": "ben-oak"}
    height = fact("height", "length", {"1.9 metres": {"b": "Ben Oak is 1.9 metres tall"}}, reverse=turned)
    bank = bank_of(tmp_path, [PILOT, height])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak is 1.9 metres tall. [the b]"}


def test_what_one_source_alone_asserts_is_told_as_its_own(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, {**COOK, "attributed": "true"}])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"According to the a, Ben Oak cooked for all. [the a]"}


def test_what_is_plainly_so_comes_before_what_one_source_asserts(tmp_path: Path) -> None:
    singer = fact("singer", "person", {"Ben Oak": {"b": "Ben Oak sang"}}, statement="{value} sang.")
    bank = bank_of(tmp_path, [PILOT, {**COOK, "attributed": "true"}, singer])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak sang. [the b]"}


@pytest.mark.parametrize(("type", "said"), [("count", "There are 13 of them. [the b]"), ("age", "")])
def test_a_number_is_spoken_of_by_facts_of_its_type(tmp_path: Path, type: str, said: str) -> None:
    dogs = fact("dogs", "count", {"12": {"a": "They had 12 dogs"}}, distractors=["13"])
    other = fact("other", type, {"13": {"b": "There are 13"}}, statement="There are {value} of them.")
    assert told(bank_of(tmp_path, [dogs, other]), "dogs.asked", of="13") == {said}


def test_a_remark_that_tells_a_later_key_is_left_out(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, COOK])
    assert told(bank, "pilot.asked", "cook.asked", of="Ben Oak") == {""}


def test_a_remark_may_tell_a_key_that_was_asked_before(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [PILOT, COOK])
    questions = [choose(bank, ["cook.asked", "pilot.asked"], seed).questions[1] for seed in SEEDS]
    remarks = [option.feedback for question in questions for option in question.options if option.text == "Ben Oak"]
    assert remarks
    assert all(remarks)


def test_a_remark_that_cites_what_proves_a_later_key_is_left_out(tmp_path: Path) -> None:
    # No form of the answer 7 stands in the sentence that is cited; the words that prove it do.
    crew = fact("crew", "count", {"7": {"a": "The septet came with Ben Oak"}})
    crew["claims"][0]["as"] = "septet"
    guest = fact("guest", "person", {"Ben Oak": {"a": "The septet came with Ben Oak"}}, statement="{value} came.")
    pilot = fact("pilot", "person", {"Ada Stone": {"b": "Ada Stone flew"}})
    bank = bank_of(tmp_path, [pilot, crew, guest])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak came. [the a]"}
    assert told(bank, "pilot.asked", "crew.asked", of="Ben Oak") == {""}


def test_the_reason_of_a_distractor_comes_first_and_is_cited(tmp_path: Path) -> None:
    proof = [{"source": "a", "quote": "Ben Oak cooked"}]
    pilot = {**PILOT, "distractors": [{"text": "Ben Oak", "because": "He was the cook.", "proof": proof}]}
    assert told(bank_of(tmp_path, [pilot, COOK]), "pilot.asked", of="Ben Oak") == {"He was the cook. [the a]"}


def test_the_reason_of_a_distractor_without_a_proof_is_the_editors_word(tmp_path: Path) -> None:
    pilot = {**PILOT, "distractors": [{"text": "Ben Oak", "because": "He can't fly."}]}
    bank = bank_of(tmp_path, [pilot, COOK])
    assert told(bank, "pilot.asked", of="Ben Oak") == {"He can't fly. [editor]"}
    (where,) = {
        option.feedback.where
        for option in choose(bank, ["pilot.asked"], "s").questions[0].options
        if option.text == "Ben Oak" and option.feedback
    }
    assert where == "editor's note"


def test_a_reason_is_given_where_the_option_answers_that_question_only(tmp_path: Path) -> None:
    turned = {"ask": "Who flew the {value}?", "statement": "Ada Stone flew the {value}.", "answer": "ada-stone"}
    because = "Ben Oak is no ship."
    ship = fact(
        "ship",
        "text",
        {"Owl": {"a": "Ada Stone flew the Owl"}},
        distractors=[{"text": "Ben Oak", "because": because}, "Elk", "Ant"],
        reverse=turned,
    )
    bank = bank_of(tmp_path, [ship])
    assert told(bank, "ship.asked", of="Ben Oak") == {f"{because} [editor]"}
    assert told(bank, "ship.reverse", of="Ben Oak") == {""}


def test_who_somebody_is_is_told_where_nothing_better_is_known(tmp_path: Path) -> None:
    about = {"ben-oak": "A baker from Port Vale.", "cy-reed": "The first to see the comet."}
    entities = [{**entity, **({"about": about[entity["id"]]} if entity["id"] in about else {})} for entity in ENTITIES]
    bank = bank_of(tmp_path, [PILOT, COOK], entities=entities)
    assert told(bank, "pilot.asked", of="Ben Oak") == {"Ben Oak cooked for all. [the a]"}
    assert told(bank, "pilot.asked", of="Cy Reed") == {"The first to see the comet. [editor]"}
    assert told(bank, "pilot.asked", "cook.asked", of="Ben Oak") == {"A baker from Port Vale. [editor]"}


def test_a_reason_that_tells_a_later_key_is_left_out(tmp_path: Path) -> None:
    pilot = {**PILOT, "distractors": [{"text": "Cy Reed", "because": "He helped Ben Oak in the kitchen."}]}
    bank = bank_of(tmp_path, [pilot, COOK])
    assert told(bank, "pilot.asked", of="Cy Reed") == {"He helped Ben Oak in the kitchen. [editor]"}
    assert told(bank, "pilot.asked", "cook.asked", of="Cy Reed") == {""}


def test_a_reason_is_given_though_the_proof_shows_what_it_cites(tmp_path: Path) -> None:
    proof = [{"source": "a", "quote": "Ada Stone flew"}]
    pilot = {**PILOT, "distractors": [{"text": "Ben Oak", "because": "He only watched.", "proof": proof}]}
    (question,) = choose(bank_of(tmp_path, [pilot]), ["pilot.asked"], "s").questions
    sheet = QuestionSheet.of(question)
    assert "He only watched. (the a, line 3)" in sheet.remarks
