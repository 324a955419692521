"""The program of a student in a room, on the terminal."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

from pydantic import ValidationError
from textual import events, on
from textual.screen import Screen

from orbitquiz.classroom.address import Address
from orbitquiz.classroom.client.client import FINAL, Update
from orbitquiz.classroom.client.joining import Joining
from orbitquiz.classroom.protocol import (
    AnswerMessage,
    Clock,
    EndedMessage,
    Named,
    Progress,
    QuestionOut,
    Refusal,
    RevealOut,
    Show,
)
from orbitquiz.presenter.player_state import TRY_AGAIN, Field, PlayerState, asked_for, complaint
from orbitquiz.text.counts import counted
from orbitquiz.text.safe import line_of
from orbitquiz.tui.shared.room_app import RoomApp
from orbitquiz.tui.shared.small import SmallScreen
from orbitquiz.tui.student.end import StudentEndScreen
from orbitquiz.tui.student.join import Ask, JoinScreen
from orbitquiz.tui.student.leave import StudentLeaveScreen
from orbitquiz.tui.student.page import GoOnAlone, Page
from orbitquiz.tui.student.question import QuestionScreen
from orbitquiz.tui.student.verdict import replay
from orbitquiz.tui.student.wait import AwayScreen, ChangeAddress, TryAgain, WaitScreen

_BEFORE: dict[Field, Field] = {"name": "code", "code": "address"}
_SEQ_BITS = 53  # what JavaScript can count


class StudentApp(RoomApp):
    """Plays in the room that `join` leads to. Asks for what is missing to get there.

    Over a blank screen there is one page, which draws the visit, and over that perhaps a dialog.
    """

    def __init__(self, join: Joining, notices: Sequence[str] = ()) -> None:
        super().__init__(join.client(), notices, join.folder)
        self.join = join
        self.visit = PlayerState()
        self._ask: Ask | None = None
        self._page: tuple[object, Page] | None = None
        self._moment: object = None
        self._will_draw = False

    def get_default_screen(self) -> Screen[None]:
        return Screen()

    def on_mount(self) -> None:
        self.begin()

    def on_resize(self, event: events.Resize) -> None:
        self._redraw()  # what has come while there was no room for it

    def told(self, update: Update) -> None:
        is_over = isinstance(self.visit.view, EndedMessage)
        if isinstance(update, Refusal) and update.seq is None and not is_over:
            if field := asked_for(update.reason):
                trouble = complaint(update, guessed_code=self.join.guessed_code)
                if field == "code":
                    self.join.forget_guess()
                self.visit, self._ask = PlayerState(), Ask(field, self._said(field), trouble)
                self._redraw()
                return
            if update.reason not in FINAL:
                self.notify(update.text, severity="warning", markup=False)
        if isinstance(update, Named):
            self.notify(f"The host has given you another name: {update.name}.", markup=False)
        if isinstance(update, Clock) and self.visit.gains(update):
            self.notify("The host gives you more time.", markup=False)
        self.visit = self.visit.after(update, self.clock())
        if isinstance(update, Progress) and self.visit.wants:
            self.tell(Show(number=self.visit.wants))
        self._redraw()

    @on(GoOnAlone)
    def _go_on(self) -> None:
        self.visit = self.visit.going_on()
        self.tell(Show(number=self.visit.wants))
        self._redraw()

    @on(TryAgain)
    def begin(self) -> None:
        """Join the room, or ask for what is missing."""
        self.visit, self._ask = PlayerState(), None
        if self.join.needs_address:
            self._ask = Ask("address", self.join.last_address)
        elif self.join.needs_code:
            self._ask = Ask("code")
        elif self.join.needs_name:
            names = [line_of(seat.name) for seat in self.join.seats]
            self._ask = Ask("name", names[0], hint=f"You have a seat here as {' or '.join(names[:3])}.")
        else:
            self.converse()
        self._redraw()

    @on(ChangeAddress)
    def _change_address(self) -> None:
        self.ask_again("address")

    def ask_again(self, field: Field) -> None:
        """Let the student say something else before joining."""
        self.workers.cancel_group(self, "converse")
        self._ask = Ask(field, self._said(field))
        self._redraw()

    @on(JoinScreen.Entered)
    def _take(self, message: JoinScreen.Entered) -> None:
        match message.field:
            case "address":
                self.join.address = Address.read(message.value)
                self.client = self.join.client()
            case "code":
                self.join.code = message.value
            case "name":
                self.join.name = message.value
        self.begin()

    @on(JoinScreen.Back)
    def _go_back(self, message: JoinScreen.Back) -> None:
        if before := _BEFORE.get(message.field):
            self.ask_again(before)
        else:
            self.begin()

    @on(QuestionScreen.OptionChosen)
    def _answer(self, message: QuestionScreen.OptionChosen) -> None:
        question = self.visit.question
        if question is None or question.number != message.number or not self.visit.can_answer:
            return  # the key was pressed twice, or while the next question was on its way to the screen
        try:
            answer = AnswerMessage(seq=secrets.randbits(_SEQ_BITS), number=message.number, option=message.option)
        except ValidationError:
            self.notify("No room that keeps to the rules asks like this.", severity="error", markup=False)
            return
        self.visit = self.visit.picked(answer.option, answer.seq)
        self.tell(answer)
        self._redraw()

    async def action_quit(self) -> None:
        """Leave, after asking where a game is on."""
        if not self.visit.is_on or self._ask:
            self.exit()
        elif not isinstance(self.screen, StudentLeaveScreen):
            self.push_screen(StudentLeaveScreen(self.join.command), lambda leaves: self.exit() if leaves else None)

    @property
    def farewell(self) -> str:
        """The last words of the program: the result, or how to come back. Empty if there is no way back."""
        visit = self.visit
        if isinstance(ended := visit.view, EndedMessage):
            score = f"{ended.right} of {ended.of} right, {counted(ended.score, 'point')}."
            again = replay(ended)
            return f"{score} Same quiz: {again}" if again else score
        if self.join.needs_address or self.join.needs_code or (visit.away and visit.away.reason not in TRY_AGAIN):
            return ""
        back = f"{'To come back' if visit.welcome else 'To try again'}: {self.join.command}"
        return f"{back}\nFrom another device: {self.join.link}" if visit.is_alone else back

    def _said(self, field: Field) -> str:
        """Return what was entered for `field` before."""
        said = {"address": self.join.address, "code": self.join.code, "name": self.join.name}[field]
        return "" if said is None else line_of(str(said))

    def _redraw(self) -> None:
        """Draw the visit soon, and once for all that comes until then."""
        if not self._will_draw:
            self._will_draw = True
            self.call_later(self._draw)

    async def _draw(self) -> None:
        self._will_draw = False
        if isinstance(self.screen, SmallScreen):
            return  # nobody can see it; there will be a change of size
        key, make = self._wanted()
        moment = (key, *self._step)
        if moment != self._moment:
            self._moment = moment
            while len(self.screen_stack) > 2:
                await self.pop_screen()  # what has come is what one wants to see
        if self._page is None or self._page[0] != key:
            page = make()
            self._page = key, page
            await (self.push_screen(page) if len(self.screen_stack) == 1 else self.switch_screen(page))
        self._page[1].show(self.visit)

    def _wanted(self) -> tuple[object, Callable[[], Page]]:
        """Return the key of the page to show, and how to make it."""
        if ask := self._ask:
            can_go_back = ask.field != "address" or not self.join.needs_address
            return ask, lambda: JoinScreen(ask, can_go_back=can_go_back)
        if away := self.visit.away:
            return away, lambda: AwayScreen(away, self.join.command)
        match self.visit.view:
            case EndedMessage() as ended:
                return ended, lambda: StudentEndScreen(ended, is_timed=self.visit.is_timed)
            case QuestionOut() | RevealOut():
                return "question", lambda: QuestionScreen(self.clock)
        return "wait", lambda: WaitScreen(str(self.join.address), lambda: self.join.link)

    @property
    def _step(self) -> tuple[object, ...]:
        """The progress of the game, as far as it is worth closing a dialog for."""
        match self.visit.view:
            case QuestionOut() as question:
                return "asked", question.number
            case RevealOut() as reveal:
                return "revealed", reveal.question.number
        return ()
