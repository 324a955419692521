"""`orbitquiz stats`: what all games of a bank tell together."""

from __future__ import annotations

import io
import json
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from orbitquiz.bank.model import Bank
from orbitquiz.bank.problems import BankError
from orbitquiz.classroom.storage.room_index import FileIndex
from orbitquiz.cli import stats
from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.cli.errors import UsageError
from orbitquiz.history.store import Records
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.sheet import QuizSheet
from tests.classroom.making import Lesson, opened
from tests.history.playing import ABOUT, RIGHT, SKIPPED, WRONG, Clock, Pick, file_in, move, quiz_of, started
from tests.test_layers import loaded_by

Stats = Callable[..., str]
Keep = Callable[..., int]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Where the records are to be; not there yet."""
    return tmp_path / "data"


@pytest.fixture
def records(data: Path) -> Iterator[Records]:
    """The records in it, on a clock that begins on 17 March 2030 at 17:46:41 UTC."""
    records = Records.open(data, Clock())
    yield records
    records.close()


@pytest.fixture
def played(records: Records) -> Keep:
    """Keeps a game of the small bank about these facts."""

    def played(facts: Sequence[str], picks: Sequence[Pick], category: str = "comet", bank: str = "comet-bank") -> int:
        game = started(quiz_of(facts, bank, category))
        id = records.begin(game, ABOUT)
        for pick in picks:
            game = move(game, pick)
        records.answered(id, game)  # all at once: each time, it waits for the disk
        if len(facts) == len(picks):
            records.ended(id)
        return id

    return played


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], data: Path, bank_folder: Path) -> Stats:
    """Return the output of `stats` for the small bank, or for another."""

    def told(*, as_json: bool = False, bank: Path | None = bank_folder, questions: bool = False) -> str:
        assert stats.run(Namespace(json=as_json, bank=bank, data=data, questions=questions, to=None)) == 0
        return capsys.readouterr().out

    return told


@pytest.fixture
def _at_half_past_five(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clocks on the wall show five and a half hours more than those in Greenwich."""
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no way to change the time zone of a program")
    with monkeypatch.context() as context:
        context.setenv("TZ", "XXX-5:30")
        time.tzset()
        yield
    time.tzset()


def section(text: str, heading: str) -> list[str]:
    """The lines below a heading."""
    lines = text.splitlines()
    rest = lines[lines.index(heading) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


# Nothing yet


def test_without_a_game_it_says_how_to_begin(told: Stats, bank_folder: Path, data: Path) -> None:
    assert told() == f"No games yet. Begin one with `orbitquiz play --bank {bank_folder} --data {data}`.\n"


def test_without_a_game_the_built_in_bank_is_not_opened(told: Stats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "open_chosen", None)
    assert told(bank=None).startswith("No games yet.")
    assert json.loads(told(bank=None, as_json=True))["bank"] == stats.BUILTIN


def test_the_id_of_the_built_in_bank_is_known(builtin: Bank) -> None:
    assert builtin.id == stats.BUILTIN


def test_games_of_other_banks_are_not_counted(told: Stats, played: Keep) -> None:
    played(["tail"], [RIGHT], bank="another")
    assert told().startswith("No games yet.")


def test_a_bank_that_is_not_there_is_an_error(told: Stats, tmp_path: Path) -> None:
    with pytest.raises(BankError):
        told(bank=tmp_path / "nowhere")


# Text


def test_it_tells_the_figures(told: Stats, played: Keep) -> None:
    played(["tail", "commander"], [RIGHT, RIGHT])
    played(["tail", "take-off"], [WRONG])
    played(["tail", "take-off"], [RIGHT, RIGHT])
    assert told().splitlines()[:6] == [
        "The comet",
        "",
        "3 games: 2 finished, 1 unfinished",
        "5 answers: 4 right (80 %)",
        "7 s of answering",
        "longest streak 2, current streak 2",
    ]


def test_one_is_said_as_one(told: Stats, played: Keep) -> None:
    played(["tail"], [RIGHT])
    assert told().splitlines()[2:4] == ["1 game: 1 finished, 0 unfinished", "1 answer: 1 right (100 %)"]


@pytest.mark.parametrize(
    ("seconds", "words"), [(29, "29 s"), (61, "1 min"), (3599, "59 min"), (5_000_000, "1,388 h 53 min")]
)
def test_long_times_are_told_in_hours(told: Stats, played: Keep, records: Records, seconds: int, words: str) -> None:
    played(["tail"], [])
    game = started(quiz_of(["tail"], "comet-bank", "comet"))
    records.answered(records.begin(game, ABOUT), game.answer(RIGHT, float(seconds)))
    assert f"\n{words} of answering\n" in told()


def test_a_game_without_an_answer_has_no_share(told: Stats, played: Keep) -> None:
    played(["tail"], [])
    text = told()
    assert text.splitlines()[2:4] == ["1 game: 0 finished, 1 unfinished", "no answers yet"]
    assert "Categories" not in text
    assert "Most missed" not in text
    assert "0 of 0 *" in text


def test_categories_have_a_bar_and_a_number(told: Stats, played: Keep) -> None:
    played(["tail", "commander", "take-off", "tail"], [RIGHT, WRONG, SKIPPED, RIGHT])
    played(["tail"], [WRONG], category="gone")
    assert section(told(), "Categories") == [
        "The comet  ██████████░░░░░░░░░░   50 %  2 of 4",
        "gone       ░░░░░░░░░░░░░░░░░░░░    0 %  0 of 1",
    ]


@pytest.mark.parametrize(("wrong", "share"), [(0, "100 %"), (1, " 99 %"), (299, "  1 %"), (300, "  0 %")])
def test_all_and_nothing_are_said_only_where_it_is_so(told: Stats, played: Keep, wrong: int, share: str) -> None:
    played(["tail"] * 300, [WRONG] * wrong + [RIGHT] * (300 - wrong))
    (line,) = section(told(), "Categories")
    assert f"  {share}  {300 - wrong} of 300" in line
    assert ("░" in line, "█" in line) == (wrong > 0, wrong < 300)


def test_the_most_missed_facts_are_told_by_what_is_asked(told: Stats, played: Keep) -> None:
    played(["tail"] * 4, [WRONG, SKIPPED, RIGHT, WRONG])
    played(["forgotten", "commander"], [WRONG, RIGHT])
    assert section(told(), "Most missed") == [
        "missed 3 of 4  How long was the comet's tail?",
        "missed 1 of 1  forgotten",
    ]


@pytest.mark.usefixtures("_at_half_past_five")
def test_recent_games_are_dated_by_the_clock_on_the_wall(told: Stats, played: Keep) -> None:
    played(["tail", "commander"], [RIGHT, WRONG])
    played(["tail", "commander"], [RIGHT])
    assert section(told(), "Recent games") == [
        "when              right     points  code  title",
        "2030-03-17 23:16  1 of 1 *     100  CODE  Letters",
        "2030-03-17 23:16  1 of 2       100  CODE  Letters",
        "* not played to its end",
    ]


def test_there_is_no_note_on_unfinished_games_without_one(told: Stats, played: Keep) -> None:
    played(["tail"], [RIGHT])
    assert "*" not in told()


def test_text_of_the_records_does_not_act_on_the_terminal(told: Stats, records: Records) -> None:
    quiz = replace(quiz_of(["ta\x1bil"], "comet-bank", "co\u202emet"), title="one\ntwo\x1b]52;c;eA==\x07")
    game = started(quiz)
    records.answered(records.begin(game, ABOUT), game.answer(WRONG, 1.0))
    text = told()
    assert "one two␛]52;c;eA==␇" in text
    assert "ta␛il" in text
    assert "co⟨U+202E⟩met" in text


def test_bars_are_plain_where_the_output_has_no_blocks(
    told: Stats, played: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    played(["tail", "tail"], [RIGHT, WRONG])
    output = io.BytesIO()
    stream = io.TextIOWrapper(output, "ascii", write_through=True)
    with monkeypatch.context() as context:
        context.setattr(sys, "stdout", stream)
        told()
    assert b"The comet  ##########..........   50 %  1 of 2\n" in output.getvalue()


def test_without_a_stream_nothing_is_printed(told: Stats, played: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    played(["tail"], [RIGHT])
    with monkeypatch.context() as context:
        context.setattr(sys, "stdout", None)
        told()


def test_the_built_in_bank_is_the_one_that_is_meant(told: Stats, played: Keep, builtin: Bank) -> None:
    fact = builtin.facts[0]
    played([fact.id], [WRONG], fact.category, builtin.id)
    text = told(bank=None)
    assert text.startswith(f"{builtin.title}\n\n1 game:")
    assert fact.label in text
    assert builtin.category(fact.category).title in text


# JSON


def test_json_has_it_all(told: Stats, played: Keep) -> None:
    played(["tail", "tail", "gone"], [RIGHT, WRONG, WRONG])
    id = played(["commander", "tail", "take-off"], [RIGHT, RIGHT], category="old")
    data: dict[str, Any] = json.loads(told(as_json=True))
    recent = data.pop("recent")
    assert data == {
        "bank": "comet-bank",
        "games": 2,
        "finished": 1,
        "unfinished": 1,
        "answers": 5,
        "right": 3,
        "share": 0.6,
        "seconds": 7.5,
        "longest_streak": 2,
        "streak": 2,
        "categories": [
            {"name": "comet", "title": "The comet", "answered": 3, "right": 1, "share": 0.3333},
            {"name": "old", "title": None, "answered": 2, "right": 2, "share": 1.0},
        ],
        "knowledge": [{"name": "comet", "title": "The comet", "known": 0, "learning": 2, "new": 1}],
        "most_missed": [
            {"fact": "gone", "stem": None, "asked": 1, "missed": 1},
            {"fact": "tail", "stem": "How long was the comet's tail?", "asked": 3, "missed": 1},
        ],
    }
    assert [game["finished"] for game in recent] == [False, True]
    assert recent[0] == {
        "id": id,
        "started": recent[0]["started"],
        "title": "Letters",
        "code": "CODE",
        "right": 2,
        "answered": 2,
        "of": 3,
        "points": 200,
        "seconds": 3.0,
        "finished": False,
    }
    assert recent[0]["started"].startswith("2030-03-17T17:46:")


def test_json_has_the_same_keys_without_a_game(told: Stats, played: Keep) -> None:
    empty = json.loads(told(as_json=True))
    assert (empty["bank"], empty["games"], empty["share"], empty["recent"]) == ("comet-bank", 0, None, [])
    played(["tail"], [RIGHT])
    assert list(json.loads(told(as_json=True))) == list(empty)


# Trouble


def test_a_notice_goes_to_standard_error(
    played: Keep, data: Path, bank_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    played(["tail"], [RIGHT])
    monkeypatch.setattr(Records, "notice", "nothing is being kept")
    assert stats.run(Namespace(json=True, bank=bank_folder, data=data, questions=False, to=None)) == 0
    ran = capsys.readouterr()
    assert ran.err == "orbitquiz: nothing is being kept\n"
    assert json.loads(ran.out)["games"] == 1


@pytest.mark.parametrize("as_json", [False, True])
def test_games_that_cannot_be_read_are_not_said_to_be_none(told: Stats, data: Path, as_json: bool) -> None:
    data.mkdir()
    file_in(data).write_text("no database")
    with pytest.raises(UsageError, match="is no file of OrbitQuiz"):
        told(as_json=as_json)


# Speed


def test_it_loads_no_screen_and_no_validator(played: Keep, data: Path, bank_folder: Path) -> None:
    played(["tail"], [RIGHT])
    open_chosen(bank_folder)  # from here on it is in the cache
    words = f"json=False, questions=False, to=None, bank=Path({str(bank_folder)!r}), data=Path({str(data)!r})"
    run = "from argparse import Namespace; from pathlib import Path; from orbitquiz.cli.stats import run"
    loaded = loaded_by(f"{run}; run(Namespace({words}))")
    assert "orbitquiz.history.statistics" in loaded
    assert not loaded & {"textual", "rich", "orbitquiz.tui", "pydantic", "yaml", "asyncio"}


# Which wrong options mislead, and which tempt nobody


@pytest.fixture
def asked_often(records: Records, bank_folder: Path) -> tuple[Bank, str, list[str]]:
    """Keep 80 games of one question, of which 50 pick one wrong option and 30 the key; two are never picked."""
    bank = open_chosen(bank_folder).bank
    assert bank is not None
    quiz = compose(bank, Request("ANCHOR", 1))
    (question,) = quiz.questions
    wrong = [n for n, option in enumerate(question.options) if not option.is_key]
    for n in range(80):
        game = started(quiz)
        id = records.begin(game, ABOUT)
        records.answered(id, move(game, wrong[0] if n < 50 else question.key))
    return bank, question.stem, [question.options[n].text for n in wrong]


def test_traps_and_dead_options_are_named_with_their_question(
    asked_often: tuple[Bank, str, list[str]], told: Stats
) -> None:
    _, stem, (trap, *dead) = asked_often
    lines = told(questions=True).splitlines()
    at = lines.index("Traps: picked more often than the right answer, or by a third")
    assert lines[at + 1 : at + 3] == [f"50 of 80  {trap}", f"    {stem} (30 right)"]
    at = lines.index("Dead options: hardly anybody picks them")
    assert sorted(lines[at + 1 : at + 5 : 2]) == sorted(f"0 of 80  {option}" for option in dead)


def test_json_has_every_wrong_option_that_was_shown(asked_often: tuple[Bank, str, list[str]], told: Stats) -> None:
    _, stem, (trap, *dead) = asked_often
    (question,) = json.loads(told(questions=True, as_json=True))["questions"]
    assert question["stem"] == stem
    found = {option.pop("text"): option for option in question["options"]}
    assert found[trap] == {"shown": 80, "picked": 50, "right": 30, "dead": False, "trap": True}
    assert all(found[option] == {"shown": 80, "picked": 0, "right": 30, "dead": True, "trap": False} for option in dead)
    assert "questions" not in json.loads(told(as_json=True))


def test_rooms_on_this_computer_count_as_well(told: Stats, data: Path, bank_folder: Path) -> None:
    bank = open_chosen(bank_folder).bank
    assert bank is not None
    sheet = QuizSheet.of(compose(bank, Request("ANCHOR", 1)))
    lesson = Lesson(opened(quiz=sheet), *(f"N{number}" for number in range(12)))
    wrong = next(n for n in range(4) if n != sheet.questions[0].key)
    lesson.play({f"p{number}": wrong for number in range(1, 13)})
    with closing(FileIndex(data).create(lesson.room.opening)) as log:
        for event in lesson.events[1:]:
            log.append([event])
    lines = told(questions=True).splitlines()
    assert f"12 of 12  {sheet.questions[0].options[wrong]}" in lines


def test_too_few_answers_are_told(played: Keep, told: Stats) -> None:
    played(["commander"], [WRONG])
    assert "No trap among options shown 10 times, none dead of those shown 60 times." in told(questions=True)
