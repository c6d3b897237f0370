"""A collection of many reviews, exported: by the trainer, and by what Python has on board."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from trainer.collection import Collection
from trainer.config import Config, places
from trainer.core.day import Moment
from trainer.core.session import Selection
from trainer.storage.entries import new_id
from trainer.storage.store import Store

REVIEWS = 100_000
CARDS = 5_000
_AT_ONCE = 10_000
_BEGAN = datetime(2021, 1, 1, 9, tzinfo=UTC)
_DAYS = 1_000
_COLUMNS = (
    "id, device, at, utc_offset, study_day, kind, card, rating, score, response,"
    " milliseconds, mode, answer, hash"
)

REFERENCE = """
import csv, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT * FROM reviews")
with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow([column[0] for column in rows.description])
    writer.writerows(rows)
"""
"""The same rows, as a table that holds just them, dumped by the modules `sqlite3` and `csv` alone."""


class Exported:
    """A collection in a folder, with a table beside it that holds the rows of its export."""

    def __init__(self, folder: Path, *, reviews: int = REVIEWS, cards: int = CARDS) -> None:
        self._data = folder / "data"
        self._deck = folder / "many.yaml"
        self._table = folder / "rows.db"
        self._out = folder / "reviews.csv"
        self._build(reviews, cards)

    def ours(self) -> list[str]:
        """The command line of the trainer."""
        trainer = [sys.executable, "-m", "trainer", "--data", str(self._data), "--decks", str(self._deck)]
        return [*trainer, "export", "reviews", "-o", str(self._out), "--force"]

    def reference(self) -> list[str]:
        """The command line of what it is compared with."""
        return [sys.executable, "-c", REFERENCE, str(self._table), str(self._out)]

    def _build(self, reviews: int, cards: int) -> None:
        from trainer.collection.export_reviews import COLUMNS
        from trainer.collection.export_reviews import reviews as rows_of

        notes = (
            f"  - {{id: n{number}, question: What is the capital of the country number {number} of the list?,"
            f" answer: The city number {number}}}\n"
            for number in range(cards)
        )
        self._deck.write_text(f"title: Many\nnotes:\n{''.join(notes)}", encoding="utf-8")
        where = places(data=str(self._data), decks=(str(self._deck),))
        store = Store(where.progress)
        fill(store, reviews, [f"many/n{number}/card" for number in range(cards)])
        store.close()
        collection = Collection(where, Config())
        _keep(self._table, [column.name for column in COLUMNS], rows_of(collection, Selection()))
        collection.close()


def fill(store: Store, reviews: int, cards: list[str]) -> None:
    """Write reviews of those cards to a log, spread over some years; nothing else of the file is touched."""
    chance = Random(6)
    rows: list[tuple[object, ...]] = []
    query = f"INSERT INTO log ({_COLUMNS}) VALUES ({', '.join('?' * 14)})"
    for number in range(reviews):
        seconds = number * _DAYS * 86_400 // reviews
        moment = _BEGAN + timedelta(seconds=seconds, milliseconds=chance.randrange(1000))
        at = Moment(round(moment.timestamp() * 1000), 60, date.fromordinal(moment.toordinal()))
        card = cards[min(int(chance.expovariate(1.5) * len(cards) * 0.4), len(cards) - 1)]
        rating = chance.choices((1, 2, 3, 4), (10, 10, 70, 10))[0]
        rows.append(
            (
                *(new_id(at.at), store.device, at.at, at.utc_offset, at.day.isoformat(), "review", card),
                *(rating, float(rating > 1), f"The city number {number}", chance.randrange(900, 30_000)),
                *("study", f"The city number {card[6:-5]}", bytes(16)),
            )
        )
        if len(rows) == _AT_ONCE or number == reviews - 1:
            with store.transaction():
                store.connection.executemany(query, rows)
            rows.clear()


def _keep(table: Path, names: list[str], rows: Iterable[Sequence[object]]) -> None:
    import sqlite3

    connection = sqlite3.connect(table)
    connection.execute(f"CREATE TABLE reviews ({', '.join(names)})")
    query = f"INSERT INTO reviews VALUES ({', '.join('?' * len(names))})"
    connection.executemany(query, rows)
    connection.commit()
    connection.close()
