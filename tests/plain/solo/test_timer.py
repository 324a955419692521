"""A question may take only so long, and a pause takes none of it."""

from __future__ import annotations

import pytest

from orbitquiz.quiz.game import Phase, Rules, Scoring
from orbitquiz.quiz.question import Quiz
from tests.plain.playing import KEPT, Table, right


def test_the_time_left_is_told_with_each_prompt(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(10.0))
    table.play("", ("", 6.5), ("q", 0.1))
    prompts = [line for line in table.lines if " left. " in line]
    keys = "Answer 1 to 4, h for a hint (a right answer then pays 60), x to skip, p to pause, f to flag, q to leave:"
    assert prompts == [f"10 seconds left. {keys}", f"7 seconds left. {keys}", f"1 second left. {keys}"]


def test_an_answer_in_time_counts_and_a_later_one_does_not(table: Table, quiz: Quiz) -> None:
    first, second, _ = quiz.questions
    table.start(quiz, Rules(10.0, Scoring.SPEED))
    game = table.play((right(first), 5.0), ("", 60.0), (right(second), 10.0))
    assert [verdict.points for verdict in game.verdicts] == [75, 0]
    assert (game.verdict.answer.late, game.verdict.picked, game.verdict.seconds) == (True, None, 10.0)
    assert "Time is up." in table.lines
    assert table.kept() == table.as_kept(game)


@pytest.mark.parametrize("line", ["", "h", "x", "f", "p", "s", "?", "n", "nonsense", "1"])
def test_whatever_comes_too_late_only_ends_the_question(table: Table, quiz: Quiz, line: str) -> None:
    table.start(quiz, Rules(10.0))
    game = table.play((line, 11.0))
    assert (game.phase, game.number, game.verdict.answer.late) == (Phase.ANSWERED, 1, True)
    assert (game.verdict.answer.hinted, table.flags) == (False, "")
    assert table.lines.count("Time is up.") == 1


def test_who_leaves_too_late_leaves_after_the_verdict(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(10.0))
    game = table.play(("q", 11.0), "", "1")
    assert [verdict.answer.late for verdict in game.verdicts] == [True]
    assert table.lines.index("Time is up.") < table.lines.index(KEPT)
    assert table.lines[-3].startswith("The proof in it: ")


def test_time_that_a_reason_takes_is_taken_too(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(10.0))
    game = table.play("f", ("it is wrong", 20.0), ("", 0.0))
    assert "- Why: it is wrong" in table.flags
    assert (game.number, game.verdicts[0].answer.late) == (2, True)


def test_a_pause_takes_no_time(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(10.0))
    game = table.play("p", "", "1", ("?", 500.0), "p", right(quiz.questions[0]))
    assert (game.points, game.verdict.seconds) == (100, 6.0)
    prompts = [line for line in table.lines if line.startswith("Paused.")]
    assert prompts == ["Paused. p to go on, q to leave:"] * 4
    assert table.lines.count("The clock is stopped. Type p to go on, or q to leave.") == 1
    assert table.lines.count("Who commanded the comet ship?") == 2, "the question is told again"


def test_a_game_left_in_a_pause_goes_on_with_the_time_it_had(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(10.0))
    game = table.play("x", "", "p", ("q", 700.0))
    assert game.phase is Phase.PAUSED
    assert table.take_up().left(table.clock()) == 7.0


def test_a_game_without_time_left_is_not_asked_again(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(10.0))
    table.play("x", "", "h", (KeyboardInterrupt, 9.0))
    table.take_up()
    game = table.play()
    assert [verdict.answer.late for verdict in game.verdicts] == [False, True]
    assert not any(" left. " in line for line in table.lines)
