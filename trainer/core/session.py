"""One sitting, as an immutable value: what is in front, what waits, what has been answered.

`judge` says what an answer would record and changes nothing; `advance` gives the session after it was
recorded. Each session remembers the one before it, so undo is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trainer.core.day import Moment
from trainer.core.deck import Card
from trainer.core.lazily import Layered
from trainer.core.review import Confidence, Rating, Review
from trainer.core.scheduling import MemoryState, Scheduler

if TYPE_CHECKING:
    from trainer.core.grading import Verdict

LEARN_AHEAD = 20 * 60 * 1000
"""Milliseconds: when nothing else waits, a card in learning comes up to this much early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cards a sitting is over: decks or cards by id (none: all), and what they must have.

    Of each of `tags`, `sources` and `names` that are given, a card has one: a source is `article` or
    `article#paragraph`, a name stands in `names.yaml`. `limit` is the most cards of the sitting, `new` the
    most new ones instead of the daily limit. `cram` asks every card, due or not, and leaves the schedule
    alone.
    """

    decks: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    limit: int | None = None
    new: int | None = None
    cram: bool = False

    @property
    def filters(self) -> dict[str, tuple[str, ...]]:
        """What cards must have one of, by its kind, as far as it is asked for."""
        kinds = {"tag": self.tags, "source": self.sources, "name": self.names}
        return {kind: values for kind, values in kinds.items() if values}

    @property
    def in_words(self) -> str:
        """What cards must have: `tagged war, from ambassador-recall, about Nikol Pashinyan`; or nothing."""
        how = {"tag": "tagged", "source": "from", "name": "about"}
        return ", ".join(f"{how[kind]} {' or '.join(values)}" for kind, values in self.filters.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an answer records: the review, and the memory state before and after it.

    Cramming leaves the memory state as it was.
    """

    review: Review
    before: MemoryState | None
    after: MemoryState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A card as it was answered in this sitting."""

    card: Card
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A sitting over a fixed set of cards.

    `waiting` holds the cards not asked yet, in order; `learning` those that come back within the sitting,
    as (milliseconds since 1970, card id), soonest first; `front` the card on screen. `entry` is the log
    entry that led here from `previous`.
    """

    cards: Mapping[str, Card]
    memory: Mapping[str, MemoryState]
    scheduler: Scheduler
    selection: Selection = Selection()
    waiting: tuple[str, ...]
    learning: tuple[tuple[int, str], ...] = ()
    front: str | None = None
    answered: tuple[Answered, ...] = ()
    flagged: frozenset[str] = frozenset()
    total: int = 0
    entry: bytes | None = None
    previous: Session | None = field(default=None, repr=False, compare=False)

    @property
    def card(self) -> Card | None:
        """The card in front; None when the sitting is over."""
        return None if self.front is None else self.cards[self.front]

    @property
    def state(self) -> MemoryState | None:
        """The memory state of the card in front; None while it is new."""
        return None if self.front is None else self.memory.get(self.front)

    @property
    def finished(self) -> int:
        """How many cards of this sitting will not come again in it."""
        return self.total - len({*self.waiting, *(card for _, card in self.learning), *self._front_as_set()})

    @property
    def asked(self) -> int:
        """How many cards of this sitting have been in front so far."""
        return len({entry.card.id for entry in self.answered} | self._front_as_set())

    @property
    def next_learning(self) -> int | None:
        """When the next card in learning is due (milliseconds since 1970), if one is left."""
        return self.learning[0][0] if self.learning else None

    def judge(
        self,
        rating: Rating,
        *,
        verdict: Verdict,
        response: str,
        milliseconds: int,
        moment: Moment,
        confidence: Confidence | None = None,
    ) -> Outcome:
        """What rating the card in front would record. Raises ValueError when no card is in front."""
        from trainer.core.grading import kept_score

        if self.front is None:
            raise ValueError("no card is in front")
        review = Review(
            card=self.front,
            rating=rating,
            score=kept_score(verdict, rating),
            response=response,
            milliseconds=max(0, milliseconds),
            mode="cram" if self.selection.cram else "study",
            moment=moment,
            confidence=confidence,
            answer=self.cards[self.front].prompt.form.answer,
        )
        before = self.state
        if self.selection.cram:
            return Outcome(review=review, before=before, after=before)
        after = self.scheduler.after(before, rating, card=self.front, moment=moment)
        return Outcome(review=review, before=before, after=after)

    def preview(self, moment: Moment) -> dict[Rating, MemoryState]:
        """What each rating of the card in front would leave; empty while cramming."""
        if self.front is None or self.selection.cram:
            return {}
        return self.scheduler.preview(self.state, card=self.front, moment=moment)

    def advance(self, outcome: Outcome, *, entry: bytes | None = None) -> Session:
        """The session after an answer was recorded, the next card in front."""
        card, after, now = outcome.review.card, outcome.after, outcome.review.moment.at
        answered = (*self.answered, Answered(card=self.cards[card], review=outcome.review))
        waiting, learning, memory = self.waiting, self.learning, self.memory
        if self.selection.cram:
            waiting = waiting if outcome.review.passed else (*waiting, card)
        elif after is not None:
            memory = Layered(memory, {card: after})
            if after.due_at is not None and after.due_day <= outcome.review.moment.day:
                learning = tuple(sorted((*learning, (after.due_at, card))))
        return replace(
            self,
            waiting=waiting,
            learning=learning,
            memory=memory,
            answered=answered,
            entry=entry,
            previous=self,
        ).with_next(now)

    def without_front(self, *, now: int, entry: bytes | None = None) -> Session:
        """The session after the card in front was set aside."""
        seen = any(entry.card.id == self.front for entry in self.answered)
        return replace(self, total=self.total - (not seen), entry=entry, previous=self).with_next(now)

    def with_front_later(self, *, now: int, entry: bytes | None = None) -> Session:
        """The session with the card in front behind all that waits, or in front still if nothing does."""
        front = self._front_as_set()
        after = replace(self, front=None, entry=entry, previous=self).with_next(now)
        if after.front is None:
            return replace(after, front=self.front)
        return replace(after, waiting=(*after.waiting, *front))

    def with_flag(self, *, flagged: bool, entry: bytes | None = None) -> Session:
        """The session after the card in front was flagged, or its flag taken away."""
        front = self._front_as_set()
        return replace(
            self,
            flagged=self.flagged | front if flagged else self.flagged - front,
            entry=entry,
            previous=self,
        )

    def with_next(self, now: int) -> Session:
        """The session with the next card in front: what is due in learning, then what waits in order.

        When nothing else waits, a card in learning comes up to 20 minutes early.
        """
        learning_due = self.learning and self.learning[0][0] <= now
        if self.waiting and not learning_due:
            return replace(self, front=self.waiting[0], waiting=self.waiting[1:])
        if self.learning and self.learning[0][0] <= now + LEARN_AHEAD:
            return replace(self, front=self.learning[0][1], learning=self.learning[1:])
        return replace(self, front=None)

    def with_memory(self, memory: Mapping[str, MemoryState]) -> Session:
        """The session with memory states read anew."""
        return replace(self, memory=memory)

    def with_cards(self, cards: Mapping[str, Card], *, gone: Set[str], now: int) -> Session:
        """The session, and those before it, with newer versions of cards.

        Those that have `gone` are not asked any more.
        """
        chain = [self]
        while chain[-1].previous is not None:
            chain.append(chain[-1].previous)
        renewed = {id(one.cards): one.cards for one in chain}
        renewed = {key: Layered(known, cards) for key, known in renewed.items()}
        made: Session | None = None
        for each in reversed(chain):
            made = replace(each, cards=renewed[id(each.cards)], previous=made)
        assert made is not None
        return made._without(gone, now)

    def _without(self, gone: Set[str], now: int) -> Session:
        """The session without cards that cannot be asked any more."""
        answered = {entry.card.id for entry in self.answered}
        waiting = tuple(card for card in self.waiting if card not in gone)
        learning = tuple(step for step in self.learning if step[1] not in gone)
        asked = {*self.waiting, *(card for _, card in self.learning), *self._front_as_set()}
        left = replace(
            self, waiting=waiting, learning=learning, total=self.total - len((asked & gone) - answered)
        )
        return left.with_next(now) if self.front in gone else left

    def with_front(self, card: Card, state: MemoryState | None) -> Session:
        """The session with that card in front, the one that was there next in line."""
        waiting = (
            *sorted(self._front_as_set() - {card.id}),
            *(other for other in self.waiting if other != card.id),
        )
        known = card.id in self.cards
        return replace(
            self,
            cards=Layered(self.cards, {card.id: card}),
            memory=Layered(self.memory, {card.id: state}),
            waiting=waiting,
            learning=tuple(step for step in self.learning if step[1] != card.id),
            front=card.id,
            total=self.total + (not known),
        )

    def _front_as_set(self) -> frozenset[str]:
        return frozenset() if self.front is None else frozenset({self.front})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The result of a sitting. `score` is the sum of scores from 0 to 1, one a review."""

    reviews: int
    cards: int
    score: float
    milliseconds: int
    best_run: int
    missed: tuple[Answered, ...]

    @property
    def percent(self) -> int:
        """The mean score, in percent."""
        return round(100 * self.score / self.reviews) if self.reviews else 0


def tally(answered: tuple[Answered, ...]) -> Tally:
    """Count a sitting. `missed` has each card once, as it was first missed."""
    best = run = 0
    missed: dict[str, Answered] = {}
    for entry in answered:
        run = run + 1 if entry.review.score == 1 else 0
        best = max(best, run)
        if not entry.review.passed:
            missed.setdefault(entry.card.id, entry)
    return Tally(
        reviews=len(answered),
        cards=len({entry.card.id for entry in answered}),
        score=sum(entry.review.score for entry in answered),
        milliseconds=sum(entry.review.milliseconds for entry in answered),
        best_run=best,
        missed=tuple(missed.values()),
    )
