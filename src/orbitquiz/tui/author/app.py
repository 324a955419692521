"""The author's program: what the screen wants is done here, and shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from textual import on

from orbitquiz.authoring.workspace.session import AuthorSession, CannotDo
from orbitquiz.bank.values.entity import Entity, EntityType
from orbitquiz.text.safe import line_of
from orbitquiz.tui.author.entity import EntityScreen
from orbitquiz.tui.author.panel import about
from orbitquiz.tui.author.preview import PreviewScreen
from orbitquiz.tui.author.screen import AuthorScreen, TypedWords
from orbitquiz.tui.shared.base_app import BaseApp

_POLL = 1.0  # seconds between looks at the files


class AuthorApp(BaseApp[None]):
    """Writes the facts of a bank. `folder` is where the theme is remembered, None for nowhere."""

    TITLE = "OrbitQuiz author"
    # The first screen is not pushed, so Textual would not look for its own.
    CSS_PATH = [
        *BaseApp.CSS_PATH,
        Path(__file__).parents[1] / "widgets" / "proof.tcss",
        Path(__file__).with_name("screen.tcss"),
    ]
    MEANWHILE = "Everything is kept."

    def __init__(self, session: AuthorSession, folder: Path | None = None, notices: tuple[str, ...] = ()) -> None:
        super().__init__(folder)
        self.session = session
        self.notices = notices
        self._told: str | None = None  # what was told of the files the last time

    def get_default_screen(self) -> AuthorScreen:
        """Begin with the author's screen."""
        return AuthorScreen()

    @on(AuthorScreen.Ready)
    def _begin(self) -> None:
        if self.session.form is None and self.session.drafts:
            self.session.next_draft()
        self._show()
        for notice in self.notices:
            self.notify(notice, severity="warning", timeout=8, markup=False)
        self.set_interval(_POLL, self._poll)

    @on(AuthorScreen.Marked)
    def _mark(self, message: AuthorScreen.Marked) -> None:
        session = self.session
        marks = {"proof": session.mark_proof, "instead": session.mark_instead, "value": session.mark_value}
        self._do(lambda: marks[message.what](message.span), follow=False)

    @on(AuthorScreen.Chose)
    def _choose(self, message: AuthorScreen.Chose) -> None:
        self._do(lambda: self.session.choose_entity(cast("EntityType", message.type)))

    @on(AuthorScreen.Opened)
    def _open(self, message: AuthorScreen.Opened) -> None:
        self._do(lambda: self.session.open(message.id))

    @on(TypedWords)
    def _word(self, message: TypedWords) -> None:
        if message.about != about(self.session.form):
            return  # it was kept or closed meanwhile, with these words
        words = {"ask": message.ask, "statement": message.statement, "value": message.value}
        self._do(lambda: self.session.word(**words, distractors=message.distractors), follow=False)

    @on(AuthorScreen.Wants)
    def _want(self, message: AuthorScreen.Wants) -> None:
        match message.what:
            case "keep":
                self._do(lambda: f"Kept {self.session.keep()}.")
            case "drop":
                self._do(lambda: f"Dropped {self.session.drop()}. u brings it back.")
            case "undo":
                self._do(lambda: f"Undone: {self.session.undo()}.")
            case "next_draft":
                self._do(lambda: self.session.next_draft(message.by))
            case "next_document":
                self._do(lambda: self.session.next_document(message.by))
            case "next_claim":
                self._do(self.session.next_claim)
            case "next_difference":
                self._do(self.session.next_difference)
            case "next_type":
                self._do(self.session.next_type)
            case "close":
                self._do(self.session.close)
            case "reload":
                self._do(self.session.reload)
            case "words":
                self._do(self._explain_words)
            case "entity":
                self._do(self._ask_entity)
            case "preview":
                self._preview()

    def _do(self, step: Callable[[], object], *, follow: bool = True) -> None:
        """Take a step, and show what came of it and what it tells; where it cannot be taken, say why."""
        done = None
        try:
            done = step()
        except CannotDo as error:
            self.notify(line_of(str(error)), severity="warning", timeout=6, markup=False)
        self._show(follow=follow, done=done if isinstance(done, str) else "")

    def _show(self, *, follow: bool = True, done: str = "") -> None:
        self._screen.show(self.session, follow=follow, done=done)

    @property
    def _screen(self) -> AuthorScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, AuthorScreen)
        return screen

    def _explain_words(self) -> None:
        raise CannotDo("no fact is open; mark words and press m, or choose a fact")

    def _ask_entity(self) -> None:
        session, form = self.session, self.session.form
        entity = next((each for each in form.entities if each.name == form.value), None) if form else None
        if entity is None:
            raise CannotDo("the answer is no new entity; press p, o, l or t first")
        groups = frozenset(session.workspace.bank.entities_by_group)

        def take(entity: Entity | None) -> None:
            if entity is not None:
                self._do(lambda: session.name_entity(entity))

        self.push_screen(EntityScreen(entity, groups), take)

    def _preview(self) -> None:
        trial = self.session.trial
        if trial is None or not trial.questions:
            self.notify("There is no question to see yet.", severity="warning", markup=False)
        else:
            self.push_screen(PreviewScreen(trial.questions))

    def _poll(self) -> None:
        try:
            told = self.session.poll()
        except CannotDo as error:
            told = str(error)
        if told and told != self._told:
            self.notify(line_of(told), severity="warning", timeout=8, markup=False)
            self._show(follow=False)
        self._told = told
