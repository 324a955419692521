"""What a room shows, in words: a question, a proof, who stands where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orbitquiz.bank.text import alike, counted, line_of
from orbitquiz.classroom.messages import OptionOut, QuestionOut, Revealed, Standing
from orbitquiz.classroom.paper import PassageSheet, ProofSheet
from orbitquiz.plain.proof import AFTER, BEFORE
from orbitquiz.plain.words import sentence

_LETTERS = "abcd"
_NAMED = 5  # names in a line


def head(question: QuestionOut | Revealed) -> str:
    """Which question of how many this is."""
    parts = [f"Question {question.number} of {question.total}.", sentence(question.category)]
    return " ".join([*parts, "Sources differ."] if question.sources_differ else parts)


def numbered(options: Sequence[OptionOut]) -> Iterator[str]:
    """The options with their numbers."""
    for number, option in enumerate(options, 1):
        yield f"{number}  {line_of(option.text)}"


def named_by(line: str, options: Sequence[OptionOut]) -> int | None:
    """The index of the option that `line` names by number, letter or its own words; None where it names none."""
    word = line.strip().casefold()
    for index in range(len(options)):
        if word and word in (str(index + 1), _LETTERS[index : index + 1]):
            return index
    same = [index for index, option in enumerate(options) if alike(option.text) == alike(line)]
    return same[0] if len(same) == 1 else None


def proof_lines(proof: ProofSheet) -> Iterator[str]:
    """The whole proof."""
    yield line_of(proof.statement)
    several = len({passage.value for passage in proof.shown}) > 1
    for passage in proof.shown:
        yield _heading(passage, with_value=several)
        yield _marked(passage)
    if proof.note:
        yield f"Editor's note: {line_of(proof.note)}"
    if proof.also:
        yield f"Also: {'; '.join(map(line_of, proof.also))}"


def standing_lines(standings: Sequence[Standing], most: int, *, with_movement: bool = True) -> Iterator[str]:
    """The first `most` of them, and how many are left out."""
    for standing in standings[:most]:
        movement = _movement(standing) if with_movement else ""
        yield f"{standing.rank}. {line_of(standing.name)}, {_points(standing.points)}{movement}"
    if (rest := len(standings) - most) > 0:
        yield f"And {rest} more."


def listed(names: Sequence[str]) -> str:
    """Names in a line, the first of them where they are many."""
    shown = [line_of(name) for name in names[:_NAMED]]
    if rest := len(names) - len(shown):
        return f"{', '.join(shown)} and {rest} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def are(count: int, one: str = "is", many: str = "are") -> str:
    """The verb for so many."""
    return one if count == 1 else many


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    end = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{end}"


def _heading(passage: PassageSheet, *, with_value: bool) -> str:
    # Its dots and its dash would be read out.
    place, *rest = line_of(passage.heading).split(" · ")
    place = place.replace("–", " to ")
    place = f"{line_of(passage.value)}: {place}" if with_value else place[:1].upper() + place[1:]
    return sentence(", ".join([place, *rest]))


def _marked(passage: PassageSheet) -> str:
    """The text of a passage with each of its quotations between two signs."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted(passage.marks):
        if spans and start <= spans[-1][1]:  # two that touch would give signs without words between them
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    parts, at = [], 0
    for start, end in spans:
        parts += [passage.text[at:start], BEFORE, passage.text[start:end], AFTER]
        at = end
    return "".join([*parts, passage.text[at:]])


def _points(points: float) -> str:
    return counted(int(points), "point") if points == int(points) else f"{points:.1f} points"


def _movement(standing: Standing) -> str:
    if standing.before in (None, standing.rank):
        return ""
    assert standing.before is not None
    way = "up" if standing.rank < standing.before else "down"
    return f", {way} {abs(standing.rank - standing.before)}"
