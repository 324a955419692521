"""The simulated learner of docs/reviews.md."""

from __future__ import annotations

from tools.learner import at_random, by_reviews

FACTS = [f"fact-{number}" for number in range(60)]


def test_reviews_keep_what_is_wished_and_more_than_as_many_questions_at_random() -> None:
    reviewed = by_reviews(FACTS, 0.9)
    random = at_random(FACTS, reviewed.questions)
    assert 0.85 < reviewed.right / reviewed.reviews < 0.97
    assert reviewed.remembered > random.remembered + 0.05
    assert reviewed == by_reviews(FACTS, 0.9)
