"""What the use cases give back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.storage.standing import DayTotals

if TYPE_CHECKING:
    from trainer.core.deck import Problem


class DeckCounts(NamedTuple):
    """What a deck could give today if it alone were studied; `new` is what the daily limit leaves."""

    deck: str
    title: str
    new: int
    learning: int
    due: int


class Due(NamedTuple):
    """What comes today. `total` is what studying all decks gives, so its `new` keeps the daily limit."""

    day: date
    decks: tuple[DeckCounts, ...]
    total: DeckCounts


class Checked(NamedTuple):
    """What `check` found: how many deck files and cards there are, and every problem, in file order."""

    files: int
    cards: int
    problems: tuple[Problem, ...]


class Overview(NamedTuple):
    """What Home shows.

    `ahead` counts the reviews that fall due on each of the next seven study days, `new_tomorrow` the new
    cards of the first of them. `suspended` counts the suspended cards by deck.
    """

    due: Due
    totals: DayTotals
    streak: int
    ahead: tuple[tuple[date, int], ...]
    new_tomorrow: int
    suspended: Mapping[str, int]
    problems: tuple[Problem, ...]
