"""How the cards of the decks stand: how strong they are, what is set aside, what was done on which day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from trainer.storage.deck_index import IndexedDeck
    from trainer.storage.store import Store

_STUDIED = "FROM kept WHERE kind = 'review' AND mode = 'study'"
_COUNTS = """seq > coalesce((SELECT max(forgot.seq) FROM kept AS forgot
    WHERE forgot.card = kept.card AND forgot.kind = 'forget'), 0)"""
"""True of a review that was made since its card was last forgotten."""
_DAYS = 60
"""Study days that are looked for at once."""


ANSWERED = f"SELECT card {_STUDIED} AND study_day = ? AND {_COUNTS}"
"""The cards that were answered on a study day, each as often as it was."""


class DayTotals(NamedTuple):
    """The reviews of one study day, without cramming: `score` is their sum, `introduced` the cards
    that were new, or forgotten, before their first of them."""

    reviews: int
    score: float
    milliseconds: int
    introduced: int


class Standing:
    """How the cards stand by the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def flagged(self) -> frozenset[str]:
        """All cards with a flag."""
        return frozenset(card for (card,) in self._store.all("SELECT card FROM marks WHERE flagged"))

    def strengths(self, file: bytes, first: int, count: int) -> list[tuple[float, date]]:
        """The stability (days) and the last study day of those among `count` cards that have been reviewed.

        The cards are those of a file from its card number `first` on, counted from 0.
        """
        query = """
            SELECT memory.stability, memory.last_day FROM card JOIN memory ON memory.card = card.id
            WHERE card.file = ? AND card.position >= ? AND card.position < ?"""
        rows = self._store.all(query, (file, first, first + count))
        return [(stability, date.fromisoformat(last_day)) for stability, last_day in rows]

    def by_note(self, file: bytes) -> dict[str, list[tuple[str, float | None, date | None]]]:
        """The cards of each note of a file, in deck order, without those superseded.

        Each with its stability (days) and its last study day, None if it was never reviewed.
        """
        query = """
            SELECT card.note, card.id, memory.stability, memory.last_day
            FROM card LEFT JOIN memory ON memory.card = card.id
            WHERE card.file = ? AND NOT card.superseded ORDER BY position"""
        notes: dict[str, list[tuple[str, float | None, date | None]]] = {}
        for note, card, stability, last_day in self._store.all(query, (file,)):
            seen = date.fromisoformat(last_day) if last_day else None
            notes.setdefault(note, []).append((card, stability, seen))
        return notes

    def suspended(self, files: Iterable[bytes]) -> list[tuple[str, str]]:
        """The deck and the id of every card of those files that is suspended."""
        query = """
            SELECT card.file, card.position, deck_file.deck, card.id
            FROM marks CROSS JOIN card ON card.id = marks.card JOIN deck_file ON deck_file.key = card.file
            WHERE marks.suspended"""
        order = {file: number for number, file in enumerate(files)}
        found = [(order[file], *rest) for file, *rest in self._store.all(query) if file in order]
        return [(deck, card) for _, _, deck, card in sorted(found)]

    def sizes(self, decks: Iterable[IndexedDeck]) -> dict[str, int]:
        """How many cards each deck has, without those that have none."""
        query = "SELECT max(position) + 1 FROM card WHERE file = ?"  # Positions are counted from 0.
        counts = {deck.deck: self._store.one(query, (deck.key,))[0] for deck in decks}
        return {deck: count for deck, count in counts.items() if count}

    def totals(self, day: date) -> DayTotals:
        """What was done on a study day."""
        today = day.isoformat()
        row = self._store.one(
            f"SELECT count(*), total(score), coalesce(sum(milliseconds), 0) {_STUDIED} AND study_day = ?",
            (today,),
        )
        introduced = self._store.one(
            f"""SELECT count(*)
                FROM (SELECT DISTINCT card {_STUDIED} AND study_day = ? AND {_COUNTS}) AS today
                WHERE NOT EXISTS
                    (SELECT 1 {_STUDIED} AND card = today.card AND study_day < ? AND {_COUNTS})""",
            (today, today),
        )
        return DayTotals(*row, *introduced)

    def days_studied(self) -> Iterator[date]:
        """The study days with reviews, latest first, looked for as far as they are asked for."""
        before = f"SELECT max(study_day) {_STUDIED} AND study_day <"
        query = f"""
            WITH RECURSIVE studied (day) AS (
                {before} ? UNION ALL SELECT ({before} studied.day) FROM studied WHERE studied.day IS NOT NULL
            ) SELECT day FROM studied WHERE day IS NOT NULL LIMIT {_DAYS}"""
        days = [("a",)]  # It comes after every day.
        while days := self._store.all(query, days[-1]):
            yield from (date.fromisoformat(day) for (day,) in days)
