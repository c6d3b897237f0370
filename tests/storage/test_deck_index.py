from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from factories import TODAY, make_card, make_deck, make_source
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.deck import Account, Card, Citation, Deck, Event, Problem, Span
from trainer.core.prompt import (
    Arrange,
    Choose,
    Date,
    Elsewhere,
    Items,
    Number,
    Pair,
    Prompt,
    Reveal,
    Text,
    TypeIn,
)
from trainer.errors import DataError, NotSavedError
from trainer.storage.coming import Coming
from trainer.storage.deck_index import KEPT_FOR, DeckIndex, Edit, NewEntry
from trainer.storage.store import Store

LABELS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
TEXTS = st.text(min_size=1, max_size=12)
MAYBE = st.text(max_size=8)
MANY = st.lists(TEXTS, min_size=1, max_size=3).map(tuple)
WORDS = st.builds(Text, answers=MANY, aliases=MANY | st.just(()), name=st.booleans())
EXPECTED = (
    WORDS
    | st.builds(Number, value=TEXTS, unit=MAYBE, tolerance=MAYBE)
    | st.builds(Date, value=TEXTS, implied=MAYBE)
    | st.builds(Items, items=st.lists(WORDS, min_size=1, max_size=3).map(tuple))
)
OTHERS = st.lists(st.builds(Elsewhere, by=TEXTS, expected=EXPECTED), max_size=2).map(tuple)
FORMS = (
    st.builds(Reveal, answer=TEXTS, points=MANY | st.just(()))
    | st.builds(TypeIn, expected=EXPECTED, elsewhere=OTHERS)
    | st.builds(
        Choose,
        answers=MANY,
        distractors=MANY,
        draw=st.integers(0, 8),
        several=st.booleans(),
        order=MANY | st.just(()),
        elsewhere=OTHERS,
    )
    | st.builds(Arrange, items=MANY)
    | st.builds(Pair, pairs=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3).map(tuple))
)
SOURCES = st.builds(
    Citation,
    source=st.builds(make_source, TEXTS, title=TEXTS, publisher=MAYBE, author=MAYBE, url=MAYBE),
    paragraph=st.integers(0, 99),
)
PLACES = st.builds(Span, TEXTS, st.integers(1, 9999), st.integers(1, 999))
CARDS = st.builds(
    Card,
    deck=LABELS,
    note=LABELS,
    key=LABELS,
    type=LABELS,
    aspect=MAYBE,
    prompt=st.builds(Prompt, question=TEXTS, form=FORMS),
    also=st.lists(FORMS, max_size=2).map(tuple),
    span=PLACES,
    hint=MAYBE,
    explanation=MAYBE,
    as_of=MAYBE,
    quote=MAYBE,
    speaker=MAYBE,
    sources=st.lists(SOURCES, max_size=2).map(tuple),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    accounts=st.lists(st.builds(Account, by=TEXTS, says=TEXTS), max_size=2).map(tuple),
    names=st.lists(TEXTS, max_size=2).map(tuple),
    superseded_by=MAYBE,
)
EVENTS = st.builds(
    Event,
    deck=LABELS,
    note=LABELS,
    what=TEXTS,
    actors=MANY | st.just(()),
    when=MAYBE,
    where=MAYBE,
    why=MANY | st.just(()),
    answers=MAYBE,
    according_to=MAYBE,
    span=PLACES,
    sources=st.lists(SOURCES, max_size=2).map(tuple),
)
PROBLEMS = st.builds(
    Problem,
    span=PLACES,
    severity=st.sampled_from(("error", "warning")),
    code=TEXTS,
    message=TEXTS,
    hint=MAYBE,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "progress.db")
    yield store
    store.close()


@pytest.fixture
def index(store: Store) -> DeckIndex:
    return DeckIndex(store)


NOW = 1_800_000_000_000


def key_of(deck: Deck) -> bytes:
    return deck.path.encode()


def put(index: DeckIndex, deck: Deck, *problems: Problem, key: bytes | None = None, at: int = NOW) -> None:
    entry = NewEntry(key_of(deck) if key is None else key, deck.path, deck.id, deck, problems)
    index.put([entry], at=at)


@settings(max_examples=60)
@given(
    cards=st.lists(CARDS, max_size=4, unique_by=lambda card: card.id),
    problems=st.lists(PROBLEMS, max_size=3),
    title=LABELS,
    key=st.binary(max_size=20),
)
def test_what_was_put_is_read_back_equal(
    index: DeckIndex, cards: list[Card], problems: list[Problem], title: str, key: bytes
) -> None:
    deck = Deck(id="deck", title=title, path="decks/ü 1.yaml", description="d", cards=tuple(cards))
    put(index, deck, *problems, key=key)
    assert key in index.known()
    assert index.cards([key]) == cards
    (found,) = index.decks([key])
    assert (found.key, found.deck, found.title, found.description) == (key, "deck", title, "d")
    assert found.readable
    assert found.problem_list() == problems


def test_cards_come_in_deck_order_or_in_the_order_asked_for(index: DeckIndex) -> None:
    first = make_deck(make_card("z"), make_card("a"))
    second = make_deck(make_card("m", deck="other"), deck="other")
    put(index, first)
    put(index, second)
    keys = [key_of(second), key_of(first)]
    assert index.cards(keys) == [*second.cards, *first.cards]
    assert index.cards(keys, ["deck/a/card", "gone", "other/m/card"]) == [first.cards[1], second.cards[0]]
    assert index.cards([key_of(first)], ["other/m/card"]) == []
    assert index.cards([]) == []


def test_an_earlier_version_of_a_file_stays_for_sessions_over_it_and_goes_after_a_week(
    index: DeckIndex,
) -> None:
    old = make_deck(make_card("n1"), make_card("n2"))
    other = make_deck(make_card("n", deck="other"), deck="other")
    put(index, old)
    put(index, other)
    new = make_deck(make_card("n3", question="Anew?"), title="Changed")
    put(index, new, key=b"new", at=NOW + KEPT_FOR)
    assert index.cards([key_of(old)]) == list(old.cards)
    assert index.cards([b"new"]) == list(new.cards)
    put(index, new, key=b"newer", at=NOW + 2 * KEPT_FOR)
    assert index.cards([key_of(old)]) == list(old.cards)
    put(index, new, key=b"newer", at=NOW + 2 * KEPT_FOR + 1)
    assert index.known() == {key_of(other), b"new", b"newer"}


def test_the_same_file_put_again_is_there_once(index: DeckIndex, store: Store) -> None:
    deck = make_deck(make_card())
    put(index, deck)
    put(index, deck, at=NOW + 1)
    assert index.cards([key_of(deck)]) == list(deck.cards)
    assert store.connection.execute("SELECT count(*) FROM card").fetchone() == (1,)


def test_the_cards_of_a_file_go_with_it(index: DeckIndex, store: Store) -> None:
    put(index, make_deck(make_card()))
    store.connection.execute("DELETE FROM deck_file")
    assert store.connection.execute("SELECT count(*) FROM card").fetchone() == (0,)


def test_a_file_that_cannot_be_read_has_problems_and_no_cards(index: DeckIndex) -> None:
    deck = make_deck(make_card())
    problem = Problem(span=Span(deck.path, 1, 1), severity="error", code="c", message="no title")
    index.put([NewEntry(b"k", deck.path, "deck", None, [problem])], at=NOW)
    (found,) = index.decks([b"k"])
    assert not found.readable
    assert found.title == "deck"
    assert found.problem_list() == [problem]
    assert index.cards([b"k"]) == []


def test_decks_come_in_the_order_asked_for_and_unknown_files_are_left_out(index: DeckIndex) -> None:
    put(index, make_deck(deck="a"))
    put(index, make_deck(deck="b"))
    assert [deck.deck for deck in index.decks([b"b.yaml", b"none.yaml", b"a.yaml"])] == ["b", "a"]


def test_several_files_are_put_all_or_none(index: DeckIndex, store: Store) -> None:
    good = make_deck(make_card())
    put(index, good)
    changed = make_deck(make_card("changed"))
    (pages,) = store.connection.execute("PRAGMA page_count").fetchone()
    store.connection.execute(f"PRAGMA max_page_count = {pages}")
    large = make_deck(
        *(make_card(f"n{number}", question="?" * 2000, deck="b") for number in range(50)), deck="b"
    )
    with pytest.raises(NotSavedError, match="the disk is full"):
        index.put(
            [NewEntry(deck.id.encode(), deck.path, deck.id, deck, ()) for deck in (changed, large)], at=NOW
        )
    assert index.known() == {key_of(good)}
    assert index.cards([key_of(good)]) == list(good.cards)
    assert not store.connection.in_transaction


def test_a_card_that_cannot_be_put_leaves_all_as_it_was(index: DeckIndex, store: Store) -> None:
    good = make_deck(make_card())
    put(index, good)
    changed = make_deck(make_card("changed"))
    store.connection.execute(
        "CREATE TEMP TRIGGER fails BEFORE INSERT ON card BEGIN SELECT RAISE(ABORT, 'no more'); END"
    )
    with pytest.raises(NotSavedError, match="no more"):
        put(index, changed)
    assert index.cards([key_of(good)]) == list(good.cards)
    assert not store.connection.in_transaction


def test_reading_a_lost_table_is_one_clear_error(index: DeckIndex, store: Store) -> None:
    store.connection.execute("DROP TABLE card")
    with pytest.raises(DataError, match="no such table"):
        index.cards([b"deck.yaml"])


def test_places_join_cards_with_what_is_known_of_them(index: DeckIndex, store: Store) -> None:
    deck = make_deck(make_card("a", key="c1"), make_card("a", key="c2"))
    put(index, deck)
    places = Coming(store, {key_of(deck): "deck"}).places(TODAY, new=9)
    assert [(place.card, place.note, place.deck) for place in places] == [
        ("deck/a/c1", "deck/a", "deck"),
        ("deck/a/c2", "deck/a", "deck"),
    ]
    assert all(place.due_day is None and not place.in_steps for place in places)


@settings(max_examples=30)
@given(events=st.lists(EVENTS, max_size=4))
def test_events_are_read_back_equal_in_order(index: DeckIndex, events: list[Event]) -> None:
    deck = replace(make_deck(), events=tuple(events))
    index.put([NewEntry(b"key", deck.path, deck.id, deck, ())], at=NOW)
    assert index.events([b"key"]) == events
    assert index.events([b"another"]) == []


def test_cards_are_found_by_tag_source_paragraph_and_name(index: DeckIndex) -> None:
    cited = [Citation(source=make_source("rbc"), paragraph=number) for number in (1, 2, 0)]
    cards = [
        replace(make_card("a", tags=("csto",), sources=tuple(cited)), names=("Armenia",)),
        replace(make_card("b", sources=(cited[0],)), names=("Armenia", "Minsk")),
        make_card("c", tags=("csto", "2024")),
    ]
    put(index, make_deck(*cards))
    put(index, make_deck(replace(cards[0], note="d"), deck="other"))
    keys = [b"deck.yaml"]

    def found(kind: str, *values: str) -> list[str]:
        return sorted(card.split("/")[1] for card in index.having(keys, kind, values))

    assert found("tag", "csto") == ["a", "c"]
    assert found("tag", "csto", "2024") == ["a", "c"]
    assert found("source", "rbc") == ["a", "b"]
    assert found("source", "rbc#2") == ["a"]
    assert found("name", "Minsk", "nobody") == ["b"]
    assert found("name") == [] == found("tag", "rbc")
    assert index.facets(keys, "source") == [("rbc", 2), ("rbc#1", 2), ("rbc#2", 1)]
    assert index.facets([*keys, b"other.yaml"], "name") == [("Armenia", 3), ("Minsk", 1)]


def test_names_are_kept_under_each_spelling(index: DeckIndex) -> None:
    spellings = {"lukashenka": "Alexander Lukashenko", "minsk": "Minsk"}
    deck = make_deck()
    index.put([NewEntry(b"key", deck.path, deck.id, deck, (), spellings=spellings)], at=NOW)
    assert index.spelt([b"key"]) == {spelling: [name] for spelling, name in spellings.items()}
    assert index.spelt([b"another"]) == {}


def test_superseded_cards_do_not_come(index: DeckIndex, store: Store) -> None:
    deck = make_deck(make_card("old"), make_card("new"))
    put(index, replace(deck, cards=(replace(deck.cards[0], superseded_by="new"), deck.cards[1])))
    places = Coming(store, {key_of(deck): "deck"}).places(TODAY, new=9)
    assert [(place.card, place.set_aside) for place in places] == [
        ("deck/new/card", False),
    ]


# What takes the place of what


def put_and_tell(
    index: DeckIndex, deck: Deck | None, key: bytes, *, at: int = NOW, again: tuple[bytes, ...] = ()
) -> list[Edit]:
    told: list[Edit] = []
    entry = NewEntry(key, "deck.yaml", "deck", deck, ())
    index.put([] if again else [entry], at=at, again=again, then=told.extend)
    return told


def test_a_version_is_told_with_the_one_read_before_it_at_the_same_place(index: DeckIndex) -> None:
    put(index, make_deck(deck="other"))
    assert put_and_tell(index, make_deck(), b"1") == []
    assert put_and_tell(index, make_deck(), b"2") == [Edit(b"1", b"2")]
    assert put_and_tell(index, make_deck(), b"2") == []
    assert put_and_tell(index, make_deck(), b"3", at=NOW - 5) == [Edit(b"2", b"3")]


def test_a_version_is_compared_with_the_last_that_could_be_read_however_old(index: DeckIndex) -> None:
    put_and_tell(index, make_deck(), b"1")
    assert put_and_tell(index, None, b"2", at=NOW + 3 * KEPT_FOR) == []
    assert put_and_tell(index, make_deck(), b"3", at=NOW + 6 * KEPT_FOR) == [Edit(b"1", b"3")]
    assert b"1" not in index.known()


def test_a_version_that_comes_back_is_the_latest_again(index: DeckIndex) -> None:
    put_and_tell(index, make_deck(), b"1")
    put_and_tell(index, make_deck(), b"2")
    assert index.outdated() == {b"1"}
    assert put_and_tell(index, None, b"", again=(b"1",)) == [Edit(b"2", b"1")]
    assert index.outdated() == {b"2"}


def test_what_fails_while_versions_are_compared_keeps_none(index: DeckIndex) -> None:
    def fail(edits: list[Edit]) -> None:
        raise NotSavedError("no more")

    with pytest.raises(NotSavedError):
        index.put([NewEntry(b"1", "deck.yaml", "deck", make_deck(), ())], at=NOW, then=fail)
    assert index.known() == set()


def test_notes_come_with_what_their_cards_say(index: DeckIndex) -> None:
    deck = make_deck(make_card("n1", question="Who?"), make_card("n1", key="back"), make_card("n2"))
    put(index, deck)
    notes = index.notes(key_of(deck))
    assert list(notes) == ["deck/n1", "deck/n2"]
    assert notes["deck/n1"].type == "basic"
    assert list(notes["deck/n1"].cards) == ["deck/n1/card", "deck/n1/back"]
    assert notes["deck/n1"].cards["deck/n1/card"] == ("Who?", "Somebody.")


def test_what_a_card_said_last_is_known_after_it_has_gone(index: DeckIndex) -> None:
    put_and_tell(index, make_deck(make_card("n1", question="First?")), b"1")
    put_and_tell(index, make_deck(make_card("n1", question="Then?")), b"2")
    put_and_tell(index, make_deck(), b"3")
    assert index.last_said("deck/n1/card") == ("basic", "Then?", "Somebody.")
    assert index.last_said("deck/n9/card") is None
