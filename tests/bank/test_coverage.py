"""Coverage: what became of each sentence of a bank's documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given

from orbitquiz.bank.coverage import Coverage, Standing, cover
from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank
from tests.making import COMMANDER, REPORT, TAIL, TAKE_OFF, write_bank, write_yaml
from tests.quiz.banks import banks, examples
from tests.quiz.made import read_whole

QUOTED, FURNITURE, DECLINED, UNACCOUNTED = Standing

#: Five sentences, of which a fact quotes the third.
PAGE = """Share this page

Share this page. The tail was 2.5 kilometres long. Nobody knows why. Read on
"""


def declare(
    folder: Path, source: str = "report", *, furniture: Sequence[str] = (), declined: Mapping[str, str] | None = None
) -> Path:
    """Declare lines of a document furniture, and sentences declined with their reasons."""
    file = folder / "seeds" / "sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))["sources"]
    (entry,) = (entry for entry in sources if entry["id"] == source)
    entry["furniture"] = list(furniture)
    entry["declined"] = [{"quote": words, "reason": reason} for words, reason in (declined or {}).items()]
    write_yaml(file, {"sources": sources})
    return folder


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A bank of one fact and the document `PAGE`."""
    return write_bank(tmp_path / "bank", [TAIL], documents={"report": PAGE})


def standings(coverage: Coverage, source: str = "report") -> list[Standing]:
    return [sentence.standing for sentence in coverage.sentences if sentence.source.id == source]


def of(folder: Path) -> Coverage:
    return cover(read_whole(folder))


def test_a_sentence_is_quoted_or_unaccounted_where_nothing_is_declared(page: Path) -> None:
    assert standings(of(page)) == [UNACCOUNTED, UNACCOUNTED, QUOTED, UNACCOUNTED, UNACCOUNTED]


def test_sentences_come_in_order_with_their_places_and_words(page: Path) -> None:
    sentences = of(page).sentences
    assert [(sentence.line, sentence.text) for sentence in sentences] == [
        (1, "Share this page"),
        (3, "Share this page."),
        (3, "The tail was 2.5 kilometres long."),
        (3, "Nobody knows why."),
        (3, "Read on"),
    ]
    for sentence in sentences:
        assert PAGE[sentence.start : sentence.end] == sentence.text


def test_every_place_of_the_words_is_furniture(page: Path) -> None:
    declare(page, furniture=["Share this page", "."])
    assert standings(of(page))[:2] == [FURNITURE, FURNITURE]


def test_every_place_of_the_words_is_declined(page: Path) -> None:
    declare(page, declined={"Share this page": "Not about comets."})
    assert standings(of(page)) == [DECLINED, DECLINED, QUOTED, UNACCOUNTED, UNACCOUNTED]


@pytest.mark.parametrize(
    ("furniture", "standing"),
    [
        (["Nobody knows why."], FURNITURE),
        (["Nobody", "knows why."], FURNITURE),
        (["why.", "knows why", "Nobody knows"], FURNITURE),
        (["long. Nobody knows why. Read on"], FURNITURE),
        (["Nobody knows why"], UNACCOUNTED),
        (["knows why."], UNACCOUNTED),
        (["Nobody", "why."], UNACCOUNTED),
        (["Share this page. The tail"], UNACCOUNTED),
    ],
)
def test_furniture_covers_the_whole_sentence(page: Path, furniture: Sequence[str], standing: Standing) -> None:
    declare(page, furniture=furniture)
    assert standings(of(page))[3] is standing


@pytest.mark.parametrize("words", ["Nobody knows why.", "knows", "long. Nobody"])
def test_some_of_its_words_decline_a_sentence(page: Path, words: str) -> None:
    declare(page, declined={words: "Not known."})
    sentence = of(page).sentences[3]
    assert (sentence.standing, sentence.why) == (DECLINED, ("Not known.",))


def test_a_heading_is_furniture_where_it_stands_alone(page: Path) -> None:
    file = page / "seeds/sources.yaml"
    sources = yaml.safe_load(file.read_text(encoding="utf-8"))["sources"]
    sources[0]["headings"] = [{"at": "0", "name": "Share this page"}, {"at": "17", "name": "Share this page"}]
    write_yaml(file, {"sources": sources})
    assert standings(of(page))[:2] == [FURNITURE, UNACCOUNTED]  # the second ends in a full stop and is another sentence


def test_declined_beats_furniture(page: Path) -> None:
    declare(page, furniture=["Nobody knows why."], declined={"Nobody knows why": "Not known."})
    assert standings(of(page))[3] is DECLINED


def test_a_quoted_sentence_is_quoted_whatever_is_declared(page: Path) -> None:
    declare(page, furniture=["The tail was 2.5 kilometres long."], declined={"The tail was": "Too long."})
    coverage = of(page)
    assert standings(coverage)[2] is QUOTED
    assert coverage.sentences[2].why == ("tail",)


def test_to_decline_what_is_quoted_is_needless_and_told(page: Path) -> None:
    declare(page, furniture=["Share this page", "."], declined={"The tail was": "Long.", "Nobody": "?", "Read on": "?"})
    coverage = of(page)
    assert [sentence.text for sentence in coverage.needless] == ["The tail was 2.5 kilometres long."]
    (problem,) = coverage.problems
    assert (problem.file, problem.line, problem.column) == ("seeds/report.txt", 3, 18)
    assert problem.code == "needless-decline"
    assert "sources.yaml declines it; take it from there: The tail was" in problem.message


def test_unaccounted_sentences_are_told_with_file_line_and_column(page: Path) -> None:
    problems = of(declare(page, declined={"Share": "Not about comets."})).problems
    assert [(problem.file, problem.line, problem.column, problem.code) for problem in problems] == [
        ("seeds/report.txt", 3, PAGE.splitlines()[2].index("Nobody") + 1, "unaccounted"),
        ("seeds/report.txt", 3, PAGE.splitlines()[2].index("Read on") + 1, "unaccounted"),
    ]
    assert problems[0].message.endswith("declare it furniture or declined in sources.yaml: Nobody knows why.")


def test_places_count_characters_of_the_file_whatever_its_line_ends(tmp_path: Path) -> None:
    text = "Ein Komet — 🚀\r\n\r\nThe tail was 2.5 kilometres long. 🚀 — Nobody\r\nknows why.\r\n"
    coverage = of(write_bank(tmp_path, [TAIL], documents={"report": text}))
    assert [(problem.line, problem.column) for problem in coverage.problems] == [(1, 1)]
    text = text.replace("🚀 — Nobody", "Nobody")
    coverage = of(write_bank(tmp_path, [TAIL], documents={"report": text}))
    assert [(problem.line, problem.column) for problem in coverage.problems] == [(1, 1), (3, 35)]
    assert coverage.sentences[-1].text == "Nobody knows why."


def test_a_long_or_nasty_sentence_is_cut_and_harmless_in_a_message(tmp_path: Path) -> None:
    nasty = f"Nobody\x1b[31m \u202e {'knows ' * 20}why."
    coverage = of(write_bank(tmp_path, [TAIL], documents={"report": f"{REPORT}\n{nasty}\n"}))
    shown = coverage.problems[-1].message.partition("sources.yaml: ")[2]
    assert shown.startswith("Nobody␛[31m ⟨U+202E⟩ knows knows")
    assert shown.endswith("…")
    assert len(shown) == 70


def test_all_facts_that_quote_a_sentence_are_named_once(tmp_path: Path) -> None:
    proof = [{"source": "report", "quote": words} for words in ("Ada Stone, 41", "the ship Kestrel")]
    age = {**TAIL, "id": "age", "type": "age", "claims": [{"value": "41", "proof": proof}]}
    sentence = of(write_bank(tmp_path, [age, COMMANDER])).sentences[1]
    assert sentence.text == "Ada Stone, 41, commanded the ship Kestrel."
    assert sentence.why == ("age", "commander")


def test_a_quotation_over_two_sentences_quotes_both(tmp_path: Path) -> None:
    (claim,) = TAIL["claims"]
    words = 'the ninth day," Stone said. The tail was 2.5 kilometres'
    tail = {**TAIL, "claims": [{**claim, "proof": [{"source": "report", "quote": words}]}]}
    assert [sentence.line for sentence in of(write_bank(tmp_path, [tail])).sentences if sentence.why] == [5, 5]


def test_every_claim_of_a_fact_quotes(tmp_path: Path) -> None:
    coverage = of(write_bank(tmp_path, [TAKE_OFF]))
    assert standings(coverage, "report").count(QUOTED) == standings(coverage, "other").count(QUOTED) == 1


def test_the_share_is_of_the_sentences_that_are_no_furniture(page: Path) -> None:
    declare(page, furniture=["Share this page", "."], declined={"Nobody": "Not known."})
    coverage = of(page)
    assert [coverage.count(standing) for standing in Standing] == [1, 2, 1, 1]
    assert coverage.share() == coverage.share("report") == pytest.approx(1 / 3)


def test_sources_are_counted_apart(bank_folder: Path) -> None:
    coverage = of(bank_folder)
    assert coverage.share("report") == pytest.approx(3 / 5)
    assert coverage.share("other") == pytest.approx(1 / 4)
    assert coverage.share("third") == pytest.approx(1 / 2)
    assert coverage.share() == pytest.approx(5 / 11)


def test_nothing_but_furniture_is_wholly_quoted(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, [TAIL], documents={"report": REPORT, "page": "Share this\n"})
    assert of(declare(folder, "page", furniture=["Share this"])).share("page") == 1


def test_words_that_are_not_in_the_document_are_a_problem_of_sources_yaml(page: Path) -> None:
    declare(page, furniture=["Share that page"], declined={"Everybody knows why": "Known."})
    problems = read_bank(page).problems
    assert [(problem.file, problem.code) for problem in problems] == [("seeds/sources.yaml", "quotation-not-found")] * 2
    lines = (page / "seeds" / "sources.yaml").read_text().splitlines()
    assert ["Share that" in lines[problems[0].line - 1], "Everybody" in lines[problems[1].line - 1]] == [True, True]


@examples(30)
@given(banks())
def test_each_sentence_of_each_document_stands_somewhere(bank: Bank) -> None:
    coverage = cover(bank)
    assert [(item.source.id, item.start, item.end) for item in coverage.sentences] == [
        (source.id, *span) for source in bank.sources.values() for span in source.sentences
    ]
    assert sum(coverage.count(standing) for standing in Standing) == len(coverage.sentences)
    for sentence in coverage.sentences:
        quoting = {
            fact.id
            for fact in bank.facts
            for proof in (*(claim.proof for claim in fact.claims), *(item.proof for item in fact.distractors))
            for words in proof
            if words.source == sentence.source.id and max(words.start, sentence.start) < min(words.end, sentence.end)
        }
        assert set(sentence.why) == quoting
        assert sentence.standing is (QUOTED if quoting else UNACCOUNTED)
