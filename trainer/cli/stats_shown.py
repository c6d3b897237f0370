"""Statistics as lines for a terminal, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from trainer.core.cells import fit
from trainer.core.plot import figures as figure
from trainer.core.plot import heat_map, histogram, to_text
from trainer.core.plot.over_time import is_so_far
from trainer.core.plot.spans import Line
from trainer.core.statistics import Fact, Statistics
from trainer.core.statistics_wording import (
    A_YEAR,
    DIFFICULTY,
    FILLED_BY,
    NOTHING_ANSWERED,
    NOTHING_HERE,
    PREDICTED,
    RETRIEVABILITY,
    STABILITY,
    confused,
    decks_of,
    how_far_off,
    known,
    percent,
)
from trainer.core.stats import Accuracy
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural, short_date

_HEIGHT = 9
_SHOWN = 10
_MOST_ROWS = 15


class Titles(NamedTuple):
    """The titles of decks and of sources, by id."""

    decks: Mapping[str, str]
    sources: Mapping[str, str]


class _Shown(NamedTuple):
    """What sections are made of."""

    told: Statistics
    titles: Titles
    width: int
    sections: Sequence[str]


def page(told: Statistics, sections: Sequence[str], *, titles: Titles, width: int) -> Iterator[str]:
    """The sections asked for, without those with nothing to tell; no plot is wider than `width` cells."""
    if told.first is None:
        yield NOTHING_ANSWERED
        return
    if told.since or told.until:
        yield _period(told)
    shown, anything = _Shown(told, titles, width, sections), False
    for section in sections:
        lines = list(_SECTIONS[section](shown))
        if lines and anything:
            yield ""
        anything = anything or bool(lines)
        yield from lines
    if not anything:
        yield from _nothing(sections)


def _nothing(sections: Sequence[str]) -> Iterable[str]:
    """That there is nothing, and what would fill it."""
    if len(sections) == 1:
        yield f"{NOTHING_HERE} {FILLED_BY[sections[0]]}"
        return
    yield NOTHING_HERE
    yield from (f"  {section}: {FILLED_BY[section]}" for section in sections)


def _period(told: Statistics) -> str:
    since = f"from {short_date(told.since)}" if told.since else "up to"
    until = short_date(told.until) if told.until else ""
    return " ".join(filter(None, (since, "to" if told.since and until else "", until)))


def _overview(shown: _Shown) -> Iterable[str]:
    total, streaks = shown.told.total, shown.told.streaks
    score = f"score {total.percent} %, " if total.answers else ""
    yield (
        f"{plural(total.answers, 'answer')}, {score}{duration(total.milliseconds)};"
        f" today {shown.told.done_today.reviews}"
    )
    yield (
        f"streak {plural(streaks.current, 'day')}, best {plural(streaks.best, 'day')};"
        f" best run {plural(shown.told.best_run, 'right answer')}"
    )
    if (kept := shown.told.kept).reviews:
        of = f"{plural(kept.reviews, 'review')} past the steps"
        yield f"retention {percent(kept.share)} of {of}, desired {percent(shown.told.desired)}"


def _heat_map(shown: _Shown) -> Iterable[str]:
    last = min(shown.told.until or date.max, shown.told.today)
    days = {day.day: day.reviews for day in shown.told.days if (last - day.day).days < 366}
    if days:
        yield from _plot(A_YEAR, heat_map(days, today=last, width=shown.width))


def _reviews(shown: _Shown) -> Iterable[str]:
    told, days = shown.told, shown.told.days
    if days:
        first, last = told.since or days[0].day, min(told.until or told.today, told.today)
        for heading, plot in (("Answers", figure.reviews), ("Minutes", figure.minutes)):
            if plot is figure.minutes:
                yield ""
            lines = plot(days, first=first, last=last, width=shown.width, height=_HEIGHT)
            yield from _plot(heading, lines)


def _retention(shown: _Shown) -> Iterable[str]:
    told = shown.told
    if weeks := told.retention["week"]:
        latest = weeks[-1].begins
        so_far = ", the last so far" if is_so_far(latest, "week", today=told.today) else ""
        yield from _plot(
            f"True retention by week{so_far}: reviews past the steps that were remembered",
            figure.retention(weeks, "week", desired=told.desired, width=shown.width, height=_HEIGHT),
        )


def _forecast(shown: _Shown) -> Iterable[str]:
    coming = shown.told.forecast
    if coming.backlog or any(coming.due):
        yield from _plot("What falls due", figure.forecast(coming, width=shown.width, height=_HEIGHT))


def _memory(shown: _Shown) -> Iterable[str]:
    parts = {
        STABILITY: shown.told.stability,
        DIFFICULTY: shown.told.difficulty,
        RETRIEVABILITY: shown.told.retrievability,
    }
    if any(shown.told.stability.counts):
        for place, (heading, values) in enumerate(parts.items()):
            if place:
                yield ""
            yield from _plot(heading, histogram(values, width=shown.width, height=_HEIGHT, what="cards"))


def _ratings(shown: _Shown) -> Iterable[str]:
    if shown.told.ratings:
        yield from _plot("Ratings", figure.ratings(shown.told.ratings, width=shown.width))


def _hours(shown: _Shown) -> Iterable[str]:
    told, size = shown.told, {"width": shown.width, "height": _HEIGHT}
    if told.hours:
        yield from _plot("Hour of the day", figure.hours(told.hours, **size))
        yield ""
        remembered = figure.kept_by_hour(told.hours, desired=told.desired, **size)
        yield from _plot("Remembered, by hour of the day", remembered)


def _times(shown: _Shown) -> Iterable[str]:
    times = shown.told.times
    if any(times.counts):
        plot = histogram(times, width=shown.width, height=_HEIGHT, what="answers")
        yield from _plot("Time for an answer", plot)


def _scores(shown: _Shown) -> Iterable[str]:
    """Confidence is left to the part of its own where that is shown too."""
    told = shown.told
    calibration = () if "calibration" in shown.sections else told.calibration
    tables: tuple[tuple[str, Sequence[Accuracy], Mapping[str, str]], ...] = (
        ("Deck", told.decks, shown.titles.decks),
        ("Question type", told.types, {}),
        ("Source", told.sources, shown.titles.sources),
        ("Person", told.people, {}),
        ("How sure you were", calibration, {}),
    )
    begun = False
    for heading, parts, titles in tables:
        if parts:
            if begun:
                yield ""
            begun = True
            yield from _table(heading, parts, titles, shown.width)


def _calibration(shown: _Shown) -> Iterable[str]:
    told = shown.told
    if told.calibration:
        yield from _table("How sure you were", told.calibration, {}, shown.width)
    predictions = told.predictions
    if predictions.reviews:
        if told.calibration:
            yield ""
        plot = figure.predicted(predictions, width=shown.width, height=2 * _HEIGHT)
        yield from _plot(PREDICTED, plot)
        yield how_far_off(predictions)


def _confusions(shown: _Shown) -> Iterable[str]:
    if shown.told.confusions:
        yield "Confusions"
    for each in shown.told.confusions:
        yield f"  {confused(each, shown.width - 2)}"


def _weakest(shown: _Shown) -> Iterable[str]:
    told = shown.told
    if told.weakest:
        yield from _facts("Weakest facts", told.weakest, shown.width)
    if told.leeches:
        if told.weakest:
            yield ""
        yield from _facts("Leeches", told.leeches, shown.width)


def _facts(heading: str, facts: Sequence[Fact], width: int) -> Iterable[str]:
    yield f"{'known':>8}  {'lapses':>6}  {'score':>5}  {heading}"
    for fact in facts[:_MOST_ROWS]:
        said = f"{one_line(fact.question)}  →  {one_line(fact.answer)}"
        numbers = f"{known(fact):>8}  {fact.lapses:>6}  {percent(fact.mean):>5}  "
        yield numbers + fit(said, max(20, width - len(numbers)))
    yield from _more(len(facts))


def _quizzes(shown: _Shown) -> Iterable[str]:
    quizzes, titles = shown.told.quizzes, shown.titles.decks
    if not quizzes:
        return
    yield f"{plural(len(quizzes), 'test')}, best {round(100 * max(quiz.share for quiz in quizzes))} %"
    for quiz in quizzes[-_SHOWN:]:
        decks = one_line(decks_of(quiz, titles))
        points = f"{quiz.points:5.1f} of {quiz.questions:<4} {round(100 * quiz.share):>3} %"
        yield f"  {short_date(quiz.day):>11}  {points}  {decks}"


def _table(heading: str, parts: Sequence[Accuracy], titles: Mapping[str, str], width: int) -> Iterable[str]:
    """A line each; of very many, those with the most answers."""
    most = parts
    if len(parts) > _MOST_ROWS:
        most = sorted(parts, key=lambda part: -part.answers)[:_MOST_ROWS]
    named = [part._replace(label=one_line(titles.get(part.label, part.label))) for part in most]
    yield from map(to_text, figure.scores(named, heading=heading, width=width))
    yield from _more(len(parts))


def _more(count: int) -> Iterable[str]:
    if count > _MOST_ROWS:
        yield f"… and {count - _MOST_ROWS} more; --json has all"


def _plot(heading: str, lines: Iterable[Line]) -> Iterable[str]:
    yield heading
    yield from map(to_text, lines)


_SECTIONS: dict[str, Callable[[_Shown], Iterable[str]]] = {
    "overview": _overview,
    "heatmap": _heat_map,
    "reviews": _reviews,
    "retention": _retention,
    "forecast": _forecast,
    "memory": _memory,
    "ratings": _ratings,
    "hours": _hours,
    "times": _times,
    "scores": _scores,
    "calibration": _calibration,
    "confusions": _confusions,
    "weakest": _weakest,
    "quizzes": _quizzes,
}
"""What tells each section, in the order in which they stand."""
