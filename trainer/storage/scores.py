"""What statistics need of the progress file: its entries in their order, and how the cards stand now.

The log is read in parts, each soon done: a reading that takes seconds would keep other sessions from writing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from trainer.core.outlook import CardNow, Memory
from trainer.core.progress import Advance, unseen
from trainer.core.tally import Entry
from trainer.storage.connection import open_as_it_is, reading

_PART = 4000
"""Entries that are read at once."""

_ENTRIES = """
    SELECT CASE WHEN kind = 'review' AND answer IS NULL AND response = '' THEN 'elsewhere' ELSE kind END,
           card, coalesce(rating, 0), coalesce(score, 0.0), coalesce(milliseconds, 0),
           coalesce(mode, ''), ((at / 60000 + utc_offset) / 60 % 24 + 24) % 24, study_day,
           coalesce(confidence, 0),
           CASE WHEN kind = 'carried' THEN response
                WHEN score = 0 THEN substr(response, 1, :longest) ELSE '' END,
           CASE WHEN score = 0 AND response <> '' THEN coalesce(substr(answer, 1, :longest), '') ELSE '' END
    FROM kept WHERE seq > :after AND seq <= :until AND (kind IN ('forget', 'carried')
        OR kind = 'review' AND (mode = 'study' OR mode = 'quiz' AND response <> ''))
    ORDER BY seq"""
"""Questions of a test that were left open count in its points only."""

_LONGEST = 300
"""Characters of an answer that are enough to tell it from others."""

_NOW = """
    SELECT card.id, deck_file.deck, card.type, card.question, card.answer,
           coalesce(json_extract(card.content, '$.prompt.form.is'), ''),
           coalesce(json_extract(card.content, '$.prompt.form.expected.is'),
                    CASE WHEN json_extract(card.content, '$.prompt.form.several') THEN 'Items' ELSE '' END),
           card.superseded OR coalesce(marks.suspended, 0), coalesce(marks.buried_on = :day, 0),
           memory.stability, memory.difficulty, memory.due_day, memory.last_day, memory.lapses
    FROM card JOIN deck_file ON deck_file.key = card.file
    LEFT JOIN memory ON memory.card = card.id LEFT JOIN marks ON marks.card = card.id
    WHERE card.file = :file ORDER BY card.position"""


class Scores:
    """What is read over a connection to the progress file at `path`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def entries(self, advance: Advance = unseen) -> Iterator[list[Entry]]:
        """What was answered, forgotten and carried over, in the order of the log, in parts.

        What was taken back or crammed is left out, and each entry is told under the card it belongs to now.
        """
        with reading(self._path):
            (last,) = self._connection.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()
        for after in range(0, last, _PART):
            advance(after, last)
            values = {"after": after, "until": min(after + _PART, last), "longest": _LONGEST}
            with reading(self._path):
                found = self._connection.execute(_ENTRIES, values).fetchall()
            yield found
        advance(last, last)

    def cards(self, files: Iterable[bytes], day: date) -> Iterator[CardNow]:
        """The cards of indexed deck files as they stand on a study day, in deck order."""
        for file in files:
            with reading(self._path):
                found = self._connection.execute(_NOW, {"file": file, "day": day.isoformat()}).fetchall()
            for *told, aside, buried, stability, difficulty, due, last, lapses in found:
                memory = None
                if stability is not None:
                    memory = Memory(stability, difficulty, _date(due), _date(last), lapses)
                card, deck, kind, question, answer, form, expected = told
                yield CardNow(
                    card, deck, kind, question, answer, form, expected, bool(aside), bool(buried), memory
                )

    def facets(self, files: Iterable[bytes], kind: str) -> Iterator[tuple[str, str]]:
        """What the cards of those files can be found by, of a `kind` as in the schema: card and value."""
        query = """
            SELECT card.id, facet.value FROM facet JOIN card USING (file, position)
            WHERE facet.file = ? AND facet.kind = ?"""
        for file in files:
            with reading(self._path):
                found = self._connection.execute(query, (file, kind)).fetchall()
            yield from found


@lru_cache(maxsize=4096)
def _date(day: str) -> date:
    return date.fromisoformat(day)


@contextmanager
def scores_apart(path: Path, *, copy: bytes | None = None) -> Iterator[Scores]:
    """The same over a connection of its own, for any thread; over a `copy` of the file, if one is given."""
    with ExitStack() as opened:
        with reading(path):
            if copy is None:
                connection = opened.enter_context(open_as_it_is(path))
            else:
                connection = opened.enter_context(closing(sqlite3.connect(":memory:")))
                connection.deserialize(copy)
        yield Scores(connection, path)
