"""Questions as an IMS QTI 1.2 package for Canvas: a manifest and one assessment.

Canvas drops the feedback of QTI 2, and names of entities, so this is QTI 1.2 with numeric entities in HTML. Items are
told apart by their identifiers, so two may have the same stem.
"""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree

from orbitquiz.formats.deck import Deck
from orbitquiz.formats.fragments import html, options_in_order, proof_html, shortened, xml_characters
from orbitquiz.formats.package import zipped
from orbitquiz.quiz.sheet import QuestionSheet

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_LONGEST_TITLE = 200
_Element = ElementTree.Element


def write(deck: Deck, when: float) -> bytes:
    """Return the questions as a zip file. `when` makes no difference."""
    ident = identifier("quiz", deck.bank, *(sheet.id for sheet in deck.questions))
    name = f"{ident}/{ident}.xml"
    return zipped({"imsmanifest.xml": _manifest(ident, name), name: _assessment(deck, ident)})


def identifier(kind: str, *names: str) -> str:
    """Return an identifier that is valid in XML and the same for the same names."""
    return f"{kind}-{hashlib.sha256(chr(0).join(names).encode()).hexdigest()[:32]}"


def document(root: _Element) -> bytes:
    """Return the XML document of `root`, in UTF-8 with its declaration."""
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "UTF-8", xml_declaration=True)) + b"\n"


def add(parent: _Element, tag: str, text: str = "", **attributes: str) -> _Element:
    """Add an element with this text to `parent` and return it."""
    child = ElementTree.SubElement(parent, tag, {name: xml_characters(value) for name, value in attributes.items()})
    child.text = xml_characters(text) or None
    return child


def _manifest(ident: str, name: str) -> bytes:
    root = _Element("manifest", {"xmlns": _MANIFEST, "identifier": f"{ident}-manifest"})
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    resource = add(add(root, "resources"), "resource", identifier=ident, type="imsqti_xmlv1p2", href=name)
    add(resource, "file", href=name)
    return document(root)


def _assessment(deck: Deck, ident: str) -> bytes:
    root = _Element("questestinterop", {"xmlns": _QTI})
    assessment = add(root, "assessment", ident=ident, title=shortened(deck.title, _LONGEST_TITLE))
    section = add(assessment, "section", ident="root_section")
    for sheet in deck.questions:
        _item(section, deck, sheet)
    return document(root)


def _item(section: _Element, deck: Deck, sheet: QuestionSheet) -> None:
    name = shortened(sheet.stem, _LONGEST_TITLE)
    item = add(section, "item", ident=identifier("item", deck.bank, sheet.id), title=name)
    fields = add(add(item, "itemmetadata"), "qtimetadata")
    for label, entry in (
        ("question_type", "multiple_choice_question"),
        ("points_possible", "1"),
        ("qmd_topic", sheet.category),
    ):
        field = add(fields, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)
    presentation = add(item, "presentation")
    _material(presentation, html(sheet.stem))
    response = add(presentation, "response_lid", ident="response1", rcardinality="Single")
    choices = add(response, "render_choice", shuffle="No" if sheet.is_ordered else "Yes")
    for at, option in enumerate(sheet.options):
        _material(add(choices, "response_label", ident=_option(at)), html(option))
    _processing(item, sheet)
    _feedback(item, "general_fb", proof_html(sheet.proof))
    for at, (_, _, remark) in enumerate(options_in_order(sheet)):
        if remark:
            _feedback(item, f"{_option(at)}_fb", html(remark))


def _processing(item: _Element, sheet: QuestionSheet) -> None:
    processing = add(item, "resprocessing")
    add(add(processing, "outcomes"), "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    always = add(processing, "respcondition", **{"continue": "Yes"})
    add(add(always, "conditionvar"), "other")
    add(always, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")
    for at, (_, is_key, remark) in enumerate(options_in_order(sheet)):
        if not is_key and not remark:
            continue
        condition = add(processing, "respcondition", **{"continue": "No" if is_key else "Yes"})
        add(add(condition, "conditionvar"), "varequal", _option(at), respident="response1")
        if is_key:
            add(condition, "setvar", "100", action="Set", varname="SCORE")
        if remark:
            add(condition, "displayfeedback", feedbacktype="Response", linkrefid=f"{_option(at)}_fb")


def _feedback(item: _Element, ident: str, fragment: str) -> None:
    _material(add(add(item, "itemfeedback", ident=ident), "flow_mat"), fragment)


def _material(parent: _Element, fragment: str) -> None:
    add(add(parent, "material"), "mattext", fragment, texttype="text/html")


def _option(number: int) -> str:
    return f"option{number + 1}"
