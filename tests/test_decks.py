"""The shipped decks: sound, cited, and answerable by what they say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from trainer.collection import Checked, check
from trainer.core.deck import Card, Deck
from trainer.core.grading import grade
from trainer.core.normalise import normalise
from trainer.core.prompt import Choose, Reveal, TypeIn
from trainer.core.questions import TYPES
from trainer.deckfiles.folder import find, read
from trainer.deckfiles.reader import read_decks
from trainer.deckfiles.registries import read_registries

FOLDER = Path(__file__).parent.parent / "decks"
DECKS: list[Deck] = [reading.deck for reading in read_decks(find([FOLDER])) if reading.deck]
CARDS: list[Card] = [card for deck in DECKS for card in deck.cards]
ARTICLES = {
    "tensions-escalate",
    "de-facto-frozen",
    "ambassador-recall",
    "friendship-falling-apart",
    "verge-of-leaving",
}


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check([FOLDER])


def words(text: str) -> str:
    return f" {normalise(text)} "


def spellings(card: Card) -> tuple[str, ...]:
    """Every answer that the card takes."""
    form = card.prompt.form
    return (*form.answers, *form.aliases) if isinstance(form, TypeIn) else (form.answer,)


def test_check_finds_nothing(checked: Checked) -> None:
    assert list(map(str, checked.problems)) == []
    assert checked.files == len(DECKS) == 6


def test_there_are_at_least_150_cards_of_every_question_type() -> None:
    assert len(CARDS) >= 150
    assert {card.type for card in CARDS} == set(TYPES)
    assert all(len(deck.cards) >= 15 for deck in DECKS)


def test_every_card_cites_a_paragraph_unless_its_fact_stands_in_a_caption() -> None:
    whole = [card for card in CARDS if not all(cited.paragraph for cited in card.sources)]
    assert [card.id for card in CARDS if not card.sources] == []
    assert [card.id for card in whole if "caption" not in card.prompt.question + card.explanation] == []


def test_all_five_articles_are_cited() -> None:
    assert {cited.source.id for card in CARDS for cited in card.sources} == ARTICLES


def test_ids_are_unique_and_given_by_hand() -> None:
    assert [card for card, count in Counter(card.id for card in CARDS).items() if count > 1] == []
    given = [len(re.findall(r"^  - id: \S+$", path.read_text(), re.M)) for path in FOLDER.glob("[0-9]*.yaml")]
    assert sum(given) == len({(card.deck, card.note) for card in CARDS})


def test_no_two_cards_ask_the_same() -> None:
    questions = Counter(normalise(card.prompt.question) for card in CARDS)
    assert [question for question, count in questions.items() if count > 1] == []


def test_no_question_or_hint_gives_its_answer_away() -> None:
    given_away = [
        (card.id, answer)
        for card in CARDS
        if isinstance(card.prompt.form, TypeIn)
        for answer in spellings(card)
        if words(answer) in words(card.prompt.question) or words(answer) in words(card.hint)
    ]
    assert given_away == []


def test_no_choice_names_its_answer_in_the_question() -> None:
    given_away = [
        card.id
        for card in CARDS
        if isinstance(form := card.prompt.form, Choose)
        and words(form.answer) in words(card.prompt.question)
        and not any(words(other) in words(card.prompt.question) for other in form.distractors)
    ]
    assert given_away == []


def test_every_answer_is_right_by_its_own_grader() -> None:
    wrong = [
        (card.id, answer)
        for card in CARDS
        if not isinstance(card.prompt.form, Reveal)
        for answer in spellings(card)
        if grade(card.prompt.form, answer).kind != "right"
    ]
    assert wrong == []


def test_what_is_typed_in_capitals_or_with_blanks_around_is_right_as_well() -> None:
    typed = [card for card in CARDS if isinstance(card.prompt.form, TypeIn)]
    for card in typed:
        assert grade(card.prompt.form, f"  {spellings(card)[0].upper()}. ").kind == "right", card.id


def test_no_distractor_is_a_spelling_of_the_answer() -> None:
    names = read_registries([], [read(FOLDER / "names.yaml")]).names
    wrong = [
        (card.id, other)
        for card in CARDS
        if isinstance(form := card.prompt.form, Choose)
        for other in form.distractors
        if normalise(other) in map(normalise, (form.answer, *names.other_spellings([form.answer])))
    ]
    assert wrong == []


def test_choices_have_enough_to_choose_from() -> None:
    few = [
        card.id
        for card in CARDS
        if isinstance(form := card.prompt.form, Choose)
        and (len({normalise(other) for other in form.distractors}) < 2 or form.draw < 2)
    ]
    assert few == []


def test_the_first_card_is_about_a_recall() -> None:
    assert "recall" in CARDS[0].prompt.question
    assert not isinstance(CARDS[0].prompt.form, Reveal)


def test_titles_descriptions_and_tags_are_given() -> None:
    assert all(deck.title and deck.description and deck.tags for deck in DECKS)
    assert all(card.tags for card in CARDS)
