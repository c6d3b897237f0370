from __future__ import annotations

from datetime import date

import pytest
from factories import TODAY
from hypothesis import given
from hypothesis import strategies as st
from tallied import memory

from trainer.core.fsrs6 import Curve
from trainer.core.outlook import (
    DAYS,
    WEAKEST,
    CardNow,
    Memory,
    forecast,
    histogram,
    leeches,
    memories,
    times,
    weakest,
)
from trainer.core.scheduling import Phase
from trainer.core.tally import Trail


def card(
    note: str = "a", *, memory: Memory | None = None, aside: bool = False, buried: bool = False
) -> CardNow:
    return CardNow(
        f"deck/{note}/card", "deck", "typed", "Who?", "Me.", "TypeIn", "Text", aside, buried, memory
    )


def scored(answers: int, score: float) -> Trail:
    trail = Trail()
    trail.answers_ever, trail.score_ever = answers, score
    return trail


def test_what_is_late_is_apart_from_what_comes() -> None:
    cards = [card(memory=memory(due=due)) for due in (-9, -1, 0, 0, 1, DAYS - 1, DAYS)]
    told = forecast(cards, TODAY)
    assert (told.begins, told.backlog, len(told.due)) == (TODAY, 2, DAYS)
    assert (told.due[:3], told.due[-1], sum(told.due)) == ((2, 1, 0), 1, 4)


def test_new_cards_and_those_set_aside_do_not_fall_due_and_buried_ones_wait_for_tomorrow() -> None:
    cards = [
        card(),
        card(memory=memory(), aside=True),
        card(memory=memory(due=-3), buried=True),
        card(memory=memory(due=2), buried=True),
    ]
    told = forecast(cards, TODAY)
    assert (told.backlog, told.due[:4]) == (0, (0, 1, 1, 0))


def test_memories_are_spread_over_bins_with_units() -> None:
    cards = [card(memory=memory(stability=each, difficulty=10)) for each in (0.5, 10, 99_999)]
    stability, difficulty, known = memories([*cards, card()], Curve(), TODAY)
    assert (stability.unit, stability.middle, sum(stability.counts)) == ("days", 10, 3)
    assert (stability.counts[0], stability.counts[-1]) == (1, 1)
    assert (difficulty.edges[0], difficulty.edges[-1], difficulty.counts[-1]) == (1, 10, 3)
    assert known.edges == tuple(each / 10 for each in range(11))
    assert known.middle == pytest.approx(0.9)


def test_times_are_told_in_seconds() -> None:
    told = times({4: 1, 15: 2, 36_000: 1})
    assert (told.unit, told.counts[:2], told.counts[-1], told.middle) == ("s", (1, 2), 1, 1.5)


@given(st.lists(st.tuples(st.floats(-5, 60), st.integers(1, 4)), max_size=20))
def test_no_value_is_lost_and_the_median_is_in_the_middle(values: list[tuple[float, int]]) -> None:
    told = histogram(values, (0, 1, 5, 50))
    every = sorted(value for value, count in values for _ in range(count))
    assert sum(told.counts) == len(every)
    assert told.counts[0] == sum(value < 1 for value in every)
    half = len(every) // 2
    middle = (every[half] + every[-half - 1]) / 2 if every else None
    assert told.middle == (pytest.approx(middle) if every else None)


def test_the_weakest_are_those_known_least_that_are_asked() -> None:
    cards = [
        card("new"),
        card("well", memory=memory(ago=1)),
        card("once", memory=memory(ago=2, lapses=1)),
        card("badly", memory=memory(ago=90)),
        card("aside", memory=memory(ago=900), aside=True),
        card("worse", memory=memory(ago=90, lapses=2)),
    ]
    scores = {"deck/badly/card": scored(4, 1.5), "deck/well/card": scored(3, 3.0)}
    told = weakest(cards, scores, Curve(), TODAY)
    assert [fact.card for fact in told] == ["deck/worse/card", "deck/badly/card", "deck/once/card"]
    assert (told[1].answers, told[1].score, told[1].question, told[1].answer) == (4, 1.5, "Who?", "Me.")
    assert told[0].known == told[1].known < told[2].known
    assert (told[0].answers, told[0].lapses) == (0, 2)


def test_a_card_just_missed_is_the_weakest_while_it_is_learnt() -> None:
    missed, passed = scored(1, 0.0), scored(2, 1.0)
    missed.phase, missed.again = Phase.LEARNING, True
    passed.phase = Phase.RELEARNING
    cards = [
        card("worst", memory=memory(ago=900, lapses=9)),
        card("passed", memory=memory(ago=0)),
        card("missed", memory=memory(ago=0)),
    ]
    scores = {"deck/missed/card": missed, "deck/passed/card": passed}
    told = weakest(cards, scores, Curve(), TODAY)
    assert [(fact.card, fact.learning) for fact in told] == [
        ("deck/missed/card", True),
        ("deck/worst/card", False),
        ("deck/passed/card", False),
    ]
    missed.phase = Phase.REVIEW
    assert not any(fact.learning for fact in weakest(cards, scores, Curve(), TODAY))


def test_what_is_known_alike_is_ordered_by_lapses_and_then_by_the_mean_score() -> None:
    cards = [
        card(note, memory=memory(stability=10 + note_at / 1000, lapses=lapses))
        for note_at, (note, lapses) in enumerate([("b", 1), ("a", 1), ("much", 1), ("often", 3)])
    ]
    scores = {
        "deck/a/card": scored(2, 1.0),
        "deck/b/card": scored(2, 1.0),
        "deck/much/card": scored(20, 9.0),
        "deck/often/card": scored(1, 1.0),
    }
    told = weakest(cards, scores, Curve(), TODAY)
    assert [fact.card for fact in told] == [f"deck/{note}/card" for note in ("often", "much", "a", "b")]
    assert [fact.mean for fact in told] == [1.0, 0.45, 0.5, 0.5]


def test_only_some_of_the_weakest_are_told() -> None:
    cards = [card(str(note), memory=memory(ago=note, lapses=1)) for note in range(40)]
    assert len(weakest(cards, {}, Curve(), TODAY)) == WEAKEST


def test_leeches_are_told_by_their_lapses_even_if_suspended() -> None:
    cards = [
        card("new"),
        card("few", memory=memory(lapses=7)),
        card("some", memory=memory(lapses=8)),
        card("many", memory=memory(lapses=12), aside=True),
    ]
    told = leeches(cards, {}, Curve(), TODAY, lapses=8)
    assert [fact.card for fact in told] == ["deck/many/card", "deck/some/card"]


def test_a_card_is_known_for_certain_on_the_day_of_its_review() -> None:
    told = weakest([card(memory=memory(ago=-1, lapses=1))], {}, Curve(), date(2024, 6, 13))
    assert told[0].known == 1.0
