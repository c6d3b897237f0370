from __future__ import annotations

import pytest

from trainer.core.grading import grade
from trainer.core.names import Names
from trainer.core.prompt import Choose, TypeIn
from trainer.core.prompt import Number as ExpectedNumber
from trainer.core.questions.number import Number


def note(answer: str, *, unit: str = "", tolerance: str = "", question: str = "How many?") -> Number:
    return Number(question=question, answer=answer, unit=unit, tolerance=tolerance)


def faults(given: Number) -> list[tuple[str, str]]:
    found = list(given.faults(Names()))
    assert all(fault.severity == "error" and fault.hint for fault in found)
    return [(fault.field, fault.message) for fault in found]


def options_of(given: Number) -> tuple[str, ...]:
    assert not faults(given)
    (draft,) = given.drafts(Names())
    (form,) = draft.also
    assert isinstance(form, Choose)
    assert form.answers == (draft.prompt.form.answer,)
    assert form.draw == 3
    return form.distractors


def test_a_number_is_asked_as_it_is_written() -> None:
    given = note("598,000", unit="dollars", tolerance="5%")
    assert not faults(given)
    (draft,) = given.drafts(Names())
    form = TypeIn(expected=ExpectedNumber(value="598,000", unit="dollars", tolerance="5%"))
    assert draft.prompt.form == form
    assert grade(form, "$598,000").kind == "right"


@pytest.mark.parametrize(
    ("answer", "unit"),
    [
        ("six", ""),
        ("1.5 million", ""),
        ("$598,000", ""),
        ("66", "%"),
        ("36", "howitzers"),
        ("5 m", ""),
        ("5", "m"),
    ],
)
def test_a_number_may_be_in_words_and_with_any_unit(answer: str, unit: str) -> None:
    assert not faults(note(answer, unit=unit))


@pytest.mark.parametrize(
    ("answer", "unit", "message"),
    [
        ("$598,000", "EUR", "the answer '$598,000' has a unit of its own beside 'EUR'"),
        ("66%", "%", "the answer '66%' has a unit of its own beside '%'"),
        ("598", "thousand dollars", "'thousand dollars' is not a unit"),
        ("5", "of 2024", "'of 2024' is not a unit"),
    ],
)
def test_a_unit_is_given_once_and_is_nothing_but_a_unit(answer: str, unit: str, message: str) -> None:
    assert faults(note(answer, unit=unit)) == [("unit", message)]


@pytest.mark.parametrize("answer", ["many", "13 June 2024", "5 or 6"])
def test_an_answer_that_is_no_number_is_refused(answer: str) -> None:
    assert faults(note(answer, unit="km")) == [("answer", f"{answer!r} is not a number")]


@pytest.mark.parametrize("tolerance", ["5", "0", "5%", "1,000", "0.5 %", "at most 5"])
def test_a_tolerance_is_a_number_or_a_share(tolerance: str) -> None:
    assert not faults(note("598,000", tolerance=tolerance))


@pytest.mark.parametrize("tolerance", ["some", "-1", "5 km", "5 m", " "])
def test_a_tolerance_that_is_neither_a_number_nor_a_share_is_refused(tolerance: str) -> None:
    message = f"the tolerance {tolerance!r} is not a number or a share"
    assert faults(note("598,000", unit="m", tolerance=tolerance)) == [("tolerance", message)]


def test_everything_wrong_with_a_number_is_said_at_once() -> None:
    assert [field for field, _ in faults(note("many", tolerance="few"))] == ["answer", "tolerance"]
    assert [field for field, _ in faults(note("5%", unit="km", tolerance="few"))] == ["unit", "tolerance"]


def test_a_quiz_asks_for_a_number_among_others_near_by() -> None:
    assert options_of(note("$598,000"))[:2] == ("$498,000", "$698,000")
    assert options_of(note("36", unit="howitzers"))[:2] == ("26 howitzers", "46 howitzers")
    assert options_of(note("6"))[:4] == ("5", "7", "4", "8")


def test_a_number_within_the_tolerance_is_no_option() -> None:
    assert options_of(note("6", tolerance="1"))[:2] == ("4", "8")
    assert options_of(note("66%", tolerance="20%"))[:2] == ("46%", "86%")


def test_a_number_that_the_question_mentions_is_no_option() -> None:
    assert "56%" in options_of(note("66", unit="%"))
    assert "56%" not in options_of(note("66", unit="%", question="How many, after 56%?"))


def test_no_option_is_more_than_a_whole_where_the_answer_is_a_share_of_it() -> None:
    assert options_of(note("90", unit="per cent")) == tuple(f"{n} per cent" for n in (80, 100, 70, 60, 50))
    assert "140%" in options_of(note("120%"))


def test_a_number_in_words_is_not_asked_as_a_choice() -> None:
    (draft,) = note("six").drafts(Names())
    assert not draft.also
