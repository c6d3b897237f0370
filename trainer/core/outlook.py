"""How the cards stand now: what is coming, how well they are known, and which need care."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from trainer.core.fsrs6 import Curve
from trainer.core.statistics import Fact, Forecast, Histogram
from trainer.core.tally import Trail

DAYS = 90
"""Days from today on for which what falls due is told."""

WEAKEST = 15

_STABILITIES = (0, 1, 2, 4, 7, 14, 30, 60, 120, 240, 365, 730, 1825, 3650, 36_500)
_DIFFICULTIES = tuple(range(1, 11))
_TENTHS = tuple(tenth / 10 for tenth in range(11))
_SECONDS = (0, 1, 2, 3, 5, 8, 12, 20, 30, 60, 120, 300, 3600)


class Memory(NamedTuple):
    """The memory state of a card, as far as it matters here; days are study days."""

    stability: float
    difficulty: float
    due_day: date
    last_day: date
    lapses: int


class CardNow(NamedTuple):
    """A card of a deck as it stands.

    `form` and `expected` name the classes in `core/prompt`; what has several answers expects `Items`. It is
    `aside` where it is suspended or superseded, and `buried` for today. A new card has no memory.
    """

    id: str
    deck: str
    type: str
    question: str
    answer: str
    form: str
    expected: str
    aside: bool
    buried: bool
    memory: Memory | None


def falls_due(card: CardNow, today: date) -> date | None:
    """The day on which a card comes; None if it is new or set aside. One buried for today comes tomorrow."""
    if card.memory is None or card.aside:
        return None
    tomorrow = today + timedelta(days=1)
    return max(card.memory.due_day, tomorrow) if card.buried else card.memory.due_day


def forecast(cards: Iterable[CardNow], today: date) -> Forecast:
    """When the cards fall due, those set aside left out."""
    backlog, due = 0, [0] * DAYS
    for card in cards:
        day = falls_due(card, today)
        if day is None:
            continue
        ahead = (day - today).days
        if ahead < 0:
            backlog += 1
        elif ahead < DAYS:
            due[ahead] += 1
    return Forecast(today, backlog, tuple(due))


def memories(cards: Iterable[CardNow], curve: Curve, today: date) -> tuple[Histogram, Histogram, Histogram]:
    """How stability, difficulty and retrievability of the cards that were reviewed are spread."""
    known = [card.memory for card in cards if card.memory is not None]
    return (
        histogram(((each.stability, 1) for each in known), _STABILITIES, unit="days"),
        histogram(((each.difficulty, 1) for each in known), _DIFFICULTIES),
        histogram(((_known(each, curve, today), 1) for each in known), _TENTHS),
    )


def times(tenths: Mapping[int, int]) -> Histogram:
    """How the seconds an answer took are spread; they are counted by tenths of a second."""
    return histogram(((tenth / 10, count) for tenth, count in tenths.items()), _SECONDS, unit="s")


def weakest(
    cards: Iterable[CardNow], scores: Mapping[str, Trail], curve: Curve, today: date
) -> tuple[Fact, ...]:
    """The cards that are known least, of those that were once missed and are asked.

    Those that are still being learnt come first. Where chances are the same to a hundredth, the card that
    lapsed more often is the weaker one, then the one with the lower mean score.
    """
    facts = [_fact(card, scores, curve, today) for card in cards if card.memory and not card.aside]
    return tuple(sorted(filter(_was_missed, facts), key=_weakness)[:WEAKEST])


def leeches(
    cards: Iterable[CardNow], scores: Mapping[str, Trail], curve: Curve, today: date, *, lapses: int
) -> tuple[Fact, ...]:
    """The cards that have lapsed so often or more, most often first; suspended ones, too."""
    found = [card for card in cards if card.memory is not None and card.memory.lapses >= lapses]
    facts = [_fact(card, scores, curve, today) for card in found]
    return tuple(sorted(facts, key=lambda fact: (-fact.lapses, fact.known, fact.card)))


def histogram(values: Iterable[tuple[float, int]], edges: Sequence[float], *, unit: str = "") -> Histogram:
    """How values, each with how often it is there, are spread; those beyond the ends count at the ends."""
    counts = [0] * (len(edges) - 1)
    ordered = sorted(values)
    for value, count in ordered:
        counts[min(max(bisect_right(edges, value) - 1, 0), len(counts) - 1)] += count
    return Histogram(tuple(edges), tuple(counts), unit, _median(ordered, sum(counts)))


def _median(ordered: Sequence[tuple[float, int]], count: int) -> float | None:
    """The value in the middle, or the mean of the two; None of none."""
    middle: list[float] = []
    passed = 0
    for value, times_there in ordered:
        passed += times_there
        if not middle and passed >= (count + 1) // 2:
            middle.append(value)
        if passed >= count // 2 + 1:
            return (middle[0] + value) / 2
    return None


def _was_missed(fact: Fact) -> bool:
    return fact.learning or fact.lapses > 0 or (fact.mean is not None and fact.mean < 1)


def _weakness(fact: Fact) -> tuple[float, int, float, str]:
    known = 0.0 if fact.learning else round(fact.known, 2)
    return known, -fact.lapses, 1.0 if fact.mean is None else fact.mean, fact.card


def _known(memory: Memory, curve: Curve, today: date) -> float:
    return curve.known_on(today, memory.stability, memory.last_day)


def _fact(card: CardNow, scores: Mapping[str, Trail], curve: Curve, today: date) -> Fact:
    assert card.memory is not None
    sums = scores.get(card.id) or Trail()
    return Fact(
        card=card.id,
        deck=card.deck,
        question=card.question,
        answer=card.answer,
        known=_known(card.memory, curve, today),
        lapses=card.memory.lapses,
        answers=sums.answers_ever,
        score=sums.score_ever,
        learning=sums.again and sums.phase.in_steps,
    )
