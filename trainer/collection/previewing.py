"""A deck as it will be asked, read from its file as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from trainer.config import Places
from trainer.core.deck import Card, Problem
from trainer.core.progress import Advance, unseen
from trainer.deckfiles import folder


class Preview(NamedTuple):
    """A deck file: its cards in the order of the file, and its problems; no cards if one is an error."""

    deck: str
    title: str
    path: str
    cards: tuple[Card, ...]
    problems: tuple[Problem, ...]


def preview(places: Places, wanted: str, note: str = "", *, advance: Advance = unseen) -> Preview:
    """The cards of a deck, or of one note, named by its id or a part of it that fits one only.

    Raises DecksError if there is no such deck or note.
    """
    from trainer.collection.adding import deck_file
    from trainer.deckfiles.reader import read_decks

    file = deck_file(places, wanted)
    (reading,) = read_decks([file], advance=advance)
    deck = reading.deck
    if deck is None:
        return Preview(file.deck, "", file.file.path, (), reading.problems)
    cards = _of_note(deck.cards, note) if note else deck.cards
    return Preview(deck.id, deck.title, file.file.path, tuple(cards), reading.problems)


def watched(path: Path) -> list[Path]:
    """The files on which the reading of a deck file depends, whether or not they are there."""
    folders = (path.parent, *list(path.absolute().parent.parents)[: folder.MAX_DEPTH])
    registries = [each / name for each in folders for name in (folder.SOURCES, folder.NAMES)]
    return [path, *registries]


def watched_below(paths: Sequence[Path]) -> list[Path]:
    """The files on which the reading of decks folders and deck files depends, as they are now."""
    found = (file for deck in folder.find(paths) for file in (deck.file, *deck.sources, *deck.names))
    return list(dict.fromkeys(Path(file.path) for file in found))


def _of_note(cards: Sequence[Card], wanted: str) -> list[Card]:
    from trainer.collection.finding import only_one

    notes = list(dict.fromkeys(card.note for card in cards))
    note = only_one(wanted, notes, kind="note", called=str, told=str)
    return [card for card in cards if card.note == note]
