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


class Confidence(IntEnum):
    """How sure the learner said to be before seeing the answer."""

    GUESS = 1
    UNSURE = 2
    SURE = 3

    @property
    def word(self) -> str:
        """As shown."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One answer to one card.

    `score` runs from 0 to 1; `response` is what was typed or picked, as given; `milliseconds` from the
    question to the answer; `answer` is what the card gave as right then (empty in reviews of before it was
    recorded); `mode` is `study`, or `cram` or `quiz` for a review that leaves the schedule
    alone; `confidence` is None where none was told.
    """

    card: str
    rating: Rating
    score: float
    response: str
    milliseconds: int
    mode: str
    moment: Moment
    confidence: Confidence | None = None
    answer: str = ""

    @property
    def passed(self) -> bool:
        """Whether the card was remembered at all."""
        return self.rating is not Rating.AGAIN
