from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from factories import TODAY, make_card, make_deck, make_moment, make_outcome, make_review

from trainer.core.catalogue import Row
from trainer.core.deck import Card
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.errors import ChangedElsewhereError, DataError, NotSavedError
from trainer.storage.acts import Acts
from trainer.storage.catalogue import Catalogue, Past
from trainer.storage.coming import Coming
from trainer.storage.deck_index import DeckIndex, NewEntry
from trainer.storage.entries import Marks, neighbour
from trainer.storage.standing import Standing
from trainer.storage.store import Store

SCHEDULER = Scheduler()
FILES = [b"key"]
CARDS = [make_card(f"n{number}", question=f"Which {number}?", tags=("war",)) for number in range(7)]
IDS = [card.id for card in CARDS]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store(path)
    index(store, *CARDS)
    yield store
    store.close()


def index(store: Store, *cards: Card, key: bytes = b"key", deck: str = "deck") -> None:
    made = make_deck(*cards, deck=deck)
    DeckIndex(store).put([NewEntry(key, f"{key.hex()}.yaml", deck, made, ())], at=0)


def review(store: Store, card: str, rating: Rating = Rating.GOOD, *, minutes: int = 0, ago: int = 0) -> None:
    moment = make_moment(TODAY - timedelta(days=ago), minutes=minutes)
    before = store.memory([card]).get(card)
    after = SCHEDULER.after(before, rating, card=card, moment=moment)
    store.append_review(make_outcome(make_review(card, rating, moment=moment), before, after))


def log(store: Store) -> list[object]:
    return store.connection.execute("SELECT * FROM log").fetchall()


def all_that_is_cached(store: Store) -> object:
    return store.memory(), [store.marks(card) for card in IDS], log(store)


# Rows


def rows_in(store: Store, files: list[bytes]) -> list[Row]:
    return list(chain.from_iterable(Catalogue(store).in_parts(files, TODAY)))


def test_a_row_tells_what_a_card_asks_and_how_it_stands(store: Store) -> None:
    review(store, IDS[1], Rating.AGAIN)
    review(store, IDS[2], Rating.EASY, ago=3)
    for kind, card in (("suspend", 3), ("bury", 4), ("flag", 2)):
        store.append_mark(kind, IDS[card], moment=make_moment())
    store.append_mark("bury", IDS[5], moment=make_moment(TODAY - timedelta(days=1)))
    rows = rows_in(store, FILES)
    assert [row.id for row in rows] == IDS
    states = ["new", "learning", "review", "suspended", "buried", "new", "new"]
    assert [row.state for row in rows] == states
    memory = store.memory()[IDS[2]]
    assert rows[2][1:5] == ("deck", "basic", "Which 2?", "Somebody.")
    assert rows[2].due == memory.due_day.isoformat()
    assert (rows[2].stability, rows[2].last) == (memory.stability, memory.last_day.isoformat())
    assert (rows[2].reps, rows[2].lapses, rows[2].flagged) == (1, 0, 1)
    assert (rows[0].due, rows[0].last, rows[0].stability) == ("", "", 0)


def test_rows_come_in_the_order_of_the_files_asked_for(store: Store) -> None:
    index(store, make_card("other", deck="second"), key=b"two", deck="second")
    rows = rows_in(store, [b"two", b"key"])
    assert [row.id for row in rows] == ["second/other/card", *IDS]
    assert [Catalogue(store).count(file) for file in (b"two", b"key", b"none")] == [1, 7, 0]


def test_some_rows_are_read_from_the_files_in_force_only(store: Store) -> None:
    index(store, make_card("n1", question="As it was?"), key=b"older")
    found = Catalogue(store).rows_of(FILES, [IDS[1], IDS[3], "deck/gone/card", "half \ud83d"], TODAY)
    assert list(found) == [IDS[1], IDS[3]]
    assert found[IDS[1]] == rows_in(store, FILES)[1]


def test_keywords_are_the_tags_and_names_of_each_card(tmp_path: Path) -> None:
    store = Store(tmp_path / "other.db")
    index(store, make_card("a", tags=("war", "2024")), make_card("b"), make_card("c", tags=("peace",)))
    assert Catalogue(store).keywords(b"key") == {0: "2024 war", 2: "peace"}
    store.close()


def test_the_history_of_a_card_tells_what_was_taken_back(store: Store) -> None:
    review(store, IDS[0], Rating.HARD)
    store.append_mark("flag", IDS[0], moment=make_moment(minutes=1))
    entry = store.last_entry()
    assert entry
    store.append_undo(entry, moment=make_moment(minutes=2), replay=SCHEDULER.replay)
    Acts(store).forget(IDS, moment=make_moment(minutes=3))
    history = Catalogue(store).history(IDS[0])
    assert [(past.kind, past.stands) for past in history] == [("forget", 1), ("flag", 0), ("review", 1)]
    assert history[2] == Past("review", TODAY, 2, 1.0, "", 1000, "study", None, 1)
    assert Catalogue(store).history(IDS[1]) == []


def test_that_another_session_has_written_is_known(path: Path, store: Store) -> None:
    other, before = Store(path), store.version()
    store.append_mark("flag", IDS[0], moment=make_moment())
    assert store.version() == before
    other.append_mark("suspend", IDS[0], moment=make_moment())
    assert store.version() != before
    other.close()


def test_a_lost_table_is_one_clear_error(store: Store) -> None:
    store.connection.execute("DROP TABLE facet")
    with pytest.raises(DataError, match="no such table"):
        Catalogue(store).keywords(b"key")


# Acts


def test_an_act_is_done_to_all_that_are_not_so_already(store: Store) -> None:
    store.append_mark("suspend", IDS[1], moment=make_moment())
    acts = Acts(store)
    entries = acts.mark("suspend", [*IDS[:3], IDS[0]], on=True, moment=make_moment(minutes=1))
    assert [entry.card for entry in entries] == [IDS[0], IDS[2]]
    assert [store.marks(card).suspended for card in IDS[:4]] == [True, True, True, False]
    assert entries[1].id == neighbour(entries[0].id, 1)
    assert acts.mark("suspend", IDS[:3], on=True, moment=make_moment(minutes=2)) == []
    assert acts.mark("bury", IDS[:1], on=True, moment=make_moment(minutes=2))
    assert acts.mark("bury", IDS[:1], on=True, moment=make_moment(minutes=3)) == []
    tomorrow = make_moment(TODAY + timedelta(days=1))
    assert acts.mark("bury", IDS[:1], on=True, moment=tomorrow)
    off = acts.mark("suspend", IDS, on=False, moment=tomorrow)
    assert [entry.card for entry in off] == IDS[:3]
    assert store.marks(IDS[0]) == Marks(False, tomorrow.day.isoformat(), False)


def test_a_card_that_was_forgotten_is_new_and_its_reviews_stay_in_the_log(store: Store) -> None:
    review(store, IDS[0], ago=2)
    review(store, IDS[1], ago=1)
    entries = Acts(store).forget(IDS, moment=make_moment())
    assert [entry.card for entry in entries] == IDS[:2]
    assert store.memory() == {} and store.reviews(IDS[0]) == []
    assert len(log(store)) == 4
    assert [past.kind for past in Catalogue(store).history(IDS[0])] == ["forget", "review"]
    review(store, IDS[0], Rating.EASY, minutes=1)
    assert store.memory() == {IDS[0]: SCHEDULER.replay(store.history(IDS[0]))}
    store.rebuild("anew", SCHEDULER.replay)
    assert list(store.memory()) == [IDS[0]]
    assert store.memory()[IDS[0]].reps == 1


def test_what_was_forgotten_comes_back_with_what_was_learnt_since(store: Store) -> None:
    review(store, IDS[0], ago=9)
    (entry,) = Acts(store).forget([IDS[0]], moment=make_moment())
    review(store, IDS[0], Rating.AGAIN, minutes=1)
    store.append_undo(entry, moment=make_moment(minutes=2), replay=SCHEDULER.replay)
    assert [one.rating for one in store.reviews(IDS[0])] == [Rating.GOOD, Rating.AGAIN]
    assert store.memory()[IDS[0]] == SCHEDULER.replay(store.history(IDS[0]))


def test_a_forgotten_card_may_be_introduced_anew_the_same_day(store: Store) -> None:
    standing, coming = Standing(store), Coming(store, dict.fromkeys(FILES, "deck"))
    review(store, IDS[0], ago=3)
    review(store, IDS[0])
    review(store, IDS[1])
    assert standing.totals(TODAY).introduced == 1
    Acts(store).forget(IDS[:2], moment=make_moment(minutes=1))
    assert standing.totals(TODAY)[0:4:3] == (2, 0)
    assert not any(place.answered_today for place in coming.places(TODAY, new=0))
    review(store, IDS[0], minutes=2)
    assert standing.totals(TODAY)[0:4:3] == (3, 1)
    assert [place.answered_today for place in coming.places(TODAY, new=0)] == [True]


def test_an_act_is_undone_as_a_whole_by_any_of_its_entries(store: Store) -> None:
    review(store, IDS[0])
    before = all_that_is_cached(store)
    entries = Acts(store).mark("flag", IDS, on=True, moment=make_moment(minutes=1))
    store.append_undo(entries[3], moment=make_moment(minutes=2), replay=SCHEDULER.replay)
    assert all_that_is_cached(store) != before  # The log has grown.
    assert Standing(store).flagged() == frozenset()
    assert store.last_entry() is not None and store.last_entry() not in entries
    with pytest.raises(ChangedElsewhereError):
        Acts(store).undo(entries, moment=make_moment(minutes=3), replay=SCHEDULER.replay)


def test_two_acts_of_one_moment_are_two(store: Store) -> None:
    acts, moment = Acts(store), make_moment()
    first = acts.mark("flag", IDS[:2], on=True, moment=moment)
    second = acts.mark("suspend", IDS[:2], on=True, moment=moment)
    assert store.together_with(second[0]) == [second[1]]
    assert store.together_with(first[1]) == [first[0]]


def test_of_an_act_that_was_taken_back_in_part_the_rest_is(store: Store) -> None:
    acts = Acts(store)
    entries = acts.mark("flag", IDS[:3], on=True, moment=make_moment())
    acts.undo(entries[1:2], moment=make_moment(minutes=1), replay=SCHEDULER.replay)
    undone = acts.undo(entries, moment=make_moment(minutes=2), replay=SCHEDULER.replay)
    assert undone == [entries[2], entries[0]]
    assert Standing(store).flagged() == frozenset()


@pytest.mark.parametrize("act", ["mark", "forget", "undo"])
def test_an_act_that_fails_in_the_middle_changes_nothing(store: Store, act: str) -> None:
    for card in IDS:
        review(store, card)
    acts = Acts(store)
    done = acts.mark("flag", IDS, on=True, moment=make_moment(minutes=1))
    store.connection.execute(
        f"CREATE TEMP TRIGGER fails BEFORE INSERT ON log WHEN NEW.card = '{IDS[4]}'"
        " BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    before = all_that_is_cached(store)
    with pytest.raises(NotSavedError, match="no more"):
        match act:
            case "mark":
                acts.mark("suspend", IDS, on=True, moment=make_moment(minutes=2))
            case "forget":
                acts.forget(IDS, moment=make_moment(minutes=2))
            case _:
                acts.undo(done, moment=make_moment(minutes=2), replay=SCHEDULER.replay)
    assert all_that_is_cached(store) == before
    assert not store.connection.in_transaction
