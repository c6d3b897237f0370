"""The log summed up, entry by entry: what is kept grows with cards and days, not with reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from trainer.core.predicting import Predicting
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Phase, Scheduler
from trainer.core.statistics import MATURE

_ANSWERS = ("review", "elsewhere")

Entry = tuple[str, str, int, float, int, str, int, str, int, str, str]
"""An entry of the log that counts here: kind (`review`, `elsewhere` for one made in another
program, `forget`, `carried`), card, rating, score,
milliseconds, mode (`study`, `quiz`), hour of the local clock, study day (ISO), confidence, response, answer.

What it does not have is 0 or empty. The response is told of wrong answers only, and of what was carried:
there it is the memory state.
"""

LEARNING, YOUNG, MATURED = range(3)
"""Where a card stood before a review."""

_MOST_PAIRS = 50_000
_LONGEST = 3_600_000
"""Milliseconds: who took longer was away."""

_NEW, _LEARNING, _REVIEW = Phase.NEW, Phase.LEARNING, Phase.REVIEW
_RATINGS = (Rating.AGAIN, *Rating)
"""By number, from 1 on."""


class Trail:
    """A card as its log is gone through: how it stands after its last entry so far, and its sums.

    It is written over by each entry, as there are many. `phase` is NEW while there is no memory state;
    `again` says whether the last rating was Again, as far as that is known of what was carried; `last` is the
    ordinal of the last study day; `interval`, in days, is only known of what was carried. `spaced` are the
    reviews on other days than the one before them, `missed` those of them in which it was not remembered.
    `answers`, `score` and `milliseconds` are of the period; those called `ever` of all time.
    """

    __slots__ = (
        *("phase", "step", "again", "stability", "difficulty", "last", "interval"),
        *("reps", "spaced", "missed"),
        *("answers", "score", "milliseconds", "answers_ever", "score_ever"),
    )

    def __init__(self) -> None:
        self.answers = self.answers_ever = self.milliseconds = 0
        self.score = self.score_ever = 0.0
        self.forget()

    def forget(self) -> None:
        """Be new again."""
        self.phase, self.step, self.again = Phase.NEW, 0, False
        self.stability = self.difficulty = 0.0
        self.last = self.reps = self.spaced = self.missed = 0
        self.interval: int | None = None

    def carry(self, state: MemoryState) -> None:
        """Stand as elsewhere."""
        self.phase, self.step, self.interval = state.phase, state.step, state.interval
        self.again = state.phase is Phase.RELEARNING and state.step == 0
        self.stability, self.difficulty = state.stability, state.difficulty
        self.last, self.reps = state.last_day.toordinal(), state.reps
        self.spaced, self.missed = max(0, state.reps - 1), state.lapses


class DaySums:
    """The sums of a study day: what was studied, and `kept`, as in `Kept`, of young and of mature cards.

    `counts` says whether the day is of the period asked for.
    """

    __slots__ = ("counts", "day", "kept", "milliseconds", "ordinal", "reviews", "score")

    def __init__(self, day: date, *, counts: bool) -> None:
        self.day, self.ordinal, self.counts = day, day.toordinal(), counts
        self.reviews, self.score, self.milliseconds = 0, 0.0, 0
        self.kept = {YOUNG: [0, 0], MATURED: [0, 0]}


class Tally:
    """What the entries of a log come to, added in their order.

    Only study days from `since` to `until` count, but what was before them is needed to know how cards
    stood. `meant` has the answers to the cards of which wrong answers are told, by card; `decode` reads a
    memory state. What is found is in the fields: `times` are counted by tenths of a second, `said` by
    response and answer.
    """

    def __init__(
        self,
        scheduler: Scheduler,
        *,
        since: date | None = None,
        until: date | None = None,
        meant: Mapping[str, str],
        decode: Callable[[str], MemoryState],
    ) -> None:
        self._scheduler, self._meant, self._decode = scheduler, meant, decode
        self._model, self._next_step = scheduler.model, scheduler.next_step
        self._since, self._until = since or date.min, until or date.max
        self._run = 0
        self.days: dict[str, DaySums] = {}
        self.cards: defaultdict[str, Trail] = defaultdict(Trail)
        self.confidence: defaultdict[int, Trail] = defaultdict(Trail)
        self.ratings = [[0] * 5 for _ in range(3)]
        self.hours = [[0, 0] for _ in range(24)]
        self.times: defaultdict[int, int] = defaultdict(int)
        self.said: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.predicting = Predicting()
        self.best_run = 0

    def add(self, entries: Iterable[Entry]) -> None:
        """Count entries; those of one card must come in the order of the log."""
        days, cards, hours, times = self.days, self.cards, self.hours, self.times
        for kind, card, rating, score, spent, mode, hour, study_day, confidence, response, answer in entries:
            trail = cards[card]
            if kind not in _ANSWERS:
                trail.carry(self._decode(response)) if kind == "carried" else trail.forget()
                continue
            day = days.get(study_day) or self._begin(study_day)
            if mode == "study":
                day.reviews += 1
                day.score += score
                day.milliseconds += spent
                self._study(card, trail, rating, day)
                if day.counts:
                    hours[hour][0] += 1
                    hours[hour][1] += rating > 1
                    if spent > 0:
                        times[spent // 100 if spent < _LONGEST else _LONGEST // 100] += 1
            trail.answers_ever += 1
            trail.score_ever += score
            if day.counts:
                trail.answers += 1
                trail.score += score
                trail.milliseconds += spent
                if kind == "review":  # What was answered elsewhere came card by card, which makes no run.
                    self._run = self._run + 1 if score == 1 else 0
                    if self._run > self.best_run:
                        self.best_run = self._run
                if confidence:
                    sums = self.confidence[confidence]
                    sums.answers += 1
                    sums.score += score
                    sums.milliseconds += spent
                if response and card in self._meant:
                    self._confused(response, answer or self._meant[card])

    def _begin(self, study_day: str) -> DaySums:
        day = date.fromisoformat(study_day)
        found = self.days[study_day] = DaySums(day, counts=self._since <= day <= self._until)
        return found

    def _study(self, card: str, trail: Trail, rating: int, day: DaySums) -> None:
        """Follow what a review does to the memory of a card: as `Scheduler.after`, but lean."""
        phase, days = trail.phase, 0
        if phase is _NEW:
            self.ratings[LEARNING][rating] += day.counts
            trail.stability, trail.difficulty = self._model.first(rating)
            phase, trail.last = _LEARNING, day.ordinal
        else:
            days = day.ordinal - trail.last
            if days < 0:  # The clock was set back.
                days = 0
            if day.counts:
                self._foreseen(card, trail, rating, day, days)
            trail.stability, trail.difficulty = self._model.after(
                (trail.stability, trail.difficulty), days, rating
            )
        trail.phase, trail.step = self._next_step(phase, trail.step, _RATINGS[rating])
        trail.again = rating == 1
        trail.interval = None
        trail.reps += 1
        if days:
            trail.last += days
            trail.spaced += 1
            if rating == 1:
                trail.missed += 1

    def _foreseen(self, card: str, trail: Trail, rating: int, day: DaySums, days: int) -> None:
        """Count how a card stood before a review, and whether it was remembered as it should."""
        stood = LEARNING
        if trail.phase is _REVIEW:
            stood = MATURED if self._is_mature(card, trail) else YOUNG
            if days:
                kept = day.kept[stood]
                kept[0] += 1
                kept[1] += rating > 1
        self.ratings[stood][rating] += 1
        if days:
            chance = self._model.curve.recall(trail.stability, days)
            self.predicting.add(chance, rating > 1, days=days, spaced=trail.spaced, missed=trail.missed)

    def _is_mature(self, card: str, trail: Trail) -> bool:
        if trail.interval is not None:
            return trail.interval >= MATURE
        return self._scheduler.is_interval_from(MATURE, trail.stability, card=card, reps=trail.reps)

    def _confused(self, response: str, answer: str) -> None:
        self.said[response, answer] += 1
        if len(self.said) > _MOST_PAIRS:  # What was said only once is the least of them.
            for pair in [pair for pair, count in self.said.items() if count == 1]:
                del self.said[pair]
