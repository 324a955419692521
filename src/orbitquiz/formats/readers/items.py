"""The result of reading another program's file: questions without a proof, and refusals with line and reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from orbitquiz.text.fold import alike
from orbitquiz.text.safe import line_of

MOST_ITEMS = 20_000
"""The largest number of questions that one file may have."""

TRUE_OR_FALSE = "true/false"
SEVERAL_RIGHT = "several right answers"

_LONGEST_STEM, _LONGEST_OPTION, _MOST_OPTIONS = 2_000, 500, 26  # characters, characters, options
_YES_NO = ({"true", "false"}, {"t", "f"})


class UnreadableFile(ValueError):
    """A file that cannot be read at all. The message says why, and `line` where, from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        self.line = line
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Item:
    """A question of another program. It has no proof.

    `line` is where it begins in its file, `key` the index of the right option, which may be the only one. `links` are
    addresses that the question names, `has_image` says that an image of it is lost.
    """

    line: int
    stem: str
    options: tuple[str, ...]
    key: int
    explanation: str = ""
    category: str = ""
    links: tuple[str, ...] = ()
    has_image: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that is not taken: where it begins, and why. `kind` names a kind of question that is not supported."""

    line: int
    reason: str
    kind: str | None = None


@dataclass(slots=True)
class Found:
    """The questions of a file, in their order, and those that are not taken."""

    items: list[Item] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def take(self, result: Item | Refusal) -> None:
        """Keep what has become of a question. Raises `UnreadableFile` where there are too many."""
        if len(self.items) + len(self.refusals) >= MOST_ITEMS:
            raise UnreadableFile(f"more than {MOST_ITEMS:,} questions; split the file", result.line)
        if isinstance(result, Item):
            self.items.append(result)
        else:
            self.refusals.append(result)


@dataclass(frozen=True, slots=True)
class Text:
    """Text of another program without its markup, the addresses that it names, and whether it shows an image."""

    words: str
    links: tuple[str, ...] = ()
    has_image: bool = False


def unsupported(line: int, kind: str) -> Refusal:
    """Return the refusal of a question of a kind that OrbitQuiz does not know."""
    return Refusal(line, f"{kind} is not supported yet", kind)


def judge(
    line: int,
    stem: Text,
    options: Sequence[tuple[Text, bool]],
    explanation: Text | None = None,
    category: str = "",
    links: Iterable[str] = (),
) -> Item | Refusal:
    """Return the question, or why it is not taken. `options` come with whether they are right."""
    if problem := _problem(stem, options):
        return Refusal(line, problem)
    words = [line_of(option.words) for option, _ in options]
    right = [at for at, (_, is_right) in enumerate(options) if is_right]
    if {word.casefold().rstrip(".") for word in words} in _YES_NO:
        return unsupported(line, TRUE_OR_FALSE)
    if not right:
        return Refusal(line, "no option is right")
    if len(right) > 1:
        return unsupported(line, SEVERAL_RIGHT)
    if twice := next(_doubled(words), None):
        return Refusal(line, f"two options say the same: {twice!r}")
    named = [*links, *stem.links, *(explanation.links if explanation else ())]
    named += [link for option, _ in options for link in option.links]
    return Item(
        line=line,
        stem=line_of(stem.words),
        options=tuple(words),
        key=right[0],
        explanation=line_of(explanation.words) if explanation else "",
        category=line_of(category),
        links=tuple(dict.fromkeys(filter(_is_address, named))),
        has_image=stem.has_image,
    )


def _problem(stem: Text, options: Sequence[tuple[Text, bool]]) -> str | None:
    """Return what is wrong with the form of a question."""
    if not line_of(stem.words):
        return "an image is all of the question" if stem.has_image else "the question has no words"
    if len(stem.words) > _LONGEST_STEM:
        return f"the question has more than {_LONGEST_STEM:,} characters"
    if not options:
        return "there is no answer"
    if len(options) > _MOST_OPTIONS:
        return f"more than {_MOST_OPTIONS} options"
    for option, _ in options:
        if not line_of(option.words):
            return "an image is all of an option" if option.has_image else "an option has no words"
        if len(option.words) > _LONGEST_OPTION:
            return f"an option has more than {_LONGEST_OPTION:,} characters"
    return None


def _doubled(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if (folded := alike(word)) in seen:
            yield word
        seen.add(folded)


def _is_address(link: str) -> bool:
    return link.startswith(("http://", "https://")) and link == line_of(link) and " " not in link
