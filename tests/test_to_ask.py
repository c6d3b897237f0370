"""What a test can be about, and which questions it draws, without building all cards: as with all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from desk import FORMS, Desk

from trainer.collection import Collection, to_ask
from trainer.core.deck import Card
from trainer.core.prompt import Reveal
from trainer.core.quiz import Request, draw
from trainer.core.session import Selection
from trainer.errors import DataError, DecksError

SOME = """\
title: Some of all sorts
notes:
  - {id: old, question: Which was it?, answer: This., superseded_by: later, tags: [one, two]}
  - {id: later, question: 'Which is it, \\"is\\":\\"Reveal\\"?', answer: That., tags: one}
  - {id: told, type: typed, question: 'Is it "is":"Reveal"?', answer: 'No, "is":"Reveal"', tags: [one, two]}
  - id: parts
    type: accounts
    question: Who began?
    accounts: [{source: report#1, says: The one}, {source: other#2, says: The other}]
  - {id: both, type: reversed, front: Armenia, back: Yerevan, tags: two}
"""
SOURCES = """\
report: {title: A report on two ambassadors}
other: {title: Another report}
"""


@pytest.fixture
def collection(desk: Desk) -> Collection:
    """Decks of every form, some cards suspended, one buried."""
    desk.write("forms", FORMS)
    desk.write("sources", SOURCES)
    desk.write("some", SOME)
    made = desk.collection()
    made.browsing.mark("suspend", ["some/both/forward", "forms/members/card"])
    made.browsing.mark("bury", ["some/told/card"])
    return made


def open_cards(collection: Collection, selection: Selection | None = None) -> list[Card]:
    suspended = {card for _, card in collection.standing.suspended(deck.key for deck in collection.decks)}
    found = collection.selected(selection or Selection())
    return [card for card in found if not card.superseded_by and card.id not in suspended]


def is_graded(card: Card) -> bool:
    return any(not isinstance(form, Reveal) for form in (card.prompt.form, *card.also))


@pytest.mark.parametrize("at_once", [1, 2, 5, 4_000])
def test_what_there_is_to_ask_is_counted_as_all_cards_would_be(
    collection: Collection, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(to_ask, "AT_ONCE", at_once)
    cards = open_cards(collection)
    counted = collection.quizzes.to_ask()
    assert counted.decks == tuple(dict.fromkeys(card.deck for card in cards))
    assert counted.types == tuple(sorted({card.type for card in cards}))
    for decks in ((), ("some",), ("some", "forms")):
        within = [card for card in cards if not decks or card.deck in decks]
        assert counted.by_type(decks) == Counter(card.type for card in within)
    assert not counted.is_counted
    steps = 1
    while counted.step():
        steps += 1
    assert counted.is_counted and (steps > 1) == (at_once < 4_000)
    assert +counted.by_deck(()) == Counter(card.deck for card in cards if is_graded(card))
    for types in (("basic",), ("basic", "typed"), ("match",)):
        assert counted.by_deck(types) == Counter(card.deck for card in cards if card.type in types)
    assert counted.gradable == {card.type for card in cards if is_graded(card)}


CHOICES = (
    *(Selection(decks=decks) for decks in ((), ("some",), ("forms", "some"))),
    *(Selection(tags=tags) for tags in (("one",), ("one", "two"))),
    Selection(tags=("two",), decks=("some",)),
    Selection(cards=("some/told/card", "some/old/card", "capitals/why/card", "nowhere/none/card")),
)


@pytest.mark.parametrize("selection", CHOICES)
def test_a_test_is_drawn_as_from_all_cards(collection: Collection, selection: Selection) -> None:
    known = {card.id: card for card in open_cards(collection, selection)}
    notes = [(card.id, f"{card.deck}/{card.note}") for card in known.values()]
    for seed, types, count in product("1ab", ((), ("basic",), ("basic", "typed", "reversed")), (1, 3, 99)):
        request = Request(
            decks=selection.decks,
            cards=selection.cards,
            tags=selection.tags,
            types=types,
            seed=seed,
            count=count,
        )
        expected = draw(notes, request, find=known.__getitem__)
        if expected:
            assert collection.quizzes.begin(request).questions == expected
        else:
            with pytest.raises(DecksError, match="nothing to ask"):
                collection.quizzes.begin(request)


@pytest.mark.parametrize("selection", CHOICES)
def test_cramming_asks_what_is_not_set_aside_and_knows_its_memory(
    collection: Collection, selection: Selection
) -> None:
    answered = collection.start(Selection(decks=("forms",)))
    for _ in range(2):
        assert answered.card is not None
        verdict = collection.grade(answered.card, "")
        answered = collection.rate(
            answered, verdict.suggested, verdict=verdict, response="", milliseconds=1000
        )
    session = collection.start(replace(selection, cram=True))
    asked = [card.id for card in open_cards(collection, selection) if card.id != "some/told/card"]
    deck_order = [card.id for card in collection.cards() if card.id in asked]
    assert [session.front or "", *session.waiting] == (deck_order or [""])
    assert session.memory == collection.store.memory(asked)


def test_a_step_that_fails_is_taken_again(collection: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_ask, "AT_ONCE", 2)
    counted = collection.quizzes.to_ask()
    ask = collection.store.connection.execute
    ask("ALTER TABLE card RENAME TO away")
    with pytest.raises(DataError):
        counted.step()
    ask("ALTER TABLE away RENAME TO card")
    while counted.step():
        pass
    expected = Counter(card.deck for card in open_cards(collection) if is_graded(card))
    assert +counted.by_deck(()) == expected
