from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.grading import RatingRules, Verdict, VerdictKind, grade, kept_score, unclear
from trainer.core.grading.verdict import Judgement, partly, suggest
from trainer.core.prompt import AnswerForm, Choose, Reveal, Text, TypeIn, accepted
from trainer.core.review import Rating

CHAIR = Choose(answers=("Belarus",), distractors=("Kazakhstan", "Kyrgyzstan"), draw=2)
WHEN = TypeIn(expected=Text(answers=("13 June 2024", "2024-06-13"), aliases=("St Anthony's Day",)))


def test_an_answer_kept_in_mind_is_for_the_learner_to_judge() -> None:
    verdict = grade(Reveal(answer="Because."), "")
    assert (verdict.kind, verdict.score, verdict.suggested) == ("unknown", None, Rating.GOOD)


@pytest.mark.parametrize(
    "form",
    [CHAIR, WHEN, TypeIn(expected=Text(answers=("",))), TypeIn(expected=Text(answers=("!",), aliases=("",)))],
)
@pytest.mark.parametrize("response", ["", " ", "\n\t", "\u00a0", "\u2003"])
def test_an_empty_response_is_never_right(form: AnswerForm, response: str) -> None:
    assert grade(form, response) == Verdict(
        kind="unknown", score=0.0, reason="not answered", suggested=Rating.AGAIN
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


def test_an_answer_kept_in_mind_may_be_typed_and_is_right_if_it_is_the_one() -> None:
    form = Reveal(answer="Because it was.")
    assert grade(form, "because it was").kind == "right"
    for response in ("dunno", "because it was " * 200, "?"):
        assert (grade(form, response).kind, grade(form, response).score) == ("unknown", None)


def test_nothing_is_asked_back_about_words_and_picks() -> None:
    assert {unclear(form, "31 February") for form in (CHAIR, WHEN, Reveal(answer="x"))} == {""}


RULES = RatingRules(easy_within=3, hard_after=20)


@pytest.mark.parametrize(
    ("kind", "score", "milliseconds", "rules", "rating"),
    [
        ("right", 1.0, 0, RatingRules(), Rating.GOOD),
        ("right", 1.0, 1, RatingRules(), Rating.GOOD),
        ("right", 1.0, 60_000, RatingRules(), Rating.GOOD),
        ("right", 1.0, 60_001, RatingRules(), Rating.HARD),
        ("right", 1.0, 10**9, RatingRules(hard_after=0), Rating.GOOD),
        ("right", 1.0, 3000, RULES, Rating.EASY),
        ("right", 1.0, 3001, RULES, Rating.GOOD),
        ("right", 1.0, 0, RULES, Rating.GOOD),
        ("right", 1.0, 20_001, RULES, Rating.HARD),
        ("right", 1.0, 2000, RatingRules(easy_within=3, hard_after=1), Rating.HARD),
        ("near", 0.8, 2000, RULES, Rating.HARD),
        ("near", 0.95, 2000, RULES, Rating.HARD),
        ("near", 0.8, 2000, RatingRules(hard_from=0.85), Rating.AGAIN),
        ("partial", 0.9, 2000, RULES, Rating.GOOD),
        ("partial", 0.89, 2000, RULES, Rating.HARD),
        ("partial", 0.6, 2000, RULES, Rating.HARD),
        ("partial", 0.59, 2000, RULES, Rating.AGAIN),
        ("partial", 0.59, 2000, RatingRules(good_from=0.5, hard_from=0.3), Rating.GOOD),
        ("wrong", 0.0, 2000, RULES, Rating.AGAIN),
        ("unknown", 0.0, 2000, RULES, Rating.AGAIN),
        ("unknown", None, 2000, RULES, Rating.GOOD),
        ("unknown", None, 21_000, RULES, Rating.HARD),
    ],
)
def test_a_score_and_the_time_taken_suggest_a_rating(
    kind: VerdictKind, score: float | None, milliseconds: int, rules: RatingRules, rating: Rating
) -> None:
    judgement = Judgement(kind=kind, score=score, reason="")
    assert suggest(judgement, milliseconds, rules) is rating


def test_the_rules_and_the_time_reach_the_verdict() -> None:
    assert grade(CHAIR, "Belarus", milliseconds=2000, rules=RULES).suggested is Rating.EASY
    assert grade(CHAIR, "Belarus", milliseconds=30_000, rules=RULES).suggested is Rating.HARD


def test_part_of_nothing_is_wrong() -> None:
    assert partly(0.0, "0 of 3").kind == "wrong"
    assert partly(0.1, "1 of 10").kind == "partial"


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
