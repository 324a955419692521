"""Questions from Moodle XML."""

from __future__ import annotations

from orbitquiz.formats.readers.items import SEVERAL_RIGHT, TRUE_OR_FALSE, Found, Item, Refusal, Text, judge, unsupported
from orbitquiz.formats.readers.markup import from_html
from orbitquiz.formats.readers.xml import Element, children, first, read_xml, text

_ALL = 100.0  # per cent of the mark


def read(raw: bytes) -> Found:
    """Return the questions of a Moodle XML file. Raises `UnreadableFile`."""
    found = Found()
    category = ""
    for question in children(read_xml(raw), "question"):
        kind = question.get("type", "")
        if kind == "category":
            category = category_of(text(first(question, "category", "text")))
        else:
            found.take(_question(question, kind, category))
    return found


def category_of(path: str) -> str:
    """Return the last name in a path of categories; a doubled slash is a slash in a name."""
    names = path.strip().replace("//", "\0").split("/")
    return names[-1].replace("\0", "/").strip() if names[-1] not in ("$course$", "top") else ""


def _question(question: Element, kind: str, category: str) -> Item | Refusal:
    line = question.sourceline or 1
    if kind == "truefalse":
        return unsupported(line, TRUE_OR_FALSE)
    if kind not in ("multichoice", "shortanswer", "numerical"):
        return unsupported(line, f"the kind {kind!r}" if kind else "a question without a kind")
    options = [(_text(answer), _fraction(answer)) for answer in children(question, "answer")]
    if kind != "multichoice":
        # Any of its answers is right; the first is what it is about.
        options = [(option, share) for option, share in options if share >= _ALL][:1]
    elif options and max(share for _, share in options) < _ALL:
        if sum(share > 0 for _, share in options) > 1:
            return unsupported(line, SEVERAL_RIGHT)
        return Refusal(line, "no option gives the whole mark")
    elif len(options) == 1:
        return Refusal(line, "there is only one option")
    judged = [(option, share >= _ALL) for option, share in options]
    return judge(line, _text(first(question, "questiontext")), judged, _feedback(question), category)


def _text(element: Element | None) -> Text:
    if element is None:
        return Text("")
    inner = first(element, "text")
    # Where there is no element `text`, as in very old files, the words stand alone.
    words = text(inner) if inner is not None else (element.text or "")
    found = Text(words) if element.get("format") in ("plain_text", "markdown") else from_html(words)
    return found if first(element, "file") is None else Text(found.words, found.links, has_image=True)


def _feedback(question: Element) -> Text | None:
    element = first(question, "generalfeedback")
    return None if element is None else _text(element)


def _fraction(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0
