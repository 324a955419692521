"""Flags: what a player found wrong, appended to a Markdown file that nothing in it can break."""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from orbitquiz.bank.model import Bank
from orbitquiz.formats.flags import Flag, Quoted, write_flag
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.question import Quiz
from orbitquiz.text.safe import line_of
from tests.formats.markup import TEXTS, structure, words_in
from tests.making import TAKE_OFF, write_bank
from tests.quiz.made import read_whole

WHEN = datetime(2031, 5, 20, 9, 5, tzinfo=UTC)


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return read_whole(write_bank(tmp_path / "bank"))


@pytest.fixture
def quiz(bank: Bank) -> Quiz:
    return compose(bank, Request("TEST", 3))


def flag_of(text: str = "x") -> Flag:
    return Flag(text, text, text, text, (Quoted(text, text, text, 3, text),), text, text, text, text)


def test_an_entry_says_what_it_takes_to_find_the_question_again(tmp_path: Path, bank: Bank, quiz: Quiz) -> None:
    question = next(each for each in quiz.questions if each.fact == TAKE_OFF["id"])
    file = tmp_path / "flags.md"
    write_flag(file, Flag.of(bank, quiz, question, "  No:\nit was the 5th. "), WHEN)
    first, about, heading, stem, *items = words_in(file.read_text("utf-8"))
    assert first == "Flagged questions"
    assert "Send it to the" in about
    assert heading == f"{question.id} · 2031-05-20 09:05+00:00"
    assert stem == question.stem
    report, other = bank.sources["report"], bank.sources["other"]
    here = f"The comet crew, {report.file}, line 3, SHA-256 {report.sha256}"
    there = f"Comet crew home again, {other.file}, line 3, SHA-256 {other.sha256}"
    by_side = {f"Proof: “She took off from Port Vale on May 3” ({here})", f"Proof: “The crew left on May 4” ({there})"}
    assert items[:4] == [
        "Why: No: it was the 5th.",
        f"Quiz: code {quiz.code}",
        f"Bank: comet-bank, version the version, digest {bank.digest}",
        "Contact: the contact",
    ]
    assert by_side < set(items[4:])
    assert len(items) == 7


def test_a_quiz_without_a_code_is_told_by_its_seed(bank: Bank, quiz: Quiz) -> None:
    assert Flag.of(bank, structs.replace(quiz, code=None), quiz.questions[0], "x").quiz == f"seed {quiz.seed}"


def test_further_places_that_prove_it_are_told_once(bank: Bank, quiz: Quiz) -> None:
    (question,) = (each for each in quiz.questions if each.fact == "tail")
    shown = question.proof.shown
    twice = structs.replace(question, proof=structs.replace(question.proof, shown=(*shown, *shown)))
    assert [quoted.words for quoted in Flag.of(bank, quiz, twice, "").quoted] == ["The tail was 2.5 kilometres long"]


def test_no_reason_is_said_to_be_none(tmp_path: Path) -> None:
    write_flag(tmp_path / "flags.md", replace(flag_of(), reason=""), WHEN)
    assert "Why: not said" in words_in((tmp_path / "flags.md").read_text("utf-8"))


def test_the_next_flag_goes_after_the_last_and_the_head_stays_one(tmp_path: Path) -> None:
    file = tmp_path / "flags.md"
    write_flag(file, flag_of("first"), WHEN)
    before = file.read_bytes()
    write_flag(file, flag_of("second"), WHEN)
    assert file.read_bytes().startswith(before)
    text = file.read_text("utf-8")
    assert structure(text).count("heading_open") == 3
    assert text.count("# Flagged questions") == 1
    assert text.index("first") < text.index("second")


def test_after_a_line_that_was_broken_off_an_entry_begins_on_its_own_line(tmp_path: Path) -> None:
    file = tmp_path / "flags.md"
    file.write_text("# Mine\n\n- Why: because of th", encoding="utf-8")
    write_flag(file, flag_of(), WHEN)
    assert words_in(file.read_text("utf-8"))[1:3] == ["Why: because of th", "x · 2031-05-20 09:05+00:00"]


@settings(deadline=None, max_examples=50)  # a disk may take its time
@given(texts=st.lists(TEXTS, min_size=10, max_size=10))
def test_whatever_the_texts_an_entry_has_the_same_blocks(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    question, stem, reason, quiz, bank, version, digest, contact, words, title = (text or "x" for text in texts)
    quoted = (Quoted(words, title, "seeds/x.txt", 1, "00"), Quoted(title, words, "seeds/x.txt", 2, "11"))
    flag = Flag(question, f"Q{stem}", reason, quiz, quoted, bank, version, digest, contact)
    file = tmp_path_factory.mktemp("flags") / "flags.md"
    write_flag(file, flag, WHEN)
    write_flag(file, flag, WHEN)
    text = file.read_text("utf-8")
    lines = text.split("\n")
    assert sum(line.startswith("#") for line in lines) == 3
    assert sum(line.startswith("- ") for line in lines) == 2 * 6
    assert sum(bool(re.match(r"\S", line)) for line in lines) == 1 + 2 + 2 * (1 + 1 + 6)
    assert structure(text) == structure(_plain_file(file.with_name("plain.md")))
    assert f"Why: {line_of(reason) or 'not said'}" in words_in(text)


def _plain_file(file: Path) -> str:
    quoted = Quoted("x", "x", "x", 1, "x")
    for _ in range(2):
        write_flag(file, replace(flag_of(), quoted=(quoted, quoted)), WHEN)
    return file.read_text("utf-8")


def test_half_a_character_from_the_terminal_is_no_reason_to_lose_the_flag(tmp_path: Path) -> None:
    write_flag(tmp_path / "flags.md", replace(flag_of(), reason="caf\udcc3 is wrong"), WHEN)
    assert "Why: caf? is wrong" in (tmp_path / "flags.md").read_text("utf-8")


def test_an_entry_is_one_write_and_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    opened = Path.open

    def spied(self: Path, *args: object, **more: object) -> object:
        file = opened(self, *args, **more)  # type: ignore[call-overload]
        write = file.write

        class Spy:
            def __getattr__(self, name: str) -> object:
                return getattr(file, name)

            def __enter__(self) -> Spy:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def write(self, data: bytes) -> int:
                done.append("write")
                return int(write(data))

        return Spy()

    monkeypatch.setattr(Path, "open", spied)
    monkeypatch.setattr(os, "fsync", lambda _: done.append("fsync"))
    write_flag(tmp_path / "flags.md", flag_of("long " * 10_000), WHEN)
    assert done == ["write", "fsync"]


def _flag_much(file: Path, name: str) -> None:
    for number in range(30):
        write_flag(file, flag_of(f"{name}{number} " + "x" * 3000), WHEN)


def test_two_processes_may_append(tmp_path: Path) -> None:
    file = tmp_path / "flags.md"
    processes = [multiprocessing.get_context("spawn").Process(target=_flag_much, args=(file, name)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    text = file.read_text("utf-8")
    assert text.startswith("# Flagged questions\n")
    assert len(re.findall("^# ", text, re.MULTILINE)) == 1
    headings = re.findall(r"^## ([ab]\d+) x{3000} · 2031-05-20 09:05\+00:00$", text, re.MULTILINE)
    assert sorted(headings) == sorted(f"{name}{number}" for name in "ab" for number in range(30))
    assert len(re.findall("^- ", text, re.MULTILINE)) == 60 * 5


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is locked there")
def test_a_flag_waits_until_another_process_has_written_its_own(tmp_path: Path) -> None:
    import fcntl

    file = tmp_path / "flags.md"
    with file.open("ab") as other, ThreadPoolExecutor() as pool:
        fcntl.flock(other, fcntl.LOCK_EX)
        written = pool.submit(write_flag, file, flag_of(), WHEN)
        try:
            with pytest.raises(TimeoutError):
                written.result(0.1)
            other.write(b"# Another's head\n")
            other.flush()
        finally:
            fcntl.flock(other, fcntl.LOCK_UN)
        written.result(5)
    assert [line for line in file.read_text("utf-8").split("\n") if line.startswith("# ")] == ["# Another's head"]


def test_errors_of_the_system_go_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="directory"):
        write_flag(tmp_path, flag_of(), WHEN)
    with pytest.raises(FileNotFoundError):
        write_flag(tmp_path / "none" / "flags.md", flag_of(), WHEN)
