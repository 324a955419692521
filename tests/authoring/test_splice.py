"""Changing one fact of a file leaves every other byte as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.authoring.splice import CannotSplice, ListFile
from orbitquiz.authoring.yaml_text import scalar
from orbitquiz.bank.strict_yaml import read_document

FILE = """# yaml-language-server: $schema=x
category: harbour
title: 'The harbour'   # odd quotes

facts:
  # the first
  - id: cranes
    type: count        # a number
    ask:   How many?
    note: >-
      over several
      lines
    claims:
      - value: 14
        proof: [{source: guide, quote: "14 cranes"}]

  # the second
  - id: ferry
    type: text
    claims: []
# the end
"""
NEW: dict[str, Any] = {
    "id": "new",
    "type": "text",
    "claims": [{"value": "a: b", "proof": [{"source": "s", "quote": "x"}]}],
}


def file_of(text: str) -> ListFile:
    return ListFile("questions/harbour.yaml", text, "facts")


def changed(text: str, id: str, **keys: Any) -> str:
    file = file_of(text)
    index = file.find(id)
    assert index is not None
    return file.with_item({**file.items[index], **keys})


def test_only_the_lines_of_the_changed_key_change() -> None:
    after = changed(FILE, "cranes", ask="How many cranes: 14?")
    assert after == FILE.replace("ask:   How many?", 'ask: "How many cranes: 14?"')


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_new_fact_goes_to_the_end_of_the_list(newline: str) -> None:
    text = FILE.replace("\n", newline)
    after = file_of(text).with_item(NEW)
    before, _, rest = after.partition(f"{newline}{newline}  - id: new")
    assert before + newline + "# the end" + newline == text
    assert rest.endswith(f"# the end{newline}")
    assert after.count("\n") == after.count(newline)


def test_a_fact_taken_out_leaves_all_else() -> None:
    after = file_of(file_of(FILE).with_item(NEW)).without_item("new")
    assert after == FILE.replace("    claims: []\n", "    claims: []\n\n")


@pytest.mark.parametrize(
    "text", ["category: a\ntitle: A\nfacts: []", "category: a\ntitle: A\nfacts: []  \n# an example\n"]
)
def test_the_first_fact_goes_into_an_empty_list_and_out_again(text: str) -> None:
    after = file_of(text).with_item(NEW)
    assert read_document("x", after.encode()).data["facts"] == [NEW]
    assert file_of(file_of(after).without_item("new")).items == []


def test_an_item_on_one_line_stays_on_one_line() -> None:
    text = "entities:\n  - {id: a, type: person, name: A}\n  - {id: b, type: person, name: B}\n"
    file = ListFile("questions/entities.yaml", text, "entities")
    after = file.with_item({"id": "a", "type": "person", "name": "A", "aliases": ["x, y"]})
    assert after == text.replace("name: A}", 'name: A, aliases: ["x, y"]}')
    assert file.with_item({"id": "c", "type": "person", "name": "C"}) == text + "  - {id: c, type: person, name: C}\n"


@pytest.mark.parametrize(
    "text", ["facts: [", "facts: {a: b}", "facts: [{id: cranes}]", "- a", "facts:\n  -\n    id: cranes\n"]
)
def test_a_file_of_another_form_is_left_alone(text: str) -> None:
    with pytest.raises(CannotSplice, match=r"cannot change questions/harbour\.yaml"):
        changed(text, "cranes", ask="What?")


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(_WORDS)
@settings(deadline=None)
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    for written in (f"- {scalar(text)}\n", f"- [{scalar(text, flow=True)}]\n", f"- {{a: {scalar(text, flow=True)}}}\n"):
        document = read_document("x", written.encode())
        assert not document.problems
        assert document.data in ([text], [[text]], [{"a": text}])


_KEYS = st.sampled_from(["ask", "note", "statement"])


@given(st.sampled_from(["cranes", "ferry"]), _KEYS, _WORDS)
@settings(deadline=None)
def test_whatever_is_written_no_line_of_another_fact_changes(id: str, key: str, words: str) -> None:
    file, after = file_of(FILE), file_of(changed(FILE, id, **{key: words}))
    other = "ferry" if id == "cranes" else "cranes"
    assert after.item_text(other) == file.item_text(other)
    assert after.items[after.find(id) or 0][key] == words
