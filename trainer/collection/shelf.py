"""The cards that are browsed: filtered, sorted, and searched a step at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.core.catalogue import Column, Filter, Known, Row
from trainer.core.listing import Listing
from trainer.core.search import Found, Searcher

if TYPE_CHECKING:
    from trainer.collection.browsing import Browsing

_AT_ONCE = 8_000
"""Texts that are searched in a step: some milliseconds."""

_PREPARED_AT_ONCE = 400


class Shelf:
    """What is found is in `found`, best first; a new search takes the place of one that is under way."""

    def __init__(self, browsing: Browsing) -> None:
        self._browsing = browsing
        self.listing = Listing()
        self.found: Sequence[int] = ()
        self.read_as: Mapping[str, Sequence[str]] = {}
        self._searcher = Searcher()
        self._texts: Iterator[list[tuple[str, str]]] = iter(())
        self._hunt: Iterator[Found | int] | None = None

    @property
    def is_prepared(self) -> bool:
        """Whether all cards can be searched; until then, those that can be are."""
        return len(self._searcher) == len(self.listing.rows)

    def take(self, rows: Sequence[Row], wanted: Filter, *, known: Known, titles: Mapping[str, str]) -> None:
        """Take all cards as they were read anew, sorted as they were."""
        column, reverse = self.listing.column, self.listing.reverse
        self.listing = Listing(rows, known=known, titles=titles)
        if column or reverse:
            self.listing.sort(column, reverse=reverse)
        self._searcher, self._texts = Searcher(), self._browsing.texts(self.listing.rows)
        self.filter(wanted)

    def filter(self, wanted: Filter) -> None:
        """Let through what is wanted; other words alone are soon looked for."""
        if replace(wanted, words="") == replace(self.listing.wanted, words=""):
            self.listing.wanted = wanted
        else:
            self.listing.filter(wanted, having=self._browsing.having(wanted))
        self._search()

    def sort(self, column: Column, *, reverse: bool) -> None:
        """Sort by a column; the best are first no more."""
        self.listing.sort(column, reverse=reverse)
        self._search()

    def renew(self, cards: Sequence[str]) -> None:
        """Read some cards anew."""
        self.listing.replace(self._browsing.rows_of(cards))
        self._search()

    def step(self) -> bool:
        """Do some of what is to be done; whether more is left."""
        left = _AT_ONCE
        while self._hunt is not None and left > 0:
            step = next(self._hunt)
            if isinstance(step, Found):
                self._hunt = None
                self.read_as = step.read_as
                self.found = self._in_order(step.places)
            else:
                left -= step
        if self._hunt is None and not self.is_prepared:
            self._prepare()
        return self._hunt is not None or not self.is_prepared

    def _search(self) -> None:
        words = self.listing.wanted.words
        self._hunt = None
        if words.strip():
            self._hunt = self._searcher.search(words, self.listing.among)
        else:
            self.found, self.read_as = self.listing.among, {}

    def _in_order(self, places: list[int]) -> list[int]:
        """Best first, unless another order was asked for."""
        if not self.listing.column and not self.listing.reverse:
            return places
        among = frozenset(places)
        return [place for place in self.listing.among if place in among]

    def _prepare(self) -> None:
        enough = len(self._searcher) + _PREPARED_AT_ONCE
        while len(self._searcher) < enough and not self.is_prepared:
            self._searcher.add(next(self._texts))
        if self.is_prepared:
            self._search()
