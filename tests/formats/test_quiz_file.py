"""Quiz files: what was written is read back, and whatever else is there is told with its place."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orbitquiz.bank.model import Bank
from orbitquiz.formats.quiz_file import BadQuizFile, QuizFile, read_quiz_file, write_quiz_file
from tests.making import write_bank
from tests.quiz.made import read_whole

NAME = "lesson-3.json"
IDS = ("lead-actress.asked", "return-date.which.outruns-us")
WHOLE = {
    "orbitquiz": 1,
    "title": "Lesson 3",
    "bank": {"id": "comet-bank", "version": "1.0.0", "digest": "ab12"},
    "seed": "K7M2QX",
    "questions": list(IDS),
}


def read(data: Any) -> QuizFile:
    """Read a file that holds `data` as JSON, two spaces a level."""
    return read_quiz_file(NAME, json.dumps(data, ensure_ascii=False, indent=2).encode())


def refused(raw: bytes) -> str:
    """Return the one-line message that refuses a file with these bytes."""
    with pytest.raises(BadQuizFile) as raised:
        read_quiz_file(NAME, raw)
    message = str(raised.value)
    assert message.startswith(f"{NAME}:")
    assert "\n" not in message
    return message.removeprefix(f"{NAME}:")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return read_whole(write_bank(tmp_path))


@given(st.lists(st.text(), min_size=1, unique=True), st.text(), st.text())
def test_what_is_written_is_read_back(ids: list[str], seed: str, title: str) -> None:
    file = read_quiz_file(NAME, write_quiz_file(NOTHING, ids, seed, title).encode())
    assert (file.questions, file.seed) == (tuple(ids), seed)
    assert (file.bank, file.digest) == ("nothing", "0" * 64)


NOTHING = Bank("nothing", "t", "1", "en", "r", "c", "0" * 64, (), (), {}, {})


def test_a_written_file_is_json_to_be_edited_by_hand(bank: Bank) -> None:
    text = write_quiz_file(bank, ["tail.asked", "commander.asked"], "K7M2QX", "Stunde 3 — Köln")
    assert json.loads(text) == {
        "orbitquiz": 1,
        "title": "Stunde 3 — Köln",
        "bank": {"id": bank.id, "version": bank.version, "digest": bank.digest},
        "seed": "K7M2QX",
        "questions": ["tail.asked", "commander.asked"],
    }
    assert text.endswith('  "questions": [\n    "tail.asked",\n    "commander.asked"\n  ]\n}\n')
    assert "Köln" in text


def test_without_a_title_of_its_own_a_written_file_has_that_of_the_bank(bank: Bank) -> None:
    assert json.loads(write_quiz_file(bank, IDS, ""))["title"] == bank.title


def test_a_whole_file_is_read(bank: Bank) -> None:
    file = read(WHOLE)
    assert (file.title, file.bank, file.digest, file.seed) == ("Lesson 3", "comet-bank", "ab12", "K7M2QX")
    assert file.questions == IDS


def test_title_bank_and_seed_may_be_left_out() -> None:
    file = read({"orbitquiz": 1, "questions": list(IDS)})
    assert (file.title, file.bank, file.digest, file.seed) == (None, None, None, "")


@pytest.mark.parametrize("title", ["", "  \n ", None])
def test_a_blank_title_is_none(title: str | None) -> None:
    assert read({**WHOLE, "title": title}).title is None


def test_a_title_is_one_harmless_line() -> None:
    assert read({**WHOLE, "title": "a\nb\x1b[31m\u202ec"}).title == "a b␛[31m⟨U+202E⟩c"


def test_a_byte_order_mark_and_line_ends_of_windows_do_not_matter() -> None:
    text = json.dumps(WHOLE, indent=2).replace("\n", "\r\n")
    file = read_quiz_file(NAME, b"\xef\xbb\xbf" + text.encode())
    assert file.questions == IDS
    assert file.place(IDS[1]) == f"{NAME}:12:5"


@pytest.mark.parametrize(("id", "place"), [(IDS[0], ":11:5"), (IDS[1], ":12:5"), ("not there", "")])
def test_a_question_has_a_place(id: str, place: str) -> None:
    assert read(WHOLE).place(id) == f"{NAME}{place}"


def test_a_question_has_a_place_however_its_letters_are_written() -> None:
    for ascii_only in (True, False):
        raw = json.dumps({"orbitquiz": 1, "questions": ["é"]}, ensure_ascii=ascii_only).encode()
        assert read_quiz_file(NAME, raw).place("é") == f"{NAME}:1:32"


def changed(**more: Any) -> str:
    return json.dumps({**WHOLE, **more}, ensure_ascii=False, indent=2)


def without(key: str) -> str:
    return json.dumps({name: value for name, value in WHOLE.items() if name != key}, indent=2)


#: Files that are malformed in one way each, the place that they are told with, and words that help.
MALFORMED: dict[str, tuple[str | bytes, str, str]] = {
    "empty": ("", "1:1", "not JSON"),
    "blank": ("\n\n  ", "3:3", "not JSON"),
    "prose": ("Dear class,\n", "1:1", "not JSON"),
    "cut short": (changed()[:60], "5:", "not JSON"),
    "a comma too many": ('{"orbitquiz": 1,\n "questions": ["a.asked",]}', "2:", "not JSON"),
    "single quotes": ("{'orbitquiz': 1}", "1:2", "not JSON"),
    "a comment": ('{\n  // mine\n  "orbitquiz": 1}', "2:3", "not JSON"),
    "more behind it": (f"{changed()}\n{{}}", "15:1", "not JSON"),
    "a control character in a word": ('{"orbitquiz": 1,\n "title": "a\x07"}', "2:", "not JSON"),
    "an unknown escape": ('{"orbitquiz": 1,\n "title": "\\x41"}', "2:", "not JSON"),
    "not UTF-8": (changed().replace("Lesson", "Leçon").encode("latin-1"), "3:", "save it as UTF-8"),
    "UTF-16": (changed().encode("utf-16"), "1:", "save it as UTF-8"),
    "a byte order mark twice": (b"\xef\xbb\xbf" * 2 + b"{}", "1:1", "not JSON"),
    "a list": ("[]", "", 'a JSON object with a list "questions"'),
    "a word": ('"orbitquiz"', "", 'a JSON object with a list "questions"'),
    "nothing": ("null", "", 'a JSON object with a list "questions"'),
    "no questions": (without("questions"), "", 'a JSON object with a list "questions"'),
    "no version": (without("orbitquiz"), "", 'expected "orbitquiz": 1'),
    "version 2": (changed(orbitquiz=2), "", 'expected "orbitquiz": 1'),
    "a version in words": (changed(orbitquiz="1"), "", 'expected "orbitquiz": 1'),
    "an unknown key": (changed(seeds="x"), "14:3", 'unknown key "seeds"; known here: orbitquiz, title, bank'),
    "an unknown key of the bank": (changed(bank={"name": "x"}), "5:5", 'unknown key "name"; known here: id, version'),
    "an unknown key that acts": (changed(**{"\u202e": "x"}), "14:3", 'unknown key "⟨U+202E⟩"'),
    "a key twice": ('{"orbitquiz": 1,\n "seed": "A",\n "seed": "B"}', "2:2", 'the key "seed" stands twice'),
    "a key of the bank twice": ('{"bank": {"id": "a",\n "id": "b"}}', "1:11", '"id" stands twice'),
    "a bank that is a word": (changed(bank="comet-bank"), "4:3", 'an object for "bank"'),
    "a bank that is nothing": (changed(bank=None), "4:3", 'an object for "bank"'),
    "a bank with a number": (changed(bank={"digest": 12}), "5:5", 'expected text for "digest"'),
    "a title that is a list": (changed(title=["Lesson 3"]), "3:3", 'expected text for "title"'),
    "a seed that is a number": (changed(seed=7), "9:3", 'expected text for "seed"'),
    "questions that are a word": (changed(questions="a.asked"), "10:3", 'a list of question ids for "questions"'),
    "questions that are an object": (changed(questions={"a": 1}), "10:3", 'a list of question ids for "questions"'),
    "no question": (changed(questions=[]), "10:3", "one or more"),
    "a question that is a number": (changed(questions=["a.asked", 2]), "10:3", 'question ids for "questions"'),
    "a question that is nothing": (changed(questions=[None]), "10:3", 'question ids for "questions"'),
    "a question that is a list": (changed(questions=[["a"], ["a"]]), "10:3", 'question ids for "questions"'),
    "a question twice": (changed(questions=["b", "a", "b"]), "11:5", "the question 'b' stands twice; keep one of them"),
    "nested deeply": ("[" * 100_000, "", "nested too deeply"),
    "objects nested deeply": ('{"bank": ' * 100_000, "", "nested too deeply"),
    "endless numbers": (changed(questions=[float("inf"), float("nan")]), "10:3", 'question ids for "questions"'),
}  # fmt: skip


@pytest.mark.parametrize("case", MALFORMED)
def test_a_malformed_file_is_told_with_its_place(case: str) -> None:
    content, place, words = MALFORMED[case]
    message = refused(content if isinstance(content, bytes) else content.encode())
    assert message.startswith(f"{place}" if place.endswith(":") else f"{place}: " if place else " ")
    assert words in message


def test_each_case_is_malformed_in_one_way_only() -> None:
    assert read_quiz_file(NAME, changed().encode()).questions == IDS


@pytest.mark.parametrize("key", ["orbitquiz", "title"])
def test_a_number_too_long_for_python_is_told(key: str) -> None:
    refused(f'{{"orbitquiz": 1, "questions": ["a"], "{key}": {"1" * 5000}}}'.encode())


def test_a_long_file_is_read_in_no_time() -> None:
    ids = [f"{n:05}" for n in range(20_000)]
    start = time.process_time()
    assert read({"orbitquiz": 1, "questions": ids}).questions == tuple(ids)
    assert time.process_time() - start < 1


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_a_quiz_file_or_are_refused(raw: bytes) -> None:
    is_quiz_file(raw)


words = st.text(max_size=5)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
abouts = st.dictionaries(st.sampled_from(["id", "version", "digest"]), words)
likely = st.fixed_dictionaries(
    {},
    optional={
        "orbitquiz": st.just(1) | json_values,
        "title": words | json_values,
        "bank": abouts | json_values,
        "seed": words | json_values,
        "questions": st.lists(words, max_size=3) | json_values,
        "x": json_values,
    },
)
well_formed = st.fixed_dictionaries(
    {"orbitquiz": st.just(1), "questions": st.lists(st.text(), min_size=1, unique=True)},
    optional={"title": st.none() | st.text(), "seed": st.none() | st.text(), "bank": abouts},
)


@given(likely | json_values, st.booleans(), st.sampled_from([None, 1]))
def test_arbitrary_json_is_a_quiz_file_or_is_refused(data: Any, ascii_only: bool, indent: int | None) -> None:
    is_quiz_file(json.dumps(data, ensure_ascii=ascii_only, indent=indent).encode())


@given(well_formed)
def test_whatever_has_the_right_form_is_read(data: dict[str, Any]) -> None:
    assert is_quiz_file(json.dumps(data).encode())


def is_quiz_file(raw: bytes) -> bool:
    """True if the bytes are a quiz file; if not, the message must be one line that begins with the name."""
    message = ""
    try:
        file = read_quiz_file(NAME, raw)
    except BadQuizFile as error:
        message = str(error)
    if message:
        assert message.startswith(f"{NAME}:")
        assert "\n" not in message
        return False
    assert file.questions
    assert all(file.place(id).startswith(NAME) for id in file.questions)
    return True
