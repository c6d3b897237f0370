from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.grading import Verdict, difference, grade, kept_score
from trainer.core.prompt import AnswerForm, Choose, Reveal, TypeIn, accepted
from trainer.core.review import Rating

CHAIR = Choose(answer="Belarus", distractors=("Kazakhstan", "Kyrgyzstan"), draw=2)
WHEN = TypeIn(answers=("13 June 2024", "2024-06-13"), aliases=("St Anthony's Day",))


def test_an_answer_kept_in_mind_is_for_the_learner_to_judge() -> None:
    verdict = grade(Reveal(answer="Because."), "")
    assert (verdict.kind, verdict.score, verdict.suggested) == ("unknown", None, Rating.GOOD)


@pytest.mark.parametrize("form", [CHAIR, WHEN, TypeIn(answers=("",)), TypeIn(answers=("!",), aliases=("",))])
@pytest.mark.parametrize("response", ["", " ", "\n\t", "\u00a0", "\u2003"])
def test_an_empty_response_is_never_right(form: AnswerForm, response: str) -> None:
    assert grade(form, response) == Verdict(
        kind="wrong", score=0.0, reason="not answered", suggested=Rating.AGAIN
    )


@given(st.text(alphabet=st.characters(categories=("P", "S", "Z", "Cc", "Cf", "M")), max_size=6))
def test_a_response_without_letters_or_digits_is_never_right(response: str) -> None:
    assert grade(WHEN, response).score != 1.0


def test_the_right_option_is_right_and_any_other_wrong() -> None:
    right = grade(CHAIR, "Belarus")
    assert (right.kind, right.score, right.suggested) == ("right", 1.0, Rating.GOOD)
    wrong = grade(CHAIR, "Kazakhstan")
    assert (wrong.kind, wrong.score, wrong.suggested) == ("wrong", 0.0, Rating.AGAIN)


@pytest.mark.parametrize("response", ["13 June 2024", "13 june, 2024.", " 2024-06-13 "])
def test_any_of_the_answers_is_right(response: str) -> None:
    assert grade(WHEN, response) == Verdict(kind="right", score=1.0, reason="right", suggested=Rating.GOOD)


def test_an_alias_is_right_and_is_called_another_spelling() -> None:
    verdict = grade(WHEN, "st. anthony’s day")
    assert (verdict.kind, verdict.score, verdict.reason) == ("right", 1.0, "right, by another spelling")


def test_any_other_text_is_left_to_the_learner_and_compared_with_the_answer_shown() -> None:
    verdict = grade(WHEN, "12 June 2024")
    assert (verdict.kind, verdict.score, verdict.suggested) == ("unknown", None, Rating.AGAIN)
    assert verdict.reason == "“12” instead of “13”; you judge"


@pytest.mark.parametrize(
    ("given", "answer", "words"),
    [
        ("12 June 2024", "13 June 2024", "“12” instead of “13”"),
        ("June 2024", "13 June 2024", "“13” is missing"),
        ("13 of June 2024", "13 June 2024", "“of” is too much"),
        ("the 12 june", "13 June 2024", "“the 12” instead of “13”, “2024” is missing"),
        ("Minsk", "Yerevan", "not the answer as written"),
        ("10 2", "102", "not the answer as written"),
        ("JUNE", "june", "not the answer as written"),
    ],
)
def test_a_difference_is_told_word_by_word(given: str, answer: str, words: str) -> None:
    assert difference(given, answer) == words


@pytest.mark.parametrize("rating", list(Rating))
@pytest.mark.parametrize("score", [None, 0.0, 0.5, 1.0])
def test_the_learners_rating_outweighs_the_machine(score: float | None, rating: Rating) -> None:
    suggested = Rating.GOOD if score else Rating.AGAIN
    verdict = Verdict(kind="unknown", score=score, reason="", suggested=suggested)
    passed = rating is not Rating.AGAIN
    agreed = score is not None and passed == (suggested is Rating.GOOD)
    assert kept_score(verdict, rating) == (score if agreed else float(passed))


def test_a_partial_score_stays_where_the_learner_agrees() -> None:
    partly = Verdict(kind="wrong", score=0.6, reason="", suggested=Rating.AGAIN)
    assert kept_score(partly, Rating.AGAIN) == 0.6
    assert kept_score(partly, Rating.GOOD) == 1.0


def test_what_counts_as_right_has_no_respellings() -> None:
    assert accepted(WHEN) == ("13 June 2024", "2024-06-13")
    assert WHEN.answer == "13 June 2024"
    assert accepted(CHAIR) == ("Belarus",)
    assert accepted(Reveal(answer="Because.")) == ("Because.",)
