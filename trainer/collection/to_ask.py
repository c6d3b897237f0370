"""What a test can be about: how many cards there are of each deck and type, counted without building them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from trainer.storage.askable import Askable

if TYPE_CHECKING:
    from trainer.collection import Collection as Cards

AT_ONCE = 4_000
"""Cards that are looked at in a step: some milliseconds."""


class ToAsk:
    """The cards that are neither superseded nor suspended: how many there are is known at once.

    Which of them only reveal their answers, so that they come where their type is named and nowhere else,
    stands in their forms, which are looked through in steps.
    """

    def __init__(self, collection: Cards) -> None:
        self._askable = Askable(collection.store)
        self._cards: dict[tuple[str, str], int] = {}
        self._revealed: Counter[tuple[str, str]] = Counter()
        sizes = collection.standing.sizes(collection.decks)
        for deck in collection.decks:
            for kind, count in sorted(self._askable.types(deck.key).items()):
                self._cards[deck.deck, kind] = count
        self.decks = tuple(dict.fromkeys(deck for deck, _ in self._cards))
        self.types = tuple(sorted({kind for _, kind in self._cards}))
        self._left: Iterator[tuple[str, bytes, range]] = (
            (deck.deck, deck.key, range(first, min(first + AT_ONCE, sizes[deck.deck])))
            for deck in collection.decks
            for first in range(0, sizes.get(deck.deck, 0), AT_ONCE)
        )
        self._part = next(self._left, None)

    @property
    def is_counted(self) -> bool:
        """Whether all cards were looked through."""
        return self._part is None

    def step(self) -> bool:
        """Look through some more cards; whether more are left. Raises DataError where they cannot be read."""
        looked_at = 0
        while looked_at < AT_ONCE and self._part is not None:
            deck, file, positions = self._part
            for kind, count in self._askable.revealed(file, positions).items():
                self._revealed[deck, kind] += count
            looked_at += len(positions)
            self._part = next(self._left, None)
        return not self.is_counted

    def by_deck(self, types: Collection[str]) -> Counter[str]:
        """The questions that there are in each deck: of some types, or of all that can be graded.

        The latter are too many until all cards were looked through.
        """
        counts: Counter[str] = Counter()
        for (deck, kind), count in self._cards.items():
            if not types:
                counts[deck] += count - self._revealed[deck, kind]
            elif kind in types:
                counts[deck] += count
        return counts

    def by_type(self, decks: Collection[str]) -> Counter[str]:
        """The questions that there are of each type in some decks, or in all, if each is named."""
        counts: Counter[str] = Counter()
        for (deck, kind), count in self._cards.items():
            if not decks or deck in decks:
                counts[kind] += count
        return counts

    @property
    def gradable(self) -> frozenset[str]:
        """The types of which some card can be graded."""
        return frozenset(
            kind for (deck, kind), count in self._cards.items() if count > self._revealed[deck, kind]
        )
