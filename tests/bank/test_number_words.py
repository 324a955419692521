"""Numbers in words of other languages than English: each proves itself, and alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.values import read_value
from orbitquiz.bank.values.number_words import number_words
from orbitquiz.text.lookup import Searchable
from tests.making import write_bank

pytest.importorskip("babel")
pytest.importorskip("num2words")

LANGUAGES = ("de", "nl", "fr", "es", "it", "pt")
NUMBERS = (
    *range(2, 130),
    143,
    200,
    243,
    343,
    943,
    999,
    1000,
    1001,
    1931,
    2000,
    2003,
    3000,
    43_000,
    3_000_000,
    5_000_000,
)


def proves(language: str, value: str, text: str, type: str = "count") -> bool:
    return bool(read_value(type, value, language).spans_in(Searchable(text)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_in_words_proves_itself_and_no_other_number(language: str) -> None:
    values = {number: read_value("count", str(number), language) for number in NUMBERS}
    for number in NUMBERS:
        for words in number_words(language, number):
            text = Searchable(f"Oslo {words} Oslo.")
            proved = {other for other, value in values.items() if value.spans_in(text)}
            assert proved == {number}, words
    missing = [number for number in NUMBERS if not number_words(language, number)]
    assert missing == {"fr": [9], "it": [6]}.get(language, [])  # "neuf" is new, and "sei" you are


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("de", "3", "Im Hafen lagen drei Schiffe."),
        ("de", "20", "Zwanzig Schiffe und vier Boote lagen da."),
        ("de", "3 Millionen", "Es waren drei Millionen."),
        ("de", "3.000.000", "Es waren drei Millionen Menschen."),
        ("de", "100", "Es waren hundert Schiffe."),
        ("fr", "21", "Il y avait vingt et un bateaux."),
        ("fr", "21", "Il y avait vingt-et-un bateaux."),
        ("fr", "70", "Il y en avait septante."),
        ("fr", "80", "Il y avait quatre-vingts bateaux."),
        ("es", "21", "Había veintiún barcos."),
        ("es", "200", "Había doscientas casas."),
        ("it", "23", "C'erano ventitré navi."),
        ("pt", "2", "Havia duas casas."),
        ("nl", "43", "Er waren drieënveertig schepen."),
    ],
)
def test_a_number_is_found_as_it_is_written_in_words(language: str, value: str, text: str) -> None:
    assert proves(language, value, text)


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("de", "3", "Es waren dreiundvierzig."),
        ("de", "40", "Es waren dreiundvierzig."),
        ("de", "3", "Es waren drei Millionen."),
        ("de", "3", "Es waren drei bis vier Schiffe."),
        ("de", "4", "Es waren drei bis vier Schiffe."),
        ("de", "3", "Es waren minus drei Grad."),
        ("de", "3", "Es waren drei Komma fünf Meter."),
        ("de", "3", "Es waren drei Viertel der Schiffe."),
        ("de", "3", "Es waren drei Prozent."),
        ("de", "3", "Es waren drei und eine halbe Stunde."),
        ("de", "3", "Er kam dreimal."),
        ("de", "1", "Es war ein Schiff."),
        ("fr", "20", "Il y avait vingt et un bateaux."),
        ("fr", "20", "Il y avait quatre-vingts bateaux."),
        ("fr", "4", "Il y avait quatre-vingts bateaux."),
        ("fr", "80", "Il y avait quatre-vingt-dix bateaux."),
        ("fr", "3", "Il y en avait trois quarts."),
        ("fr", "3", "Il y en avait trois et demi."),
        ("fr", "2", "Il y avait deux à trois bateaux."),
        ("es", "30", "Había treinta y un barcos."),
        ("es", "3", "Había cuarenta y tres barcos."),
        ("es", "3", "Duró tres y media."),
        ("it", "3", "C'erano tre milioni di navi."),
        ("pt", "40", "Havia quarenta e três casas."),
        ("nl", "3", "Er waren drie komma vijf schepen."),
        ("pl", "3", "Były trzy statki."),
    ],
)
def test_a_part_of_a_number_in_words_proves_nothing(language: str, value: str, text: str) -> None:
    assert not proves(language, value, text)


@pytest.mark.parametrize(
    ("value", "text", "is_proved"),
    [
        ("3 Wochen", "Es dauerte drei Wochen und vier Tage.", True),
        ("3 Wochen", "Es dauerte dreiundvierzig Wochen.", False),
        ("3 Wochen", "Es dauerte zwei bis drei Wochen.", False),
        ("2–3 Wochen", "Es dauerte zwei bis drei Wochen.", True),
    ],
)
def test_a_measure_in_words_is_whole_too(value: str, text: str, is_proved: bool) -> None:
    assert proves("de", value, text, "duration") is is_proved


@pytest.mark.parametrize(("language", "is_told"), [("pl", True), ("de", False)])
def test_check_says_in_which_languages_numbers_in_words_are_not_known(
    tmp_path: Path, language: str, is_told: bool
) -> None:
    quote = {"source": "report", "quote": "Oslo 4 Oslo"}
    told = {
        "id": "ships",
        "type": "count",
        "ask": "Oslo?",
        "statement": "{value}",
        "claims": [{"value": "3", "proof": [quote]}],
    }
    folder = write_bank(tmp_path / "bank", [told], entities=[], documents={"report": "Oslo 4 Oslo\n"})
    file = folder / "bank.yaml"
    file.write_text(re.sub("language: .*", f"language: {language}", file.read_text()))
    messages = [problem.message for problem in read_bank(folder).problems if problem.code == "value-not-in-proof"]
    assert [f"not known in the bank's language, {language}" in message for message in messages] == [is_told]
