"""How well a card is known, in the numbers of Anki's tables `cards` and `revlog`.

After rslib/src/scheduler and rslib/src/revlog of Anki. Days are numbered by a calendar; an interval is in
days, or in seconds below zero while a card is in steps.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from trainer.core.scheduling import MemoryState, Phase
from trainer.formats.anki.schema import Calendar

_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)
_LATER_DAY = 3
_SUSPENDED, _BURIED = -1, -3
_EASE = 2500
_RED = 1
_CRAM, _MANUAL = 3, 4
_MOST = 2**31 - 1
_KINDS = {None: 0, Phase.LEARNING: 0, Phase.REVIEW: 1, Phase.RELEARNING: 2}


class Standing(NamedTuple):
    """How a card stands: its memory state, its last review (milliseconds since 1970), and its marks."""

    state: MemoryState | None = None
    last_at: int = 0
    suspended: bool = False
    buried: bool = False
    flagged: bool = False


class Learning(NamedTuple):
    """How many steps there are, the desired retention, and the decay of the parameters in force."""

    learning_steps: int
    relearning_steps: int
    retention: float
    decay: float


def card_numbers(
    standing: Standing, *, position: int, calendar: Calendar, learning: Learning, interval: int
) -> tuple[object, ...]:
    """The columns `type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data` of a card.

    `position` is its place among new cards, and `interval` what it would be past its steps, in days.
    """
    state = standing.state
    kind, queue, due, left = _place(state, position, calendar, learning)
    if standing.suspended or standing.buried:
        queue = _SUSPENDED if standing.suspended else _BURIED
    flag = _RED if standing.flagged else 0
    if state is None:
        return kind, queue, due, 0, 0, 0, 0, 0, 0, 0, flag, ""
    days = {_LEARNING: 0, _REVIEW: state.interval, _RELEARNING: interval}[kind]
    data = {
        "s": round(state.stability, 4),
        "d": round(state.difficulty, 3),
        "dr": learning.retention,
        "decay": round(learning.decay, 3),
        "lrt": standing.last_at // 1000,
    }
    return kind, queue, due, days, _EASE, state.reps, state.lapses, left, 0, 0, flag, json.dumps(data)


def _place(
    state: MemoryState | None, position: int, calendar: Calendar, learning: Learning
) -> tuple[int, int, int, int]:
    """Type, queue, due and steps left of a card that nobody has set aside."""
    if state is None:
        return _NEW, _NEW, position, 0
    if state.due_at is None or state.phase is Phase.REVIEW:
        return _REVIEW, _REVIEW, calendar.number(state.due_day), 0
    is_first = state.phase is Phase.LEARNING
    kind = _LEARNING if is_first else _RELEARNING
    left = max(1, (learning.learning_steps if is_first else learning.relearning_steps) - state.step)
    if state.due_day > state.last_day:
        return kind, _LATER_DAY, calendar.number(state.due_day), left
    return kind, _LEARNING, state.due_at // 1000, left


def review_numbers(
    rating: int, *, before: Phase | None, difficulty: float, last: int, now: int, milliseconds: int
) -> tuple[int, int, int, int, int, int]:
    """The columns `ease, ivl, lastIvl, factor, time, type` of a review; `last` and `now` are intervals.

    The difficulty that it left stands in `factor` as FSRS does it there; `before` is None for a new card.
    """
    factor = round((difficulty - 1) / 9 * 1000 + 100)
    return rating, now, last, factor, min(milliseconds, _MOST), _KINDS[before]


def crammed_numbers(rating: int, *, last: int, milliseconds: int) -> tuple[int, int, int, int, int, int]:
    """The same columns of a review that left the schedule alone: by the missing factor Anki knows."""
    return rating, last, last, 0, min(milliseconds, _MOST), _CRAM


def reset_numbers(last: int) -> tuple[int, int, int, int, int, int]:
    """The columns `ease, ivl, lastIvl, factor, time, type` where a card was forgotten on purpose."""
    return 0, 0, last, 0, 0, _MANUAL
