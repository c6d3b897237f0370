"""What widgets say, in the trainer's words."""

from __future__ import annotations

from textual.message import Message

from trainer.core.review import Rating


class Rated(Message):
    """The learner has rated the card with the mouse."""

    def __init__(self, rating: Rating) -> None:
        super().__init__()
        self.rating = rating


class DeckPicked(Message):
    """A deck is to be studied."""

    def __init__(self, deck: str) -> None:
        super().__init__()
        self.deck = deck
