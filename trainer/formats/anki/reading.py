"""A package of Anki, read: its notes as plain fields, what is known of their cards, what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from trainer.core.carried import CardPast
from trainer.core.collector import without_collector
from trainer.core.fsrs6 import Model
from trainer.core.progress import Advance, unseen
from trainer.formats.anki.collection_file import CollectionFile
from trainer.formats.anki.histories import DayOf, Rules, past_of
from trainer.formats.anki.package import PackageError, read_package
from trainer.formats.anki.records import AnkiCard, AnkiDeck, AnkiReview, Preset
from trainer.formats.anki.taking import LeftOutError, Taken, Taker
from trainer.formats.model import LeftOut, NoteFields

MAX_NOTES, MAX_SIZE = 100_000, 32_000_000
"""Notes and characters of one deck."""

_A_BEAT = 200
_DEFAULT_DECK = 1


@dataclass(slots=True, kw_only=True)
class DeckTaken:
    """A deck: its name in parts, the id that it has here if it comes from here, and its notes.

    `cards` has the key and the id in Anki of each card, by the number of its note (the `line`); `by_note` the
    same for cards that are no note's alone, by the id of the note here. `names` are the ids of notes as here.
    """

    name: tuple[str, ...]
    ours: str = ""
    about: str = ""
    notes: list[NoteFields] = field(default_factory=list)
    cards: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    by_note: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    size: int = 0


class Offered(NamedTuple):
    """The settings of FSRS in most of the cards' presets: parameters, none for its own, and retention."""

    parameters: tuple[float, ...]
    desired_retention: float


class AnkiPackage(NamedTuple):
    """What a package holds: `pasts` has what is known of cards, by their ids in Anki; new ones have nothing.

    `lost_media` notes had media, some of which `media` names; `edited` notes were written here and edited
    in Anki since.
    """

    decks: tuple[DeckTaken, ...]
    pasts: Mapping[int, CardPast]
    left_out: tuple[LeftOut, ...]
    media: tuple[str, ...]
    lost_media: int
    edited: int
    offered: Offered | None


def read(path: Path, *, day_of: DayOf, model: Model, advance: Advance = unseen) -> AnkiPackage:
    """Read a package. `model` is for cards that have no state of FSRS. Raises PackageError."""
    package = read_package(path)
    names, content = package.media, package.collection
    del package
    try:
        with without_collector():
            file = CollectionFile(content)
            del content
            try:
                reader = _Reader(file)
                reader.read_notes(advance)
                pasts = reader.pasts(Rules(file.day_zero(), day_of, model), advance)
                offered = reader.offered(pasts)
            finally:
                file.close()
    except PackageError as error:
        raise PackageError(f"{path}: {error}", hint=error.hint) from error
    return AnkiPackage(
        decks=tuple(sorted(reader.decks.values(), key=lambda deck: deck.name)),
        pasts=pasts,
        left_out=tuple(reader.left_out),
        media=tuple(dict.fromkeys((*names, *reader.taker.media))),
        lost_media=reader.taker.without_media,
        edited=reader.edited,
        offered=offered,
    )


class _Reader:
    def __init__(self, file: CollectionFile) -> None:
        self.decks: dict[tuple[str, ...], DeckTaken] = {}
        self.left_out: list[LeftOut] = []
        self.edited = 0
        self._file = file
        self._known = file.decks()
        self._presets = file.presets()
        self.taker = Taker(file.note_types())
        self._wanted: dict[int, AnkiCard] = {}

    def read_notes(self, advance: Advance) -> None:
        """Take every note, with its cards."""
        total = self._file.count("notes")
        cards = {note: list(group) for note, group in groupby(self._file.cards(), lambda card: card.note)}
        for number, note in enumerate(self._file.notes(), start=1):
            if number % _A_BEAT == 0:
                advance(number, total)
            of_note = {card.ord: card for card in cards.pop(note.id, ())}
            try:
                if not of_note:
                    raise LeftOutError("it has no cards")
                found = self.taker.take(note, list(of_note))
            except LeftOutError as error:
                left = LeftOut(line=number, text=self.taker.text_of(note), reason=str(error))
                self.left_out.append(left)
                continue
            home = self._name(next(iter(of_note.values())))
            for each in found:
                self._put(each, of_note, number, home)

    def pasts(self, rules: Rules, advance: Advance) -> dict[int, CardPast]:
        """What is known of the cards that were taken."""
        logs = self._file.reviews()
        found: dict[int, CardPast] = {}
        nothing: list[AnkiReview] = []
        for number, (key, card) in enumerate(self._wanted.items()):
            if number % _A_BEAT == 0:
                advance(number, len(self._wanted))
            past = past_of(card, logs.get(key, nothing), rules, self._preset(card))
            if past != CardPast():
                found[key] = past
        return found

    def offered(self, pasts: Iterable[int]) -> Offered | None:
        """The settings of FSRS that most of the studied cards have; None where it was not in use."""
        studied = Counter(self._preset(self._wanted[card]) for card in pasts)
        uses = any('"s":' in card.data for card in self._wanted.values())
        preset = max(filter(None, studied), key=lambda each: studied[each], default=None)
        if preset is None or not (preset.parameters or uses):
            return None
        return Offered(preset.parameters, preset.desired_retention)

    def _put(self, taken: Taken, of_note: Mapping[int, AnkiCard], number: int, home: tuple[str, ...]) -> None:
        self.edited += taken.edited
        place = ("", taken.deck) if taken.deck else home
        deck = self.decks.get(place)
        if deck is None:
            about = self._about(home)
            deck = DeckTaken(name=home, ours=taken.deck, about=about)
            self.decks[place] = deck
        cards = [(key, of_note[ord].id) for ord, key in taken.keys.items()]
        self._wanted |= {of_note[ord].id: of_note[ord] for ord in taken.keys}
        if taken.fields is None:
            deck.by_note.setdefault(taken.note, []).extend(cards)
            return
        serial = len(deck.notes) + 1
        deck.size += sum(len(value) for value in taken.fields.values() if isinstance(value, str))
        if serial > MAX_NOTES or deck.size > MAX_SIZE:
            raise PackageError(f"the deck '{'::'.join(home)[:60]}' in it is too large for one file")
        deck.notes.append(NoteFields(line=serial, fields=taken.fields))
        deck.cards[serial] = cards
        if taken.note:
            deck.names[serial] = taken.note

    def _name(self, card: AnkiCard) -> tuple[str, ...]:
        """The name of the deck that a card is at home in."""
        deck = self._known.get(card.home or card.deck) or self._known.get(_DEFAULT_DECK)
        return deck.name if deck else ("Default",)

    def _preset(self, card: AnkiCard) -> Preset | None:
        deck: AnkiDeck | None = self._known.get(card.home or card.deck)
        return self._presets.get(deck.preset) if deck else None

    def _about(self, name: Sequence[str]) -> str:
        """What a deck says of itself."""
        return next((deck.about for deck in self._known.values() if deck.name == name), "")
