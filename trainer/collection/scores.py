"""How it went: scores in all, by deck and question type, by confidence, and in tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from trainer.core.review import Confidence
from trainer.core.stats import Accuracy, Streaks, best_run, streaks, summed
from trainer.storage.scores import Scores

if TYPE_CHECKING:
    from trainer.collection import Collection
    from trainer.core.session import Selection


class QuizScore(NamedTuple):
    """A test that was handed in: its study day, the decks asked for (none: all), and its points."""

    day: date
    decks: tuple[str, ...]
    points: float
    questions: int


class Stats(NamedTuple):
    """What was answered, without cramming, and how well.

    `today` counts answers, without those in tests. `decks` are labelled by deck id; `types` by question type,
    both only where there are answers; `calibration` is by confidence, surest first.
    """

    total: Accuracy
    today: int
    streaks: Streaks
    best_run: int
    decks: tuple[Accuracy, ...]
    types: tuple[Accuracy, ...]
    calibration: tuple[Accuracy, ...]
    quizzes: tuple[QuizScore, ...]


def stats_of(collection: Collection, selection: Selection | None = None) -> Stats:
    """What was answered so far, and how well; to the cards that have what a selection asks for, or to all.

    Tests are told of only where all cards are meant.
    """
    day = collection.now().day
    finding = collection.finding
    cards = None if selection is None else finding.fitting(finding.meant(selection))
    scores = Scores(collection.store, cards=cards)
    scored = scores.by_deck_and_type([deck.key for deck in collection.decks])
    told = scores.by_confidence()
    return Stats(
        total=scores.all(),
        today=scores.on(day),
        streaks=streaks(scores.days(), today=day),
        best_run=best_run(scores.in_order()),
        decks=_grouped((each.deck, each.accuracy) for each in scored),
        types=_grouped((each.type, each.accuracy) for each in scored),
        calibration=tuple(
            told[level]._replace(label=level.word) for level in reversed(Confidence) if level in told
        ),
        quizzes=collection.quizzes.scores() if cards is None else (),
    )


def _grouped(parts: Iterable[tuple[str, Accuracy]]) -> tuple[Accuracy, ...]:
    """Parts of one label as one, in the order in which labels first come."""
    groups: dict[str, list[Accuracy]] = {}
    for label, part in parts:
        groups.setdefault(label, []).append(part)
    return tuple(summed(label, group) for label, group in groups.items())
