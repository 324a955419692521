"""A fact as an author is writing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orbitquiz.bank.find_quotation import NotQuoted, find_quotation
from orbitquiz.bank.model import Source
from orbitquiz.bank.values import FactType
from orbitquiz.bank.values.entity import Entity
from orbitquiz.text.spans import Span

_MOST_AROUND = 12  # words that are quoted as a prefix or a suffix


@dataclass(frozen=True, slots=True)
class FactForm:
    """A fact as far as its author has come: one of its claims, and what one source says for it.

    `claim_at` is the place of the claim among those of the fact, `differs` why they differ. `proof` are the spans of
    the source's text that are quoted; `value_at` is where the value was marked, if it was. `file` is the file of the
    category, relative to the bank. `base` is the fact as it stands in that file and `base_text` its lines, both None
    for a new one. `entities` are those that are to be added with it.
    """

    id: str
    file: str
    source: str
    proof: tuple[Span, ...]
    value: str = ""
    value_at: Span | None = None
    type: FactType = "text"
    kind: str = ""
    ask: str = ""
    statement: str = ""
    distractors: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    claim_at: int = 0
    differs: str = ""
    base: Mapping[str, Any] | None = field(default=None)
    base_text: str | None = None

    @property
    def is_draft(self) -> bool:
        """True if the file has it as a draft."""
        return self.base is not None and self.base.get("draft") == "true"

    @property
    def is_new(self) -> bool:
        """True if no file has it yet."""
        return self.base is None

    @property
    def can_be_edited(self) -> bool:
        """True if its claims are of the form that is written here. Any other is edited by hand."""
        claims = self.base.get("claims") if self.base else None
        return self.base is None or (
            isinstance(claims, list) and bool(claims) and all(isinstance(claim, dict) for claim in claims)
        )

    @property
    def claims(self) -> list[Any]:
        """The claims that the file has, as it has them."""
        found = (self.base or {}).get("claims")
        return list(found) if isinstance(found, list) else []

    def item(self, source: Source) -> dict[str, Any]:
        """Return the fact in the form of a bank's files, without its mark as a draft."""
        base = {key: value for key, value in (self.base or {}).items() if key != "draft"}
        words = {"ask": self.ask, "statement": self._statement(source)} if self.ask else {}
        claims = self.claims
        claims[self.claim_at : self.claim_at + 1] = [self._claim(source)]
        differs = {"differs": self.differs or DIFFERS[0]} if len(claims) > 1 else {}
        item: dict[str, Any] = {"id": self.id, "type": self.type, **words, **differs, "claims": claims}
        if self.distractors != texts_of(base.get("distractors")):
            item["distractors"] = list(self.distractors)
        elif "distractors" in base:
            item["distractors"] = base["distractors"]  # some may say more than their text
        if item.get("distractors") == []:
            del item["distractors"]
        item |= {key: value for key, value in base.items() if key not in _WRITTEN}
        # What stood in the file keeps its place there, so that no line moves.
        added = [key for key in item if key not in base]
        order = [key for key in base if key in item]
        head = order.index("type") + 1 if "type" in order else 0
        order[head:head] = [key for key in added if key in ("id", "type", "ask", "statement")]
        return {key: item[key] for key in dict.fromkeys([*order, *added])}

    def _claim(self, source: Source) -> dict[str, Any]:
        old = self.claims[self.claim_at : self.claim_at + 1]
        base = dict(old[0]) if old and isinstance(old[0], dict) else {}
        same = base.get("value") == self.value and base.get("proof") and self.proof == self._base_proof(source, base)
        proof = base["proof"] if same else [quotation_of(source, span) for span in self.proof]
        if not same:  # other documents may prove it too
            proof += [each for each in base.get("proof") or () if _source_of(each) not in (None, source.id)]
        claim: dict[str, Any] = {"value": self.value, "proof": proof}
        claim |= {key: value for key, value in base.items() if key not in ("value", "proof", "cloze")}
        if not same:
            claim.pop("as", None)
        if (self.ask and not base.get("cloze")) or not proof:
            return claim
        gap = base.get("cloze") if same and base.get("cloze") else self._gap(proof, source)
        return claim | {"cloze": gap}

    def _gap(self, proof: list[Any], source: Source) -> Any:
        """Return the quotation that has the value in it: that where it was marked, else the first."""
        if self.value_at:
            for span, quotation in zip(self.proof, proof, strict=False):
                if span[0] <= self.value_at[0] and self.value_at[1] <= span[1]:
                    return quotation
        return proof[0]

    def _base_proof(self, source: Source, claim: Mapping[str, Any]) -> tuple[Span, ...]:
        return spans_of_proof(source, claim)

    def _statement(self, source: Source) -> str:
        if "{value}" in self.statement:
            return self.statement
        if self.statement and self.value and self.value in self.statement:
            return self.statement.replace(self.value, "{value}", 1)
        return self.statement or self.sentence(source)

    def sentence(self, source: Source) -> str:
        """Return the quotation with the value as a sentence with `{value}` in it: the statement where none is typed."""
        span = next(
            (each for each in self.proof if self.value_at and each[0] <= self.value_at[0] < each[1]), self.proof[0]
        )
        if self.value_at is None:
            return "{value}: " + " ".join(source.text[slice(*span)].split())
        text = source.text[span[0] : self.value_at[0]] + "{value}" + source.text[self.value_at[1] : span[1]]
        line = " ".join(text.split())
        return line if line.endswith((".", "!", "?", "”")) else f"{line.rstrip(',;:')}."


DIFFERS = ("conflict", "time", "spelling", "precision")
"""The reasons for which claims differ, the usual one first."""

_WRITTEN = ("id", "type", "ask", "statement", "differs", "claims", "distractors")


def _source_of(quotation: Any) -> str | None:
    return str(quotation.get("source")) if isinstance(quotation, dict) else None


def quotation_of(source: Source, span: Span) -> dict[str, str]:
    """Return a quotation of `span` as a bank's files have it.

    Where its words stand in several places it has a prefix, or a suffix where nothing before tells the places apart.
    """
    words = " ".join(source.text[slice(*span)].split())
    before, after = source.text[: span[0]].split(), source.text[span[1] :].split()
    counts = range(1, _MOST_AROUND + 1)
    prefixes = (" ".join(before[-count:]) for count in counts if count <= len(before))
    suffixes = (" ".join(after[:count]) for count in counts if count <= len(after))
    ways: list[dict[str, str]] = [
        {},
        *({"prefix": each} for each in prefixes),
        *({"suffix": each} for each in suffixes),
    ]
    for way in ways:
        try:
            found = find_quotation(source, words, way.get("prefix"), way.get("suffix"))
        except NotQuoted:
            continue
        if found.start == span[0]:
            return {"source": source.id, "quote": words, **way}
    return {"source": source.id, "quote": words}


def spans_of_proof(source: Source, claim: Mapping[str, Any]) -> tuple[Span, ...]:
    """Return where the quotations of `claim`, as a bank's file has it, stand in `source`; without those that do not."""
    spans = []
    proof = claim.get("proof")
    for item in proof if isinstance(proof, list) else []:
        if isinstance(item, dict) and item.get("source") == source.id:
            try:
                found = find_quotation(source, str(item.get("quote")), item.get("prefix"), item.get("suffix"))
            except NotQuoted:
                continue
            spans.append((found.start, found.end))
    return tuple(spans)


def texts_of(distractors: Any) -> tuple[str, ...]:
    """Return the texts of the wrong options that a bank's file lists."""
    items = distractors if isinstance(distractors, list) else []
    texts = (item.get("text") if isinstance(item, dict) else item for item in items)
    return tuple(text for text in texts if isinstance(text, str))
