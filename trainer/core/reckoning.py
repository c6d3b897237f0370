"""What the log came to and how the cards stand, as statistics."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from trainer.core import outlook
from trainer.core.fsrs6 import Curve
from trainer.core.normalise import normalise
from trainer.core.outlook import CardNow
from trainer.core.review import Confidence
from trainer.core.statistics import (
    PERIODS,
    Buttons,
    Confusion,
    Day,
    Hour,
    Kept,
    QuizScore,
    Retention,
    Statistics,
    begin_of,
)
from trainer.core.stats import Accuracy, streaks
from trainer.core.tally import LEARNING, MATURED, YOUNG, DaySums, Tally, Trail

MOST_CONFUSIONS = 20
_CONFUSED_FROM = 2
_STOOD = {LEARNING: "learning", YOUNG: "young", MATURED: "mature"}


class Asked(NamedTuple):
    """What statistics are asked about: the study day, the period, what is desired, and from when on a card
    is a leech."""

    today: date
    since: date | None
    until: date | None
    desired: float
    curve: Curve
    leech_lapses: int


def reckon(
    asked: Asked,
    tally: Tally,
    cards: Sequence[CardNow],
    *,
    sources: Iterable[tuple[str, str]],
    people: Iterable[tuple[str, str]],
    quizzes: Iterable[QuizScore],
) -> Statistics:
    """The statistics of cards that decks have; `sources` and `people` are pairs of card id and label."""
    days = sorted(tally.days.values(), key=lambda day: day.day)
    studied = [_day(day) for day in days if day.reviews]
    within = [day for day in days if day.reviews and day.counts]
    today, curve, scores = asked.today, asked.curve, tally.cards
    stability, difficulty, retrievability = outlook.memories(cards, curve, today)
    return Statistics(
        today=today,
        first=days[0].day if days else None,
        since=asked.since,
        until=asked.until,
        desired=asked.desired,
        total=_accuracy("", scores.values()),
        done_today=next((day for day in studied if day.day == today), Day(today, 0, 0.0, 0)),
        streaks=streaks((day.day for day in studied), today=today),
        best_run=tally.best_run,
        days=tuple(map(_day, within)),
        retention={period: _retention(within, period) for period in PERIODS},
        forecast=outlook.forecast(cards, today),
        stability=stability,
        difficulty=difficulty,
        retrievability=retrievability,
        ratings=_ratings(tally.ratings),
        hours=tuple(Hour(hour, *counts) for hour, counts in enumerate(tally.hours) if counts[0]),
        times=outlook.times(tally.times),
        decks=_grouped(((card.id, card.deck) for card in cards), scores),
        types=_grouped(((card.id, card.type) for card in cards), scores),
        sources=_most_first(_grouped(sources, scores)),
        people=_most_first(_grouped(people, scores)),
        calibration=tuple(
            _accuracy(level.word, [tally.confidence[level]])
            for level in reversed(Confidence)
            if level in tally.confidence
        ),
        predictions=tally.predicting.predictions(),
        confusions=_confusions(tally.said),
        weakest=outlook.weakest(cards, scores, curve, today),
        leeches=outlook.leeches(cards, scores, curve, today, lapses=asked.leech_lapses),
        quizzes=tuple(quiz for quiz in quizzes if _within(quiz.day, asked)),
    )


def meant(cards: Iterable[CardNow]) -> dict[str, str]:
    """The answers to the cards, by id, of which one answer is typed or chosen: what is said can be confused.

    True and false are no answers that can be taken for one another across cards.
    """
    return {
        card.id: card.answer
        for card in cards
        if card.form in ("TypeIn", "Choose") and card.expected != "Items" and card.type != "true-false"
    }


def _within(day: date, asked: Asked) -> bool:
    return (asked.since or date.min) <= day <= (asked.until or date.max)


def _day(day: DaySums) -> Day:
    return Day(day.day, day.reviews, day.score, day.milliseconds)


def _retention(days: Iterable[DaySums], period: str) -> tuple[Retention, ...]:
    """By the periods in which there is something to tell."""
    found: dict[date, list[Kept]] = {}
    for day in days:
        counts = [Kept(*day.kept[stood]) for stood in (YOUNG, MATURED)]
        if any(kept.reviews for kept in counts):
            begins = begin_of(day.day, period)
            before = found.get(begins, [Kept(0, 0)] * 2)
            found[begins] = [
                Kept(old.reviews + new.reviews, old.passed + new.passed)
                for old, new in zip(before, counts, strict=True)
            ]
    return tuple(Retention(begins, *kept) for begins, kept in found.items())


def _ratings(counts: Sequence[Sequence[int]]) -> tuple[Buttons, ...]:
    return tuple(
        Buttons(word, (counts[stood][1], counts[stood][2], counts[stood][3], counts[stood][4]))
        for stood, word in _STOOD.items()
        if any(counts[stood])
    )


def _accuracy(label: str, parts: Iterable[Trail]) -> Accuracy:
    answers, score, milliseconds = 0, 0.0, 0
    for part in parts:
        answers += part.answers
        score += part.score
        milliseconds += part.milliseconds
    return Accuracy(label, answers, score, milliseconds)


def _grouped(labels: Iterable[tuple[str, str]], scores: Mapping[str, Trail]) -> tuple[Accuracy, ...]:
    """The scores of the cards of each label that has answers, in the order in which labels first come."""
    groups: dict[str, dict[str, Trail]] = {}
    for card, label in labels:
        sums = scores.get(card)
        if sums is not None and sums.answers:
            groups.setdefault(label, {})[card] = sums
    return tuple(_accuracy(label, group.values()) for label, group in groups.items())


def _most_first(parts: Collection[Accuracy]) -> tuple[Accuracy, ...]:
    return tuple(sorted(parts, key=lambda part: (-part.answers, part.label)))


def _confusions(said: Mapping[tuple[str, str], int]) -> tuple[Confusion, ...]:
    """What was said in place of what, from twice on; spellings that are the same count as one."""
    found: dict[tuple[str, str], Confusion] = {}
    for (response, answer), count in said.items():
        same = normalise(response), normalise(answer)
        first = found.get(same, Confusion(response, answer, 0))
        found[same] = first._replace(times=first.times + count)
    often = [
        confusion
        for (response, answer), confusion in found.items()
        if confusion.times >= _CONFUSED_FROM and response != answer
    ]
    often.sort(key=lambda confusion: -confusion.times)
    return tuple(often[:MOST_CONFUSIONS])
