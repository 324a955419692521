"""Reading one fact: its form, its claims, and the questions that turn it round."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from orbitquiz.bank import schema
from orbitquiz.bank.load_claims import ClaimReader
from orbitquiz.bank.model import Claim, Distractor, Fact, Quotation, Reverse, Said, Source, Unproved
from orbitquiz.bank.problems import Place
from orbitquiz.bank.strict_yaml import Loc
from orbitquiz.bank.validation import validate
from orbitquiz.bank.values import ENTITY_TYPES, FactType, Text, Value
from orbitquiz.bank.values.overlaps import Overlaps
from orbitquiz.text.fold import alike
from orbitquiz.text.lookup import Searchable


def is_unproved(data: object) -> bool:
    """True if `data` is marked as a draft and none of its claims has a proof."""
    if not isinstance(data, dict) or data.get("draft") != "true":
        return False
    claims = data.get("claims")
    return not isinstance(claims, list) or not any(isinstance(claim, dict) and "proof" in claim for claim in claims)


class FactReader:
    """Reads the facts of one category. What does not hold goes to the problems of the document that `claims` reads.

    `places` remembers over all categories where the id of each fact stands.
    """

    def __init__(self, category: str, claims: ClaimReader, places: dict[str, Place]) -> None:
        self.category = category
        self.document = claims.document
        self.places = places
        self._claims = claims

    def read(self, index: int, data: object) -> Fact | None:
        """Return the fact that stands as `data` at `index` of the file's facts; None where it does not hold."""
        here: Loc = ("facts", index)
        before = len(self.document.problems)
        entry = validate(schema.FactEntry, data, self.document, here)
        if entry is None:
            self._check_quotations(data, here)
            return None
        place = self._check_id(here, entry.id)
        self._check_question(here, entry)
        claims = [
            claim
            for n, item in enumerate(entry.claims)
            if (claim := self._claims.claim(entry.type, item, (*here, "claims", n)))
        ]
        if len(claims) == len(entry.claims):
            self._check_differences(here, entry, claims)
            self._check_settled(here, entry, claims)
        true = [claim.value for claim in claims]
        if entry.differs == "precision":
            # A coarser value is no wrong option itself, but it makes none of what it takes in true.
            true = [*true[:1], *(Text(value.text) for value in true[1:])]
        fact = Fact(
            id=entry.id,
            place=place,
            category=self.category,
            type=entry.type,
            ask=entry.ask,
            statement=entry.statement,
            level=entry.level,
            draft=entry.draft,
            claims=tuple(claims),
            attributed=entry.attributed,
            differs=entry.differs,
            settled=entry.settled,
            point=entry.point,
            note=entry.note,
            reverse=self._reverse(entry, claims, here),
            said=self._said(entry, claims[0], here) if claims else None,
            option_group=self._option_group(entry, here),
            distractors=self._distractors(entry, (*here, "distractors"), true),
            allowed_false=self._false_values(entry.type, entry.not_, (*here, "not"), true) if entry.not_ else (),
            avoid=self._claims.values(entry.type, entry.avoid, (*here, "avoid")),
            accept=entry.accept,
        )
        if fact.accept:
            self._check_accept(fact, (*here, "accept"))
        if not self._claims.unsound.isdisjoint(quotation.source for quotation in fact.quotations):
            return None
        return fact if len(self.document.problems) == before and len(claims) == len(entry.claims) else None

    def read_unproved(self, index: int, data: object) -> Unproved | None:
        """Return the question without a proof that stands as `data` at `index`; None where its form is wrong."""
        here: Loc = ("facts", index)
        entry = validate(schema.UnprovedEntry, data, self.document, here)
        if entry is None:
            return None
        place = self._check_id(here, entry.id)
        key = entry.claims[0].value
        return Unproved(entry.id, place, self.category, entry.type, entry.ask, key, entry.distractors, entry.links)

    def _check_id(self, here: Loc, id: str) -> Place:
        """Return the place of the fact's id, and report the id if it stands elsewhere already."""
        place = Place(self.document.file, *self.document.at((*here, "id")))
        if (first := self.places.setdefault(id, place)) != place:
            self._claims.report(
                (*here, "id"),
                "duplicate-id",
                f"the id {id!r} stands at {first.file}:{first.line} already; records and codes need one of its own",
            )
        return place

    def _check_quotations(self, data: object, here: Loc) -> None:
        """Report quotations that are not in their documents in a fact whose form is wrong: all is told at once."""
        claims = data.get("claims") if isinstance(data, dict) else None
        for n, claim in enumerate(claims if isinstance(claims, list) else ()):
            proof = claim.get("proof") if isinstance(claim, dict) else None
            for m, item in enumerate(proof if isinstance(proof, list) else ()):
                with contextlib.suppress(ValidationError):  # told already
                    entry = schema.QuotationEntry.model_validate(item)
                    self._claims.quotation(entry, (*here, "claims", n, "proof", m))

    def _distractors(self, entry: schema.FactEntry, here: Loc, true: list[Value]) -> tuple[Distractor, ...]:
        if not entry.distractors:
            return ()
        values = self._false_values(entry.type, (item.text for item in entry.distractors), here, true)
        proofs: list[tuple[Quotation, ...]] = []
        for n, item in enumerate(entry.distractors):
            if item.proof and not item.because:
                message = "`proof` proves a reason, and there is none; give it under `because`"
                self._claims.report((*here, n, "proof"), "missing-key", message, key=True)
            found = (self._claims.quotation(words, (*here, n, "proof", m)) for m, words in enumerate(item.proof or ()))
            proofs.append(tuple(quotation for quotation in found if quotation))
        if len(values) < len(entry.distractors):
            return ()  # reported above, so the fact is left out
        return tuple(
            Distractor(value, item.because, proof)
            for value, item, proof in zip(values, entry.distractors, proofs, strict=True)
        )

    def _check_accept(self, fact: Fact, here: Loc) -> None:
        wrong = [*(each.value for each in fact.distractors), *fact.allowed_false]
        for n, text in enumerate(fact.accept):
            said = alike(text)
            if other := next((value.text for value in wrong if said in map(alike, (value.text, *value.forms))), None):
                message = f"{text!r} counts as the answer here, and {other!r} as wrong"
                self._claims.report((*here, n), "bad-accept", message)

    def _check_question(self, here: Loc, entry: schema.FactEntry) -> None:
        missing = [key for key in ("ask", "statement") if getattr(entry, key) is None]
        if len(missing) == 1 or (missing and any(claim.cloze is None for claim in entry.claims)):
            for key in missing:
                message = f"the key {key!r} is missing here; a fact needs neither stem nor statement where every claim"
                self._claims.report((*here, key), "missing-key", f"{message} has a `cloze`")

    def _false_values(self, type: FactType, texts: Iterable[str], here: Loc, true: list[Value]) -> tuple[Value, ...]:
        values: list[Value] = []
        known = Overlaps()
        for n, text in enumerate(texts):
            value = self._claims.value(type, text, (*here, n))
            if value is None:
                continue
            is_true = any(other.overlaps(value) for other in true)
            same = None if is_true else known.add(value)
            if is_true or same:
                what = f"says the same as {same.text!r}" if same else "is true of this fact, or a form of what is"
                self._claims.report((*here, n), "bad-distractor", f"{value.text!r} {what}")
            values.append(value)
        return tuple(values)

    def _reverse(self, entry: schema.FactEntry, claims: list[Claim], here: Loc) -> Reverse | None:
        if entry.reverse is None:
            return None
        answer = self._claims.answer(entry.reverse.answer, (*here, "reverse", "answer"))
        if answer is None:
            return None
        entity = answer.entity
        if not answer.spans_in(Searchable(entry.reverse.statement)):
            message = f"the statement does not name {entity.name}, which is the answer"
            self._claims.report((*here, "reverse", "statement"), "no-answer", message)
        sources = []
        for claim in claims:
            naming = (
                id
                for id in claim.sources
                if any(self._claims.carries(quotation, answer) for quotation in claim.proof_by(id))
            )
            if (source := next(naming, None)) is None:
                message = (
                    f"no source's quotations both give {claim.value.text!r} and name {entity.name}; quote the words"
                )
                self._claims.report((*here, "reverse", "answer"), "value-not-in-proof", message)
            else:
                sources.append(source)
        among = self._claims.group(entry.reverse.among, entity.type, (*here, "reverse", "among"))
        return Reverse(entry.reverse.ask, entry.reverse.statement, answer, tuple(sources), among)

    def _said(self, entry: schema.FactEntry, claim: Claim, here: Loc) -> Said | None:
        if entry.said is None:
            return None
        here = (*here, "said")
        speaker = self._claims.answer(entry.said.by, (*here, "by"))
        quotation = self._claims.quotation(entry.said, here)
        if speaker is None or quotation is None:
            return None
        among = self._claims.group(entry.said.among, speaker.entity.type, (*here, "among"))
        if not any(quotation.overlaps(other) for other in claim.proof):
            message = "the proof of the first claim does not quote these words; add them to it"
            self._claims.report((*here, "quote"), "value-not-in-proof", message)
        elif not any(self._claims.carries(q, speaker) for q in claim.proof if q.source == quotation.source):
            message = f"no quotation of the first claim from this source names {speaker.text}; quote the words that do"
            self._claims.report((*here, "by"), "value-not-in-proof", message)
        return Said(quotation, speaker, among)

    def _option_group(self, entry: schema.FactEntry, here: Loc) -> str | None:
        if entry.among and entry.type not in ENTITY_TYPES:
            message = f"`among` names a group of entities, and the fact is of type {entry.type}"
            self._claims.report((*here, "among"), "unknown-group", message, key=True)
            return None
        return self._claims.group(entry.among, entry.type, (*here, "among"))

    def _check_settled(self, here: Loc, entry: schema.FactEntry, claims: list[Claim]) -> None:
        if entry.settled is None:
            return
        if entry.differs is None or entry.differs == "precision":
            message = (
                "`settled` says which claim is the answer where claims exclude one another; "
                "here the first one is the answer anyway, so delete it"
            )
            self._claims.report((*here, "settled"), "not-settled", message, key=True)
            return
        first, *others = claims
        for other in others:
            if entry.settled == "most" and len(other.sources) >= len(first.sources):
                message = (
                    f"{len(first.sources)} of the sources say {first.value.text!r} and {len(other.sources)} say "
                    f"{other.value.text!r}, so most do not say the first; put the claim of most sources first"
                )
            elif entry.settled == "latest" and not self._is_latest(first, other):
                message = (
                    f"no source of {first.value.text!r} has an `issued` date after that of every source of "
                    f"{other.value.text!r}; put the latest claim first, or date the sources"
                )
            else:
                continue
            self._claims.report((*here, "settled"), "not-settled", message)
            return

    def _is_latest(self, first: Claim, other: Claim) -> bool:
        """True if some source of `first` was published after every source of `other`."""
        mine, theirs = ([self._source(id) for id in claim.sources] for claim in (first, other))
        return any(all(source.is_later_than(rival) for rival in theirs) for source in mine)

    def _source(self, id: str) -> Source:
        source = self._claims.sources[id]
        assert source is not None  # a claim's sources have been quoted
        return source

    def _check_differences(self, here: Loc, entry: schema.FactEntry, claims: list[Claim]) -> None:
        if len(claims) > 1 and entry.differs is None:
            message = "the fact has several claims; say with `differs` why: conflict, time, spelling or precision"
            self._claims.report((*here, "claims"), "needs-differs", message, key=True)
        if len(claims) == 1 and entry.differs:
            self._claims.report(
                (*here, "differs"),
                "needs-claims",
                "`differs` says why claims differ, and this fact has one claim only",
                key=True,
            )
        if entry.differs is None:
            if entry.point:
                message = "`point` says what claims differ on, and this fact has no `differs`"
                self._claims.report((*here, "point"), "needs-claims", message, key=True)
            return
        pairs: list[tuple[int, Any, Any]] = [
            (n, claims[m].value, claim.value)
            for n, claim in enumerate(claims)
            for m in range(n if entry.differs != "precision" else min(n, 1))
        ]
        for n, first, second in pairs:
            if entry.differs == "precision" and not first.overlaps(second) and entry.type != "text":
                message = f"{second.text!r} and {first.text!r} exclude each other; that is a conflict, not a precision"
            elif entry.differs != "precision" and first.overlaps(second):
                message = f"{second.text!r} and {first.text!r} can both be true; that is no {entry.differs}"
            else:
                continue
            self._claims.report((*here, "claims", n, "value"), "overlapping-claims", message)
