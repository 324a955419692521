"""A report: what a room tells of its players and of its questions.

All text in it is safe to show: on one line but for passages, without control characters, and never markup. Tokens and
whatever else is secret in a room are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orbitquiz.classroom.report.item_analysis import Figure
from orbitquiz.quiz.game import Scoring
from orbitquiz.quiz.quality.picks import is_dead, misleads


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage, and whether it is quoted: whether it is what proves the value."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class ReportPassage:
    """The place of a value in its source, and the text there."""

    value: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ReportProof:
    """The proof of the key: the fact as a sentence, the passages, further places, and the editor's note."""

    statement: str
    passages: tuple[ReportPassage, ...]
    also: tuple[str, ...]
    note: str | None

    @property
    def sides(self) -> int:
        """The number of values the passages support: several where sources differ."""
        return len({passage.value for passage in self.passages})


@dataclass(frozen=True, slots=True)
class ReportOption:
    """An option and how many picked it. `remark` is what the bank knows of it, if it is wrong."""

    text: str
    is_key: bool
    picked: int
    remark: str | None


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question that was revealed. `number` is its place in the quiz, `fact` the id of what it asks.

    `responses` are the players who played it, `omitted` those of them who gave no answer, `right` those who picked the
    key. `interval` belongs to `facility`; `seconds` is the median of those who answered, None where nobody did.
    """

    number: int
    fact: str
    category: str
    stem: str
    sources_differ: bool
    options: tuple[ReportOption, ...]
    responses: int
    omitted: int
    right: int
    facility: Figure
    interval: tuple[float, float] | None
    discrimination: Figure
    seconds: float | None
    proof: ReportProof

    @property
    def key(self) -> ReportOption:
        """The right option."""
        return next(option for option in self.options if option.is_key)

    @property
    def traps(self) -> tuple[ReportOption, ...]:
        """The wrong options that misled the class, the worst first.

        Such a one was picked more often than the key, or by a third of the players at least.
        """
        wrong = (option for option in self.options if not option.is_key)
        found = [option for option in wrong if misleads(option.picked, self.key.picked, self.responses)]
        return tuple(sorted(found, key=lambda option: -option.picked))

    @property
    def dead(self) -> tuple[ReportOption, ...]:
        """The wrong options that tempt hardly anybody, where enough players saw them to say so."""
        return tuple(option for option in self.options if not option.is_key and is_dead(option.picked, self.responses))


@dataclass(frozen=True, slots=True)
class Reply:
    """A player's reply to a question. `option` is the index of the picked one, None for no answer.

    A player does not play a question that was revealed in their absence, or asked before they came.
    """

    plays: bool
    option: int | None = None
    is_right: bool = False
    points: int = 0
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class ReportPlayer:
    """A player, who was not banned. There is a reply to each question of the report, in the same order.

    `points` are as the room has scored them. `is_out` says that the host has sent the player out.
    """

    name: str
    team: str | None
    is_out: bool
    points: int
    replies: tuple[Reply, ...]

    @property
    def played(self) -> int:
        """The number of questions the player played."""
        return sum(reply.plays for reply in self.replies)

    @property
    def right(self) -> int:
        """The number of right answers."""
        return sum(reply.is_right for reply in self.replies)

    @property
    def has_answered(self) -> bool:
        """True if there is any answer. Players without one are in no figure."""
        return any(reply.option is not None for reply in self.replies)


@dataclass(frozen=True, slots=True)
class Team:
    """A team in the room, with the mean points of those of its `players` who are in it.

    Equal points share a `rank`, which is None in a room without a ranking.
    """

    name: str
    players: int
    points: float
    rank: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a game in a room: of the `games` that were played there, the one numbered `game`.

    With the `pace` "own" everybody answered alone, until the room closed: it was to close at `closes` and did so at
    `closed`, each None if that is not known.

    `is_ranked` says whether anybody was told places, `is_anonymous` whether the room gave the names. `total` is how
    many questions the quiz has, `skipped` how many were taken back; those and what is open are not among `questions`.
    `players` are in the order of their names; `banned` is how many are left out. `mean`, `deviation` and `alpha` speak
    of the number right of those who played every question.
    """

    room: str
    title: str
    code: str | None
    game: int
    games: int
    opened: datetime  # in UTC
    is_over: bool
    pace: str
    closes: datetime | None  # in UTC, as `closed`
    closed: datetime | None
    scoring: Scoring
    timer: float | None
    is_ranked: bool
    is_anonymous: bool
    total: int
    skipped: int
    players: tuple[ReportPlayer, ...]
    banned: int
    teams: tuple[Team, ...]
    questions: tuple[ReportQuestion, ...]
    mean: Figure
    deviation: Figure
    alpha: Figure

    @property
    def misleading(self) -> tuple[ReportQuestion, ...]:
        """The questions with an option that misled the class, the one that misled most of them first."""
        found = [question for question in self.questions if question.traps]
        return tuple(sorted(found, key=lambda question: -question.traps[0].picked / question.responses))

    @property
    def silent(self) -> int:
        """The number of players who never gave an answer; they are in no figure."""
        return sum(not player.has_answered for player in self.players)

    @property
    def partial(self) -> int:
        """The number of players who gave answers but did not play every question."""
        return sum(player.has_answered and player.played < len(self.questions) for player in self.players)
