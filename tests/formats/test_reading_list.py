"""The reading list: what was missed, with its proof, as Markdown that nothing in it can break."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from orbitquiz.bank.model import Bank, Quotation
from orbitquiz.bank.passage import passages
from orbitquiz.formats.new_file import write_new
from orbitquiz.formats.reading_list import reading_list
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.game import Answer, Game
from orbitquiz.quiz.proof import Citation, Evidence
from orbitquiz.quiz.question import Quiz
from orbitquiz.quiz.sheet import QuizSheet
from orbitquiz.text.safe import line_of
from tests.formats.markup import TEXTS, read_as_markdown, structure, words_in
from tests.making import source_of, write_bank
from tests.quiz.made import read_whole

WHEN = date(2031, 5, 20)
ABOUT = {
    "report": {
        "author": "Flo_ Reed", "publisher": "The Vale Times", "issued": "2031-05-14", "URL": "https://vale.example/a_b*c",
    }
}  # fmt: skip


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return read_whole(write_bank(tmp_path_factory.mktemp("list") / "bank", about=ABOUT))


@pytest.fixture(scope="module")
def quiz(bank: Bank) -> Quiz:
    return compose(bank, Request("TEST", 3))


def played(quiz: Quiz, outcomes: str) -> Game:
    """A game of `quiz`: r is right, w wrong, s skipped, l late."""
    answers = []
    for question, outcome in zip(quiz.questions, outcomes, strict=False):
        picked = {"r": question.key, "w": (question.key + 1) % 4}.get(outcome)
        answers.append(Answer(picked, 1.0, late=outcome == "l"))
    return Game.resume(QuizSheet.of(quiz), 0.0, answers)


def listed(bank: Bank, quiz: Quiz, outcomes: str) -> str:
    """Return the reading list of a game of `quiz` with these outcomes."""
    return reading_list(bank, quiz, played(quiz, outcomes), WHEN)


def bold_in(text: str) -> list[str]:
    """Return the bold words, block by block."""
    bold: list[str] = []
    for token in read_as_markdown(text):
        depth = 0
        for part in token.children or ():
            opens = part.type == "strong_open" or part.content == "<strong>"
            closes = part.type == "strong_close" or part.content == "</strong>"
            if opens:
                bold.append("")
            elif depth and not closes:
                bold[-1] += part.content
            depth += opens - closes
    return bold


def test_the_head_says_what_when_how_well_and_how_to_play_it_again(bank: Bank, quiz: Quiz) -> None:
    title, result, again, *_ = words_in(listed(bank, quiz, "rwr"))
    assert title == "Reading list: The comet"
    assert result == "20 May 2031. 2 of 3 right, 200 points."
    assert again == f"The same quiz again: orbitquiz play --quiz {quiz.code}"


def test_a_quiz_without_a_code_is_not_promised_again(bank: Bank, quiz: Quiz) -> None:
    assert "orbitquiz play" not in listed(bank, replace(quiz, code=None), "w")


def test_every_missed_question_is_there_in_order_and_no_other(bank: Bank, quiz: Quiz) -> None:
    for outcomes in ("wsl", "rws", "lrw", "srr"):
        text = listed(bank, quiz, outcomes)
        headings = [line.removeprefix("## ") for line in text.split("\n") if line.startswith("## ")]
        missed = [(n, q) for n, (q, how) in enumerate(zip(quiz.questions, outcomes, strict=True), 1) if how != "r"]
        assert headings == [f"{number}. {question.stem}" for number, question in missed]
        assert "Nothing was missed" not in text


@pytest.mark.parametrize(("outcome", "picked"), [("w", None), ("s", "none"), ("l", "none before time was up")])
def test_it_says_the_answer_and_what_was_picked(bank: Bank, quiz: Quiz, outcome: str, picked: str | None) -> None:
    question = quiz.questions[0]
    words = words_in(listed(bank, quiz, outcome))
    assert f"The answer: {question.options[question.key].text}" in words
    assert f"Your answer: {picked or question.options[(question.key + 1) % 4].text}" in words


def test_the_passage_stands_with_its_quotation_in_bold_over_its_citation(bank: Bank, quiz: Quiz) -> None:
    (tail,) = (each for each in quiz.questions if each.fact == "tail")
    text = listed(bank, replace(quiz, questions=(tail,)), "w")
    assert bold_in(text) == ["The tail was 2.5 kilometres long"]
    assert '\n> "We saw the comet on the ninth day," Stone said. **The tail was 2.5 kilometres long**.\n>\n> — ' in text
    cited = next(line for line in text.split("\n") if line.startswith("> — "))
    file = bank.sources["report"].file
    assert cited == (
        f"> — The comet crew, Flo\\_ Reed, The Vale Times, 14 May 2031, {file}, line 5, <https://vale.example/a_b*c>"
    )
    links = [part.attrs["href"] for token in read_as_markdown(text) for part in token.children or () if part.attrs]
    assert links == ["https://vale.example/a_b*c"]


def test_what_the_document_does_not_state_is_left_out(bank: Bank, quiz: Quiz) -> None:
    (disputed,) = (each for each in quiz.questions if each.fact == "take-off")
    text = listed(bank, replace(quiz, questions=(disputed,)), "w")
    assert f"\n> — Comet crew home again, {bank.sources['other'].file}, line 3\n" in text


def test_where_sources_differ_each_passage_says_for_what_it_is(bank: Bank, quiz: Quiz) -> None:
    (disputed,) = (each for each in quiz.questions if each.fact == "take-off")
    words = words_in(listed(bank, replace(quiz, questions=(disputed,)), "w"))
    assert {"For 3 May:", "For 4 May:"} <= set(words)
    assert "Editor's note: Nobody has said which is right." in words


def test_further_places_are_named(bank: Bank, quiz: Quiz) -> None:
    question = quiz.questions[0]
    also = (Citation("the other", Quotation("other", 23, 40), 3),)
    asked = replace(question, proof=replace(question.proof, also=also))
    text = listed(bank, replace(quiz, questions=(asked,)), "s")
    assert f"Also: Comet crew home again, {bank.sources['other'].file}, line 3" in words_in(text)


def test_if_nothing_was_missed_it_says_so(bank: Bank, quiz: Quiz) -> None:
    text = listed(bank, quiz, "rrr")
    assert "Nothing was missed" in text
    assert "## " not in text


def test_a_game_without_an_answer_has_missed_nothing_and_got_nothing_right(bank: Bank, quiz: Quiz) -> None:
    text = listed(bank, quiz, "")
    assert "No question was answered." in text
    assert "Nothing was missed" not in text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.org/<b>", "https://x.org/a b", "https://x.org/`", "https://x.org/\u202e"]
)
def test_what_can_be_no_link_is_text(bank: Bank, quiz: Quiz, url: str) -> None:
    sources = {id: replace(source, url=url) for id, source in bank.sources.items()}
    (tail,) = (each for each in quiz.questions if each.fact == "tail")
    (item,) = tail.proof.shown
    shown = (replace(item, passage=replace(item.passage, source=sources["report"])),)
    asked = replace(tail, proof=replace(tail.proof, shown=shown))
    text = listed(bank, replace(quiz, questions=(asked,)), "w")
    assert not any(part.type == "link_open" for token in read_as_markdown(text) for part in token.children or ())
    assert any(words.endswith(f"line 5, {line_of(url)}") for words in words_in(text))


@settings(deadline=None)
@given(data=st.data(), title=TEXTS, stem=TEXTS, option=TEXTS, note=TEXTS, name=TEXTS, text=st.lists(TEXTS, min_size=1))
def test_whatever_the_texts_the_list_has_the_same_blocks(
    bank: Bank,
    quiz: Quiz,
    data: st.DataObject,
    title: str,
    stem: str,
    option: str,
    note: str,
    name: str,
    text: list[str],
) -> None:
    words = f"a{' '.join(text)}z"
    spans = st.tuples(st.integers(0, len(words) - 1), st.integers(1, len(words))).filter(lambda span: span[0] < span[1])
    quotations = [Quotation("s", *span) for span in data.draw(st.lists(spans, min_size=1, max_size=3))]
    source = replace(source_of(words, "s"), title=f"T{name}", author=f"A{name}", publisher=f"P{name}", url=name)
    shown = tuple(Evidence(f"V{option}", each) for each in passages({"s": source}, quotations))[:1]
    base = quiz.questions[0]
    options = tuple(replace(each, text=f"O{option}") for each in base.options)
    proof = replace(base.proof, shown=shown, also=(), note=f"N{note}")
    asked = replace(base, stem=f"S{stem}", options=options, proof=proof)
    page = listed(bank, replace(quiz, title=f"Q{title}", questions=(asked,)), "w")

    lines = page.split("\n")
    assert sum(line.startswith("#") for line in lines) == 2
    assert sum(line.startswith("- ") for line in lines) == 2
    assert sum(line.startswith(">") for line in lines) == 3
    assert structure(page) == structure("# x\n\nx\n\nx\n\n## x\n\n- x\n- x\n\n> x\n>\n> x\n\nx\n")
    seen = words_in(page)
    assert seen[0] == f"Reading list: {line_of(f'Q{title}')}"
    assert seen[3] == f"1. {line_of(f'S{stem}')}"
    assert seen[4] == f"The answer: {line_of(f'O{option}')}"
    assert seen[8] == f"Editor's note: {line_of(f'N{note}')}"

    passage = shown[0].passage
    for mark in ("<strong_open>", "<strong_close>", "<html_inline>"):
        seen[6] = seen[6].replace(mark, "")
    assert seen[6] == passage.text
    marked = {at for start, end in passage.marks for at in range(start, end) if not passage.text[at].isspace()}
    assert sum(len("".join(words.split())) for words in bold_in(page)) == len(marked)


def test_a_new_file_has_the_text(tmp_path: Path) -> None:
    file = write_new(tmp_path, "list", "# é\nx\n")
    assert file == tmp_path / "list.md"
    assert file.read_bytes() == "# é\nx\n".encode()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_text("mine", encoding="utf-8")
    (tmp_path / "list-2.md").symlink_to(tmp_path / "nowhere")
    (tmp_path / "list-3.md").mkdir()
    assert write_new(tmp_path, "list", "new") == tmp_path / "list-4.md"
    assert (tmp_path / "list.md").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert write_new(tmp_path, "list", "newer") == tmp_path / "list-5.md"
    assert (tmp_path / "list-4.md").read_text(encoding="utf-8") == "new"


def test_what_cannot_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_new(tmp_path, "list", "x")
    assert list(tmp_path.iterdir()) == []


def test_errors_of_the_system_go_to_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_new(tmp_path / "none", "list", "x")
