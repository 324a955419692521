"""A session keeps each move before anything can be drawn, and a game that was broken off comes back as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.history.game_lock import GameLock, OpenElsewhere
from orbitquiz.history.model import NewGame
from orbitquiz.history.resume import CannotResume
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Game, Mode, Phase, Rules
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.plan import QuizPlan, Setup
from orbitquiz.session.session import Session
from tests.making import COMMANDER, TAIL, TAKE_OFF
from tests.tui.playing import bank_of, plan_of


class Clock:
    """Seconds that go on when they are told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Noting(Records):
    """Records that note, in order, what they are told, and how far the game was that a screen could draw by then."""

    session: Session

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, lambda: 1_800_000_000.0)
        self.told: list[str] = []

    def begin(self, game: Game, about: NewGame) -> int:
        self.told.append("begin")
        return super().begin(game, about)

    def answered(self, id: int, game: Game) -> None:
        super().answered(id, game)
        self.told.append(f"answered {len(game.verdicts)}")

    def shown(self, id: int, spent: float, *, hinted: bool) -> None:
        super().shown(id, spent, hinted=hinted)
        self.told.append(f"shown {spent:g}{' hinted' if hinted else ''}")

    def given(self, id: int, points: tuple[int, ...]) -> None:
        super().given(id, points)
        self.told.append(f"given {points}")

    def ended(self, id: int) -> None:
        super().ended(id)
        self.told.append("ended")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return bank_of(tmp_path / "bank")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(tmp_path: Path) -> Noting:
    return Noting(tmp_path / "kept")


@pytest.fixture
def session(bank: Bank, records: Noting, clock: Clock) -> Session:
    session = Session(bank, lambda: records, clock)
    session.start(setup_of(bank))
    return session


def quiz_of(bank: Bank) -> Quiz:
    return compose(bank, Request("TESTED", len(bank.facts)))


def setup_of(bank: Bank, teams: tuple[str, ...] = ()) -> Setup:
    quiz = quiz_of(bank)
    return Setup(quiz, plan_of(quiz), Rules(30.0), Mode.TEAMS if teams else Mode.SOLO, teams)


def go_on(session: Session) -> None:
    """Skip a question, so that the game is kept."""
    session.skip()
    session.next()


# What is kept, and when


def test_a_game_leaves_no_trace_before_its_first_answer(session: Session, records: Noting, clock: Clock) -> None:
    clock.seconds += 4
    session.take_hint()
    session.pause()
    session.go_on()
    session.beat()
    assert records.told == []
    assert records.statistics().games == 0


def test_records_are_not_opened_before_there_is_something_to_keep(bank: Bank, clock: Clock, records: Noting) -> None:
    opened: list[int] = []

    def open_records() -> Records:
        opened.append(1)
        return records

    session = Session(bank, open_records, clock)
    session.start(setup_of(bank))
    assert session.game.phase is Phase.ASKING
    assert opened == []
    session.skip()
    assert opened == [1]


MOVES: dict[str, Callable[[Session], Game]] = {
    "answer": lambda session: session.answer(1),
    "skip": lambda session: session.skip(),
    "time up": lambda session: session.time_up(),
}


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_kept_before_its_game_can_be_drawn(session: Session, records: Noting, move: str) -> None:
    game = MOVES[move](session)
    assert records.told == ["begin", "answered 1"]  # by the time that the screen has the game
    assert game is session.game
    unfinished = records.unfinished()
    assert unfinished is not None
    (kept,) = unfinished.answers
    assert kept.picked == game.verdict.pick
    assert kept.late is (move == "time up")


@pytest.mark.parametrize("move", MOVES)
def test_another_process_can_read_the_move_at_once(session: Session, tmp_path: Path, move: str) -> None:
    MOVES[move](session)
    other = Records.open(tmp_path / "kept", lambda: 0.0).unfinished()
    assert other is not None
    assert len(other.answers) == 1


def test_a_hint_is_kept_before_it_can_be_read(session: Session, records: Noting, clock: Clock) -> None:
    go_on(session)
    clock.seconds += 4
    game = session.take_hint()
    assert game.hinted
    assert records.told[2:] == ["shown 4 hinted"]


def test_a_pause_keeps_the_clock(session: Session, records: Noting, clock: Clock) -> None:
    go_on(session)
    clock.seconds += 6
    assert session.pause().phase is Phase.PAUSED
    assert records.told[2:] == ["shown 6"]
    clock.seconds += 1000
    assert session.left == 24
    assert session.go_on().phase is Phase.ASKING
    clock.seconds += 1
    assert session.left == 23


def test_points_by_hand_are_kept_at_once(bank: Bank, records: Noting, clock: Clock) -> None:
    session = Session(bank, lambda: records, clock)
    session.start(setup_of(bank, teams=("Ann", "Bo")))
    session.give(1, 10)
    session.give(0, -10)
    assert records.told == ["begin", "given (0, 10)", "given (-10, 10)"]
    assert session.standing == (-10, 10)


def test_the_end_is_kept_once_it_is_reached(session: Session, records: Noting) -> None:
    for number in range(1, 4):
        session.skip()
        assert records.told[-1] == f"answered {number}"
        session.next()
    assert session.game.phase is Phase.OVER
    assert records.told == ["begin", "answered 1", "answered 2", "answered 3", "ended"]
    assert records.unfinished() is None


def test_another_game_is_kept_as_another(session: Session, bank: Bank, records: Noting) -> None:
    session.skip()
    session.start(setup_of(bank))
    session.skip()
    assert records.told == ["begin", "answered 1", "begin", "answered 1"]
    assert records.statistics().games == 2


# The beat


def test_a_beat_keeps_for_how_long_the_question_was_seen(session: Session, records: Noting, clock: Clock) -> None:
    go_on(session)
    clock.seconds += 7
    session.beat()
    unfinished = records.unfinished()
    assert unfinished is not None
    assert unfinished.game.spent == 7
    assert not unfinished.game.hinted


def test_a_beat_is_not_kept_more_often_than_wanted(session: Session, records: Noting, clock: Clock) -> None:
    go_on(session)
    session.beat(10.0)
    clock.seconds += 9
    session.beat(10.0)
    assert records.told[2:] == ["shown 0"]
    clock.seconds += 1
    session.beat(10.0)
    assert records.told[2:] == ["shown 0", "shown 10"]


def test_no_beat_after_the_answer(session: Session, records: Noting, clock: Clock) -> None:
    session.skip()
    clock.seconds += 5
    session.beat()
    assert records.told == ["begin", "answered 1"]


def test_an_answer_starts_the_clock_of_the_next_question_anew(session: Session, records: Noting, clock: Clock) -> None:
    clock.seconds += 12
    session.take_hint()
    session.skip()
    unfinished = records.unfinished()
    assert unfinished is not None
    assert (unfinished.game.spent, unfinished.game.hinted) == (0.0, False)


# Going on


def again(session: Session, folder: Path, clock: Clock) -> Session:
    """Return a session in another process that resumes the game of `session`, whose window was closed."""
    session.close()
    later = Session(session.bank, lambda: Records.open(folder, lambda: 1_800_000_100.0), clock)
    unfinished = later.records.unfinished()
    assert unfinished is not None
    later.take_up(unfinished)
    return later


def test_a_game_comes_back_at_the_same_question_score_clock_and_hint(
    session: Session, bank: Bank, tmp_path: Path, clock: Clock
) -> None:
    session.answer(session.game.question.key)
    session.next()
    clock.seconds += 5
    session.take_hint()
    clock.seconds += 3
    session.beat()
    before = session.game
    clock.seconds += 100_000
    later = again(session, tmp_path / "kept", clock)
    game = later.game
    assert game.phase is Phase.ASKING
    assert game.question == before.question
    assert game.verdicts == before.verdicts
    assert game.points == 100
    assert game.hinted
    assert later.left == 22
    assert later.hint
    later.answer(game.question.key)
    assert later.game.points == 160
    assert later.game.verdict.seconds == 8


def test_a_game_that_was_paused_comes_back_with_its_clock(
    session: Session, bank: Bank, tmp_path: Path, clock: Clock
) -> None:
    go_on(session)
    clock.seconds += 11
    session.pause()
    clock.seconds += 500
    later = again(session, tmp_path / "kept", clock)
    assert later.left == 19


def test_a_game_that_comes_back_is_not_begun_again(session: Session, bank: Bank, tmp_path: Path, clock: Clock) -> None:
    session.skip()
    session.next()
    later = again(session, tmp_path / "kept", clock)
    later.skip()
    later.next()
    assert later.records.statistics().games == 1
    unfinished = later.records.unfinished()
    assert unfinished is not None
    assert len(unfinished.answers) == 2


def test_teams_come_back_with_their_points(bank: Bank, records: Noting, tmp_path: Path, clock: Clock) -> None:
    session = Session(bank, lambda: records, clock)
    session.start(setup_of(bank, teams=("Ann", "Bo")))
    session.give(1, 10)
    session.answer(session.game.question.key)
    session.next()
    later = again(session, tmp_path / "kept", clock)
    assert later.setup.teams == ("Ann", "Bo")
    assert later.setup.mode is Mode.TEAMS
    assert later.standing == (100, 10)
    assert later.turn == 1


def test_a_game_of_which_only_the_end_was_missing_is_over(
    session: Session, bank: Bank, tmp_path: Path, clock: Clock
) -> None:
    for _ in range(3):
        session.skip()
        if session.game.number < 3:
            session.next()
    later = again(session, tmp_path / "kept", clock)
    assert later.game.phase is Phase.OVER
    assert later.records.unfinished() is None


def test_a_game_whose_bank_has_changed_cannot_be_taken_up(
    session: Session, records: Noting, tmp_path: Path, clock: Clock
) -> None:
    session.skip()
    before = session.game
    changed = bank_of(tmp_path / "changed", [COMMANDER, TAIL, {**TAKE_OFF, "note": "Another note."}])
    unfinished = records.unfinished()
    assert unfinished is not None
    other = session.of(changed, None)
    with pytest.raises(CannotResume, match="has changed"):
        other.take_up(unfinished)
    assert not other.is_set_up
    assert session.game is before


def test_what_proves_questions_to_come_is_not_marked(session: Session, bank: Bank) -> None:
    everything = {each for fact in bank.facts for each in fact.quotations}
    for _ in range(3):
        open_facts = {question.fact for question in session.game.quiz.questions[session.game.number - 1 :]}
        hidden = {each for fact in bank.facts if fact.id in open_facts for each in fact.quotations}
        assert {each for id in bank.sources for each in session.marks_in(id)} == everything - hidden
        session.skip()
        session.next()
    assert {each for id in bank.sources for each in session.marks_in(id)} == everything


# Another game of the same kind


def test_a_resumed_game_of_missed_facts_is_followed_by_another_of_these_facts(
    bank: Bank, records: Noting, tmp_path: Path, clock: Clock
) -> None:
    session = Session(bank, lambda: records, clock)
    plan = QuizPlan.missed(["tail", "take-off"])
    session.start(Setup(plan.quiz(bank, "FIRST"), plan, mode=Mode.MISSED))
    session.skip()
    session.close()
    later = again(session, tmp_path / "kept", clock)
    assert later.setup.plan == plan
    for seed in ("A", "B", "C"):
        assert {question.fact for question in later.setup.plan.quiz(bank, seed).questions} == {"tail", "take-off"}


@pytest.mark.parametrize(
    "plan",
    [
        QuizPlan(Request("", 2, ("comet",), differ=True)),
        QuizPlan.missed(["tail"]),
        QuizPlan(Request("", 1), questions=("tail.asked",), title="Lesson 3"),
    ],
    ids=["request", "missed", "file"],
)
def test_a_plan_is_read_as_it_was_written(plan: QuizPlan) -> None:
    assert QuizPlan.from_json(plan.to_json()) == plan


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", '{"request": 1}', "[" * 100_000])
def test_what_is_no_plan_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"plan|Expecting"):
        QuizPlan.from_json(text)


# Two windows


def test_a_game_that_is_open_in_another_window_cannot_be_resumed(
    session: Session, bank: Bank, tmp_path: Path, clock: Clock
) -> None:
    session.skip()
    other = Session(bank, lambda: Records.open(tmp_path / "kept", lambda: 0.0), clock)
    unfinished = other.records.unfinished()
    assert unfinished is not None
    with pytest.raises(OpenElsewhere):
        other.take_up(unfinished)
    assert not other.is_set_up
    session.next()
    session.skip()
    assert session.game.number == 2
    session.close()
    assert again(session, tmp_path / "kept", clock).game.number == 3


def test_a_game_whose_window_was_killed_can_be_resumed(tmp_path: Path) -> None:
    file = tmp_path / "game-7.lock"
    held = GameLock.take(tmp_path, 7)
    assert held is not None
    assert file.exists()
    held.release()
    file.touch()  # what a killed program leaves
    assert GameLock.take(tmp_path, 7) is not None


def test_a_folder_without_locks_lets_one_play(tmp_path: Path) -> None:
    assert GameLock.take(tmp_path / "missing", 7) is None
