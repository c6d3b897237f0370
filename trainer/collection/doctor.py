"""How the data are: histories of cards that the decks have no more, and what was moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.collection.moving import described
from trainer.core.likeness import Described, nearest
from trainer.core.progress import Advance, one_by_one, parts, unseen
from trainer.storage.deck_index import DeckIndex
from trainer.storage.moves import Move, Moves, Past

if TYPE_CHECKING:
    from trainer.collection import Collection

_SHARES = (2, 1)
"""How long it takes to look up what has gone, beside finding what it may be now."""


class Gone(NamedTuple):
    """A note, by `deck/note`, of which cards with a history are in no deck any more.

    `question` and `answer` are what one of them last said, where that is still known. `proposal` is what to
    move where, or None.
    """

    note: str
    cards: tuple[str, ...]
    reviews: int
    last_day: date
    question: str
    answer: str
    proposal: tuple[str, str] | None


class Report(NamedTuple):
    """What was found; cards of decks that are `unreadable` count as there."""

    gone: tuple[Gone, ...]
    moves: tuple[Move, ...]
    unreadable: tuple[str, ...]


def examine(collection: Collection, *, advance: Advance = unseen) -> Report:
    """Look through the log and the decks."""
    index, moves = DeckIndex(collection.store), Moves(collection.store)
    keys = [deck.key for deck in collection.decks]
    there = {*index.ids(keys)}
    unreadable = collection.unreadable
    gone: dict[str, list[Past]] = {}
    for past in moves.all_known():
        note = past.card.rpartition("/")[0]
        if past.card not in there and note.rpartition("/")[0] not in unreadable:
            gone.setdefault(note, []).append(past)
    notes = [described(note) for key in keys for note in index.notes(key).values()] if gone else []
    for_gone, for_proposals = parts(advance, _SHARES)
    found = [_gone(collection, index, note, cards) for note, cards in one_by_one(gone.items(), for_gone)]
    proposed = _with_proposals(found, notes, index)
    for_proposals(1, 1)
    return Report(tuple(proposed), tuple(moves.standing()), unreadable)


def _gone(collection: Collection, index: DeckIndex, note: str, cards: Sequence[Past]) -> Gone:
    question = answer = ""
    for past in cards:
        said, learnt = index.last_said(past.card), collection.store.last_answer(past.card)
        if said or learnt:
            _, question, answer = said or ("", "", learnt[0] if learnt else "")
            break
    return Gone(
        note=note,
        cards=tuple(past.card for past in cards),
        reviews=sum(past.reviews for past in cards),
        last_day=date.fromisoformat(max(past.last_day for past in cards)),
        question=question,
        answer=answer,
        proposal=None,
    )


def _with_proposals(found: Sequence[Gone], notes: Sequence[Described], index: DeckIndex) -> list[Gone]:
    """With what to move where: a whole deck where all notes of it that are anywhere are in one other."""
    by_id = {note.id: note for note in notes}
    there = {_deck(note.id) for note in notes}
    likely = _likely([gone for gone in found if gone.note not in by_id], notes, index)
    named = {old: new for old, new in likely.items() if _name(new) == _name(old)}
    decks: dict[str, set[str]] = {}
    for old, new in named.items():
        decks.setdefault(_deck(old), set()).add(_deck(new))
    whole = {old: news.pop() for old, news in decks.items() if len(news) == 1 and old not in there}

    def proposal(note: str) -> tuple[str, str] | None:
        if note in named and _deck(note) in whole:
            return _deck(note), whole[_deck(note)]
        return (note, likely[note]) if note in likely else None

    return [gone._replace(proposal=proposal(gone.note)) for gone in found]


def _likely(found: Sequence[Gone], notes: Sequence[Described], index: DeckIndex) -> dict[str, str]:
    """The note that each which has gone may be now: that of its name in another deck, or the most alike."""
    named: dict[str, list[Described]] = {}
    for note in notes:
        named.setdefault(_name(note.id), []).append(note)
    likely: dict[str, str] = {}
    for gone in found:
        keys = {card.rpartition("/")[2] for card in gone.cards}
        fitting = [note.id for note in named.get(_name(gone.note), ()) if keys & note.cards.keys()]
        if len(fitting) == 1:
            likely[gone.note] = fitting[0]
    others = (_as_it_was(gone, index) for gone in found if gone.note not in likely)
    near = nearest([old for old in others if old is not None], notes)
    return likely | {old: note.id for old, note in near.items()}


def _as_it_was(gone: Gone, index: DeckIndex) -> Described | None:
    said = {card: index.last_said(card) for card in gone.cards}
    known = {card.rpartition("/")[2]: each for card, each in said.items() if each is not None}
    if not known:
        return None
    kind = next(iter(known.values()))[0]
    return Described(
        gone.note, kind, {key: (question, answer) for key, (_, question, answer) in known.items()}
    )


def groups(gone: Iterable[Gone]) -> list[tuple[tuple[str, str] | None, list[Gone]]]:
    """Notes that have gone by what is proposed for them, in the order in which they come."""
    found: dict[tuple[str, str] | str, tuple[tuple[str, str] | None, list[Gone]]] = {}
    for each in gone:
        found.setdefault(each.proposal or each.note, (each.proposal, []))[1].append(each)
    return list(found.values())


def _deck(note: str) -> str:
    return note.rpartition("/")[0]


def _name(note: str) -> str:
    return note.rpartition("/")[2]
