"""Decks as a package for Anki: their notes and, if asked for, how well their cards are known."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from trainer.core.day import Moment
from trainer.core.fsrs6 import PARAMETERS
from trainer.core.progress import Advance, unseen
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState
from trainer.core.wording import plural
from trainer.errors import DecksError
from trainer.formats.anki.laying import Layout
from trainer.formats.anki.schedule import (
    Learning,
    Standing,
    card_numbers,
    crammed_numbers,
    interval_of,
    reset_numbers,
    review_numbers,
)
from trainer.formats.anki.schema import Calendar, Preset
from trainer.formats.anki.writing import Package
from trainer.storage.entries import Marks, decode_state
from trainer.storage.outgoing import Entry, Outgoing
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


_RATINGS = {int(rating): rating for rating in Rating}
_UNMARKED = Marks()


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


class _Known(NamedTuple):
    """What the log tells of a card so far: its memory state, its last review, and the interval of that."""

    state: MemoryState | None
    last_at: int
    interval: int


_NEW = _Known(None, 0, 0)


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
        self._known: dict[str, _Known] = {}
        self._days: dict[str, date] = {}
        self._types: Counter[str] = Counter()
        self._decks = self._notes = self._reviews = self._superseded = 0
        self._first = collection.now().day
        self._after = collection.scheduler.after

    def notes(self, selection: Selection) -> None:
        """The notes of which a card is asked for, deck after deck."""
        finding = self._collection.finding
        meant = finding.meant(selection)
        fitting = finding.fitting(meant)
        if meant.cards:
            fitting = {*meant.cards} if fitting is None else fitting & {*meant.cards}
        among = None if fitting is None else {card.rpartition("/")[0] for card in fitting}
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
        """The log, in its order: a row for each review, and how it leaves its card."""
        for entries, done, total in self._outgoing.log():
            rows = [row for row in map(self._review, entries) if row is not None]
            self._package.reviews(rows)
            self._advance(_NOTES + (_REVIEWS - _NOTES) * done // total, _PARTS)
        days = (known.state.due_day for known in self._known.values() if known.state)
        self._first = max(_FIRST_DAY, min(self._first, *days, self._first))

    def cards(self) -> None:
        """The cards, as they stand."""
        marks = self._outgoing.marks() if self._progress else {}
        learning, calendar = self._learning(), self._calendar()
        today = self._collection.now().day.isoformat()
        interval = self._collection.scheduler.interval
        second = self._collection.now().at // 1000
        rows: list[tuple[object, ...]] = []
        for position, (card, place) in enumerate(self._places.items(), start=1):
            known, mark = self._known.get(card, _NEW), marks.get(card, _UNMARKED)
            standing = Standing(
                known.state, known.last_at, mark.suspended, mark.buried_on == today, mark.flagged
            )
            state = known.state
            in_days = interval(state.stability, card=card, reps=state.reps) if state else 0
            numbers = card_numbers(
                standing, position=position, calendar=calendar, learning=learning, interval=in_days
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
            what = plural(readable, "card") + " to choose from, to order or to match"
            degraded.append(f"{what}: in Anki they show it all, and are answered in mind")
        if self._superseded:
            degraded.append(f"{plural(self._superseded, 'card')} of notes that were superseded: left out")
        return Packed(self._decks, self._notes, len(self._places), self._reviews, tuple(degraded))

    def _deck(self, deck: IndexedDeck) -> int:
        self._decks += 1
        return self._package.deck(deck.deck, title=deck.title, description=deck.description)

    def _put(self, laid: Laid, deck: int) -> None:
        tags = dict.fromkeys(tag for card in laid.cards.values() for tag in card.tags)
        note, cards = self._package.note(laid, tags=tags)
        for ord, card in laid.cards.items():
            self._places[card.id] = _Place(cards[ord], note, deck, ord)
        self._notes += 1
        self._types[laid.type] += 1

    def _review(self, entry: Entry) -> tuple[int, ...] | None:
        """The row of an entry of the log; None where Anki has none for it."""
        _, kind, card, at, utc_offset, study_day, mode, rating, milliseconds, response = entry
        place = self._places.get(card)
        if place is None:
            return None
        known = self._known.get(card, _NEW)
        state, _, last = known
        if kind == "review":
            self._reviews += 1
            if mode != "study":
                return at, place.card, *crammed_numbers(rating, last=last, milliseconds=milliseconds)
            day = self._days.get(study_day)
            if day is None:
                day = self._days[study_day] = date.fromisoformat(study_day)
            moment = Moment(at, utc_offset, day)
            after = self._after(state, _RATINGS[rating], card=card, moment=moment)
            now = interval_of(after, at)
            self._known[card] = _Known(after, at, now)
            numbers = review_numbers(
                rating, before=state, after=after, last=last, now=now, milliseconds=milliseconds
            )
            return at, place.card, *numbers
        if kind == "carried":
            carried = decode_state(response)
            last_at = known.last_at or _noon(carried.last_day)
            self._known[card] = _Known(carried, last_at, carried.interval)
            return None
        self._known.pop(card, None)
        return (at, place.card, *reset_numbers(last)) if known is not _NEW else None

    def _calendar(self) -> Calendar:
        now, config = self._collection.now(), self._collection.config
        return Calendar(self._first, config.rollover_hour, now.utc_offset)

    def _learning(self) -> Learning:
        config = self._collection.config
        steps = len(config.learning_steps), len(config.relearning_steps)
        return Learning(*steps, config.desired_retention, (config.parameters or PARAMETERS)[20])


def _noon(day: date) -> int:
    """Noon of a day in UTC, in milliseconds since 1970."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000 + 43_200_000
