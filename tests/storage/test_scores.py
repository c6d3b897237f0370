"""What statistics read of the progress file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from factories import TODAY, make_card, make_deck, make_moment, make_outcome, make_review, make_source

from trainer.core.carried import CardPast, PastReview
from trainer.core.deck import Citation
from trainer.core.outlook import CardNow, Memory
from trainer.core.prompt import Choose, Items, Text, TypeIn
from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Phase, Scheduler
from trainer.core.tally import Entry
from trainer.errors import DataError
from trainer.storage.acts import Acts
from trainer.storage.carrying import Carrying
from trainer.storage.deck_index import DeckIndex, NewEntry
from trainer.storage.entries import decode_state
from trainer.storage.scores import Scores, scores_apart
from trainer.storage.store import Store

CARD = "deck/n1/card"
SCHEDULER = Scheduler()
STATE = MemoryState(18.5, 6.25, Phase.REVIEW, 0, TODAY + timedelta(days=9), None, TODAY, 2, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "progress.db")
    yield store
    store.close()


def answer(store: Store, rating: Rating = Rating.GOOD, *, mode: str = "study", card: str = CARD) -> bytes:
    review = make_review(
        card, rating, mode=mode, score=float(rating > 1), response="said", answer="meant", milliseconds=700
    )
    before = store.memory([card]).get(card)
    after = before
    if mode == "study":
        after = SCHEDULER.after(before, rating, card=card, moment=review.moment)
    return store.append_review(make_outcome(review, before, after))


def entries(store: Store) -> list[Entry]:
    return [entry for part in Scores(store.connection, store.path).entries() for entry in part]


def test_what_is_told_of_an_answer_is_what_counts(store: Store) -> None:
    answer(store, Rating.AGAIN)
    answer(store, Rating.GOOD)
    day = TODAY.isoformat()
    assert entries(store) == [
        ("review", CARD, 1, 0.0, 700, "study", 12, day, 0, "said", "meant"),
        ("review", CARD, 3, 1.0, 700, "study", 12, day, 0, "", ""),
    ]


@pytest.mark.parametrize(
    ("utc_offset", "minutes", "hour"), [(0, 0, 12), (330, 29, 17), (330, 30, 18), (-780, 0, 23), (720, 0, 0)]
)
def test_the_hour_is_that_of_the_clock_on_the_wall(
    store: Store, utc_offset: int, minutes: int, hour: int
) -> None:
    moment = make_moment(minutes=minutes)._replace(utc_offset=utc_offset)
    store.append_review(make_outcome(make_review(moment=moment)))
    assert [entry[6] for entry in entries(store)] == [hour]


def test_crammed_answers_and_those_taken_back_are_not_told(store: Store) -> None:
    answer(store, mode="cram")
    answer(store)
    entry = store.last_entry()
    assert entry is not None
    store.append_undo(entry, moment=make_moment(), replay=SCHEDULER.replay)
    store.append_mark("flag", CARD, moment=make_moment())
    assert entries(store) == []


def test_what_ends_or_begins_a_history_stands_between_its_reviews(store: Store) -> None:
    past = CardPast((PastReview(make_moment(TODAY - timedelta(days=9)).at, Rating.GOOD, 4000),), STATE)
    Carrying(store).bring({CARD: past}, moment=make_moment(), when=lambda at: make_moment())
    answer(store)
    Acts(store).forget([CARD], moment=make_moment())
    found = entries(store)
    assert [(entry[0], entry[5]) for entry in found] == [
        ("elsewhere", "study"),
        ("carried", "carried"),
        ("review", "study"),
        ("forget", ""),
    ]
    assert decode_state(found[1][9]) == STATE


def test_a_very_long_answer_is_cut_and_a_state_is_not(store: Store) -> None:
    review = make_review(CARD, Rating.AGAIN, score=0.0, response="x" * 5000, answer="y" * 5000)
    store.append_review(make_outcome(review))
    ((*_, response, answer),) = entries(store)
    assert (len(response), len(answer)) == (300, 300)


def test_progress_grows_up_to_all_of_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.storage.scores._PART", 3)
    for place in range(8):
        answer(store, card=f"deck/{place}/card")
    told: list[tuple[int, int]] = []
    parts = list(Scores(store.connection, store.path).entries(lambda *share: told.append(share)))
    assert [len(part) for part in parts] == [3, 3, 2]
    assert told == [(0, 8), (3, 8), (6, 8), (8, 8)]
    assert [entry[1] for part in parts for entry in part] == [f"deck/{place}/card" for place in range(8)]


def test_others_write_while_the_log_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.storage.scores._PART", 1)
    answer(store)
    answer(store)
    store.connection.execute("PRAGMA busy_timeout = 0")
    with scores_apart(store.path) as apart:
        parts = apart.entries()
        assert len(next(parts)) == 1
        answer(store)
        assert [len(part) for part in parts] == [1], "what was written since is not of this reading"


def test_any_thread_can_read_the_file_anew(store: Store) -> None:
    answer(store)
    found: list[int] = []

    def read() -> None:
        with scores_apart(store.path) as apart:
            found.append(sum(map(len, apart.entries())))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert found == [1]


def test_reading_apart_changes_nothing_in_the_file(store: Store) -> None:
    with scores_apart(store.path) as apart, pytest.raises(Exception, match="readonly"):
        apart._connection.execute("DELETE FROM memory")


def test_a_copy_is_read_in_place_of_the_file(store: Store, tmp_path: Path) -> None:
    answer(store)
    with scores_apart(tmp_path / "nowhere", copy=store.connection.serialize()) as apart:
        assert sum(map(len, apart.entries())) == 1


def test_a_file_that_has_gone_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be opened"), scores_apart(tmp_path / "nowhere"):
        pass


def test_cards_are_told_with_how_they_stand(store: Store) -> None:
    text = TypeIn(expected=Text(answers=("Yerevan",)))
    cards = [
        make_card("n1", form=text),
        make_card("n2", form=TypeIn(expected=Items(items=(Text(answers=("a",)), Text(answers=("b",)))))),
        make_card("n3", form=Choose(answers=("a", "b"), distractors=("c",), draw=1, several=True)),
        make_card("n4", form=Choose(answers=("a",), distractors=("c",), draw=1)),
        make_card("n5"),
    ]
    entry = NewEntry(b"k", "deck.yaml", "deck", make_deck(*cards), ())
    DeckIndex(store).put([entry], at=1)
    answer(store)
    store.append_mark("suspend", "deck/n4/card", moment=make_moment())
    store.append_mark("bury", "deck/n5/card", moment=make_moment())
    (state,) = store.memory().values()
    found = list(Scores(store.connection, store.path).cards([b"k"], TODAY))
    memory = Memory(state.stability, state.difficulty, state.due_day, state.last_day, 0)
    assert found[0] == CardNow(
        CARD, "deck", "basic", "Who?", "Yerevan", "TypeIn", "Text", False, False, memory
    )
    assert [(card.form, card.expected) for card in found[1:]] == [
        ("TypeIn", "Items"),
        ("Choose", "Items"),
        ("Choose", ""),
        ("Reveal", ""),
    ]
    assert [(card.aside, card.buried, card.memory) for card in found[3:]] == [
        (True, False, None),
        (False, True, None),
    ]
    later = list(Scores(store.connection, store.path).cards([b"k"], TODAY + timedelta(days=1)))
    assert not later[4].buried


def test_persons_are_told_apart_from_other_names(store: Store) -> None:
    card = make_card("n1", sources=(Citation(source=make_source("report"), paragraph=2),))
    card = replace(card, names=("Nikol Pashinyan", "Yerevan"))
    entry = NewEntry(b"k", "deck.yaml", "deck", make_deck(card), (), people={"Nikol Pashinyan"})
    DeckIndex(store).put([entry], at=1)
    scores = Scores(store.connection, store.path)
    assert list(scores.facets([b"k"], "person")) == [(CARD, "Nikol Pashinyan")]
    assert set(scores.facets([b"k"], "source")) == {(CARD, "report"), (CARD, "report#2")}
    assert DeckIndex(store).having([b"k"], "name", ["Yerevan"]) == {CARD}
