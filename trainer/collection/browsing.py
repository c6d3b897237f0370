"""All cards: found, looked at, and handled, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.catalogue import Filter, Row
from trainer.core.session import Selection
from trainer.storage.acts import Acts, Mark
from trainer.storage.catalogue import Catalogue, Past
from trainer.storage.deck_index import DeckIndex
from trainer.storage.entries import Entry

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.deck import Card

__all__ = ["Browsing", "Done", "Past"]

PREPARED = 400
"""Cards whose texts are given at once."""


class Done(NamedTuple):
    """What was done to cards, or taken back: `kind` as in the log, `on` whether a mark was set."""

    kind: str
    on: bool
    entries: tuple[Entry, ...]

    @property
    def cards(self) -> list[str]:
        """The ids of the cards."""
        return [entry.card for entry in self.entries]

    @property
    def called(self) -> str:
        """What was done to what, for a person to read."""
        return self.entries[0]._replace(others=len(self.entries) - 1).called if self.entries else "nothing"


class Browsing:
    """The cards of a collection; what is done to them is done to all or none, and undone as a whole."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._catalogue = Catalogue(collection.store)
        self._index = DeckIndex(collection.store)
        self._acts = Acts(collection.store)
        self._seen = self._catalogue.version()

    # Looking

    def meant(self, wanted: Filter, *, leech: bool = False) -> Filter:
        """The filter with decks, sources and names as they are called; with `leech`, only leeches.

        Raises DecksError, with a hint, for what is not there.
        """
        selection = self._collection.finding.meant(
            Selection(decks=wanted.decks, tags=wanted.tags, sources=wanted.sources, names=wanted.names)
        )
        return replace(
            wanted,
            decks=selection.decks,
            tags=selection.tags,
            sources=selection.sources,
            names=selection.names,
            lapses=self._collection.config.leech_lapses if leech else wanted.lapses,
        )

    def find(self, wanted: Filter) -> list[Row]:
        """The cards that are wanted, best first where words are, else in the order of the decks."""
        from trainer.collection.shelf import Shelf

        shelf = Shelf(self)
        shelf.read(wanted, known=self._collection.known(), titles={})
        while shelf.step():
            pass
        return [shelf.listing.rows[place] for place in shelf.found]

    def rows(self) -> list[Row]:
        """Every card, in the order of the decks."""
        self._seen = self._catalogue.version()
        return self._catalogue.rows(self._files, self._collection.now().day)

    def rows_of(self, cards: Iterable[str]) -> dict[str, Row]:
        """Those cards as they are now, by id."""
        return self._catalogue.rows_of(self._files, cards, self._collection.now().day)

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since the rows were read."""
        return self._catalogue.version() != self._seen

    def texts(self, rows: Sequence[Row]) -> Iterator[list[tuple[str, str]]]:
        """What each of the rows says, and what else it is found by; some at a time, in their order."""
        remaining = iter(rows)
        for deck in self._collection.decks:
            keywords = self._catalogue.keywords(deck.key)
            position, count = 0, self._catalogue.count(deck.key)
            while position < count:
                part = list(islice(remaining, min(PREPARED, count - position)))
                yield [
                    (f"{row.question} {row.answer}", f"{row.id} {keywords.get(place, '')}")
                    for place, row in enumerate(part, start=position)
                ]
                position += PREPARED

    def having(self, wanted: Filter) -> list[set[str]]:
        """For each of the facets that a filter asks for, the ids of the cards that have one of its values."""
        return [self._index.having(self._files, kind, values) for kind, values in wanted.facets.items()]

    def values(self, kind: str) -> list[tuple[str, int]]:
        """Every tag, article or name of the cards, and how many have it, by value; `kind` as for facets."""
        found = self._index.facets(self._files, kind)
        return [(value, count) for value, count in found if kind != "source" or "#" not in value]

    def source_titles(self) -> dict[str, str]:
        """The title of each source, by its id."""
        return {source.id: source.title for source in self._index.sources(self._files)}

    def spellings(self) -> dict[str, str]:
        """How else each name is spelt, by the name."""
        found: dict[str, list[str]] = {}
        for spelling, names in self._index.spelt(self._files).items():
            for name in names:
                found.setdefault(name, []).append(spelling)
        return {name: " ".join(spellings) for name, spellings in found.items()}

    def card(self, card: str) -> Card | None:
        """A card in full; None if no deck has it any more."""
        found = self._collection.cards([card])
        return found[0] if found else None

    def history(self, card: str) -> list[Past]:
        """What was done with a card, latest first."""
        return self._catalogue.history(card)

    # Acting

    def mark(self, kind: Mark, cards: Iterable[str], *, on: bool = True) -> Done:
        """Suspend cards, bury them for today or flag them, or take that off; what is so already stays."""
        entries = self._acts.mark(kind, cards, on=on, moment=self._collection.now())
        return Done(kind, on, tuple(entries))

    def forget(self, cards: Iterable[str]) -> Done:
        """Let cards be new again; their reviews stay in the log, but count for their schedule no more."""
        return Done("forget", True, tuple(self._acts.forget(cards, moment=self._collection.now())))

    def undo(self, done: Done) -> Done:
        """Take back what was done."""
        entries = self._acts.undo(
            done.entries, moment=self._collection.now(), replay=self._collection.scheduler.replay
        )
        if len(entries) == 1:
            entries = [self._collection.with_question(entries[0])]
        return done._replace(entries=tuple(entries))

    @property
    def _files(self) -> list[bytes]:
        return [deck.key for deck in self._collection.decks]
