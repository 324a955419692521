"""A student's view of a room: the latest it has told, the answer's state, and what to do about a refusal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from orbitquiz.classroom.client.client import FINAL, Lost, Update
from orbitquiz.classroom.protocol import (
    Accepted,
    Clock,
    EndedMessage,
    Lobby,
    Named,
    Progress,
    QuestionOut,
    Refusal,
    RevealOut,
    SkippedMessage,
    Welcome,
    Yours,
)
from orbitquiz.classroom.rules.refusal import Reason
from orbitquiz.presenter.outcome import Outcome

Field = Literal["address", "code", "name"]
"""The things a student is asked for to join a room."""

_ASKED_FOR: dict[Reason, Field] = {
    Reason.NO_ROOM: "code",
    Reason.NAME_MISSING: "name",
    Reason.NAME_UNFIT: "name",
    Reason.NAME_TAKEN: "name",
    Reason.KICKED: "name",
}

TRY_AGAIN = {
    Reason.CLOSED: "Once it is open again, this brings you back to your place:",
    Reason.LOCKED: "Once the host lets people in, this brings you in:",
    Reason.FULL: "Once somebody has left, this brings you in:",
    Reason.ELSEWHERE: "This brings you back here:",
}
"""The refusals after which trying again may help, with what introduces the command to do so."""


def asked_for(reason: Reason) -> Field | None:
    """Return what the student can say differently so that the room lets them in; None if nothing helps."""
    return _ASKED_FOR.get(reason)


def complaint(refusal: Refusal, *, guessed_code: bool) -> str:
    """Return what to say of a refusal before asking again; empty if the student has said nothing wrong."""
    is_innocent = refusal.reason is Reason.NAME_MISSING or (refusal.reason is Reason.NO_ROOM and guessed_code)
    return "" if is_innocent else refusal.text


READ_FIRST = "Read the question. The answers follow."
"""Shown while a question has no options yet."""

View = Lobby | Progress | QuestionOut | RevealOut | SkippedMessage | EndedMessage
"""The views of a room that players see."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The answer to the current question: an option's id, and whether the room has it. An old one has no `seq`."""

    option: str
    seq: int | None = None
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class PlayerState:
    """A visit at one moment; `after` gives the one after an update. Times are seconds on any clock that goes forward.

    `lost` says why there is no connection, `away` why the room has refused or removed the student. `refused` is why the
    latest answer to the current question does not count, `due` when the time for it is over. `score` is None before the
    first one is known. At one's own pace, `wants` is the question to be shown, 0 for the progress.
    """

    welcome: Welcome | None = None
    view: View | None = None
    pick: Pick | None = None
    refused: str | None = None
    due: float | None = None
    score: int | None = None
    lost: str | None = None
    away: Refusal | None = None
    wants: int = 0

    @property
    def is_alone(self) -> bool:
        """True in a room where everybody goes on at their own pace."""
        return self.welcome is not None and self.welcome.pace == "own"

    @property
    def may_go_on(self) -> bool:
        """True if there is something to go on to at one's own pace: the question is settled, or there is none."""
        question = self.question
        if not self.is_alone or isinstance(self.view, EndedMessage):
            return False
        return question is None or question.attempts == 0 or question.picked is not None

    @property
    def next_number(self) -> int:
        """The next question to be answered at one's own pace, after the one that is shown; 0 for none."""
        match self.view:
            case QuestionOut() as view:
                number, there = view.number, view.to_answer
            case RevealOut() as view:
                number, there = view.question.number, view.to_answer
            case Progress() as view:
                number, there = 0, view.to_answer
            case _:
                return 0
        return next((each for each in there if each > number), there[0] if there else 0)

    def going_on(self) -> PlayerState:
        """The visit once the student wants the next question at their own pace."""
        return replace(self, wants=self.next_number, view=self.view if self.next_number else None)

    @property
    def is_on(self) -> bool:
        """True if the student is in a room whose game is not over."""
        return self.welcome is not None and self.away is None and not isinstance(self.view, EndedMessage)

    @property
    def question(self) -> QuestionOut | None:
        """The question that waits for answers, if one does."""
        return self.view if isinstance(self.view, QuestionOut) else None

    @property
    def is_timed(self) -> bool:
        """True if the questions have a timer."""
        return self.welcome is not None and self.welcome.timer is not None

    @property
    def can_answer(self) -> bool:
        """True if an answer may be given. Whether it comes in time is for the room to say."""
        question = self.question
        if question is None or question.reading is not None:
            return False
        if question.attempts is not None:
            return question.attempts > 0 and (self.pick is None or self.pick.is_accepted)
        return question.plays and not question.is_paused and self.pick is None

    @property
    def is_reading(self) -> bool:
        """True while the question is shown without its options."""
        return self.question is not None and self.question.reading is not None

    def gains(self, clock: Clock) -> bool:
        """True if `clock` gives the student more time for the current question."""
        question = self.question
        if question is None or question.number != clock.number or not question.plays:
            return False
        return question.limit is not None and clock.limit is not None and clock.limit > question.limit

    def left(self, now: float) -> float | None:
        """Return the seconds left for the current question; None without a limit."""
        if self.due is None:
            return None
        return max(self.due - now, 0.0)

    def picked(self, option: str, seq: int) -> PlayerState:
        """Return the state after the student has answered, which the room does not know yet."""
        return replace(self, pick=Pick(option, seq), refused=None)

    def after(self, update: Update, now: float) -> PlayerState:
        """Return the state after the room has sent an update at time `now`. Updates for a host change nothing."""
        match update:
            case Lost():
                return replace(self, lost=update.why)
            case Welcome():
                score = None if self.score is None and update.score == 0 else update.score
                return replace(self, welcome=update, score=score, lost=None, away=None)
            case Named() if self.welcome:
                return replace(self, welcome=self.welcome.model_copy(update={"name": update.name}))
            case Progress() if self.wants and isinstance(self.view, QuestionOut | RevealOut):
                return self  # back after a lost connection; the question is asked for again
            case Progress():
                return replace(self, view=update, pick=None, refused=None, due=None, score=update.score)
            case QuestionOut():
                return self._asked(update, now)
            case Clock():
                return self._clocked(update, now)
            case RevealOut():
                return replace(self, view=update, pick=None, refused=None, due=None, score=update.yours.score)
            case Lobby():
                told = {"title": update.title, "total": update.total, "score": update.score}
                welcome = self.welcome and self.welcome.model_copy(update=told)
                return replace(self, welcome=welcome, view=update, pick=None, refused=None, due=None, score=None)
            case SkippedMessage():
                return replace(self, view=update, pick=None, refused=None, due=None, score=self._score_without(update))
            case EndedMessage():
                return replace(self, view=update, pick=None, refused=None, due=None, score=update.score)
            case Accepted() if self.question and self.question.number == update.number:
                return replace(self, pick=Pick(update.option, update.seq, is_accepted=True), refused=None)
            case Refusal():
                return self._refused(update)
        return self

    def _score_without(self, skipped: SkippedMessage) -> int | None:
        """Return the points without those of a question that was voided after its reveal."""
        if isinstance(self.view, RevealOut) and self.view.question.number == skipped.number:
            return self.view.yours.score - self.view.yours.points
        return self.score

    def _asked(self, question: QuestionOut, now: float) -> PlayerState:
        is_same = self.question is not None and self.question.number == question.number
        pick = self.pick if is_same else None  # it may still be on its way
        if question.picked is not None:
            pick = Pick(question.picked, is_accepted=True)
        refused = self.refused if is_same and pick is None else None
        return replace(self, view=question, pick=pick, refused=refused, due=_due(question, now))

    def _clocked(self, clock: Clock, now: float) -> PlayerState:
        question = self.question
        if question is None or question.number != clock.number:
            return self
        told = {name: getattr(clock, name) for name in ("limit", "left", "is_paused", "reading")}
        return replace(self, view=question.model_copy(update=told), due=_due(clock, now))

    def _refused(self, refusal: Refusal) -> PlayerState:
        if refusal.seq is not None:
            if self.pick is None or self.pick.seq != refusal.seq or self.pick.is_accepted:
                return self  # an answer to an earlier question
            return replace(self, pick=None, refused=refusal.text)
        # A student who has seen the end may read on, whatever happens to the room.
        if refusal.reason in FINAL and not isinstance(self.view, EndedMessage):
            return replace(self, away=refusal, lost=None)
        return self


def _due(clock: QuestionOut | Clock, now: float) -> float | None:
    """Return the time at which the question closes, on the clock that reads `now`; None while that does not run."""
    if clock.left is None or clock.limit is None or clock.reading is not None:
        return None
    return now + min(clock.left, clock.limit)


def outcome_of(yours: Yours, *, is_timed: bool = False) -> Outcome:
    """Return what became of a student's answer; `is_timed` says whether the question had a timer."""
    if not yours.plays:
        return Outcome.ABSENT
    if yours.is_right:
        return Outcome.RIGHT
    if yours.picked is not None:
        return Outcome.WRONG
    return Outcome.LATE if is_timed else Outcome.UNANSWERED
