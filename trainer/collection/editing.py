"""A sitting after a deck file was edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Session


def renewed(collection: Collection, session: Session, *, path: str) -> Session:
    """The session with the cards of a deck file as they are now; those that have gone are not asked any more.

    Cards of a deck that cannot be read stay as they were.
    """
    old = {card.id: card for card in session.cards.values() if card.span.path == path}
    now = {card.id: card for card in collection.cards(old)}
    readable = {deck.deck for deck in collection.decks}
    gone = {card.id for card in old.values() if card.id not in now and card.deck in readable}
    return session.with_cards(now, gone=gone, now=collection.now().at)
