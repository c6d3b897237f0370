"""What is told before a card is asked: that its answer is not the one that was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainer.storage.deck_index import DeckIndex
from trainer.storage.entries import writable

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.change import Change
    from trainer.core.deck import Card
    from trainer.core.session import Session


def change_of(collection: Collection, session: Session) -> Change | None:
    """What has changed about the card in front since the learner last saw its answer, if anything has."""
    card = session.card
    if card is None or card.shared:  # Compared with other notes than before, it is another question.
        return None
    form = card.prompt.form
    seen = collection.store.last_answer(card.id)
    if seen is not None:
        before, since = seen
        if before == writable(form.answer):
            return None
        from trainer.core.change import Change, is_still

        if is_still(form, before):
            return None
        return Change(before=before, now=form.answer, since=since)
    old = _learnt_before(collection, card) if session.state is None else None
    if old is None:
        return None
    from trainer.core.change import Change, is_still

    if is_still(form, old):
        return None
    return Change(before=old, now=form.answer)


def _learnt_before(collection: Collection, card: Card) -> str | None:
    """The answer that the learner knows from a card which this one, still new, has taken the place of.

    Of several that of the latest day; where notes took each other's place, the nearest that was learnt.
    """
    index = DeckIndex(collection.store)
    files = [deck.key for deck in collection.decks if deck.deck == card.deck]
    notes, seen = [card.note], {card.note}
    while notes:
        ids = sorted(index.having(files, "successor", notes))
        before = [each for each in index.cards(files, ids) if each.key == card.key]
        memory = collection.store.memory([each.id for each in before])
        if memory:
            latest = max(memory, key=lambda known: (memory[known].last_day, known))
            answer = collection.store.last_answer(latest)
            return answer[0] if answer else next(e.prompt.form.answer for e in before if e.id == latest)
        notes = [each.note for each in before if each.note not in seen]
        seen.update(notes)
    return None
