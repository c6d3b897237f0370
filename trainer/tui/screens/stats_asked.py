"""What statistics are asked for: of which cards, and of which time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from trainer.core.catalogue import Filter
from trainer.core.session import Selection
from trainer.tui.screens.browse_filters import KINDS, chosen
from trainer.tui.screens.pick import Choice

ALL_DECKS, ALL_THE_TIME = "all decks", "all the time"

FILTERS = tuple(kind for kind in KINDS if kind.word in ("deck", "tag", "source", "name"))
"""What cards can be filtered by here, by the same keys as where they are looked through."""

_PERIODS = {365: "the last year", 90: "the last 90 days", 30: "the last 30 days", 7: "the last 7 days"}

PERIOD_CHOICES = tuple(Choice(str(days), label, 0) for days, label in _PERIODS.items())


class Asked(NamedTuple):
    """The cards that are meant, and the last so many study days, today among them; 0 for all the time."""

    wanted: Filter = Filter()
    days: int = 0

    @property
    def selection(self) -> Selection | None:
        """The cards as a selection; None where all are meant."""
        wanted = self.wanted
        if not wanted.decks and not wanted.facets:
            return None
        return Selection(decks=wanted.decks, tags=wanted.tags, sources=wanted.sources, names=wanted.names)

    def since(self, today: date) -> date | None:
        """The first study day that counts; None where all do."""
        return today - timedelta(days=self.days - 1) if self.days else None

    @property
    def period(self) -> str:
        """The time, in words."""
        return _PERIODS.get(self.days, ALL_THE_TIME)

    def cards_in_words(self, titles: Mapping[str, str]) -> str:
        """The cards, in words; `titles` are those of decks and sources by id."""
        parts = [
            " or ".join(titles.get(value, value) for value in values)
            for kind in FILTERS
            if (values := chosen(self.wanted, kind.word))
        ]
        return " · ".join(parts) or ALL_DECKS
