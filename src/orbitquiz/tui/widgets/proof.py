"""The proof of an answer: verdict, passages with their quotations marked, and the editor's note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from orbitquiz.presenter.outcome import outcome_of
from orbitquiz.quiz.game import Verdict
from orbitquiz.quiz.sheet import PassageSheet, ProofSheet
from orbitquiz.tui.styles import MUTED, lead_of
from orbitquiz.tui.widgets.lines import TIGHT, Lines, wrapped

_MARK = "bold $foreground on $mark"
_TEXT = "$foreground 85%"
_BAR = "▌"
_STROKE = 0.3  # seconds in which the quotation is marked,
_STROKES = 4  # in so many steps, each of which draws the whole proof
_GAP = 2  # cells between two passages side by side


def open_passages(passages: Sequence[PassageSheet]) -> Content:
    """Return passages to be read before answering, each under its source and day, with its quotation marked."""
    parts = []
    for passage in passages:
        text = Content(passage.text)
        for start, end in passage.marks:
            text = text.stylize(_MARK, start, end)
        parts.append(Content.assemble((passage.heading, "$accent"), "\n", text))
    return Content("\n").join(parts)


_Line = tuple[Content, int | None]
"""A line, and the index of what is cited in it: passages first, then further places."""


class ProofLines(Lines):
    """The whole proof in one widget, so that a verdict changes one widget instead of a dozen."""

    drawn = reactive(1.0, init=False)
    """The share of the quotations that is marked so far, from 0 to 1."""

    def validate_drawn(self, share: float) -> float:
        return round(share * _STROKES) / _STROKES

    def __init__(self) -> None:
        super().__init__()
        self._proof: ProofSheet | None = None
        self._lead: Content | str = ""
        self._told: str | None = None

    def show(self, proof: ProofSheet, lead: Content | str, told: str | None) -> None:
        """Show a proof, its statement after `lead`, and the feedback on a wrong answer (`told`)."""
        self._proof, self._lead, self._told = proof, lead, told
        self.refresh(layout=True)

    def lines(self, width: int) -> Iterator[Content]:
        yield from (line for line, _ in self._lines(width))

    async def on_click(self, event: events.Click) -> None:
        """Open the source that is cited in the clicked line."""
        lines = list(self._lines(self.content_size.width))
        if event.y < len(lines) and (cited := lines[event.y][1]) is not None:
            event.stop()
            self.post_message(ProofView.Cited(cited))

    def _lines(self, width: int) -> Iterator[_Line]:
        proof = self._proof
        if proof is None:
            return
        is_tight = self.screen.has_class(TIGHT)
        yield from _plain(Content.assemble(self._lead, proof.statement), width)
        if self._told is not None:
            told = Content.assemble(("Your answer: ", "bold"), self._told)
            yield from _plain(told.stylize_before(MUTED), width)
        if not is_tight:
            yield Content(), None
        several = len({passage.value for passage in proof.shown}) > 1
        if several and len(proof.shown) == 2 and self.screen.has_class("-wide"):
            yield from self._side_by_side(proof, width)
        else:
            for index, passage in enumerate(proof.shown):
                yield from self._passage(passage, index, width, with_value=several)
        if proof.note is not None:
            note = Content.assemble(("Editor's note: ", "bold"), proof.note)
            yield from _plain(note.stylize_before(f"italic {MUTED}"), width)
        if proof.also:
            yield from _also(proof.also, len(proof.shown), width, is_tight=is_tight)

    def _passage(self, passage: PassageSheet, index: int, width: int, *, with_value: bool) -> Iterator[_Line]:
        """Yield a passage under its source and line, and the value it proves if `with_value`."""
        bar = Content.assemble((_BAR, "$primary"), " ")
        room = max(width - bar.cell_length, 1)
        value = ((passage.value, "bold"), "  ") if with_value else ()
        where, _, rest = passage.heading.partition(" · ")
        heading = Content.assemble(*value, (where, "$accent"), "  ", rest).stylize_before(MUTED)
        # The whole heading on a tall screen; else as much as fits in one row.
        is_roomy = self.screen.has_class("-very-tall")
        for line in wrapped(heading, room) if is_roomy else [heading.truncate(room, ellipsis=True)]:
            yield bar + line, index
        for line in wrapped(self._marked(passage), room):
            yield bar + line, index

    def _side_by_side(self, proof: ProofSheet, width: int) -> Iterator[_Line]:
        half = (width - _GAP) // 2
        left, right = (list(self._passage(each, at, half, with_value=True)) for at, each in enumerate(proof.shown))
        for one, other in zip_longest((line for line, _ in left), (line for line, _ in right), fillvalue=Content()):
            yield one.pad_right(half + _GAP - one.cell_length) + other, 0

    def _marked(self, passage: PassageSheet) -> Content:
        """Return the passage with its quotation marked as far as the pen has come."""
        text = Content.styled(passage.text, _TEXT)
        ink = round(sum(end - start for start, end in passage.marks) * self.drawn)
        for start, end in passage.marks:
            text = text.stylize(_MARK, start, min(end, start + ink))
            ink = max(ink - (end - start), 0)
        return text


class ProofView(VerticalScroll, can_focus=False):
    """The whole proof.

    If its blank lines do not fit, the screen gets the class `-tight`; if even that is not enough, it scrolls.
    """

    @dataclass
    class Settled(Message):
        """The proof has been laid out."""

        overflows: bool  # whether it has to be scrolled

    @dataclass
    class Cited(Message):
        """The player clicked a cited place; `index` counts the passages first, then the further places."""

        index: int

    def compose(self) -> ComposeResult:
        yield ProofLines()

    def tell(self, verdict: Verdict) -> None:
        """Show the verdict and its proof."""
        self.show(verdict.question.proof, lead_of(outcome_of(verdict)), verdict.feedback)

    def show(self, proof: ProofSheet, lead: Content | str = "", told: str | None = None) -> None:
        """Show `proof`, its statement after `lead`, and the feedback on a wrong answer."""
        self.query_one(ProofLines).show(proof, lead, told)
        self.scroll_home(animate=False)
        self.fit()

    def appear(self) -> None:
        """Mark the quotations as if with a pen, unless animations are turned off."""
        lines = self.query_one(ProofLines)
        lines.drawn = 0.0
        lines.animate("drawn", 1.0, duration=_STROKE)

    def fit(self) -> None:
        """Lay the proof out again, after the terminal's size or the proof has changed.

        Not after a change of the widget's own size: dropping blank lines is one, and would undo itself.
        """
        self.screen.remove_class(TIGHT)
        self.query_one(ProofLines).refresh(layout=True)
        self.screen.refresh(layout=True)  # else `_tighten` may still see the old sizes
        self.call_after_refresh(self._tighten)

    def watch_virtual_size(self) -> None:
        self.call_after_refresh(self._tighten)

    def _tighten(self) -> None:
        if not self.is_attached:
            return  # another screen has replaced this one
        if self.max_scroll_y > 0 and not self.screen.has_class(TIGHT):
            self.screen.add_class(TIGHT)
            self.query_one(ProofLines).refresh(layout=True)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self.post_message(self.Settled(self.max_scroll_y > 0))


def _plain(content: Content, width: int) -> Iterator[_Line]:
    yield from ((line, None) for line in wrapped(content, width))


def _also(also: tuple[str, ...], first: int, width: int, *, is_tight: bool) -> Iterator[_Line]:
    """Yield the further places, cut to one line if `is_tight`. A line opens the place at its beginning."""
    text = "Also: " + "; ".join(also)
    content = Content.styled(text, MUTED)
    at = 0
    for line in [content.truncate(width, ellipsis=True)] if is_tight else wrapped(content, width):
        yield line, first + text.count("; ", 0, at)
        at += line.cell_length
