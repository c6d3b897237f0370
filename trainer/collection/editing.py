"""A sitting or a test after a deck file was edited."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from trainer.core.progress import Advance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.collection import Collection
    from trainer.collection.moving import Recognised
    from trainer.core.quiz import Question, Quiz, Result
    from trainer.core.session import Session


def read_beside(collection: Collection, advance: Advance) -> tuple[Recognised, ...]:
    """Read the decks that have changed in another thread than that of a collection, into the index of both.

    The collection only has to look there when it reads them anew. What was recognised as edited.
    """
    from trainer.collection import Collection

    @contextmanager
    def watched(what: str) -> Iterator[Advance]:
        yield advance

    other = Collection(collection.places, collection.config, clock=collection.clock, watch=watched)
    try:
        return other.recognised
    finally:
        other.close()


def renewed(collection: Collection, session: Session, *, path: str) -> Session:
    """The session with the cards of a deck file as they are now; those that have gone are not asked any more.

    Cards of a deck that cannot be read stay as they were.
    """
    old = {card.id: card for card in session.cards.values() if card.span.path == path}
    now = {card.id: card for card in collection.cards(old)}
    readable = {deck.deck for deck in collection.decks}
    gone = {card.id for card in old.values() if card.id not in now and card.deck in readable}
    return session.with_cards(now, gone=gone, now=collection.now().at)


def renewed_quiz(collection: Collection, quiz: Quiz, *, path: str) -> Quiz:
    """The test with the cards of a deck file as they are now; those that have gone stay as they were."""
    questions = _renewed(collection, quiz.questions, path=path)
    return replace(quiz, questions=tuple(questions[asked.id] for asked in quiz.questions))


def renewed_result(collection: Collection, result: Result, *, path: str) -> Result:
    """The result with the cards of a deck file as they are now; what the answers were worth stays."""
    questions = _renewed(collection, (each.question for each in result.marked), path=path)
    return replace(
        result, marked=tuple(replace(each, question=questions[each.question.id]) for each in result.marked)
    )


def _renewed(collection: Collection, asked: Iterable[Question], *, path: str) -> dict[str, Question]:
    """Questions by their cards' ids, the cards of that file as they are now.

    A card that would be answered in another form stays: the answer that was given would mean nothing in it.
    """
    questions = {each.id: each for each in asked}
    edited = [name for name, each in questions.items() if each.card.span.path == path]
    for card in collection.cards(edited):
        old, new = questions[card.id], replace(questions[card.id], card=card)
        if type(new.form) is type(old.form):
            questions[card.id] = new
    return questions
