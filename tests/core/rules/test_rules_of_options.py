"""Rules on the options of a choice."""

from __future__ import annotations

import pytest
from crafted import across, note, places, seen, shelf

from trainer.core.question import Note


def choice(answer: str | tuple[str, ...], *distractors: str, question: str = "Which is it?") -> Note:
    return note("choice", question=question, answer=answer, distractors=distractors)


# two-right-options


@pytest.mark.parametrize(
    ("of", "where"),
    [
        (choice("the parliament of Armenia", "a summit", "the parliament"), ("distractors", 1)),
        (choice(("a summit in Minsk", "Ann"), "a summit"), ("distractors", 0)),
        (note("typed", answer="the parliament of Armenia", distractors="parliament"), ("distractors",)),
    ],
)
def test_a_distractor_that_the_answer_contains_is_found(of: Note, where: tuple[str | int, ...]) -> None:
    assert places("two-right-options", of) == [where]


@pytest.mark.parametrize(
    "of",
    [
        choice("acting prime minister", "prime minister"),
        choice("the parliament of Armenia", "the parliament of Belarus"),
        choice("12 to 14 June", "12"),
        choice("Armenia", "Armenia and Belarus"),
        note(),
    ],
)
def test_a_distractor_of_another_meaning_is_not_found(of: Note) -> None:
    assert places("two-right-options", of) == []


def test_a_distractor_that_is_right_by_another_card_is_found() -> None:
    one = seen(choice("Ann", "Bob", "Eve", question="Who left?"))
    other = seen(note("typed", question="Who left?", answer="Bob"), deck="other")
    assert across("two-right-options", shelf(one, other)) == [("deck.yaml", "n", ("question",))]


def test_an_option_that_is_drawn_counts_as_well() -> None:
    drawn = seen(note("typed", question="Which country left?", answer="Armenia"))
    other = seen(
        note("typed", question="Which country left?", answer="Belarus", distractors=("x", "y")), deck="o"
    )
    assert across("two-right-options", shelf(drawn, other)) == [("deck.yaml", "n", ("question",))]


def test_options_of_other_questions_do_not_count() -> None:
    one = seen(choice("Ann", "Bob", question="Who left?"))
    other = seen(choice("Bob", "Ann", question="Who stayed?"), deck="other")
    third = seen(note(question="Who left?", answer="Nobody."), deck="third")
    judged = seen(note("true-false", statement="It is.", answer=True))
    judged_too = seen(note("true-false", statement="It is.", answer=False, correction="No."), deck="other")
    ordered = seen(note("order", question="Who left?", items=("Bob", "Ann")), deck="fourth")
    assert across("two-right-options", shelf(one, other, third, ordered, judged, judged_too)) == []


# odd-option


@pytest.mark.parametrize(
    ("of", "where"),
    [
        (choice("Armenia", "Belarus", "Minsk"), ("distractors", 1)),
        (choice("Armenia", "Belarus", "June 2024"), ("distractors", 1)),
        (choice("12 June", "14 June", "nobody"), ("distractors", 1)),
        (choice("1992", "30 states", "1994"), ("distractors", 0)),
        (choice(("Armenia", "Russia"), "1994"), ("distractors", 0)),
    ],
)
def test_a_distractor_of_another_kind_is_found(of: Note, where: tuple[str | int, ...]) -> None:
    assert places("odd-option", of) == [where]


@pytest.mark.parametrize(
    "of",
    [
        choice("Armenia", "Belarus", "Turkey", "nobody at all"),
        choice("12 June", "June 14", "the 3rd June 2024", "before 14 May"),
        choice("2018 to 2022", "2012-13", "in 2020", "between 1992 and 1994"),
        choice("30%", "$40", "1,000 people"),
        choice(("Armenia", "Minsk"), "1994"),
        note("typed", answer="Armenia"),
        note(),
    ],
)
def test_distractors_of_one_kind_or_of_no_known_one_are_not_found(of: Note) -> None:
    assert places("odd-option", of) == []


# telling-option


@pytest.mark.parametrize(
    ("of", "where"),
    [
        (choice("x" * 61, "y" * 30, "z" * 10), ("answer",)),
        (choice("ox", "cow", "dog", question="The animal is an"), ("question",)),
        (choice("unicorn", "ox", "eel", question="It rides on a …?"), ("question",)),
    ],
)
def test_a_right_option_that_looks_right_is_found(of: Note, where: tuple[str, ...]) -> None:
    assert places("telling-option", of) == [where]


@pytest.mark.parametrize(
    "of",
    [
        choice("x" * 60, "y" * 30, "z" * 10),
        choice("x" * 24, "y" * 5, "z"),
        choice("x" * 90, "y"),
        choice(("x" * 90, "x"), "y", "z"),
        choice("ox", "cow", "eel", question="The animal is an"),
        choice("FBI agent", "cow", question="He is an"),
        choice("ox", "cow", question="The animal is a(n)"),
        note(question="It is an"),
        note("typed", question="It is an", answer="ox"),
    ],
)
def test_a_right_option_that_looks_like_others_is_not_found(of: Note) -> None:
    assert places("telling-option", of) == []
