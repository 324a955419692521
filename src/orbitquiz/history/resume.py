"""Make a kept game playable again, or say why that is impossible."""

from __future__ import annotations

from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.history.model import AnswerRecord, KeptGame
from orbitquiz.quiz.compose import UnknownQuestion, choose
from orbitquiz.quiz.game import Answer, Game
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.quiz.sheet import QuizSheet


class CannotResume(Exception):
    """A kept game cannot be made again as it was. The message says why."""


def resume(bank: Bank, unfinished: KeptGame, at: float) -> tuple[Quiz, Game]:
    """Return a kept game with its quiz: the same questions, options and answers, its next question shown at time `at`.

    The game is over where all questions have been answered. Raises `CannotResume` where the bank, or what this version
    of the program makes of it, has changed: an answer would then stand for another one.
    """
    game = unfinished.game
    if bank.id != game.bank:
        raise CannotResume(f"the game was played with the bank {game.bank}, and this is {bank.id}")
    if bank.digest != game.digest:
        raise CannotResume(f"the bank {bank.id} has changed since the game was begun")
    try:
        quiz = choose(bank, game.questions, game.seed, game.title)
    except UnknownQuestion as error:
        raise CannotResume(f"the bank {bank.id} no longer has the question {error.id!r}") from error
    if [answer.number for answer in unfinished.answers] != list(range(1, len(unfinished.answers) + 1)):
        raise CannotResume("not all of its answers were kept")
    if len(unfinished.answers) > len(quiz.questions):
        raise CannotResume("it has more answers than questions")
    if not quiz.questions:
        raise CannotResume("it has no questions")
    # A quiz that is chosen by its ids has no code and may have another title.
    quiz = replace(quiz, title=game.title, code=game.code, asked_for=game.asked_for)
    answers = [_answer(*pair) for pair in zip(quiz.questions, unfinished.answers, strict=False)]
    sheet = QuizSheet.of(quiz)
    typed = frozenset(game.typed)
    return quiz, Game.resume(sheet, at, answers, game.rules, spent=game.spent, hinted=game.hinted, typed=typed)


def _answer(question: Question, kept: AnswerRecord) -> Answer:
    texts = [option.text for option in question.options]
    if kept.question != question.id:
        raise CannotResume(f"question {kept.number} was {kept.question!r} and is {question.id!r} now")
    was_picked = kept.picked is None or kept.picked in texts
    if kept.key != texts[question.key] or not was_picked or kept.options not in (None, tuple(texts)):
        raise CannotResume(f"the options of the question {question.id!r} are no longer what they were")
    picked = None if kept.picked is None else texts.index(kept.picked)
    return Answer(picked, kept.seconds, kept.hinted, kept.late, kept.typed, kept.guessed)
