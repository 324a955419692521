"""Questions as an IMS QTI 2.1 package, for TAO, OpenOLAT and Blackboard: a manifest, a test, an item a question.

The feedback on an option is what the bank knows of it and then the proof, so that everybody reads the proof.
"""

from __future__ import annotations

from xml.etree import ElementTree

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import has_sides, options_in_order, shortened, spans, xml_characters
from orbitquiz.formats.package import zipped
from orbitquiz.formats.writers.qti12 import add, document, identifier
from orbitquiz.quiz.sheet import ProofSheet, QuestionSheet

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_QTI_SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_MANIFEST = "http://www.imsglobal.org/xsd/imscp_v1p1"
_MANIFEST_SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_LONGEST_TITLE = 200
_TEST = "test.xml"
_Element = ElementTree.Element


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as a zip file. `when` makes no difference."""
    items = {identifier("item", deck.bank, sheet.id): sheet for sheet in deck.questions}
    files = {f"items/{ident}.xml": item(deck.language, ident, sheet) for ident, sheet in items.items()}
    test = identifier("test", deck.bank, *items)
    return zipped({"imsmanifest.xml": _manifest(test, items), _TEST: _test(deck, test, items), **files})


def item(language: str, ident: str, sheet: QuestionSheet) -> bytes:
    """Return one question as an `assessmentItem`."""
    root = _root("assessmentItem", _QTI, _QTI_SCHEMA)
    root.set("xml:lang", xml_characters(language))
    for name, value in (
        ("identifier", ident),
        ("title", shortened(" ".join(sheet.stem.split()), _LONGEST_TITLE)),
        ("adaptive", "false"),
        ("timeDependent", "false"),
    ):
        root.set(name, xml_characters(value))
    response = add(root, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="identifier")
    add(add(response, "correctResponse"), "value", _option(sheet.key))
    score = add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    add(add(score, "defaultValue"), "value", "0")
    add(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
    shuffle = "false" if sheet.is_ordered else "true"
    choices = add(
        add(root, "itemBody"), "choiceInteraction", responseIdentifier="RESPONSE", shuffle=shuffle, maxChoices="1"
    )
    add(choices, "prompt", sheet.stem)
    for at, option in enumerate(sheet.options):
        add(choices, "simpleChoice", option, identifier=_option(at))
    _processing(root)
    for at, (_, _, remark) in enumerate(options_in_order(sheet)):
        feedback = add(root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier=_option(at), showHide="show")
        if remark:
            add(feedback, "p", remark)
        _proof(feedback, sheet.proof)
    return document(root)


def _processing(root: _Element) -> None:
    processing = add(root, "responseProcessing")
    condition = add(add(processing, "responseCondition"), "responseIf")
    match = add(condition, "match")
    add(match, "variable", identifier="RESPONSE")
    add(match, "correct", identifier="RESPONSE")
    add(add(condition, "setOutcomeValue", identifier="SCORE"), "baseValue", "1", baseType="float")
    add(add(processing, "setOutcomeValue", identifier="FEEDBACK"), "variable", identifier="RESPONSE")


def _proof(parent: _Element, proof: ProofSheet) -> None:
    add(parent, "p", proof.statement)
    several = has_sides(proof)
    for passage in proof.shown:
        if several:
            add(parent, "p", f"{passage.value}:")
        quoted_text = add(add(parent, "blockquote"), "p")
        for text, quoted in spans(passage):
            if quoted:
                add(quoted_text, "strong", text)
            elif len(quoted_text):
                quoted_text[-1].tail = xml_characters(text)
            else:
                quoted_text.text = xml_characters(text)
        add(parent, "p", f"— {passage.heading}")
    for also in proof.also:
        add(parent, "p", f"Also: {also}")
    if proof.note:
        add(parent, "p", f"Editor’s note: {proof.note}")


def _manifest(test: str, items: dict[str, QuestionSheet]) -> bytes:
    root = _root("manifest", _MANIFEST, _MANIFEST_SCHEMA)
    root.set("identifier", f"{test}-manifest")
    metadata = add(root, "metadata")
    add(metadata, "schema", "QTIv2.1 Package")
    add(metadata, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    resource = add(resources, "resource", identifier=test, type="imsqti_test_xmlv2p1", href=_TEST)
    add(resource, "file", href=_TEST)
    for ident in items:
        add(resource, "dependency", identifierref=ident)
        name = f"items/{ident}.xml"
        add(add(resources, "resource", identifier=ident, type="imsqti_item_xmlv2p1", href=name), "file", href=name)
    return document(root)


def _test(deck: Deck, test: str, items: dict[str, QuestionSheet]) -> bytes:
    root = _root("assessmentTest", _QTI, _QTI_SCHEMA)
    title = shortened(deck.title, _LONGEST_TITLE)
    root.set("identifier", test)
    root.set("title", xml_characters(title))
    part = add(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    add(part, "itemSessionControl", showFeedback="true", maxAttempts="1")
    section = add(part, "assessmentSection", identifier="section", title=title, visible="true")
    for ident in items:
        add(section, "assessmentItemRef", identifier=ident, href=f"items/{ident}.xml")
    return document(root)


def _root(tag: str, namespace: str, schema: str) -> _Element:
    return _Element(tag, {"xmlns": namespace, "xmlns:xsi": _INSTANCE, "xsi:schemaLocation": f"{namespace} {schema}"})


def _option(number: int) -> str:
    return f"option{number + 1}"
