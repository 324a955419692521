"""Banks that hypothesis makes up: small and odd, and all that they promise holds."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from msgspec.structs import replace

from orbitquiz.bank.model import (
    Bank,
    Category,
    Claim,
    Cloze,
    Differs,
    Distractor,
    Fact,
    Quotation,
    Reverse,
    Said,
    Source,
)
from orbitquiz.bank.problems import Place
from orbitquiz.bank.values import ENTITY_TYPES, FactType, Name, Value, read_value
from orbitquiz.bank.values.date import MONTHS
from orbitquiz.bank.values.entity import Entity, EntityType
from orbitquiz.text.lookup import spans_of

#: Names that stand inside one another, so that an alias of one is a part of another.
_PEOPLE = ("Ada Stone", "Ben Oak", "Cy Reed", "Di Marsh", "Ed Field", "Flo Oak Marsh", "Gus Reed Stone", "Hal Moor")
_PLACES = ("Stone Bay", "Port Vale", "Oak Hill", "Lake May", "Fort Reed", "Cape Two")
_KINDS: tuple[tuple[EntityType, tuple[str, ...]], ...] = (("person", _PEOPLE), ("place", _PLACES))
_THINGS = ("ship", "dog", "bell", "map", "flag", "song", "cake", "lamp", "tent")
_COLOURS = ("red", "blue", "green", "grey", "the red", "a red", "old")

FACT_TYPES: tuple[FactType, ...] = (
    "person", "place", "date", "time", "age", "count", "length", "duration", "text",
)  # fmt: skip


@dataclass
class _Page:
    """A document in the making."""

    text: str = ""

    def tell(self, words: str, after: str, gap: str) -> tuple[int, int]:
        """Add the sentence `words after.` behind `gap`; the span of `words`."""
        start = len(self.text) + len(gap if self.text else "")
        sentence = f"{words}{after}"
        self.text += f"{gap if self.text else ''}{sentence}{'' if sentence.endswith('.') else '.'}"
        return start, start + len(words)


# Strategies are made once, here: making them again for each bank takes longer than drawing from them.
_YES = st.booleans()
_SOME = st.integers(0, 2**9 - 1)  # as bits, which of up to nine things
_TURN = st.integers(0, 8)
_LEVEL = st.integers(1, 3)
_GAP = st.sampled_from((" ", "\n", "\n\n"))
_SAYING = st.sampled_from((" as “people” say", ' as "all" say', ""))
_SIDES = st.sampled_from((1, 1, 1, 2, 2, 3))
_DISPUTE: SearchStrategy[Differs] = st.sampled_from(("conflict", "time"))
_TYPE = st.sampled_from(FACT_TYPES)
_ISSUED = st.sampled_from((None, "1931", "1931-03", "1931-03-02", "1932-01-05"))
_GROUPS = st.sampled_from((("g",), ("g", "h"), ("h",), ()))


def _texts() -> dict[FactType, list[SearchStrategy[str]]]:
    """For each type that is no entity's, how its values may be written, a form at a time."""
    number, tenth = st.integers(1, 60), st.integers(0, 9)
    day, month, year = st.integers(1, 28), st.sampled_from(MONTHS[8:]), st.integers(2018, 2022)
    minute, half = st.sampled_from(("00", "10", "15", "55")), st.sampled_from(("a.m.", "p.m."))
    span = st.tuples(st.integers(20, 50), st.sampled_from((1, 5, 9)))
    return {
        "date": [
            st.builds("{} {}".format, day, month),
            st.builds("{1} {0}".format, day, month),
            st.builds("{} {} {}".format, day, month, year),
            st.builds("{} {}".format, month, year),
            st.builds("{}".format, year),
        ],
        "time": [
            st.builds("{}:{} {}".format, st.integers(1, 12), minute, half),
            st.builds("{}:{}".format, st.integers(0, 23), minute),
        ],
        "age": [st.builds("{}".format, number)],
        "count": [st.builds("{}".format, number), st.builds("{},000".format, number)],
        "length": [st.builds("{}.{} metres".format, number, tenth)],
        "duration": [
            st.builds("{} days".format, number),
            span.map(lambda low_width: f"{low_width[0]}–{sum(low_width)} minutes"),
        ],
        "text": [st.builds("{} {}".format, st.sampled_from(_COLOURS), st.sampled_from(_THINGS))],
    }


_TEXTS = {
    type: st.one_of(*(st.lists(text, min_size=1, max_size=9) for text in texts)) for type, texts in _texts().items()
}


def examples(count: int) -> settings:
    """Return settings for tests that look at `count` banks, or at half of them unless EXAMPLES=2 is set, as in .ci/run.

    Slow machines may take their time to make them.
    """
    count = count * int(os.environ.get("EXAMPLES", "1")) // 2
    health = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(deadline=None, max_examples=count, suppress_health_check=health)


@st.composite
def banks(draw: DrawFn, max_facts: int = 4) -> Bank:
    """A bank of up to three categories. A sentence of its documents may name more values than the one it proves."""
    entities = [
        Entity(
            name.lower().replace(" ", "-"),
            type,
            name,
            (name.split()[0],) if draw(_YES) else (),
            draw(_GROUPS),
            f"Think of {names[draw(_TURN) % len(names)]}." if draw(_YES) else None,
        )
        for type, names in _KINDS
        for name in names[draw(_TURN) % 4 :]
    ]
    pages = {f"s{n}": _Page() for n in range(2 + draw(_TURN) % 4)}
    categories = tuple(Category(name, f"About {name}") for name in ("air", "bread", "coal")[: draw(_LEVEL)])
    facts = []
    for n in range(1 + draw(_TURN) % max_facts):
        category = categories[draw(_TURN) % len(categories)].name
        facts.append(_fact(draw, f"fact-{n}", category, entities, pages))
    facts.sort(key=lambda fact: fact.category)
    return Bank(
        id="made-up",
        title="t",
        version="1",
        language="en",
        rights="r",
        contact="c",
        digest="0" * 64,
        categories=categories,
        facts=tuple(facts),
        entities={entity.id: entity for entity in entities},
        sources={
            id: Source(
                id, f"seeds/{id}.txt", "0" * 64, f"Paper {id}", f"the paper {id}", page.text, issued=draw(_ISSUED)
            )
            for id, page in pages.items()
        },
    )


def _fact(draw: DrawFn, id: str, category: str, entities: Sequence[Entity], pages: Mapping[str, _Page]) -> Fact:
    type = draw(_TYPE)
    values = apart(_values(draw, type, entities))
    sides = min(draw(_SIDES), len(values))
    told, others = values[:sides], values[sides:]
    differs: Differs | None = draw(_DISPUTE) if sides > 1 else None
    if sides == 1 and draw(_YES) and (vague := _vague(told[0])):
        told, differs = [told[0], vague], "precision"
        others = [value for value in others if not value.overlaps(vague)]
    answer = entities[draw(_TURN) % len(entities)] if draw(_YES) else None
    claims = tuple(_claim(draw, value, values, answer, pages) for value in told)
    said = None
    if draw(_YES):
        said, first = _said(draw, id, claims[0], entities, pages)
        claims = (first, *claims[1:])
    return Fact(
        id=id,
        place=Place(f"questions/{category}.yaml", 1, 1),
        category=category,
        type=type,
        ask=f"What of {id}?",
        statement=f"For {id} it is {{value}}.",
        level=draw(_LEVEL),
        claims=claims,
        attributed=draw(_YES),
        differs=differs,
        settled="most" if differs and differs != "precision" and draw(_YES) else None,
        note=f"Think of {others[0].text}" if draw(_YES) and others else None,
        reverse=_reverse(draw, id, answer, claims, entities) if answer else None,
        said=said,
        option_group=_group(draw, type, entities),
        distractors=tuple(_distractor(draw, value, values, pages) for value in _some(draw, others)),
        allowed_false=_some(draw, others),
        avoid=_some(draw, values)[:2],
    )


def _distractor(draw: DrawFn, value: Value, values: Sequence[Value], pages: Mapping[str, _Page]) -> Distractor:
    """A wrong option, perhaps with a reason that names another value, and perhaps with a proof of the reason."""
    if draw(_YES):
        return Distractor(value)
    because = f"Not {value.text} but {values[draw(_TURN) % len(values)].text}."
    if draw(_YES):
        return Distractor(value, because)
    source = sorted(pages)[draw(_TURN) % len(pages)]
    return Distractor(value, because, (Quotation(source, *pages[source].tell(because, "", draw(_GAP))),))


def _reverse(draw: DrawFn, id: str, answer: Entity, claims: Sequence[Claim], entities: Sequence[Entity]) -> Reverse:
    sources = tuple(claim.sources[0] for claim in claims)
    ask, statement = f"Whose {{value}} is {id}?", f"{id} is {answer.name}'s {{value}}."
    return Reverse(ask, statement, Name(answer.name, answer), sources, _group(draw, answer.type, entities))


def _said(
    draw: DrawFn, id: str, claim: Claim, entities: Sequence[Entity], pages: Mapping[str, _Page]
) -> tuple[Said, Claim]:
    """Words that somebody said in a document which stands behind `claim`, and the claim with them in its proof."""
    speaker = entities[draw(_TURN) % len(entities)]
    source = claim.sources[draw(_TURN) % len(claim.sources)]
    what = claim.value.text if draw(_YES) else "a “lamp”"
    words = f"Call {id}{draw(_GAP)[:1]}{what}{',' if draw(_YES) else ''}"
    name = speaker.names[draw(_TURN) % len(speaker.names)]
    start, end = pages[source].tell(f"“{words}” {name} said", draw(_SAYING), draw(_GAP))
    quotation = Quotation(source, start + 1, start + 1 + len(words))
    group = _group(draw, speaker.type, entities)
    proof = (*claim.proof, Quotation(source, start, end))
    return Said(quotation, Name(speaker.name, speaker), group), replace(claim, proof=proof)


def _group(draw: DrawFn, type: str, entities: Sequence[Entity]) -> str | None:
    """A group with entities of the type, where it has any."""
    groups = sorted({group for entity in entities if entity.type == type for group in entity.groups})
    if not groups or draw(_YES):
        return None
    return groups[draw(_TURN) % len(groups)]


def _claim(
    draw: DrawFn, value: Value, values: Sequence[Value], answer: Entity | None, pages: Mapping[str, _Page]
) -> Claim:
    """A claim that one or two documents prove, in sentences that may name other `values` too."""
    ids = sorted(pages)
    where = [ids[draw(_TURN) % len(ids)]]
    if draw(_YES):
        where.append(ids[draw(_TURN) % len(ids)])
    where = list(dict.fromkeys(where))
    proof = []
    cloze = None
    for source in where:
        before = f"With {answer.name} it was" if answer else "It was"
        also = "".join(f" and not {other.text}" for other in _some(draw, values)[:2])
        words = f"{before}{draw(_GAP)[:1]}{value.text}"
        proof.append(Quotation(source, *pages[source].tell(words, f"{also}{draw(_SAYING)}", draw(_GAP))))
        if draw(_YES):
            cloze = _cloze(draw, value, proof[-1], pages[source]) or cloze
    return Claim(value, tuple(proof), tuple(where), cloze)


def _cloze(draw: DrawFn, value: Value, quotation: Quotation, page: _Page) -> Cloze | None:
    """The sentence of `quotation`, which ends the page, or a part of it; None where the value stands in it twice."""
    start, end = quotation.start, quotation.end if draw(_YES) else len(page.text)
    if draw(_YES):
        start += page.text[start:end].index(" ") + 1
    gaps = spans_of(page.text[start:end], value.forms)
    if len(gaps) != 1:
        return None
    gap, after = (start + at for at in gaps[0])
    sentence = f"{page.text[start:gap]}{{value}}{page.text[after:end]}"
    return Cloze(replace(quotation, start=start, end=end), gap, after, sentence)


def _some(draw: DrawFn, values: Sequence[Value]) -> tuple[Value, ...]:
    bits = draw(_SOME)
    return tuple(value for n, value in enumerate(values) if bits >> n & 1)


def _values(draw: DrawFn, type: FactType, entities: Sequence[Entity]) -> list[Value]:
    """Values of one type in one form, not necessarily apart from one another."""
    if type in ENTITY_TYPES:
        names: list[Value] = [Name(entity.name, entity) for entity in entities if entity.type == type]
        turn = draw(_TURN) % len(names)
        return names[turn:] + names[:turn]
    return [read_value(type, text) for text in draw(_TEXTS[type])]


def apart(values: Sequence[Value]) -> list[Value]:
    """Those of `values` that overlap no earlier one."""
    kept: list[Value] = []
    for value in values:
        if not any(value.overlaps(other) for other in kept):
            kept.append(value)
    return kept


def _vague(value: Value) -> Value | None:
    """The same less exactly, where there is a way to say so."""
    words = value.text.split()
    if len(words) == 3 and words[1] in MONTHS:
        return read_value("date", " ".join(words[1:]))
    if len(words) == 2 and words[0] in MONTHS and words[1].isdigit() and len(words[1]) == 4:
        return read_value("date", words[1])
    if "–" in words[0]:
        low, _, high = words[0].partition("–")
        return read_value("duration", f"{int(low) - 1}–{int(high) + 1} minutes")
    return None
