"""An answer that is not what it was when the learner last saw it is told, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from desk import SOURCES
from factories import RIGHT
from test_collection import Room, rate, study

from trainer.collection import Collection
from trainer.core.quiz import Request
from trainer.core.review import Rating
from trainer.core.session import Selection, Session
from trainer.errors import NotSavedError

CAPITAL = "capitals/kazakhstan/card"


def deck(*, answer: str = "Astana", more: str = "") -> str:
    return (
        "title: Capitals\nnotes:\n"
        f"  - {{id: kazakhstan, type: typed, question: The capital of Kazakhstan?, answer: {answer}{more}}}\n"
        "  - {id: belarus, type: typed, question: The capital of Belarus?, answer: Minsk}\n"
        "  - {id: armenia, type: typed, question: The capital of Armenia?, answer: Yerevan}\n"
    )


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as stack:
        room = Room(tmp_path, stack)
        room.write("sources", SOURCES)
        room.write("capitals", deck())
        yield room


def told(collection: Collection, session: Session) -> tuple[str, str] | None:
    change = collection.changed(session)
    return (change.before, change.now) if change else None


def renamed(room: Room, *, answer: str = "Nur-Sultan", more: str = "") -> Collection:
    """The collection a month after all cards were answered, another answer in the deck."""
    study(room.open(), Rating.EASY, Rating.EASY, Rating.EASY)
    room.clock.forward(days=30)
    room.write("capitals", deck(answer=answer, more=more))
    return room.open()


def kinds(collection: Collection) -> list[str]:
    return [kind for (kind,) in collection.store.connection.execute("SELECT kind FROM log ORDER BY seq")]


def test_a_learnt_answer_that_has_changed_is_told_with_its_day(room: Room) -> None:
    learnt = room.clock.time.date()
    collection = renamed(room)
    session = collection.start(Selection())
    assert session.front == CAPITAL
    change = collection.changed(session)
    assert change
    assert (change.before, change.now, change.since) == ("Astana", "Nur-Sultan", learnt)


def test_it_is_told_once_over_sessions_and_restarts(room: Room) -> None:
    collection = renamed(room)
    collection.understood(collection.start(Selection()))
    for again in (collection, room.open()):
        assert again.changed(again.start(Selection())) is None
    room.write("capitals", deck())
    back = room.open()
    assert told(back, back.start(Selection())) == ("Nur-Sultan", "Astana")


def test_the_card_that_was_told_comes_after_the_others_and_is_remembered_as_before(room: Room) -> None:
    collection = renamed(room)
    before = collection.start(Selection())
    session = collection.understood(before)
    assert (session.total, session.finished, session.memory) == (3, 0, before.memory)
    asked: list[str | None] = []
    while session.card:
        assert collection.changed(session) is None
        asked.append(session.front)
        session = rate(collection, session, Rating.GOOD)
    assert asked == ["capitals/belarus/card", "capitals/armenia/card", CAPITAL]
    assert [review.answer for review in collection.store.reviews(CAPITAL)] == ["Astana", "Nur-Sultan"]
    assert kinds(collection) == ["review"] * 3 + ["told"] + ["review"] * 3


def test_undo_takes_the_notice_back_and_tells_it_again(room: Room) -> None:
    collection = renamed(room)
    session, entry = collection.undo(collection.understood(collection.start(Selection())))
    assert entry and (entry.kind, entry.called, entry.card) == (
        "told",
        "the notice of “The capital of Kazakhstan?”",
        CAPITAL,
    )
    assert session.front == CAPITAL
    assert told(collection, session) == ("Astana", "Nur-Sultan")


def test_undo_in_another_sitting_brings_the_card_of_the_notice_to_the_front(room: Room) -> None:
    collection = renamed(room)
    collection.understood(collection.start(Selection()))
    later = room.open()
    session, _ = later.undo(later.start(Selection(cards=("capitals/belarus/card",))))
    assert session.front == CAPITAL
    assert told(later, session) == ("Astana", "Nur-Sultan")


def test_a_notice_that_cannot_be_written_changes_nothing(room: Room) -> None:
    collection = renamed(room)
    session = collection.start(Selection())
    collection.store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(NotSavedError):
        collection.understood(session)
    collection.store.connection.execute("PRAGMA query_only = OFF")
    assert told(collection, session) == ("Astana", "Nur-Sultan")
    assert kinds(collection) == ["review"] * 3


@pytest.mark.parametrize(("answer", "more"), [("ASTANA", ""), ("[Nur-Sultan, Astana]", ""), ("“Astana”", "")])
def test_another_spelling_is_not_told(room: Room, answer: str, more: str) -> None:
    collection = renamed(room, answer=answer, more=more)
    assert collection.changed(collection.start(Selection())) is None


def test_a_new_card_and_an_empty_sitting_have_nothing_to_tell(room: Room) -> None:
    collection = room.open()
    session = collection.start(Selection())
    assert collection.changed(session) is None
    over = study(collection, Rating.EASY, Rating.EASY, Rating.EASY)
    assert collection.changed(over) is None
    assert collection.understood(over) is over


def test_reviews_of_before_answers_were_recorded_say_nothing(room: Room) -> None:
    collection = room.open()
    session = collection.start(Selection())
    outcome = session.judge(
        Rating.EASY, verdict=RIGHT, response="Astana", milliseconds=1, moment=collection.now()
    )
    with collection.store.transaction():
        collection.store.append(
            collection.now(),
            "review",
            CAPITAL,
            rating=4,
            score=1.0,
            response="",
            milliseconds=1,
            mode="study",
        )
        collection.store.put_memory(CAPITAL, outcome.after)
    room.clock.forward(days=30)
    room.write("capitals", deck(answer="Nur-Sultan"))
    later = room.open()
    assert later.changed(later.start(Selection(cards=(CAPITAL,)))) is None
    assert [review.answer for review in later.store.reviews(CAPITAL)] == [""]


def test_a_review_that_was_taken_back_says_nothing(room: Room) -> None:
    collection = room.open()
    collection.undo(rate(collection, collection.start(Selection()), Rating.EASY))
    room.write("capitals", deck(answer="Nur-Sultan"))
    later = room.open()
    assert later.changed(later.start(Selection())) is None


def test_a_forgotten_card_is_new_and_has_nothing_to_tell(room: Room) -> None:
    collection = renamed(room)
    collection.store.append_mark("forget", CAPITAL, moment=collection.now())
    session = collection.start(Selection(cards=(CAPITAL,), cram=True))
    assert session.front == CAPITAL
    assert collection.changed(session) is None


def test_cramming_tells_it_too(room: Room) -> None:
    collection = renamed(room)
    session = collection.start(Selection(cram=True))
    assert told(collection, session) == ("Astana", "Nur-Sultan")
    assert collection.understood(session).selection.cram


def test_an_answer_given_to_the_card_as_it_is_now_needs_no_notice(room: Room) -> None:
    collection = renamed(room)
    (card,) = collection.cards([CAPITAL])
    rate(collection, collection.session_of(card), Rating.GOOD)
    assert collection.changed(collection.session_of(card)) is None


def test_a_test_records_the_answer_of_the_card_whatever_it_is_asked_in(room: Room) -> None:
    collection = room.open()
    quiz = collection.quizzes.begin(Request(cards=(CAPITAL,)))
    result = collection.quizzes.hand_in(collection.quizzes.answer(quiz, "Baku", milliseconds=1, used=1))
    collection.quizzes.overrule(result, CAPITAL, right=True)
    assert [review.answer for review in collection.store.reviews(CAPITAL)] == ["Astana"]
    room.write("capitals", deck(answer="Nur-Sultan"))
    later = room.open()
    (card,) = later.cards([CAPITAL])
    assert told(later, later.session_of(card)) == ("Astana", "Nur-Sultan")


def test_a_test_does_not_keep_a_change_from_being_told(room: Room) -> None:
    collection = renamed(room)
    quiz = collection.quizzes.begin(Request(cards=(CAPITAL,), credit=True))
    collection.quizzes.hand_in(collection.quizzes.answer(quiz, "Baku", milliseconds=1, used=1))
    (card,) = collection.cards([CAPITAL])
    assert told(collection, collection.session_of(card)) == ("Astana", "Nur-Sultan")


EVENTS = """\
title: Events
notes:
  - {id: a, type: event, what: Alpha, when: 2001, skip: when}
  - {id: b, type: event, what: Beta, when: 2003, skip: when}
"""


def test_a_card_that_compares_other_events_than_before_has_not_changed(room: Room) -> None:
    room.write("events", EVENTS)
    collection = room.open()
    (card,) = collection.cards(["events/a/first"])
    rate(collection, collection.session_of(card), Rating.GOOD)
    room.write("events", EVENTS + "  - {id: c, type: event, what: Gamma, when: 2000, skip: when}\n")
    later = room.open()
    cards = {card.id: card for card in later.cards() if card.deck == "events"}
    assert all(told(later, later.session_of(card)) is None for card in cards.values())


def test_what_is_told_is_covered_by_the_hash_of_its_entry(room: Room) -> None:
    collection = renamed(room)
    collection.understood(collection.start(Selection()))
    query = "SELECT answer, hash FROM log WHERE kind = 'told'"
    ((answer, first),) = collection.store.connection.execute(query)
    assert (answer, len(first)) == ("Nur-Sultan", 16)


# A note that another one has taken the place of

SUPERSEDED = deck(more=", as_of: 2018, superseded_by: renamed") + (
    "  - {id: renamed, type: typed, question: The capital of Kazakhstan now?, answer: ANSWER}\n"
)
RENAMED = "capitals/renamed/card"


def succeeded(room: Room, *, answer: str = "Nur-Sultan") -> Collection:
    """The collection a month after the first card was learnt, another one in its place since."""
    study(room.open(), Rating.EASY)
    room.clock.forward(days=30)
    room.write("capitals", SUPERSEDED.replace("ANSWER", answer))
    return room.open()


def test_a_superseded_card_is_asked_nowhere_but_by_its_id(room: Room) -> None:
    collection = succeeded(room)
    for selection in (Selection(), Selection(cram=True), Selection(cards=(CAPITAL, RENAMED), cram=True)):
        cards = collection.start(selection).cards
        assert CAPITAL not in cards
        assert RENAMED in cards
    assert CAPITAL not in {question.id for question in collection.quizzes.begin(Request()).questions}
    (card,) = collection.cards([CAPITAL])
    assert (card.superseded_by, collection.session_of(card).front) == ("renamed", CAPITAL)


def test_undo_does_not_bring_a_superseded_card_to_the_front(room: Room) -> None:
    collection = succeeded(room)
    session, entry = collection.undo(collection.start(Selection()))
    assert entry and entry.card == CAPITAL
    assert CAPITAL not in session.cards


def test_who_knows_the_superseded_card_is_told_before_its_successor_is_asked(room: Room) -> None:
    collection = succeeded(room)
    (card,) = collection.cards([RENAMED])
    change = collection.changed(collection.session_of(card))
    assert change
    assert (change.before, change.now, change.since) == ("Astana", "Nur-Sultan", None)
    collection.understood(collection.session_of(card))
    assert collection.changed(collection.session_of(card)) is None


def test_who_knows_an_earlier_card_of_a_chain_is_told_as_well(room: Room) -> None:
    study(room.open(), Rating.EASY)
    chain = SUPERSEDED.replace("answer: ANSWER", "answer: Nur-Sultan, superseded_by: last")
    chain += "  - {id: last, type: typed, question: And its capital today?, answer: Almaty}\n"
    room.write("capitals", chain)
    collection = room.open()
    (card,) = collection.cards(["capitals/last/card"])
    assert told(collection, collection.session_of(card)) == ("Astana", "Almaty")


def test_of_two_cards_in_whose_place_one_has_come_the_latest_learnt_is_told(room: Room) -> None:
    belarus = "{id: belarus, type: typed, question: The capital of Belarus?, answer: Minsk"
    study(room.open(), Rating.EASY)
    room.clock.forward(days=3)
    study(room.open(), Rating.EASY)
    room.write(
        "capitals",
        SUPERSEDED.replace("ANSWER", "Almaty").replace(belarus, f"{belarus}, superseded_by: renamed"),
    )
    collection = room.open()
    (card,) = collection.cards([RENAMED])
    assert told(collection, collection.session_of(card)) == ("Minsk", "Almaty")


def test_who_does_not_know_it_or_would_be_right_is_told_nothing(room: Room) -> None:
    room.write("capitals", SUPERSEDED.replace("ANSWER", "Nur-Sultan"))
    fresh = room.open()
    (card,) = fresh.cards([RENAMED])
    assert fresh.changed(fresh.session_of(card)) is None
    room.write("capitals", deck())
    same = succeeded(room, answer="Astana")
    (card,) = same.cards([RENAMED])
    assert same.changed(same.session_of(card)) is None
