"""What widgets say, in the trainer's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from trainer.core.review import Rating

if TYPE_CHECKING:
    from trainer.core.catalogue import Column


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


class EventPicked(Message):
    """An event is to be marked, in that lane."""

    def __init__(self, event: int, lane: int) -> None:
        super().__init__()
        self.event, self.lane = event, lane


class CardMarked(Message):
    """Another card of a table is marked; `opened` if it is to be shown in full."""

    def __init__(self, *, opened: bool = False) -> None:
        super().__init__()
        self.opened = opened


class CardTicked(Message):
    """The marked card of a table is to be selected, or selected no more."""


class ColumnPressed(Message):
    """The heading of a column was pressed."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column


class Picked(Message):
    """A choice of a list was pressed."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index
