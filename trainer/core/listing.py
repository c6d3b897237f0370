"""The rows that are looked at: which are wanted, in which order, and as they are now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from trainer.core.catalogue import Column, Filter, Known, Row, filtered, ordered


class Listing:
    """All rows, and the places of those that a filter lets through, sorted; searching comes after."""

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        known: Known | None = None,
        titles: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.rows = list(rows)
        self.known = known or Known(date.min)
        self.day = self.known.day
        self.titles = titles
        self.wanted = Filter()
        self.column: Column = ""
        self.reverse = False
        self._having: Collection[Collection[str]] = ()
        self._order: Sequence[int] = range(len(self.rows))
        self._place_of: dict[str, int] = {}
        self.among: list[int] = list(self._order)

    def filter(self, wanted: Filter, *, having: Collection[Collection[str]] = ()) -> None:
        """Let through what is wanted; `having` as for `filtered`."""
        self.wanted, self._having = wanted, having
        self._narrow()

    def sort(self, column: Column, *, reverse: bool = False) -> None:
        """Sort by a column."""
        self.column, self.reverse = column, reverse
        self._order = ordered(self.rows, column, known=self.known, titles=self.titles, reverse=reverse)
        self._narrow()

    def replace(self, rows: Mapping[str, Row]) -> None:
        """Take rows as they are now, by card id; they keep their places, wherever they would sort now."""
        for card, row in rows.items():
            place = self.place_of(card)
            if place is not None:
                self.rows[place] = row
        self._narrow()

    def place_of(self, card: str) -> int | None:
        """The place in `rows` of a card; None if it is not there."""
        if not self._place_of:
            self._place_of = {row.id: place for place, row in enumerate(self.rows)}
        return self._place_of.get(card)

    def _narrow(self) -> None:
        self.among = filtered(self.rows, self._order, self.wanted, day=self.day, having=self._having)
