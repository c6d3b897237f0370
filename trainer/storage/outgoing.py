"""What goes out of the progress file: notes as they are written, marks of cards, the log and its scores.

Each read ends before its rows are given, so that no other session waits for whoever takes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from trainer.core.progress import Advance, unseen
from trainer.storage.deck_json import decode
from trainer.storage.entries import Marks

if TYPE_CHECKING:
    from trainer.core.deck import Card
    from trainer.storage.store import Store

AT_ONCE = 1_000
"""Rows that are read at once."""
_COUNTED_AT_ONCE = 10_000

_PAGE = """
    SELECT card.position, card.note, note.fields, card.content FROM card
    JOIN note ON note.file = card.file AND note.id = card.note
    WHERE card.file = ? AND card.position >= ? AND NOT card.superseded
    ORDER BY card.position LIMIT ?"""

_LOG = """
    FROM log WHERE kind IN ('review', 'forget', 'carried') AND seq > ? AND seq <= ?
        AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id)
    ORDER BY seq LIMIT ?"""
_LEAN = f"""
    SELECT seq, kind, owner, at, utc_offset, study_day, mode, rating, milliseconds,
           CASE kind WHEN 'carried' THEN response END {_LOG}"""
_FULL = f"""
    SELECT seq, kind, owner, CASE WHEN moved_to IS NULL THEN '' ELSE card END, id, device, at, utc_offset,
           study_day, mode, rating, score, response, coalesce(answer, ''), confidence, milliseconds,
           quiz {_LOG}"""

LeanEntry = tuple[int, str, str, int, int, str, str, int, int, str]
"""What concerns the memory of a card: a review, that it was forgotten, or a state carried over.

Its place in the log, its kind (`review`, `forget`, `carried`) and the card that it belongs to now; then as
in the schema: at, UTC offset, study day, mode, rating, milliseconds, and what was carried. Plain, since there
are so many.
"""

# fmt: off
FullEntry = tuple[
    int, str, str, str, bytes, bytes, int, int, str,
    str, int, float, str, str, int | None, int, bytes | None,
]
# fmt: on
"""The same with all that the log has: after the card that it belongs to now the one it was written for, if
that is another; then id, device, at, UTC offset, study day, mode, rating, score, response, answer,
confidence, milliseconds, quiz.
"""

_Row = TypeVar("_Row", bound=tuple[object, ...])
Pages = Iterator[tuple[list[_Row], int, int]]
"""Rows of the log, some at a time, and how far through it they reach: of how many rows."""


class Asked(NamedTuple):
    """A card of the decks, with its deck and `deck/note`, as last read."""

    deck: str
    note: str
    type: str
    question: str


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

    def log(self) -> Pages[LeanEntry]:
        """The entries that stand, as far as replaying them needs it.

        What is written in the meantime is not among them.
        """
        yield from self._pages(_LEAN)

    def full_log(self) -> Pages[FullEntry]:
        """The entries that stand, with all that the log has; what is written in the meantime is not there."""
        yield from self._pages(_FULL)

    def asked(self, files: Iterable[bytes]) -> dict[str, Asked]:
        """What each card of those files asks, by id."""
        query = """
            SELECT card.id, deck_file.deck, card.note, card.type, card.question
            FROM card JOIN deck_file ON deck_file.key = card.file WHERE card.file = ?"""
        return {card: Asked(*told) for file in files for card, *told in self._store.all(query, (file,))}

    def scores(self, advance: Advance = unseen) -> dict[str, tuple[int, float]]:
        """How often each card was answered, cramming apart, and its mean score."""
        query = """
            SELECT card, count(*), total(score) FROM kept
            WHERE seq > ? AND seq <= ? AND kind = 'review'
              AND (mode = 'study' OR mode = 'quiz' AND response <> '') GROUP BY card"""
        last = self._last()
        sums: dict[str, tuple[int, float]] = {}
        for after in range(0, last, _COUNTED_AT_ONCE):
            advance(after, last)
            for card, answers, score in self._store.all(query, (after, min(after + _COUNTED_AT_ONCE, last))):
                known, points = sums.get(card, (0, 0.0))
                sums[card] = known + answers, points + score
        advance(last, last)
        return {card: (answers, score / answers) for card, (answers, score) in sums.items()}

    def _pages(self, query: str) -> Pages[Any]:
        last, after = self._last(), 0
        while page := self._store.all(query, (after, last, AT_ONCE)):
            after = page[-1][0]
            yield page, after, last

    def _last(self) -> int:
        (last,) = self._store.one("SELECT coalesce(max(seq), 0) FROM log")
        return int(last)

    def _rows(self, key: bytes) -> Iterator[tuple[int, str, str, str]]:
        after = 0
        while page := self._store.all(_PAGE, (key, after, AT_ONCE)):
            yield from page
            after = page[-1][0] + 1
