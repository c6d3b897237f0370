"""The log as the rows that Anki has of it, and how each card stands in the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Scheduler, Stood
from trainer.formats.anki.schedule import crammed_numbers, reset_numbers, review_numbers
from trainer.storage.entries import decode_state
from trainer.storage.outgoing import LeanEntry

_RATINGS = {int(rating): rating for rating in Rating}
_EPOCH = date(1970, 1, 1).toordinal()

_Trail = tuple[Stood, int, int, int, int, int | None]
"""How a card stands, and its last study day (the ordinal); its last review (milliseconds since 1970) and the
interval that it left; the due day (the ordinal), and the moment when it is due."""


class Left(NamedTuple):
    """What the log leaves of a card: its memory state, and its last review in milliseconds since 1970."""

    state: MemoryState
    last_at: int


class Retold:
    """Retells the log, entry after entry; `ids` are those of cards in Anki by ours, `reviews` counts them.

    What it keeps is plain: there may be a million entries.
    """

    def __init__(self, scheduler: Scheduler, ids: Mapping[str, int]) -> None:
        self.reviews = 0
        self._scheduler = scheduler
        self._ids = ids
        self._trails: dict[str, _Trail] = {}
        self._days: dict[str, int] = {}

    def rows(self, entries: list[LeanEntry]) -> list[tuple[int, ...]]:
        """The rows of the entries of the log that come next, for cards that are written."""
        rows: list[tuple[int, ...]] = []
        ids, trails, follow = self._ids, self._trails, self._follow
        for _, kind, card, at, _, study_day, mode, rating, milliseconds, carried in entries:
            number = ids.get(card)
            if number is None:
                continue
            trail = trails.get(card)
            last = trail[3] if trail else 0
            if kind == "review":
                self.reviews += 1
                if mode != "study":
                    rows.append((at, number, *crammed_numbers(rating, last=last, milliseconds=milliseconds)))
                    continue
                day = self._days.get(study_day) or self._day(study_day)
                after = trails[card] = follow(trail, card, rating, at, day)
                numbers = review_numbers(
                    rating,
                    before=trail[0][2] if trail else None,
                    difficulty=after[0][1],
                    last=last,
                    now=after[3],
                    milliseconds=milliseconds,
                )
                rows.append((at, number, *numbers))
            elif kind == "carried":
                trails[card] = _trail_of(decode_state(carried), trail[2] if trail else 0)
            elif trails.pop(card, None):
                rows.append((at, number, *reset_numbers(last)))
        return rows

    def left(self) -> dict[str, Left]:
        """How each card stands that is not new, by our id."""
        return {card: _left(trail) for card, trail in self._trails.items()}

    def _follow(self, trail: _Trail | None, card: str, rating: int, at: int, day: int) -> _Trail:
        """What a review on a study day makes of how a card stands."""
        if trail is None:
            left = self._scheduler.follow(None, 0, _RATINGS[rating], card=card)
        else:
            stood, last_day, *_ = trail
            day = max(day, last_day)
            left = self._scheduler.follow(stood, day - last_day, _RATINGS[rating], card=card)
        stands, days, seconds = left
        interval, due_at = (days, None) if seconds is None else (-seconds, at + seconds * 1000)
        return stands, day, at, interval, day + days, due_at

    def _day(self, text: str) -> int:
        found = self._days[text] = date.fromisoformat(text).toordinal()
        return found


def _trail_of(state: MemoryState, last_at: int) -> _Trail:
    """How a card stands that was carried over; where no review tells, the last was at noon."""
    last_day, due_day = state.last_day.toordinal(), state.due_day.toordinal()
    last_at = last_at or (last_day - _EPOCH) * 86_400_000 + 43_200_000
    interval = state.interval if state.due_at is None else -max(1, (state.due_at - last_at) // 1000)
    stood = state.stability, state.difficulty, state.phase, state.step, state.reps, state.lapses
    return stood, last_day, last_at, interval, due_day, state.due_at


def _left(trail: _Trail) -> Left:
    (stability, difficulty, phase, step, reps, lapses), last_day, last_at, _, due_day, due_at = trail
    days = date.fromordinal(due_day), due_at, date.fromordinal(last_day)
    return Left(MemoryState(stability, difficulty, phase, step, *days, reps, lapses), last_at)
