"""Statistics as one page of HTML, for whoever teaches the learner.

The page needs nothing else: no script, no network. It is well-formed XML too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TextIO

from trainer.core.day import Moment
from trainer.core.plot import Bar, Series
from trainer.core.plot.figures import MINUTE
from trainer.core.plot.over_time import (
    Amounts,
    amounts,
    is_so_far,
    kept_over_time,
    low_of,
    period_name,
    to_come,
)
from trainer.core.review import Rating
from trainer.core.statistics import MATURE, PERIODS, Fact, Kept, Statistics, begin_of
from trainer.core.statistics_wording import how_far_off, known, percent, share_of
from trainer.core.stats import Accuracy
from trainer.core.wording import capital, duration, plural, short_date
from trainer.formats import svg
from trainer.formats.page import MOST, STYLE, head, more, numbers, shown, table, words

__all__ = ["write_report"]

_BARS = 100
_POINTS = 60
_STABILITY = (
    "How many days after a review the chance to remember a card has fallen to 90 %: the more, the better."
)
_DIFFICULTY = "How hard it is to make the memory of a card last longer, from 1 to 10; each Again raises it."
_RATINGS = (
    "What was pressed after an answer: Again is forgotten, Hard, Good and Easy are remembered. Learning cards"
    f" are in their steps, mature ones come back after {MATURE} days or more."
)
_PREDICTIONS = (
    "What the scheduler expected to be remembered, and what was: on the dotted line the two are the same, and"
    " the schedule is as good as they are near each other."
)
_LAPSES = (
    "A lapse is a card that had been learnt and was forgotten. Known is the chance to remember it today; a"
    " card that is learning was just missed. Score is the mean of all answers to it."
)


def write_report(
    statistics: Statistics,
    *,
    titles: Mapping[str, str],
    sources: Mapping[str, str],
    heading: str,
    learner: str,
    now: Moment,
    stream: TextIO,
) -> None:
    """Write statistics as a page.

    `titles` are those of decks by id, `sources` those of sources; `heading` says which cards it is about,
    `learner` whose answers, where that is to be told.
    """
    title = words(f"Report: {learner}" if learner else "Report")
    stream.write(head(title, STYLE, language="en"))
    stream.write(f'<header>\n<h1 dir="auto">{title}</h1>\n<p dir="auto">{words(heading)}</p>\n')
    stream.write(f"<p>{_period(statistics)}, made on {short_date(now.day)}</p>\n</header>\n<main>\n")
    for part in _parts(statistics, titles, sources):
        stream.write(f"{part}\n")
    stream.write(
        "</main>\n<footer><p>Answers of tests count for scores, not for retention, ratings and predictions;"
    )
    stream.write(" crammed answers count nowhere.</p></footer>\n</body>\n</html>\n")


def _parts(told: Statistics, titles: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[str]:
    if not told.total.answers:
        yield "<p>Nothing answered yet.</p>"
        return
    yield from _summary(told)
    yield from _days(told)
    yield from _retention(told)
    yield from _to_come(told)
    yield from _memory(told)
    yield from _answers(told)
    yield from _scores(told, titles, sources)
    yield from _predictions(told)
    yield from _trouble(told, titles)
    yield from _tests(told, titles)


def _period(told: Statistics) -> str:
    first = told.since or told.first
    last = short_date(told.until or told.today)
    return f"{short_date(first)} to {last}" if first else f"up to {last}"


def _summary(told: Statistics) -> Iterator[str]:
    numbers = [
        ("Answers", f"{told.total.answers:,}", f"on {plural(len(told.days), 'day')}"),
        ("Score", f"{told.total.percent} %", ""),
        ("Time", duration(told.total.milliseconds), f"{told.total.seconds:.1f} s an answer"),
        ("Remembered", percent(told.kept.share), f"desired {percent(told.desired)}"),
        ("Days in a row", f"{told.streaks.current:,}", f"best {told.streaks.best:,}"),
        ("Right answers in a row", f"{told.best_run:,}", "at best"),
        ("Today", plural(told.done_today.reviews, "answer"), ""),
        (
            "Due",
            f"{told.forecast.backlog + sum(told.forecast.due[:1]):,}",
            f"{told.forecast.backlog:,} of them late" if told.forecast.backlog else "none late",
        ),
    ]
    if told.quizzes:
        best = max(test.share for test in told.quizzes)
        numbers.append(("Best test", f"{100 * best:.0f} %", f"of {plural(len(told.quizzes), 'test')}"))
    yield "<dl>"
    for name, number, note in numbers:
        small = f"<small>{note}</small>" if note else ""
        yield f"<div><dt>{name}</dt><dd>{number}{small}</dd></div>"
    yield "</dl>"


def _days(told: Statistics) -> Iterator[str]:
    if not told.days:
        return
    yield "<h2>Day by day</h2>"
    counts = {day.day: day.reviews for day in told.days}
    last = told.until or told.today
    yield _figure(svg.heat_map(counts, today=last, title="Answers on each day of the last year"))
    first = told.since or told.days[0].day
    answers = amounts(counts, first=first, last=last, most=_BARS)
    latest = begin_of(last, answers.period)
    so_far = ", the last so far" if is_so_far(latest, answers.period, today=told.today) else ""
    yield _bars(answers, f"Answers a {answers.period}{so_far}", "answers")
    taken = {day.day: day.milliseconds / MINUTE for day in told.days}
    minutes = amounts(taken, first=first, last=last, most=_BARS)
    yield _bars(minutes, f"Minutes a {minutes.period}{so_far}", "minutes")
    yield from _by_month(told)


def _by_month(told: Statistics) -> Iterator[str]:
    yield "<h3>By month</h3>"
    months: dict[tuple[int, int], list[float]] = {}
    for day in told.days:
        sums = months.setdefault((day.day.year, day.day.month), [0, 0, 0, 0])
        for place, value in enumerate((1, day.reviews, day.score, day.milliseconds)):
            sums[place] += value
    yield from table(
        ("Month", "Days", "Answers", "Score", "Time"),
        [
            (
                _period_name(told.today.replace(year=year, month=month, day=1), "month", told),
                *(
                    f"{days:,.0f}",
                    f"{done:,.0f}",
                    f"{100 * score / done:.0f} %" if done else "",
                    duration(round(spent)),
                ),
            )
            for (year, month), (days, done, score, spent) in reversed(months.items())
        ],
    )


def _retention(told: Statistics) -> Iterator[str]:
    spans = {period: kept_over_time(told.retention.get(period, ()), period) for period in PERIODS}
    period = next((each for each in PERIODS[1:] if len(spans[each][0]) <= _POINTS), PERIODS[-1])
    labels, series = spans[period]
    if not labels:
        return
    yield "<h2>Remembered</h2>"
    yield (
        '<p class="note">How many of the cards that had been learnt were remembered when they came back on'
        f" a later day. Mature cards come back after {MATURE} days or more."
        f" The aim is {percent(told.desired)}. Drawn is what has five reviews or more.</p>"
    )
    latest = told.retention[period][-1].begins
    so_far = ", the last so far" if is_so_far(latest, period, today=told.today) else ""
    title = f"True retention by {period}{so_far}: mature (solid), young (dashed)"
    values = [value for each in series for value in each.values]
    if any(value is not None for value in values):
        low, aim = low_of(values, desired=told.desired), 100 * told.desired
        yield f"<h3>{title}</h3>"
        yield _figure(svg.lines(series[::-1], labels, title=title, low=low, target=aim))
    months = told.retention.get("month", ())
    period = "month" if len(months) <= _POINTS else "year"
    yield from table(
        (capital(period), "Reviews past the steps", "Young", "Mature", "All"),
        [
            (
                _period_name(part.begins, period, told),
                f"{part.both.reviews:,}",
                *(share_of(part.young), share_of(part.mature), percent(part.both.share)),
            )
            for part in reversed(told.retention.get(period, ()))
        ],
    )


def _to_come(told: Statistics) -> Iterator[str]:
    coming = told.forecast
    if not coming.backlog and not any(coming.due):
        return
    yield "<h2>To come</h2>"
    late = f"{plural(coming.backlog, 'card')} from before today; " if coming.backlog else ""
    week, all_days = sum(coming.due[:7]), len(coming.due)
    yield f"<p>{late}{week:,} within a week, {sum(coming.due):,} within {all_days} days."
    yield "New cards come on top.</p>"
    found = to_come(coming, most=_BARS)
    if found.bars:
        yield _bars(found, f"Reviews that fall due, by {found.period}", "reviews")


def _memory(told: Statistics) -> Iterator[str]:
    plots = [
        ("Stability", _STABILITY, told.stability),
        ("Difficulty", _DIFFICULTY, told.difficulty),
        ("Chance to remember today, from 0 to 1", "", told.retrievability),
    ]
    if not any(sum(values.counts) for *_, values in plots):
        return
    yield "<h2>Memory today</h2>"
    for title, helps, values in plots:
        if sum(values.counts):
            yield f"<h3>{title}</h3>"
            if helps:
                yield f'<p class="note">{helps}</p>'
            yield _figure(svg.histogram(values, title=title, what="cards"))


def _answers(told: Statistics) -> Iterator[str]:
    groups = [group for group in told.ratings if sum(group.counts)]
    if groups or sum(told.times.counts):
        yield "<h2>Answers</h2>"
    names = tuple(rating.word for rating in Rating)
    if groups:
        yield f'<h3>Ratings</h3>\n<p class="note">{_RATINGS}</p>'
    for group in groups:
        yield f'<p class="note">Of {shown(group.label)} cards</p>'
        yield _figure(svg.stacked(group.counts, title=f"Ratings of {group.label} cards", names=names))
    if groups:
        rows = [
            (capital(group.label), *(f"{count:,}" for count in group.counts), f"{sum(group.counts):,}")
            for group in groups
        ]
        yield from table(("Cards", *names, "All"), rows)
    if any(hour.reviews for hour in told.hours):
        found = {hour.hour: hour for hour in told.hours}
        yield "<h3>By hour of the day</h3>"
        shares = [found[hour].reviews if hour in found else 0 for hour in range(24)]
        yield _figure(
            svg.bars(
                [Bar(f"{hour}:00", count) for hour, count in enumerate(shares)],
                title="Answers by hour of the day",
                unit="answers",
            )
        )
        rows = [
            (f"{hour.hour}:00", f"{hour.reviews:,}", percent(Kept(hour.reviews, hour.passed).share))
            for hour in told.hours
            if hour.reviews
        ]
        yield from table(("Hour", "Answers", "Remembered"), rows)
    if sum(told.times.counts):
        yield "<h3>Time for an answer</h3>"
        yield _figure(svg.histogram(told.times, title="Time for an answer", what="answers"))


def _scores(told: Statistics, titles: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[str]:
    tables = [
        ("Deck", told.decks, titles),
        ("Question type", told.types, {}),
        ("Source", told.sources, sources),
        ("Person", told.people, {}),
        ("How sure", told.calibration, {}),
    ]
    if any(parts for _, parts, _ in tables):
        yield "<h2>Scores</h2>"
    for heading, parts, names in tables:
        if parts:
            yield from _accuracy(heading, parts, names)


def _accuracy(heading: str, parts: Sequence[Accuracy], names: Mapping[str, str]) -> Iterator[str]:
    yield '<table class="scores">'
    yield (
        f'<thead><tr><th scope="col">{heading}</th><th></th><th scope="col" class="number">Score</th>'
        '<th scope="col" class="number">Answers</th><th scope="col" class="number">Seconds</th></tr></thead>'
    )
    yield "<tbody>"
    for part in parts[:MOST]:
        bar = f'<td class="share"><div style="width:{min(100, part.percent)}%"></div></td>'
        cells = numbers((f"{part.percent} %", f"{part.answers:,}", f"{part.seconds:.1f}"))
        yield f'<tr><td dir="auto">{words(names.get(part.label, part.label))}</td>{bar}{cells}</tr>'
    yield "</tbody>\n</table>"
    yield from more(len(parts) - MOST)


def _predictions(told: Statistics) -> Iterator[str]:
    found = told.predictions
    bins = [each for each in found.bins if each.reviews]
    if not bins:
        return
    yield "<h2>Predictions</h2>"
    yield f'<p class="note">{_PREDICTIONS}</p>'
    yield _figure(svg.calibration(found.points, title="Predicted against remembered"))
    yield f"<p>{capital(how_far_off(found))}.</p>"
    yield from table(
        ("Predicted", "Mean", "Remembered", "Reviews on a later day"),
        [
            (
                f"{100 * each.low:.0f}–{100 * each.high:.0f} %",
                percent(each.predicted),
                percent(each.passed / each.reviews),
                f"{each.reviews:,}",
            )
            for each in bins
        ],
    )


def _trouble(told: Statistics, titles: Mapping[str, str]) -> Iterator[str]:
    if told.confusions or told.weakest or told.leeches:
        yield "<h2>To look after</h2>"
    if told.confusions:
        yield "<h3>Confusions</h3>"
        rows = [(words(each.said), words(each.meant), f"{each.times:,}") for each in told.confusions]
        yield from table(("Said", "Meant", "Times"), rows, texts=2, kind="pairs")
    if told.weakest or told.leeches:
        yield f'<p class="note">{_LAPSES}</p>'
    for heading, facts in (("Weakest facts", told.weakest), ("Forgotten again and again", told.leeches)):
        if facts:
            yield f"<h3>{heading}</h3>"
            yield from table(
                ("Question", "Answer", "Deck", "Known", "Lapses", "Score"),
                [_fact(fact, titles) for fact in facts],
                texts=3,
                kind="facts",
            )


def _fact(fact: Fact, titles: Mapping[str, str]) -> tuple[str, ...]:
    texts = (fact.question, fact.answer, titles.get(fact.deck, fact.deck))
    return (*map(words, texts), known(fact), f"{fact.lapses:,}", percent(fact.mean))


def _tests(told: Statistics, titles: Mapping[str, str]) -> Iterator[str]:
    if not told.quizzes:
        return
    yield "<h2>Tests</h2>"
    scores = tuple(100 * test.share for test in told.quizzes)
    labels = [period_name(test.day, "day") for test in told.quizzes]
    if len(scores) > 1:
        yield _figure(svg.lines([Series("score", scores)], labels, title="Scores of tests", low=0.0))
    rows = [
        (
            short_date(test.day),
            words(", ".join(titles.get(deck, deck) for deck in test.decks) or "All decks"),
            f"{test.points:.1f} of {test.questions}",
            f"{100 * test.share:.0f} %",
        )
        for test in reversed(told.quizzes)
    ]
    yield from table(("Day", "Decks", "Points", "Score"), rows, texts=2, kind="tests")


def _bars(found: Amounts, title: str, unit: str) -> str:
    return f"<h3>{title}</h3>\n" + _figure(svg.bars(found.bars, title=title, unit=unit))


def _figure(drawn: str) -> str:
    return f"<figure>{drawn}</figure>"


def _period_name(begins: date, period: str, told: Statistics) -> str:
    name = period_name(begins, period)
    return f"{name} so far" if is_so_far(begins, period, today=told.today) else name
