"""What is told before a card is asked: that its answer is not the one that was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.core.change import Change, is_still
from trainer.storage.deck_index import DeckIndex
from trainer.storage.entries import writable

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.deck import Card
    from trainer.core.session import Session


def change_of(collection: Collection, session: Session) -> Change | None:
    """What has changed about the card in front since the learner last saw its answer, if anything has."""
    card = session.card
    if card is None:
        return None
    form = card.prompt.form
    seen = collection.store.last_answer(card.id)
    if seen is not None:
        before, since = seen
        if before == writable(form.answer) or is_still(form, before):
            return None
        return Change(before=before, now=form.answer, since=since)
    old = _learnt_before(collection, card) if session.state is None else None
    if old is None or is_still(form, old):
        return None
    return Change(before=old, now=form.answer)


def _learnt_before(collection: Collection, card: Card) -> str | None:
    """The answer that the learner knows from the card which this one, still new, has taken the place of."""
    index = DeckIndex(collection.store)
    files = [deck.key for deck in collection.decks if deck.deck == card.deck]
    superseded = index.having(files, "successor", [card.note])
    same = (each for each in index.cards(files, sorted(superseded)) if each.key == card.key)
    learnt = next((each for each in same if collection.store.memory([each.id])), None)
    if learnt is None:
        return None
    seen = collection.store.last_answer(learnt.id)
    return seen[0] if seen else learnt.prompt.form.answer
