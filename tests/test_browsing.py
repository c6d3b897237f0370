"""Browsing by the one door: cards found, and acts on many of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from desk import FORMS, Desk

from trainer.collection import Collection
from trainer.collection.shelf import Shelf
from trainer.collection.statistics import statistics_of
from trainer.core.catalogue import Filter
from trainer.core.progress import unseen
from trainer.core.quiz import Request
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.errors import ChangedElsewhereError, DecksError, NotSavedError

CAPITAL = "capitals/capital/card"


def answer(collection: Collection, rating: Rating = Rating.GOOD) -> str:
    """Answer the next card; its id."""
    session = collection.start(Selection(new=99))
    card = session.card
    assert card is not None
    verdict = collection.grade(card, "")
    collection.rate(session, rating, verdict=verdict, response="x", milliseconds=1000)
    return card.id


def found(collection: Collection, wanted: Filter | None = None, *, leech: bool = False) -> list[str]:
    meant = collection.browsing.meant(wanted or Filter(), leech=leech)
    return [row.id for row in collection.browsing.find(meant)]


def test_all_cards_are_rows_in_the_order_of_the_decks(desk: Desk) -> None:
    desk.write("forms", FORMS)
    collection = desk.collection()
    assert found(collection) == [card.id for card in collection.cards()]
    assert {row.state for row in collection.browsing.rows()} == {"new"}


def test_cards_are_found_by_deck_type_source_name_and_words(desk: Desk) -> None:
    desk.write("forms", FORMS)
    collection = desk.collection()
    assert found(collection, Filter(decks=("capit",), types=("typed",))) == [CAPITAL]
    assert CAPITAL in found(collection, Filter(sources=("report#2",)))
    assert CAPITAL in found(collection, Filter(names=("Erevan",)))
    assert found(collection, Filter(words="armneia capital")) == [CAPITAL]
    assert found(collection, Filter(words="forms/members"))[0] == "forms/members/card"
    assert found(collection, Filter(words="went yerevan")) == ["capitals/sent-home/card"]
    with pytest.raises(DecksError):
        found(collection, Filter(names=("Nobody",)))


def test_leeches_are_those_that_lapsed_as_often_as_the_setting_says(desk: Desk) -> None:
    desk.config = desk.config._replace(leech_lapses=1)
    collection = desk.collection()
    card = answer(collection, Rating.EASY)
    assert found(collection, leech=True) == []
    desk.clock.forward(days=60)
    session = collection.start(Selection(cards=(card,)))
    assert session.card is not None
    verdict = collection.grade(session.card, "")
    collection.rate(session, Rating.AGAIN, verdict=verdict, response="", milliseconds=1)
    assert found(collection, leech=True) == [card]
    assert found(collection, Filter(states=("learning",))) == [card]


def test_a_search_is_done_in_steps_and_a_newer_one_takes_its_place(desk: Desk) -> None:
    browsing = desk.collection().browsing
    shelf = Shelf(browsing)
    shelf.take(browsing.rows(), Filter(words="minsk"), known=desk.collection().known(), titles={})
    assert not shelf.is_prepared
    shelf.filter(Filter(words="capital"))
    while shelf.step():
        pass
    rows = shelf.listing.rows
    assert shelf.is_prepared
    assert [rows[place].id for place in shelf.found] == sorted(
        (rows[place].id for place in shelf.found), key=lambda card: card != CAPITAL
    )
    assert rows[shelf.found[0]].id == CAPITAL
    shelf.sort("question", reverse=True)
    while shelf.step():
        pass
    questions = [rows[place].question for place in shelf.found]
    assert questions == sorted(questions, key=str.casefold, reverse=True)
    shelf.filter(Filter())
    assert not shelf.step() and len(shelf.found) == len(rows)


def test_an_act_is_one_thing_to_undo_in_browse_and_elsewhere(desk: Desk) -> None:
    collection = desk.collection()
    browsing = collection.browsing
    ids = found(collection)
    done = browsing.mark("suspend", ids)
    assert done.cards == ids
    assert found(collection, Filter(states=("suspended",))) == ids
    assert collection.due().total.new == 0
    assert browsing.undo(done).cards == list(reversed(ids))
    assert found(collection, Filter(states=("new",))) == ids
    browsing.mark("flag", ids[:2])
    session, entry = collection.undo(collection.start(Selection()))
    assert entry is not None and entry.called == "the flag of 2 cards"
    assert found(collection, Filter(flagged=True)) == []
    assert session.front == entry.card


def test_an_act_taken_back_elsewhere_is_not_taken_back_twice(desk: Desk) -> None:
    collection, other = desk.collection(), desk.collection()
    done = collection.browsing.mark("flag", found(collection))
    other.browsing.undo(done)
    with pytest.raises(ChangedElsewhereError):
        collection.browsing.undo(done)


def test_what_another_session_does_is_noticed(desk: Desk) -> None:
    collection, other = desk.collection(), desk.collection()
    collection.browsing.rows()
    assert not collection.browsing.changed_elsewhere()
    other.browsing.mark("suspend", [CAPITAL])
    assert collection.browsing.changed_elsewhere()
    assert collection.browsing.mark("suspend", [CAPITAL]).entries == ()
    assert collection.browsing.rows_of([CAPITAL])[CAPITAL].state == "suspended"


def test_a_forgotten_card_is_new_and_studied_again_today(desk: Desk) -> None:
    collection = desk.collection()
    card = answer(collection, Rating.EASY)
    assert collection.start(Selection(cards=(card,))).front is None
    collection.browsing.forget([card])
    session = collection.start(Selection(cards=(card,)))
    assert (session.front, session.state) == (card, None)
    assert statistics_of(collection).total.answers == 1


def test_a_card_forgotten_elsewhere_while_it_is_asked_is_answered_as_new(desk: Desk) -> None:
    collection, other = desk.collection(), desk.collection()
    card = answer(collection, Rating.AGAIN)
    desk.clock.forward(minutes=2)
    session = collection.start(Selection(cards=(card,)))
    assert session.state is not None
    other.browsing.forget([card])
    shown = session.card
    assert shown is not None
    after = collection.rate(
        session, Rating.EASY, verdict=collection.grade(shown, ""), response="", milliseconds=1
    )
    assert collection.store.memory()[card].reps == 1
    again, entry = collection.undo(after)
    assert entry is not None and again.front == card
    assert collection.store.memory() == {}


def test_undoing_a_forget_from_studying_brings_the_memory_back(desk: Desk) -> None:
    collection = desk.collection()
    card = answer(collection, Rating.EASY)
    before = collection.store.memory()
    collection.browsing.forget([card])
    _, entry = collection.undo(collection.start(Selection()))
    assert entry is not None and entry.kind == "forget"
    assert collection.store.memory() == before


def test_overruling_a_test_after_its_card_was_forgotten_changes_the_score_alone(desk: Desk) -> None:
    collection = desk.collection()
    request = Request(cards=(CAPITAL,), credit=True)
    quiz = collection.quizzes.begin(replace(request, seed="1"))
    quiz = collection.quizzes.answer(quiz, "Baku", milliseconds=5, used=5)
    result = collection.quizzes.hand_in(quiz)
    collection.browsing.forget([CAPITAL])
    collection.quizzes.overrule(result, CAPITAL, right=True)
    replayed = collection.scheduler.replay(collection.store.history(CAPITAL))
    assert collection.store.memory().get(CAPITAL) is None, "it is new, and stays so"
    assert replayed is None


def test_a_failed_act_leaves_all_as_it_was(desk: Desk) -> None:
    collection = desk.collection()
    ids = found(collection)
    collection.store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(NotSavedError):
        collection.browsing.mark("suspend", ids)
    with pytest.raises(NotSavedError):
        collection.browsing.forget(ids)
    collection.store.connection.execute("PRAGMA query_only = OFF")
    assert {row.state for row in collection.browsing.rows()} == {"new"}
    assert collection.store.last_entry() is None


def test_a_buried_card_is_back_the_next_day(desk: Desk) -> None:
    collection = desk.collection()
    collection.browsing.mark("bury", [CAPITAL])
    assert found(collection, Filter(states=("buried",))) == [CAPITAL]
    desk.clock.forward(days=1)
    assert found(collection, Filter(states=("buried",))) == []


def test_the_values_to_filter_by_are_counted(desk: Desk) -> None:
    browsing = desk.collection().browsing
    assert dict(browsing.values("source"))["report"] == 2
    assert all("#" not in value for value, _ in browsing.values("source"))
    assert ("Yerevan", 2) in browsing.values("name")


def test_a_card_that_has_gone_from_the_decks_is_none(desk: Desk) -> None:
    browsing = desk.collection().browsing
    assert browsing.card("capitals/gone/card") is None
    shown = browsing.card(CAPITAL)
    assert shown is not None and shown.id == CAPITAL
    assert browsing.history(CAPITAL) == []


def test_no_deck_has_no_rows(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "decks" / "capitals.yaml").unlink()
    assert found(desk.collection()) == []


def test_cards_that_a_deck_brings_back_are_undone_as_one(desk: Desk) -> None:
    collection = desk.collection()
    ids = found(collection)
    collection.browsing.mark("suspend", ids)
    assert collection.bring_back("capitals") == len(ids) == 4
    assert found(collection, Filter(states=("suspended",))) == []
    _, entry = collection.undo(collection.start(Selection()))
    assert entry is not None and entry.called == "the bringing back of 4 cards"
    assert found(collection, Filter(states=("suspended",))) == ids


@pytest.mark.parametrize("is_apart", [False, True])
def test_what_is_taken_back_under_other_settings_is_reckoned_anew_at_the_next_start(
    desk: Desk, is_apart: bool
) -> None:
    desk.config = desk.config._replace(learning_steps=())
    collection = desk.collection()
    answered = [answer(collection) for _ in range(3)]
    browsing = collection.browsing
    done = browsing.forget(answered)
    desk.config = desk.config._replace(desired_retention=0.97)
    strict = desk.collection()
    if is_apart:
        browsing.apart(lambda handling: handling.undo(done))(unseen)
    else:
        browsing.undo(done)
    strict.close()
    anew = desk.collection()
    states = anew.store.memory()
    assert {*states} == {*answered}
    assert states == {card: anew.scheduler.replay(anew.store.history(card)) for card in answered}
