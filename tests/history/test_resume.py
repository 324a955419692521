"""A game that was broken off goes on as if it had not been."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from orbitquiz.bank.model import Bank
from orbitquiz.history.model import KeptGame
from orbitquiz.history.resume import CannotResume
from orbitquiz.history.resume import resume as resume_both
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Game, Phase, Rules, Scoring
from orbitquiz.quiz.sheet import QuizSheet
from tests.history.conftest import Opener
from tests.history.playing import ABOUT, LATE, RIGHT, SKIPPED, WRONG, Clock, Pick, all_of, is_sound, move, started


def resume(bank: Bank, kept: KeptGame, at: float) -> Game:
    """Return the game that is resumed, and check that it plays the quiz that comes with it."""
    quiz, game = resume_both(bank, kept, at)
    assert game.quiz == QuizSheet.of(quiz)
    return game


def broken_off(records: Records, game: Game, picks: list[Pick]) -> tuple[KeptGame, Game]:
    """Return the saved state of `game` when it is broken off after `picks`, and the game itself."""
    id = records.begin(game, ABOUT)
    for pick in picks:
        game = move(game, pick)
        records.answered(id, game)
    unfinished = records.unfinished()
    assert unfinished is not None
    return unfinished, game


@pytest.mark.parametrize("seed", ["APOLLO", "", "apollo 13", "\udcff", "y" * 5000])
def test_a_composed_quiz_is_the_same_option_by_option(builtin: Bank, folder: Path, opened: Opener, seed: str) -> None:
    quiz = compose(builtin, Request(seed))
    kept, game = broken_off(opened(folder), started(quiz), [RIGHT, SKIPPED])
    again = resume(builtin, kept, 50.0)
    assert again.quiz.questions == QuizSheet.of(quiz).questions
    assert again == structs.replace(game, shown_at=50.0)
    assert again.quiz.code is not None


def test_a_quiz_that_has_fewer_questions_than_wanted_stays_so(comet: Bank, folder: Path, opened: Opener) -> None:
    kept, game = broken_off(opened(folder), started(compose(comet, Request("APOLLO", 40))), [])
    assert resume(comet, kept, 0.0) == game


def test_a_chosen_quiz_keeps_its_title_and_its_order(comet: Bank, folder: Path, opened: Opener) -> None:
    quiz = structs.replace(all_of(comet), title="Lesson 3")
    kept, game = broken_off(opened(folder), started(quiz), [RIGHT])
    assert resume(comet, kept, game.shown_at) == game


def test_score_clock_and_hint_go_on(comet: Bank, folder: Path, opened: Opener) -> None:
    records = opened(folder)
    game = started(all_of(comet), Rules(20.0, Scoring.SPEED))
    id = records.begin(game, ABOUT)
    game = move(game, game.question.key, 5.0)
    game = move(game.hint(), game.question.key, 8.0)
    game = move(game, LATE, 30.0)
    records.answered(id, game)
    game = game.hint().pause(game.shown_at + 3.5)
    records.shown(id, game.elapsed(99.0), hinted=game.hinted)
    kept = opened(folder).unfinished()
    assert kept is not None
    again = resume(comet, kept, 1000.0)
    assert again == game.go_on(1000.0)
    assert (again.points, again.left(1002.0), again.hinted) == (88 + 48, 14.5, True)


def test_a_game_of_which_only_the_end_was_not_seen_is_over(comet: Bank, folder: Path, opened: Opener) -> None:
    game = started(all_of(comet))
    kept, game = broken_off(opened(folder), game, [WRONG] * len(game.quiz.questions))
    again = resume(comet, kept, game.shown_at)
    assert again == game
    assert again.phase is Phase.OVER


def test_another_bank_or_another_state_of_it_is_told(comet: Bank, folder: Path, opened: Opener) -> None:
    kept, _ = broken_off(opened(folder), started(all_of(comet)), [RIGHT])
    with pytest.raises(CannotResume, match=r"played with the bank comet-bank, and this is other"):
        resume(structs.replace(comet, id="other"), kept, 0.0)
    with pytest.raises(CannotResume, match=r"the bank comet-bank has changed since"):
        resume(structs.replace(comet, digest="1" * 64), kept, 0.0)


def test_a_question_that_can_no_longer_be_asked_is_told(comet: Bank, folder: Path, opened: Opener) -> None:
    kept, _ = broken_off(opened(folder), started(all_of(comet)), [])
    with pytest.raises(CannotResume, match=r"no longer has the question 'commander\.asked'"):
        resume(structs.replace(comet, facts=comet.facts[1:]), kept, 0.0)


def test_an_answer_that_is_not_what_it_was_is_told(comet: Bank, folder: Path, opened: Opener) -> None:
    kept, _ = broken_off(opened(folder), started(all_of(comet)), [RIGHT, WRONG])
    first, second = kept.answers

    def with_answers(*answers: object) -> KeptGame:
        return replace(kept, answers=answers)  # type: ignore[arg-type]

    assert resume(comet, with_answers(first), 0.0).number == 2
    others = {
        "options of the question": [
            with_answers(replace(first, picked="Nobody")),
            with_answers(replace(first, key="Nobody")),
            with_answers(first, replace(second, picked="")),
        ],
        "question 2 was": [with_answers(first, replace(second, question=first.question))],
        "not all of its answers": [with_answers(second), with_answers(second, first)],
        "more answers than questions": [
            with_answers(*(replace(first, number=n) for n in range(1, len(kept.game.questions) + 2)))
        ],
    }
    for message, changed in others.items():
        for each in changed:
            with pytest.raises(CannotResume, match=message):
                resume(comet, each, 0.0)


def test_a_skipped_question_needs_no_option_but_its_key(comet: Bank, folder: Path, opened: Opener) -> None:
    kept, game = broken_off(opened(folder), started(all_of(comet)), [SKIPPED])
    assert resume(comet, kept, game.shown_at) == game
    with pytest.raises(CannotResume):
        resume(comet, replace(kept, answers=(replace(kept.answers[0], key="Nobody"),)), 0.0)


steps = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from([0, 1, 2, 3, SKIPPED, LATE])),
    st.tuples(st.sampled_from(["hint", "heartbeat", "pause", "kill"]), st.none()),
)
all_rules = st.builds(Rules, st.none() | st.floats(1, 60), st.sampled_from(Scoring))


@settings(deadline=None, max_examples=20)
@given(all_rules, st.lists(st.tuples(steps, st.floats(0, 40)), max_size=12))
def test_whenever_the_program_is_killed_the_same_game_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
    comet: Bank,
    rules: Rules,
    played: list[tuple[tuple[str, Pick], float]],
) -> None:
    """A killed program leaves its folder as it is at that moment, so the next one gets a copy of it."""
    clock = Clock()
    folder = tmp_path_factory.mktemp("records")
    records = Records.open(folder, clock)
    game = started(all_of(comet), rules)
    id = records.begin(game, ABOUT)
    told = (0.0, False)  # of the present question

    def kill() -> Game:
        nonlocal folder, records
        left = tmp_path_factory.mktemp("left")
        shutil.copytree(folder, left, dirs_exist_ok=True)
        records.close()
        folder, records = left, Records.open(left, clock)
        kept = records.unfinished()
        assert kept is not None
        assert kept.game.id == id
        return resume(comet, kept, game.shown_at)

    for (step, pick), seconds in [*played, (("kill", None), 0.0)]:
        if game.phase is Phase.OVER:
            break
        at = game.shown_at + seconds
        match step:
            case "answer":
                game, told = move(game, pick, seconds), (0.0, False)
                records.answered(id, game)
            case "hint":
                game = game.hint()
            case "pause":
                game = game.pause(at).go_on(at)
            case "heartbeat":
                told = (game.elapsed(at), game.hinted)
                game = structs.replace(game.pause(at).go_on(at), spent=told[0])
                records.shown(id, told[0], hinted=told[1])
            case "kill":
                game = structs.replace(game, spent=told[0], hinted=told[1])
                assert kill() == game
    game = structs.replace(game, spent=told[0], hinted=told[1])
    assert kill() == game
    records.close()
    assert is_sound(folder)


def test_a_resumed_game_is_kept_on_with(comet: Bank, folder: Path, opened: Opener) -> None:
    kept, game = broken_off(opened(folder), started(all_of(comet)), [RIGHT])
    records = opened(folder)
    assert records.unfinished() == kept
    game = resume(comet, kept, 500.0)
    while game.phase is not Phase.OVER:
        game = move(game, game.question.key)
        records.answered(kept.game.id, game)
    records.ended(kept.game.id)
    assert opened(folder).unfinished() is None
    recent = opened(folder).statistics().recent[0]
    assert (recent.answered, recent.points, recent.finished) == (len(game.quiz.questions), game.points, True)
