from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories import TODAY, make_moment
from hypothesis import given
from hypothesis import strategies as st
from tallied import CARD, CARRIED, entry

from trainer.core.review import Rating
from trainer.core.scheduling import MemoryState, Phase, Scheduler, SchedulingSettings
from trainer.core.statistics import MATURE
from trainer.core.tally import LEARNING, MATURED, YOUNG, Entry, Tally

YOUNG_AND_CARRIED = CARRIED._replace(due_day=TODAY)

ratings = st.sampled_from(Rating)
gaps = st.sampled_from((0, 0, 1, 3, 12, 20, 21, 30, 400)) | st.integers(-3, 40)
actions = st.lists(st.tuples(ratings, gaps) | st.sampled_from(("forget", "carried")), max_size=25)
schedulings = st.builds(
    SchedulingSettings,
    desired_retention=st.floats(0.7, 0.99),
    maximum_interval=st.sampled_from((1, 20, 22, 25, 36_500)),
    learning_steps=st.sampled_from(((), (60, 600), (90_000,))),
    relearning_steps=st.sampled_from(((), (600,))),
    fuzz=st.booleans(),
)


def tally_of(*entries: Entry, since: date | None = None, until: date | None = None) -> Tally:
    tally = Tally(
        Scheduler(),
        since=since,
        until=until,
        meant={CARD: "Yerevan"},
        decode={"carried": CARRIED}.__getitem__,
    )
    tally.add(entries)
    return tally


@given(actions, schedulings)
def test_a_card_stands_before_every_review_as_the_scheduler_says(
    actions: list[tuple[Rating, int] | str], settings: SchedulingSettings
) -> None:
    scheduler = Scheduler(settings)
    tally = Tally(scheduler, meant={}, decode={"carried": CARRIED}.__getitem__)
    state: MemoryState | None = None
    day = TODAY
    stood = [[0] * 5 for _ in range(3)]
    foreseen = passed = spaced = missed = 0
    for action in actions:
        if isinstance(action, str):
            tally.add([entry(kind=action, response=action)])
            state = CARRIED if action == "carried" else None
            spaced, missed = (CARRIED.reps - 1, CARRIED.lapses) if state else (0, 0)
            continue
        rating, gap = action
        day += timedelta(days=gap)
        if state is None or state.phase.in_steps:
            stood[LEARNING][rating] += 1
        else:
            stood[MATURED if state.interval >= MATURE else YOUNG][rating] += 1
        if state is not None and day > state.last_day:
            foreseen += 1
            passed += rating > 1
            spaced += 1
            missed += rating == 1
        tally.add([entry(int(rating), day=day)])
        state = scheduler.after(state, rating, card=CARD, moment=make_moment(day))
        trail = tally.cards[CARD]
        assert (trail.stability, trail.difficulty) == state[:2]
        assert (trail.phase, trail.step, trail.reps) == (state.phase, state.step, state.reps)
        assert trail.last == state.last_day.toordinal()
        assert (trail.spaced, trail.missed) == (spaced, missed)
    assert tally.ratings == stood
    predictions = tally.predicting.predictions()
    assert predictions.reviews == foreseen
    assert sum(each.passed for each in predictions.bins) == passed


@given(st.floats(0.01, 500), schedulings, st.sampled_from((1, 2, 3, 7, 21, 22, 90)), st.integers(1, 9))
def test_whether_an_interval_is_long_is_told_as_the_interval_itself_does(
    stability: float, settings: SchedulingSettings, least: int, reps: int
) -> None:
    scheduler = Scheduler(settings)
    told = scheduler.is_interval_from(least, stability, card=CARD, reps=reps)
    assert told == (scheduler.interval(stability, card=CARD, reps=reps) >= least)


def test_true_retention_is_of_cards_past_their_steps_on_another_day() -> None:
    day = TODAY + timedelta(days=1)
    tally = tally_of(
        entry(3, day=TODAY),  # New.
        entry(3, day=day),  # In steps, though on another day.
        entry(1, day=day),  # Past its steps, but on the same day.
        entry(4, day=day),  # In steps again.
        entry(1, day=day + timedelta(days=3)),
    )
    assert [found.kept[YOUNG] for found in tally.days.values()] == [[0, 0], [0, 0], [1, 0]]
    assert tally.ratings[LEARNING][1:] == [0, 0, 2, 1]
    assert tally.ratings[YOUNG][1:] == [2, 0, 0, 0]


def test_a_carried_card_is_as_mature_as_its_interval_says() -> None:
    tally = tally_of(entry(kind="carried", response="carried"), entry(3))
    assert tally.days[TODAY.isoformat()].kept[MATURED] == [1, 1]
    young = Tally(Scheduler(), meant={}, decode=lambda text: YOUNG_AND_CARRIED)
    young.add([entry(kind="carried", response="…"), entry(1)])
    assert young.days[TODAY.isoformat()].kept[YOUNG] == [1, 0]


def test_only_the_period_counts_but_what_was_before_tells_how_cards_stood() -> None:
    days = [TODAY + timedelta(days=days) for days in (0, 0, 5, 60)]
    entries = [entry(4, day=day, spent=2000, confidence=3, hour=7) for day in days]
    tally = tally_of(*entries, since=days[2], until=days[2])
    trail = tally.cards[CARD]
    assert (trail.answers, trail.milliseconds, trail.score, trail.answers_ever) == (1, 2000, 1.0, 4)
    assert [day.counts for day in tally.days.values()] == [False, True, False]
    assert tally.ratings[YOUNG][4] + tally.ratings[MATURED][4] == 1 == sum(map(sum, tally.ratings))
    assert tally.hours[7] == [1, 1]
    assert tally.times == {20: 1}
    assert tally.confidence[3].answers == 1
    assert (tally.best_run, tally.predicting.predictions().reviews) == (1, 1)


def test_tests_count_for_scores_and_leave_the_memory_alone() -> None:
    tally = tally_of(entry(3), entry(1, mode="quiz", score=0.5, day=TODAY + timedelta(days=9)))
    trail = tally.cards[CARD]
    assert (trail.answers, trail.score, trail.reps, trail.last) == (2, 1.5, 1, TODAY.toordinal())
    assert [(day.reviews, day.score) for day in tally.days.values()] == [(1, 1.0), (0, 0.0)]
    assert tally.best_run == 1


def test_answers_of_another_program_count_but_make_no_run() -> None:
    tally = tally_of(*(entry(kind="elsewhere") for _ in range(5)), entry())
    assert (tally.best_run, tally.cards[CARD].answers) == (1, 6)


def test_a_run_ends_with_an_answer_that_was_partly_right() -> None:
    assert tally_of(*(entry(score=score) for score in (1, 1, 0.9, 1))).best_run == 2


def test_a_time_is_unknown_where_it_is_nothing_and_bounded_where_nobody_was_there() -> None:
    assert tally_of(entry(spent=0), entry(spent=250), entry(spent=10**9)).times == {2: 1, 36_000: 1}


def test_a_card_knows_whether_it_was_missed_last() -> None:
    def again(*entries: Entry) -> bool:
        return tally_of(*entries).cards[CARD].again

    assert again(entry(3), entry(1))
    assert not again(entry(1), entry(2))
    assert not again(entry(1), entry(1, mode="quiz"), entry(kind="forget"))
    assert not again(entry(1), entry(kind="carried", response="carried"))


def test_what_was_carried_in_steps_after_a_lapse_was_missed_last() -> None:
    state = CARRIED._replace(phase=Phase.RELEARNING)
    tally = Tally(Scheduler(), meant={}, decode={"": state}.__getitem__)
    tally.add([entry(kind="carried")])
    assert tally.cards[CARD].again


def test_what_was_said_is_counted_against_what_was_meant_then_or_else_now() -> None:
    tally = tally_of(
        entry(1, response="Minsk", answer="Erevan"),
        entry(1, response="Minsk"),
        entry(1, response="Minsk"),
        entry(1, response="Baku", card="other/note/card"),
        entry(1),
    )
    assert tally.said == {("Minsk", "Erevan"): 1, ("Minsk", "Yerevan"): 2}


def test_of_very_many_wrong_answers_those_said_once_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.core.tally._MOST_PAIRS", 3)
    tally = tally_of(*(entry(1, response=text) for text in ("a", "a", "b", "c", "d")))
    assert tally.said == {("a", "Yerevan"): 2}
