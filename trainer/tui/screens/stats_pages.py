"""The pages of the statistics: what stands on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from textual.content import Content

from trainer.core.plot import Row, Series, Stack
from trainer.core.plot.over_time import period_name
from trainer.core.review import Rating
from trainer.core.statistics import Kept, Predictions, QuizScore, Statistics
from trainer.core.stats import Accuracy
from trainer.core.visible import one_line
from trainer.core.wording import duration, plural, short_date
from trainer.tui.widgets.fact_list import FactList
from trainer.tui.widgets.plot import (
    AmountPlot,
    CalibrationPlot,
    Drawn,
    Facts,
    ForecastPlot,
    HeatMap,
    HistogramPlot,
    LinePlot,
    RowPlot,
    Said,
    StackPlot,
)

NOTHING = "Nothing answered yet."
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
    """A page: its name, what makes its parts, and whether those can be had by day, week, month or year."""

    name: str
    make: Make
    is_by_period: bool = False


def page_of(page: Page, shown: Shown) -> list[Drawn]:
    """The parts of a page, from the top."""
    statistics = shown.statistics
    if statistics.first is None:
        return [Said(NOTHING)]
    return list(page.make(shown)) or [Said(NOTHING_HERE)]


def _overview(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    total, today = told.total, told.done_today
    score = f"score {_percent(today.score, today.reviews)}"
    done = f"{plural(today.reviews, 'answer')} · {score} · {duration(today.milliseconds)}"
    kept = [each.both for each in told.retention.get("year", ())]
    rows = [
        ("Today", done if today.reviews else "nothing answered yet"),
        ("Streak", f"{plural(told.streaks.current, 'day')} (best {told.streaks.best})"),
        ("Best run", plural(told.best_run, "right answer")),
        (
            "In all",
            f"{total.answers:,} answers · score {total.percent} % · {duration(total.milliseconds)}",
        ),
        ("Retention", f"{_share(_summed(kept))} · desired {round(100 * told.desired)} %"),
        ("Tests", _tests_in_brief(told.quizzes)),
    ]
    yield Facts([(label, text) for label, text in rows if text])
    days = {day.day: day.reviews for day in told.days}
    if days:
        yield HeatMap("Answers a day, the last year", days, today=told.today)


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
    labels = [period_name(each.begins, shown.by) for each in periods]
    young = Series("young", tuple(each.young.share for each in periods))
    mature = Series("mature", tuple(each.mature.share for each in periods), "◆", "good")
    yield LinePlot(f"True retention by {shown.by}", [young, mature], labels, target=told.desired)
    latest = periods[: -_MOST_PERIODS - 1 : -1]
    rows = [
        Row(
            _period_in_full(shown.by, each.begins),
            each.both.share or 0.0,
            tuple(_of(kept) for kept in (each.both, each.young, each.mature)),
        )
        for each in latest
    ]
    yield RowPlot(f"By {shown.by}", rows, columns=("all", "young", "mature"), top=1.0)
    yield Said(
        "Of cards past their steps that came on another day: how many were remembered. "
        "Mature are those with an interval of 21 days or more."
    )


def _forecast(shown: Shown) -> Iterable[Drawn]:
    forecast = shown.statistics.forecast
    due = forecast.due
    yield ForecastPlot("What falls due", forecast)
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
    yield HistogramPlot("Stability: days until the chance to remember is 90 %", told.stability, what="cards")
    yield HistogramPlot("Difficulty, from 1 to 10", told.difficulty, what="cards")
    yield HistogramPlot("Retrievability: the chance to remember today", told.retrievability, what="cards")


def _answers(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    names = [rating.word for rating in Rating]
    if told.ratings:
        stacks = [Stack(each.label, each.counts) for each in told.ratings]
        yield StackPlot("Ratings", stacks, names=names, unit="reviews")
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
        yield RowPlot("Hour", rows, columns=("reviews", "remembered"))
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
    bins = [
        (each.predicted, each.passed / each.reviews, each.reviews)
        for each in predictions.bins
        if each.reviews
    ]
    yield CalibrationPlot("What FSRS predicted, and what came true", bins)
    yield Said(_predicted_well(predictions))


def _predicted_well(predictions: Predictions) -> str:
    loss = "–" if predictions.log_loss is None else f"{predictions.log_loss:.4f}"
    rmse = "–" if predictions.rmse is None else f"{predictions.rmse:.4f}"
    return f"Log loss {loss}, RMSE (bins) {rmse}, over {predictions.reviews:,} reviews; 0 would be best."


def _trouble(shown: Shown) -> Iterable[Drawn]:
    told = shown.statistics
    if told.confusions:
        lines = [
            Content.assemble(
                "You say ",
                (one_line(each.said), "bold"),
                " for ",
                (one_line(each.meant), "bold"),
                f": {plural(each.times, 'time')}",
            )
            for each in told.confusions
        ]
        yield Said(*lines, heading="Confusions")
    if told.weakest or told.leeches:
        yield FactList((("Leeches", told.leeches), ("Weakest facts", told.weakest)))


def _tests(shown: Shown) -> Iterable[Drawn]:
    quizzes = shown.statistics.quizzes
    if not quizzes:
        yield Said("No test was handed in. At home, z begins one.")
        return
    labels = [period_name(quiz.day, "day") for quiz in quizzes]
    scores = Series("", tuple(quiz.share for quiz in quizzes))
    if len(quizzes) > 1:
        yield LinePlot("Scores of tests, one after another", [scores], labels, target=None)
    bests: dict[str, QuizScore] = {}
    for quiz in quizzes:
        decks = _decks(quiz, shown.titles)
        if decks not in bests or quiz.share >= bests[decks].share:
            bests[decks] = quiz
    yield RowPlot(
        "Personal bests", [_quiz_row(decks, quiz) for decks, quiz in bests.items()], columns=_TEST, top=1.0
    )
    latest = quizzes[: -_MOST_PERIODS - 1 : -1]
    rows = [_quiz_row(_decks(quiz, shown.titles), quiz) for quiz in latest]
    yield RowPlot("Latest tests", rows, columns=_TEST, top=1.0)


def _quiz_row(label: str, quiz: QuizScore) -> Row:
    cells = (
        _percent(quiz.points, quiz.questions),
        f"{quiz.points:g} of {quiz.questions}",
        short_date(quiz.day),
    )
    return Row(label, quiz.share, cells)


def _decks(quiz: QuizScore, titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(deck, deck) for deck in quiz.decks) or "all decks"


def _tests_in_brief(quizzes: Sequence[QuizScore]) -> str:
    if not quizzes:
        return ""
    best = max(quizzes, key=lambda quiz: quiz.share)
    return f"{len(quizzes):,} handed in · best {_percent(best.points, best.questions)}"


def _summed(parts: Iterable[Kept]) -> Kept:
    found = list(parts)
    return Kept(sum(part.reviews for part in found), sum(part.passed for part in found))


def _share(kept: Kept) -> str:
    return _percent(kept.passed, kept.reviews)


def _of(kept: Kept) -> str:
    """`87 % of 1,204`."""
    return f"{_share(kept)} of {kept.reviews:,}" if kept.reviews else "–"


def _period_in_full(by: str, begins: date) -> str:
    return short_date(begins) if by in ("day", "week") else period_name(begins, by)


def _percent(part: float, whole: float) -> str:
    return f"{round(100 * part / whole)} %" if whole else "–"


PAGES: tuple[Page, ...] = (
    Page("Overview", _overview),
    Page("Reviews", _reviews),
    Page("Retention", _retention, is_by_period=True),
    Page("Forecast", _forecast),
    Page("Memory", _memory),
    Page("Answers", _answers),
    Page("Scores", _scores),
    Page("Calibration", _calibration),
    Page("Trouble", _trouble),
    Page("Tests", _tests),
)
