"""The commands of plain mode."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import Game, Mode, Phase, Rules
from orbitquiz.quiz.proof import Citation, Feedback
from orbitquiz.quiz.question import Option, Quiz
from tests.plain.playing import KEPT, NOTHING, Table, quiz_of, right, wrong

PROMPT = "Answer 1 to 4, h for a hint (a right answer then pays 60), x to skip, f to flag, q to leave:"
GO_ON = "Enter for the next question, s for the source, f to flag, q to leave:"
GO_ON_RIGHT = "Enter for the next question, s for the source, g if it was a guess, f to flag, q to leave:"


def with_options(quiz: Quiz, *texts: str) -> Quiz:
    """The first question of `quiz` with these options, of which the first is right."""
    options = tuple(Option(text, index == 0) for index, text in enumerate(texts))
    return replace(quiz, questions=(replace(quiz.questions[0], options=options),))


def picked(game: Game) -> list[int | None]:
    return [verdict.picked for verdict in game.verdicts]


def test_a_question_is_told_with_its_place_and_its_options(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    table.play()
    options = [f"{number}: {option.text}" for number, option in enumerate(quiz.questions[0].options, 1)]
    head = ["", "Question 1 of 3. The comet. 0 points.", "Who commanded the comet ship?"]
    assert table.lines == [*head, *options, PROMPT, NOTHING, ""]


def test_it_is_told_that_sources_differ_and_how_many_points_there_are(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    table.play(right(quiz.questions[0]), "", right(quiz.questions[1]), "")
    assert "Question 3 of 3. The comet. Sources differ. 200 points." in table.lines


def test_lines_from_a_script_answer_and_go_on(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    game = table.play("1", "", "2", "")
    assert picked(game) == [0, 1]
    assert (game.phase, game.number) == (Phase.ASKING, 3)


@pytest.mark.parametrize("index", range(4))
def test_an_option_has_a_number_a_letter_and_its_words(table: Table, quiz: Quiz, index: int) -> None:
    text = quiz.questions[0].options[index].text
    words = [str(index + 1), "abcd"[index], "ABCD"[index], text, f"  {text.upper()}. ", text.replace(" ", "  ")]
    for word in words:
        table.start(quiz)
        assert picked(table.play(word)) == [index], word


def test_a_word_that_only_one_option_has_is_understood(table: Table, quiz: Quiz) -> None:
    for word, index in (("shepherd", 1), ("alan shepherd", 1), ("60", 2), ("ada", None), ("ada stone", 0)):
        table.start(with_options(quiz, "Ada Stone", "Alan Shepherd", "60 years", "Ada Reed"))
        assert picked(table.play(word)) == ([] if index is None else [index]), word


def test_words_that_two_options_share_answer_nothing(table: Table, quiz: Quiz) -> None:
    table.start(with_options(quiz, "One", "Two", "one", "Three"))
    assert picked(table.play("one")) == []
    assert picked(table.play("two")) == [1]


def test_a_number_is_a_place_where_options_are_numbers(table: Table, quiz: Quiz) -> None:
    table.start(with_options(quiz, "3", "2", "1", "40"))
    assert picked(table.play("1")) == [0]
    table.start(with_options(quiz, "3", "2", "1", "40"))
    assert picked(table.play("40")) == [3]


@pytest.mark.parametrize("line", ["5", "0", "e", "²", "1 2", "-1", "nonsense", "n", "\x00", "1" * 9000, "\udcff"])
def test_anything_else_gets_one_line_that_says_what_is_expected(table: Table, quiz: Quiz, line: str) -> None:
    table.start(quiz)
    game = table.play(line)
    expected = "Not understood. Type 1 to 4, the words of an answer, or h, x, f, q; ? explains them."
    assert table.lines[-5:] == [PROMPT, expected, PROMPT, NOTHING, ""]
    assert game.verdicts == ()


def test_an_empty_line_leaves_a_question_open_and_repeats_the_prompt(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    game = table.play("", "  ", "")
    assert table.lines[-6:] == [PROMPT, PROMPT, PROMPT, PROMPT, NOTHING, ""]
    assert game.is_open


@pytest.mark.parametrize("line", ["", "n", "N", " "])
def test_after_a_verdict_an_empty_line_or_n_goes_on(table: Table, quiz: Quiz, line: str) -> None:
    table.start(quiz)
    assert table.play("1", line).number == 2


@pytest.mark.parametrize("line", ["1", "a", "h", "x", "p", "r", "go on"])
def test_after_a_verdict_nothing_is_answered(table: Table, quiz: Quiz, line: str) -> None:
    table.start(quiz)
    game = table.play("1", line)
    assert game.phase is Phase.ANSWERED
    assert table.lines[-4].startswith("Not understood. The question is over: press Enter to go on")


def test_a_right_answer_is_told_with_its_proof(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    game = table.play(right(quiz.questions[0]))
    assert game.points == 100
    told = table.lines[table.lines.index(PROMPT) + 1 :]
    assert told == [
        "Right.",
        "Ada Stone commanded the comet ship.",
        "Line 3, The report, The comet crew.",
        "Ada Stone, 41, commanded the ship Kestrel. She took off from Port Vale on May 3, 2031, with two others.",
        "The proof in it: Ada Stone, 41, commanded the ship",
        GO_ON_RIGHT,
        KEPT,
        "",
    ]


def test_a_right_answer_can_be_marked_as_a_guess_and_a_wrong_one_cannot(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    game = table.play(right(quiz.questions[0]), "g", "", wrong(quiz.questions[1]), "g")
    assert [verdict.answer.guessed for verdict in game.verdicts] == [True, False]
    assert "Marked as a guess: reviews ask it again sooner. g again takes it back." in table.lines


def test_where_several_values_are_proved_each_passage_has_its_own_and_the_note_follows(
    table: Table, comet: Bank
) -> None:
    table.start(quiz_of(comet, "take-off.according.report"))
    table.play("x")
    told = table.lines[table.lines.index("Skipped.") :]
    assert told[1] == "According to the report, the comet crew took off on 3 May."
    assert [line.split(":")[0] for line in (told[2], told[5], told[8])] == ["3 May", "4 May", "Editor's note"]
    assert told[2] == "3 May: line 3, The report, The comet crew."
    assert told[4] == "The proof in it: She took off from Port Vale on May 3"
    assert told[7] == "The proof in it: The crew left on May 4"
    assert told[8] == "Editor's note: Nobody has said which is right."


def test_a_wrong_answer_is_named(table: Table, quiz: Quiz) -> None:
    question = quiz.questions[0]
    table.start(quiz)
    table.play(wrong(question))
    said = question.options[(question.key + 1) % 4].text
    assert f"Wrong. You said {said}." in table.lines


def test_what_is_known_of_a_wrong_answer_is_told_unless_the_proof_shows_it(table: Table, quiz: Quiz) -> None:
    question, shown = quiz.questions[0], quiz.questions[2].proof.shown[1].passage
    there = question.proof.shown[0].passage.quotations[0]
    for quotation, is_told in [(shown.quotations[0], True), (there, False)]:
        remark = Feedback("Somebody else steered it.", Citation("The Times", quotation, 41))
        options = tuple(replace(option, feedback=None if option.is_key else remark) for option in question.options)
        table.start(replace(quiz, questions=(replace(question, options=options),)))
        table.play(wrong(question))
        assert ("Your answer: Somebody else steered it. (The Times, line 41)" in table.lines) is is_told


def test_further_places_are_named(table: Table, quiz: Quiz) -> None:
    question = quiz.questions[0]
    quotation = question.proof.shown[0].passage.quotations[0]
    also = (Citation("The Times", quotation, 41), Citation("The Post", quotation, 7))
    table.start(replace(quiz, questions=(replace(question, proof=replace(question.proof, also=also)),)))
    table.play("x")
    assert "Also: The Times, line 41; The Post, line 7" in table.lines


def test_a_hint_shows_the_passage_with_a_gap_and_costs(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    game = table.play("h", "h", right(quiz.questions[0]))
    assert game.points == 60
    hints = [line for line in table.lines if line.startswith("Hint: ")]
    assert hints == [hints[0]] * 2
    assert "blank, 41, commanded the ship" in hints[0]
    assert "Ada Stone" not in hints[0]
    assert "Answer 1 to 4, x to skip, f to flag, q to leave:" in table.lines


def test_where_there_is_no_hint_none_is_paid_for(table: Table, quiz: Quiz) -> None:
    question = replace(quiz.questions[0], id="gone.asked")
    table.start(replace(quiz, questions=(question,)))
    assert table.play("h", right(question)).points == 100
    assert "There is no hint for this question." in table.lines


@pytest.mark.parametrize("moves", [(), ("x",)], ids=["asking", "answered"])
def test_a_flag_takes_its_reason_from_the_next_line(table: Table, quiz: Quiz, moves: tuple[str, ...]) -> None:
    table.start(quiz)
    game = table.play(*moves, "f", "  2 is\tright, too ", "f", " ")
    assert table.flags.count("- Why:") == 1
    assert "- Why: 2 is right, too" in table.flags
    assert "Nothing is flagged." in table.lines
    assert len(game.verdicts) == len(moves)


def test_a_reason_is_not_endless(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    table.play("f", "y" * 5000)
    assert f"- Why: {'y' * 300}\n" in table.flags


def test_the_source_is_shown_by_its_lines_once_the_question_is_over(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    table.play("s", "x", "s")
    assert "The source can be read once the question is answered." in table.lines
    at = table.lines.index("From the report, The comet crew:")
    assert table.lines[at + 1 : at + 4] == [
        "1  The comet crew",
        "2",
        "3  Ada Stone, 41, commanded the ship Kestrel. She took off from Port Vale on May 3, 2031, with two others.",
    ]
    assert "41, commanded" not in "".join(table.lines[: table.lines.index("Skipped.")])


def test_the_keys_are_explained(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(60.0))
    game = table.play("?", "p", "?", "p", "x", "?")
    for key in ("h:", "x:", "p:", "f:", "s:", "q:", "?:"):
        assert sum(line.startswith(key) for line in table.lines) == 3
    assert game.phase is Phase.ANSWERED


def test_without_a_timer_there_is_no_pause(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    assert table.play("p").phase is Phase.ASKING
    assert "There is no timer, so take your time." in table.lines
    assert "p: " not in table.text


@pytest.mark.parametrize("moves", [(), ("1",), ("1", "")])
def test_q_leaves_and_says_how_to_go_on(table: Table, quiz: Quiz, moves: tuple[str, ...]) -> None:
    table.start(quiz)
    game = table.play(*moves, "q", "1", "1")
    assert table.lines[-2] == (KEPT if moves else NOTHING)
    assert len(game.verdicts) == len(moves[:1])


def test_the_end_tells_how_it_went(table: Table, quiz: Quiz) -> None:
    first, second, third = quiz.questions
    table.start(quiz)
    game = table.play("h", right(first), "", wrong(second), "", "x", "")
    assert game.phase is Phase.OVER
    end = table.lines[table.lines.index("The end. 60 points, 1 of 3 right.") :]
    assert end == [
        "The end. 60 points, 1 of 3 right.",
        "Longest streak: 1. Time: 12 seconds.",
        f"1. right, with the hint: {first.stem}",
        f"2. wrong: {second.stem}",
        f"3. skipped: {third.stem}",
        "The same quiz again: orbitquiz play --quiz TEST",
        "r for another quiz, m to play what you missed, e to save a reading list, c for a line to share, q to leave:",
        "",
    ]
    assert table.records.unfinished() is None


def test_after_the_end_another_quiz_can_be_played(table: Table, comet: Bank) -> None:
    other = quiz_of(comet, "take-off.according.report")
    table.start(quiz_of(comet, "tail.asked"), Rules(60.0), ("Red", "Blue"), another=other)
    game = table.play("x", "", "", "?", "r")
    assert [question.id for question in game.quiz.questions] == [question.id for question in other.questions]
    assert (game.rules, table.session.setup.mode) == (Rules(60.0), Mode.TEAMS)
    assert "Not understood. The quiz is over: type r, m, e, c or q." in table.lines


def test_the_same_quiz_once_more_begins_anew(table: Table, comet: Bank) -> None:
    table.start(quiz_of(comet, "tail.asked"))
    table.play("x", "", "r", "x", "", "q")
    assert sum(line == "Question 1 of 1. The comet. 0 points." for line in table.lines) == 2
    assert sum(line.startswith("The end.") for line in table.lines) == 2


def test_what_was_missed_can_be_played_and_is_kept_as_such(table: Table, quiz: Quiz) -> None:
    first, second, _ = quiz.questions
    table.start(quiz)
    game = table.play(right(first), "", wrong(second), "", "x", "", "m")
    assert {question.fact for question in game.quiz.questions} == {"tail", "take-off"}
    assert (game.quiz.seed, game.quiz.code, game.number) == ("OTHERS", None, 1)
    table.play("x")
    unfinished = table.records.unfinished()
    assert unfinished is not None
    assert unfinished.game.mode is Mode.MISSED


def test_nothing_is_said_of_a_quiz_that_cannot_be_had_again(table: Table, comet: Bank) -> None:
    table.start(replace(quiz_of(comet, "tail.asked"), seed="by hand"))
    table.play("x", "")
    assert "The end. 0 points, 0 of 1 right." in table.lines
    assert "The same quiz again" not in table.text


def test_who_missed_nothing_has_nothing_to_play_again(table: Table, comet: Bank) -> None:
    quiz = quiz_of(comet, "tail.asked")
    table.start(quiz)
    game = table.play(right(quiz.questions[0]), "", "m")
    assert game.phase is Phase.OVER
    assert table.lines[-4:] == [
        "r for another quiz, c for a line to share, q to leave:",
        "Not understood. The quiz is over: type r, c or q.",
        "r for another quiz, c for a line to share, q to leave:",
        "",
    ]


def test_a_reading_list_is_written_and_named(table: Table, comet: Bank) -> None:
    table.start(quiz_of(comet, "tail.asked"))
    game = table.play("x", "", "e", "q")
    (file,) = table.folder.glob("*.md")
    assert f"Saved in {file}" in table.lines
    assert game.quiz.questions[0].stem in file.read_text(encoding="utf-8")


def test_teams_take_turns_and_hear_how_they_stand(table: Table, quiz: Quiz) -> None:
    first, second, third = quiz.questions
    table.start(quiz, teams=("Red", "Blue"))
    table.play(right(first), "", wrong(second), "", right(third), "", "q")
    turns = [line for line in table.lines if line.endswith("turn.")]
    assert turns == ["Red's turn.", "Blue's turn.", "Red's turn."]
    standings = [line for line in table.lines if line.startswith("Standing: ")]
    assert standings == [
        "Standing: Red 100 points, Blue 0 points.",
        "Standing: Red 100 points, Blue 0 points.",
        *["Standing: Red 200 points, Blue 0 points."] * 2,
    ]


def test_typed_answers_have_no_options_and_are_read_in_words(table: Table, quiz: Quiz) -> None:
    table.start_typed(quiz)
    game = table.play("stone", "", "2.5", "2500 m", "")
    assert [verdict.is_right for verdict in game.verdicts] == [True, True]
    assert not any(line.startswith("1: ") for line in table.lines)
    assert (
        "Type the answer, h for a hint (a right answer then pays 60), x to skip, f to flag, q to leave:" in table.lines
    )
    assert "Type a number with its unit, such as 7 inches." in table.lines


def test_a_typed_slip_is_asked_about_and_a_no_takes_it_back(table: Table, quiz: Quiz) -> None:
    table.start_typed(quiz)
    game = table.play("Ada Stones", "n", "Cy Reed", "", "x")
    assert "Did you mean Ada Stone? Enter or y for yes, n for no, or another answer:" in table.lines
    assert [verdict.is_right for verdict in game.verdicts] == [False, False]
    table.start_typed(quiz)
    game = table.play("Ada Stones", "y")
    assert game.verdict.is_right
    assert game.verdict.pick == "Ada Stones"
    assert table.kept().verdicts == game.verdicts


def test_the_keys_do_what_they_do_while_something_else_was_perhaps_meant(table: Table, quiz: Quiz) -> None:
    table.start_typed(quiz)
    table.play("Ada Stones", "?", "q")
    assert any(line.startswith("q: ") for line in table.lines)
    assert not table.session.game.verdicts
    table.start_typed(quiz)
    game = table.play("Ada Stones", "x", "", "q")
    assert game.verdicts[0].answer.typed is None
