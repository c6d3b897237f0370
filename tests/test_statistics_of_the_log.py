"""Statistics through the door."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from test_collection import PLAIN, Room, rate

from trainer.collection import Collection
from trainer.collection.statistics import statistics_apart, statistics_of
from trainer.config import Config
from trainer.core.fsrs6 import Curve
from trainer.core.quiz import Request
from trainer.core.review import Rating
from trainer.core.session import Selection
from trainer.core.statistics import Statistics
from trainer.errors import DecksError
from trainer.storage.store import Store

NAMES = """\
zakharova:
  name: Maria Zakharova
  kind: person
stas:
  name: Stas Mikhailov
  kind: person
minsk:
  name: Minsk
  kind: place
"""
PEOPLE = """\
title: People
notes:
  - {id: both, type: typed, question: Who is Maria Zakharova to?, answer: Stas Mikhailov, source: report#1}
  - {id: town, type: typed, question: Where was it?, answer: Minsk, source: report#2, tags: town}
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as stack:
        room = Room(tmp_path, stack)
        room.write("sources", "report: {title: A report, publisher: The Daily}\n")
        room.write("names", NAMES)
        room.write("people", PEOPLE)
        yield room


def studied(room: Room, *ratings: Rating, config: Config = PLAIN) -> Collection:
    collection = room.open(config)
    rate(collection, collection.start(Selection()), *ratings)
    return collection


def in_a_thread(collection: Collection) -> Statistics | BaseException:
    work = statistics_apart(collection)
    found: list[Statistics | BaseException] = []

    def run() -> None:
        try:
            found.append(work(lambda done, total: None))
        except BaseException as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return found[0]


def test_a_card_about_two_persons_counts_for_both_and_places_are_no_persons(room: Room) -> None:
    told = statistics_of(studied(room, Rating.GOOD, Rating.AGAIN))
    assert [(part.label, part.answers) for part in told.people] == [
        ("Maria Zakharova", 1),
        ("Stas Mikhailov", 1),
    ]
    assert [(part.label, part.answers) for part in told.sources] == [("report", 2)]


def test_it_is_the_same_in_another_thread(room: Room) -> None:
    collection = studied(room, Rating.GOOD, Rating.AGAIN)
    assert in_a_thread(collection) == statistics_of(collection)


def test_work_that_is_ended_lets_go_of_the_file(room: Room) -> None:
    collection = studied(room, Rating.GOOD)

    def end(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        statistics_of(collection, advance=end)
    descriptors = Path("/proc/self/fd")
    if descriptors.is_dir():
        opened = [os.path.realpath(each) for each in descriptors.iterdir()]
        assert opened.count(str(collection.places.progress.resolve())) == 1
    assert statistics_of(collection).total.answers == 1


def test_where_only_a_copy_in_memory_is_there_any_thread_reads_that(room: Room) -> None:
    collection = studied(room, Rating.GOOD)
    whole = statistics_of(collection)
    collection.store.close()
    del collection.__dict__["quizzes"]  # It is over the store that was.
    collection.store = Store(collection.places.progress, read_only=True)
    collection.places.progress.unlink()
    assert in_a_thread(collection) == whole


def test_cards_can_be_named_by_deck_and_by_what_they_have(room: Room) -> None:
    room.write("other", "title: Other\nnotes:\n  - {question: Why?, answer: So.}\n")
    collection = studied(room, Rating.GOOD, Rating.AGAIN, Rating.GOOD)
    everything = statistics_of(collection)
    assert everything.total.answers == 3
    assert statistics_of(collection, Selection(decks=("other",))).total.answers == 1
    assert statistics_of(collection, Selection(decks=("peop",), tags=("town",))).total.answers == 1
    assert (
        statistics_of(collection, Selection(cards=("people/both/card",))).weakest[0].card
        == "people/both/card"
    )
    assert statistics_of(collection, Selection(names=("Zakharova",))).people == everything.people
    with pytest.raises(DecksError):
        statistics_of(collection, Selection(decks=("nowhere",)))


def test_tests_are_told_where_all_cards_are_meant_and_by_period(room: Room) -> None:
    collection = room.open()
    collection.quizzes.hand_in(collection.quizzes.begin(Request()))
    today = collection.now().day
    assert len(statistics_of(collection).quizzes) == len(statistics_of(collection, Selection()).quizzes) == 1
    assert statistics_of(collection, Selection(decks=("people",))).quizzes == ()
    assert statistics_of(collection, since=today + timedelta(days=1)).quizzes == ()
    assert len(statistics_of(collection, since=today, until=today).quizzes) == 1


def test_cards_that_decks_have_no_more_count_in_all_only(room: Room) -> None:
    studied(room, Rating.GOOD, Rating.AGAIN).close()
    room.write("people", PEOPLE.replace("id: both", "id: new"))
    told = statistics_of(room.open())
    assert told.total.answers == 2
    assert sum(part.answers for part in told.decks) == sum(part.answers for part in told.types) == 1
    assert len(told.weakest) == 1


def test_what_is_remembered_of_cards_is_what_the_schedule_keeps(room: Room) -> None:
    collection = studied(room, Rating.GOOD, Rating.EASY)
    for rating in (Rating.AGAIN, *[Rating.GOOD] * 6):
        room.clock.forward(days=9)
        session = collection.start(Selection())
        rate(collection, session, *[rating] * session.total)
    room.clock.forward(days=1)
    memory = collection.store.memory()
    today = collection.now().day
    told = statistics_of(collection)
    assert {fact.card: fact.known for fact in told.weakest} == {
        card: pytest.approx(Curve().known_on(today, state.stability, state.last_day))
        for card, state in memory.items()
    }
    dues = [(state.due_day - today).days for state in memory.values()]
    assert told.forecast.backlog == sum(due < 0 for due in dues)
    assert sum(told.forecast.due) == sum(0 <= due < 90 for due in dues)
    assert told.predictions.reviews == sum(part.both.reviews for part in told.retention["day"]) > 0
