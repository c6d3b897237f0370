"""How statistics are said, the same on screens, in commands and in reports."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.core.cells import cells, fit
from trainer.core.statistics import Confusion, Fact, Kept, Predictions, QuizScore
from trainer.core.visible import one_line
from trainer.core.wording import plural

NOTHING_ANSWERED = "Nothing answered yet."
NOTHING_HERE = "Nothing here yet."

A_YEAR = "Answers a day, the last year"
STABILITY = "Stability: days until the chance to remember is 90 %"
DIFFICULTY = "Difficulty, from 1 to 10"
RETRIEVABILITY = "Retrievability: the chance to remember today"
PREDICTED = "What FSRS predicted, and what came true"

FILLED_BY = {
    "overview": "Answers fill it.",
    "heatmap": "Answers fill it, a sign for each day.",
    "reviews": "Answers fill it.",
    "retention": "It is filled by cards that are past their learning steps and come back on another day.",
    "forecast": "It is filled by cards that fall due in the next 90 days.",
    "memory": "Cards that were answered once fill it.",
    "ratings": "Answers fill it.",
    "hours": "Answers fill it.",
    "times": "Answers fill it.",
    "scores": "Answers fill it, those of tests too.",
    "calibration": "It is filled by saying how sure you are, and by cards that come back on another day.",
    "confusions": "It is filled by the same wrong answer to a question, twice or more.",
    "weakest": "It is filled by cards that were missed.",
    "quizzes": "It is filled by tests that were handed in; at home, z begins one.",
}
"""What brings something into each part of the statistics."""


def percent(share: float | None) -> str:
    """`89 %`; `–` of none."""
    return "–" if share is None else f"{round(100 * share)} %"


def share_of(kept: Kept) -> str:
    """`87 % of 1,204`; `–` of none."""
    return f"{percent(kept.share)} of {kept.reviews:,}" if kept.reviews else "–"


def decks_of(quiz: QuizScore, titles: Mapping[str, str]) -> str:
    """The titles of the decks of a test, those that have gone by their ids; foreign text as it is."""
    return ", ".join(titles.get(deck, deck) for deck in quiz.decks) or "all decks"


def known(fact: Fact) -> str:
    """How well a card is known: `89 %`, or that it is being learnt."""
    return "learning" if fact.learning else percent(fact.known)


def confused(confusion: Confusion, width: int) -> str:
    """`you say Minsk for Yerevan ×4`, in so many cells: both answers are cut where they must be."""
    said, meant, times = one_line(confusion.said), one_line(confusion.meant), f" ×{confusion.times:,}"
    room = max(2, width - cells(f"you say  for {times}"))
    if cells(said) + cells(meant) > room:
        said = fit(said, max(room // 2, room - cells(meant)))
        meant = fit(meant, room - cells(said))
    return f"you say {said} for {meant}{times}"


def how_far_off(predictions: Predictions) -> str:
    """How well FSRS predicted, in a sentence without its end; some reviews there must be."""
    assert predictions.log_loss is not None and predictions.rmse is not None
    return (
        f"how far FSRS's predictions are off, over {plural(predictions.reviews, 'review')}:"
        f" log loss {predictions.log_loss:.4f}, RMSE {predictions.rmse:.4f}; 0 would be best"
    )
