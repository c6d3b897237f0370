from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

from every_place import every_place
from factories import TODAY, make_card, make_deck, make_moment, make_outcome, make_review
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from trainer.core.day import Moment
from trainer.core.deck import Deck
from trainer.core.queue import plan
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.storage import coming, fresh
from trainer.storage.acts import Acts, Mark
from trainer.storage.askable import Askable
from trainer.storage.coming import Coming
from trainer.storage.deck_index import DeckIndex, NewEntry
from trainer.storage.moves import Moves
from trainer.storage.store import Store

NOTES = tuple("abcd")
IDS = tuple(f"{deck}/{note}/{key}" for deck in ("one", "two") for note in NOTES for key in ("card", "back"))
SCHEDULER = Scheduler()


def deck_of(name: str, notes: tuple[str, ...], *, superseded: str = "") -> Deck:
    """A deck with two cards of each note."""
    cards = [make_card(note, key=key, deck=name) for note in notes for key in ("card", "back")]
    told = [replace(card, superseded_by="z") if card.note == superseded else card for card in cards]
    return make_deck(*told, deck=name)


def answer(store: Store, card: str, rating: Rating, *, moment: Moment, mode: str = "study") -> date | None:
    """Answer a card; the day on which it comes back."""
    before = store.memory([card]).get(card)
    after = SCHEDULER.after(before, rating, card=card, moment=moment) if mode == "study" else before
    told = make_review(card, rating, moment=moment, mode=mode)
    store.append_review(make_outcome(told, before, after))
    return after.due_day if after else None


class WhatComes(RuleBasedStateMachine):
    """Whatever happens, what is found by indexes is what is found by looking at every card."""

    cards = st.sampled_from(IDS)

    @initialize(part=st.integers(1, 4))
    def open(self, part: int) -> None:
        self.folder = Path(mkdtemp())
        self.store = Store(self.folder / "progress.db")
        self.day, self.minutes, self.reading = TODAY, 0, 0
        self.files: dict[str, bytes] = {}
        coming._PART = part
        for name in ("one", "two"):
            self.read(name, list(NOTES), "")

    def teardown(self) -> None:
        coming._PART = 50
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    @property
    def decks(self) -> dict[bytes, str]:
        return {self.files[name]: name for name in ("one", "two")}

    def moment(self) -> Moment:
        self.minutes += 1
        return make_moment(self.day, minutes=self.minutes % 600)

    @rule(name=st.sampled_from(("one", "two")), notes=st.permutations(NOTES), gone=st.sampled_from("ab-"))
    def read(self, name: str, notes: list[str], gone: str) -> None:
        self.reading += 1
        key = bytes((self.reading,))
        deck = deck_of(name, tuple(notes[:3]), superseded=gone)
        entry = NewEntry(key, f"{name}.yaml", name, deck, ())
        DeckIndex(self.store).put([entry], at=self.reading)
        self.files[name] = key

    @rule(card=cards, rating=st.sampled_from(Rating), mode=st.sampled_from(("study", "cram", "quiz")))
    def review(self, card: str, rating: Rating, mode: str) -> None:
        answer(self.store, card, rating, moment=self.moment(), mode=mode)

    @rule(card=cards, kind=st.sampled_from(("suspend", "bury", "flag")), on=st.booleans())
    def mark(self, card: str, kind: Mark, on: bool) -> None:
        Acts(self.store).mark(kind, [card], on=on or kind == "bury", moment=self.moment())

    @rule(card=cards)
    def forget(self, card: str) -> None:
        Acts(self.store).forget([card], moment=self.moment())

    @rule(old=cards, new=cards)
    def move(self, old: str, new: str) -> None:
        Moves(self.store).move([(old, new)], how="asked", moment=self.moment(), replay=SCHEDULER.replay)

    @rule()
    def undo(self) -> None:
        if entry := self.store.last_entry():
            self.store.append_undo(entry, moment=self.moment(), replay=SCHEDULER.replay)

    @rule()
    def rebuild(self) -> None:
        self.store.rebuild("", SCHEDULER.replay)

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @invariant()
    def what_comes_is_what_comes_of_all(self) -> None:
        ahead = Coming(self.store, self.decks)
        everything = every_place(self.store, self.decks, self.day)
        for limit in (0, 1, 3, 99):
            expected = plan(everything, day=self.day, new_limit=limit)
            for each in (False, True):
                found = ahead.places(self.day, new=limit, each=each)
                assert plan(found, day=self.day, new_limit=limit) == expected
            for name in self.decks.values():
                own = [place for place in found if place.deck == name]
                wanted = [place for place in everything if place.deck == name]
                assert plan(own, day=self.day, new_limit=limit) == plan(wanted, day=self.day, new_limit=limit)

    @invariant()
    def what_comes_later_is_what_comes_later_of_all(self) -> None:
        until = self.day + timedelta(days=7)
        places = every_place(self.store, self.decks, self.day)
        expected = [
            place.due_day
            for place in places
            if place.due_day and self.day < place.due_day <= until and not place.set_aside
        ]
        assert sorted(Coming(self.store, self.decks).due_later(self.day, until)) == sorted(expected)

    @invariant()
    def what_comes_of_some_cards_is_what_comes_of_all_of_these(self) -> None:
        askable, places = Askable(self.store), every_place(self.store, self.decks, self.day)
        for some in (IDS[::3], IDS[:2], ()):
            only = askable.of(self.decks, some)
            these = [place for place in places if place.card in some]
            ahead = Coming(self.store, self.decks, only=only)
            for limit in (0, 1, 99):
                expected = plan(these, day=self.day, new_limit=limit)
                assert plan(ahead.places(self.day, new=limit), day=self.day, new_limit=limit) == expected
            open_ones = [(place.card, place.note) for place in these if not place.set_aside]
            assert askable.cards([*self.decks], only=only, day=self.day) == open_ones

    @invariant()
    def what_can_be_asked_is_all_that_is_not_set_aside(self) -> None:
        askable, places = Askable(self.store), every_place(self.store, self.decks, self.day)
        asked = [(place.card, place.note) for place in places if not place.set_aside]
        assert askable.cards([*self.decks], day=self.day) == asked
        known = self.store.memory()
        assert askable.new() >= {card for card, _ in asked if card not in known}
        assert askable.new().isdisjoint(known)

    @invariant()
    def what_is_kept_as_new_is_new(self) -> None:
        assert fresh.wrong(self.store.connection) == 0


WhatComes.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestWhatComes = WhatComes.TestCase


def test_with_more_decks_than_a_query_takes_the_same_comes(tmp_path: Path) -> None:
    store = Store(tmp_path / "progress.db")
    index = DeckIndex(store)
    entries = [NewEntry(name.encode(), name, name, deck_of(name, NOTES), ()) for name in ("one", "two")]
    index.put(entries, at=1)
    due_day = answer(store, "one/a/card", Rating.EASY, moment=make_moment())
    assert due_day is not None
    decks = {b"one": "one"} | {number.to_bytes(4, "big"): "none" for number in range(coming._MOST)}
    found = Coming(store, decks).places(due_day, new=0)
    assert [place.card for place in found] == ["one/a/card"]
    assert Coming(store, {b"two": "two"}).places(due_day, new=0) == []
    store.close()


def test_what_is_wrong_among_the_new_cards_is_found_and_mended(tmp_path: Path) -> None:
    store = Store(tmp_path / "progress.db")
    DeckIndex(store).put([NewEntry(b"k", "one.yaml", "one", deck_of("one", NOTES), ())], at=1)
    answer(store, "one/a/card", Rating.GOOD, moment=make_moment())
    with store.transaction():
        store.connection.execute("DELETE FROM fresh WHERE id = 'one/b/card'")
        store.connection.execute("INSERT INTO fresh VALUES (x'6B', 0, 'one/a/card', 'one/a')")
    assert fresh.wrong(store.connection) == 2
    with store.transaction():
        fresh.find_all(store.connection)
    assert fresh.wrong(store.connection) == 0
    store.close()
