"""When a card comes back: FSRS-6 behind two questions, `after` and `preview`.

FSRS is given study days, never clock times; learning steps and fuzz are done here, as py-fsrs does them. So a
replay of the log gives the same memory states in every time zone, and the interval on a button is the
interval that happens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from functools import cached_property
from math import inf
from typing import NamedTuple

from trainer.core.day import Moment
from trainer.core.fsrs6 import PARAMETERS, Model
from trainer.core.hashing import blake2b
from trainer.core.review import Rating, Review

_FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
_FUZZED = 2.5
"""Days: shorter intervals stay as they are, as in py-fsrs."""
_SECONDS_A_DAY = 86_400
# Found faster than members of their classes: a replay of a long log asks for them millions of times.
_AGAIN, _HARD, _GOOD = Rating.AGAIN, Rating.HARD, Rating.GOOD


class Phase(IntEnum):
    """Where a card stands: `NEW` has no memory state yet."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3

    @property
    def in_steps(self) -> bool:
        """Whether the card comes back after minutes rather than days."""
        return self in (Phase.LEARNING, Phase.RELEARNING)

    @property
    def word(self) -> str:
        """As shown."""
        return self.name.lower()


_LEARNING, _REVIEW, _RELEARNING = Phase.LEARNING, Phase.REVIEW, Phase.RELEARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulingSettings:
    """How to schedule: steps in seconds, intervals in days, retention as a share of 1.

    `parameters` are the 21 of FSRS-6, or none for its defaults.
    """

    parameters: tuple[float, ...] = ()
    desired_retention: float = 0.9
    maximum_interval: int = 36_500
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    fuzz: bool = True


class MemoryState(NamedTuple):
    """What the reviews of a card imply.

    `stability` in days, `difficulty` from 1 to 10; `due_at` (milliseconds since 1970, UTC) only while in
    steps; `last_day` the study day of the last review.
    """

    stability: float
    difficulty: float
    phase: Phase
    step: int
    due_day: date
    due_at: int | None
    last_day: date
    reps: int
    lapses: int

    @property
    def interval(self) -> int:
        """Days from the last review to the due day."""
        return (self.due_day - self.last_day).days


class Answered(NamedTuple):
    """What of a review counts for the memory state of a card, and no more: logs of a million are replayed."""

    card: str
    rating: Rating
    mode: str
    moment: Moment


class History(NamedTuple):
    """What counts for the memory state of a card: how it was answered, oldest first.

    `start` is the memory state that it came with from another program, before them.
    """

    reviews: Sequence[Review | Answered]
    start: MemoryState | None = None


Stood = tuple[float, float, Phase, int, int, int]
"""How a card stands, whatever the day: stability, difficulty, phase, step, reps, lapses."""

Followed = tuple[Stood, int, int | None]
"""How it stands after a review, the days until it comes back, and while it is in steps the seconds."""

Replay = Callable[[History], MemoryState | None]
"""Gives the memory state that a history leaves."""


def _stood(state: MemoryState) -> Stood:
    return *state[:4], state.reps, state.lapses


def _state(left: Followed, day: date, at: int) -> MemoryState:
    """What a review on that day, at that moment, left."""
    (stability, difficulty, phase, step, reps, lapses), days, seconds = left
    due_day, due_at = day + timedelta(days), None if seconds is None else at + seconds * 1000
    return MemoryState(stability, difficulty, phase, step, due_day, due_at, day, reps, lapses)


@dataclass(frozen=True)
class Scheduler:
    """FSRS-6 on study days."""

    settings: SchedulingSettings = field(default_factory=SchedulingSettings)

    def after(self, state: MemoryState | None, rating: Rating, *, card: str, moment: Moment) -> MemoryState:
        """The memory state that a review leaves; `state` is None for a card never reviewed.

        A review dated before the last one (a clock set back) counts as on the day of the last one.
        """
        day = moment.day
        if state is None:
            left = self.follow(None, 0, rating, card=card)
        else:
            day = max(day, state.last_day)
            left = self.follow(_stood(state), (day - state.last_day).days, rating, card=card)
        return _state(left, day, moment.at)

    def follow(self, stood: Stood | None, days: int, rating: Rating, *, card: str) -> Followed:
        """What a review makes of how a card stood, `days` after the one before: plain, for whole logs."""
        if stood is None:
            (stability, difficulty), reps, lapses = self.model.first(rating), 1, 0
            phase, step = self.next_step(_LEARNING, 0, rating)
        else:
            stability, difficulty, phase, step, reps, lapses = stood
            stability, difficulty = self.model.after((stability, difficulty), days, rating)
            reps, lapses = reps + 1, lapses + (phase is _REVIEW and rating is _AGAIN)
            phase, step = self.next_step(phase, step, rating)
        if phase is _REVIEW:
            wait, seconds = self.interval(stability, card=card, reps=reps), None
        else:
            seconds = self._seconds(phase, step, rating)
            wait = seconds // _SECONDS_A_DAY
        return (stability, difficulty, phase, step, reps, lapses), wait, seconds

    def preview(self, state: MemoryState | None, *, card: str, moment: Moment) -> dict[Rating, MemoryState]:
        """What each rating would leave, were it given at this moment."""
        return {rating: self.after(state, rating, card=card, moment=moment) for rating in Rating}

    def replay(self, history: History) -> MemoryState | None:
        """The memory state that a history leaves, as `after` would step by step; cramming leaves no trace."""
        start = history.start
        stood, last_day = (None, None) if start is None else (_stood(start), start.last_day)
        left: Followed | None = None
        at = 0
        for review in history.reviews:
            if review.mode != "study":
                continue
            day, at = review.moment.day, review.moment.at
            if last_day is None or day > last_day:
                days = 0 if last_day is None else (day - last_day).days
                last_day = day
            else:
                days = 0
            left = self.follow(stood, days, review.rating, card=review.card)
            stood = left[0]
        return start if left is None or last_day is None else _state(left, last_day, at)

    @cached_property
    def model(self) -> Model:
        """What becomes of a memory, by the parameters in force."""
        return Model(self.settings.parameters or PARAMETERS)

    @cached_property
    def _ranges(self) -> dict[int, tuple[int, int]]:
        """The ranges of intervals that were needed so far: there are few."""
        return {}

    @cached_property
    def _certain(self) -> dict[int, tuple[float, float]]:
        """What `_told_by_stability` has found."""
        return {}

    def interval(self, stability: float, *, card: str, reps: int) -> int:
        """Whole days until a card past its steps comes back, after `reps` reviews."""
        days = self._until_desired(stability)
        return self._fuzzed(days, card=card, reps=reps) if self.settings.fuzz and days >= _FUZZED else days

    def is_interval_from(self, least: int, stability: float, *, card: str, reps: int) -> bool:
        """Whether `interval` is that of `least` days or longer; mostly the stability alone tells."""
        never, surely = self._certain.get(least) or self._told_by_stability(least)
        if stability < never or stability > surely:
            return stability > surely
        return self.interval(stability, card=card, reps=reps) >= least

    def _told_by_stability(self, least: int) -> tuple[float, float]:
        """Up to which stability the interval is certainly below so many days, and from which on it is not."""
        most = self.settings.maximum_interval
        if most < least:
            self._certain[least] = inf, inf
            return self._certain[least]
        below = next((days for days in range(least, 0, -1) if self._range(days)[1] < least), 0)
        above = next((days for days in range(least, most + 1) if self._range(days)[0] >= least), inf)
        a_day = 1 / self.model.curve.days_until(self.settings.desired_retention, 1.0)
        self._certain[least] = found = max(0, below - 1) * a_day, (above + 1) * a_day
        return found

    def next_step(self, phase: Phase, step: int, rating: Rating) -> tuple[Phase, int]:
        """Phase and step after a review, as in py-fsrs: Again starts over, Hard stays, Good goes on."""
        if phase is _REVIEW:
            lapsed = rating is _AGAIN and self.settings.relearning_steps
            return (_RELEARNING, 0) if lapsed else (_REVIEW, 0)
        steps = self._steps(phase)
        if rating is _AGAIN:
            return (phase, 0) if steps else (_REVIEW, 0)
        if rating is _HARD and step < len(steps):
            return phase, step
        if rating is _GOOD and step + 1 < len(steps):
            return phase, step + 1
        return _REVIEW, 0

    def _until_desired(self, stability: float) -> int:
        """Whole days until the chance to remember is the one desired, before fuzz."""
        days = round(self.model.curve.days_until(self.settings.desired_retention, stability))
        return min(max(days, 1), self.settings.maximum_interval)

    def _steps(self, phase: Phase) -> tuple[int, ...]:
        return self.settings.learning_steps if phase is _LEARNING else self.settings.relearning_steps

    def _seconds(self, phase: Phase, step: int, rating: Rating) -> int:
        """After how many seconds a card in steps comes back."""
        steps = self._steps(phase)
        if rating is not _HARD or step > 0:
            return steps[step]
        return (steps[0] + steps[1]) // 2 if len(steps) > 1 else steps[0] * 3 // 2

    def _fuzzed(self, days: int, *, card: str, reps: int) -> int:
        """An interval near `days`, in the ranges of py-fsrs, drawn from the card and its review count."""
        shortest, longest = self._ranges.get(days) or self._range(days)
        seed = blake2b(f"{card}\n{reps}".encode(errors="surrogatepass"), digest_size=8).digest()
        share = int.from_bytes(seed, "big") / 2**64
        return shortest + int(share * (longest - shortest + 1))

    def _range(self, days: int) -> tuple[int, int]:
        """The shortest and the longest interval that `days` may become."""
        spread = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _FUZZ_BANDS)
        longest = min(round(days + spread), self.settings.maximum_interval)
        self._ranges[days] = found = min(max(2, round(days - spread)), longest), longest
        return found
