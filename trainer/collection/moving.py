"""Histories that stay with their notes: recognised where these were edited, moved where they were renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.progress import Advance, unseen
from trainer.errors import DecksError
from trainer.storage.deck_index import DeckIndex, Edit, IndexedNote
from trainer.storage.moves import Moves

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.likeness import Described

_DERIVED = re.compile(r"/~[0-9a-f]+$")
_SHARED = ("order", "first", "reply")
"""Cards of an event that are about others as well: what they say is not the note's own."""
_LEVELS = ("card", "note", "deck")


class Recognised(NamedTuple):
    """A note that was edited: `deck/note` before and now, a question of each, and how many cards."""

    old: str
    new: str
    before: str
    after: str
    cards: int


class Moved(NamedTuple):
    """A card whose history moves to another: how many reviews, and whether the other has a history too."""

    old: str
    new: str
    reviews: int
    merged: bool


class Left(NamedTuple):
    """A card whose history stays where it is, and why."""

    card: str
    reason: str


class Moving(NamedTuple):
    """What moves when something is called otherwise, and what does not."""

    moved: tuple[Moved, ...]
    left: tuple[Left, ...]

    @property
    def reviews(self) -> int:
        """How many reviews move."""
        return sum(each.reviews for each in self.moved)


# Recognising


def recognise(collection: Collection, edits: Sequence[Edit]) -> tuple[Recognised, ...]:
    """Move the histories of notes without ids to what they have become, inside a transaction, as one act.

    Notes are looked for in the deck that they have gone from, then in the others that have changed with it.
    """
    gone, new = _changed(collection, edits)
    if not gone:
        return ()
    from trainer.core.likeness import pairs

    before, now = list(map(described, gone)), list(map(described, new))
    found: list[tuple[Described, Described]] = []
    for deck in dict.fromkeys(map(_deck, before)):
        own = [[note for note in notes if _deck(note) == deck] for notes in (before, now)]
        found += pairs(*own)
    taken = {note.id for pair in found for note in pair}
    found += pairs(*([note for note in notes if note.id not in taken] for notes in (before, now)))
    return _kept(collection, found, {card for note in new for card in note.cards})


def _changed(collection: Collection, edits: Sequence[Edit]) -> tuple[list[IndexedNote], list[IndexedNote]]:
    """The notes that have gone from their decks and those that are new; none if no history can move.

    Also those that never move are told: what has become of them is no other note.
    """
    index, moves = DeckIndex(collection.store), Moves(collection.store)
    gone: list[IndexedNote] = []
    new: list[IndexedNote] = []
    for edit in edits:
        before, now = index.notes(edit.before), index.notes(edit.now)
        gone += [note for note in before.values() if note.id not in now]
        new += [note for note in now.values() if note.id not in before]
    may_move = new and any(_DERIVED.search(note.id) and moves.below(note.id) for note in gone)
    return (gone, new) if may_move else ([], [])


def _kept(
    collection: Collection, found: Iterable[tuple[Described, Described]], there: Set[str]
) -> tuple[Recognised, ...]:
    """What was recognised of pairs of notes, once the histories have moved to the cards that are there.

    Only those of notes without ids move, to notes that have none of their own.
    """
    moves = Moves(collection.store)
    refused = moves.taken_back()
    recognised: list[Recognised] = []
    moving: list[tuple[str, str]] = []
    for old, new in found:
        keys = [past.card.removeprefix(f"{old.id}/") for past in moves.below(old.id)]
        cards = [(f"{old.id}/{key}", f"{new.id}/{key}") for key in keys if f"{new.id}/{key}" in there]
        studied = any(past.reviews for past in moves.below(new.id))
        if _DERIVED.search(old.id) and cards and not studied and refused.isdisjoint(cards):
            moving += cards
            recognised.append(Recognised(old.id, new.id, _question(old), _question(new), len(cards)))
    moves.put(
        moving,
        how="edited",
        moment=collection.now(),
        replay=lambda history: collection.scheduler.replay(history),
    )
    return tuple(recognised)


def described(note: IndexedNote) -> Described:
    """A note of the index as it is compared with others."""
    from trainer.core.likeness import Described

    own = {card.removeprefix(f"{note.id}/"): said for card, said in note.cards.items()}
    if note.type == "event":
        own = {key: said for key, said in own.items() if key not in _SHARED} or own
    return Described(note.id, note.type, own)


def _deck(note: Described) -> str:
    return note.id.rpartition("/")[0]


def _question(note: Described) -> str:
    return next(iter(note.cards.values()))[0]


# Telling


def told(collection: Collection) -> str:
    """What to say of notes recognised as the last thing done, which is to be taken back; empty if nothing."""
    last = [move for move in Moves(collection.store).last_act() if move.how == "edited"]
    return in_words(len({move.old.rpartition("/")[0] for move in last})) if last else ""


def in_words(notes: int) -> str:
    """That so many notes were recognised."""
    if notes == 1:
        return "An edited note was recognised and keeps its history"
    return f"{notes:,} edited notes were recognised and keep their history"


# Moving


def moving(collection: Collection, old: str, new: str, *, anyway: bool = False) -> Moving:
    """What `move` would do with the histories of a deck, a note or a card that is called `new` now.

    What `new` is, the decks tell. Cards of `old` that are still in the decks stay, unless `anyway`. Raises
    DecksError where nothing can move.
    """
    old, new = old.strip("/"), new.strip("/")
    index = DeckIndex(collection.store)
    ids = index.ids(deck.key for deck in collection.decks)
    level = _level(collection, ids, new)
    moves = Moves(collection.store)
    known = [past for past in moves.below(old) if past.card[len(old) :].count("/") == level]
    if not known:
        raise DecksError(f"{old}: nothing is known of such a {_LEVELS[level]}", hint=_near(old, moves, level))
    there, have = {*ids}, {past.card for past in moves.below(new)}
    moved: list[Moved] = []
    left: list[Left] = []
    for past in known:
        target = new + past.card[len(old) :]
        if past.card in there and not anyway:
            left.append(Left(past.card, "is still in the decks"))
        elif target not in there:
            left.append(Left(past.card, f"there is no {target}"))
        elif target != past.card:
            moved.append(Moved(past.card, target, past.reviews, target in have))
    if moved:
        return Moving(tuple(moved), tuple(left))
    if any(each.card in there for each in left):
        hint = "--anyway moves its history all the same, and its cards are new again"
        raise DecksError(f"{old}: is still in the decks", hint=hint)
    raise DecksError(f"{new}: has none of the cards of {old}", hint=left[0].reason if left else "")


def move(
    collection: Collection, old: str, new: str, *, anyway: bool = False, advance: Advance = unseen
) -> Moving:
    """Move the histories of all cards of a deck, a note or a card to what it is called now, as one act."""
    found = moving(collection, old, new, anyway=anyway)
    Moves(collection.store).move(
        [(each.old, each.new) for each in found.moved],
        how="asked",
        moment=collection.now(),
        replay=collection.scheduler.replay,
        advance=advance,
    )
    return found


def _level(collection: Collection, ids: Iterable[str], name: str) -> int:
    """What is called so in the decks: 0 a card, 1 a note, 2 a deck; as many slashes lie below it."""
    decks = [deck.deck for deck in collection.decks]
    if name in decks:
        return 2
    cards = {*ids}
    notes = {card.rpartition("/")[0] for card in cards}
    if name in notes:
        return 1
    if name in cards:
        return 0
    like = {2: decks, 1: sorted(notes), 0: sorted(cards)}[min(2, max(0, 2 - name.count("/")))]
    raise DecksError(f"{name}: is not in the decks", hint=_did_you_mean(name, like))


def _near(name: str, moves: Moves, level: int) -> str:
    """What of that level the log knows that is written nearly so."""
    return _did_you_mean(name, {past.card.rsplit("/", level)[0] for past in moves.all_known()})


def _did_you_mean(name: str, among: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(among), n=1)
    return f"did you mean {close[0]}?" if close else ""
