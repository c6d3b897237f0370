"""What the machine makes of a response, and the rating that it would give.

The learner has the last word: a rating that contradicts the machine changes the score that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trainer.core.review import Rating

VerdictKind = Literal["right", "near", "partial", "wrong", "unknown"]

NEAR = 0.8
"""The score of a near miss: the right word, misspelt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an answer of several: its text, how much of it was right (0 to 1), and what to say of it.

    What was given beyond the answer is a part with the score 0 and `extra` set.
    """

    text: str
    score: float
    note: str = ""
    extra: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a response is worth, before anyone proposes a rating.

    `score` from 0 to 1, or None where only the learner can tell; `reason` for a person to read. `unknown`
    is a response that says nothing: an empty one (score 0), or an answer kept in mind (score None).
    """

    kind: VerdictKind
    score: float | None
    reason: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict(Judgement):
    """A judgement, and the rating that it suggests."""

    suggested: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingRules:
    """How a score and the time taken become a suggested rating; all of it can be set.

    From `good_from` on the rating is Good, from `hard_from` on Hard, below it Again; a near miss is Hard at
    most. A right answer within `easy_within` seconds is Easy; an answer that took more than `hard_after`
    seconds is Hard at most. 0 seconds turn either off.
    """

    good_from: float = 0.9
    hard_from: float = 0.6
    easy_within: float = 0
    hard_after: float = 60


def suggest(judgement: Judgement, milliseconds: int, rules: RatingRules) -> Rating:
    """The rating that a judgement suggests for an answer that took so long."""
    score = 1.0 if judgement.score is None else judgement.score
    if score < rules.hard_from:
        return Rating.AGAIN
    if score < rules.good_from or judgement.kind == "near" or is_slow(milliseconds, rules):
        return Rating.HARD
    quick = judgement.kind == "right" and 0 < milliseconds / 1000 <= rules.easy_within
    return Rating.EASY if quick else Rating.GOOD


def is_slow(milliseconds: int, rules: RatingRules) -> bool:
    """Whether an answer took so long that it is Hard at most."""
    return 0 < rules.hard_after < milliseconds / 1000


def kept_score(verdict: Verdict, rating: Rating) -> float:
    """The score that is recorded: the machine's, unless the learner's rating says the opposite."""
    passed = rating is not Rating.AGAIN
    if verdict.score is None or passed != (verdict.suggested is not Rating.AGAIN):
        return 1.0 if passed else 0.0
    return verdict.score


def right(reason: str = "right", *, parts: tuple[Part, ...] = ()) -> Judgement:
    """Everything was right."""
    return Judgement(kind="right", score=1.0, reason=reason, parts=parts)


def wrong(reason: str, *, parts: tuple[Part, ...] = ()) -> Judgement:
    """Nothing was right."""
    return Judgement(kind="wrong", score=0.0, reason=reason, parts=parts)


def partly(score: float, reason: str, *, parts: tuple[Part, ...] = ()) -> Judgement:
    """Some of it was right; a score of 0 makes it wrong."""
    if score <= 0:
        return wrong(reason, parts=parts)
    return Judgement(kind="partial", score=score, reason=reason, parts=parts)


NOT_ANSWERED = Judgement(kind="unknown", score=0.0, reason="not answered")
"""An empty response means "I don't know"."""
