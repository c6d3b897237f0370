"""The log as it is handed out: reviews in the order in which they were written, some at a time.

Each read ends before its rows are given, so that no other session waits for whoever takes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from trainer.core.progress import Advance, unseen

if TYPE_CHECKING:
    from trainer.storage.store import Store

AT_ONCE = 1_000
_COUNTED_AT_ONCE = 10_000

_PAGE = """
    SELECT seq, kind, owner, CASE WHEN moved_to IS NULL THEN '' ELSE card END, id, device, at, utc_offset,
           study_day, mode, rating, score, response, coalesce(answer, ''), confidence, milliseconds, quiz
    FROM log WHERE kind IN ('review', 'forget', 'carried') AND seq > ? AND seq <= ?
          AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.target = log.id)
    ORDER BY seq LIMIT ?"""


# fmt: off
Entry: TypeAlias = tuple[
    int, str, str, str, bytes, bytes, int, int, str,
    str, int, float, str, str, int | None, int, bytes | None,
]
# fmt: on
"""What concerns the memory of a card, a review, that it was forgotten, or a state carried over.

Its place in the log, its kind (`review`, `forget`, `carried`), the card that it belongs to now and the one it
was written for if that is another, then as in the schema: id, device, at, UTC offset, study day, mode,
rating, score, response, answer, confidence, milliseconds, quiz. Plain, since there are a million of them.
"""


class Asked(NamedTuple):
    """A card of the decks, with its deck and `deck/note`, as last read."""

    deck: str
    note: str
    type: str
    question: str


class Exported:
    """What the progress file of `store` holds, to be handed out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self) -> Iterator[tuple[list[Entry], int, int]]:
        """The entries that stand, some at a time, and how far through the log they reach: of how many rows.

        What is written in the meantime is not among them.
        """
        (last,) = self._store.one("SELECT coalesce(max(seq), 0) FROM log")
        after = 0
        while page := self._store.all(_PAGE, (after, last, AT_ONCE)):
            after = page[-1][0]
            yield page, after, last

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
        (last,) = self._store.one("SELECT coalesce(max(seq), 0) FROM log")
        sums: dict[str, tuple[int, float]] = {}
        for after in range(0, last, _COUNTED_AT_ONCE):
            advance(after, last)
            for card, answers, score in self._store.all(query, (after, min(after + _COUNTED_AT_ONCE, last))):
                known, points = sums.get(card, (0, 0.0))
                sums[card] = known + answers, points + score
        return {card: (answers, score / answers) for card, (answers, score) in sums.items()}
