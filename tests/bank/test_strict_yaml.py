"""A YAML file is read strictly: every scalar is text, and what YAML does behind an author's back is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from orbitquiz.bank.strict_yaml import Document, read_document


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def read(text: str) -> Document:
    return read_document("crew.yaml", text.encode())


def problems(document: Document) -> list[tuple[int, int, str]]:
    assert all(problem.file == "crew.yaml" for problem in document.problems)
    return [(problem.line, problem.column, problem.code) for problem in document.problems]


@pytest.mark.parametrize(
    ("scalar", "text"),
    [
        ("no", "no"),
        ("1.90", "1.90"),
        ("~", "~"),
        ("null", "null"),
        ("0x1F", "0x1F"),
        ("2021-10-05", "2021-10-05"),
        ("10:55", "10:55"),
        ("1_000", "1_000"),
        ("", ""),
        ("''", ""),
        ('"two\\nlines"', "two\nlines"),
        (">-\n  one\n  line", "one line"),
        ("R&D * 2 is 100% fun!", "R&D * 2 is 100% fun!"),
    ],
)
def test_a_scalar_stays_the_text_that_was_written(scalar: str, text: str) -> None:
    document = read(f"value: {scalar}\n")
    assert problems(document) == []
    assert document.data == {"value": text}


def test_lists_and_mappings_become_lists_and_dicts() -> None:
    assert read("facts:\n  - {id: tail, not: [a, b]}\n  - id: [ ]\n").data == {
        "facts": [{"id": "tail", "not": ["a", "b"]}, {"id": []}]
    }


def test_a_byte_order_mark_is_left_out() -> None:
    assert read("\ufeffid: comet\n").data == {"id": "comet"}


def test_a_key_may_not_stand_twice() -> None:
    document = read("a: 1\nb:\n  - {c: 1, d: 2, c: 3}\na: 2\n")
    assert problems(document) == [(3, 18, "duplicate-key"), (4, 1, "duplicate-key")]
    assert document.data == {"a": "1", "b": [{"c": "1", "d": "2"}]}


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
def test_a_key_is_a_word(key: str) -> None:
    assert problems(read(f"? {key}\n: 1\n")) == [(1, 3, "unknown-key")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\nb: *x\n", [(1, 4, "anchor"), (2, 4, "anchor")]),
        ("a: [&x 1]\n", [(1, 5, "anchor")]),
        ("a: {<<: *x}\n", [(1, 9, "anchor")]),
        ("&x a: 1\n", [(1, 1, "anchor")]),
        ("- *x\n", [(1, 3, "anchor")]),
        ("a: !!int 5\n", [(1, 4, "tag")]),
        ("a: !secret 5\n", [(1, 4, "tag")]),
        ("a: !!python/object/apply:os.system [ls]\n", [(1, 4, "tag")]),
        ("%YAML 1.1\n---\na: 1\n", [(1, 1, "tag")]),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", [(1, 1, "tag")]),
    ],
)
def test_anchors_aliases_tags_and_directives_are_refused(text: str, found: list[tuple[int, int, str]]) -> None:
    document = read(text)
    assert problems(document) == found
    assert document.data is None
    assert all(problem.fatal for problem in document.problems)


def test_a_tag_without_a_name_is_refused() -> None:
    assert problems(read("a: ! important\n")) == [(1, 4, "tag")]


@pytest.mark.parametrize("text", ["'&x'", '"*x"', "a & b", "2 * 3", "hey!", "'!'", "|\n  &x *y !z\n  %d"])
def test_such_characters_may_stand_in_a_text(text: str) -> None:
    assert problems(read(f"a: {text}\n")) == []


def test_a_file_holds_one_document() -> None:
    assert problems(read("a: 1\n---\nb: 2\n")) == [(2, 1, "yaml-syntax")]


def test_the_start_and_end_of_the_document_may_be_marked() -> None:
    assert read("---\na: 1\n...\n").data == {"a": "1"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_said_to_be_so(text: str) -> None:
    assert problems(read(text)) == [(1, 1, "empty-file")]


def test_bytes_that_are_not_utf_8_are_placed() -> None:
    document = read_document("crew.yaml", b"id: comet\ntitle: caf\xe9\n")
    assert problems(document) == [(2, 11, "not-utf-8")]
    assert "0xE9" in document.problems[0].message


def test_the_column_of_a_byte_that_is_not_utf_8_counts_characters() -> None:
    assert problems(read_document("crew.yaml", "été: ".encode() + b"\xe9\n")) == [(1, 6, "not-utf-8")]


def test_the_byte_that_is_not_utf_8_is_named_behind_a_byte_order_mark_too() -> None:
    (problem,) = read_document("crew.yaml", b"\xef\xbb\xbfid: \xe9\n").problems
    assert "0xE9" in problem.message


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f"])
def test_a_control_character_is_refused_where_it_stands(character: str) -> None:
    document = read(f"id: comet\ntitle: a{character}b\n")
    assert problems(document) == [(2, 9, "yaml-syntax")]
    assert f"U+{ord(character):04X}" in document.problems[0].message


def test_a_control_character_behind_other_scripts_is_refused_where_it_stands() -> None:
    assert problems(read("id: комета\na: \x1b\nb: 1234\nc: 5678\n")) == [(2, 4, "yaml-syntax")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1, 2\nb: 3\n", 2),
        ("a: 'open\n", 1),
        ("a: b: c\n", 1),
        ("a:\n\t- b\n", 2),
        ("a: 1\n b: 2\n", 2),
        ("a: @b\n", 1),
        ('a: "\\q"\n', 1),
    ],
)
def test_what_is_not_yaml_is_placed(text: str, line: int) -> None:
    document = read(text)
    assert [(problem.line, problem.code, problem.fatal) for problem in document.problems] == [
        (line, "yaml-syntax", True)
    ]
    assert document.data is None


@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "[{a: [", "- ", "? ", "- ? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    (problem,) = read(opening * 200_000).problems
    assert "nested too deeply" in problem.message
    assert (problem.line, problem.code, problem.fatal) == (1, "yaml-syntax", True)


def test_nesting_deeper_than_any_bank_is_placed() -> None:
    document = read("a: 1\nb: " + "[" * 40 + "]" * 40)
    assert problems(document) == [(2, 23, "yaml-syntax")]
    assert document.problems[0].fatal


@pytest.mark.slow
@pytest.mark.parametrize("text", ["'# ' + ']' * 200_000 + chr(10) + '[' * 200_000", "'[\"]\", ' * 200_000"])
def test_deep_nesting_does_not_hide_behind_closing_brackets(text: str) -> None:
    program = (
        f"from orbitquiz.bank.strict_yaml import read_document; print(read_document('a', ({text}).encode()).problems)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert "yaml-syntax" in result.stdout


def test_many_brackets_side_by_side_are_no_nesting() -> None:
    document = read("facts:\n" + "- {source: report, quote: 'one [of] many'}\n" * 3000)
    assert problems(document) == []
    assert len(document.data["facts"]) == 3000


PLACED = """\
category: comet
facts:
  - id: tail
    claims:
      - value: 2.5 kilometres
        proof: [{source: report, quote: "long"}]
  - id: crew
"""


@pytest.mark.parametrize(
    ("loc", "position"),
    [
        ((), (1, 1)),
        (("category",), (1, 11)),
        (("facts", 0, "id"), (3, 9)),
        (("facts", 0, "claims", 0, "value"), (5, 16)),
        (("facts", 0, "claims", 0, "proof", 0, "quote"), (6, 41)),
        (("facts", 1), (7, 5)),
    ],
)
def test_a_place_is_where_the_value_begins(loc: tuple[str | int, ...], position: tuple[int, int]) -> None:
    assert read(PLACED).at(loc) == position


def test_a_place_may_be_the_keys() -> None:
    assert read(PLACED).at(("facts", 0, "claims"), key=True) == (4, 5)


@pytest.mark.parametrize(
    ("loc", "position"),
    [
        (("facts", 0, "level"), (3, 5)),
        (("facts", 2), (3, 3)),
        (("facts", 0, "id", "deeper"), (3, 9)),
        (("title",), (1, 1)),
    ],
)
def test_what_is_not_there_is_placed_at_the_nearest_part(loc: tuple[str | int, ...], position: tuple[int, int]) -> None:
    assert read(PLACED).at(loc) == position


def test_a_place_counts_characters_not_bytes() -> None:
    assert read("{été: 1, id: x}").at(("id",)) == (1, 14)


def test_a_file_that_could_not_be_read_has_its_place_at_the_beginning() -> None:
    assert read("a: [").at(("a",)) == (1, 1)


# PyYAML itself does not write every line end so that it can be read again.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], include_characters="\n\t\x1b"), max_size=8)
DATA = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@settings(deadline=None)
@given(st.dictionaries(WORDS, DATA, min_size=1, max_size=4), st.booleans())
def test_what_was_written_as_yaml_is_read_as_it_was(data: dict[str, Any], flow: bool) -> None:
    document = read(yaml.dump(json.loads(json.dumps(data)), Dumper=_Plain, default_flow_style=flow, allow_unicode=True))
    assert problems(document) == []
    assert document.data == data


@settings(deadline=None)
@given(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=6, unique=True), st.booleans())
def test_the_place_of_each_value_is_where_it_stands(words: list[str], flow: bool) -> None:
    text = yaml.dump({"words": words, **{word: [{word: word}] for word in words}}, default_flow_style=flow, width=20)
    document, lines = read(text), text.splitlines()
    for n, word in enumerate(words):
        for loc in (("words", n), (word, 0, word)):
            line, column = document.at(loc)
            assert lines[line - 1][column - 1 :].startswith(word)


@settings(deadline=None)
@given(st.dictionaries(WORDS, DATA, min_size=1, max_size=4), st.booleans(), st.integers(0, 60))
def test_the_place_of_every_part_is_the_one_that_yaml_gives_it(data: dict[str, Any], flow: bool, many: int) -> None:
    data = {"many": [[str(n)] for n in range(many)], "keys": {str(n): [] for n in range(many)}, **data, "last": "x"}
    text = yaml.dump(json.loads(json.dumps(data)), Dumper=_Plain, default_flow_style=flow, allow_unicode=True)
    document = read(text)

    def compare(node: Any, loc: tuple[str | int, ...]) -> None:
        assert document.at(loc) == (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            for n, item in enumerate(node.value):
                compare(item, (*loc, n))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                there = (*loc, key.value)
                assert document.at(there, key=True) == (key.start_mark.line + 1, key.start_mark.column + 1)
                compare(value, there)

    compare(yaml.compose(text, Loader=yaml.CSafeLoader), ())


def test_what_stands_behind_a_refused_key_keeps_its_place() -> None:
    many = ", ".join(str(n) for n in range(50))
    document = read(f"a: 1\na: [{many}]\n? [b, c]\n: {{d: [{many}]}}\nfacts:\n- {{id: tail, id: [{many}], not: x}}\n")
    assert problems(document) == [(2, 1, "duplicate-key"), (3, 3, "unknown-key"), (6, 14, "duplicate-key")]
    assert document.at(("facts", 0, "not")) == (6, 14 + len(f"id: [{many}], not: "))


@given(st.text(alphabet="ab:-?[]{}#&*!|>'\"%@` \n\t,\\0~é\x07\u2028", max_size=40))
def test_any_file_is_either_read_or_refused(text: str) -> None:
    document = read(text)
    assert (document.data is not None) or document.problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in document.problems)


@given(st.binary(max_size=30))
def test_any_bytes_are_either_read_or_refused(raw: bytes) -> None:
    document = read_document("crew.yaml", raw)
    assert (document.data is not None) or document.problems
