"""How it went: scores in all, by deck and question type, by confidence, and in tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.review import Confidence
from trainer.core.stats import Accuracy, Streaks, best_run, streaks, summed
from trainer.storage.scores import Scores
from trainer.storage.standing import DayTotals

if TYPE_CHECKING:
    from trainer.collection import Collection


class QuizScore(NamedTuple):
    """A test that was handed in: its study day, the decks asked for (none: all), and its points."""

    day: date
    decks: tuple[str, ...]
    points: float
    questions: int


class Stats(NamedTuple):
    """What was answered, without cramming, and how well.

    `decks` are labelled by deck id; `types` by question type, both only where there are answers;
    `calibration` is by confidence, surest first.
    """

    total: Accuracy
    today: DayTotals
    streaks: Streaks
    best_run: int
    decks: tuple[Accuracy, ...]
    types: tuple[Accuracy, ...]
    calibration: tuple[Accuracy, ...]
    quizzes: tuple[QuizScore, ...]


def stats_of(collection: Collection) -> Stats:
    """What was answered so far, and how well."""
    store, standing = collection.store, collection.standing
    day = collection.now().day
    scores = Scores(store)
    scored = scores.by_deck_and_type([deck.key for deck in collection.decks])
    told = scores.by_confidence()
    return Stats(
        total=scores.all(),
        today=standing.totals(day),
        streaks=streaks(standing.days_studied(), today=day),
        best_run=best_run(scores.in_order()),
        decks=_grouped((each.deck, each.accuracy) for each in scored),
        types=_grouped((each.type, each.accuracy) for each in scored),
        calibration=tuple(
            told[level]._replace(label=level.word) for level in reversed(Confidence) if level in told
        ),
        quizzes=collection.quizzes.scores(),
    )


def _grouped(parts: Iterable[tuple[str, Accuracy]]) -> tuple[Accuracy, ...]:
    """Parts of one label as one, in the order in which labels first come."""
    groups: dict[str, list[Accuracy]] = {}
    for label, part in parts:
        groups.setdefault(label, []).append(part)
    return tuple(summed(label, group) for label, group in groups.items())
