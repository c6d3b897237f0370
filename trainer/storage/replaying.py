"""The log replayed as a whole, card by card, in memory that does not grow with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from trainer.core.day import Moment
from trainer.core.progress import Advance
from trainer.storage.entries import decode_state

if TYPE_CHECKING:
    from trainer.core.review import Rating
    from trainer.core.scheduling import Answered, History, MemoryState, Replay

_ENTRIES = """
    SELECT owner, kind, rating, mode, at, study_day, CASE kind WHEN 'carried' THEN response END
    FROM log NOT INDEXED WHERE kind IN ('review', 'forget', 'carried')
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id)
    ORDER BY owner, seq"""
"""What the view `kept` has, read from end to end and then sorted: cards lie scattered in the log."""

_HOW_MANY = "SELECT count(*) FROM log WHERE kind IN ('review', 'forget', 'carried')"


def memory_states(
    connection: sqlite3.Connection, replay: Replay, advance: Advance
) -> Iterator[tuple[str, MemoryState]]:
    """Every card that has a memory state by the log, and that; read as it is asked for."""
    (total,) = connection.execute(_HOW_MANY).fetchone()  # Those taken back too: they are few.
    done = 0
    days: dict[str, date] = {}
    for card, found in groupby(connection.execute(_ENTRIES), itemgetter(0)):
        own = list(found)
        state = replay(_history(own, days))
        if state is not None:
            yield card, state
        done += len(own)
        advance(done, total)
    advance(total, total)


def _history(rows: Iterable[tuple[Any, ...]], days: dict[str, date]) -> History:
    """What counts of the entries of a card since it was last forgotten or carried over.

    `days` are the study days met so far, by how the log writes them.
    """
    from trainer.core.scheduling import Answered, History

    ratings = _ratings()
    start: MemoryState | None = None
    answered: list[Answered] = []
    for card, kind, rating, mode, at, day, carried in rows:
        if kind != "review":
            start = decode_state(carried) if kind == "carried" else None
            answered = []
            continue
        known = days.get(day)
        if known is None:
            known = days[day] = date.fromisoformat(day)
        answered.append(Answered(card, ratings[rating], mode, Moment(at, 0, known)))
    return History(answered, start)


@cache
def _ratings() -> dict[int, Rating]:
    """The ratings by their numbers: found faster than by calling the class."""
    from trainer.core.review import Rating

    return {int(rating): rating for rating in Rating}
