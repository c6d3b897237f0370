"""What is known of a card that was studied in another program."""

from __future__ import annotations

from typing import NamedTuple

from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState


class PastReview(NamedTuple):
    """A review made elsewhere: when (milliseconds since 1970, UTC), how it was rated, and how long it took.

    A review that is `crammed` left the schedule alone; before a `reset` one, the card was made new again.
    """

    at: int
    rating: Rating
    milliseconds: int
    crammed: bool = False
    reset: bool = False


class CardPast(NamedTuple):
    """All that another program knows of a card; its reviews are in the order of time.

    `state` is the memory state that they and whatever else was done there have left; None for a new card.
    """

    reviews: tuple[PastReview, ...] = ()
    state: MemoryState | None = None
    suspended: bool = False
    flagged: bool = False
