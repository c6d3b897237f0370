"""Entries of a log, and memory states, for tests of statistics."""

from __future__ import annotations

from datetime import date, timedelta

from factories import TODAY

from trainer.core.outlook import Memory
from trainer.core.scheduling import MemoryState, Phase
from trainer.core.tally import Entry

CARD = "deck/note/card"
CARRIED = MemoryState(
    30.0, 6.0, Phase.REVIEW, 0, TODAY + timedelta(days=25), None, TODAY - timedelta(days=5), 4, 1
)
"""A mature card."""


def entry(
    rating: int = 3,
    *,
    kind: str = "review",
    card: str = CARD,
    day: date = TODAY,
    score: float | None = None,
    spent: int = 1000,
    mode: str = "study",
    hour: int = 12,
    confidence: int = 0,
    response: str = "",
    answer: str = "",
) -> Entry:
    earned = float(rating > 1) if score is None else score
    return (kind, card, rating, earned, spent, mode, hour, day.isoformat(), confidence, response, answer)


def memory(
    *, due: int = 0, stability: float = 10, difficulty: float = 5, ago: int = 10, lapses: int = 0
) -> Memory:
    return Memory(stability, difficulty, TODAY + timedelta(days=due), TODAY - timedelta(days=ago), lapses)
