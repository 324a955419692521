"""The values that a history consists of: games and their answers, without the file that holds them."""

from __future__ import annotations

from dataclasses import dataclass

from orbitquiz.quiz.game import UNTIMED, Mode, Rules


@dataclass(frozen=True, slots=True)
class NewGame:
    """The context of a new game, which a `Game` itself does not know.

    `version` is the bank's, `folder` where the bank lies, or None for the built-in one. `teams` are the names of those
    who play, where it is teams that do. `plan` tells how to make another game of the kind, in a form that only
    `session` reads, and `asked_for` how many questions were wanted.
    """

    version: str
    folder: str | None = None
    mode: Mode = Mode.SOLO
    teams: tuple[str, ...] = ()
    plan: str | None = None
    asked_for: int = 0


@dataclass(frozen=True, slots=True)
class GameRecord:
    """Everything that is kept of a game except its answers.

    `id` is the same for as long as the file lives. `started` and `ended` are times in UTC as ISO 8601 text.
    `bank`, `digest`, `title`, `seed`, `code` and the ids of the `questions` are those of the quiz. `spent`
    (seconds) and `hinted` tell of the question that waits for its answer, as in `Game`. `given` are the points that
    were given or taken by hand, team by team. `plan` is None for games kept before there were plans. `typed` are the
    ids of the questions that are answered in words.
    """

    id: int
    started: str
    mode: Mode
    teams: tuple[str, ...]
    bank: str
    version: str
    digest: str
    folder: str | None
    title: str
    seed: str
    code: str | None
    questions: tuple[str, ...]
    asked_for: int
    rules: Rules = UNTIMED
    spent: float = 0.0
    hinted: bool = False
    given: tuple[int, ...] = ()
    ended: str | None = None
    abandoned: bool = False
    plan: str | None = None
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer as it is kept.

    `picked` and `key` are the texts of options; `picked` is None for a question that was skipped or came `late`, and
    where what was `typed` is none of the options. `options` are those that were shown, in order; None where it was
    typed, and for answers kept before options were, unless they could be made again. `streak` is the number of right
    answers in a row in this game, up to this one. `at` is a time in UTC as ISO 8601 text.
    """

    number: int  # from 1
    question: str
    fact: str
    category: str
    kind: str
    level: int
    picked: str | None
    key: str
    is_right: bool
    hinted: bool
    late: bool
    seconds: float
    points: int
    streak: int
    at: str
    typed: str | None = None
    guessed: bool = False
    options: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeptGame:
    """A game with its answers, in order.

    If all answers are there and the game has not ended, only its end was never shown.
    """

    game: GameRecord
    answers: tuple[AnswerRecord, ...]
