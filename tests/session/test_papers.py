"""Flags and reading lists."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Game
from orbitquiz.quiz.question import Quiz
from orbitquiz.session.plan import Setup
from orbitquiz.session.session import Session
from orbitquiz.session.takeaways import keep_flag, keep_reading_list
from tests.tui.playing import bank_of, plan_of

NOW = datetime(2026, 5, 12, 18, 30, tzinfo=UTC)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return bank_of(tmp_path / "bank")


@pytest.fixture
def session(bank: Bank, tmp_path: Path) -> Session:
    """A game in which the first question was missed."""
    session = Session(bank, lambda: Records.open(tmp_path / "kept", lambda: 0.0), lambda: 0.0)
    quiz = compose(bank, Request("TESTED", 3))
    session.start(Setup(quiz, plan_of(quiz)))
    session.skip()
    return session


def played(session: Session) -> tuple[Bank, Quiz, Game]:
    """Return the game that is over, with its quiz and bank."""
    return session.bank, session.setup.quiz, session.game


def test_a_flag_says_where_it_is(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    done, message = keep_flag(folder, session.bank, session.setup.quiz, session.question, "It is [red].", NOW)
    assert done
    assert str(folder / "flags.md") in message
    kept = (folder / "flags.md").read_text(encoding="utf-8")
    assert session.game.question.stem in kept
    assert "It is \\[red\\]." in kept
    assert "2026-05-12 18:30" in kept


def test_a_flag_that_cannot_be_kept_says_why(session: Session, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done, message = keep_flag(tmp_path / "file", session.bank, session.setup.quiz, session.question, "why", NOW)
    assert not done
    assert message.startswith(f"The flag cannot be saved in {tmp_path / 'file' / 'flags.md'}: ")


def test_a_reading_list_is_never_written_over(session: Session, tmp_path: Path) -> None:
    messages = [keep_reading_list([tmp_path / "here"], *played(session), NOW) for _ in range(2)]
    assert all(done for done, _ in messages)
    files = sorted((tmp_path / "here").iterdir())
    assert len(files) == 2
    assert [message.removeprefix("Saved in ") for _, message in messages] == [str(files[1]), str(files[0])] or [
        message.removeprefix("Saved in ") for _, message in messages
    ] == [str(files[0]), str(files[1])]
    assert session.game.verdicts[0].question.stem in files[0].read_text(encoding="utf-8")


def test_it_goes_into_the_first_folder_that_takes_it(session: Session, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done, message = keep_reading_list(
        [tmp_path / "file", tmp_path / "second"], session.bank, session.setup.quiz, session.game, NOW
    )
    assert done
    assert str(tmp_path / "second") in message
    assert len(list((tmp_path / "second").iterdir())) == 1


def test_where_no_folder_takes_it_the_first_is_told_of(session: Session, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text("")
    done, message = keep_reading_list(
        [tmp_path / "one", tmp_path / "two"], session.bank, session.setup.quiz, session.game, NOW
    )
    assert not done
    assert f"cannot be saved in {tmp_path / 'one'}" in message
