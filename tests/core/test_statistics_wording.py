from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statistics_made import TODAY, made_statistics, no_statistics

from trainer.core.cells import cells
from trainer.core.statistics import Confusion, Fact, Kept, Predictions, QuizScore
from trainer.core.statistics_wording import confused, decks_of, how_far_off, known, percent, share_of

FACT = Fact("a/b/c", "a", "Who?", "Me.", 0.884, 1, 2, 1.5)


def test_percentages_are_spelt_in_one_way() -> None:
    assert [percent(share) for share in (None, 0, 0.8949, 0.9, 1)] == ["–", "0 %", "89 %", "90 %", "100 %"]
    assert [share_of(Kept(*counts)) for counts in ((0, 0), (1, 0), (1204, 1044))] == [
        *("–", "0 % of 1", "87 % of 1,204"),
    ]


def test_a_card_that_is_being_learnt_has_no_percentage() -> None:
    assert known(FACT) == "88 %"
    assert known(FACT._replace(learning=True)) == "learning"


def test_the_decks_of_a_test_are_told_by_their_titles_as_far_as_they_have_one() -> None:
    quiz = QuizScore(TODAY, ("capitals", "gone"), 1.0, 2)
    assert decks_of(quiz, {"capitals": "Capitals"}) == "Capitals, gone"
    assert decks_of(quiz._replace(decks=()), {}) == "all decks"


def test_what_was_kept_is_that_of_all_years() -> None:
    made = made_statistics()
    years = [kept for year in made.retention["year"] for kept in (year.young, year.mature)]
    assert made.kept == Kept(sum(kept.reviews for kept in years), sum(kept.passed for kept in years))
    assert made.kept.reviews > made.kept.passed > 0
    assert no_statistics().kept == Kept(0, 0)


def test_a_mean_score_is_of_the_answers_there_are() -> None:
    assert FACT.mean == 0.75
    assert FACT._replace(answers=0).mean is None


def test_how_well_was_predicted_is_a_sentence() -> None:
    assert how_far_off(Predictions(1, 0.25, 0.5, ())) == (
        "how far FSRS's predictions are off, over 1 review: log loss 0.2500, RMSE 0.5000; 0 would be best"
    )


@pytest.mark.parametrize(
    ("said", "meant", "width", "told"),
    [
        ("Minsk", "Yerevan", 60, "you say Minsk for Yerevan ×4"),
        ("Minsk", "the capital of Armenia", 36, "you say Minsk for the capital of… ×4"),
        ("the capital of Belarus", "Yerevan", 36, "you say the capital … for Yerevan ×4"),
        ("\x1b[2J", "東京", 60, "you say ␛[2J for 東京 ×4"),
    ],
)
def test_a_confusion_tells_both_answers_and_how_often(said: str, meant: str, width: int, told: str) -> None:
    assert confused(Confusion(said, meant, 4), width) == told


@given(st.text(max_size=60), st.text(max_size=60), st.integers(1, 10**9), st.integers(40, 90))
def test_a_confusion_keeps_within_its_room(said: str, meant: str, times: int, width: int) -> None:
    line = confused(Confusion(said, meant, times), width)
    assert cells(line) <= width
    assert line.endswith(f" ×{times:,}")
