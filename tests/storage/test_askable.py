"""Which cards can be asked, found in what is kept of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from factories import make_card, make_deck

from trainer.core.deck import Card
from trainer.core.prompt import Choose, Reveal, Text, TypeIn
from trainer.storage.askable import Askable
from trainer.storage.deck_index import DeckIndex, NewEntry
from trainer.storage.store import Store

TYPED = TypeIn(expected=Text(answers=('"form":{"is":"Reveal"',)))
CHOICE = Choose(answers=("Reveal",), distractors=("Minsk",), draw=1)
TOLD = Reveal(answer='"is":"Reveal"')
CARDS = (
    replace(make_card("a", deck="one", form=TOLD), type="basic"),
    replace(make_card("b", deck="one", form=TOLD), type="basic", also=(CHOICE,)),
    replace(make_card("c", deck="one", form=TOLD), type="cloze", also=(TOLD,)),
    replace(make_card("d", deck="one", form=TYPED), type="typed", also=(TOLD,)),
    replace(make_card("e", deck="one", form=TYPED), type="typed"),
)


@pytest.fixture
def askable(tmp_path: Path) -> Askable:
    store = Store(tmp_path / "progress.db")
    entries = [
        NewEntry(b"k", "one.yaml", "one", make_deck(*CARDS, deck="one"), ()),
        NewEntry(b"l", "elsewhere/one.yaml", "one", make_deck(*CARDS[:1], deck="one"), ()),
    ]
    DeckIndex(store).put(entries, at=1)
    return Askable(store)


def test_a_card_that_has_a_form_to_be_graded_by_is_not_only_revealed(askable: Askable) -> None:
    assert askable.revealed(b"k", range(10)) == Counter(basic=1, cloze=1)
    assert askable.revealed(b"k", range(1)) == Counter(basic=1)
    assert askable.revealed(b"k", range(3, 10)) == Counter()
    found = [askable.card(frozenset({b"k"}), card.id, graded=True) for card in CARDS]
    assert found == [None, CARDS[1], None, CARDS[3], CARDS[4]]
    assert [askable.card(frozenset({b"k"}), card.id, graded=False) for card in CARDS] == [*CARDS]


def test_a_card_of_another_file_is_not_found(askable: Askable) -> None:
    def found(*files: bytes) -> list[Card | None]:
        return [askable.card(frozenset(files), card.id, graded=False) for card in CARDS[:2]]

    assert (found(b"l"), found(b"k", b"l")) == ([CARDS[0], None], [*CARDS[:2]])
    assert askable.of([b"l"], [card.id for card in CARDS]) == {b"l": {0}}
    assert askable.of([b"k"], [CARDS[3].id, "one/nothing/card", "\ud800"]) == {b"k": {3}}
