"""Questions as Moodle XML, with the proof as general feedback and what is known of an option as its own.

Everything stands in CDATA: with entities Moodle loses a space between two of them. Every text but a name is HTML, so
nothing in it can end a CDATA section.
"""

from __future__ import annotations

import hashlib

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import html, options_in_order, proof_html, shortened, xml_characters
from orbitquiz.quiz.sheet import QuestionSheet

_LONGEST_NAME = 255  # characters of a name in Moodle's question table
_LONGEST_ID = 100  # characters of its column `idnumber`


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as a file that Moodle 3.6 and later import. `when` makes no difference."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for category, sheets in deck.by_category:
        parts.append(_category(deck, category))
        parts += [_question(sheet) for sheet in sheets]
    parts.append("</quiz>\n")
    return "\n".join(parts).encode()


def path(*names: str) -> str:
    """Return the path of a category inside a course; a slash in a name is doubled."""
    return "/".join(["$course$", "top", *(shortened(name.replace("/", "//"), _LONGEST_NAME) for name in names)])


def id_number(sheet: QuestionSheet) -> str:
    """Return the question's id, or the hash of one that is too long for Moodle."""
    return sheet.id if len(sheet.id) <= _LONGEST_ID else hashlib.sha256(sheet.id.encode()).hexdigest()


def _category(deck: Deck, category: str) -> str:
    return f"""  <question type="category">
    <category>{_plain(path(deck.title, category))}</category>
    <info format="html">{_html(f"<p>{html(deck.rights)}</p>")}</info>
  </question>"""


def _question(sheet: QuestionSheet) -> str:
    answers = "\n".join(
        f"""    <answer fraction="{100 if is_key else 0}" format="html">
      {_html(html(option))}
      <feedback format="html">{_html(html(remark or ""))}</feedback>
    </answer>"""
        for option, is_key, remark in options_in_order(sheet)
    )
    return f"""  <question type="multichoice">
    <name>{_plain(shortened(sheet.stem, _LONGEST_NAME))}</name>
    <questiontext format="html">{_html(f"<p>{html(sheet.stem)}</p>")}</questiontext>
    <generalfeedback format="html">{_html(proof_html(sheet.proof))}</generalfeedback>
    <defaultgrade>1</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>{xml_characters(id_number(sheet))}</idnumber>
    <single>true</single>
    <shuffleanswers>{"false" if sheet.is_ordered else "true"}</shuffleanswers>
    <answernumbering>abc</answernumbering>
{answers}
  </question>"""


def _html(fragment: str) -> str:
    return f"<text><![CDATA[{xml_characters(fragment)}]]></text>"


def _plain(words: str) -> str:
    safe = xml_characters(words).replace("]]>", "]]]]><![CDATA[>")
    return f"<text><![CDATA[{safe}]]></text>"
