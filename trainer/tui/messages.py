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


class RowPressed(Message):
    """A row of a sheet was pressed; `step` is -1 or 1 on the arrows beside a value, else 0."""

    def __init__(self, row: int, *, step: int = 0) -> None:
        super().__init__()
        self.row, self.step = row, step


class QuestionPicked(Message):
    """A question of a test is to come to the front."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index
