"""What the log of reviews shows, as plain numbers: what screens, commands and reports tell of.

Crammed answers count nowhere. `study` reviews count for the schedule: retention, ratings, predictions.
Answers of tests count for scores as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from trainer.core.stats import Accuracy, Streaks

MATURE = 21
"""Days: from this interval on a card is mature, before that young; as in Anki."""

PERIODS = ("day", "week", "month", "year")
"""By what retention is told; a week begins on Monday."""


def begin_of(day: date, period: str) -> date:
    """The first day of the period that a day is in."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == "year" else day


class Day(NamedTuple):
    """A study day: how many answers (tests apart), the sum of their scores, 0 to 1, the time they took."""

    day: date
    reviews: int
    score: float
    milliseconds: int


class Kept(NamedTuple):
    """How many reviews of cards past their steps there were on other days than the review before, and how
    many were remembered."""

    reviews: int
    passed: int

    @property
    def share(self) -> float | None:
        """The true retention, from 0 to 1; None without reviews."""
        return self.passed / self.reviews if self.reviews else None


def kept_in_all(parts: Iterable[Kept]) -> Kept:
    """Several parts as one."""
    found = list(parts)
    return Kept(sum(part.reviews for part in found), sum(part.passed for part in found))


class Retention(NamedTuple):
    """True retention in a period that begins on a day, of young and of mature cards."""

    begins: date
    young: Kept
    mature: Kept

    @property
    def both(self) -> Kept:
        """Of all of them."""
        return kept_in_all((self.young, self.mature))


class Histogram(NamedTuple):
    """How many values lie from each edge up to the next; the last edge is the end. `middle` is the median.

    `unit` is that of the edges, such as `days`, or empty.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    unit: str
    middle: float | None = None


class Forecast(NamedTuple):
    """The reviews that fall due: `backlog` before today, then so many a day from today on; no new cards."""

    begins: date
    backlog: int
    due: tuple[int, ...]


class Buttons(NamedTuple):
    """How often each rating was given, Again first, to cards that were `learning`, `young` or `mature`."""

    label: str
    counts: tuple[int, int, int, int]


class Hour(NamedTuple):
    """The reviews of an hour of the local clock, and how many of them were remembered."""

    hour: int
    reviews: int
    passed: int


class Predicted(NamedTuple):
    """The reviews for which FSRS gave a chance to remember from `low` to `high`.

    `predicted` is its mean, `passed` how many were remembered.
    """

    low: float
    high: float
    reviews: int
    predicted: float
    passed: int


class Predictions(NamedTuple):
    """How well FSRS predicted: mean logarithmic loss, and root mean square error over bins; both 0 at best.

    Bins are those of FSRS's benchmark (interval, number of reviews, lapses). None without reviews. Of the ten
    `bins` by chance, those are told that have reviews.
    """

    reviews: int
    log_loss: float | None
    rmse: float | None
    bins: tuple[Predicted, ...]

    @property
    def points(self) -> list[tuple[float, float, int]]:
        """For each bin with reviews the mean chance that was given, the share remembered, and how many."""
        return [
            (part.predicted, part.passed / part.reviews, part.reviews) for part in self.bins if part.reviews
        ]


class Confusion(NamedTuple):
    """An answer that was given where another was asked for, so many `times`."""

    said: str
    meant: str
    times: int


class Fact(NamedTuple):
    """A card to look after: the chance to remember it today (0 to 1), how often it lapsed, and its scores.

    It is `learning` while it is repeated after a last answer that was Again: then it counts as not known,
    though FSRS gives what was just looked at a chance near 1.
    """

    card: str
    deck: str
    question: str
    answer: str
    known: float
    lapses: int
    answers: int
    score: float
    learning: bool = False

    @property
    def mean(self) -> float | None:
        """The mean score, from 0 to 1; None without answers."""
        return self.score / self.answers if self.answers else None


class QuizScore(NamedTuple):
    """A test that was handed in: its study day, the decks asked for (none: all), and its points."""

    day: date
    decks: tuple[str, ...]
    points: float
    questions: int

    @property
    def share(self) -> float:
        """The points that were reached, from 0 to 1."""
        return self.points / self.questions if self.questions else 0.0


class Statistics(NamedTuple):
    """All of it, of the cards and the period asked for.

    `today` is the study day. `total` and what is told by deck, type, source, person and confidence are
    scores. `days` are those with answers, in order; `retention` is by period; `ratings` and `hours` are of
    study reviews; `times` of seconds an answer. `decks` are labelled by deck id, `sources` by source id,
    `people` by full name; a card with two sources counts for both. `calibration` is by confidence, surest
    first. Tests are told of only where all cards are meant.

    Whatever the period, `first` is the study day of the first answer, `done_today` what was done today, and
    `streaks` are those up to now; `stability` (days), `difficulty` (1 to 10) and `retrievability` today (0
    to 1) of all cards that were reviewed, `forecast`, `weakest` and `leeches` tell how cards stand now.
    """

    today: date
    first: date | None
    since: date | None
    until: date | None
    desired: float
    total: Accuracy
    done_today: Day
    streaks: Streaks
    best_run: int
    days: tuple[Day, ...]
    retention: Mapping[str, tuple[Retention, ...]]
    forecast: Forecast
    stability: Histogram
    difficulty: Histogram
    retrievability: Histogram
    ratings: tuple[Buttons, ...]
    hours: tuple[Hour, ...]
    times: Histogram
    decks: tuple[Accuracy, ...]
    types: tuple[Accuracy, ...]
    sources: tuple[Accuracy, ...]
    people: tuple[Accuracy, ...]
    calibration: tuple[Accuracy, ...]
    predictions: Predictions
    confusions: tuple[Confusion, ...]
    weakest: tuple[Fact, ...]
    leeches: tuple[Fact, ...]
    quizzes: tuple[QuizScore, ...]

    @property
    def kept(self) -> Kept:
        """The true retention of all of the period."""
        return kept_in_all(part.both for part in self.retention.get("year", ()))
