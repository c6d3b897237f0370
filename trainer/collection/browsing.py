"""All cards: found, looked at, and handled, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.catalogue import Filter, Row
from trainer.core.progress import Advance, unseen
from trainer.core.session import Selection
from trainer.storage.acts import Acts, Mark
from trainer.storage.catalogue import PART, Catalogue, Past
from trainer.storage.deck_index import DeckIndex
from trainer.storage.entries import Entry
from trainer.storage.store import Store

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.day import Moment
    from trainer.core.deck import Card
    from trainer.core.scheduling import Replay

__all__ = ["PART", "Browsing", "Done", "Handling", "Past"]

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
    def leads_to_card(self) -> bool:
        """Whether taking it back leaves one card to be asked: it was answered, or set aside."""
        is_aside = self.on and self.kind in ("suspend", "bury")
        return len(self.entries) == 1 and (self.kind == "review" or is_aside)

    @property
    def called(self) -> str:
        """What was done to what, for a person to read."""
        others = len({*self.cards}) - 1
        return self.entries[0]._replace(others=others).called if self.entries else "nothing"


class Handling:
    """What can be done to cards, in a progress file: to all or none, and undone as a whole."""

    def __init__(
        self, store: Store, now: Callable[[], Moment], replay: Replay, *, advance: Advance = unseen
    ) -> None:
        self._acts = Acts(store)
        self._now, self._replay, self._advance = now, replay, advance

    def mark(self, kind: Mark, cards: Iterable[str], *, on: bool = True) -> Done:
        """Suspend cards, bury them for today or flag them, or take that off; what is so already stays."""
        entries = self._acts.mark(kind, cards, on=on, moment=self._now(), advance=self._advance)
        return Done(kind, on, tuple(entries))

    def forget(self, cards: Iterable[str]) -> Done:
        """Let cards be new again; their reviews stay in the log, but count for their schedule no more."""
        return Done(
            "forget", True, tuple(self._acts.forget(cards, moment=self._now(), advance=self._advance))
        )

    def undo(self, done: Done) -> Done:
        """Take back what was done."""
        entries = self._acts.undo(
            done.entries, moment=self._now(), replay=self._replay, advance=self._advance
        )
        return done._replace(entries=tuple(entries))


class Browsing(Handling):
    """The cards of a collection; what is done to them is done to all or none, and undone as a whole."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._catalogue = Catalogue(collection.store)
        self._index = DeckIndex(collection.store)
        super().__init__(collection.store, collection.now, collection.scheduler.replay)
        self._seen = collection.version()

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
        shelf.take(self.rows(), wanted, known=self._collection.known(), titles={})
        while wanted.words.strip() and shelf.step():
            pass
        return [shelf.listing.rows[place] for place in shelf.found]

    def rows(self) -> list[Row]:
        """Every card, in the order of the decks."""
        return list(chain.from_iterable(self.in_parts()))

    def in_parts(self) -> Iterator[list[Row]]:
        """The same, some at a time, each part read when it is asked for."""
        self._seen = self._collection.version()
        return self._catalogue.in_parts(self._files, self._collection.now().day)

    def rows_of(self, cards: Iterable[str]) -> dict[str, Row]:
        """Those cards as they are now, by id."""
        return self._catalogue.rows_of(self._files, cards, self._collection.now().day)

    def changed_elsewhere(self) -> bool:
        """Whether another session has written since the rows were read."""
        return self._collection.version() != self._seen

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

    def undo(self, done: Done) -> Done:
        """Take back what was done; if that is one thing, it is told with the question of its card."""
        taken = super().undo(done)
        if len(taken.entries) != 1:
            return taken
        return taken._replace(entries=(self._collection.with_question(taken.entries[0]),))

    def apart(self, does: Callable[[Handling], Done]) -> Callable[[Advance], Done]:
        """Gives what does something to cards in whatever thread, over a connection of its own.

        Where `advance` raises, nothing is done.
        """
        collection = self._collection
        path, replay = collection.store.path, collection.scheduler.replay
        settings = collection.store.settings

        def work(advance: Advance) -> Done:
            with closing(Store(path)) as store:
                store.settings = settings  # What the replay goes by: another session may go by others.
                return does(Handling(store, collection.now, replay, advance=advance))

        return work

    def last_done(self) -> Done | None:
        """What was done last, in whatever sitting or none; None before anything was done."""
        entry = self._collection.store.last_entry()
        if entry is None:
            return None
        return Done(entry.kind, entry.value != 0, (entry, *self._collection.store.together_with(entry)))

    @property
    def _files(self) -> list[bytes]:
        return [deck.key for deck in self._collection.decks]
