"""A sitting whose cards have been edited in the meantime."""

from __future__ import annotations

from factories import RIGHT, make_card, make_moment

from trainer.core.deck import Card
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler, SchedulingSettings
from trainer.core.session import Session

NOW = make_moment().at
NOBODY: frozenset[str] = frozenset()


def sitting(*cards: Card) -> Session:
    ids = tuple(card.id for card in cards)
    return Session(
        cards={card.id: card for card in cards},
        memory={},
        scheduler=Scheduler(SchedulingSettings()),
        waiting=ids,
        total=len(ids),
    ).with_next(NOW)


def rated(session: Session, rating: Rating) -> Session:
    outcome = session.judge(rating, verdict=RIGHT, response="", milliseconds=1, moment=make_moment())
    return session.advance(outcome, entry=b"entry")


def test_the_card_in_front_is_the_new_one_and_so_it_is_after_undo() -> None:
    first, second = make_card("a"), make_card("b")
    session = rated(sitting(first, second), Rating.EASY)
    newer = [make_card("a", question="New a?"), make_card("b", question="New b?")]
    after = session.with_cards({card.id: card for card in newer}, gone=NOBODY, now=NOW)
    assert after.card == newer[1]
    assert after.entry == b"entry"
    assert after.previous is not None and after.previous.card == newer[0]
    assert (after.total, after.finished, after.answered) == (2, 1, session.answered)


def test_cards_that_have_gone_are_not_asked() -> None:
    cards = [make_card(note) for note in "abc"]
    session = sitting(*cards).with_cards({}, gone={cards[0].id, cards[2].id}, now=NOW)
    assert session.front == cards[1].id
    assert session.waiting == ()
    assert session.total == 1


def test_an_answered_card_that_has_gone_does_not_come_again_but_still_counts() -> None:
    cards = [make_card(note) for note in "ab"]
    session = rated(sitting(*cards), Rating.AGAIN)
    assert session.learning
    after = session.with_cards({}, gone={cards[0].id}, now=NOW)
    assert after.learning == ()
    assert (after.front, after.total) == (cards[1].id, 2)
    assert after.previous is not None and after.previous.front == cards[0].id


def test_where_all_have_gone_the_sitting_is_over() -> None:
    card = make_card("a")
    session = sitting(card).with_cards({}, gone={card.id}, now=NOW)
    assert session.card is None
    assert session.total == 0
