"""Decks of a package of Anki: where each goes, what it would be, and what one that is there has already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from trainer.collection.carrying import Carried, Maker, kind_of, note_of_fields
from trainer.collection.importing import SHOWN
from trainer.collection.starting import deck_id, plan_deck, titled
from trainer.config import Places
from trainer.core.carried import CardPast
from trainer.core.progress import Advance
from trainer.deckfiles import folder
from trainer.errors import UsageError
from trainer.formats.anki.reading import DeckTaken
from trainer.formats.model import Imported, LeftOut, as_id

_MOST_FOLDERS = 6
_DEFAULT = ("Default",)
_LONGEST_PART = 100


class PreparedDeck(NamedTuple):
    """A deck that could be written; one that `is_there` already is left as it is, and has no text.

    `notes` are those to be written, or those that are recognised in the file that is there.
    """

    id: str
    path: Path
    title: str
    notes: int
    kinds: Mapping[str, int]
    beginning: str
    text: str
    is_there: bool


class MadeDeck(NamedTuple):
    """A deck, the ids of its notes by their number, and of those that come from here by their ids of then.

    `cards` are the ids of the cards that the deck has; None where it is not there yet.
    """

    deck: PreparedDeck
    notes: Mapping[int, str]
    ours: Mapping[str, str]
    cards: frozenset[str] | None
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()

    def pasts(self, taken: DeckTaken, known: Mapping[int, CardPast]) -> Iterator[tuple[str, CardPast]]:
        """What is known of the cards of the deck, by their ids."""
        for note, card in self._cards(taken):
            past = known.get(card)
            if past is not None and (self.cards is None or note in self.cards):
                yield note, past

    def _cards(self, taken: DeckTaken) -> Iterator[tuple[str, int]]:
        for number, note in self.notes.items():
            yield from ((f"{self.deck.id}/{note}/{key}", card) for key, card in taken.cards[number])
        for name, cards in taken.by_note.items():
            if note := self.ours.get(name, ""):
                yield from ((f"{self.deck.id}/{note}/{key}", card) for key, card in cards)


def made(
    taken: DeckTaken, path: Path, places: Places, title: str, *, source: str, advance: Advance
) -> MadeDeck:
    """A new deck of the notes that were taken."""
    from trainer.deckfiles.writing import deck_text

    imported = Imported(title=title, description=taken.about, notes=tuple(taken.notes))
    roots = (*places.decks, places.own_decks)
    carried: Carried = Maker(path, imported, source=source, roots=roots).deck(title, advance=advance)
    notes = {given.line: str(note["id"]) for given, note in zip(carried.given, carried.notes, strict=True)}
    return MadeDeck(
        deck=PreparedDeck(
            id=deck_id(path, places),
            path=path,
            title=str(carried.head["title"]),
            notes=len(carried.notes),
            kinds=Counter(map(kind_of, carried.notes)),
            beginning=deck_text(carried.head, carried.notes[:SHOWN]),
            text=carried.text,
            is_there=False,
        ),
        notes=notes,
        ours={name: notes[number] for number, name in taken.names.items() if number in notes},
        cards=None,
        left_out=carried.left_out,
        remarks=carried.remarks,
    )


def recognised(taken: DeckTaken, there: folder.DeckFile, title: str) -> MadeDeck:
    """A deck that is there: which of the notes that were taken it has, by their ids or by what they say."""
    from trainer.deckfiles.reader import derived_id, read_decks

    (reading,) = read_decks([there], keep=True)
    sound = reading.kept.notes if reading.deck is not None and reading.kept is not None else ()
    by_said = {derived_id(each.note): each.id for each in sound}
    ids = {each.id for each in sound}
    notes: dict[int, str] = {}
    missing: list[LeftOut] = []
    for given in taken.notes:
        name = taken.names.get(given.line, "")
        if name not in ids:
            note = note_of_fields(given.fields)
            name = by_said.get(derived_id(note), "") if note is not None else ""
        if name:
            notes[given.line] = name
        else:
            reason = f"the deck “{title}” is there already, and has no such note"
            missing.append(LeftOut(line=given.line, text=given.text, reason=reason))
    cards = reading.deck.cards if reading.deck is not None else ()
    deck = PreparedDeck(
        id=there.deck,
        path=Path(there.file.path),
        title=reading.deck.title if reading.deck is not None else title,
        notes=len(notes),
        kinds={},
        beginning="",
        text="",
        is_there=True,
    )
    return MadeDeck(
        deck=deck,
        notes=notes,
        ours={name: name for name in ids},
        cards=frozenset(card.id for card in cards),
        left_out=tuple(missing),
    )


def planned(
    decks: Sequence[DeckTaken], places: Places, *, name: str, stem: str
) -> list[tuple[DeckTaken, Path, str]]:
    """Where each deck goes, and its title; no two of them to one place."""
    if name and len(decks) == 1:
        return [(decks[0], *_named(name, places, decks[0]))]
    if Path(name).is_absolute() or ".." in Path(name).parts or name.endswith((".yaml", ".yml")):
        raise UsageError(
            f"{name}: a package of several decks goes into a folder of your decks folder",
            hint="name one, such as anki, or leave it out",
        )
    base = places.new_deck("deck").parent
    first = [as_id(part) for part in name.split("/") if part.strip()]
    taken: set[str] = set()
    found: list[tuple[DeckTaken, Path, str]] = []
    for deck in decks:
        words = (stem,) if deck.name == _DEFAULT and not deck.ours else deck.name
        parts = [*first, *_parts(deck.ours, words)]
        path = _free(base.joinpath(*parts[:-1]), parts[-1], taken)
        last = words[-1].strip() or stem
        found.append((deck, path, titled(last) if words == (stem,) else last))
    return found


def _named(name: str, places: Places, deck: DeckTaken) -> tuple[Path, str]:
    """The place and the title of the only deck, which is called by a name of the user's."""
    try:
        new = plan_deck(places, name)
    except UsageError:
        path = places.new_deck(name)
        if not path.is_file():
            raise
        return path, deck.name[-1]
    return new.path, deck.name[-1].strip() or new.title


def _parts(ours: str, name: Sequence[str]) -> list[str]:
    """The folders and the file, without ending, of a deck; the id of one from here is its path."""
    own = ours.split("/")
    if ours and all(map(_is_safe, own)) and len(own) <= _MOST_FOLDERS:
        return own
    parts = [as_id(part) for part in name]
    if len(parts) > _MOST_FOLDERS:
        parts = [*parts[: _MOST_FOLDERS - 1], as_id(" ".join(name[_MOST_FOLDERS - 1 :]))]
    return parts


def _is_safe(part: str) -> bool:
    """Whether a part of an id can be the name of a file or a folder."""
    return (
        part == part.strip()
        and part[:1].isalnum()
        and part.isprintable()
        and len(part) <= _LONGEST_PART
        and (not any(sign in part for sign in '\\:*?"<>|'))
    )


def _free(parent: Path, name: str, taken: set[str]) -> Path:
    """A path that no other deck of the package has, on any file system."""
    reserved = {Path(each).stem for each in (folder.SOURCES, folder.NAMES)}
    for number in count(1):
        path = parent / f"{name}{f'-{number}' if number > 1 else ''}.yaml"
        if path.stem.casefold() not in reserved and str(path).casefold() not in taken:
            break
    taken.add(str(path).casefold())
    return path
