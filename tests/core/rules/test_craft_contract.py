"""What every rule keeps, and how notes look to a rule."""

from __future__ import annotations

import re
from dataclasses import replace
from inspect import cleandoc

import pytest
from crafted import note, seen, shelf

from trainer.core.craft import Rule, contains, names_in, words_of
from trainer.core.question import Note
from trainer.core.questions.accounts import Says
from trainer.core.rules import RULES


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_has_a_code_a_severity_and_a_page_with_two_examples(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)
    assert rule.severity == "warning"
    page = cleandoc(rule.__doc__ or "")
    assert page.count("\nBad:\n\n    ") == page.count("\nGood:\n\n    ") == 1
    assert page.index("\nBad:") < page.index("\nGood:")


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_no_rule_minds_a_plain_note_or_an_empty_shelf(rule: Rule) -> None:
    plain = seen(note(question="Which city is the seat of the court?", answer="Riga"))
    assert [*rule.of_note(plain)] == []
    assert [*rule.across(shelf(plain))] == []
    assert [*rule.across(shelf())] == []


def test_a_rule_that_looks_at_nothing_finds_nothing() -> None:
    assert [*Rule().of_note(seen(note()))] == []
    assert [*Rule().across(shelf())] == []


@pytest.mark.parametrize(
    ("of", "asked", "answered"),
    [
        (note(), [("question",)], [("answer",)]),
        (note("reversed", front="A", back="B"), [("front",), ("back",)], [("back",), ("front",)]),
        (note("cloze", text="a {{b}}"), [("text",)], [("text",)]),
        (note("true-false", statement="It is.", answer=True), [("statement",)], [("answer",)]),
        (note("list", question="Who?", answers=("a", "b")), [("question",)], [("answers",)]),
        (
            note(
                "event", who="Armenia", did="left", when="2024", ask={"when": "When was that?"}, skip="what"
            ),
            [("who",), ("ask", "when")],
            [("who",), ("when",)],
        ),
    ],
)
def test_questions_and_answers_have_their_places(
    of: Note, asked: list[tuple[str, ...]], answered: list[tuple[str, ...]]
) -> None:
    look = seen(of)
    assert [look.asked_at(card) for card in look.cards] == asked
    assert [look.answered_at(card) for card in look.cards] == answered


def test_texts_are_all_that_is_asked_and_answered() -> None:
    told = note("match", question="Who?", pairs={"Ann": "Riga", "Bob": ""}, explanation="So.", as_of="2024")
    assert [*seen(told).texts()] == [
        (("question",), "Who?"),
        (("pairs", "Ann"), "Ann"),
        (("pairs", "Bob"), "Bob"),
        (("pairs", "Ann"), "Riga"),
    ]
    assert (("explanation",), "So.") in [*seen(told).texts(asides=True)]


def test_the_event_that_one_answers_is_no_text_and_its_reply_is_what_happened() -> None:
    told = note("event", what="A rise", answers="fall", skip="what")
    look = seen(told)
    assert [*look.texts()] == [(("what",), "A rise")]
    card = seen(note()).cards[0]
    assert look.answered_at(replace(card, key="reply")) == ("what",)
    assert look.asked_at(replace(card, key="reply")) == ("reply",)


def test_texts_of_lists_and_accounts_say_which_item() -> None:
    several = note("list", question="Who?", answers=("Ann", ("Bob", "Rob")))
    assert [*seen(several).texts()][1:] == [
        (("answers", 0), "Ann"),
        (("answers", 1, 0), "Bob"),
        (("answers", 1, 1), "Rob"),
    ]
    accounts = (Says(source="s#1", says="yes"), Says(source="t#1", says=("no", "never")))
    told = [*seen(note("accounts", question="was it?", accounts=accounts)).texts()]
    assert told[1:] == [
        (("accounts", 0, "says"), "yes"),
        (("accounts", 1, "says", 0), "no"),
        (("accounts", 1, "says", 1), "never"),
    ]


@pytest.mark.parametrize(
    ("of", "is_so"),
    [
        (note(), False),
        (note(quote="Go", speaker="he"), True),
        (note("event", what="A rise", according_to="Ann"), True),
    ],
)
def test_a_note_may_say_whose_word_it_is(of: Note, is_so: bool) -> None:
    assert seen(of).attributed is is_so


def test_a_text_contains_words_and_not_letters() -> None:
    assert contains("The parliament of Armenia’s capital", "parliament of Armenia")
    assert not contains("Armenians", "Armenia")
    assert words_of("Armenia's 3 Towns") == ["armenia", "3", "towns"]


def test_names_are_capitalised_words_and_may_begin_a_sentence() -> None:
    told = [*names_in("Who met Ann-Marie's aunt? Bob did: “Yes,” said O’Brien in 1C")]
    assert told == [
        ("Who", True),
        ("Ann-Marie", False),
        ("Bob", True),
        ("Yes", True),
        ("O’Brien", False),
    ]
