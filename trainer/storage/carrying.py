"""Histories from other programs, brought into the log: once, whole, and without touching what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.carried import CardPast
from trainer.core.day import Moment
from trainer.core.progress import Advance, unseen
from trainer.core.review import Rating
from trainer.storage.entries import encode_state, new_ids

if TYPE_CHECKING:
    from trainer.storage.store import Store

When = Callable[[int], Moment]
"""Gives the moment of milliseconds since 1970: with the study day by the wall clock of then."""

_A_BEAT = 500


class Brought(NamedTuple):
    """What was brought in: how many cards and reviews; `known` cards were left as they are.

    A card is known if it was answered here, or has all of that history already.
    """

    cards: int = 0
    reviews: int = 0
    known: int = 0


class Carrying:
    """Brings histories into the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def bring(
        self, pasts: Mapping[str, CardPast], *, moment: Moment, when: When, advance: Advance = unseen
    ) -> Brought:
        """Bring in what is known of cards, by id, as one act that is taken back as one.

        A card that was answered here stays as it is. One whose history was brought in before gets what has
        come to it since. Raises NotSavedError; then nothing was brought in.
        """
        brought = Brought()
        with self._store.transaction():
            found = {card: self._fresh(card, past) for card, past in pasts.items()}
            fresh = {card: past for card, past in found.items() if past is not None}
            entries = iter(new_ids(moment.at, sum(map(_entries, fresh.values()))))
            for done, (card, past) in enumerate(fresh.items()):
                if done % _A_BEAT == 0:
                    advance(done, len(fresh))
                for review in past.reviews:
                    self._store.append(
                        when(review.at),
                        "review",
                        card,
                        entry=next(entries),
                        rating=int(review.rating),
                        score=float(review.rating is not Rating.AGAIN),
                        response="",
                        milliseconds=review.milliseconds,
                        mode="cram" if review.crammed else "study",
                    )
                if past.state is not None:
                    state = encode_state(past.state)
                    self._store.append(moment, "carried", card, entry=next(entries), response=state)
                elif past.reviews:  # It was reset there.
                    self._store.append(moment, "forget", card, entry=next(entries))
                self._store.put_memory(card, past.state)
                for kind, is_set in _marks(past):
                    if is_set:
                        self._store.append(moment, kind, card, entry=next(entries), value=1)
                self._store.cache_marks(card)
                brought = Brought(brought.cards + 1, brought.reviews + len(past.reviews))
            advance(len(fresh), len(fresh))
        return brought._replace(known=len(pasts) - len(fresh))

    def _fresh(self, card: str, past: CardPast) -> CardPast | None:
        """What of a history is not in the log yet; None if it is left as it is there."""
        if past == CardPast():
            return None
        marks = self._store.marks(card)
        left = past._replace(
            suspended=past.suspended and not marks.suspended, flagged=past.flagged and not marks.flagged
        )
        query = "SELECT at, answer IS NULL AND response = '' FROM kept WHERE card = ? AND kind = 'review'"
        there = self._store.connection.execute(query, (card,)).fetchall()
        known = {at for at, _ in there}
        theirs = {review.at for review in past.reviews}
        if any(not is_carried or at not in theirs for at, is_carried in there):
            return None
        left = left._replace(reviews=tuple(review for review in past.reviews if review.at not in known))
        is_so = self._store.memory([card]).get(card) == past.state
        return None if is_so and left._replace(state=None) == CardPast() else left


def _marks(past: CardPast) -> tuple[tuple[str, bool], ...]:
    return ("suspend", past.suspended), ("flag", past.flagged)


def _entries(past: CardPast) -> int:
    """How many entries of the log a history takes."""
    return len(past.reviews) + bool(past.reviews or past.state) + sum(is_set for _, is_set in _marks(past))
