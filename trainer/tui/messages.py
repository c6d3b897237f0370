"""What widgets say, in the trainer's words."""

from __future__ import annotations

from textual.message import Message

from trainer.core.review import Rating


class Responded(Message):
    """The learner has answered; `response` is what was typed or picked, empty for "I don't know"."""

    def __init__(self, response: str) -> None:
        super().__init__()
        self.response = response


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
