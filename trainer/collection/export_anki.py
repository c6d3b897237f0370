"""Decks as a package for Anki: their notes and, if asked for, how well their cards are known."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from trainer.collection.export_anki_log import Left, Retold
from trainer.core.fsrs6 import PARAMETERS
from trainer.core.progress import Advance, unseen
from trainer.core.scheduling import MemoryState, Phase
from trainer.core.wording import plural
from trainer.errors import DecksError
from trainer.formats.anki.laying import Layout
from trainer.formats.anki.schedule import (
    Learning,
    Standing,
    card_numbers,
)
from trainer.formats.anki.schema import Calendar, Preset
from trainer.formats.anki.writing import Package
from trainer.storage.entries import Marks
from trainer.storage.outgoing import Outgoing
from trainer.whole import written_whole

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Selection
    from trainer.formats.anki.laying import Laid
    from trainer.storage.deck_index import IndexedDeck

_PARTS = 1000
_NOTES, _REVIEWS, _CARDS = 450, 850, 920
"""Up to which of a thousand parts of the work each of its stages comes; packing is the last."""

_AT_ONCE = 2_000
_A_BEAT = 200
_FIRST_DAY = date(1970, 1, 2)
_READABLE = ("choice", "order", "match")


_UNMARKED = Marks()
_NEW: tuple[None, int] = (None, 0)


class Packed(NamedTuple):
    """How many of what were written; `degraded` says, a line each, what is less in Anki than it is here."""

    decks: int
    notes: int
    cards: int
    reviews: int
    degraded: tuple[str, ...]


class _Place(NamedTuple):
    """Where a card of ours stands in Anki: ids of card, note and deck, and its `ord`."""

    card: int
    note: int
    deck: int
    ord: int


def export_package(
    collection: Collection,
    selection: Selection,
    path: Path,
    *,
    progress: bool,
    over: bool = False,
    advance: Advance = unseen,
) -> Packed:
    """Write the notes of which cards are asked for; with `progress`, their histories and the settings too.

    A note comes whole; one that was superseded stays here. Raises DecksError if there is nothing to write,
    and NotSavedError; then nothing is left.
    """
    with (
        written_whole(path, over=over) as stream,
        tempfile.TemporaryDirectory(prefix="trainer-") as folder,
        Package(Path(folder), now=collection.now().at) as package,
    ):
        work = _Work(collection, package, progress=progress, advance=advance)
        work.notes(selection)
        if progress:
            work.reviews()
        work.cards()
        work.finish(stream)
    return work.packed()


class _Work:
    """One export: each stage takes up what the one before has left."""

    def __init__(self, collection: Collection, package: Package, *, progress: bool, advance: Advance) -> None:
        self._collection = collection
        self._package = package
        self._progress = progress
        self._advance = advance
        self._outgoing = Outgoing(collection.store)
        self._places: dict[str, _Place] = {}
        self._left: dict[str, Left] = {}
        self._types: Counter[str] = Counter()
        self._decks = self._notes = self._reviews = self._superseded = 0
        self._first = collection.now().day

    def notes(self, selection: Selection) -> None:
        """The notes of which a card is asked for, deck after deck."""
        finding = self._collection.finding
        meant = finding.meant(selection)
        wanted = finding.wanted(meant)
        among = None if wanted is None else {card.rpartition("/")[0] for card in wanted}
        decks = finding.decks(meant.decks) or self._collection.decks
        counts = {deck.key: self._outgoing.count(deck.key) for deck in decks}
        total = max(1, sum(asked for asked, _ in counts.values()))
        done = 0
        for deck in decks:
            layout, target = Layout(), 0
            self._superseded += counts[deck.key][1]
            for number, note in enumerate(self._outgoing.notes(deck.key, among)):
                target = target or self._deck(deck)
                for laid in layout.notes(note.cards, note.fields):
                    self._put(laid, target)
                done += len(note.cards)
                if number % _A_BEAT == 0:
                    self._advance(_NOTES * done // total, _PARTS)
        if not self._places:
            raise DecksError("there are no cards to export")

    def reviews(self) -> None:
        """The log, in its order: a row for each review, and how they leave the cards."""
        ids = {card: place.card for card, place in self._places.items()}
        retold = Retold(self._collection.scheduler, ids)
        for entries, done, total in self._outgoing.log():
            self._package.reviews(retold.rows(entries))
            self._advance(_NOTES + (_REVIEWS - _NOTES) * done // total, _PARTS)
        self._left, self._reviews = retold.left(), retold.reviews
        days = [left.state.due_day for left in self._left.values()]
        self._first = max(_FIRST_DAY, min([self._first, *days]))

    def cards(self) -> None:
        """The cards, as they stand."""
        marks = self._outgoing.marks() if self._progress else {}
        learning, calendar = self._learning(), self._calendar()
        now = self._collection.now()
        today, second = now.day.isoformat(), now.at // 1000
        rows: list[tuple[object, ...]] = []
        for position, (card, place) in enumerate(self._places.items(), start=1):
            left, mark = self._left.get(card), marks.get(card, _UNMARKED)
            state, last_at = left or _NEW
            standing = Standing(state, last_at, mark.suspended, mark.buried_on == today, mark.flagged)
            interval = self._relearnt(card, state) if state else 0
            numbers = card_numbers(
                standing, position=position, calendar=calendar, learning=learning, interval=interval
            )
            rows.append((*place, second, *numbers))
            if len(rows) >= _AT_ONCE:
                self._package.cards(rows)
                rows.clear()
                self._advance(_REVIEWS + (_CARDS - _REVIEWS) * position // len(self._places), _PARTS)
        self._package.cards(rows)

    def finish(self, stream: BinaryIO) -> None:
        """Pack it all."""
        preset: Preset | None = None
        if self._progress:
            config = self._collection.config
            parameters = config.parameters or PARAMETERS
            preset = Preset(config.scheduling(), parameters, config.new_per_day, config.leech_lapses)

        def advance(done: int, total: int) -> None:
            self._advance(_CARDS + (_PARTS - _CARDS) * done // total, _PARTS)

        self._package.finish(stream, calendar=self._calendar(), preset=preset, advance=advance)

    def packed(self) -> Packed:
        """What was written."""
        degraded: list[str] = []
        readable = sum(self._types[name] for name in _READABLE)
        if readable:
            what = f"{plural(readable, 'card')} (choice, order, match)"
            degraded.append(f"{what} show what there is: nothing can be picked or moved in Anki")
        if self._superseded:
            degraded.append(f"{plural(self._superseded, 'card')} of notes that were superseded: left out")
        return Packed(self._decks, self._notes, len(self._places), self._reviews, tuple(degraded))

    def _deck(self, deck: IndexedDeck) -> int:
        self._decks += 1
        return self._package.deck(deck.deck, title=deck.title, description=deck.description)

    def _put(self, laid: Laid, deck: int) -> None:
        cards = [*laid.cards.values()]
        tags = cards[0].tags
        if len(cards) > 1:
            tags = tuple(dict.fromkeys(tag for card in cards for tag in card.tags))
        note = self._package.note(laid, tags=tags)
        for ord, card in laid.cards.items():
            self._places[card.id] = _Place(note + ord, note, deck, ord)
        self._notes += 1
        self._types[laid.type] += 1

    def _relearnt(self, card: str, state: MemoryState) -> int:
        """The interval of a card that is learnt again, in days, once it is past its steps."""
        if state.phase is not Phase.RELEARNING:
            return 0
        return self._collection.scheduler.interval(state.stability, card=card, reps=state.reps)

    def _calendar(self) -> Calendar:
        now, config = self._collection.now(), self._collection.config
        return Calendar(self._first, config.rollover_hour, now.utc_offset)

    def _learning(self) -> Learning:
        config = self._collection.config
        steps = len(config.learning_steps), len(config.relearning_steps)
        return Learning(*steps, config.desired_retention, (config.parameters or PARAMETERS)[20])
