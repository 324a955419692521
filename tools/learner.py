"""Write the table in docs/reviews.md: a simulated learner over 120 days, by reviews and by playing at random.

The learner forgets by a known curve, which is not that of the scheduler. A fact of strength S is remembered after t
days with a probability of 0.9^(t/S). Somebody who has forgotten it guesses among four options. Every answer shows its
proof: a fact that was remembered gains strength, the more the nearer it was to being forgotten (by 1 + 10·(1 − R), at
most fourfold), and one that was forgotten starts again with half of it, and no less than two days. Nothing is random
but what `quiz.draw` draws from a fixed seed, so that the table is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from orbitquiz.cli.bank_option import open_chosen
from orbitquiz.history.schedule import Card, Reply, agenda, replay, with_retention
from orbitquiz.quiz.distractors import COUNT
from orbitquiz.quiz.draw import Draw
from orbitquiz.session.returning import ReviewOptions

PAGE = Path(__file__).parents[1] / "docs" / "reviews.md"
DAYS = 120
WISHED = (0.8, 0.9, 0.95)
_START = datetime(2026, 1, 1, 18, tzinfo=UTC)
_FIRST, _MOST_GAIN, _GAIN = 2.0, 4.0, 10.0
_BEGIN, _END = "<!-- table: tools/learner.py -->\n", "<!-- end -->\n"


@dataclass
class Learner:
    """A learner's memory: for each fact its strength in days, and the day on which it was last shown."""

    draw: Draw
    memory: dict[str, tuple[float, int]] = field(default_factory=dict)

    def recall(self, fact: str, day: int) -> float:
        """Return the probability that a fact is remembered on `day`."""
        if fact not in self.memory:
            return 0.0
        strength, last = self.memory[fact]
        return float(0.9 ** ((day - last) / strength))

    def answer(self, fact: str, day: int, number: int) -> bool:
        """Answer a question about a fact and read its proof. Return whether the answer was right."""
        words = (fact, str(day), str(number))
        recall = self.recall(fact, day)
        is_remembered = self.draw.share("recall", *words) < recall
        if is_remembered:
            strength = self.memory[fact][0] * min(1 + _GAIN * (1 - recall), _MOST_GAIN)
        else:
            strength = max(self.memory.get(fact, (0.0, 0))[0] / 2, _FIRST)
        self.memory[fact] = strength, day
        return is_remembered or self.draw.below(COUNT + 1, "guess", *words) == 0


@dataclass(frozen=True)
class Result:
    """The outcome of 120 days: the questions of each day, the right ones of the reviews, and what is remembered."""

    questions: tuple[int, ...]
    reviews: int
    right: int
    remembered: float  # the expected share of all facts on the last day


def by_reviews(facts: Sequence[str], wished: float) -> Result:
    """Return how a learner does who answers each day what is due."""
    learner, cards = Learner(Draw("learner")), dict[str, Card]()
    options = ReviewOptions()
    questions, reviews, right = [], 0, 0
    for day in range(DAYS):
        now = _START + timedelta(days=day)
        due = agenda(
            with_retention(cards, wished),
            facts,
            now,
            new_a_day=options.new_a_day,
            reviews_a_day=options.reviews_a_day,
        )
        answers = [(fact, learner.answer(fact, day, 0)) for fact in due.facts]
        questions.append(len(answers))
        reviews += len(due.due)
        right += sum(is_right for _, is_right in answers[: len(due.due)])
        cards = replay([Reply(fact, now, is_right) for fact, is_right in answers], cards)
    return Result(tuple(questions), reviews, right, _remembered(learner, facts))


def at_random(facts: Sequence[str], questions: Sequence[int]) -> Result:
    """Return how a learner does who answers as many questions each day about facts drawn at random."""
    learner = Learner(Draw("learner"))
    draw = Draw("random player")
    reviews = right = 0
    for day, count in enumerate(questions):
        for number in range(count):
            fact = draw.one(facts, str(day), str(number))
            is_seen = fact in learner.memory
            is_right = learner.answer(fact, day, number)
            reviews += is_seen
            right += is_seen and is_right
    return Result(tuple(questions), reviews, right, _remembered(learner, facts))


def _remembered(learner: Learner, facts: Sequence[str]) -> float:
    return sum(learner.recall(fact, DAYS) for fact in facts) / len(facts)


def table() -> str:
    """Return the table, in Markdown."""
    bank = open_chosen(None).bank
    assert bank is not None
    facts = sorted(bank.facts_by_id)
    rows = [
        "| learner | questions a day, first 30 days | later | reviews answered right | remembered on day 120 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for wished in WISHED:
        reviewed = by_reviews(facts, wished)
        rows.append(_row(f"reviews, {wished:.0%} wished", reviewed))
        rows.append(_row("as many at random", at_random(facts, reviewed.questions)))
    return "\n".join([f"{len(facts)} facts, {DAYS} days:", "", *rows, ""])


def _row(name: str, result: Result) -> str:
    first, later = result.questions[:30], result.questions[30:]
    means = [f"{sum(days) / len(days):.1f}" for days in (first, later)]
    return f"| {name} | {' | '.join(means)} | {result.right / result.reviews:.0%} | {result.remembered:.0%} |"


def page() -> str:
    """Return the page with the table as it is now."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return f"{before}{_BEGIN}\n{table()}\n{_END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(table())
