"""`orbitquiz export`: the same bytes for the same words, everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import orbitquiz as package
from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.bank.model import Bank
from orbitquiz.formats.json import bank_to_json, quiz_to_json
from orbitquiz.quiz.code import Request
from orbitquiz.quiz.compose import compose
from tests.cli.conftest import Run
from tests.making import COMMANDER, TAIL, TAKE_OFF, write_bank

JSON = ("export", "--to", "json")
APOLLO = (*JSON, "--seed", "APOLLO", "--count", "10")


@pytest.fixture(scope="module")
def apollo(builtin: Bank) -> bytes:
    """The output of `export` for ten questions from the seed APOLLO."""
    return quiz_to_json(builtin, compose(builtin, Request("APOLLO", 10))).encode()


def test_a_seed_and_a_count_give_a_quiz(orbitquiz: Run, apollo: bytes) -> None:
    ran = orbitquiz(*APOLLO)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == apollo
    assert len(json.loads(ran.out)["questions"]) == 10


def test_all_gives_the_whole_bank(orbitquiz: Run, builtin: Bank) -> None:
    assert orbitquiz(*JSON, "--all").out == bank_to_json(builtin).encode()


def test_without_a_count_there_are_ten_questions_from_a_new_seed(orbitquiz: Run) -> None:
    first, second = (json.loads(orbitquiz(*JSON).out) for _ in range(2))
    assert len(first["questions"]) == 10
    assert first["seed"] != second["seed"]


@pytest.mark.slow
@pytest.mark.parametrize("hash_seed", ["0", "1", "2"])
def test_the_order_of_hashes_changes_nothing(apollo: bytes, hash_seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    ran = subprocess.run([sys.executable, "-m", "orbitquiz", *APOLLO], env=environment, capture_output=True, check=True)
    assert ran.stdout == apollo


#: From a bank in the cache, no more than msgspec is needed to compose and to write a quiz.
COMPOSE = """
import sys
from pathlib import Path
from orbitquiz.bank.cache import builtin_path, open_bank
from orbitquiz.formats.json import quiz_to_json
from orbitquiz.quiz.compose import compose
from orbitquiz.quiz.code import Request

bank = open_bank(builtin_path(), Path(sys.argv[1])).bank
sys.stdout.buffer.write(quiz_to_json(bank, compose(bank, Request("APOLLO", 10))).encode())
"""


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14", "3.15"])
def test_every_python_composes_the_same_quiz(tmp_path: Path, apollo: bytes, version: str) -> None:
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "--version"], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no Python {version} here")
    site, root = tmp_path / "site", Path(__file__).parents[2]
    install = [python, "-m", "pip", "install", "--target", str(site), "--constraint", str(root / "constraints.txt")]
    if subprocess.run([*install, "msgspec"], capture_output=True, check=False).returncode:
        pytest.skip(f"msgspec cannot be installed for Python {version}")
    open_bank(builtin_path(), tmp_path)
    path = os.pathsep.join((str(Path(package.__file__).parents[1]), str(site)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, "-c", COMPOSE, str(tmp_path)]
    assert subprocess.run(command, env=environment, capture_output=True, check=True).stdout == apollo


def test_a_category_narrows_what_is_written(orbitquiz: Run) -> None:
    for words in ((*JSON, "--all"), APOLLO):
        questions = json.loads(orbitquiz(*words, "--category", "crew").out)["questions"]
        assert {question["category"] for question in questions} == {"crew"}


@pytest.mark.parametrize("name", ["Crew", "The crew", "the CREW"])
def test_a_category_goes_by_its_title_and_in_any_case(orbitquiz: Run, name: str) -> None:
    assert orbitquiz(*APOLLO, "--category", name).out == orbitquiz(*APOLLO, "--category", "crew").out


def test_several_categories_may_be_named(orbitquiz: Run) -> None:
    ran = orbitquiz(*JSON, "--all", "--category", "crew", "--category", "film", "--category", "crew")
    assert {question["category"] for question in json.loads(ran.out)["questions"]} == {"crew", "film"}


def test_a_file_gets_the_same_bytes(orbitquiz: Run, tmp_path: Path, apollo: bytes) -> None:
    file = tmp_path / "quiz.json"
    ran = orbitquiz(*APOLLO, "-o", file)
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    assert file.read_bytes() == apollo


def test_where_there_are_fewer_questions_than_wanted_those_are_written(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz(*APOLLO, "--bank", bank_folder)
    assert ran.code == 0
    assert len(json.loads(ran.out)["questions"]) == 3
    assert ran.err == "orbitquiz: asked for 10 questions; a quiz asks each fact once, and there are 3\n"


def misquoted(fact: dict[str, Any]) -> dict[str, Any]:
    (claim,) = fact["claims"]
    return {**fact, "claims": [{**claim, "proof": [{"source": "report", "quote": "Nobody ever wrote this"}]}]}


def test_facts_that_do_not_hold_are_left_out_and_counted(orbitquiz: Run, tmp_path: Path) -> None:
    facts = [misquoted(dict(COMMANDER)), misquoted(dict(TAIL)), TAKE_OFF]
    folder = write_bank(tmp_path / "bank", facts)
    ran = orbitquiz(*JSON, "--all", "--bank", folder)
    assert ran.code == 0
    assert {question["fact"] for question in json.loads(ran.out)["questions"]} == {"take-off"}
    assert ran.err == f"orbitquiz: 2 facts do not hold and are left out; `orbitquiz check {folder}` says why\n"


def test_a_seed_may_be_any_word(orbitquiz: Run) -> None:
    for seed in ("Союз 🚀", "two words", "-", "\udcff", "x" * 5000):
        ran = orbitquiz(*JSON, f"--seed={seed}", "--count=1")
        assert json.loads(ran.out)["seed"] == seed


def test_a_seed_may_be_empty(orbitquiz: Run) -> None:
    words = (*JSON, "--seed=", "--count=1")
    assert orbitquiz(*words) == orbitquiz(*words)


def test_a_name_goes_before_a_title(orbitquiz: Run, tmp_path: Path) -> None:
    write_bank(tmp_path, [COMMANDER], category="comet")
    write_bank(tmp_path, [TAIL], category="the-comet")
    later = tmp_path / "questions" / "the-comet.yaml"
    later.write_text(later.read_text().replace("title: The comet", "title: Comet"))
    ran = orbitquiz(*JSON, "--all", "--bank", tmp_path, "--category", "comet")
    assert [question["fact"] for question in json.loads(ran.out)["questions"]] == ["commander"]


def test_a_notice_shows_control_characters_as_pictures(orbitquiz: Run, tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "a\x1b[31mbank", [misquoted(dict(COMMANDER)), TAIL])
    ran = orbitquiz(*JSON, "--all", "--bank", folder)
    assert "\x1b" not in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "orbitquiz", *JSON, "--all"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [(*JSON, "--all"), ("categories",), ("check",)], ids=lambda words: words[0])
def test_a_full_disk_behind_standard_output_is_told(words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        command = [sys.executable, "-m", "orbitquiz", *words]
        ran = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in ran.stderr
    assert ran.returncode == 2


def run_with_closed(redirection: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command from a shell with a stream closed, as `>&-` does."""
    script = f'exec "$0" -m orbitquiz "$@" {redirection}'
    command = ["sh", "-c", script, sys.executable, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell there")
def test_a_file_is_written_although_standard_output_is_closed(tmp_path: Path, apollo: bytes) -> None:
    file = tmp_path / "quiz.json"
    ran = run_with_closed(">&-", *APOLLO, "-o", file)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert file.read_bytes() == apollo


@pytest.mark.skipif(sys.platform == "win32", reason="no such shell there")
@pytest.mark.parametrize(("redirection", "words"), [(">&-", APOLLO), ("<&-", ("play",))], ids=["output", "input"])
def test_a_closed_stream_that_is_needed_is_told(redirection: str, words: tuple[str, ...]) -> None:
    ran = run_with_closed(redirection, *words)
    assert ran.returncode == 2
    assert ran.stderr.startswith("orbitquiz: ")
    assert "Traceback" not in ran.stderr


# Other programs' formats


TEXTS = ("html", "moodle-xml", "gift", "blooket", "csv", "aiken", "markdown", "hascard", "hashcards")


@pytest.mark.parametrize("name", TEXTS)
def test_without_more_words_each_fact_is_asked_once_in_the_same_way(
    orbitquiz: Run, bank_folder: Path, name: str
) -> None:
    words = ("export", "--to", name, "--bank", bank_folder)
    ran = orbitquiz(*words)
    assert ran.code == 0
    assert b"the comet's tail" in ran.out or b"the comet&#39;s tail" in ran.out or b"comet&\\#39;s tail" in ran.out
    if name != "html":  # a quiz of another seed each time
        assert orbitquiz(*words).out == ran.out


def test_what_a_format_loses_is_told_once_on_standard_error(orbitquiz: Run, bank_folder: Path) -> None:
    ran = orbitquiz("export", "--to", "aiken", "--bank", bank_folder)
    (line,) = ran.err.splitlines()
    assert line.startswith("orbitquiz: aiken has no place for ")
    assert orbitquiz("export", "--to", "gift", "--bank", bank_folder).err == ""


def test_what_does_not_fit_is_left_out_and_counted(orbitquiz: Run, tmp_path: Path) -> None:
    long = {**TAIL, "ask": f"How long was {'the very long ' * 9}tail of the comet?"}
    folder = write_bank(tmp_path / "bank", [COMMANDER, long])
    ran = orbitquiz("export", "--to", "kahoot", "--bank", folder, "-o", tmp_path / "x.xlsx")
    assert "orbitquiz: kahoot: 1 question does not fit and is left out\n" in ran.err
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")


def test_where_nothing_fits_nothing_is_written(orbitquiz: Run, tmp_path: Path) -> None:
    long = {**TAIL, "ask": f"How long was {'the very long ' * 9}tail of the comet?"}
    folder = write_bank(tmp_path / "bank", [long])
    ran = orbitquiz("export", "--to", "kahoot", "--bank", folder, "-o", tmp_path / "x.xlsx")
    assert (ran.code, ran.out) == (2, b"")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_quiz_is_written_in_its_order(orbitquiz: Run) -> None:
    choice = ("--seed", "APOLLO", "--count", "5")
    stems = [question["stem"] for question in json.loads(orbitquiz(*JSON, *choice).out)["questions"]]
    text = orbitquiz("export", "--to", "aiken", *choice).text
    assert [block.split("\n")[0].strip("\u00a0") for block in text.strip().split("\n\n")] == stems


def test_all_gives_every_question_to_another_program(orbitquiz: Run) -> None:
    every = len(json.loads(orbitquiz(*JSON, "--all").out)["questions"])
    assert orbitquiz("export", "--to", "aiken", "--all").text.count("\nANSWER: ") == every


def test_a_packed_format_is_not_written_to_a_terminal(orbitquiz: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    ran = orbitquiz("export", "--to", "anki")
    assert ran.code == 2
    assert "name a file with -o, such as -o questions.apkg" in ran.err


def test_a_file_that_cannot_be_written_stays_as_it_was(orbitquiz: Run, tmp_path: Path, bank_folder: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("old")
    ran = orbitquiz("export", "--to", "csv", "--bank", bank_folder, "-o", tmp_path / "nowhere" / "x.csv")
    assert ran.code == 2
    assert "cannot write" in ran.err
    assert orbitquiz("export", "--to", "csv", "--bank", bank_folder, "-o", file).code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["x.csv"]
