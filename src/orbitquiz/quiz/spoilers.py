"""Spoilers: text shown with one question that gives away the answer to a later one."""

from __future__ import annotations

from msgspec import Struct

from orbitquiz.bank.model import Bank, Quotation
from orbitquiz.quiz.forms import QuestionForm, form_of, giveaways_of
from orbitquiz.quiz.proof import Feedback
from orbitquiz.quiz.question import Question, Quiz
from orbitquiz.text.fold import plain
from orbitquiz.text.lookup import holds_any


class Placed(Struct, frozen=True):
    """A question with what it shows and what would give it away, ready to be compared.

    `shown` is all that a player has read once it is answered, folded and casefolded, its options aside: to have
    stood among earlier options is no spoiler. `giveaways` are the written forms of its key, `quotations` the words that
    prove the question, whichever claim they stand for, and those that its stem quotes.
    """

    form: QuestionForm
    question: Question
    shown: str
    giveaways: tuple[str, ...]
    quotations: tuple[Quotation, ...]

    @classmethod
    def of(cls, bank: Bank, form: QuestionForm, question: Question) -> Placed:
        """Return the question that has this form in `bank`."""
        shown = "\n".join(plain(text) for text in (question.stem, *question.proof.texts)).casefold()
        quotations = [quotation for claim in form.fact.claims for quotation in claim.proof]
        quotations += [question.quoted] if question.quoted else []
        if form.is_compared:
            quotations = []  # they lie open beside the question, so having read them before is no help
        return cls(form, question, shown, giveaways_of(bank, form), tuple(quotations))

    def spoils(self, later: Placed) -> bool:
        """True if somebody who has played this question can read off the key of `later`."""
        if holds_any(self.shown, later.giveaways):
            return True
        return any(self.shows(quotation) for quotation in later.quotations)

    def shows(self, quotation: Quotation) -> bool:
        """True if a player of this question reads some characters of `quotation`."""
        quoted = self.question.quoted
        if quoted and quoted.overlaps(quotation):
            return True
        return any(item.passage.covers(quotation) for item in self.question.proof.shown)

    def is_told_by(self, feedback: Feedback) -> bool:
        """True if a player who has read `feedback` can read off the key."""
        # A source that is cited for something else is not quoted here on this.
        if holds_any(plain(feedback.statement).casefold(), self.giveaways):
            return True
        cited = feedback.citation
        return cited is not None and any(cited.quotation.overlaps(quotation) for quotation in self.quotations)


def spoiled_by(bank: Bank, quiz: Quiz) -> tuple[tuple[str, ...], ...]:
    """Return, for each question of `quiz`, the ids of those before it that give it away."""
    placed = [Placed.of(bank, form, question) for question in quiz.questions if (form := form_of(bank, question.id))]
    return tuple(
        tuple(earlier.question.id for earlier in placed[:at] if earlier.spoils(later))
        for at, later in enumerate(placed)
    )
