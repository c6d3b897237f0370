"""Tests: begun, answered, handed in, compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from trainer.core.grading import Verdict
from trainer.core.progress import Advance, parts, unseen
from trainer.core.prompt import only_revealed
from trainer.core.quiz import (
    Answer,
    Marked,
    Question,
    Quiz,
    Request,
    Result,
    draw,
    marked,
    outcome_of,
    self_judged,
)
from trainer.core.review import Rating
from trainer.core.statistics import QuizScore
from trainer.errors import DecksError
from trainer.storage.askable import Askable
from trainer.storage.entries import Entry
from trainer.storage.quiz_log import Begun, Given, Past, QuizLog

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.collection.to_ask import ToAsk
    from trainer.core.scheduling import MemoryState
    from trainer.core.session import Outcome

_SHARES = (1, 4)
"""How long finding cards takes against reading those that are drawn."""


class Record(NamedTuple):
    """What the tests of one kind came to: the shares of their points, oldest first, from 0 to 1."""

    shares: tuple[float, ...]

    @property
    def best(self) -> float | None:
        """The personal best; None before the first test."""
        return max(self.shares, default=None)


class Quizzes:
    """The tests over the decks of a collection."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._log = QuizLog(collection.store)

    def begin(self, request: Request, *, advance: Advance = unseen) -> Quiz:
        """A new test, recorded as begun. A request without a seed is given one.

        Raises DecksError where there is nothing to ask.
        """
        moment = self._collection.now()
        request = self._resolved(request)
        if not request.seed:
            request = replace(request, seed=f"{moment.at % 1_000_000:06}")
        questions = self._drawn(request, advance)
        if not questions:
            hint = "" if request.types else "cards that are only revealed are asked with --type basic"
            raise DecksError("there is nothing to ask in a test of these decks", hint=hint)
        content = {
            "request": asdict(request),
            "questions": [[question.id, question.way] for question in questions],
        }
        quiz = self._log.begin(json.dumps(content), moment=moment)
        return Quiz(id=quiz, request=request, questions=questions, answers={})

    def unfinished(self, request: Request | None = None) -> Quiz | None:
        """The latest test that was not handed in, as it was left; only one like `request`, if that is given.

        A request without a seed is like one of any seed. Questions whose card has gone are left out.
        """
        request = request and self._resolved(request)
        for begun in self._log.unfinished():
            found = _request(begun)
            same_seed = request is None or not request.seed or request.seed == found.seed
            if request is None or (same_seed and replace(request, seed=found.seed) == found):
                quiz = self._restored(begun, found)
                if quiz.questions:
                    return quiz
        return None

    def answer(self, quiz: Quiz, response: str, *, milliseconds: int, used: int) -> Quiz:
        """Record the response so far to the question in front; the test with it.

        If the write fails, NotSavedError is raised and nothing has changed.
        """
        moment = self._collection.now()
        card = quiz.question.id
        self._log.answer(quiz.id, card, response, milliseconds=milliseconds, used=used, moment=moment)
        return quiz.answered(response, milliseconds=milliseconds, used=used)

    def flag(self, quiz: Quiz) -> Quiz:
        """Flag the question in front, or take its flag away."""
        flagged = quiz.question.id not in quiz.flagged
        self._log.flag(quiz.id, quiz.question.id, flagged=flagged, moment=self._collection.now())
        return quiz.with_flag(flagged=flagged)

    def pause(self, quiz: Quiz, *, used: int) -> Quiz:
        """Record how long the test has taken so far, for when it is resumed."""
        self._log.pause(quiz.id, used=used, moment=self._collection.now())
        return replace(quiz, used=used)

    def grade(self, question: Question, answer: Answer) -> Verdict:
        """What an answer is worth; records nothing."""
        if only_revealed(question.form):
            return self_judged(answer.response, self._collection.config.rating_rules())
        return self._collection.grade(
            question.card, answer.response, form=question.form, milliseconds=answer.milliseconds
        )

    def hand_in(self, quiz: Quiz) -> Result:
        """Grade a test and record what it came to, question by question, in one go.

        If the write fails, NotSavedError is raised and the test goes on.
        """
        moment = self._collection.now()
        nothing = Answer(response="", milliseconds=0)
        # Another session may have answered too.
        answers = {**quiz.answers, **_answers(self._log.given(quiz.id))}
        given = [(question, answers.get(question.id, nothing)) for question in quiz.questions]
        result = Result(
            quiz=quiz.id,
            request=quiz.request,
            marked=tuple(
                marked(question, answer, self.grade(question, answer)) for question, answer in given
            ),
            used=quiz.used,
        )
        entries = self._log.end(
            quiz.id,
            {
                each.question.id: partial(self._outcome, each, credit=quiz.request.credit)
                for each in result.marked
            },
            share=_share(result.marked),
            used=quiz.used,
            moment=moment,
        )
        return replace(
            result, marked=tuple(replace(each, entry=entries[each.question.id]) for each in result.marked)
        )

    def drop(self, quiz: Quiz) -> None:
        """Give a test up; its answers stay in the log."""
        self._log.drop(quiz.id, moment=self._collection.now())

    def overrule(self, result: Result, question: str, *, right: bool) -> Result:
        """The learner has the last word: count a question as right, or as wrong; the result with it."""
        old = next(each for each in result.marked if each.question.id == question)
        new = replace(old, score=1.0 if right else 0.0, rating=Rating.GOOD if right else Rating.AGAIN)
        changed = tuple(new if each is old else each for each in result.marked)
        entry = self._log.overrule(
            result.quiz,
            Entry(old.entry, "review", question),
            outcome=partial(self._outcome, new, credit=result.request.credit),
            share=_share(changed),
            used=result.used,
            replay=self._collection.scheduler.replay,
            moment=self._collection.now(),
        )
        kept = replace(new, entry=entry)
        return replace(result, marked=tuple(kept if each is new else each for each in changed))

    def record(self, request: Request, *, without: bytes = b"") -> Record:
        """What the tests of the same kind came to so far, leaving out the one of the id `without`.

        The request is one of a test that has begun: it names its decks by their ids.
        """
        kind = request.kind
        past = [each for each in self._log.past() if each.id != without]
        return Record(tuple(each.share for each in past if _request(each).kind == kind))

    def to_ask(self) -> ToAsk:
        """What a test can be about."""
        from trainer.collection.to_ask import ToAsk

        return ToAsk(self._collection)

    def scores(self) -> tuple[QuizScore, ...]:
        """What all tests that were handed in came to, oldest first."""
        return tuple(map(_quiz_score, self._log.past()))

    def _drawn(self, request: Request, advance: Advance) -> tuple[Question, ...]:
        """The questions of a test; cards are read as they are drawn."""
        finding, askable = self._collection.finding, Askable(self._collection.store)
        files = finding.files(request.decks)
        only = finding.positions(request.selection)
        for_finding, for_reading = parts(advance, _SHARES)
        candidates = askable.cards(files, only=only, types=request.types, advance=for_finding)
        find = partial(askable.card, frozenset(files), graded=not request.types)
        return draw(candidates, request, find=find, advance=for_reading)

    def _resolved(self, request: Request) -> Request:
        """The request with its decks, sources and names as they are called in the decks."""
        meant = self._collection.finding.meant(request.selection)
        return replace(request, decks=meant.decks, sources=meant.sources, names=meant.names)

    def _outcome(self, each: Marked, state: MemoryState | None, *, credit: bool) -> Outcome:
        return outcome_of(
            each,
            credit=credit,
            state=state,
            scheduler=self._collection.scheduler,
            moment=self._collection.now(),
        )

    def _restored(self, begun: Begun, request: Request) -> Quiz:
        asked: Sequence[tuple[str, int]] = json.loads(begun.content)["questions"]
        cards = {card.id: card for card in self._collection.cards([card for card, _ in asked])}
        questions = tuple(Question(card=cards[card], way=way) for card, way in asked if card in cards)
        given = self._log.given(begun.id)
        quiz = Quiz(
            id=begun.id,
            request=request,
            questions=questions,
            answers=_answers(given),
            flagged=given.flagged,
            used=given.used,
        )
        places = {question.id: index for index, question in enumerate(questions)}
        last = [places[card] for card in quiz.answers if card in places][-1:]
        return quiz.moved(last[0]).at_next_open() if last else quiz


def _answers(given: Given) -> dict[str, Answer]:
    return {
        card: Answer(response=response, milliseconds=spent)
        for card, (response, spent) in given.responses.items()
    }


def _request(begun: Begun | Past) -> Request:
    written: dict[str, Any] = json.loads(begun.content)["request"]
    known = {field.name for field in fields(Request)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in written.items()
        if name in known
    }
    return Request(**given)


def _share(all_marked: Sequence[Marked]) -> float:
    return sum(each.score for each in all_marked) / len(all_marked)


def _quiz_score(past: Past) -> QuizScore:
    return QuizScore(past.day, _request(past).decks, past.share * past.questions, past.questions)
