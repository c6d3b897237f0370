"""Every card, a light row each, how it stands, and what its log says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.catalogue import Row
from trainer.storage.connection import reading
from trainer.storage.entries import writable

if TYPE_CHECKING:
    from trainer.storage.store import Store

_COLUMNS = """
    SELECT card.id, deck_file.deck, card.type, card.question, card.answer,
           CASE WHEN card.superseded THEN 'superseded'
                WHEN marks.suspended THEN 'suspended'
                WHEN marks.buried_on = :day THEN 'buried'
                WHEN memory.phase IS NULL THEN 'new'
                WHEN memory.phase = 2 THEN 'review' ELSE 'learning' END,
           coalesce(memory.due_day, ''), coalesce(memory.stability, 0), coalesce(memory.last_day, ''),
           coalesce(memory.reps, 0), coalesce(memory.lapses, 0), coalesce(marks.flagged, 0)"""
_FROM = """
    FROM card JOIN deck_file ON deck_file.key = card.file
    LEFT JOIN memory ON memory.card = card.id
    LEFT JOIN marks ON marks.card = card.id"""


PART = 10_000
"""Rows that are read at once: some hundredths of a second."""


class Past(NamedTuple):
    """An entry of a card's log; what does not belong to its kind is None.

    `value` is 1 or 0 for a mark that was set or taken off. `stands` is 0 for what was taken back.
    """

    kind: str
    day: date
    rating: int | None
    score: float | None
    response: str | None
    milliseconds: int | None
    mode: str | None
    value: int | None
    stands: int


class Catalogue:
    """The cards of indexed deck files, by the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def in_parts(self, files: Iterable[bytes], day: date) -> Iterator[list[Row]]:
        """Every card of those files on a study day, in deck order, `PART` of them at a time.

        Each part is read when it is asked for; the last is smaller.
        """
        query = f"""
            {_COLUMNS}, card.position {_FROM} WHERE card.file = :file AND card.position > :after
            ORDER BY card.position LIMIT :left"""
        part: list[Row] = []
        for file in files:
            values: dict[str, object] = {"day": day.isoformat(), "file": file, "after": -1}
            while found := self._store.all(query, values | {"left": PART - len(part)}):
                values["after"] = found[-1][-1]
                part += [Row._make(row[:-1]) for row in found]
                if len(part) == PART:
                    yield part
                    part = []
        yield part

    def rows_of(self, files: Iterable[bytes], ids: Iterable[str], day: date) -> dict[str, Row]:
        """Those of the cards asked for that the files have, by id."""
        query = f"{_COLUMNS}, card.file {_FROM} WHERE card.id = :id"
        among, today = frozenset(files), day.isoformat()
        with reading(self._store.path):
            return {
                card: Row._make(row)
                for card in ids
                for *row, file in self._store.connection.execute(query, {"id": writable(card), "day": today})
                if file in among
            }

    def count(self, file: bytes) -> int:
        """How many cards a file has."""
        (count,) = self._store.one("SELECT count(*) FROM card WHERE file = ?", (file,))
        return int(count)

    def keywords(self, file: bytes) -> dict[int, str]:
        """The tags and names of the cards of a file, by the card's position; cards without are left out."""
        query = """
            SELECT position, group_concat(value, ' ') FROM facet
            WHERE file = ? AND kind IN ('tag', 'name') GROUP BY position"""
        return dict(self._store.all(query, (file,)))

    def history(self, card: str) -> list[Past]:
        """What was done with a card, latest first, and what of it was taken back."""
        query = """
            SELECT kind, study_day, rating, score, iif(kind = 'carried', NULL, response), milliseconds, mode,
                   value, NOT EXISTS
                (SELECT 1 FROM log AS later WHERE later.target = log.id)
            FROM log
            WHERE owner = ? AND kind IN ('review', 'forget', 'suspend', 'bury', 'flag', 'told', 'carried')
            ORDER BY seq DESC"""
        return [
            Past(kind, date.fromisoformat(day), *values)
            for kind, day, *values in self._store.all(query, (writable(card),))
        ]
