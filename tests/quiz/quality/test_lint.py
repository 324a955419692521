"""Lint: each rule finds the flaw that it is about, and leaves its neighbours alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orbitquiz.bank.model import Bank
from orbitquiz.quiz.forms import all_forms
from orbitquiz.quiz.quality.lint import lint
from tests.making import ENTITIES
from tests.quiz.made import bank_of, fact

CODES = (
    "unmarked-negative", "key-in-stem", "clang", "of-the-above", "absolute", "overlapping-options", "mixed-capitals",
    "uneven-length", "unsorted-numbers", "near-equal-stems", "long-stem", "document-in-stem", "gap-key", "long-gap",
    "gap-pronoun", "html-entity", "time-as-text", "excluded-option", "distractor-in-source", "favourite",
)  # fmt: skip
METALS = ["tin", "lead", "iron"]


def bell(key: str = "brass", *, ask: str = "What was the bell?", **more: Any) -> dict[str, Any]:
    """A fact with three wrong options and, if nothing else is said, no flaw."""
    more = {"distractors": ["wood", "glass", "iron"], **more}
    return fact("bell", "text", {key: {"report": f"In May the bell was {key} and rang"}}, ask=ask, **more)


def codes(bank: Bank) -> set[str]:
    return {flaw.code for flaw in lint(bank)}


def cloze(told: dict[str, Any]) -> dict[str, Any]:
    """The fact, to be asked with a gap too."""
    (claim,) = told["claims"]
    return {**told, "claims": [{**claim, "cloze": claim["proof"][0]}]}


def after(words: str, **more: Any) -> dict[str, Any]:
    """A bell with one option of these words."""
    return bell(distractors=["wood", "glass", words], **more)


def gap(sentence: str) -> dict[str, Any]:
    """A bell that is asked with a gap in this sentence."""
    return cloze(fact("bell", "text", {"brass": {"report": sentence}}, distractors=METALS, ask="What was the bell?"))


def wording(key: str, words: str) -> dict[str, Any]:
    """A bell whose gap takes other words than its key says."""
    told = gap(f"In May the bell was {words}")
    return {**told, "claims": [{**told["claims"][0], "value": key, "as": words}]}


#: What a document says of a bell besides: in a claim of a fact beside it.
TOLD: dict[str, Any] = {"note": "TOLD"}

FLAWED: dict[str, list[dict[str, Any]]] = {
    "unmarked-negative": [
        bell(ask="What was the bell not?"),
        bell(ask="What did the bell never become?"),
        bell(ask="What wasn't the bell?"),
        bell(ask="All of these except which rang?"),
    ],
    "key-in-stem": [
        bell(ask="What was the brass bell?"),
        bell(ask="BRASS or what?"),
        bell("St. Ann", ask="St. Ann’s or St. Ann?"),
    ],
    "clang": [
        bell("brass plate", ask="Which plates did the bell have?", distractors=["a rope", "a wheel", "a crown"]),
        bell("Ringer’s rope", ask="What held the ringer?", distractors=["A wheel", "A crown", "A chain"]),
    ],
    "of-the-above": [after("all of the above"), after("none of these"), after("both of them"), after("none")],
    "absolute": [after("always wood"), after("nothing"), bell("only brass"), after("every metal")],
    "overlapping-options": [after("glass beads"), bell("brass", distractors=["brass-like", "wood", "iron"])],
    "mixed-capitals": [after("Iron"), bell("Brass")],
    "uneven-length": [after("an alloy of iron, tin and lead from Wales"), after("a thing of iron")],
    "unsorted-numbers": [
        bell("3 bells", distractors=["1 bell or so", "5 bells", "20 bells"]),
        bell("1,500 kg or so", distractors=["900 kg or so", "2,000 kg or so", "70 kg or so"]),
    ],
    "long-stem": [bell(ask=f"What was {'the ' * 30}bell?")],
    "document-in-stem": [bell(ask="What does the report call the bell?"), bell(ask="What is the bell in The Report?")],
    "gap-key": [wording("yellow metal", "brass")],
    "long-gap": [gap(f"In May the bell was brass and it {'really ' * 12}rang")],
    "gap-pronoun": [
        gap("He had a bell of brass"),
        gap("Their bell was brass, they say"),
        gap("In May his bell was brass"),
        gap("He gave Moe a bell of brass"),
    ],
    "html-entity": [bell(note="Made by Lund &amp; Sons."), after("iron &#38; tin"), bell(ask="Tin &amp; what?")],
    "time-as-text": [bell("4 months", distractors=["3 months", "5 months", "9 months"]), bell("twelve days")],
    "excluded-option": [bell(ask="What, instead of glass, was the bell?")],
    "distractor-in-source": [
        bell(ask="Of which metal was the great bell made?", distractors=["glass", "iron", "wood"], **TOLD),
    ],
}  # fmt: skip

FINE: dict[str, list[dict[str, Any]]] = {
    "unmarked-negative": [
        bell(ask="What was the bell NOT?"),
        bell(ask="What note had the knotted bell?"),
        cloze(fact("bell", "text", {"brass": {"report": "It was not wood but brass"}}, distractors=METALS)),
    ],
    "key-in-stem": [
        bell(ask="What was the brassy bell?"),
        bell("17", ask="What had 17,000 bells?", distractors=["16", "15", "18"]),
    ],
    "clang": [
        bell("brass plate", ask="Which plate did the bell have?", distractors=["iron plate", "a wheel", "a crown"]),
        bell("old bell", ask="What was the bell?", distractors=["a rope", "a wheel", "a crown"]),
        bell("other plate", ask="What other thing was it?", distractors=["a rope", "a wheel", "a crown"]),
    ],
    "of-the-above": [after("one of the bells"), after("nonesuch"), after("some of these")],
    "absolute": [after("an ally"), after("lonely"), after("overall grey")],
    "overlapping-options": [after("glassy"), after("woodwork")],
    "mixed-capitals": [bell("Brass", distractors=["Wood", "Iron", "Glass"]), after("1 iron"), after("“iron”")],
    "uneven-length": [
        after("a bit of iron"),
        bell("brass" * 5, distractors=["irony" * 4, "glassy" * 3, "woods" * 5]),
    ],
    "unsorted-numbers": [
        bell("3 bells", distractors=["a bell or so", "5 bells", "20 bells"]),
        fact("bell", "date", {"2 June": {"report": "It rang on 2 June"}}, distractors=["30 May", "29 May", "3 June"]),
    ],
    "long-stem": [bell(ask=f"What was {'the ' * 25}bell?"), gap(f"In May the bell was brass, {'so ' * 25}they say")],
    "document-in-stem": [
        bell(ask="What does the reporter call the bell?"),
        bell(ask="What does the report call the bell?", attributed="true"),
    ],
    "gap-key": [cloze(bell()), cloze(bell("Brass", distractors=["Wood", "Iron", "Glass"]))],
    "long-gap": [gap(f"In May the bell was brass and it {'really ' * 10}rang")],
    "gap-pronoun": [
        gap("Stone says that her bell was brass"),
        gap("When Moe rang his bell it was brass"),
        gap("Sheep and brass"),
    ],
    "html-entity": [bell(note="Lund & Sons; more."), after("iron & tin")],
    "time-as-text": [bell("a few months"), bell("12 days or so", distractors=["3 days", "4 days", "5 days"])],
    "excluded-option": [bell(ask="What, instead of glasses, was the bell?"), bell(ask="What was the bell?")],
    "distractor-in-source": [
        bell(ask="Of which metal was the great bell made?", distractors=["glass", "iron"], not_=["wood"], **TOLD),
        bell(ask="Who rang it in the end?", distractors=["glass", "iron", "wood"], **TOLD),
    ],
}  # fmt: skip


def beside(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The fact and, where it is told so, another whose sentence names wood beside the words of the question."""
    if told.get("note") != TOLD["note"]:
        return [told]
    words = "Some say that the great bell was made of a metal, others of wood"
    return [told, fact("other", "text", {"others": {"chronicle": words}}, distractors=METALS, ask="Who says so?")]


def cases(table: dict[str, list[dict[str, Any]]]) -> list[Any]:
    return [pytest.param(code, told, id=f"{code}-{n}") for code, many in table.items() for n, told in enumerate(many)]


@pytest.mark.parametrize(("code", "told"), cases(FLAWED))
def test_a_flaw_is_found(tmp_path: Path, code: str, told: dict[str, Any]) -> None:
    assert code in codes(bank_of(tmp_path, beside(told)))


@pytest.mark.parametrize(("code", "told"), cases(FINE))
def test_what_only_looks_like_a_flaw_is_none(tmp_path: Path, code: str, told: dict[str, Any]) -> None:
    assert code not in codes(bank_of(tmp_path, beside(told)))


def test_every_rule_has_cases_of_both_kinds() -> None:
    alone = {"near-equal-stems", "favourite"}
    assert {*FLAWED, *alone} == {*FINE, *alone} == set(CODES)


@pytest.mark.parametrize(("others", "is_found"), [(4, True), (12, False)])
def test_somebody_who_is_the_answer_too_often_is_named(tmp_path: Path, others: int, is_found: bool) -> None:
    names = ["Ada Stone"] * 4 + ["Ben Oak", "Cy Reed", "Di Marsh", "Ed Field"] * (others // 4)
    told = [
        fact(f"f{n}", "person", {name: {f"s{n}": f"{name} did it {n}"}}, ask=f"Who was it {n}?")
        for n, name in enumerate(names)
    ]
    found = [flaw.message for flaw in lint(bank_of(tmp_path, told)) if flaw.code == "favourite"]
    words = "Ada Stone is the answer of 4 of 8 questions of the kind asked for a person; ask for somebody else"
    assert found == [words] * is_found


def test_a_fact_without_a_flaw_has_none(tmp_path: Path) -> None:
    assert lint(bank_of(tmp_path, [cloze(bell())])) == ()


@pytest.mark.parametrize(
    ("ask", "is_found"),
    [
        ("What was the bell?", True),
        ("What was  the BELL?", True),
        ("What was that bell?", True),
        ("Who rang it in the end?", False),
    ],
)
def test_facts_that_ask_nearly_the_same_are_found_at_the_later_one(tmp_path: Path, ask: str, is_found: bool) -> None:
    other = {**bell("lead"), "id": "later", "ask": ask}
    bank = bank_of(tmp_path, [bell(), other])
    found = [flaw for flaw in lint(bank) if flaw.code == "near-equal-stems"]
    assert [flaw.message for flaw in found] == [
        f"'later' asks nearly the same as 'bell': {' '.join(ask.split())}"
    ] * is_found
    assert all((flaw.file, flaw.line, flaw.column) == bank.facts[1].place for flaw in found)


def test_a_flaw_stands_where_its_fact_does_and_names_its_question(tmp_path: Path) -> None:
    bank = bank_of(
        tmp_path, [{**bell(), "id": "first", "ask": "Who rang?"}, after("all of the above", ask="Which bell?")]
    )
    (flaw,) = (flaw for flaw in lint(bank) if flaw.code == "of-the-above")
    assert (flaw.file, flaw.line, flaw.column) == bank.facts[1].place
    assert flaw.message == (
        "'bell.asked': the option 'all of the above' speaks of the others; give an answer of its own"
    )
    assert not flaw.fatal


def test_flaws_come_in_the_order_of_their_places_and_each_once(tmp_path: Path) -> None:
    told = [{**after("nothing", ask=f"What was {id}, the {id} bell?"), "id": id} for id in ("zinc", "acorn", "moon")]
    flaws = lint(bank_of(tmp_path, told))
    assert list(flaws) == sorted(set(flaws))
    assert [flaw.message.partition(".")[0] for flaw in flaws if flaw.code == "absolute"] == ["'zinc", "'acorn", "'moon"]


def test_the_name_of_a_document_may_be_absolute(tmp_path: Path) -> None:
    claims = {"3 May": {"only": "It rang on 3 May"}, "4 May": {"all": "It rang on 4 May"}}
    day = fact("day", "date", claims, differs="conflict", ask="When did it ring?")
    others = [fact(id, "count", {"30": {id: "30 bells"}}, ask=f"How many were on {id}?") for id in ("c", "d")]
    bank = bank_of(tmp_path, [day, *others])
    assert "day.which.only" in {way.id for way in all_forms(bank, bank.facts[0])}
    assert "absolute" not in codes(bank)


def test_the_names_of_people_are_judged_as_other_options_are(tmp_path: Path) -> None:
    pilot = fact("pilot", "person", {"Ada Stone": {"report": "Ada Stone flew"}}, ask="Who was the pilot, a Stone?")
    assert "clang" in codes(bank_of(tmp_path, [pilot], entities=ENTITIES))


def test_the_same_bank_has_the_same_flaws_each_time(tmp_path: Path) -> None:
    bank = bank_of(tmp_path, [after("all of the above"), {**after("Nothing"), "id": "other"}])
    assert lint(bank) == lint(bank)
