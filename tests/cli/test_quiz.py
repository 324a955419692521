"""One quiz among all: `--quiz` with a code or a file, `--differ`, and `export --to quiz`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.cli.selection import Selection
from tests.cli.conftest import Ran, Run, told
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank

TO_JSON = ("export", "--to", "json")
TO_QUIZ = ("export", "--to", "quiz")
SETTINGS = ("--seed", "APOLLO", "--count", "6", "--category", "crew", "--category", "film", "--differ")

each_command = pytest.mark.parametrize("command", [("play",), TO_JSON, TO_QUIZ], ids=["play", "to-json", "to-quiz"])


def quiz_file(folder: Path, content: str | bytes | list[str], name: str = "lesson-3.json", **more: Any) -> Path:
    """A quiz file with these questions or, where they are text, just these characters."""
    file = folder / name
    if isinstance(content, list):
        content = json.dumps({"orbitquiz": 1, **more, "questions": content}, indent=2)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def data(ran: Ran) -> dict[str, Any]:
    assert ran.code == 0
    found: dict[str, Any] = json.loads(ran.out)
    return found


def ids(ran: Ran) -> list[str]:
    """The ids of the questions that were written as JSON."""
    return [question["id"] for question in data(ran)["questions"]]


def test_a_code_gives_the_quiz_that_it_stands_for(orbitquiz: Run) -> None:
    quiz = data(orbitquiz(*TO_JSON, *SETTINGS))
    again = data(orbitquiz(*TO_JSON, "--quiz", quiz["code"]))
    assert again["questions"] == quiz["questions"]
    assert again["code"] == quiz["code"]


def test_a_code_may_be_written_without_hyphens_and_small(orbitquiz: Run) -> None:
    code = data(orbitquiz(*TO_JSON, *SETTINGS))["code"]
    words = code.lower().replace("-", " ")
    assert orbitquiz(*TO_JSON, "--quiz", words) == orbitquiz(*TO_JSON, "--quiz", code)


def test_a_quiz_file_holds_the_quiz_of_the_same_words(orbitquiz: Run, builtin: Bank) -> None:
    quiz = data(orbitquiz(*TO_QUIZ, *SETTINGS))
    assert list(quiz) == ["orbitquiz", "title", "bank", "seed", "questions"]
    assert quiz["questions"] == ids(orbitquiz(*TO_JSON, *SETTINGS))
    assert quiz["seed"] == "APOLLO"
    assert quiz["bank"] == {"id": builtin.id, "version": builtin.version, "digest": builtin.digest}


@pytest.mark.parametrize("words", [SETTINGS, ("--count", "5"), ("--seed", "Союз \udcff")], ids=["some", "new", "odd"])
def test_a_quiz_file_gives_the_same_quiz_option_by_option(
    orbitquiz: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "lesson.json"
    assert orbitquiz(*TO_QUIZ, *words, "-o", file).code == 0
    chosen = data(orbitquiz(*TO_JSON, "--quiz", file))
    seed = json.loads(file.read_bytes())["seed"]
    assert seed == chosen["seed"]
    again = words if "--seed" in words else (*words, f"--seed={seed}")
    assert chosen["questions"] == data(orbitquiz(*TO_JSON, *again))["questions"]
    assert chosen["code"] is None


def test_a_quiz_file_of_a_code_is_that_of_its_words(orbitquiz: Run) -> None:
    code = data(orbitquiz(*TO_JSON, *SETTINGS))["code"]
    assert data(orbitquiz(*TO_QUIZ, "--quiz", code))["questions"] == ids(orbitquiz(*TO_JSON, *SETTINGS))


def test_a_quiz_file_is_written_again_as_it_was_read(orbitquiz: Run, tmp_path: Path) -> None:
    file = tmp_path / "lesson.json"
    orbitquiz(*TO_QUIZ, *SETTINGS, "-o", file)
    assert orbitquiz(*TO_QUIZ, "--quiz", file).out == file.read_bytes()


def test_a_quiz_file_with_all_has_every_question_of_the_bank(orbitquiz: Run) -> None:
    for words in ((), ("--category", "crew"), ("--differ",)):
        assert data(orbitquiz(*TO_QUIZ, "--all", *words))["questions"] == ids(orbitquiz(*TO_JSON, "--all", *words))


def test_a_quiz_file_that_was_edited_keeps_its_order_and_its_repeated_facts(
    orbitquiz: Run, tmp_path: Path, bank_folder: Path
) -> None:
    order = ["take-off.according.other", "commander.asked", "take-off.according.report"]
    assert ids(orbitquiz(*TO_JSON, "--bank", bank_folder, "--quiz", quiz_file(tmp_path, order))) == order


@pytest.mark.parametrize("name", ["lesson", "LESSON", "lesson.txt", "two words", "K7M2-QXAB-9CD", "größe.json"])
def test_a_quiz_file_may_have_any_name(
    orbitquiz: Run, tmp_path: Path, bank_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    quiz_file(tmp_path, ["tail.asked"], name)
    assert ids(orbitquiz(*TO_JSON, "--bank", bank_folder, "--quiz", name)) == ["tail.asked"]


def test_a_quiz_file_has_a_title_of_its_own(orbitquiz: Run, tmp_path: Path, bank_folder: Path) -> None:
    file = quiz_file(tmp_path, ["tail.asked"], title="Lesson 3")
    assert data(orbitquiz(*TO_QUIZ, "--bank", bank_folder, "--quiz", file))["title"] == "Lesson 3"


def test_no_notice_where_the_bank_is_as_it_was(orbitquiz: Run, tmp_path: Path, bank_folder: Path) -> None:
    file = tmp_path / "lesson.json"
    orbitquiz(*TO_QUIZ, "--bank", bank_folder, "--count", "2", "-o", file)
    assert orbitquiz(*TO_JSON, "--bank", bank_folder, "--quiz", file).err == ""


def test_a_bank_that_has_changed_since_the_file_was_written_is_told(
    orbitquiz: Run, tmp_path: Path, bank_folder: Path
) -> None:
    file = tmp_path / "lesson.json"
    orbitquiz(*TO_QUIZ, "--bank", bank_folder, "--count", "2", "-o", file)
    write_bank(bank_folder, [COMMANDER, {**TAIL, "note": "It was blue."}, TAKE_OFF])
    ran = orbitquiz(*TO_JSON, "--bank", bank_folder, "--quiz", file)
    assert len(ids(ran)) == 2
    assert ran.err == (
        f"orbitquiz: the bank has changed since {file} was written, so its questions may have changed too\n"
    )


@pytest.mark.parametrize("command", [TO_JSON, TO_QUIZ], ids=["to-json", "to-quiz"])
def test_differ_asks_only_about_facts_with_differences(orbitquiz: Run, builtin: Bank, command: tuple[str, ...]) -> None:
    differing = {fact.id for fact in builtin.facts if fact.differs}
    assert 0 < len(differing) < len(builtin.facts)
    for words, expected in ((("--all",), differing), (("--count", "1000"), differing)):
        questions = data(orbitquiz(*command, "--differ", *words))["questions"]
        facts = {(id if isinstance(id, str) else id["id"]).partition(".")[0] for id in questions}
        assert facts == expected


def test_differ_narrows_a_category(orbitquiz: Run, builtin: Bank) -> None:
    differing = {fact.id for fact in builtin.facts if fact.differs and fact.category == "crew"}
    questions = data(orbitquiz(*TO_JSON, "--all", "--differ", "--category", "crew"))["questions"]
    assert {question["fact"] for question in questions} == differing


@each_command
def test_differ_says_so_where_nothing_differs(orbitquiz: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER, TAIL])
    message = told(orbitquiz(*command, "--bank", folder, "--differ"))
    assert "the sources of the bank comet-bank differ on nothing that could be asked" in message


@pytest.mark.parametrize("command", [TO_JSON, TO_QUIZ], ids=["to-json", "to-quiz"])
def test_all_with_differ_says_so_where_nothing_differs(
    orbitquiz: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER, TAIL])
    assert "differ" in told(orbitquiz(*command, "--all", "--bank", folder, "--differ"))


@pytest.mark.parametrize(
    "words",
    [("--seed", "APOLLO"), ("--seed", ""), ("--count", "3"), ("--category", "comet"), ("--differ",)],
    ids=["seed", "blank-seed", "count", "category", "differ"],
)
@pytest.mark.parametrize("quiz", ["K7M2-QXAB-9CD", "lesson-3.json"])
def test_a_whole_quiz_needs_no_other_choice(
    orbitquiz: Run, bank_folder: Path, words: tuple[str, ...], quiz: str
) -> None:
    assert f"leave out {words[0]}" in told(orbitquiz("play", "--bank", bank_folder, "--quiz", quiz, *words))


def test_all_other_choices_are_named_at_once(orbitquiz: Run) -> None:
    message = told(orbitquiz("play", "--quiz", "x", *SETTINGS))
    assert all(option in message for option in ("--seed", "--count", "--category", "--differ"))


def test_all_questions_need_no_quiz(orbitquiz: Run) -> None:
    assert "leave out --seed, --count and --quiz" in told(orbitquiz(*TO_JSON, "--all", "--quiz", "lesson-3.json"))


@each_command
def test_a_quiz_file_that_is_not_there_is_told(orbitquiz: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    file = tmp_path / "lesson-3.json"
    message = told(orbitquiz(*command, "--quiz", file))
    assert message == f"orbitquiz: cannot read the quiz file {file}: No such file or directory"


def test_a_folder_is_no_quiz_file(orbitquiz: Run, bank_folder: Path, tmp_path: Path) -> None:
    message = told(orbitquiz("play", "--bank", bank_folder, "--quiz", tmp_path))
    assert message.startswith(f"orbitquiz: cannot read the quiz file {tmp_path}: ")


@pytest.mark.parametrize("word", ["a.json\x00", "x" * 5000 + ".json", "./" + "x/" * 5000])
def test_a_name_that_no_file_can_have_is_told(orbitquiz: Run, bank_folder: Path, word: str) -> None:
    assert "cannot read the quiz file" in told(orbitquiz("play", "--bank", bank_folder, "--quiz", word))


@pytest.mark.parametrize(
    "word",
    [
        "", " ", "-", "hello", "K7M2-QXAB", "K7M2\x00", "A" * 250, "Союз", "\x1b[31mK7M2", "K7M2\u202e", "\udcff",
        "A" * 300,
    ],
    ids=ascii,
)  # fmt: skip
def test_a_word_that_is_no_code_is_told(orbitquiz: Run, bank_folder: Path, word: str) -> None:
    message = told(orbitquiz("play", "--bank", bank_folder, "--quiz", word))
    assert "a quiz code has" in message
    assert not {"\x00", "\x1b", "\u202e"} & set(message)


def test_a_mistyped_code_is_told(orbitquiz: Run) -> None:
    code = data(orbitquiz(*TO_JSON, *SETTINGS))["code"]
    mistyped = ("B" if code[0] == "A" else "A") + code[1:]
    message = told(orbitquiz("play", "--quiz", mistyped))
    assert message.startswith(f"orbitquiz: --quiz {mistyped}: there is no file of this name, and as a code: ")
    assert message.endswith("the letters of this quiz code do not fit together; one of them is mistyped")


def test_a_code_of_another_bank_is_told(orbitquiz: Run, bank_folder: Path) -> None:
    code = data(orbitquiz(*TO_JSON, *SETTINGS))["code"]
    message = told(orbitquiz("play", "--bank", bank_folder, "--quiz", code))
    assert "this quiz code is for the bank built-in (The first film shot in space)" in message


def test_a_code_of_a_bank_that_has_changed_is_told(orbitquiz: Run, bank_folder: Path) -> None:
    code = data(orbitquiz(*TO_JSON, "--bank", bank_folder))["code"]
    write_bank(bank_folder, [COMMANDER, {**TAIL, "note": "It was blue."}, TAKE_OFF])
    assert "another version" in told(orbitquiz("play", "--bank", bank_folder, "--quiz", code))


def test_a_quiz_file_of_another_bank_is_told_with_both(orbitquiz: Run, tmp_path: Path, bank_folder: Path) -> None:
    file = quiz_file(tmp_path, ["tail.asked"], bank={"id": "mars"})
    message = told(orbitquiz("play", "--bank", bank_folder, "--quiz", file))
    assert message == f"orbitquiz: {file} is for the bank 'mars', and this is 'comet-bank'; name the other with --bank"


@each_command
@pytest.mark.parametrize(
    ("id", "hint"),
    [
        ("tail.askd", "; did you mean 'tail.asked'?"),
        ("commander", "; did you mean 'commander.asked'?"),
        ("#####", ""),
    ],
)
def test_an_unknown_question_is_told_with_its_place_and_the_nearest(
    orbitquiz: Run, tmp_path: Path, bank_folder: Path, command: tuple[str, ...], id: str, hint: str
) -> None:
    file = quiz_file(tmp_path, ["commander.asked", id])
    message = told(orbitquiz(*command, "--bank", bank_folder, "--quiz", file))
    assert message.startswith(f"orbitquiz: {file}:5:5: the bank comet-bank has no question {id!r}{hint}")
    assert hint or message.endswith("'")


@pytest.mark.parametrize(
    ("content", "place"),
    [("{", ":1:2: "), (b'{"orbitquiz": 1,\n"title": "\xff"}', ":2: "), ("[]", ": "), ("[" * 10**5, ": ")],
    ids=["not-json", "not-utf-8", "no-object", "deep"],
)
def test_a_malformed_quiz_file_is_told(
    orbitquiz: Run, bank_folder: Path, tmp_path: Path, content: str | bytes, place: str
) -> None:
    file = quiz_file(tmp_path, content)
    assert told(orbitquiz("play", "--bank", bank_folder, "--quiz", file)).startswith(f"orbitquiz: {file}{place}")


def test_a_huge_file_is_no_quiz_file(orbitquiz: Run, bank_folder: Path, tmp_path: Path) -> None:
    file = quiz_file(tmp_path, " " * 1_000_001)
    assert told(orbitquiz("play", "--bank", bank_folder, "--quiz", file)) == (
        f"orbitquiz: {file} has more than 1,000,000 bytes; that is no quiz file"
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless device")
def test_an_endless_file_is_no_quiz_file(orbitquiz: Run, bank_folder: Path) -> None:
    assert "that is no quiz file" in told(orbitquiz("play", "--bank", bank_folder, "--quiz", "/dev/zero"))


def test_what_a_quiz_file_says_cannot_act_on_the_terminal(orbitquiz: Run, tmp_path: Path, bank_folder: Path) -> None:
    for file in (
        quiz_file(tmp_path, ["\x1b[31m\u202e"], "id.json"),
        quiz_file(tmp_path, ["tail.asked"], "bank.json", bank={"id": "\x1b[31m\u202e"}),
        quiz_file(tmp_path, '{"\u202e": 1, "\u202e": 2}', "key.json"),
        quiz_file(tmp_path, ["x"], "\x1b[31m\u202e.json"),
    ):
        message = told(orbitquiz("play", "--bank", bank_folder, "--quiz", file))
        assert not {"\x1b", "\u202e"} & set(message)


def test_another_quiz_of_the_same_choice_has_the_same_options(builtin: Bank) -> None:
    plan = selected(builtin, "--category", "crew", "--count", "4", "--differ").plan
    assert (plan.request.count, plan.request.categories, plan.request.differ) == (4, ("crew",), True)
    assert plan.quiz(builtin, "OTHER").questions


def test_another_quiz_of_a_file_has_the_same_questions(builtin: Bank, tmp_path: Path) -> None:
    chosen = [f"{fact.id}.asked" for fact in builtin.facts if not fact.differs and not fact.attributed][2::-1]
    plan = selected(builtin, "--quiz", str(quiz_file(tmp_path, chosen))).plan
    assert [question.id for question in plan.quiz(builtin, "OTHER").questions] == chosen


def selected(bank: Bank, *words: str) -> Selection:
    """Return the selection that `play` makes for these words."""
    from orbitquiz.cli.parser import make_parser

    return Selection.of(bank, make_parser().parse_args(["play", *words]))
