"""An author's steps with a bank, and its files afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from orbitquiz.authoring.atomic import write_atomically
from orbitquiz.authoring.draft.guess import guess
from orbitquiz.authoring.workspace.form import quotation_of
from orbitquiz.authoring.workspace.journal import Journal
from orbitquiz.authoring.workspace.session import AuthorSession, CannotDo
from orbitquiz.authoring.workspace.workspace import Workspace
from orbitquiz.bank.find_quotation import find_quotation
from orbitquiz.bank.load import read_bank
from orbitquiz.cli import main
from tests.authoring.test_draft import TEXT
from tests.making import COMMANDER, OTHER_REPORT, REPORT, TAKE_OFF, write_bank

NOTES = "Notes\n\nThe quay of Ostrand is 310 metres long. The quay was built in 1897.\n"
FILE = "questions/report.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", [], entities=[], documents={"report": TEXT, "notes": NOTES}, category="report")


@pytest.fixture
def session(folder: Path) -> AuthorSession:
    return AuthorSession(Workspace(folder))


def span_of(words: str, text: str = TEXT) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def facts(folder: Path, file: str = FILE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load((folder / file).read_text(), yaml.BaseLoader)["facts"]
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*.yaml")}


def test_an_answer_alone_makes_a_fact_of_the_sentence_around_it(session: AuthorSession, folder: Path) -> None:
    session.mark_value(span_of("36"))
    assert session.form is not None
    assert session.trial is not None
    assert (session.form.type, session.form.value) == ("count", "36")
    assert "brought all ____ passengers ashore" in session.trial.questions[0].stem
    assert session.keep() == "report-36"
    (fact,) = facts(folder)
    assert fact["claims"][0]["cloze"]["quote"] == "Captain Ida Falk, 52, brought all 36 passengers ashore."
    assert main(["check", str(folder)]) == 0


def test_a_typed_question_gets_the_sentence_as_its_statement(session: AuthorSession, folder: Path) -> None:
    session.mark_proof(span_of("Captain Ida Falk, 52, brought all 36 passengers ashore"))
    session.mark_value(span_of("36"))
    session.word(ask="How many passengers  were brought ashore?", statement="", distractors=(), value="36")
    session.keep()
    (fact,) = facts(folder)
    assert fact["id"] == "passengers-brought-ashore"
    assert fact["ask"] == "How many passengers were brought ashore?"
    assert fact["statement"] == "Captain Ida Falk, 52, brought all {value} passengers ashore."
    assert "cloze" not in fact["claims"][0]
    assert main(["check", str(folder)]) == 0


def test_the_answer_in_a_typed_statement_becomes_its_gap(session: AuthorSession, folder: Path) -> None:
    session.mark_value(span_of("36"))
    session.word(ask="How many came ashore?", statement="So 36 people came ashore.", distractors=(), value="36")
    session.keep()
    assert facts(folder)[0]["statement"] == "So {value} people came ashore."


def test_words_that_stand_twice_are_quoted_with_what_stands_before_them(folder: Path) -> None:
    text = "The first boat sank.\n\nThen the second came. The first boat sank.\n"
    write_bank(folder, [], entities=[], documents={"report": text}, category="report")
    session = AuthorSession(Workspace(folder))
    at = text.rindex("The first boat")
    session.mark_proof((at, at + len("The first boat sank")))
    session.mark_value((at + 4, at + 9))
    session.word(ask="", statement="", distractors=("second", "third", "last"), value="first")
    session.keep()
    quotation = facts(folder)[0]["claims"][0]["proof"][0]
    assert quotation == {"source": "report", "prefix": "came.", "quote": "The first boat sank"}


@pytest.mark.parametrize(
    ("words", "type", "value"),
    [
        ("3 June 1931", "date", "3 June 1931"),
        ("36", "count", "36"),
        ("52", "age", "52"),
        ("seven weeks", "duration", "7 weeks"),
        ("1919", "date", "1919"),
        ("Ida Falk", "text", "Ida Falk"),
        ("Captain", "text", "Captain"),
    ],
)
def test_the_type_of_marked_words_is_guessed(session: AuthorSession, words: str, type: str, value: str) -> None:
    found = guess(session.workspace.bank, session.source, span_of(words))
    assert (found.type, found.value) == (type, value)


def test_a_name_is_offered_others_and_becomes_a_person_with_an_alias(session: AuthorSession, folder: Path) -> None:
    session.mark_value(span_of("Jon Aske"))
    assert session.form is not None
    assert "Ida Falk" in session.form.distractors
    session.choose_entity("person")
    assert [(each.name, each.groups) for each in session.form.entities][:2] == [
        ("Jon Aske", ("people",)),
        ("Ida Falk", ("people",)),
    ]
    session.name_entity(session.form.entities[0])
    session.close()
    session.mark_value(span_of("Lund & Sons"))
    session.choose_entity("organisation")
    with pytest.raises(CannotDo, match="fewer than three wrong options"):
        session.keep()  # the documents name no others
    assert facts(folder) == []


def test_wrong_options_that_are_typed_for_a_name_become_entities_of_its_group(
    session: AuthorSession, folder: Path
) -> None:
    session.mark_value(span_of("Jon Aske"))
    session.choose_entity("person")
    form = session.form
    assert form is not None
    for typed in (("Tim",), ("Tim Elm", "Una Ash"), ("Tim Elm", "Uwe Oak")):  # as somebody types
        session.word(ask=form.ask, statement=form.statement, distractors=typed, value=form.value)
    session.keep()
    entities = {each["name"]: each for each in yaml.load(
        (folder / "questions/entities.yaml").read_text(), yaml.BaseLoader)["entities"]}  # fmt: skip
    assert {"Jon Aske", "Tim Elm", "Uwe Oak"} <= set(entities)
    assert not {"Tim", "Una Ash"} & set(entities)
    assert entities["Tim Elm"]["groups"] == entities["Jon Aske"]["groups"] == ["people"]
    assert facts(folder)[0]["distractors"] == ["Tim Elm", "Uwe Oak"]
    assert read_bank(folder).problems == ()


def test_a_place_is_kept_with_its_group_in_one_go_and_undone_in_one_go(session: AuthorSession, folder: Path) -> None:
    before = files(folder)
    session.mark_value(span_of("Wick Bay"))
    session.choose_entity("place")
    session.keep()
    entities = yaml.safe_load((folder / "questions/entities.yaml").read_text())["entities"]
    assert {each["name"] for each in entities} == {"Wick Bay", "Gull Bay", "North Bay", "Seal Bay"}
    assert facts(folder)[0]["type"] == "place"
    assert main(["check", str(folder)]) == 0
    session.undo()
    assert files(folder) == before
    assert session.form is not None
    assert session.form.value == "Wick Bay"


def test_drafts_come_one_by_one_to_be_kept_or_dropped(folder: Path) -> None:
    main(["draft", str(folder)])
    session = AuthorSession(Workspace(folder))
    ids = [fact["id"] for fact in facts(folder)]
    session.next_draft()
    assert session.form is not None
    assert session.form.id == ids[0]
    session.keep()
    assert session.form.id == ids[1]
    session.drop()
    assert session.form.id == ids[2]
    kept = facts(folder)
    assert [fact["id"] for fact in kept] == [ids[0], *ids[2:]]
    assert "draft" not in kept[0]
    assert "draft" in kept[1]


def test_drafts_of_the_next_document_follow(folder: Path) -> None:
    main(["draft", str(folder)])
    session = AuthorSession(Workspace(folder))
    for _ in session.drafts:
        session.next_draft()
    session.next_draft()
    assert session.source_id == "notes"
    assert session.form is not None
    assert session.form.value == "310 metres"


def test_every_step_can_be_undone(session: AuthorSession, folder: Path) -> None:
    before = files(folder)
    session.mark_proof(span_of("brought all 36 passengers"))
    session.mark_value(span_of("36"))
    session.next_type()
    session.word(ask="How", statement="", distractors=(), value="36")
    session.word(ask="How many?", statement="", distractors=(), value="36")
    session.undo()
    assert session.form is not None
    assert (session.form.ask, session.form.type) == ("", "date")
    session.undo()
    assert session.form.type == "count"
    session.keep()
    session.undo()
    session.undo()
    assert session.form.value == ""
    session.undo()
    assert session.form is None
    assert files(folder) == before
    with pytest.raises(CannotDo, match="nothing to undo"):
        session.undo()


def test_a_fact_that_somebody_else_changed_meanwhile_is_not_overwritten(folder: Path) -> None:
    main(["draft", str(folder)])
    session = AuthorSession(Workspace(folder))
    session.next_draft()
    file = folder / FILE
    theirs = file.read_text().replace("    draft: true\n", "    draft: true\n    level: 1\n", 1)
    file.write_text(theirs)
    told = session.poll()
    assert told is not None
    assert "was changed by somebody else" in told
    with pytest.raises(CannotDo, match=r"was changed in questions/report\.yaml by somebody else"):
        session.keep()
    assert file.read_text() == theirs
    session.reload()
    session.keep()
    assert facts(folder)[0]["level"] == "1"


def test_a_change_to_another_fact_is_seen_and_kept(folder: Path) -> None:
    main(["draft", str(folder)])
    session = AuthorSession(Workspace(folder))
    session.next_draft()
    file = folder / FILE
    file.write_text(file.read_text().replace("title:", "# by hand\ntitle:", 1))
    told = session.poll()
    assert told is not None
    assert "as they are now" in told
    assert session.poll() is None
    session.keep()
    assert "# by hand\n" in file.read_text()


def test_what_somebody_else_changed_since_is_not_undone(session: AuthorSession, folder: Path) -> None:
    session.mark_value(span_of("36"))
    session.keep()
    file = folder / FILE
    file.write_text(file.read_text() + "# theirs\n")
    with pytest.raises(CannotDo, match="was changed by somebody else since"):
        session.undo()
    assert file.read_text().endswith("# theirs\n")


def test_what_is_being_written_is_there_after_a_crash(session: AuthorSession, folder: Path) -> None:
    session.next_document()
    session.mark_value(span_of("310 metres", NOTES))
    session.word(ask="How long is the quay?", statement="", distractors=(), value="310 metres")
    again = AuthorSession(Workspace(folder))
    assert again.source_id == "notes"
    assert again.form == session.form
    again.keep()
    assert AuthorSession(Workspace(folder)).form is None


@pytest.mark.parametrize("step", ["keep", "keep new", "drop"])
def test_what_was_written_just_before_a_crash_is_not_under_way_any_more(folder: Path, step: str) -> None:
    main(["draft", str(folder)])
    session = AuthorSession(Workspace(folder))
    if step == "keep new":
        session.mark_value(span_of("1919"))
    else:
        session.next_draft()
        session.word(ask="What", statement="", distractors=(), value="")
    journal = folder / ".orbitquiz/author-fact.json"
    before = journal.read_bytes()
    assert session.form is not None
    if step != "drop":
        wrong = session.form.distractors
        session.word(ask="What was there?", statement="{value}.", distractors=wrong, value=session.form.value)
        before = journal.read_bytes()
        session.keep()
    else:
        session.drop()
    journal.write_bytes(before)  # the crash came before it was taken away
    assert AuthorSession(Workspace(folder)).form is None


def test_a_draft_that_was_only_looked_at_is_not_taken_for_work(folder: Path) -> None:
    main(["draft", str(folder)])
    AuthorSession(Workspace(folder)).next_draft()
    assert AuthorSession(Workspace(folder)).form is None


@pytest.mark.parametrize("written", [0, 1, 2])
def test_two_files_cut_short_by_a_crash_are_completed(folder: Path, written: int) -> None:
    journal = Journal(folder)
    texts = {FILE: "one", "questions/entities.yaml": "two"}
    before = {file: (folder / file).read_text() for file in texts}
    done = 0

    def dies(path: Path, raw: bytes) -> None:
        nonlocal done
        if path.parent == folder / "questions":
            if done == written:
                raise KeyboardInterrupt
            done += 1
        write_atomically(path, raw)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("orbitquiz.authoring.workspace.journal.write_atomically", dies)
        if written < 2:
            with pytest.raises(KeyboardInterrupt):
                journal.write(texts, before)
        else:
            journal.write(texts, before)
    assert Journal(folder).recover() == ()
    assert {file: (folder / file).read_text() for file in texts} == texts


def test_what_a_crash_cut_short_is_laid_beside_a_file_that_was_changed_since(folder: Path) -> None:
    journal = Journal(folder)
    entities = folder / "questions/entities.yaml"
    (folder / ".orbitquiz").mkdir()
    pending = [{"file": "questions/entities.yaml", "before": "0" * 64, "after": "mine"}]
    (folder / ".orbitquiz/author-files.json").write_text(json.dumps(pending))
    theirs = entities.read_text()
    assert journal.recover() == ("questions/entities.yaml",)
    assert entities.read_text() == theirs
    assert (folder / "questions/entities.yaml.author").read_text() == "mine"


def test_a_fact_with_several_answers_is_edited_answer_by_answer(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [COMMANDER, TAKE_OFF])
    file = folder / "questions/comet.yaml"
    before = file.read_text()
    session = AuthorSession(Workspace(folder))
    session.next_document()
    session.open("take-off")
    assert session.form is not None
    assert (session.form.value, session.form.claim_at) == ("4 May", 1)  # the one that this document gives
    session.mark_instead(span_of("The crew left on May 4.", OTHER_REPORT))
    session.keep()
    quotes = [claim["proof"] for claim in facts(folder, "questions/comet.yaml")[1]["claims"]]
    assert quotes == [
        TAKE_OFF["claims"][0]["proof"],
        [{"source": "other", "quote": "The crew left on May 4."}],
    ]
    assert file.read_text().startswith(before.partition("- id: take-off")[0])
    assert read_bank(folder).problems == ()


def test_a_fact_gets_another_answer_from_another_document(folder: Path) -> None:
    session = AuthorSession(Workspace(folder))
    session.mark_value(span_of("1919"))
    session.word(ask="When was it built?", statement="It was built in {value}.", distractors=(), value="1919")
    session.keep()
    session.open(facts(folder)[0]["id"])
    session.next_claim()
    session.next_document()
    session.mark_value(span_of("1897", NOTES))
    session.next_difference()
    session.keep()
    (fact,) = facts(folder)
    assert fact["differs"] == "time"
    assert [(claim["value"], claim["proof"][0]["source"]) for claim in fact["claims"]] == [
        ("1919", "report"),
        ("1897", "notes"),
    ]
    assert read_bank(folder).problems == ()


def test_an_answer_that_several_documents_prove_keeps_all_their_quotations(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", [TAKE_OFF])
    session = AuthorSession(Workspace(folder))
    session.open("take-off")
    session.mark_proof(span_of("The comet crew", REPORT))
    session.keep()
    (fact,) = facts(folder, "questions/comet.yaml")
    assert [each["source"] for each in fact["claims"][0]["proof"]] == ["report", "report", "third"]


def test_another_answer_waits_until_the_first_is_kept(session: AuthorSession) -> None:
    session.mark_value(span_of("1919"))
    with pytest.raises(CannotDo, match="keep the fact first"):
        session.next_claim()
    with pytest.raises(CannotDo, match="the fact has one answer"):
        session.next_difference()


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_a_quotation_that_nothing_before_tells_apart_gets_a_suffix(tmp_path: Path, nth: int) -> None:
    text = "Calm sea. 34 came.\n\nCalm sea. 36 came.\n\nCalm sea. 38 came.\n"
    folder = write_bank(tmp_path / "bank", [], entities=[], documents={"report": text})
    source = Workspace(folder).bank.sources["report"]
    at = [found.start() for found in re.finditer("Calm sea", text)][nth]
    quotation = quotation_of(source, (at, at + len("Calm sea.")))
    found = find_quotation(source, quotation["quote"], quotation.get("prefix"), quotation.get("suffix"))
    assert found.start == at
    assert ("suffix" in quotation) == (nth == 0)  # before the others stands what tells them apart


def test_a_question_from_another_program_gets_a_place_in_a_document(tmp_path: Path) -> None:
    fact = {"id": "built", "draft": "true", "ask": "When was it built?", "claims": [{"value": "1919"}]}
    folder = write_bank(tmp_path / "bank", [fact], entities=[], documents={"report": TEXT}, category="report")
    session = AuthorSession(Workspace(folder))
    session.next_draft()
    assert session.form is not None
    assert session.form.proof == ()
    session.mark_value(span_of("1919"))
    session.keep()
    (kept,) = facts(folder)
    assert kept["ask"] == "When was it built?"
    assert kept["claims"][0]["proof"][0]["quote"].endswith("in 1919 and carried 14 lifebelts.")
    assert read_bank(folder).problems == ()


def test_editing_a_fact_by_hand_leaves_what_is_not_written_here(tmp_path: Path) -> None:
    fact = {**COMMANDER, "note": "A note.", "distractors": [{"text": "Ben Oak", "because": "He stayed."}, "Cy Reed"]}
    folder = write_bank(tmp_path / "bank", [fact])
    file = folder / "questions/comet.yaml"
    before = file.read_text()
    session = AuthorSession(Workspace(folder))
    session.open("commander")
    form = session.form
    assert form is not None
    session.word(ask="Who led the crew?", statement=form.statement, distractors=form.distractors, value=form.value)
    session.keep()
    assert file.read_text() == before.replace("Who commanded the comet ship?", "Who led the crew?")
    assert read_bank(folder).problems == ()


def test_a_bank_without_documents_says_what_to_do(tmp_path: Path) -> None:
    main(["new", str(tmp_path / "bank")])
    with pytest.raises(CannotDo, match="orbitquiz new DIR DOCUMENT"):
        AuthorSession(Workspace(tmp_path / "bank"))


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (lambda session: session.mark_proof((0, 0)), "mark some words first"),
        (lambda session: session.keep(), "no fact is open"),
        (lambda session: session.next_draft(), "there are no drafts"),
        (lambda session: session.choose_entity("place"), "no fact is open"),
    ],
)
def test_what_cannot_be_done_says_why(
    session: AuthorSession, step: Callable[[AuthorSession], None], reason: str
) -> None:
    with pytest.raises(CannotDo, match=reason):
        step(session)
