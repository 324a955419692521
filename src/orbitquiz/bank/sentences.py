"""Find where the sentences of a document begin and end.

A rule of thumb for prose, good enough to show a quotation in its surroundings. It splits at blank lines and after
a full stop, question or exclamation mark that a capital, a digit, an opening quotation mark or a letter without case
follows, but not after the abbreviations and ordinal numbers of the document's language. Chinese and Japanese marks end
a sentence by themselves, with no space after them. Thai has no such marks; there a paragraph is one sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from orbitquiz.text.pattern import pattern

_PARAGRAPH = pattern(r"(?:\r\n|\r(?!\n)|\n)[^\S\r\n]*(?:\r\n|\r(?!\n)|\n)\s*")
#: Capitals of Latin, Greek and Cyrillic, digits, and the scripts that have no capitals.
_BEGINS = "A-Z0-9À-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĢĪĮĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽΆ-ΏΑ-ΫА-ЯЀ-Џ\u0531-\u0556\u0590-\u1fff\u3040-\ud7a3"
_END = pattern(
    rf"""[.!?…؟۔।॥]+["'”’“»)\]*]*(?=\s+["'“‘„‚«»(\[*¿¡]*[{_BEGINS}])"""
    r"|[。！？｡]+[」』）”’]*(?![。！？、」』）と])"
)
_BRACKETS = (("「", "」"), ("『", "』"), ("（", "）"))
_ABBREVIATIONS = {
    "en": "Mr Mrs Ms Dr Prof St Sr Jr Gen Col Lt Capt Sen Rep Gov vs No Vol pp ca cf approx "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec e.g i.e",
    "de": "bzw ca Dr Prof Nr Bd Hrsg St Str geb gest sog Abb Kap Mio Mrd Tsd usw evtl ggf inkl vgl Hl Sr Jan Feb Apr "
    "Aug Sept Okt Nov Dez",
    "fr": "MM Mlle Dr Pr St Ste env art av apr chap fig vol janv févr avr juill sept oct nov déc",
    "es": "Sr Sra Srta Dr Dra Prof Ud Uds St Sta Sto núm pág vol aprox ene feb mar abr jun jul ago sept oct nov dic",
    "it": "Sig Dr Dott Prof St ecc pag vol ca art",
    "pt": "Sr Sra Dr Dra Prof Sta Sto núm pág vol",
    "nl": "dr prof mr ir St nr ca bijv blz",
}
#: Languages in which a full stop makes an ordinal of a number: am 3. Juni.
_ORDINAL_STOPS = frozenset("de lb da nb nn no fi et lv is fo hr sr bs sl cs sk hu".split())
_ORDINAL = pattern(r"(?<![\w.,])(?:\d{1,2}|[IVX]{1,4})\.$")


def sentences(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text` in order, each without the white space around it.

    `language` is the BCP 47 tag of what the text is written in.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        spans += _in_paragraph(text, start, gap.start(), language)
        start = gap.end()
    return spans + _in_paragraph(text, start, len(text), language)


def stop_of(language: str) -> str:
    """Return the full stop of the language with this BCP 47 tag."""
    return "。" if language.partition("-")[0].lower() in ("ja", "zh", "yue") else "."


def _in_paragraph(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    spans = []
    main = language.partition("-")[0].lower()
    abbreviation = _abbreviation(main)
    for stop in _END.finditer(text, start, end):
        mark = text[stop.start()]
        before = text[max(start, stop.start() - 12) : stop.start() + 1]
        if mark == "." and (abbreviation.search(before) or (main in _ORDINAL_STOPS and _ORDINAL.search(before))):
            continue
        if mark in "。！？｡" and any(
            text.count(a, start, stop.end()) > text.count(b, start, stop.end()) for a, b in _BRACKETS
        ):
            continue  # somebody who is quoted goes on
        spans.append(_trim(text, start, stop.end()))
        start = stop.end()
    spans.append(_trim(text, start, end))
    return [(a, b) for a, b in spans if a < b]


@lru_cache
def _abbreviation(language: str) -> re.Pattern[str]:
    """Return what matches an abbreviation or initials with their full stop at the end of a text."""
    words = "|".join(map(re.escape, _ABBREVIATIONS.get(language, _ABBREVIATIONS["en"]).split()))
    return re.compile(rf"""(?:^|[\s("'“‘„«])(?:[^\W\d_]\.[ ]?)*(?:[^\W\d_]|{words})\.$""")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
