"""Wrong options: of the same kind as the key, plausible to somebody who has not read the passage, and false.

Candidates come in tiers, the best first: what another source says where the stem names a source, the author's own
list, entities of the same group, other facts' values of the same type, other numbers that the documents give of the
same thing, and values made near the key. Within a tier the seed decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from msgspec import Struct

from orbitquiz.bank.model import Bank
from orbitquiz.bank.values import Name, Quantity, Value
from orbitquiz.quiz.draw import Draw
from orbitquiz.text.fold import plain
from orbitquiz.text.lookup import holds_any

COUNT = 3
"""The number of wrong options of a question."""

_MOST_TRIED = 30
_UNEVEN, _UNEVEN_BY = 2.5, 10  # so many times as long, and so many characters longer
_ALIKE, _ALIKE_BY = 0.3, 2  # such a share of the key's length away, or so many characters
_MOST_NEAR = 16  # other values on either side of a key; further ones would only take time
_COMPARABLE = 3  # a document's number further from the key than this factor is out of all scale
_STEPS = (1, 2, 3, 4, 5, 6)


class OptionSpec(Struct, frozen=True):
    """The part of a question that its wrong options depend on.

    `true` are the values that are true by the sources that the stem speaks of, the key among them; `rivals` what
    other sources say; `by_hand` the author's list; `allowed_false` what may be an option although the proof's own
    `sentences` (folded and casefolded) name it; `avoid` what may never be one. `option_group` is the group of entities
    that they come from, where it is not all groups of the key. `thing` is what a number counts or measures, casefolded.
    """

    key: Value
    type: str
    sentences: str
    true: tuple[Value, ...]
    rivals: tuple[Value, ...] = ()
    by_hand: tuple[Value, ...] = ()
    allowed_false: tuple[Value, ...] = ()
    avoid: tuple[Value, ...] = ()
    option_group: str | None = None
    thing: str = ""

    def admits(self, value: Value, chosen: Iterable[Value]) -> bool:
        """True if `value` may stand beside the key and the `chosen`."""
        if any(value.overlaps(other) for other in (*self.true, *self.avoid, *chosen)):
            return False
        return not self.supports(value) or any(value.overlaps(other) for other in self.allowed_false)

    def reason_against(self, value: Value) -> str | None:
        """Return why `value` may not stand beside the key; None where it may."""
        if any(value.overlaps(other) for other in self.true):
            return "it is true"
        if any(value.overlaps(other) for other in self.avoid):
            return "`avoid` has it"
        return None if self.admits(value, ()) else "the proof's own sentence names it"

    def supports(self, value: Value) -> bool:
        """True if the proof's own sentences name `value`, so that it could be argued for."""
        return holds_any(self.sentences, value.forms)


def distractors(bank: Bank, spec: OptionSpec, draw: Draw) -> tuple[Value, ...] | None:
    """Return three wrong options for the key of `spec`, in no particular order; None where they cannot be had."""
    candidates: list[Value] = []
    for pool in _pools(bank, spec):
        candidates += _drawn(pool, spec.key, draw)
        # A later tier is for what the earlier ones leave open.
        if _is_enough(spec, candidates):
            break
    return _around(spec, candidates, draw)


def are_there_enough(bank: Bank, spec: OptionSpec) -> bool:
    """True if `distractors` finds some for every seed, without looking at more candidates than it must."""
    if _first_come(spec, chain.from_iterable(_pools(bank, spec)), COUNT) is not None:
        return True
    return _take(spec, list(chain.from_iterable(_pools(bank, spec))), COUNT) is not None


def fallen_out(bank: Bank, spec: OptionSpec) -> dict[str, str]:
    """Return the candidates that may not stand beside the key of `spec`, each with the reason."""
    reasons = {value.text: spec.reason_against(value) for value in chain.from_iterable(_pools(bank, spec))}
    return {text: reason for text, reason in reasons.items() if reason and text != spec.key.text}


def arrange(key: Value, wrong: Sequence[Value], draw: Draw) -> list[Value]:
    """Return the options in the order in which they are shown: by value where there is an order, else as drawn."""
    options = [key, *wrong]
    if key.rank is not None:
        return sorted(options, key=_order)
    return sorted(options, key=lambda value: draw.number("place", value.text))


def _is_enough(spec: OptionSpec, candidates: Sequence[Value]) -> bool:
    """True if no further tier can change the choice among `candidates`."""
    if spec.key.rank is None:
        return _take(spec, candidates, COUNT) is not None
    below, above = _sides(spec.key, candidates)
    return all(_first_come(spec, side, COUNT) is not None for side in (below, above))


def _sides(key: Value, candidates: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """Return the candidates below the key and those above it."""
    at, orders = _order(key), [_order(value) for value in candidates]
    below = [value for value, order in zip(candidates, orders, strict=True) if order < at]
    return below, [value for value, order in zip(candidates, orders, strict=True) if order > at]


def _around(spec: OptionSpec, candidates: Sequence[Value], draw: Draw) -> tuple[Value, ...] | None:
    """Return options on both sides of the key, by value or, where there is no order, by length.

    The rank of the key among them is drawn first, so that neither the middle nor the longest is a cue.
    """
    below, above = _sides(spec.key, candidates)
    rivals = [value for value in spec.rivals if spec.admits(value, ())]
    ranks = _ranks(sum(value in below for value in rivals), sum(value in above for value in rivals), draw)
    # Another rank is better than another choice at this one, which may leave out a rival.
    for choose in (_first_come, _take):
        for rank in ranks:
            low, high = choose(spec, below, rank), choose(spec, above, COUNT - rank)
            if low is not None and high is not None:
                return low + high
    return None


def _ranks(rivals_below: int, rivals_above: int, draw: Draw) -> list[int]:
    """Return how many options may stand below the key, best first: the drawn number, its mirror, those nearest to it.

    Another source's value must find room on its side. Where the drawn rank leaves it none, mirroring the rank keeps the
    inner ones as likely as they were.
    """
    least, most = min(rivals_below, COUNT), COUNT - min(rivals_above, COUNT)
    rank = draw.below(COUNT + 1, "rank")
    if not least <= rank <= most:
        rank = COUNT - rank
    if not least <= rank <= most and least <= most:
        rank = least + draw.below(most - least + 1, "rank", "again")
    mirrored = COUNT - rank
    return sorted(
        range(COUNT + 1),
        key=lambda other: (not least <= other <= most, other != rank, other != mirrored, abs(other - rank)),
    )


def _order(value: Value) -> tuple[float, str]:
    """Return where a value stands among others: by its rank, or by its length where it has none."""
    return len(value.text) if value.rank is None else value.rank, value.text


def _first_come(spec: OptionSpec, candidates: Iterable[Value], count: int) -> tuple[Value, ...] | None:
    """Return the first `count` candidates that may stand beside one another; None where there are too few."""
    chosen: list[Value] = []
    for value in candidates:
        if len(chosen) == count:
            break
        if spec.admits(value, chosen):
            chosen.append(value)
    return tuple(chosen) if len(chosen) == count else None


def _take(spec: OptionSpec, candidates: Sequence[Value], count: int) -> tuple[Value, ...] | None:
    """Return `count` candidates that may stand together, the first ones if possible; None if there are none."""
    if (chosen := _first_come(spec, candidates, count)) is not None:
        return chosen
    # One that was taken as it came and overlaps several others may have shut them out.
    passed = [value for value in candidates if spec.admits(value, ())][:_MOST_TRIED]
    for together in combinations(passed, count):
        if not any(one.overlaps(other) for one, other in combinations(together, 2)):
            return together
    return None


def _pools(bank: Bank, spec: OptionSpec) -> Iterator[Iterable[Value]]:
    """Yield the candidates, tier by tier, each tier in the bank's order."""
    key = spec.key
    yield spec.rivals
    yield spec.by_hand
    if isinstance(key, Name):
        groups = (spec.option_group,) if spec.option_group else key.entity.groups
        peers = (peer for group in groups for peer in bank.entities_by_group.get(group, ()))
        yield (Name(peer.name, peer) for peer in peers if peer.type == key.entity.type)
    elif key.rank is not None:
        yield bank.values_near(spec.type, key, _MOST_NEAR)
        if isinstance(key, Quantity) and spec.thing:
            yield _documented(bank, spec, key)
        yield (value for step in _STEPS for sign in (1, -1) if (value := key.shifted(step * sign)))


def _documented(bank: Bank, spec: OptionSpec, key: Quantity) -> Iterator[Value]:
    """Yield the key with each other number that a document gives of the same thing and on a like scale."""
    if key.low == key.high:
        for number in bank.numbers_near(spec.thing, key.low, _MOST_NEAR):
            if 0 < number <= key.low * _COMPARABLE and key.low <= number * _COMPARABLE:
                yield key.with_number(number)


def _drawn(pool: Iterable[Value], key: Value, draw: Draw) -> list[Value]:
    """Return the pool in drawn order: first what is about as long as the key, last what is much longer or shorter.

    Length is no matter where there is an order.
    """
    distinct = {value.text: value for value in pool}
    drawn = draw.of("option")
    is_ordered, wanted = key.rank is not None, len(key.text)
    by_length: dict[int, tuple[bool, bool]] = {}
    for length in set(map(len, distinct)):
        is_off = not is_ordered and abs(length - wanted) > max(_ALIKE * wanted, _ALIKE_BY)
        by_length[length] = is_off, _are_uneven(length, wanted)
    return [distinct[text] for text in sorted(distinct, key=lambda text: (by_length[len(text)], drawn.number(text)))]


def are_uneven(one: str, other: str) -> bool:
    """True if one option is so much longer than the other that it stands out."""
    return _are_uneven(len(one), len(other))


def _are_uneven(one: int, other: int) -> bool:
    short, long = min(one, other), max(one, other)
    return long > max(short * _UNEVEN, short + _UNEVEN_BY)


def sentences_folded(texts: Iterable[str]) -> str:
    """Return sentences of a proof in the form in which `OptionSpec` holds them."""
    return plain(" ".join(texts)).casefold()
