"""Sittings: over the cards of today, or over one card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.collection import looking
from trainer.core.queue import Plan, plan
from trainer.errors import DecksError
from trainer.storage.deck_index import DeckIndex

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.deck import Card
    from trainer.core.session import Selection, Session


def start(collection: Collection, selection: Selection) -> Session:
    """A sitting over the cards of today that `selection` asks for; it may be empty."""
    from trainer.core.session import Session

    if not collection.decks:
        raise DecksError("there is no deck to study", hint=looking.why_no_deck(collection))
    moment = collection.now()
    selection = collection.finding.meant(selection)
    files = collection.finding.files(selection.decks)
    chosen = collection.finding.narrowed(collection.standing.places(files, moment.day), selection)
    if selection.cram:
        today = Plan((), tuple(place.card for place in chosen if not place.set_aside), ())
    else:
        limit = looking.new_left(collection, moment.day) if selection.new is None else selection.new
        today = plan(chosen, day=moment.day, new_limit=limit)
    ids = (*today.learning, *today.order)[: selection.limit]
    cards = {card.id: card for card in DeckIndex(collection.store).cards(files, ids)}
    memory = collection.store.memory(ids)
    steps = [(memory[card].due_at or 0, card) for card in today.learning if card in cards]
    return Session(
        cards=cards,
        memory=memory,
        scheduler=collection.scheduler,
        selection=selection,
        waiting=tuple(card for card in today.order if card in cards),
        learning=tuple(sorted(steps)),
        flagged=collection.standing.flagged(),
        total=len(cards),
    ).with_next(moment.at)


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
