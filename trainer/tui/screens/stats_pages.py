"""The pages of the statistics: what stands on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from textual.content import Content

from trainer.core.plot import Row, Stack, figures
from trainer.core.plot.over_time import is_so_far, period_name
from trainer.core.review import Rating
from trainer.core.statistics import QuizScore, Statistics
from trainer.core.statistics_wording import (
    A_YEAR,
    DIFFICULTY,
    FILLED_BY,
    NOTHING_ANSWERED,
    PREDICTED,
    RETRIEVABILITY,
    STABILITY,
    decks_of,
    how_far_off,
    percent,
    share_of,
)
from trainer.core.statistics_wording import NOTHING_HERE as NOTHING_YET
from trainer.core.stats import Accuracy
from trainer.core.wording import capital, duration, plural, short_date
from trainer.tui.widgets.fact_list import FactList
from trainer.tui.widgets.plot import (
    AmountPlot,
    CalibrationPlot,
    Confusions,
    Drawn,
    Facts,
    FigurePlot,
    HeatMap,
    HistogramPlot,
    RowPlot,
    Said,
    StackPlot,
)

NOTHING_HERE = "Nothing was answered by these cards in this time."
_SCORES = ("score", "answers", "seconds")
_TEST = ("score", "points", "day")
_MOST_ROWS = 40
_MOST_PERIODS = 24
_MINUTE = 60_000


class Shown(NamedTuple):
    """What pages are made of: statistics, titles of decks and of sources by id, and what retention is by."""

    statistics: Statistics
    titles: Mapping[str, str]
    sources: Mapping[str, str]
    by: str


Make = Callable[[Shown], Iterable[Drawn]]


class Page(NamedTuple):
    """A page: its name, what makes its parts, what fills it, and whether it can be had by day, week, month
    or year."""

    name: str
    make: Make
    filled_by: str
    is_by_period: bool = False


def page_of(page: Page, shown: Shown) -> list[Drawn]:
    """The parts of a page, from the top."""
    statistics = shown.statistics
    if statistics.first is None:
        return [Said(NOTHING_ANSWERED)]
    if parts := list(page.make(shown)):
        return parts
    if statistics.total.answers:
        return [Said(f"{NOTHING_YET} {page.filled_by}")]
    return [Said(NOTHING_HERE)]


def _overview(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    total, today = told.total, told.done_today
    score = f"score {_percent(today.score, today.reviews)}"
    done = f"{plural(today.reviews, 'answer')} · {score} · {duration(today.milliseconds)}"
    rows = [
        ("Today", done if today.reviews else "nothing answered yet"),
        ("Streak", f"{plural(told.streaks.current, 'day')} (best {told.streaks.best})"),
        ("Best run", plural(told.best_run, "right answer")),
        (
            "In all",
            f"{total.answers:,} answers · score {total.percent} % · {duration(total.milliseconds)}",
        ),
        ("Retention", f"{percent(told.kept.share)} · desired {percent(told.desired)}"),
        ("Tests", _tests_in_brief(told.quizzes)),
    ]
    yield Facts([(label, text) for label, text in rows if text])
    days = {day.day: day.reviews for day in told.days}
    if days:
        yield HeatMap(A_YEAR, days, today=told.today)


def _reviews(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    if not told.days:
        return
    first, last = told.since or told.days[0].day, told.until or told.today
    reviews = {day.day: float(day.reviews) for day in told.days}
    minutes = {day.day: day.milliseconds / _MINUTE for day in told.days}
    yield AmountPlot("Answers", reviews, first=first, last=last, unit="answers")
    yield AmountPlot("Minutes", minutes, first=first, last=last, unit="minutes")
    count, total = len(told.days), sum(reviews.values())
    of = (last - first).days + 1
    yield Said(
        f"Answers on {count:,} of {plural(of, 'day')} · {total / count:.1f} answers"
        f" and {duration(round(sum(minutes.values()) * _MINUTE / count))} on such a day"
    )


def _retention(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    periods = told.retention.get(shown.by, ())
    if not periods:
        return
    figure = partial(figures.retention, periods, shown.by, desired=told.desired)
    yield FigurePlot(f"True retention by {shown.by}", figure)
    latest = periods[: -_MOST_PERIODS - 1 : -1]
    rows = [
        Row(
            _period_in_full(shown.by, each.begins, told.today),
            each.both.share or 0.0,
            tuple(share_of(kept) for kept in (each.both, each.young, each.mature)),
        )
        for each in latest
    ]
    yield RowPlot(f"By {shown.by}", rows, columns=("all", "young", "mature"), top=1.0)
    yield Said(
        "Of cards past their steps that came on another day: how many were remembered. "
        "Mature are those with an interval of 21 days or more. Drawn is what has five reviews or more."
    )


def _forecast(shown: Shown) -> Iterable[Drawn]:
    forecast = shown.statistics.forecast
    due = forecast.due
    yield FigurePlot("What falls due", partial(figures.forecast, forecast))
    rows = [("Late", forecast.backlog), ("Today", due[0] if due else 0), ("Tomorrow", sum(due[1:2]))]
    rows += [(f"The next {days} days", sum(due[:days])) for days in (7, 30, 90) if len(due) >= days]
    yield Said(
        *(
            Content.assemble((f"{name:<18}", "$muted"), f"{count:>8,}  ", (each, "$muted"))
            for name, count in rows
            for each in [_a_day(name, count)]
        )
    )
    yield Said("As cards stand now; new cards, and cards that come again after a lapse, are not counted.")


def _a_day(name: str, count: int) -> str:
    days = next((int(word) for word in name.split() if word.isdigit()), 0)
    return f"{count / days:.1f} a day" if days else ""


def _memory(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    yield HistogramPlot(STABILITY, told.stability, what="cards")
    yield HistogramPlot(DIFFICULTY, told.difficulty, what="cards")
    yield HistogramPlot(RETRIEVABILITY, told.retrievability, what="cards")


def _answers(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    names = [rating.word for rating in Rating]
    if told.ratings:
        stacks = [Stack(each.label, each.counts) for each in told.ratings]
        yield StackPlot("Ratings", stacks, names=names, unit="answers")
    hours = {each.hour: each for each in told.hours}
    if hours:
        shown_hours = range(min(hours), max(hours) + 1)
        rows = [
            Row(
                f"{hour:>2}:00",
                found.reviews if found else 0,
                (f"{found.reviews:,}", _percent(found.passed, found.reviews)) if found else ("0", "–"),
            )
            for hour in shown_hours
            for found in [hours.get(hour)]
        ]
        yield RowPlot("Hour", rows, columns=("answers", "remembered"))
    yield HistogramPlot("Time for an answer", told.times, what="answers")


def _scores(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    yield from _score_rows("Deck", told.decks, shown.titles)
    yield from _score_rows("Question type", told.types)
    yield from _score_rows("Source", told.sources, shown.sources)
    yield from _score_rows("Person", told.people)


def _score_rows(
    named: str, parts: Sequence[Accuracy], titles: Mapping[str, str] | None = None
) -> Iterable[Drawn]:
    """A table of scores; of very many, those with the most answers."""
    if not parts:
        return
    if len(parts) > _MOST_ROWS:
        parts = sorted(parts, key=lambda part: -part.answers)[:_MOST_ROWS]
    rows = [
        Row(
            (titles or {}).get(part.label, part.label),
            part.percent / 100,
            (f"{part.percent} %", f"{part.answers:,}", f"{part.seconds:.1f}"),
        )
        for part in parts
    ]
    yield RowPlot(named, rows, columns=_SCORES, top=1.0)


def _calibration(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    yield from _score_rows("How sure you were", told.calibration)
    predictions = told.predictions
    if not predictions.reviews:
        return
    yield CalibrationPlot(PREDICTED, predictions.points)
    yield Said(f"{capital(how_far_off(predictions))}.")


def _trouble(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    if told.confusions:
        yield Confusions("Confusions", told.confusions)
    if told.weakest or told.leeches:
        yield FactList((("Leeches", told.leeches), ("Weakest facts", told.weakest)))


def _tests(shown: Shown) -> Iterable[Drawn]:
    quizzes = shown.statistics.quizzes
    if not quizzes:
        yield Said("No test was handed in. At home, z begins one.")
        return
    if len(quizzes) > 1:
        yield FigurePlot("Scores of tests, one after another", partial(figures.quizzes, quizzes))
    bests: dict[str, QuizScore] = {}
    for quiz in quizzes:
        decks = decks_of(quiz, shown.titles)
        if decks not in bests or quiz.share >= bests[decks].share:
            bests[decks] = quiz
    yield RowPlot(
        "Personal bests", [_quiz_row(decks, quiz) for decks, quiz in bests.items()], columns=_TEST, top=1.0
    )
    latest = quizzes[: -_MOST_PERIODS - 1 : -1]
    rows = [_quiz_row(decks_of(quiz, shown.titles), quiz) for quiz in latest]
    yield RowPlot("Latest tests", rows, columns=_TEST, top=1.0)


def _quiz_row(label: str, quiz: QuizScore) -> Row:
    cells = (
        _percent(quiz.points, quiz.questions),
        f"{quiz.points:g} of {quiz.questions}",
        short_date(quiz.day),
    )
    return Row(label, quiz.share, cells)


def _tests_in_brief(quizzes: Sequence[QuizScore]) -> str:
    if not quizzes:
        return ""
    best = max(quizzes, key=lambda quiz: quiz.share)
    return f"{len(quizzes):,} handed in · best {_percent(best.points, best.questions)}"


def _period_in_full(by: str, begins: date, today: date) -> str:
    name = short_date(begins) if by in ("day", "week") else period_name(begins, by)
    return f"{name} so far" if is_so_far(begins, by, today=today) else name


def _percent(part: float, whole: float) -> str:
    return percent(part / whole if whole else None)


PAGES: tuple[Page, ...] = (
    Page("Overview", _overview, FILLED_BY["overview"]),
    Page("Reviews", _reviews, FILLED_BY["reviews"]),
    Page("Retention", _retention, FILLED_BY["retention"], is_by_period=True),
    Page("Forecast", _forecast, FILLED_BY["forecast"]),
    Page("Memory", _memory, FILLED_BY["memory"]),
    Page("Answers", _answers, FILLED_BY["ratings"]),
    Page("Scores", _scores, FILLED_BY["scores"]),
    Page("Calibration", _calibration, FILLED_BY["calibration"]),
    Page("Trouble", _trouble, FILLED_BY["weakest"]),
    Page("Tests", _tests, FILLED_BY["quizzes"]),
)
