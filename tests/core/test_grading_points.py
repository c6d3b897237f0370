from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.grading import Part, RatingRules, VerdictKind, grade
from trainer.core.prompt import SEPARATOR, Choose, Reveal, only_revealed
from trainer.core.review import Rating

ARMS, SPEECH, CANNON = "Arms sold to Azerbaijan", "a speech in Minsk", "howitzers sent in 2018"
WHY = Reveal(answer="Over arms, a speech and howitzers.", points=(ARMS, SPEECH, CANNON))
ALIKE = Reveal(answer="Both.", points=("War", "war!"))


@pytest.mark.parametrize(
    ("response", "kind", "score", "reason"),
    [
        (SEPARATOR.join(WHY.points), "right", 1.0, "3 of 3 points"),
        (f"{CANNON}; {ARMS};{SPEECH};", "right", 1.0, "3 of 3 points"),
        ("over arms, a speech and howitzers", "right", 1.0, "3 of 3 points"),
        (f"{ARMS}; {CANNON}", "partial", 2 / 3, "2 of 3 points"),
        ("HOWITZERS sent in 2018!", "partial", 1 / 3, "1 of 3 points"),
        (f"{ARMS}\n{ARMS}", "partial", 1 / 3, "1 of 3 points"),
        ("", "unknown", 0.0, "none of 3 points"),
        (" \n", "unknown", 0.0, "none of 3 points"),
        ("howitzers sent in 2019", "unknown", None, ""),
        (f"{ARMS}; and more", "unknown", None, ""),
        (";", "unknown", None, ""),
        (f"{ARMS}; " * 500, "unknown", None, ""),
    ],
    ids=lambda value: str(value)[:30],
)
def test_each_point_ticked_earns_its_share(
    response: str, kind: VerdictKind, score: float | None, reason: str
) -> None:
    verdict = grade(WHY, response)
    assert (verdict.kind, verdict.reason) == (kind, reason)
    assert verdict.score == (None if score is None else pytest.approx(score))


def test_the_parts_are_the_points_in_their_order() -> None:
    assert grade(WHY, f"{CANNON}; {ARMS}").parts == (
        Part(text=ARMS, score=1.0, note="had"),
        Part(text=SPEECH, score=0.0, note="missed"),
        Part(text=CANNON, score=1.0, note="had"),
    )
    assert [part.note for part in grade(WHY, "").parts] == ["missed"] * 3
    assert [part.note for part in grade(WHY, WHY.answer).parts] == ["had"] * 3
    assert grade(WHY, "something else").parts == ()


@pytest.mark.parametrize(
    ("count", "rating"), [(0, Rating.AGAIN), (1, Rating.AGAIN), (2, Rating.HARD), (3, Rating.GOOD)]
)
def test_the_share_of_points_suggests_the_rating(count: int, rating: Rating) -> None:
    assert grade(WHY, SEPARATOR.join(WHY.points[:count])).suggested is rating


def test_a_slow_reason_is_hard_though_all_of_it_was_there() -> None:
    verdict = grade(WHY, WHY.answer, milliseconds=30_000, rules=RatingRules(hard_after=20))
    assert (verdict.suggested, verdict.reason) == (Rating.HARD, "3 of 3 points, after 30 s")


def test_a_point_may_contain_what_separates_points() -> None:
    form = Reveal(answer="Both.", points=("Minsk: no; never", "Yerevan: yes"))
    assert [part.score for part in grade(form, "Minsk: no; never").parts] == [1.0, 0.0]
    assert grade(form, SEPARATOR.join(form.points)).score == 1.0
    assert grade(form, "never").score is None


def test_points_that_look_alike_are_told_apart_as_written() -> None:
    assert [part.score for part in grade(ALIKE, "war!").parts] == [0.0, 1.0]
    assert [part.score for part in grade(ALIKE, "WAR; WAR").parts] == [1.0, 1.0]


@given(st.sets(st.sampled_from(WHY.points)))
def test_what_is_ticked_is_what_counts(ticked: set[str]) -> None:
    verdict = grade(WHY, SEPARATOR.join(ticked))
    assert {part.text for part in verdict.parts if part.score} == ticked
    assert verdict.score == pytest.approx(len(ticked) / 3)


def test_only_an_answer_without_points_is_left_to_the_learner() -> None:
    assert only_revealed(Reveal(answer="Because."))
    assert not only_revealed(WHY)
    assert not only_revealed(Choose(answers=("a",), distractors=("b",), draw=1))
