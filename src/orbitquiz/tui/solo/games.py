"""Past games: the latest ones as lines of the history, and all of them as a list from which one is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from orbitquiz.bank.model import Bank
from orbitquiz.history.past_games import PlayedGame
from orbitquiz.presenter.wording import game_words, local_time
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.solo.messages import GiveUp, OpenGame
from orbitquiz.tui.widgets.keybar import KeyBar
from orbitquiz.tui.widgets.lines import Lines, hanging

_GAP = 2
_QUIET = "$foreground 70%"


class GamesScreen(Screen[None]):
    """Lists `games` of `bank`, one of which can be opened."""

    AUTO_FOCUS = "OptionList"
    CSS = """
    GamesScreen OptionList {
        height: 1fr;
        border: none;
        background: transparent;
        padding: 1 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    GamesScreen OptionList > .option-list--option-highlighted {
        background: $ground-chosen;
        color: $foreground;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "give_up", "give up the unfinished game; its answers stay", show=False),
        Binding("escape,q", "dismiss", "go back", show=False),
        Binding("question_mark", "app.keys", "show these keys", show=False),
    ]

    def __init__(self, bank: Bank, games: Sequence[PlayedGame]) -> None:
        super().__init__()
        self.bank = bank
        self.games = games

    def compose(self) -> ComposeResult:
        yield Static(Content.styled(" Games", "bold"))
        yield OptionList(*self._rows(), markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._show_keys()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._show_keys()

    def action_give_up(self) -> None:
        """Give up the highlighted game, if it can be resumed."""
        listed = self.query_one(OptionList)
        if (index := listed.highlighted) is not None and (game := self.games[index]).is_open:
            self.post_message(GiveUp(game.id))
            self.games = [*self.games[:index], replace(game, is_open=False), *self.games[index + 1 :]]
            listed.replace_option_prompt_at_index(index, list(self._rows())[index])
            self._show_keys()

    def _show_keys(self) -> None:
        index = self.query_one(OptionList).highlighted
        is_open = index is not None and self.games[index].is_open
        opens = [
            ("enter", "resume" if is_open else "open", ""),
            *([("x", "give up", "screen.give_up")] if is_open else []),
        ]
        always = [("?", "keys", "app.keys"), ("esc", "back", "screen.dismiss")]
        self.query_one(KeyBar).show([*opens, ("↑ ↓", "choose", ""), *always])

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.post_message(OpenGame(self.games[message.option_index].id))

    def _rows(self) -> Iterator[Content]:
        rights = [f"{game.right} of {game.answered}" for game in self.games]
        width = max(map(len, rights), default=0) + _GAP
        for game, right in zip(self.games, rights, strict=True):
            words = [*game_words(game, self.bank.title), *([line_of(game.code)] if game.code else [])]
            yield Content.assemble(
                (f"{local_time(game.started)}{'':{_GAP}}", _QUIET),
                (f"{right:<{width}}", "bold"),
                (" · ".join(words), "$text-warning" if game.is_open else ""),
            )


class Games(Lines):
    """The latest games, one a line. Remarks follow on the line, or below it if they do not fit."""

    def __init__(self, bank: Bank, games: Sequence[PlayedGame]) -> None:
        super().__init__()
        self._title = bank.title
        self._games = games

    def __len__(self) -> int:
        return len(self._games)

    def lines(self, width: int) -> Iterator[Content]:
        rights = [f"{game.right} of {game.answered}" for game in self._games]
        points = [counted(game.points, "point") for game in self._games]
        codes = [line_of(game.code or "") for game in self._games]
        right_width, points_width, code_width = (max(map(len, each), default=0) for each in (rights, points, codes))
        for game, right, gained, code in zip(self._games, rights, points, codes, strict=True):
            line = Content.assemble((local_time(game.started), _QUIET), (f"{'':{_GAP}}{right:<{right_width}}", "bold"))
            parts = [Content(f"{gained:>{points_width}}"), Content.styled(f"{code:<{code_width}}", _QUIET)]
            remark = " · ".join(game_words(game, self._title))
            parts += [Content.styled(remark, "" if game.finished else "$text-warning")] if remark else []
            for part in parts:
                if line.cell_length + _GAP + part.cell_length <= width:
                    line += Content(" " * _GAP) + part
                elif part.plain.strip():
                    yield line.truncate(width, ellipsis=True)
                    *whole, line = hanging(Content(" " * _GAP), part, width)
                    yield from whole
            yield line.truncate(width, ellipsis=True)
