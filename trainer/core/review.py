"""The one fact that is recorded: a card was answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from trainer.core.day import Moment


class Rating(IntEnum):
    """How well a card was remembered; the learner decides, and FSRS counts on it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def word(self) -> str:
        """As on the button."""
        return self.name.capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One answer to one card.

    `score` runs from 0 to 1; `response` is what was typed or picked, as given; `milliseconds` from the
    question to the answer; `mode` is `study`, or `cram` for a review that leaves the schedule alone.
    """

    card: str
    rating: Rating
    score: float
    response: str
    milliseconds: int
    mode: str
    moment: Moment

    @property
    def passed(self) -> bool:
        """Whether the card was remembered at all."""
        return self.rating is not Rating.AGAIN
