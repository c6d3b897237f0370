"""The shipped decks: sound, cited, and answerable by what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from trainer.collection import Checked
from trainer.collection.checking import check
from trainer.core.deck import Card, Deck
from trainer.core.grading import grade
from trainer.core.grading.quantity import read_number
from trainer.core.normalise import normalise
from trainer.core.partial_date import MONTHS, iso
from trainer.core.prompt import (
    AnswerForm,
    Arrange,
    Choose,
    Date,
    Items,
    Number,
    Pair,
    Reveal,
    Text,
    TypeIn,
    accepted,
)
from trainer.core.questions import TYPES
from trainer.deckfiles.folder import find, read
from trainer.deckfiles.reader import read_decks
from trainer.deckfiles.registries import read_registries

FOLDER = Path(__file__).parent.parent / "decks"
DECKS: list[Deck] = [reading.deck for reading in read_decks(find([FOLDER])) if reading.deck]
CARDS: list[Card] = [card for deck in DECKS for card in deck.cards]
PARAGRAPHS = {
    "tensions-escalate": 14,
    "de-facto-frozen": 38,
    "ambassador-recall": 11,
    "friendship-falling-apart": 15,
    "verge-of-leaving": 19,
}
"""How many numbered paragraphs each article has."""

ANNOUNCE_ONLY = {("friendship-falling-apart", 2)}
"""Paragraphs that state no fact, but only what the article is going to tell."""


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check([FOLDER])


def words(text: str) -> str:
    return f" {normalise(text)} "


def texts(form: AnswerForm) -> tuple[Text, ...]:
    """The words that are to be typed, each in all its spellings."""
    if not isinstance(form, TypeIn):
        return ()
    expected = form.expected
    return (
        (expected,) if isinstance(expected, Text) else expected.items if isinstance(expected, Items) else ()
    )


def spellings(form: AnswerForm) -> tuple[str, ...]:
    """Every response that is right, as far as it can be listed."""
    if isinstance(form, TypeIn) and isinstance(form.expected, Text):
        return (*form.expected.answers, *form.expected.aliases)
    if isinstance(form, TypeIn) and isinstance(form.expected, Items):
        items = form.expected.items
        others = (
            "; ".join(spelling if one is item else one.answers[0] for one in items)
            for item in items
            for spelling in (*item.answers, *item.aliases)
        )
        return (*accepted(form), *others)
    return accepted(form)


def graded_forms() -> Iterator[tuple[Card, AnswerForm]]:
    """Every form with a grader in which a card may be asked."""
    for card in CARDS:
        for form in (card.prompt.form, *card.also):
            if not isinstance(form, Reveal):
                yield card, form


def told(card: Card) -> str:
    """What a learner reads before the answer, the words to compare it with."""
    return words(f"{card.prompt.question}\n{card.hint}")


def asked(card: Card) -> tuple[str, frozenset[str]]:
    """What tells a card from all others: its question, and what is compared where that is part of it."""
    form = card.prompt.form
    compared: tuple[str, ...] = ()
    if card.key in ("first", "order"):
        compared = form.items if isinstance(form, Arrange) else ()
        compared = (*form.answers, *form.distractors) if isinstance(form, Choose) else compared
    return normalise(card.prompt.question), frozenset(map(normalise, compared))


def giveaways(form: AnswerForm) -> tuple[str, ...]:
    """What must not stand in a question or hint."""
    if isinstance(form, Arrange):
        return form.items
    if isinstance(form, Pair):
        return tuple(side for pair in form.pairs for side in pair)
    if isinstance(form, TypeIn) and isinstance(form.expected, Date):
        asked = iso(form.expected.value)
        assert asked is not None
        if asked.day is not None:
            return (str(asked.day), form.answer)
        return (MONTHS[asked.month - 1],) if asked.month is not None else (str(asked.year),)
    return tuple(spelling for text in texts(form) for spelling in (*text.answers, *text.aliases))


def quiz_options(card: Card) -> Iterator[str]:
    """Every wrong option that the card may be shown with."""
    for form in (card.prompt.form, *card.also):
        if isinstance(form, Choose):
            yield from form.distractors


def test_check_finds_nothing(checked: Checked) -> None:
    assert list(map(str, checked.problems)) == []
    assert checked.files == len(DECKS) == 6


def test_there_are_at_least_300_cards_of_every_question_type() -> None:
    assert len(CARDS) >= 300
    assert {card.type for card in CARDS} == set(TYPES)
    assert all(len(deck.cards) >= 15 for deck in DECKS)


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("number", 10),
        ("list", 8),
        ("order", 6),
        ("match", 5),
        ("true-false", 10),
        ("cloze", 15),
    ],
)
def test_no_type_is_there_for_show(kind: str, least: int) -> None:
    assert Counter(card.type for card in CARDS)[kind] >= least


def test_dates_are_typed_as_exactly_as_they_are_known() -> None:
    dated = [
        iso(form.expected.value)
        for card in CARDS
        if isinstance(form := card.prompt.form, TypeIn) and isinstance(form.expected, Date)
    ]
    precisions = Counter(sum(part is not None for part in when) for when in dated if when)
    assert precisions[1] >= 5 and precisions[2] >= 5 and precisions[3] >= 10


def test_several_choices_ask_for_every_right_option() -> None:
    several = [card for card in CARDS if isinstance(form := card.prompt.form, Choose) and form.several]
    assert len(several) >= 4


def test_statements_are_true_as_well_as_false() -> None:
    assert {card.prompt.form.answer for card in CARDS if card.type == "true-false"} == {"True", "False"}


def test_every_card_cites_a_paragraph_unless_its_fact_stands_in_a_caption() -> None:
    alone = [card for card in CARDS if card.key not in ("order", "first")]
    whole = [card for card in alone if not all(cited.paragraph for cited in card.sources)]
    assert [card.id for card in CARDS if not card.sources] == []
    assert [card.id for card in whole if "caption" not in card.prompt.question + card.explanation] == []


def test_all_five_articles_are_cited() -> None:
    assert {cited.source.id for card in CARDS for cited in card.sources} == PARAGRAPHS.keys()


def test_every_paragraph_that_states_a_fact_is_cited() -> None:
    cited = {(cited.source.id, cited.paragraph) for card in CARDS for cited in card.sources}
    numbered = {(source, number + 1) for source, count in PARAGRAPHS.items() for number in range(count)}
    assert numbered - cited == ANNOUNCE_ONLY
    assert {paragraph for paragraph in cited if paragraph[1]} <= numbered


def test_ids_are_unique_and_given_by_hand() -> None:
    assert [card for card, count in Counter(card.id for card in CARDS).items() if count > 1] == []
    given = [len(re.findall(r"^  - id: \S+$", path.read_text(), re.M)) for path in FOLDER.glob("[0-9]*.yaml")]
    assert sum(given) == len({(card.deck, card.note) for card in CARDS})


def test_no_two_cards_ask_the_same() -> None:
    questions = Counter(asked(card) for card in CARDS)
    assert [question for question, count in questions.items() if count > 1] == []


def test_no_two_cards_order_or_pair_the_same() -> None:
    kept = [
        frozenset(giveaways(card.prompt.form))
        for card in CARDS
        if isinstance(card.prompt.form, Arrange | Pair)
    ]
    assert [each for each, count in Counter(kept).items() if count > 1] == []


def test_no_question_or_hint_gives_its_answer_away() -> None:
    given_away = [
        (card.id, text) for card in CARDS for text in giveaways(card.prompt.form) if words(text) in told(card)
    ]
    assert given_away == []


def test_no_question_or_hint_has_the_number_that_it_asks_for() -> None:
    given_away = [
        (card.id, word)
        for card in CARDS
        if isinstance(card.prompt.form, TypeIn) and isinstance(asked := card.prompt.form.expected, Number)
        for word in re.findall(r"[\w,.%$]+", f"{card.prompt.question} {card.hint}")
        if (read := read_number(word)) is not None
        and (own := read_number(asked.value, asked.unit)) is not None
        and read.value == own.value
    ]
    assert given_away == []


def test_no_choice_names_its_answer_in_the_question() -> None:
    given_away = [
        (card.id, answer)
        for card in CARDS
        if isinstance(form := card.prompt.form, Choose)
        for answer in form.answers
        if words(answer) in told(card) and not any(words(other) in told(card) for other in form.distractors)
    ]
    assert given_away == []


def test_every_answer_is_right_by_its_own_grader() -> None:
    wrong = [
        (card.id, answer)
        for card, form in graded_forms()
        for answer in spellings(form)
        if grade(form, answer).score != 1
    ]
    assert wrong == []


def test_what_a_quiz_offers_as_right_is_right_by_the_cards_own_grader() -> None:
    wrong = [
        (card.id, answer)
        for card in CARDS
        for form in card.also
        for answer in accepted(form)
        if grade(card.prompt.form, answer).score != 1
    ]
    assert wrong == []


def test_what_is_typed_in_capitals_or_with_blanks_around_is_right_as_well() -> None:
    wrong = [
        (card.id, typed)
        for card, form in graded_forms()
        for answer in spellings(form)
        for typed in (f"  {answer.upper()}. ", f"\t{answer.lower()} ")
        if grade(form, typed).score != 1
    ]
    assert wrong == []


def test_no_distractor_is_right_or_nearly_right() -> None:
    right = [
        (card.id, other)
        for card in CARDS
        for other in quiz_options(card)
        if grade(card.prompt.form, other).score != 0
    ]
    assert right == []


def test_no_distractor_is_a_spelling_of_an_answer() -> None:
    names = read_registries([], [read(FOLDER / "names.yaml")]).names
    wrong = [
        (card.id, other)
        for card in CARDS
        for form in (card.prompt.form, *card.also)
        if isinstance(form, Choose)
        for other in form.distractors
        if normalise(other) in map(normalise, (*form.answers, *names.other_spellings(form.answers)))
    ]
    assert wrong == []


def test_choices_have_enough_to_choose_from() -> None:
    few = [
        card.id
        for card in CARDS
        for form in (card.prompt.form, *card.also)
        if isinstance(form, Choose)
        and card.type != "true-false"
        and card.type != "accounts"
        and card.key != "first"
        and (len({normalise(other) for other in form.distractors}) < 2 or form.draw < 2)
    ]
    assert few == []


def test_false_statements_are_put_right() -> None:
    false = [card for card in CARDS if card.type == "true-false" and card.prompt.form.answer == "False"]
    assert [card.id for card in false if not card.explanation] == []


def test_the_first_card_is_about_a_recall() -> None:
    assert "recall" in CARDS[0].prompt.question
    assert not isinstance(CARDS[0].prompt.form, Reveal)


def test_titles_descriptions_and_tags_are_given() -> None:
    assert all(deck.title and deck.description and deck.tags for deck in DECKS)
    assert all(card.tags for card in CARDS)


# Events and accounts


def test_events_and_accounts_are_the_bulk_of_the_story() -> None:
    notes = Counter(card.type for card in {(card.deck, card.note): card for card in CARDS}.values())
    assert notes["event"] >= 40
    assert notes["accounts"] >= 10
    assert all(deck.events for deck in DECKS)


def test_no_event_tells_in_its_question_what_is_to_be_revealed() -> None:
    given_away = [
        (card.id, answer)
        for card in CARDS
        if card.key in ("who", "whom", "where", "what", "reply") and isinstance(card.prompt.form, Reveal)
        for answer in card.prompt.form.answer.split("; ")
        if words(answer) in told(card)
    ]
    assert given_away == []


def test_no_line_of_an_event_tells_its_year() -> None:
    events = [event for deck in DECKS for event in deck.events if event.when]
    assert [event.id for event in events if event.when[:4] in event.what] == []


def test_replies_come_after_what_they_answer() -> None:
    events = {event.id: event for deck in DECKS for event in deck.events}
    replies = [(event, events[f"{event.deck}/{event.answers}"]) for event in events.values() if event.answers]
    assert len(replies) >= 5
    assert [
        one.id for one, other in replies if one.when and other.when and one.when < other.when[: len(one.when)]
    ] == []


def test_what_another_source_says_is_told_apart_and_not_right() -> None:
    others = [
        (card, form, other)
        for card, form in graded_forms()
        if isinstance(form, TypeIn | Choose)
        for other in form.elsewhere
    ]
    assert len(others) >= 10
    for card, form, other in others:
        verdict = grade(form, other.expected.answer)
        assert verdict.score != 1, card.id
        assert verdict.score != 0 or other.by in verdict.reason, card.id


def test_superseded_cards_name_a_note_of_their_deck() -> None:
    notes = {(card.deck, card.note) for card in CARDS}
    assert all((card.deck, card.superseded_by) in notes for card in CARDS if card.superseded_by)
