"""Questions from QTI 1.2 and 2.1, as one XML file or as a package."""

from __future__ import annotations

from dataclasses import replace

from orbitquiz.formats.readers.archive import is_zip, xml_files
from orbitquiz.formats.readers.items import (
    SEVERAL_RIGHT,
    TRUE_OR_FALSE,
    Found,
    Item,
    Refusal,
    Text,
    UnreadableFile,
    judge,
    unsupported,
)
from orbitquiz.formats.readers.markup import from_html
from orbitquiz.formats.readers.xml import Element, children, every, first, name, outside, read_xml, require_lxml, text

ROOTS = ("questestinterop", "assessmentItem")
_MEDIA = ("img", "object", "matimage", "mataudio", "matvideo", "graphicGapMatchInteraction")


def read(raw: bytes) -> Found:
    """Return the questions of a QTI file or package. Raises `UnreadableFile`."""
    require_lxml()
    found = Found()
    if not is_zip(raw):
        if not _take(found, read_xml(raw)):
            raise UnreadableFile("there is no QTI item in it")
        return found
    held = False
    for file, content in xml_files(raw):
        inside = Found()
        try:
            held |= _take(inside, read_xml(content))
        except UnreadableFile as error:
            inside.take(Refusal(error.line, str(error)))
        for item in inside.items:
            found.take(item)
        for refusal in inside.refusals:
            found.take(replace(refusal, reason=f"{file}: {refusal.reason}"))
    if not held:
        raise UnreadableFile("there is no QTI item in it")
    return found


def _take(found: Found, root: Element) -> bool:
    """Take the questions of a document; False where it is no QTI."""
    if name(root) == "assessmentItem":
        found.take(_item_2(root))
    elif name(root) == "questestinterop":
        for item in every(root, "item"):
            found.take(_item_1(item))
    return name(root) in ROOTS


def _item_1(item: Element) -> Item | Refusal:
    """Return a question of QTI 1.2."""
    line = item.sourceline or 1
    fields = {
        text(first(entry, "fieldlabel")).strip(): text(first(entry, "fieldentry")).strip()
        for entry in every(item, "qtimetadatafield")
    }
    kind = fields.get("question_type", "")
    if kind == "true_false_question":
        return unsupported(line, TRUE_OR_FALSE)
    presentation = first(item, "presentation")
    responses = [] if presentation is None else [*every(presentation, "response_lid")]
    if presentation is None or len(responses) != 1 or first(responses[0], "render_choice") is None:
        return unsupported(line, f"the kind {kind!r}" if kind else "a question without one list of options")
    right = _right_1(item)
    if len(right) > 1 or responses[0].get("rcardinality", "Single") == "Multiple":
        return unsupported(line, SEVERAL_RIGHT)
    options = [(_materials(label), label.get("ident") in right) for label in every(responses[0], "response_label")]
    # The stem is what stands outside of the options; OLAT and others nest it in `flow`.
    before = list(outside(presentation, "render_choice"))
    stem = _joined([_mattext(each) for each in before if name(each) == "mattext"])
    image = any(name(each) in _MEDIA for each in before)
    feedback = next((each for each in every(item, "itemfeedback") if each.get("ident") == "general_fb"), None)
    explanation = None if feedback is None else _materials(feedback)
    stem = Text(stem.words, stem.links, stem.has_image or image)
    return judge(line, stem, options, explanation, fields.get("qmd_topic", ""))


def _right_1(item: Element) -> set[str]:
    """Return the identifiers of the options for which the most points are given."""
    points: dict[str, float] = {}
    for condition in every(item, "respcondition"):
        variable = first(condition, "conditionvar")
        scores = [*children(condition, "setvar")]
        if variable is None or not scores:
            continue
        for equal in outside(variable, "not"):
            if name(equal) == "varequal":
                ident = text(equal).strip()
                points[ident] = points.get(ident, 0.0) + sum(map(_number, scores))
    most = max(points.values(), default=0.0)
    return {ident for ident, score in points.items() if score == most and most > 0}


def _number(element: Element) -> float:
    try:
        return float(text(element))
    except ValueError:
        return 0.0


def _materials(element: Element) -> Text:
    texts = [_mattext(each) for each in every(element, "mattext")]
    image = next(every(element, *_MEDIA), None) is not None
    joined = _joined(texts)
    return Text(joined.words, joined.links, joined.has_image or image)


def _mattext(element: Element) -> Text:
    # What is not labelled as plain is HTML with most programs.
    words = text(element)
    return Text(words) if element.get("texttype") == "text/plain" else from_html(words)


def _joined(texts: list[Text]) -> Text:
    links = tuple(link for each in texts for link in each.links)
    return Text(" ".join(each.words for each in texts if each.words), links, any(each.has_image for each in texts))


def _item_2(root: Element) -> Item | Refusal:
    """Return a question of QTI 2.1."""
    line = root.sourceline or 1
    body = first(root, "itemBody")
    interactions = [] if body is None else [each for each in body.iter() if name(each).endswith("Interaction")]
    if body is None or [*map(name, interactions)] != ["choiceInteraction"]:
        kinds = ", ".join(sorted({*map(name, interactions)})) or "none"
        return unsupported(line, f"a question with the interaction {kinds}")
    (interaction,) = interactions
    right = [
        text(value).strip()
        for declared in children(root, "responseDeclaration")
        if declared.get("identifier") == interaction.get("responseIdentifier", "RESPONSE")
        for value in every(declared, "value")
        if name(value.getparent()) == "correctResponse"
    ]
    if len(right) > 1:
        return unsupported(line, SEVERAL_RIGHT)
    options = [(_content(choice), choice.get("identifier") in right) for choice in every(interaction, "simpleChoice")]
    prompt = first(interaction, "prompt")
    stem = f"{text(body, 'choiceInteraction')} {text(prompt)}"
    image = any(name(each) in _MEDIA for each in outside(body, "simpleChoice"))
    links = tuple(link for each in every(body, "a") if (link := each.get("href")))
    feedback = next((each for each in children(root, "modalFeedback") if each.get("identifier") in right), None)
    explanation = None if feedback is None else Text(" ".join(map(text, feedback)) or text(feedback))
    return judge(line, Text(stem, links, image), options, explanation)


def _content(choice: Element) -> Text:
    """Return an option without the feedback that stands in it."""
    image = next(every(choice, *_MEDIA), None) is not None
    return Text(text(choice, "feedbackInline", "feedbackBlock"), has_image=image)
