"""Scores as the log has them, counted where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.stats import Accuracy
from trainer.storage.connection import reading

if TYPE_CHECKING:
    from trainer.storage.store import Store

_SCORED = "kept.kind = 'review' AND (kept.mode = 'study' OR kept.mode = 'quiz' AND kept.response <> '')"
"""What was answered; questions of a test that were left open count in its points only."""


class Scored(NamedTuple):
    """The answers to the cards of one deck and question type."""

    deck: str
    type: str
    accuracy: Accuracy


class Scores:
    """The scores in the progress file of `store`; crammed answers don't count."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def by_deck_and_type(self, files: Iterable[bytes]) -> list[Scored]:
        """The answers to cards that the indexed deck files have now."""
        query = f"""
            SELECT deck_file.deck, card.type, count(*), total(kept.score), total(kept.milliseconds)
            FROM card JOIN deck_file ON deck_file.key = card.file JOIN kept ON kept.card = card.id
            WHERE card.file = ? AND {_SCORED} GROUP BY deck_file.deck, card.type"""
        with reading(self._store.path):
            return [
                Scored(deck, kind, Accuracy(kind, answers, score, round(milliseconds)))
                for file in files
                for deck, kind, answers, score, milliseconds in self._store.connection.execute(query, (file,))
            ]

    def all(self) -> Accuracy:
        """All answers there are, to whatever cards."""
        query = f"SELECT count(*), total(score), total(milliseconds) FROM kept WHERE {_SCORED}"
        with reading(self._store.path):
            answers, score, milliseconds = self._store.connection.execute(query).fetchone()
        return Accuracy("", answers, score, round(milliseconds))

    def by_confidence(self) -> dict[int, Accuracy]:
        """The answers for which confidence was told: 1 guess, 2 unsure, 3 sure."""
        query = f"""SELECT confidence, count(*), total(score), total(milliseconds) FROM kept
                    WHERE {_SCORED} AND confidence IS NOT NULL GROUP BY confidence"""
        with reading(self._store.path):
            return {
                confidence: Accuracy("", answers, score, round(milliseconds))
                for confidence, answers, score, milliseconds in self._store.connection.execute(query)
            }

    def in_order(self) -> Iterator[float]:
        """The score of every answer, oldest first."""
        with reading(self._store.path):
            for (score,) in self._store.connection.execute(
                f"SELECT score FROM kept WHERE {_SCORED} ORDER BY seq"
            ):
                yield score
