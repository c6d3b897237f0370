"""Scores as the log has them, counted where they lie."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.stats import Accuracy
from trainer.storage.connection import reading

if TYPE_CHECKING:
    from trainer.storage.store import Store

_SCORED = "kept.kind = 'review' AND (kept.mode = 'study' OR kept.mode = 'quiz' AND kept.response <> '')"
"""What was answered; questions of a test that were left open count in its points only."""

_AMONG = "(:cards IS NULL OR kept.card IN (SELECT value FROM json_each(:cards)))"


class Scored(NamedTuple):
    """The answers to the cards of one deck and question type."""

    deck: str
    type: str
    accuracy: Accuracy


class Scores:
    """The scores in the progress file of `store`, of all cards or of those of some ids.

    Crammed answers don't count.
    """

    def __init__(self, store: Store, *, cards: Collection[str] | None = None) -> None:
        self._store = store
        self._values = {"cards": None if cards is None else json.dumps(list(cards))}

    def by_deck_and_type(self, files: Iterable[bytes]) -> list[Scored]:
        """The answers to cards that the indexed deck files have now."""
        query = f"""
            SELECT deck_file.deck, card.type, count(*), total(kept.score), total(kept.milliseconds)
            FROM card JOIN deck_file ON deck_file.key = card.file JOIN kept ON kept.card = card.id
            WHERE card.file = :file AND {_SCORED} AND {_AMONG} GROUP BY deck_file.deck, card.type"""
        with reading(self._store.path):
            return [
                Scored(deck, kind, Accuracy(kind, answers, score, round(milliseconds)))
                for file in files
                for deck, kind, answers, score, milliseconds in self._store.connection.execute(
                    query, self._values | {"file": file}
                )
            ]

    def all(self) -> Accuracy:
        """All answers there are, to whatever cards."""
        return self._sum(_SCORED)

    def on(self, day: date) -> int:
        """The number of answers of a study day, without those in tests."""
        return self._sum("kept.kind = 'review' AND kept.mode = 'study' AND study_day = :day", day=day).answers

    def by_confidence(self) -> dict[int, Accuracy]:
        """The answers for which confidence was told: 1 guess, 2 unsure, 3 sure."""
        query = f"""SELECT confidence, count(*), total(score), total(milliseconds) FROM kept
                    WHERE {_SCORED} AND {_AMONG} AND confidence IS NOT NULL GROUP BY confidence"""
        with reading(self._store.path):
            return {
                confidence: Accuracy("", answers, score, round(milliseconds))
                for confidence, answers, score, milliseconds in self._store.connection.execute(
                    query, self._values
                )
            }

    def in_order(self) -> Iterator[float]:
        """The score of every answer, oldest first."""
        query = f"SELECT score FROM kept WHERE {_SCORED} AND {_AMONG} ORDER BY seq"
        with reading(self._store.path):
            for (score,) in self._store.connection.execute(query, self._values):
                yield score

    def days(self) -> Iterator[date]:
        """The study days with answers, tests apart, latest first."""
        query = f"""SELECT DISTINCT study_day FROM kept
                    WHERE kind = 'review' AND mode = 'study' AND {_AMONG} ORDER BY study_day DESC"""
        with reading(self._store.path):
            for (day,) in self._store.connection.execute(query, self._values):
                yield date.fromisoformat(day)

    def _sum(self, which: str, *, day: date | None = None) -> Accuracy:
        query = f"""SELECT count(*), total(score), total(milliseconds) FROM kept WHERE {which} AND {_AMONG}"""
        values = self._values | {"day": day.isoformat()} if day else self._values
        with reading(self._store.path):
            answers, score, milliseconds = self._store.connection.execute(query, values).fetchone()
        return Accuracy("", answers, score, round(milliseconds))
