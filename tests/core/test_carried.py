from __future__ import annotations

from trainer.core.carried import CardPast, PastReview
from trainer.core.review import Rating


def test_a_card_of_which_nothing_is_known_is_new_and_unmarked() -> None:
    assert CardPast() == CardPast(reviews=(), state=None, suspended=False, flagged=False)


def test_a_review_counts_for_the_schedule_unless_it_is_said_otherwise() -> None:
    review = PastReview(1, Rating.GOOD, 2)
    assert (review.crammed, review.reset) == (False, False)
