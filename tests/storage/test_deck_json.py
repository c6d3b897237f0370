"""What the index keeps of decks as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from trainer.core.deck import Account, Card, Citation, Problem, Source, Span
from trainer.core.prompt import Choose, Elsewhere, Pair, Prompt, Reveal, Text, TypeIn
from trainer.deckfiles.folder import find
from trainer.deckfiles.reader import read_decks
from trainer.storage.deck_json import Encoder, decode

DECKS = Path(__file__).parents[2] / "decks"

words = st.text(max_size=8)
needed = st.text(min_size=1, max_size=8)
several = st.lists(words, max_size=3).map(tuple)
some = st.lists(words, min_size=1, max_size=3).map(tuple)
sources = st.builds(Source, id=needed, title=needed, short=words, url=words)
citations = st.lists(st.builds(Citation, source=sources, paragraph=st.integers(0, 9)), max_size=2).map(tuple)
texts = st.builds(Text, answers=some, aliases=several, name=st.booleans())
forms = (
    st.builds(Reveal, answer=needed, points=several)
    | st.builds(
        TypeIn, expected=texts, elsewhere=st.builds(Elsewhere, by=needed, expected=texts).map(lambda e: (e,))
    )
    | st.builds(Choose, answers=some, distractors=some, draw=st.integers(0, 9), several=st.booleans())
    | st.builds(Pair, pairs=st.lists(st.tuples(words, words), min_size=1, max_size=2).map(tuple))
)
cards = st.builds(
    Card,
    deck=needed,
    note=needed,
    key=needed,
    type=needed,
    prompt=st.builds(Prompt, question=needed, form=forms),
    also=st.lists(forms, max_size=2).map(tuple),
    span=st.builds(Span, needed, st.integers(1, 10**6), st.integers(1, 99)),
    explanation=words,
    sources=citations,
    tags=several,
    accounts=st.lists(st.builds(Account, by=needed, says=needed), max_size=2).map(tuple),
    names=several,
    shared=st.booleans(),
)


@given(st.lists(cards, max_size=4))
def test_cards_come_back_as_they_were(given_cards: list[Card]) -> None:
    encoder = Encoder()
    assert [decode(encoder.text(card)) for card in given_cards] == given_cards


def test_all_of_the_decks_that_come_with_the_program_comes_back() -> None:
    for reading in read_decks(find([DECKS])):
        assert reading.deck is not None
        encoder = Encoder()
        for each in (*reading.deck.cards, *reading.deck.events, reading.problems):
            assert decode(encoder.text(each)) == each


def test_what_many_cards_share_stands_with_each_of_them() -> None:
    shared = (Citation(source=Source(id="a", title="A"), paragraph=3),)
    encoder = Encoder()
    texts = [encoder.text(_card(note, shared)) for note in ("one", "other")]
    assert [decode(text).sources for text in texts] == [shared, shared]


def test_values_that_are_only_alike_are_not_taken_for_each_other() -> None:
    encoder = Encoder()
    for number in range(300):  # What is gone may leave its place in memory to the next.
        cited = (Citation(source=Source(id="a", title=f"A {number}"), paragraph=number),)
        assert decode(encoder.text(_card("one", cited))).sources == cited


def test_problems_are_json_that_any_program_reads() -> None:
    problem = Problem(span=Span("a.yaml", 3, 5), severity="error", code="fault", message='"é" \x1b')
    (found,) = json.loads(Encoder().text((problem,)))
    assert (found["is"], found["message"], found["span"]["line"]) == ("Problem", '"é" \x1b', 3)
    assert "hint" not in found


def _card(note: str, cited: tuple[Citation, ...]) -> Card:
    prompt = Prompt(question="Who?", form=Reveal(answer="They."))
    return Card(
        deck="d", note=note, key="card", type="basic", prompt=prompt, span=Span("d", 1, 1), sources=cited
    )
