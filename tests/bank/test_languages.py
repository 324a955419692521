"""Banks in other languages than English: dates, numbers, words and quotation marks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from orbitquiz.bank.cache import open_bank
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from orbitquiz.bank.sentences import sentences
from orbitquiz.bank.values import NeedsBabel, Text, UnreadableValue, read_value
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import form_of
from orbitquiz.quiz.quality.lint import lint
from orbitquiz.text.quotes import quoted
from tests.other_languages import write_german, write_japanese


def bank_in(folder: Path) -> Bank:
    reading = read_bank(folder)
    assert reading.problems == ()
    assert reading.bank is not None
    return reading.bank


@pytest.fixture
def no_babel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Babel is not installed."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "babel"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "babel", None)
    from orbitquiz.bank import values

    values._language.cache_clear()


@pytest.mark.parametrize("write", [write_german, write_japanese])
def test_a_bank_in_another_language_holds_and_is_clean(tmp_path: Path, write: type) -> None:
    bank = bank_in(write(tmp_path))
    assert len(bank.facts) == 7
    assert lint(bank) == ()


@pytest.mark.parametrize(
    ("write", "id", "stem", "options"),
    [
        (write_german, "schornstein.according.report", "Laut dem Bericht: Wie hoch ist der Schornstein?", "{} Meter"),
        (write_german, "kosten.cloze.report", "Was fehlt? „Der Umbau kostete ____.“", "{} Millionen Kronen"),
        (write_german, "kapitaenin.said", "Wer sagte „Wir haben niemanden verloren“?", ""),
        (
            write_japanese,
            "hi.cloze.report",
            "空所は何ですか？「____、渡し船マルテン号がウィック湾で火事になった。」",
            "1931年{}",
        ),
        (write_japanese, "sencho.said", "Who said 「だれも失わなかった。よかった」?", ""),
    ],
)
def test_questions_are_in_the_words_and_marks_of_the_language(
    tmp_path: Path, write: type, id: str, stem: str, options: str
) -> None:
    bank = bank_in(write(tmp_path))
    form = form_of(bank, id)
    assert form is not None
    question = make_question(bank, form, "SEED")
    assert question is not None
    assert question.stem == stem
    before, _, after = options.partition("{}")
    assert all(option.text.startswith(before) and option.text.endswith(after) for option in question.options)


@pytest.mark.parametrize(
    ("language", "type", "text", "shifted", "document"),
    [
        ("de", "date", "3. Juni 1931", "5. Juni 1931", "am 03.06.1931 war"),
        ("de", "date", "31. Juli", "2. August", "am 31. Juli war"),
        ("de", "date", "Juni 1931", "August 1931", "im Juni 1931 war"),
        ("de", "count", "3.600", "3.800", "etwa 3 600 Gäste"),
        ("de", "length", "1,9 Meter", "2,1 Meter", "1,9 Metern"),
        ("de", "count", "3 Millionen Kronen", "5 Millionen Kronen", "3.000.000 Kronen"),
        ("de", "time", "18:40 Uhr", "19:10 Uhr", "um 18.40 Uhr war"),
        ("fr", "date", "3 juin 1931", "5 juin 1931", "le 3 juin 1931."),
        ("fr", "count", "3 000", "5 000", "de 3\u202f000 passagers"),
        ("es", "date", "3 de junio de 1931", "5 de junio de 1931", "el 3 de junio de 1931,"),
        ("ru", "duration", "3 года", "5 лет", "в 3 года и"),
        ("ja", "date", "1931年6月3日", "1931年6月5日", "1931年6月3日の"),
        ("ja", "count", "3万人", "5万人", "30,000人の"),
        ("ja", "time", "18時40分", "19時10分", "18:40に"),
        ("ko", "date", "1931년 6월 3일", "1931년 6월 5일", "1931년 6월 3일에"),
        ("th", "length", "1.9 เมตร", "2.1 เมตร", "สูง 1.9 เมตร"),
    ],
)
def test_values_are_read_found_and_varied_as_the_language_writes_them(
    language: str, type: str, text: str, shifted: str, document: str
) -> None:
    from orbitquiz.text.lookup import Searchable

    value = read_value(type, text, language)
    assert value.text.replace("\u00a0", " ") == text
    other = value.shifted(2)
    assert other is not None
    assert other.text == shifted
    assert value.spans_in(Searchable(document))
    assert not value.overlaps(other)


@pytest.mark.parametrize(
    ("language", "type", "text", "document"),
    [
        ("de", "count", "3", "über 3 Millionen"),
        ("de", "count", "1,9", "1.9 und 1,95"),
        ("es", "count", "3", "con 3 millones de"),
        ("de", "date", "3. Juni", "am 13. Juni und 3. Juli"),
        ("ja", "date", "6月3日", "16月3日"),
        ("fr", "date", "mars", "la planète Mars est"),
    ],
)
def test_other_values_are_not_found(language: str, type: str, text: str, document: str) -> None:
    from orbitquiz.text.lookup import Searchable

    assert not read_value(type, text, language).spans_in(Searchable(document))


@pytest.mark.parametrize(
    ("language", "type", "text", "expected"),
    [
        ("de", "date", "3. Juno 1931", "3. Juni 1931, 3. Juni, Juni 1931 or 1931"),
        ("de", "date", "31. Juni 1931", "expected a date"),
        ("de", "count", "1.9", "a number such as 3.000 or 1,9"),
        ("ja", "time", "25時", "a time such as 22:55"),
        ("tlh", "count", "1,9", "Babel knows no language 'tlh'"),
    ],
)
def test_what_is_no_value_of_the_language_is_told_with_examples_in_it(
    language: str, type: str, text: str, expected: str
) -> None:
    with pytest.raises(UnreadableValue, match=".*" + expected.replace(".", r"\.")):
        read_value(type, text, language)


def test_a_language_that_nobody_knows_has_whole_numbers(tmp_path: Path) -> None:
    assert read_value("count", "14", "tlh").text == "14"


@pytest.mark.usefixtures("no_babel")
def test_without_babel_values_are_text_and_the_bank_says_what_to_install(tmp_path: Path) -> None:
    reading = read_bank(write_german(tmp_path / "bank"))
    first, *others = reading.problems
    assert (first.code, first.file) == ("needs-babel", "bank.yaml")
    # “18.40 Uhr” and “vor 12 Tagen” are no longer the same as the values.
    assert [problem.code for problem in others] == ["value-not-in-proof", "value-not-in-proof"]
    assert "pip install 'orbitquiz[languages]'" in first.message
    assert reading.bank is not None
    assert isinstance(reading.bank.facts_by_id["schornstein"].claims[0].value, Text)
    with pytest.raises(NeedsBabel):
        read_value("count", "3.600", "de")
    assert read_value("count", "14", "de").text == "14"


def test_a_bank_kept_with_babel_is_read_again_without(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = write_german(tmp_path / "bank")
    whole = open_bank(folder, tmp_path / "cache").bank
    assert whole is not None
    assert open_bank(folder, tmp_path / "cache").bank == whole
    request.getfixturevalue("no_babel")
    without = open_bank(folder, tmp_path / "cache")
    assert without.problems
    assert without.bank is not None
    assert without.bank.digest != whole.digest  # its quizzes are others


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"gaps": "Lücke: {quotation}"}, "gaps is none of according, gap, who-said"),
        ({"gap": "Lücke!"}, "gap needs the same places in braces as “Fill the gap: {quotation}”"),
    ],
)
def test_words_that_would_not_do_are_told(tmp_path: Path, words: dict[str, str], message: str) -> None:
    file = write_german(tmp_path) / "bank.yaml"
    head = yaml.safe_load(file.read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump(head | {"words": words}, allow_unicode=True), encoding="utf-8")
    assert message in str(read_bank(tmp_path).problems[0])


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 3. Juni war es. Am 12. Mai nicht.", ["Am 3. Juni war es.", "Am 12. Mai nicht."]),
        ("de", "Im 19. Jahrhundert, z. B. Hamburg. „Nein!“ Er ging.", None),
        ("en", "He was 37. The end.", ["He was 37.", "The end."]),
        ("fr", "M. Falk vint. Elle partit.", ["M. Falk vint.", "Elle partit."]),
        (
            "ja",
            "「行く。待て。」と言った。船は出た！もう来ない。",
            ["「行く。待て。」と言った。", "船は出た！", "もう来ない。"],
        ),
        ("zh", "船开了。人们说：“好。”天黑了。", ["船开了。", "人们说：“好。”", "天黑了。"]),
        ("ko", "배가 떠났다. 사람들이 왔다.", ["배가 떠났다.", "사람들이 왔다."]),
        ("el", "Έφυγε. Ήρθαν.", ["Έφυγε.", "Ήρθαν."]),
        ("ar", "غادرت السفينة. وصل الناس؟ نعم.", ["غادرت السفينة.", "وصل الناس؟", "نعم."]),
    ],
)
def test_sentences_end_where_they_end(language: str, text: str, expected: list[str] | None) -> None:
    found = [text[slice(*span)] for span in sentences(text, language)]
    assert found == (expected or ["Im 19. Jahrhundert, z. B. Hamburg.", "„Nein!“", "Er ging."])


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "he said “go” and “stay”", "“he said ‘go’ and ‘stay’”"),
        ("de", "er sagte „geh“", "„er sagte ‚geh‘“"),
        ("de-CH", "er ging", "«er ging»"),
        ("fr", "il dit « va »", "«\u00a0il dit « va »\u00a0»"),
        ("ja", "「行く」と言った", "「『行く』と言った」"),
        ("zh-Hant", "走", "「走」"),
        ("sv", "gå", "”gå”"),
        ("xx", "go", "“go”"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, words: str, expected: str) -> None:
    assert quoted(words, language) == expected
