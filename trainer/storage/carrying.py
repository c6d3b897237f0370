"""Histories from other programs, brought into the log: once, whole, and without touching what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.carried import CardPast, PastReview
from trainer.core.collector import without_collector
from trainer.core.day import Moment
from trainer.core.progress import Advance, unseen
from trainer.core.review import Rating
from trainer.storage.entries import NewEntry, encode_state

if TYPE_CHECKING:
    from trainer.storage.store import Store

When = Callable[[int], Moment]
"""Gives the moment of milliseconds since 1970: with the study day by the wall clock of then."""

Row = tuple[Moment, str, str, dict[str, object]]
"""An entry to be: its moment, kind and card, and its columns."""

_A_BEAT = 500
_SHIFTED = 1000
"""Milliseconds by which the moment of a review may differ and it is still the same one."""

_CAME, _FORGOTTEN_HERE = "carried", None
"""The mode of an entry that ends what came from elsewhere, and of one that somebody made here."""


class Brought(NamedTuple):
    """What was brought in: how many cards and reviews; `known` cards were left as they are.

    A card is known if it was answered here in the meantime, or has all of that history already.
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

        A card whose history was brought in or handed out before gets what has come to it since. One that was
        answered here in the meantime, or forgotten, stays as it is. Raises NotSavedError; then nothing was
        brought in.
        """
        with self._store.transaction():
            found = {card: self._fresh(card, past) for card, past in pasts.items()}
            fresh = {card: new for card, new in found.items() if new is not None}
            # The last entry names the act when it is taken back: one that carries a state, if there is any.
            order = sorted(fresh, key=lambda card: fresh[card].past.state is not None)
            total = sum(new.entries for new in fresh.values())
            rows = (row for card in order for row in fresh[card].rows(card, moment=moment, when=when))
            self._store.append_all(_told(rows, self._store.new_ids(moment.at, total), advance))
            for card in order:
                past, has_end = fresh[card]
                if has_end:
                    self._store.put_memory(card, past.state)
                if past.suspended or past.flagged:
                    self._store.cache_marks(card)
            advance(total, total)
        reviews = sum(len(new.past.reviews) for new in fresh.values())
        return Brought(len(fresh), reviews, len(pasts) - len(fresh))

    def _fresh(self, card: str, past: CardPast) -> _Fresh | None:
        """What of a history is not in the log yet; None if the card is left as it is there."""
        execute = self._store.connection.execute
        if execute("SELECT 1 FROM log WHERE owner = ? LIMIT 1", (card,)).fetchone() is None:
            return _if_any(past, ends=past.state is not None or bool(past.reviews))
        query = "SELECT kind, at, rating, mode, answer IS NULL AND response = '' FROM kept WHERE card = ?"
        there = execute(f"{query} ORDER BY seq", (card,)).fetchall()
        kinds = {kind for kind, *_ in there}
        left = past._replace(
            suspended=past.suspended and "suspend" not in kinds, flagged=past.flagged and "flag" not in kinds
        )
        ours = [_Known(at, rating, bool(came)) for kind, at, rating, _, came in there if kind == "review"]
        later = _later(ours, past.reviews)
        if later is None:
            return None
        left = left._replace(reviews=later)
        resets = [(at, mode) for kind, at, _, mode, _ in there if kind in ("forget", "carried")]
        if resets and resets[-1][1] == _FORGOTTEN_HERE and not any(new.at > resets[-1][0] for new in later):
            return _if_any(left._replace(state=None, reviews=()), ends=False)
        was_answered_here = not all(known.came for known in ours)
        is_as_it_was = self._store.memory([card]).get(card) == past.state
        if not later and (was_answered_here or is_as_it_was):
            return _if_any(left._replace(state=None), ends=False)
        return _if_any(left, ends=True)


class _Known(NamedTuple):
    """A review in the log; one that `came` was made elsewhere."""

    at: int
    rating: int
    came: bool


class _Fresh(NamedTuple):
    """What is to come into the log of a card; if it `has_end`, its state, or that it was made new again."""

    past: CardPast
    has_end: bool

    @property
    def entries(self) -> int:
        """How many entries it takes."""
        past = self.past
        resets = sum(review.reset for review in past.reviews)
        return len(past.reviews) + resets + past.suspended + past.flagged + self.has_end

    def rows(self, card: str, *, moment: Moment, when: When) -> Iterator[Row]:
        """The entries: the reviews, the marks, and last the state that they have left."""
        for review in self.past.reviews:
            if review.reset:
                yield when(review.at), "forget", card, {"mode": _CAME}
            yield when(review.at), "review", card, _columns(review)
        for kind, is_set in (("suspend", self.past.suspended), ("flag", self.past.flagged)):
            if is_set:
                yield moment, kind, card, {"value": 1}
        if self.has_end and self.past.state is not None:
            yield moment, "carried", card, {"response": encode_state(self.past.state), "mode": _CAME}
        elif self.has_end:  # It was made new again there.
            yield moment, "forget", card, {"mode": _CAME}


def _if_any(past: CardPast, *, ends: bool) -> _Fresh | None:
    """What is to come into the log, or None if that is nothing."""
    new = _Fresh(past, ends)
    return new if new.entries else None


def _later(ours: Sequence[_Known], theirs: Sequence[PastReview]) -> tuple[PastReview, ...] | None:
    """Of their reviews those that are not among ours; None if we have others.

    A review may have got another millisecond on its way: elsewhere, no two have the same.
    """
    by_second: dict[tuple[int, int], list[int]] = {}
    for place, review in enumerate(theirs):
        by_second.setdefault((review.at // _SHIFTED, int(review.rating)), []).append(place)
    paired: set[int] = set()
    for known in ours:
        second = known.at // _SHIFTED
        near = (
            place
            for around in (second, second + 1, second - 1)
            for place in by_second.get((around, known.rating), ())
            if place not in paired and abs(theirs[place].at - known.at) < _SHIFTED
        )
        best = min(near, key=lambda place: abs(theirs[place].at - known.at), default=None)
        if best is None:
            return None
        paired.add(best)
    return tuple(review for place, review in enumerate(theirs) if place not in paired)


def _columns(review: PastReview) -> dict[str, object]:
    return {
        "rating": int(review.rating),
        "score": float(review.rating is not Rating.AGAIN),
        "response": "",
        "milliseconds": review.milliseconds,
        "mode": "cram" if review.crammed else "study",
    }


def _told(rows: Iterable[Row], entries: Sequence[bytes], advance: Advance) -> Iterator[NewEntry]:
    """The rows with the ids of their entries, and word of how far it has come."""
    for done, (entry, row) in enumerate(zip(entries, rows, strict=True)):
        if done % _A_BEAT == 0:
            advance(done, len(entries))
        yield NewEntry(entry, *row)
