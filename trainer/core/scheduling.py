"""When a card comes back: FSRS-6 behind three questions, `after`, `preview` and `recall`.

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
from hashlib import blake2b
from typing import NamedTuple

from trainer.core.day import Moment
from trainer.core.fsrs6 import PARAMETERS, Model, Strength
from trainer.core.review import Rating, Review

_FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
_SECONDS_A_DAY = 86_400


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


class History(NamedTuple):
    """What counts for the memory state of a card: its reviews, oldest first.

    `start` is the memory state that it came with from another program, before them.
    """

    reviews: Sequence[Review]
    start: MemoryState | None = None


Replay = Callable[[History], MemoryState | None]
"""Gives the memory state that a history leaves."""


@dataclass(frozen=True)
class Scheduler:
    """FSRS-6 on study days."""

    settings: SchedulingSettings = field(default_factory=SchedulingSettings)

    def after(self, state: MemoryState | None, rating: Rating, *, card: str, moment: Moment) -> MemoryState:
        """The memory state that a review leaves; `state` is None for a card never reviewed.

        A review dated before the last one (a clock set back) counts as on the day of the last one.
        """
        day = max(moment.day, state.last_day) if state else moment.day
        stability, difficulty = self._strength(state, rating, day)
        phase, step = self._next_step(state, rating)
        reps = state.reps + 1 if state else 1
        lapsed = state is not None and state.phase is Phase.REVIEW and rating is Rating.AGAIN
        if phase.in_steps:
            seconds = self._seconds(phase, step, rating)
            due_day, due_at = day + timedelta(days=seconds // _SECONDS_A_DAY), moment.at + seconds * 1000
        else:
            days = self._interval(stability)
            days = self._fuzzed(days, card=card, reps=reps) if self.settings.fuzz else days
            due_day, due_at = day + timedelta(days=days), None
        return MemoryState(
            stability=stability,
            difficulty=difficulty,
            phase=phase,
            step=step,
            due_day=due_day,
            due_at=due_at,
            last_day=day,
            reps=reps,
            lapses=(state.lapses if state else 0) + lapsed,
        )

    def preview(self, state: MemoryState | None, *, card: str, moment: Moment) -> dict[Rating, MemoryState]:
        """What each rating would leave, were it given at this moment."""
        return {rating: self.after(state, rating, card=card, moment=moment) for rating in Rating}

    def replay(self, history: History) -> MemoryState | None:
        """The memory state that a history leaves; cramming leaves no trace."""
        state = history.start
        for review in history.reviews:
            if review.mode == "study":
                state = self.after(state, review.rating, card=review.card, moment=review.moment)
        return state

    @cached_property
    def model(self) -> Model:
        """What becomes of a memory, by the parameters in force."""
        return Model(self.settings.parameters or PARAMETERS)

    def recall(self, state: MemoryState, day: date) -> float:
        """The chance to remember on a day, from 0 to 1."""
        return self.model.curve.known_on(day, state.stability, state.last_day)

    def _strength(self, state: MemoryState | None, rating: Rating, day: date) -> Strength:
        if state is None:
            return self.model.first(rating)
        days = (day - state.last_day).days
        return self.model.after(Strength(state.stability, state.difficulty), days, rating)

    def _interval(self, stability: float) -> int:
        """Whole days until the chance to remember is the one desired, before fuzz."""
        days = round(self.model.curve.days_until(self.settings.desired_retention, stability))
        return min(max(days, 1), self.settings.maximum_interval)

    def _next_step(self, state: MemoryState | None, rating: Rating) -> tuple[Phase, int]:
        """Learning steps as in py-fsrs: Again starts over, Hard stays, Good goes on, Easy leaves."""
        phase, step = (state.phase, state.step) if state else (Phase.LEARNING, 0)
        if phase is Phase.REVIEW:
            lapsed = rating is Rating.AGAIN and self.settings.relearning_steps
            return (Phase.RELEARNING, 0) if lapsed else (Phase.REVIEW, 0)
        steps = self._steps(phase)
        if rating is Rating.AGAIN:
            return (phase, 0) if steps else (Phase.REVIEW, 0)
        if rating is Rating.HARD and step < len(steps):
            return phase, step
        if rating is Rating.GOOD and step + 1 < len(steps):
            return phase, step + 1
        return Phase.REVIEW, 0

    def _steps(self, phase: Phase) -> tuple[int, ...]:
        return self.settings.learning_steps if phase is Phase.LEARNING else self.settings.relearning_steps

    def _seconds(self, phase: Phase, step: int, rating: Rating) -> int:
        steps = self._steps(phase)
        if rating is not Rating.HARD or step > 0:
            return steps[step]
        return (steps[0] + steps[1]) // 2 if len(steps) > 1 else steps[0] * 3 // 2

    def _fuzzed(self, days: int, *, card: str, reps: int) -> int:
        """An interval near `days`, in the ranges of py-fsrs, drawn from the card and its review count."""
        if days < 2.5:
            return days
        spread = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in _FUZZ_BANDS)
        longest = min(round(days + spread), self.settings.maximum_interval)
        shortest = min(max(2, round(days - spread)), longest)
        seed = blake2b(f"{card}\n{reps}".encode(errors="surrogatepass"), digest_size=8).digest()
        share = int.from_bytes(seed, "big") / 2**64
        return shortest + int(share * (longest - shortest + 1))
