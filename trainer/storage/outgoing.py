"""What goes out to another program: notes as they are written, the marks of their cards, and the log.

Each read ends before its rows are given, so that no other session waits for whoever takes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from trainer.storage.deck_index import decode
from trainer.storage.entries import Marks

if TYPE_CHECKING:
    from trainer.core.deck import Card
    from trainer.storage.store import Store

_AT_ONCE = 2_000
_PAGE = """
    SELECT card.position, card.note, note.fields, card.content FROM card
    JOIN note ON note.file = card.file AND note.id = card.note
    WHERE card.file = ? AND card.position >= ? AND NOT card.superseded
    ORDER BY card.position LIMIT ?"""


_LOG = """
    SELECT seq, kind, owner, at, utc_offset, study_day, mode, rating, milliseconds,
           CASE kind WHEN 'carried' THEN response END
    FROM log WHERE kind IN ('review', 'forget', 'carried') AND seq > ? AND seq <= ?
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id)
    ORDER BY seq LIMIT ?"""

Entry = tuple[int, str, str, int, int, str, str, int, int, str]
"""What concerns the memory of a card: a review, that it was forgotten, or a state carried over.

Its place in the log, its kind (`review`, `forget`, `carried`) and the card that it belongs to now; then as
in the schema: at, UTC offset, study day, mode, rating, milliseconds, and what was carried. Plain, since there
are so many.
"""


class WrittenNote(NamedTuple):
    """A note by `deck/note`: its fields as in the deck file, as JSON, and its cards that are asked."""

    id: str
    fields: str
    cards: list[Card]


class Outgoing:
    """Gives what the progress file of `store` holds."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, key: bytes) -> tuple[int, int]:
        """How many cards of a file are asked, and how many are not, as their notes were superseded."""
        query = "SELECT count(*), coalesce(sum(superseded), 0) FROM card WHERE file = ?"
        cards, superseded = self._store.one(query, (key,))
        return cards - superseded, superseded

    def notes(self, key: bytes, among: Collection[str] | None = None) -> Iterator[WrittenNote]:
        """The notes of a file, or those of them that are `among` some, in deck order; not superseded ones."""
        for note, rows in groupby(self._rows(key), itemgetter(1)):
            if among is None or note in among:
                found = [(fields, decode(content)) for _, _, fields, content in rows]
                yield WrittenNote(note, found[0][0], [card for _, card in found])

    def marks(self) -> dict[str, Marks]:
        """What is set on cards by hand, by card; most have nothing."""
        query = "SELECT card, suspended, buried_on, flagged FROM marks"
        return {
            card: Marks(bool(suspended), buried_on, bool(flagged))
            for card, suspended, buried_on, flagged in self._store.all(query)
        }

    def log(self) -> Iterator[tuple[list[Entry], int, int]]:
        """The entries that stand, some at a time, and how far through the log they reach: of how many rows.

        What is written in the meantime is not among them.
        """
        (last,) = self._store.one("SELECT coalesce(max(seq), 0) FROM log")
        after = 0
        while page := self._store.all(_LOG, (after, last, _AT_ONCE)):
            after = page[-1][0]
            yield page, after, last

    def _rows(self, key: bytes) -> Iterator[tuple[int, str, str, str]]:
        after = 0
        while page := self._store.all(_PAGE, (key, after, _AT_ONCE)):
            yield from page
            after = page[-1][0] + 1
