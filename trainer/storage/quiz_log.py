"""Tests in the log: when they began, each answer as it is given, and what they came to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.day import Moment
from trainer.errors import ChangedElsewhereError
from trainer.storage.connection import reading
from trainer.storage.entries import Entry, writable
from trainer.storage.moves import Moves

if TYPE_CHECKING:
    from trainer.core.scheduling import MemoryState, Replay
    from trainer.core.session import Outcome
    from trainer.storage.store import Store


Making = Callable[["MemoryState | None"], "Outcome"]
"""Makes what is recorded of a card from the memory state that it has then."""


class Begun(NamedTuple):
    """A test that has begun: its id, when (milliseconds since 1970), and what it consists of (JSON)."""

    id: bytes
    at: int
    content: str


class Given(NamedTuple):
    """Where a test stands: the responses with the milliseconds spent on each, flags, milliseconds in all."""

    responses: dict[str, tuple[str, int]]
    flagged: frozenset[str]
    used: int


class Past(NamedTuple):
    """A test that was handed in: how many questions it had, and the share of its points, from 0 to 1."""

    id: bytes
    at: int
    day: date
    share: float
    questions: int
    content: str


class QuizLog:
    """The tests in the progress file of `store`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Writing

    def begin(self, content: str, *, moment: Moment) -> bytes:
        """Record that a test has begun; its id."""
        with self._store.transaction():
            return self._store.append(moment, "quiz", "", response=content)

    def answer(
        self, quiz: bytes, card: str, response: str, *, milliseconds: int, used: int, moment: Moment
    ) -> None:
        """Record the response so far to a question."""
        with self._store.transaction():
            self._refuse_ended(quiz)
            self._store.append(
                moment,
                "quiz-answer",
                card,
                quiz=quiz,
                response=writable(response),
                milliseconds=milliseconds,
                value=used,
            )

    def pause(self, quiz: bytes, *, used: int, moment: Moment) -> None:
        """Record the milliseconds that the test has taken so far."""
        with self._store.transaction():
            self._refuse_ended(quiz)
            self._store.append(moment, "quiz-pause", "", quiz=quiz, value=used)

    def flag(self, quiz: bytes, card: str, *, flagged: bool, moment: Moment) -> None:
        """Record that a question was flagged, or its flag taken away."""
        with self._store.transaction():
            self._refuse_ended(quiz)
            self._store.append(moment, "quiz-flag", card, quiz=quiz, value=int(flagged))

    def end(
        self, quiz: bytes, outcomes: Mapping[str, Making], *, share: float, used: int, moment: Moment
    ) -> dict[str, bytes]:
        """Record what a test came to, card by card, all or nothing; the entry of each card.

        Raises ChangedElsewhereError if it has ended already.
        """
        with self._store.transaction():
            self._refuse_ended(quiz)
            memory = self._store.memory(outcomes)
            entries = {
                card: self._store.put_outcome(make(memory.get(card)), quiz=quiz)
                for card, make in outcomes.items()
            }
            self._store.append(
                moment, "quiz-end", "", quiz=quiz, score=share, milliseconds=used, value=len(outcomes)
            )
        return entries

    def drop(self, quiz: bytes, *, moment: Moment) -> None:
        """Record that a test will not be finished."""
        with self._store.transaction():
            self._refuse_ended(quiz)
            self._store.append(moment, "quiz-end", "", quiz=quiz)

    def overrule(
        self,
        quiz: bytes,
        entry: Entry,
        *,
        outcome: Making,
        share: float,
        used: int,
        replay: Replay,
        moment: Moment,
    ) -> bytes:
        """Take back what a question came to and record something else, and the new share; the new entry's id.

        `outcome` makes it from the memory state without the old one. Where the card was forgotten since then,
        the new one is kept for the score alone.
        """
        with self._store.transaction():
            forgotten = self._store.is_forgotten_since(entry)
            self._store.put_undo(entry, moment=moment, replay=replay)
            before = self._store.memory([entry.card]).get(entry.card)
            changed = outcome(before)
            if forgotten:
                changed = replace(changed, review=replace(changed.review, mode="quiz"), after=before)
            made = self._store.put_outcome(changed, quiz=quiz)
            self._store.append(moment, "quiz-end", "", quiz=quiz, score=share, milliseconds=used)
        return made

    # Reading

    def unfinished(self) -> list[Begun]:
        """The tests that have not ended, latest first."""
        query = """SELECT id, at, response FROM log AS quiz WHERE kind = 'quiz' AND NOT EXISTS
                   (SELECT 1 FROM log WHERE quiz = quiz.id AND kind = 'quiz-end') ORDER BY seq DESC"""
        return [self._as_now(Begun(*row)) for row in self._store.all(query)]

    def given(self, quiz: bytes) -> Given:
        """Where a test stands."""
        query = """SELECT kind, owner, response, milliseconds, value FROM log
                   WHERE quiz = ? AND kind IN ('quiz-answer', 'quiz-flag', 'quiz-pause') ORDER BY seq"""
        responses: dict[str, tuple[str, int]] = {}
        flags: dict[str, int] = {}
        used = 0
        with reading(self._store.path):
            for kind, card, response, milliseconds, value in self._store.connection.execute(query, (quiz,)):
                if kind == "quiz-flag":
                    flags[card] = value
                    continue
                used = max(used, value)
                if kind == "quiz-answer":
                    responses[card] = (response, milliseconds)
        return Given(responses, frozenset(card for card, on in flags.items() if on), used)

    def past(self) -> list[Past]:
        """The tests that were handed in, oldest first, each as it stood after the last word on it."""
        query = """SELECT quiz.id, quiz.at, quiz.study_day, done.score, ended.value, quiz.response
                   FROM log AS quiz JOIN log AS done ON done.quiz = quiz.id AND done.seq =
                       (SELECT max(seq) FROM log WHERE quiz = quiz.id AND kind = 'quiz-end')
                   JOIN log AS ended ON ended.quiz = quiz.id AND ended.seq = (SELECT min(seq) FROM log
                       WHERE quiz = quiz.id AND kind = 'quiz-end' AND value IS NOT NULL)
                   WHERE quiz.kind = 'quiz' AND done.score IS NOT NULL ORDER BY quiz.seq"""
        with reading(self._store.path):
            return [
                Past(id, at, date.fromisoformat(day), share, count, content)
                for id, at, day, share, count, content in self._store.connection.execute(query)
            ]

    def _as_now(self, begun: Begun) -> Begun:
        """The test with its questions about the cards that their histories belong to now, each once."""
        if not (moves := Moves(self._store)).standing():
            return begun
        content = json.loads(begun.content)
        owners = moves.since(begun.id, [card for card, _ in content["questions"]])
        asked: dict[str, int] = {}
        for card, way in content["questions"]:
            asked.setdefault(owners[card], way)
        content["questions"] = list(map(list, asked.items()))
        return begun._replace(content=json.dumps(content))

    def _refuse_ended(self, quiz: bytes) -> None:
        ended = "SELECT 1 FROM log WHERE quiz = ? AND kind = 'quiz-end'"
        if self._store.connection.execute(ended, (quiz,)).fetchone():
            raise ChangedElsewhereError("this test was handed in by another session already")
