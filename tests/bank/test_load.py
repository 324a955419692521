"""A bank that holds is read whole; of one that does not, everything is reported and what holds is kept."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.load import read_bank
from orbitquiz.bank.model import Bank, Fact, Reading
from orbitquiz.bank.values import Name
from orbitquiz.quiz.build import make_question
from orbitquiz.quiz.forms import forms_of
from tests.making import COMMANDER, DISPUTED, ENTITIES, OTHER_REPORT, REPORT, TAIL, write_bank, write_yaml

COMMANDED = "Ada Stone, 41, commanded the ship"
TOOK_OFF = "She took off from Port Vale on May 3, 2031"


def claim(value: str, *quotes: str, source: str = "report", **more: Any) -> dict[str, Any]:
    """A claim that `quotes` from one source prove."""
    return {"value": value, "proof": [{"source": source, "quote": quote} for quote in quotes], **more}


def fact(type: str, *claims: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A fact that is called `asked`."""
    about = {"id": "asked", "type": type, "ask": "Which is it?", "statement": "It is {value}."}
    return {**about, "claims": list(claims), **more}


def commander(**changes: Any) -> dict[str, Any]:
    return {**COMMANDER, **changes}


def read(folder: Path, *facts: Mapping[str, Any], entities: Sequence[Mapping[str, Any]] = ENTITIES) -> Reading:
    return read_bank(write_bank(folder / "bank", facts, entities=entities))


def bank_of(reading: Reading) -> Bank:
    assert reading.problems == ()
    assert reading.bank is not None
    return reading.bank


def the_fact(reading: Reading) -> Fact:
    (only,) = bank_of(reading).facts
    return only


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def refused(reading: Reading, code: str, *words: str) -> bool:
    """True if the one problem has this code and a message with these words, and cost the one fact there is."""
    (problem,) = reading.problems
    assert problem.code == code
    assert all(word in problem.message for word in words), problem.message
    assert reading.left_out == 1
    return reading.bank is not None and reading.bank.facts == ()


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# A bank that holds


def test_a_small_bank_holds(bank_folder: Path) -> None:
    reading = read_bank(bank_folder)
    assert reading.problems == ()
    assert reading.bank is not None
    assert [fact.id for fact in reading.bank.facts] == ["commander", "tail", "take-off"]


def test_the_built_in_bank_holds(builtin: Bank) -> None:
    assert len(builtin.facts) > 50


def test_a_fact_has_what_its_author_wrote(tmp_path: Path) -> None:
    found = the_fact(
        read(
            tmp_path,
            commander(
                note="She was the first.",
                attributed="true",
                reverse={
                    "ask": "Whose ship did {value} command?",
                    "statement": "{value}: Stone.",
                    "answer": "ada-stone",
                },
                distractors=["Ben Oak"],
                avoid=["Cy Reed"],
                **{"not": ["Di Marsh"]},
            ),
        )
    )
    assert (found.category, found.type, found.level, found.attributed) == ("comet", "person", 1, True)
    assert found.note == "She was the first."
    assert found.reverse is not None
    assert found.reverse.answer.text == "Ada Stone"
    values = (*(each.value for each in found.distractors), *found.avoid, *found.allowed_false)
    assert [value.text for value in values] == ["Ben Oak", "Cy Reed", "Di Marsh"]
    assert found.state(found.claims[0]) == "Ada Stone commanded the comet ship."


def test_a_wrong_option_may_say_why_it_is_wrong_and_prove_it(tmp_path: Path) -> None:
    proof = [{"source": "report", "quote": "The tail was 2.5 kilometres long"}]
    distractors = [
        "Ben Oak",
        {"text": "Cy Reed"},
        {"text": "Di Marsh", "because": "She stayed at home."},
        {"text": "Ed Field", "because": "He measured\n the tail.", "proof": proof},
    ]
    found = the_fact(read(tmp_path, commander(distractors=distractors))).distractors
    assert [each.value.text for each in found] == ["Ben Oak", "Cy Reed", "Di Marsh", "Ed Field"]
    assert [each.because for each in found] == [None, None, "She stayed at home.", "He measured the tail."]
    assert [len(each.proof) for each in found] == [0, 0, 0, 1]
    assert REPORT[found[3].proof[0].start : found[3].proof[0].end] == "The tail was 2.5 kilometres long"


def test_an_entity_may_say_who_it_is(tmp_path: Path) -> None:
    entities = [{**ENTITIES[0], "about": "She has flown since 2019."}, *ENTITIES[1:]]
    bank = bank_of(read_bank(write_bank(tmp_path, entities=entities)))
    assert bank.entities["ada-stone"].about == "She has flown since 2019."
    assert bank.entities["ben-oak"].about is None


@pytest.mark.parametrize(
    ("settled", "dates"),
    [("most", {}), ("latest", {"report": "2031-06", "other": "2031-05-30"})],
)
def test_the_first_of_several_claims_may_be_settled(tmp_path: Path, settled: str, dates: dict[str, str]) -> None:
    first, other = DISPUTED["claims"]
    more = {"source": "third", "quote": "Off on 3 May"}
    claims = [{**first, "note": "So said most.", "proof": [*first["proof"], *([more] if not dates else [])]}, other]
    documents = {"report": REPORT, "other": OTHER_REPORT, "third": "Off on 3 May.\n"}
    about = {id: {"issued": day} for id, day in dates.items()}
    folder = write_bank(
        tmp_path, [{**DISPUTED, "settled": settled, "claims": claims}], documents=documents, about=about
    )
    found = the_fact(read_bank(folder))
    assert found.settled == settled
    assert [claim.note for claim in found.claims] == ["So said most.", None]


@pytest.mark.parametrize("other", ["2031-06-01", "2031-06", "2031", "2031-07", "2032-01-01"])
def test_the_latest_is_one_that_is_surely_later(tmp_path: Path, other: str) -> None:
    about = {"report": {"issued": "2031-06"}, "other": {"issued": other}}
    reading = read_bank(write_bank(tmp_path, [{**DISPUTED, "settled": "latest"}], about=about))
    assert [problem.code for problem in reading.problems] == ["not-settled"]


def test_a_fact_knows_where_it_was_written(bank_folder: Path) -> None:
    file = bank_folder / "questions" / "comet.yaml"
    for found in bank_of(read_bank(bank_folder)).facts:
        line = file.read_text(encoding="utf-8").splitlines()[found.place.line - 1]
        assert found.place.file == "questions/comet.yaml"
        assert line[found.place.column - 1 :] == found.id


def test_a_quotation_knows_where_it_stands(bank_folder: Path) -> None:
    bank = bank_of(read_bank(bank_folder))
    (quotation,) = bank.facts[0].claims[0].proof
    assert bank.sources["report"].text[quotation.start : quotation.end] == COMMANDED


def test_what_is_shown_is_on_one_line_and_harmless(tmp_path: Path) -> None:
    found = the_fact(read(tmp_path, commander(ask="Who\n commanded\x1b[2J the\u202e ship?\n")))
    assert found.ask == "Who commanded␛[2J the⟨U+202E⟩ ship?"


def test_the_line_ends_of_a_document_are_left_as_they_are(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, [TAIL], documents={"report": REPORT.replace("\n", "\r\n")})
    assert bank_of(read_bank(folder)).sources["report"].text.count("\r\n") == REPORT.count("\n")


@pytest.mark.parametrize(("start", "end"), [("", "\r\n"), ("", "\r"), ("\ufeff", "\n"), ("\ufeff", "\r")])
def test_line_ends_and_byte_order_marks_change_no_proof(tmp_path: Path, start: str, end: str) -> None:
    text = REPORT.replace("from Port Vale", "from Port\nVale")
    title = fact("text", claim("comet crew", "The comet crew"), distractors=["a", "b", "c"])
    proofs = []
    for name, document in (("as written", text), ("otherwise", start + text.replace("\n", end))):
        folder = write_bank(tmp_path / name, [title, COMMANDER, TAIL], documents={"report": document})
        bank = bank_of(read_bank(folder))
        source = bank.sources["report"]
        questions = [question for form in forms_of(bank) if (question := make_question(bank, form, "seed"))]
        shown = [item.passage for question in questions for item in question.proof.shown]
        quoted = [quotation for passage in shown for quotation in passage.quotations]
        proofs.append(
            (
                [question.stem for question in questions],
                [(passage.place, passage.text, passage.marks) for passage in shown],
                [(source.line(each.start), source.column(each.start)) for each in quoted if each.start > 9],
                source.lines,
            )
        )
    assert proofs[0] == proofs[1]
    assert len(proofs[0][0]) == 3


def test_a_bank_needs_no_entities(tmp_path: Path) -> None:
    folder = write_bank(tmp_path, [TAIL])
    (folder / "questions" / "entities.yaml").unlink()
    assert bank_of(read_bank(folder)).entities == {}


def test_categories_come_in_order_of_their_files(bank_folder: Path) -> None:
    write_yaml(bank_folder / "questions" / "art.yaml", {"category": "art", "title": "Art", "facts": []})
    bank = bank_of(read_bank(bank_folder))
    assert [category.name for category in bank.categories] == ["art", "comet"]


def test_the_digest_is_that_of_the_files_wherever_they_lie(bank_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(bank_folder, tmp_path / "copy")
    assert bank_of(read_bank(copy)) == bank_of(read_bank(bank_folder))
    replace(copy / "questions" / "comet.yaml", "Who commanded", "Who then commanded")
    assert bank_of(read_bank(copy)).digest != bank_of(read_bank(bank_folder)).digest


# Proof


@pytest.mark.parametrize(
    ("type", "value", "quote"),
    [
        ("person", "Stone", COMMANDED),
        ("person", "Ada Stone", "Stone said"),
        ("date", "3 May", TOOK_OFF),
        ("date", "3 May 2031", TOOK_OFF),
        ("age", "41", COMMANDED),
        ("count", "2", "with two others"),
        ("length", "2.5 kilometres", "2.5 kilometres"),
        ("text", "port vale", TOOK_OFF),
    ],
)
def test_a_value_stands_in_its_proof_in_one_of_its_forms(tmp_path: Path, type: str, value: str, quote: str) -> None:
    assert the_fact(read(tmp_path, fact(type, claim(value, quote)))).claims


@pytest.mark.parametrize(
    ("type", "value", "quote"),
    [
        ("person", "Ben Oak", COMMANDED),
        ("date", "4 May", TOOK_OFF),
        ("age", "4", COMMANDED),
        ("length", "5 kilometres", "2.5 kilometres"),
        ("text", "Vale on June", TOOK_OFF),
    ],
)
def test_a_value_that_is_not_in_its_proof_is_refused(tmp_path: Path, type: str, value: str, quote: str) -> None:
    assert refused(read(tmp_path, fact(type, claim(value, quote))), "value-not-in-proof", value, "`as`")


def test_as_names_the_words_that_carry_the_value(tmp_path: Path) -> None:
    found = the_fact(read(tmp_path, fact("count", claim("3", "with two\n  others", **{"as": "two Others"}))))
    assert found.claims[0].value.text == "3"


def test_the_words_of_as_stand_in_the_proof_as_whole_words(tmp_path: Path) -> None:
    reading = read(tmp_path, fact("count", claim("3", "with two others", **{"as": "two other"})))
    assert refused(reading, "value-not-in-proof", "two other")


def test_several_quotations_prove_a_claim_together(tmp_path: Path) -> None:
    found = the_fact(read(tmp_path, fact("text", claim("Port Vale", TOOK_OFF, COMMANDED))))
    assert len(found.claims[0].proof) == 2


def test_the_quotation_of_another_claim_proves_nothing(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        fact("age", claim("41", COMMANDED), claim("42", TOOK_OFF), differs="time"),
    )
    assert refused(reading, "value-not-in-proof", "'42'")


def test_a_claim_names_the_sources_that_carry_its_value_by_themselves(tmp_path: Path) -> None:
    proof = [
        {"source": "other", "quote": "Its commander, Ada Stone"},
        {"source": "report", "quote": TOOK_OFF},
        {"source": "report", "quote": COMMANDED},
    ]
    found = the_fact(read(tmp_path, fact("age", {"value": "41", "proof": proof})))
    assert found.claims[0].sources == ("report",)
    assert [quotation.source for quotation in found.claims[0].proof_by("report")] == ["other", "report", "report"]


def test_an_unknown_source_is_named_with_what_may_have_been_meant(tmp_path: Path) -> None:
    reading = read(tmp_path, fact("age", claim("41", COMMANDED, source="rapport")))
    assert refused(reading, "unknown-source", "'rapport'", "did you mean 'report'?")


def test_each_quotation_that_does_not_stand_is_reported(tmp_path: Path) -> None:
    reading = read(tmp_path, fact("age", claim("41", "Ada Stone, 40", "Ada Stone, 42", COMMANDED)))
    assert codes(reading) == ["quotation-not-found", "quotation-not-found"]


def test_a_prefix_chooses_among_several_places(tmp_path: Path) -> None:
    proof = [{"source": "report", "quote": "comet", "prefix": "saw the"}]
    found = the_fact(read(tmp_path, fact("text", {"value": "Comet", "proof": proof})))
    assert REPORT[: found.claims[0].proof[0].start].endswith("saw the ")


@pytest.mark.parametrize("key", ["value", "note", "distractors", "aliases"])
def test_blanks_are_no_text(tmp_path: Path, key: str) -> None:
    blank = "  "
    broken: dict[str, dict[str, Any]] = {
        "value": fact("text", claim(blank, COMMANDED)),
        "note": fact("text", claim("ship", COMMANDED), note=blank),
        "distractors": fact("text", claim("ship", COMMANDED), distractors=[blank]),
        "aliases": fact("person", claim("Zoe Moor", COMMANDED)),
    }
    moor = {"id": "zoe-moor", "type": "person", "name": "Zoe Moor", "aliases": [blank]}
    entities = [*ENTITIES, moor] if key == "aliases" else ENTITIES
    assert "empty-value" in codes(read(tmp_path, broken[key], entities=entities))


# Entities


def test_an_entity_may_be_called_by_any_name_and_is_shown_by_its_own(tmp_path: Path) -> None:
    value = the_fact(read(tmp_path, fact("person", claim("stone.", COMMANDED)))).claims[0].value
    assert isinstance(value, Name)
    assert (value.text, value.entity.id) == ("Ada Stone", "ada-stone")


def test_an_unknown_entity_is_named_with_what_may_have_been_meant(tmp_path: Path) -> None:
    reading = read(tmp_path, fact("person", claim("Ada Stohne", COMMANDED)))
    assert refused(reading, "unknown-entity", "'Ada Stohne'", "did you mean 'Ada Stone'?")


def test_an_entity_is_of_the_facts_type(tmp_path: Path) -> None:
    reading = read(tmp_path, fact("place", claim("Ada Stone", COMMANDED)))
    assert refused(reading, "wrong-form", "type person", "type place")


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"id": "moor", "name": "Zoe Moor", "aliases": ["Stone"]}, "'Stone'"),
        ({"id": "moor", "name": "ADA  STONE"}, "'ADA STONE'"),
        ({"id": "stone", "name": "Zoe Moor"}, "'stone'"),
    ],
)
def test_a_name_belongs_to_one_entity(tmp_path: Path, more: Mapping[str, Any], word: str) -> None:
    reading = read(tmp_path, COMMANDER, entities=[*ENTITIES, {"type": "person", **more}])
    (problem,) = reading.problems
    assert (problem.file, problem.code) == ("questions/entities.yaml", "ambiguous-name")
    assert word in problem.message
    assert "'ada-stone'" in problem.message


def test_an_alias_that_belongs_to_another_is_placed(bank_folder: Path) -> None:
    file = bank_folder / "questions" / "entities.yaml"
    replace(file, "name: Ben Oak\n", "name: Ben Oak\n  aliases:\n  - Oak\n  - Stone\n")
    (problem,) = read_bank(bank_folder).problems
    assert file.read_text(encoding="utf-8").splitlines()[problem.line - 1] == "  - Stone"


def test_an_entity_may_bear_its_own_name_twice(tmp_path: Path) -> None:
    entity = {"id": "stone", "type": "person", "name": "Stone", "aliases": ["stone", "STONE."]}
    assert read(tmp_path, fact("person", claim("Stone", COMMANDED)), entities=[entity]).problems == ()


def test_an_entity_that_does_not_hold_costs_only_the_facts_that_name_it(tmp_path: Path) -> None:
    broken = {"id": "moor", "type": "person", "name": "Zoe Moor", "nickname": "Zo"}
    reading = read(tmp_path, COMMANDER, fact("person", claim("Zoe Moor", COMMANDED)), entities=[*ENTITIES, broken])
    assert codes(reading) == ["unknown-entity", "unknown-key"]
    assert reading.bank is not None
    assert [found.id for found in reading.bank.facts] == ["commander"]


# Ids


def test_the_id_of_a_fact_stands_once_in_a_file(tmp_path: Path) -> None:
    reading = read(tmp_path, COMMANDER, TAIL, commander(ask="Who else?"))
    assert codes(reading) == ["duplicate-id"]
    assert reading.bank is not None
    assert [(found.id, found.ask) for found in reading.bank.facts] == [
        ("commander", COMMANDER["ask"]),
        ("tail", TAIL["ask"]),
    ]


def test_the_id_of_a_fact_stands_once_in_all_files(bank_folder: Path) -> None:
    write_yaml(bank_folder / "questions" / "ships.yaml", {"category": "ships", "title": "Ships", "facts": [COMMANDER]})
    (problem,) = read_bank(bank_folder).problems
    assert (problem.file, problem.code) == ("questions/ships.yaml", "duplicate-id")
    assert "questions/comet.yaml:4" in problem.message


def test_the_id_of_an_entity_stands_once(tmp_path: Path) -> None:
    reading = read(tmp_path, COMMANDER, entities=[*ENTITIES, {"id": "ben-oak", "type": "person", "name": "Zoe Moor"}])
    assert codes(reading) == ["duplicate-id"]
    assert reading.bank is not None
    assert reading.bank.entities["ben-oak"].name == "Ben Oak"


def test_the_id_of_a_source_stands_once(bank_folder: Path) -> None:
    replace(bank_folder / "seeds" / "sources.yaml", "id: other", "id: report")
    replace(bank_folder / "questions" / "comet.yaml", "source: other", "source: report")
    reading = read_bank(bank_folder)
    assert "duplicate-id" in codes(reading)
    assert reading.bank is not None
    assert reading.bank.sources["report"].text == REPORT


@pytest.mark.parametrize(
    "id", ["Commander", "the commander", "-commander", "commander-", "a--b", "a" * 61, "été", "a\n"]
)
def test_an_id_is_made_of_small_letters_digits_and_single_hyphens(tmp_path: Path, id: str) -> None:
    assert refused(read(tmp_path, commander(id=id)), "wrong-form", "'id'")


# Claims that differ


def test_several_claims_say_why_they_differ(tmp_path: Path) -> None:
    claims = [claim("41", COMMANDED), claim("42", "Ada Stone, is 42", source="other")]
    assert refused(read(tmp_path, fact("age", *claims)), "needs-differs", "conflict, time, spelling or precision")
    assert len(the_fact(read(tmp_path, fact("age", *claims, differs="time"))).claims) == 2


def test_one_claim_differs_from_nothing(tmp_path: Path) -> None:
    assert refused(read(tmp_path, commander(differs="conflict")), "needs-claims", "one claim")


@pytest.mark.parametrize("differs", ["conflict", "time", "spelling"])
def test_claims_that_exclude_each_other_cannot_both_be_true(tmp_path: Path, differs: str) -> None:
    claims = [claim("3 May 2031", TOOK_OFF), claim("3 May", TOOK_OFF)]
    reading = read(tmp_path, fact("date", *claims, differs=differs))
    assert refused(reading, "overlapping-claims", "'3 May'", "'3 May 2031'", differs)


def test_claims_that_differ_in_precision_can_both_be_true_and_the_first_is(tmp_path: Path) -> None:
    found = the_fact(
        read(tmp_path, fact("date", claim("3 May", TOOK_OFF), claim("2031", TOOK_OFF), differs="precision"))
    )
    assert not found.is_disputed
    assert [value.text for value in found.true_values()] == ["3 May"]


def test_claims_that_exclude_each_other_do_not_differ_in_precision(tmp_path: Path) -> None:
    reading = read(tmp_path, {**DISPUTED, "differs": "precision"})
    assert refused(reading, "overlapping-claims", "'4 May'", "'3 May'", "conflict")


# Wrong options by hand


@pytest.mark.parametrize("key", ["distractors", "not"])
@pytest.mark.parametrize(
    ("of", "wrong", "words"),
    [
        (COMMANDER, "Ada Stone", "true of this fact"),
        (COMMANDER, "stone", "true of this fact"),
        (TAIL, "2.50 kilometres", "true of this fact"),
        (TAIL, "2–3 kilometres", "true of this fact"),
        (DISPUTED, "May 3", "true of this fact"),
        (DISPUTED, "4 May 2031", "true of this fact"),
        (DISPUTED, "May", "true of this fact"),
    ],
)
def test_a_wrong_option_is_not_true(tmp_path: Path, key: str, of: Mapping[str, Any], wrong: str, words: str) -> None:
    assert refused(read(tmp_path, {**of, key: [wrong]}), "bad-distractor", words)


@pytest.mark.parametrize("key", ["distractors", "not"])
def test_wrong_options_say_different_things(tmp_path: Path, key: str) -> None:
    assert refused(read(tmp_path, {**TAIL, key: ["3 kilometres", "3.0 kilometres"]}), "bad-distractor", "the same as")


@pytest.mark.parametrize("key", ["distractors", "not", "avoid"])
@pytest.mark.parametrize(
    ("of", "wrong", "code"), [(TAIL, "very long", "wrong-form"), (COMMANDER, "Zoe Moor", "unknown-entity")]
)
def test_a_wrong_option_has_the_form_of_the_value(
    tmp_path: Path, key: str, of: Mapping[str, Any], wrong: str, code: str
) -> None:
    assert refused(read(tmp_path, {**of, key: [wrong]}), code, wrong)


def test_what_is_to_be_avoided_may_be_true(tmp_path: Path) -> None:
    assert the_fact(read(tmp_path, commander(avoid=["Ada Stone"]))).avoid


# The reverse


@pytest.mark.parametrize("answer", ["ada-stone", "Ada Stone", "Stone"])
def test_the_answer_of_a_reverse_is_an_entity_that_the_proof_names(tmp_path: Path, answer: str) -> None:
    reverse = {"ask": "Whose age was {value}?", "statement": "Stone was {value}.", "answer": answer}
    found = the_fact(read(tmp_path, fact("age", claim("41", COMMANDED), reverse=reverse)))
    assert found.reverse is not None
    assert found.reverse.answer.text == "Ada Stone"


def test_an_unknown_answer_is_named_with_what_may_have_been_meant(tmp_path: Path) -> None:
    reverse = {"ask": "Whose age was {value}?", "statement": "Stone was {value}.", "answer": "ada-ston"}
    reading = read(tmp_path, fact("age", claim("41", COMMANDED), reverse=reverse))
    assert refused(reading, "unknown-entity", "did you mean 'ada-stone'?")


def test_the_proof_of_every_claim_names_the_answer_of_a_reverse(tmp_path: Path) -> None:
    reverse = {"ask": "Who took off on {value}?", "statement": "Stone left on {value}.", "answer": "ada-stone"}
    reading = read(tmp_path, {**DISPUTED, "reverse": reverse})
    assert codes(reading) == ["value-not-in-proof", "value-not-in-proof"]
    assert ["3 May" in problem.message for problem in reading.problems] == [True, False]


SAID = '"We saw the comet on the ninth day," Stone said'


@pytest.mark.parametrize(
    ("quote", "more", "filling"),
    [
        ("The tail was 2.5 kilometres long.", {}, "2.5 kilometres"),
        ("2.5 kilometres long", {}, "2.5 kilometres"),
        ("long", {"as": "long"}, "long"),
        ("The tail was", {"as": "tail"}, "tail"),
        ("was 2.5 kilometres long.", {"as": "2.5 kilometres long"}, "2.5 kilometres long"),
    ],
)
def test_the_gap_is_where_the_words_stand_that_carry_the_value(
    tmp_path: Path, quote: str, more: Mapping[str, Any], filling: str
) -> None:
    told = claim("2.5 kilometres", "The tail was 2.5 kilometres long", cloze=_quoted(quote), **more)
    reading = read(tmp_path, fact("length", told))
    cloze = the_fact(reading).claims[0].cloze
    assert cloze is not None
    assert REPORT[cloze.quotation.start : cloze.quotation.end] == quote
    assert REPORT[cloze.start : cloze.end] == filling


def test_the_words_in_the_gap_stand_in_that_source_and_place(tmp_path: Path) -> None:
    told = claim("42", "Ada Stone, is 42", source="other", cloze={"source": "other", "quote": "is 42."})
    cloze = the_fact(read(tmp_path, fact("age", told))).claims[0].cloze
    assert cloze is not None
    assert cloze.quotation.source == "other"
    assert OTHER_REPORT[cloze.start : cloze.end] == "42"


def test_a_gap_for_a_name_takes_the_longest_form_of_it(tmp_path: Path) -> None:
    told = claim("Ada Stone", COMMANDED, cloze=_quoted(COMMANDED))
    cloze = the_fact(read(tmp_path, fact("person", told))).claims[0].cloze
    assert cloze is not None
    assert REPORT[cloze.start : cloze.end] == "Ada Stone"


@pytest.mark.parametrize("by", ["ada-stone", "Ada Stone", "Stone"])
def test_who_said_it_is_an_entity_that_the_proof_names(tmp_path: Path, by: str) -> None:
    told = claim("9", SAID, **{"as": "ninth"})
    said = the_fact(read(tmp_path, fact("count", told, said=_quoted("on the ninth day,", by=by)))).said
    assert said is not None
    assert REPORT[said.quotation.start : said.quotation.end] == "on the ninth day,"
    assert isinstance(said.speaker, Name)
    assert said.speaker.entity.id == "ada-stone"


def test_the_words_of_another_claim_are_not_proved_by_the_first(tmp_path: Path) -> None:
    claims = claim("42", "Ada Stone, is 42", source="other"), claim("9", SAID, **{"as": "ninth"})
    said = _quoted("on the ninth day,", by="ada-stone")
    reading = read(tmp_path, fact("count", *claims, differs="conflict", said=said))
    assert refused(reading, "value-not-in-proof", "first claim")


def test_another_source_does_not_say_who_said_it(tmp_path: Path) -> None:
    told = claim("9", "on the ninth day", **{"as": "ninth"})
    told["proof"].append({"source": "other", "quote": "Its commander, Ada Stone"})
    reading = read(tmp_path, fact("count", told, said=_quoted("on the ninth day", by="ada-stone")))
    assert refused(reading, "value-not-in-proof", "Ada Stone")


@pytest.mark.parametrize("group", ["pilots", None])
def test_a_group_is_kept_where_it_is_named(tmp_path: Path, group: str | None) -> None:
    named = {"among": group} if group else {}
    turned = {"ask": "Who was {value}?", "statement": "It was Stone, {value}.", "answer": "ada-stone", **named}
    told = fact(
        "person", claim("Ada Stone", COMMANDED), said=_quoted("commanded", by="Stone", **named), reverse=turned, **named
    )
    read_fact = the_fact(read(tmp_path, told))
    assert read_fact.said is not None
    assert read_fact.reverse is not None
    assert {read_fact.option_group, read_fact.said.option_group, read_fact.reverse.option_group} == {group}


def test_a_group_has_entities_of_the_type_that_is_asked_for(tmp_path: Path) -> None:
    ship = {"id": "kestrel", "type": "vehicle", "name": "Kestrel", "groups": ["ships"]}
    told = fact("person", claim("Ada Stone", COMMANDED), among="ships")
    assert refused(read(tmp_path, told, entities=[*ENTITIES, ship]), "unknown-group", "no person", "'ships'")


def test_a_source_knows_each_place_of_its_furniture(tmp_path: Path) -> None:
    about = {"report": {"furniture": ["The comet crew", "Stone"]}}
    source = bank_of(read_bank(write_bank(tmp_path, about=about))).sources["report"]
    words = [REPORT[place.start : place.end] for place in source.furniture]
    assert words == ["The comet crew", "Stone", "Stone"]
    assert len(set(source.furniture)) == 3


def test_a_source_knows_what_its_author_declines_and_why(tmp_path: Path) -> None:
    about = {"report": {"declined": [{"quote": "with two others", "reason": "Nobody names them."}]}}
    (declined,) = bank_of(read_bank(write_bank(tmp_path, about=about))).sources["report"].declined
    place = declined.quotation
    assert (REPORT[place.start : place.end], declined.reason) == ("with two others", "Nobody names them.")


def test_words_that_are_declined_and_not_there_cost_no_fact(tmp_path: Path) -> None:
    about = {"report": {"declined": [{"quote": "nobody at all", "reason": "None."}]}}
    reading = read_bank(write_bank(tmp_path, about=about))
    assert codes(reading) == ["quotation-not-found"]
    assert reading.bank is not None
    assert len(reading.bank.facts) == 3


def _quoted(quote: str, **more: Any) -> dict[str, Any]:
    return {"source": "report", "quote": quote, **more}


def test_a_reverse_gives_the_value(tmp_path: Path) -> None:
    reading = read(
        tmp_path, commander(reverse={"ask": "Who was it?", "statement": "{value} was Stone.", "answer": "ada-stone"})
    )
    assert refused(reading, "wrong-form", "{value}")


# Form


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"leevl": "1"}, "unknown-key", "did you mean 'level'?"),
        ({"level": "4"}, "wrong-form", "1, 2 or 3"),
        ({"level": "easy"}, "wrong-form", "1, 2 or 3"),
        ({"attributed": "perhaps"}, "wrong-form", "true or false"),
        ({"differs": "doubt"}, "wrong-form", "'conflict'"),
        ({"ask": "Name the commander."}, "wrong-form", "question mark"),
        ({"statement": "Ada Stone did."}, "wrong-form", "{value}"),
        ({"note": ""}, "empty-value", "'note'"),
        ({"note": ["a", "b"]}, "wrong-form", "a list"),
        ({"claims": []}, "empty-value", "'claims'"),
        ({"claims": "Ada Stone"}, "wrong-form", "a list"),
        ({"claims": ["Ada Stone"]}, "wrong-form", "keys with values"),
        ({"distractors": "Ben Oak"}, "wrong-form", "a list"),
        ({"reverse": "ada-stone"}, "wrong-form", "keys with values"),
        ({"claims": [claim("Ada Stone", COMMANDED, quote="x")]}, "unknown-key", "'quote'"),
        ({"claims": [claim("Ada Stone")]}, "empty-value", "'proof'"),
    ],
)
def test_what_has_not_the_form_of_a_fact_is_refused(
    tmp_path: Path, changes: Mapping[str, Any], code: str, words: str
) -> None:
    assert refused(read(tmp_path, commander(**changes)), code, words)


@pytest.mark.parametrize("key", ["id", "type", "ask", "statement", "claims"])
def test_a_key_that_is_missing_is_named(tmp_path: Path, key: str) -> None:
    reading = read(tmp_path, {name: value for name, value in COMMANDER.items() if name != key})
    assert refused(reading, "missing-key", f"'{key}'")


def test_a_fact_is_keys_with_values(tmp_path: Path) -> None:
    write_bank(tmp_path, [COMMANDER])
    replace(tmp_path / "questions" / "comet.yaml", "facts:\n", "facts:\n- just words\n")
    reading = read_bank(tmp_path)
    assert codes(reading) == ["wrong-form"]
    assert reading.left_out == 1


def test_an_unknown_type_is_reported_once(tmp_path: Path) -> None:
    assert refused(read(tmp_path, commander(type="persn")), "wrong-form", "for 'type'", "did you mean 'person'?")


def test_a_category_without_title_and_facts_misses_both(bank_folder: Path) -> None:
    (bank_folder / "questions" / "comet.yaml").write_text("category: comet\n", encoding="utf-8")
    assert codes(read_bank(bank_folder)) == ["missing-key", "missing-key"]


# What a problem costs


def test_everything_is_reported_together(tmp_path: Path) -> None:
    folder = write_bank(
        tmp_path,
        [
            commander(level="9", colour="red"),
            TAIL,
            fact("age", claim("43", COMMANDED)),
            fact("person", claim("Nobody", "Ada Stone, 40,")),
        ],
        entities=[*ENTITIES, {"id": "moor", "type": "person", "name": "Stone"}],
    )
    replace(folder / "seeds" / "sources.yaml", "  title: Comet crew home again\n", "")
    reading = read_bank(folder)
    assert {(problem.file, problem.code) for problem in reading.problems} == {
        ("questions/comet.yaml", "wrong-form"),
        ("questions/comet.yaml", "unknown-key"),
        ("questions/comet.yaml", "value-not-in-proof"),
        ("questions/comet.yaml", "duplicate-id"),
        ("questions/comet.yaml", "unknown-entity"),
        ("questions/comet.yaml", "quotation-not-found"),
        ("questions/entities.yaml", "ambiguous-name"),
        ("seeds/sources.yaml", "missing-key"),
    }
    assert list(reading.problems) == sorted(reading.problems)


def test_facts_that_hold_are_kept_and_the_others_counted(tmp_path: Path) -> None:
    reading = read(tmp_path, commander(level="9"), TAIL, fact("age", claim("43", COMMANDED)), DISPUTED)
    assert reading.bank is not None
    assert [found.id for found in reading.bank.facts] == ["tail", "take-off"]
    assert reading.left_out == 2


def test_a_key_that_stands_twice_costs_its_own_fact_alone(bank_folder: Path) -> None:
    replace(bank_folder / "questions" / "comet.yaml", "  type: person\n", "  type: person\n  type: person\n")
    reading = read_bank(bank_folder)
    assert codes(reading) == ["duplicate-key"]
    assert reading.bank is not None
    assert [found.id for found in reading.bank.facts] == ["tail", "take-off"]
    assert reading.left_out == 1


@pytest.mark.parametrize("text", ["Another text. The crew left on May 4.", OTHER_REPORT.replace("12", "13")])
def test_a_document_that_changed_costs_the_facts_that_quote_it_and_is_reported_once(
    bank_folder: Path, text: str
) -> None:
    (bank_folder / "seeds" / "other.txt").write_text(text, encoding="utf-8")
    reading = read_bank(bank_folder)
    assert codes(reading) == ["source-changed"]
    assert reading.bank is not None
    assert [found.id for found in reading.bank.facts] == ["commander", "tail"]
    assert "other" not in reading.bank.sources
    assert reading.left_out == 1


def test_a_source_that_is_described_wrongly_is_not_unknown_as_well(bank_folder: Path) -> None:
    replace(bank_folder / "seeds" / "sources.yaml", "cite-as: the other", "cites-as: the other")
    reading = read_bank(bank_folder)
    assert codes(reading) == ["missing-key", "unknown-key"]
    assert reading.left_out == 1


@pytest.mark.parametrize("file", ["bank.yaml", "seeds/sources.yaml", "questions/comet.yaml", "questions/entities.yaml"])
@pytest.mark.parametrize("raw", [b"", b"a: [", b"- a list\n", b"just words\n", b"id: \xff\n", b"a: &a b\n"])
def test_a_file_that_cannot_be_read_leaves_no_bank(bank_folder: Path, file: str, raw: bytes) -> None:
    (bank_folder / file).write_bytes(raw)
    reading = read_bank(bank_folder)
    assert reading.bank is None
    assert file in {problem.file for problem in reading.problems if problem.fatal}


@pytest.mark.parametrize("file", ["seeds/sources.yaml", "questions/entities.yaml"])
def test_a_file_that_cannot_be_read_is_the_only_thing_reported(bank_folder: Path, file: str) -> None:
    (bank_folder / file).write_text("a: [", encoding="utf-8")
    assert codes(read_bank(bank_folder)) == ["yaml-syntax"]


@pytest.mark.parametrize("key", ["id", "title", "version", "language", "rights", "contact"])
def test_a_bank_says_what_it_is(bank_folder: Path, key: str) -> None:
    file = bank_folder / "bank.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(f"{key}:")), encoding="utf-8")
    reading = read_bank(bank_folder)
    assert (codes(reading), reading.bank) == (["missing-key"], None)


def test_a_category_is_called_as_its_file(bank_folder: Path) -> None:
    (bank_folder / "questions" / "comet.yaml").rename(bank_folder / "questions" / "tails.yaml")
    reading = read_bank(bank_folder)
    assert (codes(reading), reading.bank) == (["category-name"], None)
    assert "comet.yaml" in reading.problems[0].message


def test_a_bank_is_a_folder(bank_folder: Path) -> None:
    for path, words in ((bank_folder / "bank.yaml", "is a file"), (bank_folder / "nowhere", "is not there")):
        reading = read_bank(path)
        assert codes(reading) == ["missing-folder"]
        assert words in reading.problems[0].message


# Nothing outside the bank is read


@pytest.mark.parametrize(
    "name",
    ["../bank.yaml", "/etc/hostname", "..\\bank.yaml", "C:\\secret.txt", "\\\\server\\x", ".", "a/../../bank.yaml"],
)
def test_a_path_does_not_lead_out_of_seeds(bank_folder: Path, name: str) -> None:
    replace(bank_folder / "seeds" / "sources.yaml", "file: other.txt", f"file: '{name}'")
    reading = read_bank(bank_folder)
    assert (codes(reading), reading.bank) == (["source-outside"], None)


def test_a_document_may_lie_in_a_folder_of_its_own(bank_folder: Path) -> None:
    seeds = bank_folder / "seeds"
    (seeds / "old").mkdir()
    (seeds / "other.txt").rename(seeds / "old" / "other.txt")
    replace(seeds / "sources.yaml", "file: other.txt", "file: old/other.txt")
    assert bank_of(read_bank(bank_folder)).sources["other"].file == "seeds/old/other.txt"


def test_a_symbolic_link_does_not_lead_out_of_seeds(bank_folder: Path, tmp_path: Path) -> None:
    (bank_folder / "seeds" / "other.txt").rename(tmp_path / "secret.txt")
    (bank_folder / "seeds" / "other.txt").symlink_to(tmp_path / "secret.txt")
    reading = read_bank(bank_folder)
    assert (codes(reading), reading.bank) == (["source-outside"], None)


def test_a_linked_folder_does_not_lead_out_of_seeds(bank_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (bank_folder / "seeds" / "other.txt").rename(tmp_path / "secrets" / "other.txt")
    (bank_folder / "seeds" / "linked").symlink_to(tmp_path / "secrets")
    replace(bank_folder / "seeds" / "sources.yaml", "file: other.txt", "file: linked/other.txt")
    assert codes(read_bank(bank_folder)) == ["source-outside"]


def test_a_symbolic_link_inside_seeds_is_followed(bank_folder: Path) -> None:
    seeds = bank_folder / "seeds"
    (seeds / "other.txt").rename(seeds / "original.txt")
    (seeds / "other.txt").symlink_to("original.txt")
    assert bank_of(read_bank(bank_folder)).sources["other"].text == OTHER_REPORT


def test_a_link_that_goes_round_in_circles_is_reported(bank_folder: Path) -> None:
    (bank_folder / "seeds" / "other.txt").unlink()
    (bank_folder / "seeds" / "other.txt").symlink_to("other.txt")
    (code,) = codes(read_bank(bank_folder))
    assert code in ("source-outside", "source-missing")  # Python 3.13 no longer tells the two apart


@pytest.mark.parametrize("file", ["bank.yaml", "seeds/sources.yaml", "questions/comet.yaml", "questions/entities.yaml"])
def test_a_linked_yaml_file_does_not_lead_out_of_the_bank(bank_folder: Path, tmp_path: Path, file: str) -> None:
    (bank_folder / file).rename(tmp_path / "secret.yaml")
    (bank_folder / file).symlink_to(tmp_path / "secret.yaml")
    assert read_bank(bank_folder).problems


def test_a_bank_may_itself_be_reached_by_a_link(bank_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(bank_folder)
    assert bank_of(read_bank(tmp_path / "linked")) == bank_of(read_bank(bank_folder))


@pytest.mark.parametrize("name", ["missing.txt", "other.txt/more", "./missing.txt"])
def test_a_document_that_is_not_there_is_reported(bank_folder: Path, name: str) -> None:
    replace(bank_folder / "seeds" / "sources.yaml", "file: other.txt", f"file: {name}")
    assert codes(read_bank(bank_folder)) == ["source-missing"]


def test_a_document_whose_name_is_too_long_is_reported(bank_folder: Path) -> None:
    replace(bank_folder / "seeds" / "sources.yaml", "file: other.txt", f"file: {'a' * 300}.txt")
    assert codes(read_bank(bank_folder)) in (["source-missing"], ["unreadable-file"])


def test_facts_of_a_category_without_title_are_not_played(bank_folder: Path) -> None:
    replace(bank_folder / "questions" / "comet.yaml", "title: The comet\n", "")
    reading = read_bank(bank_folder)
    assert (codes(reading), reading.bank) == (["missing-key"], None)


IMPORTED = {
    "id": "from-elsewhere",
    "draft": "true",
    "type": "text",
    "ask": "Name the oldest crane",
    "claims": [{"value": "Number 3"}],
    "distractors": ["Number 1", "Number 2"],
    "links": ["https://example.org/cranes"],
}


def test_a_draft_without_any_proof_is_counted_and_never_a_fact(tmp_path: Path) -> None:
    reading = read_bank(write_bank(tmp_path, [COMMANDER, IMPORTED]))
    assert not reading.problems
    assert reading.bank is not None
    assert [fact.id for fact in reading.bank.facts] == ["commander"]
    (unproved,) = reading.unproved
    assert (unproved.ask, unproved.key, unproved.distractors) == (
        "Name the oldest crane",
        "Number 3",
        ("Number 1", "Number 2"),
    )
    assert unproved.links == ("https://example.org/cranes",)


def test_nothing_but_a_draft_may_be_without_a_proof(tmp_path: Path) -> None:
    reading = read_bank(write_bank(tmp_path, [COMMANDER, {**IMPORTED, "draft": "false"}]))
    assert "missing-key" in {problem.code for problem in reading.problems}
    assert not reading.unproved


def test_two_drafts_without_a_proof_need_two_ids(tmp_path: Path) -> None:
    reading = read_bank(write_bank(tmp_path, [COMMANDER, IMPORTED, IMPORTED]))
    assert [problem.code for problem in reading.problems] == ["duplicate-id"]
