"""Reviews, cards and what falls due, as they are handed out of a collection."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest
from factories import TODAY, make_moment, make_outcome, make_review
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.collection import Collection
from trainer.collection.export_anki_log import Retold
from trainer.collection.export_cards import COLUMNS as OF_CARDS
from trainer.collection.export_cards import cards
from trainer.collection.export_due import calendar_id, due_cards
from trainer.collection.export_reviews import COLUMNS as OF_REVIEWS
from trainer.collection.export_reviews import reviews
from trainer.collection.statistics import statistics_of
from trainer.config import Config, places
from trainer.core.carried import CardPast, PastReview
from trainer.core.day import Moment
from trainer.core.fsrs6 import Curve
from trainer.core.review import Confidence, Rating
from trainer.core.scheduling import MemoryState, Phase, Scheduler
from trainer.core.session import Selection
from trainer.errors import DecksError
from trainer.storage import outgoing
from trainer.storage.acts import Acts
from trainer.storage.carrying import Carrying
from trainer.storage.moves import Moves
from trainer.storage.outgoing import Outgoing
from trainer.storage.store import Store

Row = dict[str, Any]

DECK = """\
title: A deck
tags: [war]
notes:
  - {id: a, question: Who asked?, answer: me, source: article#2, hint: h, as_of: 2024-06}
  - {id: b, type: list, question: Which?, answers: [one, two], tags: [peace]}
  - {id: c, question: Old?, answer: "no", superseded_by: a}
"""
A, B = "deck/a/card", "deck/b/card"
CARDS = (A, B, "deck/gone/card")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Collection]:
    """A collection of two decks, at noon of a day."""
    (tmp_path / "sources.yaml").write_text(
        "article:\n  title: The article\n  publisher: Press\n  url: https://example.org/a\n"
    )
    (tmp_path / "deck.yaml").write_text(DECK)
    (tmp_path / "other.yaml").write_text("title: Other\nnotes:\n  - {id: z, question: Z?, answer: z}\n")
    collection = Collection(
        places(data=str(tmp_path / "data"), decks=(str(tmp_path),)),
        Config(),
        clock=lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC),
    )
    yield collection
    collection.close()


def reviewed(
    store: Store, card: str, rating: Rating = Rating.GOOD, *, moment: Moment | None = None, **given: Any
) -> MemoryState | None:
    """Write a review, and the memory state that it leaves."""
    moment = moment or make_moment()
    before = store.memory([card]).get(card)
    sure = given.pop("confidence", None)
    review = replace(make_review(card, rating, moment=moment, **given), confidence=sure)
    after = before
    if review.mode == "study":
        after = Scheduler().after(before, rating, card=card, moment=moment)
    store.append_review(make_outcome(review, before, after))
    return after


def rows(collection: Collection, selection: Selection | None = None, **given: Any) -> list[Row]:
    names = [column.name for column in OF_REVIEWS]
    found = reviews(collection, selection or Selection(), **given)
    return [dict(zip(names, row, strict=True)) for row in found]


def told(prefix: str, row: Row) -> tuple[object, ...]:
    names = ("phase", "stability", "difficulty", "due", "interval", "reps", "lapses")
    return tuple(row[f"{name}_{prefix}"] for name in names)


def as_told(state: MemoryState | None) -> tuple[object, ...]:
    if state is None:
        return ("new", None, None, None, None, 0, 0)
    stability, difficulty, phase, _, due_day, _, _, reps, lapses = state
    return (phase.word, stability, difficulty, due_day.isoformat(), state.interval, reps, lapses)


# Reviews


def test_a_review_is_told_with_all_that_it_was(opened: Collection) -> None:
    moment = Moment(make_moment().at + 120, -210, TODAY)
    state = reviewed(
        opened.store,
        B,
        Rating.HARD,
        moment=moment,
        score=0.5,
        response="=one",
        milliseconds=1500,
        answer="one; two",
    )
    assert state and state.due_at
    (row,) = rows(opened)
    assert {name: row[name] for name in list(row)[1:20]} == {
        "answered_at": "2024-06-13T08:30:00.120-03:30",
        "study_day": "2024-06-13",
        "device": opened.store.device.hex(),
        "deck": "deck",
        "note": "b",
        "card": B,
        "moved_from": "",
        "type": "list",
        "question": "Which?",
        "mode": "study",
        "rating": 2,
        "rating_name": "hard",
        "score": 0.5,
        "response": "=one",
        "answer": "one; two",
        "confidence": None,
        "milliseconds": 1500,
        "quiz": None,
        "retrievability": None,
    }
    assert len(row["id"]) == 32
    assert told("before", row) == as_told(None)
    assert told("after", row) == as_told(state)
    assert row["due_at_after"] == "2024-06-13T08:35:30.120-03:30"


def test_a_review_tells_the_chance_that_it_was_remembered_and_the_state_before_it(opened: Collection) -> None:
    first = reviewed(opened.store, A, Rating.EASY)
    second = reviewed(
        opened.store, A, moment=make_moment(TODAY + timedelta(days=9)), confidence=Confidence.SURE
    )
    assert first and second
    _, row = rows(opened)
    assert row["retrievability"] == Curve().known_on(
        TODAY + timedelta(days=9), first.stability, first.last_day
    )
    assert (told("before", row), told("after", row)) == (as_told(first), as_told(second))
    assert (row["confidence"], row["due_at_after"]) == ("sure", None)


@pytest.mark.parametrize("mode", ["cram", "quiz"])
def test_crammed_answers_and_those_of_tests_leave_the_state_alone(opened: Collection, mode: str) -> None:
    state = reviewed(opened.store, A)
    reviewed(opened.store, A, Rating.AGAIN, mode=mode)
    _, row = rows(opened)
    assert told("before", row) == told("after", row) == as_told(state)
    assert row["retrievability"] == 1.0


def test_only_days_of_the_period_are_told_but_the_state_is_that_of_all(opened: Collection) -> None:
    for day in range(4):
        reviewed(opened.store, A, moment=make_moment(TODAY + timedelta(days=day)))
    first, second = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    found = rows(opened, since=first, until=second)
    assert [row["study_day"] for row in found] == [first.isoformat(), second.isoformat()]
    assert [row["reps_before"] for row in found] == [1, 2]


def test_only_cards_that_are_asked_for_are_told(opened: Collection) -> None:
    for card in (*CARDS, "other/z/card"):
        reviewed(opened.store, card)
    asked = {
        "all": Selection(),
        "deck": Selection(decks=("deck",)),
        "peace": Selection(tags=("peace",)),
        "article": Selection(sources=("article#2",)),
    }
    found = {name: [row["card"] for row in rows(opened, selection)] for name, selection in asked.items()}
    assert found == {"all": [*CARDS, "other/z/card"], "deck": [A, B], "peace": [B], "article": [A]}
    with pytest.raises(DecksError):
        rows(opened, Selection(tags=("nowhere",)))


def test_a_card_that_no_deck_has_any_more_tells_what_its_id_tells(opened: Collection) -> None:
    reviewed(opened.store, "folder/deck/gone/card")
    (row,) = rows(opened)
    assert [row[name] for name in ("deck", "note", "type", "question")] == ["folder/deck", "gone", None, None]


def test_a_history_that_was_moved_is_told_under_the_card_it_belongs_to_now(opened: Collection) -> None:
    reviewed(opened.store, "deck/old/card")
    Moves(opened.store).move(
        [("deck/old/card", A)], how="asked", moment=make_moment(minutes=1), replay=Scheduler().replay
    )
    reviewed(opened.store, A, moment=make_moment(minutes=2))
    assert [(row["card"], row["moved_from"], row["reps_after"]) for row in rows(opened)] == [
        (A, "deck/old/card", 1),
        (A, "", 2),
    ]


STEPS: dict[str, Callable[[Store, str, Random, Moment], object]] = {
    "forget": lambda store, card, chance, moment: Acts(store).forget([card], moment=moment),
    "move": lambda store, card, chance, moment: Moves(store).move(
        [(card, chance.choice(CARDS))], how="asked", moment=moment, replay=Scheduler().replay
    ),
    "undo": lambda store, card, chance, moment: (
        store.append_undo(entry, moment=moment, replay=Scheduler().replay)
        if (entry := store.last_entry())
        else None
    ),
    "carried": lambda store, card, chance, moment: Carrying(store).bring(
        {
            card: CardPast(
                reviews=(PastReview(moment.at - 86_400_000, Rating.GOOD, 900),),
                state=MemoryState(9.5, 4.25, Phase.REVIEW, 0, TODAY + timedelta(days=9), None, TODAY, 1, 0),
            )
        },
        moment=moment,
        when=lambda at: Moment(at, 0, TODAY - timedelta(days=1)),
    ),
}


@settings(max_examples=15)
@given(seed=st.integers(0, 2**32), steps=st.lists(st.sampled_from(("review", *STEPS)), max_size=25))
def test_the_state_of_each_card_is_always_the_one_in_force(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("law")
    (folder / "deck.yaml").write_text(DECK.replace("source: article#2, ", ""))
    collection = Collection(places(data=str(folder / "data"), decks=(str(folder),)), Config())
    store, chance = collection.store, Random(seed)
    for number, step in enumerate(steps):
        day = TODAY + timedelta(days=number * 2)
        card = chance.choice(CARDS)
        if step == "review":
            reviewed(store, card, chance.choice(list(Rating)), moment=make_moment(day, minutes=number))
        else:
            STEPS[step](store, card, chance, make_moment(day, minutes=number))
    before = store.memory()
    for card in CARDS:
        reviewed(store, card, moment=make_moment(TODAY + timedelta(days=90)))
    after, last = store.memory(), {row["card"]: row for row in rows(collection)}
    assert {card: told("before", last[card]) for card in CARDS} == {
        card: as_told(before.get(card)) for card in CARDS
    }
    assert {card: told("after", last[card]) for card in CARDS} == {
        card: as_told(after[card]) for card in CARDS
    }
    (count,) = store.one("SELECT count(*) FROM kept WHERE kind = 'review'")
    assert len(rows(collection)) == count
    collection.close()


def fill(store: Store, count: int) -> None:
    """Write many reviews of one card, as they stand in a log."""
    columns = (
        "id, device, at, utc_offset, study_day, kind, card, rating, score, response, milliseconds, mode, hash"
    )
    begin = make_moment().at
    query = f"INSERT INTO log ({columns}) VALUES (?, ?, ?, 0, ?, 'review', ?, 3, 1.0, ?, 900, 'study', x'')"
    (last,) = store.one("SELECT count(*) FROM log")
    with store.transaction():
        store.connection.executemany(
            query,
            (
                (
                    number.to_bytes(16, "big"),
                    store.device,
                    begin + number,
                    str(TODAY),
                    A,
                    f"response {number}" * 9,
                )
                for number in range(last, last + count)
            ),
        )


def test_memory_does_not_grow_with_the_reviews(opened: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 100)

    def peak() -> int:
        tracemalloc.start()
        count = sum(1 for _ in reviews(opened, Selection()))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == opened.store.one("SELECT count(*) FROM log")[0]
        return peak

    fill(opened.store, 400)
    peak()
    few = peak()
    fill(opened.store, 3600)
    assert peak() < 1.3 * few


def test_another_session_may_write_while_reviews_are_handed_out(
    opened: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 2)
    fill(opened.store, 5)
    found = reviews(opened, Selection())
    begun = list(islice(found, 1))
    other = Store(opened.store.path)
    other.connection.execute("PRAGMA busy_timeout = 0")
    other.append_mark("flag", A, moment=make_moment())
    other.append_told(A, "me", moment=make_moment())
    other.close()
    assert len([*begun, *found]) == 5


def test_handing_out_tells_how_far_it_has_come_and_ends_where_that_raises(
    opened: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "AT_ONCE", 2)
    fill(opened.store, 5)
    seen: list[tuple[int, int]] = []
    list(reviews(opened, Selection(), advance=lambda done, total: seen.append((done, total))))
    assert seen == [(0, 1), (2, 5), (4, 5), (5, 5)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(reviews(opened, Selection(), advance=stop))


# Cards


def card_rows(collection: Collection, selection: Selection | None = None) -> dict[str, Row]:
    names = [column.name for column in OF_CARDS]
    found = (dict(zip(names, row, strict=True)) for row in cards(collection, selection or Selection()))
    return {str(row["id"]): row for row in found}


def test_a_card_is_told_with_its_sources_and_how_well_it_is_known(opened: Collection) -> None:
    state = reviewed(opened.store, A, Rating.EASY, score=0.5)
    reviewed(opened.store, A, mode="cram", score=0.0)
    opened.store.append_mark("flag", A, moment=make_moment())
    assert state
    row = card_rows(opened)[A]
    assert (row["deck_title"], row["note"], row["key"], row["form"]) == ("A deck", "a", "card", "Reveal")
    assert (row["question"], row["answer"], row["answers"], row["hint"]) == ("Who asked?", "me", ("me",), "h")
    assert (row["sources"], row["source_titles"]) == (("article#2",), ("The article",))
    assert (row["source_urls"], row["tags"], row["as_of"]) == (
        ("https://example.org/a",),
        ("war",),
        "2024-06",
    )
    assert (row["state"], row["flagged"], row["phase"]) == ("review", 1, "review")
    assert (row["stability"], row["difficulty"]) == (state.stability, state.difficulty)
    assert (row["retrievability"], row["due"]) == (1.0, state.due_day.isoformat())
    assert (row["answered"], row["mean_score"], row["reps"], row["lapses"]) == (1, 0.5, 1, 0)
    assert row["file"].endswith("deck.yaml") and row["line"] == 4


def test_new_and_superseded_cards_are_told_too(opened: Collection) -> None:
    found = card_rows(opened)
    assert list(found) == [A, B, "deck/c/card", "other/z/card"]
    assert [row["state"] for row in found.values()] == ["new", "new", "superseded", "new"]
    new = found[B]
    assert [new[name] for name in ("phase", "stability", "retrievability", "due", "answered")] == [
        *("new", None, None, None),
        0,
    ]
    assert list(card_rows(opened, Selection(decks=("other",)))) == ["other/z/card"]


# What falls due


def test_what_falls_due_is_counted_by_day_and_deck(opened: Collection) -> None:
    for card, days_ago in ((A, 40), (B, 0), ("other/z/card", 0)):
        reviewed(opened.store, card, Rating.EASY, moment=make_moment(TODAY - timedelta(days=days_ago)))
    states = opened.store.memory()
    found = due_cards(opened, Selection(), days=90)
    assert [(each.day, each.deck, each.cards, each.overdue) for each in found[:1]] == [(TODAY, "deck", 1, 1)]
    assert {each.day for each in found[1:]} == {states[B].due_day, states["other/z/card"].due_day}
    assert sum(each.cards for each in found) == 3
    assert [each.title for each in due_cards(opened, Selection(decks=("other",)), days=90)] == ["Other"]
    assert [each.day for each in due_cards(opened, Selection(), days=1)] == [TODAY]


def test_suspended_cards_do_not_fall_due(opened: Collection) -> None:
    reviewed(opened.store, A, Rating.EASY)
    opened.store.append_mark("suspend", A, moment=make_moment())
    assert due_cards(opened, Selection(), days=90) == []


def test_what_is_buried_for_today_falls_due_tomorrow_as_in_the_statistics(opened: Collection) -> None:
    reviewed(opened.store, A, Rating.EASY, moment=make_moment(TODAY - timedelta(days=40)))
    opened.store.append_mark("bury", A, moment=make_moment())
    (due,) = due_cards(opened, Selection(), days=90)
    assert (due.day, due.cards, due.overdue) == (TODAY + timedelta(days=1), 1, 0)
    assert statistics_of(opened).forecast.due[:2] == (0, 1)


def test_a_calendar_of_other_cards_is_another(opened: Collection) -> None:
    some, others = Selection(decks=("deck",)), Selection(decks=("other",))
    assert calendar_id(opened, some) == calendar_id(opened, some) != calendar_id(opened, others)


def test_the_log_as_anki_has_it_leaves_cards_as_they_stand(opened: Collection) -> None:
    ratings = (Rating.GOOD, Rating.AGAIN, Rating.HARD, Rating.EASY, Rating.GOOD, Rating.AGAIN)
    for step, rating in enumerate(ratings):
        for card in (A, B):
            reviewed(opened.store, card, rating, moment=make_moment(TODAY + timedelta(days=step * step)))
    retold = Retold(opened.scheduler, {A: 1, B: 2})
    for entries, _, _ in Outgoing(opened.store).log():
        retold.rows(entries)
    assert {card: left.state for card, left in retold.left().items()} == opened.store.memory()
