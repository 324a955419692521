"""The streams get whole and harmless lines, whatever a bank or a player writes."""

from __future__ import annotations

import io
import os
import re
import struct
import sys
import unicodedata

import pytest
from msgspec.structs import replace

from orbitquiz.plain.console import WIDTH, Console
from orbitquiz.quiz.game import Rules
from orbitquiz.quiz.proof import Citation, Feedback
from orbitquiz.quiz.question import Option, Quiz
from tests.plain.playing import KEPT, NOTHING, Table, Terminal, right, wrong

HOSTILE = "red\x1b[31m\nQuestion 9 of 9.\r\x07\u202emirrored\u2028torn\ttab \udcff\x9b2J"


def hostile(quiz: Quiz) -> Quiz:
    """`quiz` with such text wherever there can be text."""

    def bad(text: str) -> str:
        return f"{text} {HOSTILE}"

    questions = []
    for question in quiz.questions:
        proof = question.proof
        quotation = proof.shown[0].passage.quotations[0]
        citation = Citation(bad("The Times"), quotation, 1)
        shown = tuple(
            replace(
                item,
                value=bad(item.value),
                passage=replace(
                    item.passage,
                    text=bad(item.passage.text),
                    source=replace(
                        item.passage.source,
                        title=bad("Title"),
                        author=bad("Author"),
                        text=bad(item.passage.source.text).replace("\n\n", f"\n{HOSTILE[:12]}\n"),
                    ),
                ),
            )
            for item in proof.shown
        )
        remark = Feedback(bad("Remark."), replace(citation, quotation=replace(quotation, source="other")))
        proof = replace(proof, statement=bad(proof.statement), shown=shown, also=(citation,), note=bad("Note."))
        options = tuple(Option(bad(o.text), o.is_key, None if o.is_key else remark) for o in question.options)
        category = replace(question.category, title=bad("Category"))
        questions.append(replace(question, stem=bad("Stem?"), options=options, proof=proof, category=category))
    return replace(quiz, questions=tuple(questions))


def some_moves(quiz: Quiz) -> list[str]:
    first, _, third = quiz.questions
    return [
        "h",
        "f",
        HOSTILE,
        "?",
        HOSTILE,
        wrong(first),
        "s",
        "",
        "x",
        "s",
        "f",
        HOSTILE,
        "",
        right(third),
        "",
        "e",
        "q",
    ]


def test_a_terminal_gets_lines_of_78_columns_and_a_prompt_to_type_behind(table: Table, quiz: Quiz) -> None:
    stem = " ".join(["record-breaking"] * 40) + " " + "y" * 100 + " end"
    table.start(replace(quiz, questions=(replace(quiz.questions[0], stem=stem), *quiz.questions[1:])), Rules(60.0))
    table.play(*some_moves(quiz), out=Terminal())
    long = [line for line in table.lines if len(line) > WIDTH and str(table.folder) not in line]
    assert set(long) == {"y" * 100}, "only a word that is longer stays so"
    assert " ".join(table.lines).count(stem) == 2, "no word is torn apart"
    assert "flag, q to leave: \nHint: " in table.text
    assert "s for the source, f to flag, q to leave: \nFrom the report, The comet crew:" in table.text


def test_where_the_terminal_shows_what_is_typed_no_line_is_left_blank(table: Table, quiz: Quiz) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    table.start(quiz)
    table.play_on(Keyboard("1\n"), out)
    assert "q to leave: Wrong." in out.getvalue() or "q to leave: Right." in out.getvalue()
    assert out.getvalue().endswith(f"q to leave: \n{KEPT}\n"), "control-D ends no line"


def test_a_pipe_gets_each_line_whole(table: Table, quiz: Quiz) -> None:
    stem = " ".join(["word"] * 400)
    table.start(replace(quiz, questions=(replace(quiz.questions[0], stem=stem),)))
    table.play()
    assert stem in table.lines
    assert not any(line.endswith(" ") for line in table.lines)


@pytest.mark.parametrize("out", [io.StringIO, Terminal])
def test_no_text_can_act_on_a_terminal_or_make_a_line_of_its_own(
    table: Table, quiz: Quiz, out: type[io.StringIO]
) -> None:
    table.start(hostile(quiz), teams=(HOSTILE, "Blue"))
    table.play(*some_moves(quiz), out=out())
    kinds = {unicodedata.category(letter) for letter in table.text.replace("\n", "")}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", table.text)
    assert table.text.count("␛[31m") > 20
    if out is io.StringIO:
        assert not any(line.startswith("Question 9") for line in table.lines)
    play = table.text
    table.start(quiz, teams=("Red", "Blue"))
    table.play(*some_moves(quiz), out=out())
    assert len(table.text) < len(play)


def test_own_words_are_plain_ascii(table: Table, quiz: Quiz) -> None:
    table.start(quiz, Rules(60.0), teams=("Red", "Blue"))
    table.play("?", "p", "p", "h", "nonsense", "x", "s", "?", "", "1", "", "x", "", "?", "e", "m", "q")
    assert table.text.replace("…", "").isascii()


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "cp1252", "utf-16"])
def test_letters_that_a_stream_has_not_are_written_out(table: Table, quiz: Quiz, encoding: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    table.start(hostile(quiz))
    table.play_on(io.StringIO("x\nf\nЮлия \udcff\n\n"), out)
    out.flush()
    text = raw.getvalue().decode(encoding)
    assert "\\udcff" in text
    assert ("␛[31m" in text) is encoding.startswith("utf")
    assert ("\\u241b[31m" in text) is not encoding.startswith("utf")


@pytest.mark.parametrize("raw", [b"\xff\xfe\n1\n", b"\xe2", b"\x00\n\xc3\n", b"1\r\n\r\nq\r\n", b"\xff\n" * 50])
def test_bytes_that_are_no_text_end_in_a_game_that_is_kept(table: Table, quiz: Quiz, raw: bytes) -> None:
    table.start(quiz)
    out = io.StringIO()
    game = table.play_on(io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"), out)
    assert out.getvalue().endswith(f"{KEPT if game.verdicts else NOTHING}\n")
    if game.verdicts:
        assert table.kept() == table.as_kept(game)


def test_a_line_that_is_no_text_is_not_the_end(table: Table, quiz: Quiz) -> None:
    class Latin(io.StringIO):
        def __init__(self) -> None:
            super().__init__()
            self.left = [b"\xe9\n", b"\xe9\n", b"x\n", b"\xe9\n", b"\n", b"\xe9\n"]

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            return self.left.pop(0).decode() if self.left else ""

    table.start(quiz)
    assert table.play_on(Latin(), io.StringIO()).number == 2


def test_a_decoder_that_is_stuck_ends_the_game(table: Table, quiz: Quiz) -> None:
    class Stuck(io.StringIO):
        reads = 0

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            self.reads += 1
            return b"\xe9".decode()

    lines, out = Stuck(), io.StringIO()
    table.start(quiz)
    table.play_on(lines, out)
    assert lines.reads <= 100
    assert out.getvalue().endswith(f"{NOTHING}\n")


def test_all_can_be_read_before_anything_is_waited_for(table: Table, quiz: Quiz) -> None:
    raw = io.BytesIO()

    class Waiting(io.StringIO):
        seen: list[str] = []

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            self.seen.append(raw.getvalue().decode().splitlines()[-1])
            return "x\n" if len(self.seen) < 2 else ""

    lines = Waiting()
    table.start(quiz)
    out = io.TextIOWrapper(raw, encoding="utf-8")
    table.play_on(lines, out)
    assert [words.split(",")[0] for words in lines.seen] == ["Answer 1 to 4", "Enter for the next question"]
    assert raw.getvalue().decode().endswith(f"{KEPT}\n")
    out.close()


def test_the_first_question_can_be_read_before_the_records_are_opened(table: Table, quiz: Quiz) -> None:
    raw = io.BytesIO()
    seen: list[str] = []
    records = table.records

    def opening() -> object:
        seen.append(raw.getvalue().decode())
        return records

    table.session._open_records = opening  # type: ignore[assignment]
    table.start(quiz)
    table.play_on(io.StringIO(), io.TextIOWrapper(raw, encoding="utf-8"))
    assert len(seen) == 1
    assert quiz.questions[0].options[3].text in seen[0]


def test_a_broken_pipe_goes_to_the_caller(table: Table, quiz: Quiz) -> None:
    class Broken(io.StringIO):
        def write(self, text: str, /) -> int:
            if "Line 3" in text:
                raise BrokenPipeError
            return super().write(text)

    table.start(quiz)
    with pytest.raises(BrokenPipeError):
        table.play_on(io.StringIO("1\n"), Broken())
    assert len(table.kept().verdicts) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("columns", "most"), [(200, WIDTH), (60, 59), (25, 24), (0, WIDTH)])
def test_lines_are_broken_between_words_where_a_terminal_is_narrow(columns: int, most: int) -> None:
    import fcntl
    import termios

    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 20, columns, 0, 0))
    with os.fdopen(slave, "w", encoding="utf-8") as out:
        console = Console(io.StringIO(), out)
        console.say("ship " * 30)
        console.flush()
        lines = os.read(master, 4096).decode().split("\r\n")[:-1]
    os.close(master)
    assert most - len("ship ") <= max(map(len, lines)) <= most
    assert all(line.endswith("ship") for line in lines)
