"""Sittings: over the cards of today, or over one card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.collection import looking
from trainer.core.lazily import Layered, Lazily
from trainer.core.queue import Plan, plan
from trainer.errors import DecksError
from trainer.storage.coming import Coming
from trainer.storage.deck_index import DeckIndex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from datetime import date

    from trainer.collection import Collection
    from trainer.core.deck import Card
    from trainer.core.scheduling import MemoryState
    from trainer.core.session import Selection, Session


def start(collection: Collection, selection: Selection) -> Session:
    """A sitting over the cards of today that `selection` asks for; it may be empty."""
    from trainer.core.session import Session
    from trainer.storage.askable import Askable

    if not collection.decks:
        raise DecksError("there is no deck to study", hint=looking.why_no_deck(collection))
    moment = collection.now()
    selection = collection.finding.meant(selection)
    files = collection.finding.files(selection.decks)
    today = _today(collection, files, selection, moment.day)
    order = today.order
    ids = (*today.learning, *order)[: selection.limit]
    asked = {*ids}
    new = Askable(collection.store).new() if selection.cram else {*today.new}
    steps = collection.store.memory(card for card in today.learning if card in asked)
    return Session(
        cards=_cards(collection, files, ids),
        memory=_memory(collection, ids, new=new),
        scheduler=collection.scheduler,
        selection=selection,
        waiting=tuple(card for card in order if card in asked),
        learning=tuple(sorted((state.due_at or 0, card) for card, state in steps.items())),
        flagged=collection.standing.flagged(),
        total=len(asked),
    ).with_next(moment.at)


def _cards(collection: Collection, files: list[bytes], ids: Sequence[str]) -> Mapping[str, Card]:
    """The cards of those deck files with those ids, each read when it is asked for."""
    index = DeckIndex(collection.store)

    def find(card: str) -> Card:
        for found in index.cards(files, [card]):
            return found
        raise DecksError("the deck of this card has been changed", hint="begin the session anew")

    return Lazily(ids, find)


def _memory(collection: Collection, ids: Sequence[str], *, new: Set[str]) -> Mapping[str, MemoryState]:
    """The memory states of cards; those of studied ones are read when they are asked for."""
    known = (card for card in ids if card not in new)
    return Lazily(known, lambda card: collection.store.memory([card])[card])


def _today(collection: Collection, files: list[bytes], selection: Selection, day: date) -> Plan:
    """What of some deck files a selection, as meant, asks for on a study day."""
    from trainer.storage.askable import Askable

    only = collection.finding.positions(selection)
    if selection.cram:
        asked = Askable(collection.store).cards(files, only=only, day=day)
        return Plan((), tuple(card for card, _ in asked), ())
    limit = looking.new_left(collection, day) if selection.new is None else selection.new
    decks = {deck.key: deck.deck for deck in collection.decks}
    coming = Coming(collection.store, {file: decks[file] for file in files}, only=only)
    return plan(coming.places(day, new=limit), day=day, new_limit=limit)


def memory_now(collection: Collection, session: Session) -> Mapping[str, MemoryState]:
    """The memory states of a sitting, that of the card in front read anew."""
    front = {} if session.front is None else {session.front: None} | collection.store.memory([session.front])
    return Layered(session.memory, front)


def session_of(collection: Collection, card: Card) -> Session:
    """A sitting over that card alone, due or not."""
    from trainer.core.session import Session

    return Session(
        cards={card.id: card},
        memory=collection.store.memory([card.id]),
        scheduler=collection.scheduler,
        waiting=(),
        front=card.id,
        flagged=collection.standing.flagged(),
        total=1,
    )
