"""What Anki knows of a card, as the log here takes it.

A due day is counted from the creation of the collection; a card in steps has seconds since 1970 instead.
The state of FSRS stands in the card's `data`: `s`, `d`, and `lrt`, the time of the last review. Where FSRS is
off, it is worked out from the card's log, as Anki does when it is switched on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import isfinite
from typing import NamedTuple

from trainer.core.carried import CardPast, PastReview
from trainer.core.fsrs6 import LEAST_STABILITY, Model, Strength
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Phase
from trainer.formats.anki.records import AnkiCard, AnkiReview, Preset

DayOf = Callable[[int], date]
"""Gives the study day of milliseconds since 1970."""

LATEST = 95_617_584_000_000  # The year 5000: whatever is added to it is a date still.

_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)
_IN_STEPS, _PREVIEWED = (1, 3), 4
_SUSPENDED = -1
_FLAGS = 7
_MANUAL, _FILTERED = 4, 3
_RATINGS = {int(rating): rating for rating in Rating}
_A_DAY = 86_400_000
_SECONDS_FROM = 1_000_000_000
"""A due number from here on is in seconds since 1970, below it is a day."""

_FARTHEST = 40_000
"""Days that anything may be away."""

_MOST = 1_000_000
_EASE = 2.5
_PHASES = {_LEARNING: Phase.LEARNING, _REVIEW: Phase.REVIEW, _RELEARNING: Phase.RELEARNING}


class Rules(NamedTuple):
    """What histories are understood by: the day from which due days count, study days, and the model."""

    day_zero: date
    day_of: DayOf
    model: Model


def past_of(card: AnkiCard, log: Sequence[AnkiReview], rules: Rules, preset: Preset | None) -> CardPast:
    """All that is known of a card; rows of the log that make no sense are left out."""
    reviews: list[PastReview] = []
    is_reset = False
    for _, at, rating, _, factor, milliseconds, kind in log:
        if kind == _MANUAL and not factor:
            is_reset = bool(reviews)
        elif rating in _RATINGS and 0 <= kind < _MANUAL and 0 < at < LATEST:
            crammed = kind == _FILTERED and not factor
            reviews.append(PastReview(at, _RATINGS[rating], milliseconds, crammed, is_reset))
            is_reset = False
    return CardPast(
        tuple(reviews),
        _state(card, log, rules, preset),
        suspended=card.queue == _SUSPENDED,
        flagged=bool(card.flags & _FLAGS),
    )


def _is_review(row: AnkiReview) -> bool:
    return row.rating in _RATINGS and 0 <= row.kind < _MANUAL and 0 < row.at < LATEST


def _is_crammed(row: AnkiReview) -> bool:
    return row.kind == _FILTERED and row.factor == 0


def _state(
    card: AnkiCard, log: Sequence[AnkiReview], rules: Rules, preset: Preset | None
) -> MemoryState | None:
    """The memory state of a card, None if it is new."""
    phase = _PHASES.get(card.type)
    if phase is None:
        return None
    if phase is Phase.REVIEW and card.queue in _IN_STEPS:
        phase = Phase.RELEARNING  # As schedulers of Anki before its third wrote it.
    known = _data(card.data)
    log = _since_reset(log)
    last_at = _last_at(known, log)
    due = _due(card)
    due_at = 0
    if due >= _SECONDS_FROM:
        due_at = min(due * 1000, LATEST)
        last_day = rules.day_of(due_at if last_at is None else last_at)
        waits = 0 if last_at is None else (due_at - last_at) // _A_DAY
        due_day = last_day + _days(waits, least=0)
    else:
        due_day = rules.day_zero + _days(due, least=-_FARTHEST)
        last_day = due_day - _days(card.interval, least=0) if last_at is None else rules.day_of(last_at)
    if phase.in_steps and not due_at:
        due_at = max(0, (last_at or 0) + (due_day - last_day).days * _A_DAY)
    strength = _strength(known) or _worked_out(card, log, rules)
    return MemoryState(
        stability=strength.stability,
        difficulty=strength.difficulty,
        phase=phase,
        step=_step(card, preset) if phase.in_steps else 0,
        due_day=due_day,
        due_at=due_at if phase.in_steps else None,
        last_day=last_day,
        reps=min(max(card.reps, 0), _MOST),
        lapses=min(max(card.lapses, 0), _MOST),
    )


def _due(card: AnkiCard) -> int:
    """When a card is due: in a filtered deck, when it is due at home, unless it is in steps."""
    if card.home and card.queue not in _IN_STEPS and card.original_due:
        return card.original_due
    return card.due


def _bounded(days: int, least: int) -> int:
    return min(max(days, least), _FARTHEST)


def _days(days: int, *, least: int) -> timedelta:
    return timedelta(days=_bounded(days, least))


def _data(text: str) -> dict[str, float]:
    """What a card's `data` says in numbers; nothing where it is damaged."""
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {
        name: float(value)
        for name in ("s", "d", "lrt")
        if isinstance(value := found.get(name), int | float) and abs(value) < LATEST and isfinite(value)
    }


def _strength(known: dict[str, float]) -> Strength | None:
    stability, difficulty = known.get("s", 0.0), known.get("d", 0.0)
    if stability <= 0 or difficulty <= 0:
        return None
    return Strength(max(stability, LEAST_STABILITY), min(max(difficulty, 1.0), 10.0))


def _worked_out(card: AnkiCard, log: Sequence[AnkiReview], rules: Rules) -> Strength:
    """The strength by a card's log; by its interval and ease where there is none.

    A log that was cut off begins with what its first row left, as in `fsrs_item_for_memory_state` of Anki.
    """
    rows = [each for each in log if _is_review(each) and not _is_crammed(each)]
    model = rules.model
    if not rows:
        return model.from_sm2(_bounded(card.interval, 1), _ease(card.factor))
    first, *others = rows
    if first.kind == _NEW:
        strength = model.first(first.rating)
    else:
        strength = model.from_sm2(_bounded(first.interval, 1), _ease(first.factor))
    day = rules.day_of(first.at)
    for row in others:
        today = max(day, rules.day_of(row.at))
        strength = model.after(strength, (today - day).days, row.rating)
        day = today
    return strength


def _ease(factor: int) -> float:
    """An ease factor of thousandths; that of a card of FSRS holds something else, and says nothing."""
    return min(factor / 1000, 9.0) if factor >= 1300 else _EASE


def _since_reset(log: Sequence[AnkiReview]) -> Sequence[AnkiReview]:
    """What came after the card was last made new again by hand."""
    for place in range(len(log) - 1, -1, -1):
        if log[place].kind == _MANUAL and log[place].factor == 0:
            return log[place + 1 :]
    return log


def _last_at(known: dict[str, float], log: Sequence[AnkiReview]) -> int | None:
    """When a card was last reviewed so that it counted."""
    told = round(known.get("lrt", 0) * 1000)
    if 0 < told < LATEST:
        return told
    return max((each.at for each in log if _is_review(each) and not _is_crammed(each)), default=None)


def _step(card: AnkiCard, preset: Preset | None) -> int:
    """The step that a card is at, from 0; Anki keeps how many are left."""
    learning, relearning = (preset.learning_steps, preset.relearning_steps) if preset else (2, 1)
    steps = learning if card.type == _LEARNING else relearning
    return min(max(steps - card.left % 1000, 0), max(steps - 1, 0), 99) if card.left > 0 else 0
