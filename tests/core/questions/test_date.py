from __future__ import annotations

import pytest

from trainer.core.names import Names
from trainer.core.prompt import Choose, TypeIn
from trainer.core.prompt import Date as ExpectedDate
from trainer.core.question import Draft
from trainer.core.questions.date import Date


def draft_of(answer: str, question: str = "When?") -> Draft:
    (draft,) = Date(question=question, answer=answer).drafts(Names())
    return draft


def options_of(answer: str, question: str = "When?") -> tuple[str, ...]:
    (form,) = draft_of(answer, question).also
    assert isinstance(form, Choose)
    assert form.draw == 3
    return form.distractors


def expected(answer: str, question: str = "When?") -> ExpectedDate:
    form = draft_of(answer, question).prompt.form
    assert isinstance(form, TypeIn)
    assert isinstance(form.expected, ExpectedDate)
    return form.expected


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("2024-06-13", "2024-06-13"),
        ("2024-06", "2024-06"),
        ("2024", "2024"),
        ("13 June 2024", "2024-06-13"),
        ("June 2024", "2024-06"),
        ("Thursday, 13 June 2024", "2024-06-13"),
        ("13/06/2024", "2024-06-13"),
        ("06/06/2024", "2024-06-06"),
        ("2 January 0456", "0456-01-02"),
    ],
)
def test_a_date_is_kept_in_one_form_however_it_is_written(answer: str, value: str) -> None:
    assert not list(Date(question="When?", answer=answer).faults(Names()))
    assert expected(answer) == ExpectedDate(value=value)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("yesterday", "'yesterday' is not a date"),
        ("13 Septmber 2024", "'13 Septmber 2024' is not a date"),
        ("2024-02-30", "'2024-02-30' is not in the calendar"),
        ("06/12/2024", "'06/12/2024' can be 6 December 2024 or 12 June 2024"),
        ("13 June", "'13 June' has no year"),
        ("13", "'13' has no year"),
        ("Monday, 13 June 2024", "'Monday, 13 June 2024' was another day of the week"),
    ],
)
def test_an_answer_is_one_date_with_its_year(answer: str, message: str) -> None:
    (fault,) = Date(question="When?", answer=answer).faults(Names())
    assert (fault.field, fault.message, fault.severity) == ("answer", message, "error")
    assert "2024-06-13" in fault.hint


@pytest.mark.parametrize(
    ("answer", "question", "implied"),
    [
        ("2024-06-13", "When?", ""),
        ("2024-06-13", "When in 2024?", "2024"),
        ("2024-06-13", "When in June 2024?", "2024-06"),
        ("2024-06-13", "When in June?", ""),
        ("2024-06-13", "When in May 2024?", "2024"),
        ("2024-05-13", "When in 2024, if one may ask?", "2024"),
        ("2024-06-13", "Which of 12024 days, or 2024s?", ""),
        ("2024-06-13", "When, of 2023-2024?", "2024"),
        ("2024-06", "When in June 2024?", "2024"),
        ("2024", "Which year, 2024?", ""),
    ],
)
def test_what_the_question_tells_is_implied_but_never_the_whole_answer(
    answer: str, question: str, implied: str
) -> None:
    assert expected(answer, question).implied == implied


def test_a_quiz_asks_for_a_date_among_others_near_by_in_words() -> None:
    draft = draft_of("2024-06-13")
    assert draft.also[0].answer == draft.prompt.form.answer == "13 June 2024"
    days = options_of("2024-06-13")
    assert {"12 June 2024", "14 June 2024", "13 May 2024"} <= set(days)
    assert "13 June 2024" not in days
    assert len(days) == 12
    assert options_of("2024-06")[:2] == ("May 2024", "July 2024")
    assert options_of("2024")[:2] == ("2023", "2025")


def test_dates_near_by_agree_with_what_the_question_tells() -> None:
    assert all(day.endswith(" June 2024") for day in options_of("2024-06-13", "When in June 2024?"))
    assert all(day.endswith(" 2024") for day in options_of("2024-06-13", "When in 2024?"))
    assert all(" June " in day for day in options_of("2024-06-13", "When in June?"))
    assert all(day.startswith("June ") for day in options_of("2024-06", "In June of which year?"))


def test_a_date_that_the_question_mentions_is_no_option() -> None:
    assert "12 June 2024" not in options_of("2024-06-13", "When, after what was said on 12 June 2024?")
    assert "2023" not in options_of("2024", "When, if it had begun in 2023?")


def test_a_month_that_the_question_tells_in_full_is_not_asked_as_a_choice() -> None:
    assert not draft_of("2024-06", "When in June 2024?").also
