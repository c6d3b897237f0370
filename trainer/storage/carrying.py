"""Histories from other programs, brought into the log: once, whole, and without touching what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.carried import CardPast
from trainer.core.collector import without_collector
from trainer.core.day import Moment
from trainer.core.progress import Advance, unseen
from trainer.core.review import Rating
from trainer.storage.entries import NewEntry, encode_state, new_ids

if TYPE_CHECKING:
    from trainer.storage.store import Store

When = Callable[[int], Moment]
"""Gives the moment of milliseconds since 1970: with the study day by the wall clock of then."""

Row = tuple[Moment, str, str, dict[str, object]]
"""An entry to be: its moment, kind and card, and its columns."""

_A_BEAT = 500
_NOTHING = CardPast()


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

    @without_collector()
    def bring(
        self, pasts: Mapping[str, CardPast], *, moment: Moment, when: When, advance: Advance = unseen
    ) -> Brought:
        """Bring in what is known of cards, by id, as one act that is taken back as one.

        A card that was answered here stays as it is. One whose history was brought in before gets what has
        come to it since. Raises NotSavedError; then nothing was brought in.
        """
        with self._store.transaction():
            found = {card: self._fresh(card, past) for card, past in pasts.items()}
            fresh = {card: past for card, past in found.items() if past is not None}
            # The last entry names the act when it is taken back: one that carries a state, if there is any.
            order = sorted(fresh, key=lambda card: fresh[card].state is not None)
            total = sum(map(_count, fresh.values()))
            rows = (row for card in order for row in _rows(card, fresh[card], moment=moment, when=when))
            self._store.append_all(_told(rows, new_ids(moment.at, total), advance))
            for card in order:
                self._store.put_memory(card, fresh[card].state)
                if fresh[card].suspended or fresh[card].flagged:
                    self._store.cache_marks(card)
            advance(total, total)
        reviews = sum(len(past.reviews) for past in fresh.values())
        return Brought(len(fresh), reviews, len(pasts) - len(fresh))

    def _fresh(self, card: str, past: CardPast) -> CardPast | None:
        """What of a history is not in the log yet; None if it is left as it is there."""
        if past == _NOTHING:
            return None
        execute = self._store.connection.execute
        if execute("SELECT 1 FROM log WHERE owner = ? LIMIT 1", (card,)).fetchone() is None:
            return past
        marks = self._store.marks(card)
        left = past._replace(
            suspended=past.suspended and not marks.suspended, flagged=past.flagged and not marks.flagged
        )
        query = "SELECT at, answer IS NULL AND response = '' FROM kept WHERE card = ? AND kind = 'review'"
        there = execute(query, (card,)).fetchall()
        known = {at for at, _ in there}
        theirs = {review.at for review in past.reviews}
        if any(not is_carried or at not in theirs for at, is_carried in there):
            return None
        left = left._replace(reviews=tuple(review for review in past.reviews if review.at not in known))
        is_so = self._store.memory([card]).get(card) == past.state
        return None if is_so and left._replace(state=None) == _NOTHING else left


def _rows(card: str, past: CardPast, *, moment: Moment, when: When) -> Iterator[Row]:
    """The entries of a history: its reviews, its marks, and last the state that it has left."""
    for review in past.reviews:
        yield (
            when(review.at),
            "review",
            card,
            {
                "rating": int(review.rating),
                "score": float(review.rating is not Rating.AGAIN),
                "response": "",
                "milliseconds": review.milliseconds,
                "mode": "cram" if review.crammed else "study",
            },
        )
    for kind, is_set in (("suspend", past.suspended), ("flag", past.flagged)):
        if is_set:
            yield moment, kind, card, {"value": 1}
    if past.state is not None:
        yield moment, "carried", card, {"response": encode_state(past.state)}
    elif past.reviews:  # It was reset there.
        yield moment, "forget", card, {}


def _count(past: CardPast) -> int:
    """How many entries of the log a history takes."""
    has_end = past.state is not None or bool(past.reviews)
    return len(past.reviews) + past.suspended + past.flagged + has_end


def _told(rows: Iterable[Row], entries: Sequence[bytes], advance: Advance) -> Iterator[NewEntry]:
    """The rows with the ids of their entries, and word of how far it has come."""
    for done, (entry, row) in enumerate(zip(entries, rows, strict=True)):
        if done % _A_BEAT == 0:
            advance(done, len(entries))
        yield NewEntry(entry, *row)
