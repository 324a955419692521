"""A game can be left at any moment, and what is kept of it is what was played."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.game import UNTIMED, Game, Phase, Rules, Scoring
from orbitquiz.quiz.hint import hint_of
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet
from tests.plain.playing import KEPT, NOTHING, SECONDS, Line, Table, Terminal, quiz_of, right, wrong

TIMED = Rules(20.0, Scoring.SPEED)
Tables = Callable[[Path], Table]


def moves(quiz: Quiz) -> list[Line]:
    """Lines that play `quiz` to its end, with all that can be done on the way."""
    first, second, third = quiz.questions
    pause: list[Line] = ["p", ("p", 900.0)]
    return [
        *["", "h", "f", "not so", "?", right(first), "s", "nonsense", "f", "", ""],
        *[*pause, "nonsense", wrong(second), "n"],
        *["p", "?", *pause[1:], "h", (right(third), 15.0), "?", ""],
    ]


LAST = 23  # of the moves; the one after which the game is over


def test_the_moves_play_a_whole_game(table: Table, quiz: Quiz) -> None:
    table.start(quiz, TIMED)
    game = table.play(*moves(quiz))
    assert len(moves(quiz)) == LAST
    assert (game.phase, [verdict.answer.late for verdict in game.verdicts]) == (Phase.OVER, [False, False, True])


@pytest.mark.parametrize(("rules", "end"), [(UNTIMED, KeyboardInterrupt), (TIMED, None)], ids=["interrupt", "end"])
def test_whenever_the_lines_end_the_game_is_kept_and_goes_on(
    tables: Tables, tmp_path: Path, quiz: Quiz, rules: Rules, end: type[BaseException] | None
) -> None:
    for count in range(LAST):
        table = tables(tmp_path)
        table.start(quiz, rules)
        left = table.play(*moves(quiz)[:count], *([end] if end else []))
        assert table.lines[-2:] == [KEPT if left.verdicts else NOTHING, ""], count
        if not left.verdicts:
            assert table.records.unfinished() is None
            continue
        then = table.clock()
        table.clock.now += 5000.0
        table.session.close()
        table.close()

        again = tables(tmp_path)
        again.clock.now = table.clock.now
        taken = again.take_up()
        next_one = left.next(then) if left.phase is Phase.ANSWERED else left
        assert (taken.phase, taken.number, taken.points, taken.verdicts, taken.hinted) == (
            Phase.OVER if next_one.phase is Phase.OVER else Phase.ASKING,
            *(next_one.number, next_one.points, left.verdicts, next_one.hinted),
        ), count
        assert taken.elapsed(again.clock()) == next_one.elapsed(then), count
        again.play()
        if taken.is_open:
            assert taken.question.stem in again.lines
            assert any(line.startswith("Hint: ") for line in again.lines) is taken.hinted


def test_the_time_up_to_an_interrupt_is_kept(table: Table, quiz: Quiz) -> None:
    table.start(quiz, TIMED)
    table.play("x", "", "", (KeyboardInterrupt, 5.0))
    table.clock.now += 5000.0
    assert table.take_up().left(table.clock()) == 20.0 - SECONDS - 5.0


def test_what_stops_the_program_takes_no_more_than_the_time_since_the_last_line(table: Table, quiz: Quiz) -> None:
    table.start(quiz, TIMED)
    with pytest.raises(SystemExit):
        table.play("x", "", "", ("nonsense", 4.0), (SystemExit, 5.0))
    assert table.take_up().left(table.clock()) == 20.0 - SECONDS - 4.0


def test_a_prompt_of_an_interrupted_terminal_is_ended(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    table.play(KeyboardInterrupt, out=Terminal())
    assert table.text.endswith(f"q to leave: \n{NOTHING}\n")


def test_a_game_that_is_over_is_not_kept_for_later(table: Table, quiz: Quiz) -> None:
    ends: list[list[Line]] = [[], [KeyboardInterrupt], ["q"]]
    for end in ends:
        table.start(quiz)
        assert table.play("x", "", "x", "", "x", "", *end).phase is Phase.OVER
        assert KEPT not in table.text
    assert table.records.unfinished() is None


def test_a_game_of_which_only_the_end_was_not_seen_shows_its_end(tables: Tables, tmp_path: Path, quiz: Quiz) -> None:
    table = tables(tmp_path)
    table.start(quiz)
    table.play("x", "", "x", "", "x")
    assert table.lines[-2] == KEPT
    table.take_up()
    assert table.play("q").phase is Phase.OVER
    assert table.lines[1] == "The end. 0 points, 0 of 3 right."


def test_a_game_that_was_answered_elsewhere_is_told_first(table: Table, quiz: Quiz) -> None:
    table.start(quiz)
    table.session.skip()
    assert table.play("").number == 2
    assert table.lines[0] == "Skipped."


def test_a_disk_in_trouble_is_told_once_and_nothing_is_promised(tmp_path: Path, comet: Bank, quiz: Quiz) -> None:
    (tmp_path / "file").write_text("not a folder")
    table = Table(comet, tmp_path / "file")
    table.start(quiz)
    game = table.play("x", "", "x", "")
    assert game.number == 3
    notice = table.records.notice
    assert notice
    assert table.lines.count(notice) == 1
    assert table.lines[-2] == "The game could not be kept."
    assert KEPT not in table.text
    table.close()


def test_damage_that_was_mended_keeps_the_game(tables: Tables, tmp_path: Path, quiz: Quiz) -> None:
    (tmp_path / "records.sqlite3").write_bytes(b"no database" * 100)
    table = tables(tmp_path)
    table.start(quiz)
    game = table.play("x")
    assert table.records.notice in table.lines
    assert table.lines[-2] == KEPT
    assert table.kept() == table.as_kept(game)


@pytest.fixture(scope="module")
def kept_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all the games are kept that hypothesis makes up."""
    return tmp_path_factory.mktemp("records")


keys = st.sampled_from(["", "1", "2", "3", "4", "a", "D", "h", "x", "f", "p", "s", "?", "n", "q", "r", "m", "e"])
texts = st.text(st.characters(), max_size=12) | st.sampled_from(["Ada Stone", "2.5 kilometres", "\udcff", "٣", "\x00"])
typed = st.tuples(st.one_of(keys, keys, keys, texts).map(lambda line: line.replace("\n", "")), st.floats(0, 15))
all_rules = st.builds(Rules, st.none() | st.floats(0, 60), st.sampled_from(Scoring))
all_teams = st.lists(st.text(max_size=5), max_size=3)


@settings(deadline=None, max_examples=25)
@given(st.lists(typed, max_size=25), all_rules, all_teams, st.booleans())
@example([("x", 1.0), ("", 1.0)] * 3 + [("m", 1.0), ("x", 1.0)], UNTIMED, [], False)
@example([("x", 1.0), ("", 1.0)] * 3 + [("e", 1.0), ("q", 1.0)], UNTIMED, [], True)
@example([("x", 1.0), ("", 1.0)] * 3 + [("r", 1.0), ("1", 1.0)], TIMED, ["Red"], True)
def test_no_lines_stop_a_game_and_what_is_kept_is_what_was_played(
    kept_in: Path,
    comet: Bank,
    lines: Sequence[Line],
    rules: Rules,
    teams: list[str],
    terminal: bool,
) -> None:
    table = Table(comet, kept_in)
    table.clear()
    table.start(quiz_of(comet), rules, teams)
    game = table.play(*lines, out=Terminal() if terminal else io.StringIO())
    if game.verdicts:
        assert table.kept() == table.as_kept(game)
    unfinished = table.records.unfinished()
    is_kept = bool(game.verdicts) and game.phase is not Phase.OVER
    assert (unfinished is not None) is is_kept
    assert (KEPT in table.lines) is is_kept
    assert table.text.endswith("\n")
    assert "\x1b" not in table.text
    table.close()


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 3) | st.none(), st.booleans(), st.floats(0, 30)), max_size=4), all_rules)
def test_a_game_played_plainly_is_the_game_of_the_same_moves(
    kept_in: Path,
    comet: Bank,
    played: list[tuple[int | None, bool, float]],
    rules: Rules,
) -> None:
    """Each question gets a pick or is skipped, after a hint or not, after so many seconds."""
    table = Table(comet, kept_in)
    quiz = quiz_of(comet)
    at = table.clock()
    game = Game.start(QuizSheet.of(quiz), at, rules)
    lines: list[Line] = []
    for pick, hinted, seconds in played:
        if game.phase is Phase.OVER:
            break
        if _is_up(game, at):
            game = game.time_up(at)
        else:
            if hinted and hint_of(comet, quiz.questions[game.number - 1], quiz.questions[game.number :]):
                lines.append(("h", 0.0))
                game = game.hint()
            lines.append(("x" if pick is None else str(pick + 1), seconds))
            at += seconds
            if _is_up(game, at):
                game = game.time_up(at)
            elif pick is None:
                game = game.skip(at)
            else:
                game = game.answer(pick, at)
        lines.append("")
        at += SECONDS
        game = game.next(at)
    table.start(quiz, rules)
    returned = table.play(*lines)
    if game.is_open and _is_up(game, at):
        game = game.time_up(at)
    assert returned == game
    table.close()


def _is_up(game: Game, at: float) -> bool:
    left = game.left(at)
    return left is not None and left <= 0
