from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import fsrs
import pytest
from factories import TODAY, make_moment, make_review
from fsrs.scheduler import FUZZ_RANGES
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.core.day import Moment, moment_of
from trainer.core.fsrs6 import Curve
from trainer.core.review import Rating, Review
from trainer.core.scheduling import (
    History,
    MemoryState,
    Phase,
    Scheduler,
    SchedulingSettings,
)

Answer = tuple[Rating, int, int]

ratings = st.sampled_from(Rating)
answers: st.SearchStrategy[Answer] = st.tuples(
    ratings, st.sampled_from((0, 0, 1, 2, 3, 7, 30, 400)) | st.integers(0, 60), st.integers(0, 9)
)
histories = st.lists(answers, min_size=1, max_size=30)
minutes = st.integers(1, 4000).map(lambda count: count * 60)
step_lists = st.lists(minutes, max_size=3).map(tuple)
schedulings = st.builds(
    SchedulingSettings,
    desired_retention=st.floats(0.7, 0.99),
    maximum_interval=st.sampled_from((1, 2, 10, 365, 36_500)),
    learning_steps=step_lists,
    relearning_steps=step_lists,
    fuzz=st.just(False),
)
NO_FUZZ = SchedulingSettings(fuzz=False)


def moments(history: list[Answer]) -> list[Moment]:
    """Times at which spans of 24 hours and differences of study days are the same number."""
    day, clock, found = date(2023, 1, 1), 0, []
    for _, gap, later in history:
        day, clock = day + timedelta(days=gap), clock + later
        found.append(make_moment(day, minutes=clock))
    return found


def reference(chosen: SchedulingSettings) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        desired_retention=chosen.desired_retention,
        maximum_interval=chosen.maximum_interval,
        learning_steps=[timedelta(seconds=step) for step in chosen.learning_steps],
        relearning_steps=[timedelta(seconds=step) for step in chosen.relearning_steps],
        enable_fuzzing=False,
    )


def states(scheduler: Scheduler, history: list[Answer], card: str = "card") -> Iterator[MemoryState]:
    state: MemoryState | None = None
    for (rating, _, _), moment in zip(history, moments(history), strict=True):
        state = scheduler.after(state, rating, card=card, moment=moment)
        yield state


@settings(max_examples=300)
@given(histories, schedulings)
def test_memory_states_steps_and_intervals_are_those_of_py_fsrs(
    history: list[Answer], chosen: SchedulingSettings
) -> None:
    theirs, engine = fsrs.Card(card_id=1), reference(chosen)
    lapses = 0
    for reps, (ours, (rating, _, _), moment) in enumerate(
        zip(states(Scheduler(chosen), history), history, moments(history), strict=True), start=1
    ):
        lapses += theirs.state is fsrs.State.Review and rating is Rating.AGAIN
        at = datetime.fromtimestamp(moment.at / 1000, UTC)
        theirs, _ = engine.review_card(theirs, fsrs.Rating(int(rating)), at)
        assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
        assert (int(ours.phase), ours.step) == (int(theirs.state), theirs.step or 0)
        assert (ours.reps, ours.lapses) == (reps, lapses)
        assert ours.last_day == moment.day
        if ours.phase.in_steps:
            assert ours.due_at == round(theirs.due.timestamp() * 1000)
        else:
            assert ours.due_at is None
            assert ours.interval == (theirs.due - at).days


@settings(max_examples=100)
@given(histories, schedulings)
def test_a_replay_gives_the_state_that_the_reviews_left_one_by_one(
    history: list[Answer], chosen: SchedulingSettings
) -> None:
    scheduler = Scheduler(chosen)
    reviews = [
        make_review("card", rating, moment=moment)
        for (rating, _, _), moment in zip(history, moments(history), strict=True)
    ]
    assert scheduler.replay(History(reviews)) == list(states(scheduler, history))[-1]


def test_a_replay_passes_over_cramming() -> None:
    study = make_review(rating=Rating.GOOD)
    crammed = make_review(rating=Rating.AGAIN, mode="cram", moment=make_moment(minutes=5))
    scheduler = Scheduler()
    assert scheduler.replay(History([crammed, study, crammed])) == scheduler.replay(History([study]))
    assert scheduler.replay(History([crammed])) is None
    assert scheduler.replay(History([])) is None


@given(histories, histories)
def test_a_replay_goes_on_from_what_another_program_left(before: list[Answer], history: list[Answer]) -> None:
    scheduler = Scheduler()
    start = list(states(scheduler, before))[-1]
    reviews = [
        make_review("card", rating, moment=moment)
        for (rating, _, _), moment in zip(history, moments(history), strict=True)
    ]
    state: MemoryState | None = start
    for review in reviews:
        state = scheduler.after(state, review.rating, card="card", moment=review.moment)
    assert scheduler.replay(History(reviews, start)) == state
    assert scheduler.replay(History([], start)) == start


ZONES = ("Europe/Berlin", "Asia/Tokyo", "America/New_York")
wall_clocks = st.lists(
    st.tuples(ratings, st.datetimes(datetime(2023, 1, 1), datetime(2025, 12, 31))), min_size=1, max_size=15
).map(lambda found: sorted(found, key=lambda entry: entry[1]))


def reviews_in(zone: str, entries: list[tuple[Rating, datetime]]) -> list[Review]:
    return [
        make_review("card", rating, moment=moment_of(clock.replace(tzinfo=ZoneInfo(zone)), rollover_hour=4))
        for rating, clock in entries
    ]


@given(wall_clocks)
def test_the_same_study_days_give_the_same_memory_in_every_time_zone(
    entries: list[tuple[Rating, datetime]],
) -> None:
    scheduler = Scheduler()
    found = [scheduler.replay(History(reviews_in(zone, entries))) for zone in ZONES]
    assert all(state is not None for state in found)
    assert len({(s.stability, s.difficulty, s.phase, s.step, s.last_day, s.reps) for s in found if s}) == 1
    assert len({s.due_day for s in found if s}) == 1


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of the process cannot be set here")
def test_moving_to_another_time_zone_leaves_a_replay_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = [datetime(2024, 3, 29, 3, 59) + timedelta(hours=7 * step) for step in range(20)]
    entries = [(Rating(1 + step % 4), clock) for step, clock in enumerate(clocks)]
    reviews = reviews_in("Europe/Berlin", entries)
    found = []
    try:
        for zone in ZONES:
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            found.append(Scheduler().replay(History(reviews)))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert found[0] is not None
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_day_of_23_hours_is_one_day_to_the_schedule(zone: str) -> None:
    spring = {"Europe/Berlin": date(2024, 3, 31), "America/New_York": date(2024, 3, 10)}[zone]
    evening = datetime.combine(spring - timedelta(days=1), datetime.min.time()).replace(hour=20)
    summer = reviews_in(zone, [(Rating.EASY, evening), (Rating.GOOD, evening + timedelta(days=1))])
    assert summer[1].moment.at - summer[0].moment.at == 23 * 3600 * 1000
    after = Scheduler(NO_FUZZ).replay(History(summer))
    plain = [(Rating.EASY, 0, 0), (Rating.GOOD, 1, 0)]
    expected = list(states(Scheduler(NO_FUZZ), plain))[-1]
    assert after is not None
    assert (after.stability, after.interval) == (expected.stability, expected.interval)


def test_reviews_before_and_after_midnight_are_of_one_study_day() -> None:
    night = reviews_in(
        "Europe/Berlin",
        [(Rating.EASY, datetime(2024, 6, 13, 23, 50)), (Rating.GOOD, datetime(2024, 6, 14, 0, 10))],
    )
    after = Scheduler(NO_FUZZ).replay(History(night))
    same_day = list(states(Scheduler(NO_FUZZ), [(Rating.EASY, 0, 0), (Rating.GOOD, 0, 5)]))[-1]
    assert after is not None
    assert after.stability == same_day.stability


@given(st.floats(0.001, 40_000), st.integers(0, 40_000))
def test_retrievability_is_that_of_py_fsrs(stability: float, days: int) -> None:
    card = fsrs.Card(card_id=1, stability=stability, last_review=datetime(1900, 1, 1, tzinfo=UTC))
    now = datetime(1900, 1, 1, tzinfo=UTC) + timedelta(days=days)
    expected = fsrs.Scheduler().get_card_retrievability(card, now)
    assert Curve().recall(stability, days) == pytest.approx(expected, rel=1e-12)


def test_retrievability_is_nine_tenths_where_the_days_equal_the_stability() -> None:
    assert Curve().recall(30, 0) == 1
    assert Curve().recall(30, 30) == pytest.approx(0.9)


def fuzz_range(days: int, maximum: int) -> tuple[int, int]:
    """py-fsrs's own range, from its own table."""
    delta = 1.0
    for band in FUZZ_RANGES:
        delta += band["factor"] * max(min(float(days), band["end"]) - band["start"], 0.0)
    highest = min(round(days + delta), maximum)
    return min(max(2, round(days - delta)), highest), highest


@settings(max_examples=150)
@given(histories, schedulings, st.text(max_size=5))
def test_a_fuzzed_interval_lies_in_the_range_of_py_fsrs(
    history: list[Answer], chosen: SchedulingSettings, card: str
) -> None:
    fuzzing = SchedulingSettings(
        desired_retention=chosen.desired_retention,
        maximum_interval=chosen.maximum_interval,
        learning_steps=chosen.learning_steps,
        relearning_steps=chosen.relearning_steps,
    )
    exact = states(Scheduler(chosen), history, card)
    for plain, fuzzed in zip(exact, states(Scheduler(fuzzing), history, card), strict=True):
        assert (plain.stability, plain.phase) == (fuzzed.stability, fuzzed.phase)
        if plain.phase.in_steps or plain.interval < 2.5:
            assert fuzzed == plain
        else:
            low, high = fuzz_range(plain.interval, chosen.maximum_interval)
            assert low <= fuzzed.interval <= high
        assert plain.phase.in_steps or 1 <= fuzzed.interval <= chosen.maximum_interval


def test_fuzz_uses_its_whole_range_and_no_day_far_more_than_another() -> None:
    plain = Scheduler(NO_FUZZ).after(None, Rating.EASY, card="", moment=make_moment())
    low, high = fuzz_range(plain.interval, 36_500)
    drawn = [
        Scheduler().after(None, Rating.EASY, card=f"card {number}", moment=make_moment()).interval
        for number in range(2000)
    ]
    counts = {days: drawn.count(days) for days in range(low, high + 1)}
    assert sum(counts.values()) == len(drawn)
    assert min(counts.values()) > 0.7 * len(drawn) / len(counts)


def test_the_next_review_of_a_card_draws_its_fuzz_anew() -> None:
    def offsets(number: int) -> tuple[int, int]:
        history = [(Rating.EASY, 0, 0), (Rating.EASY, 8, 0)]
        plain = list(states(Scheduler(NO_FUZZ), history))
        fuzzed = list(states(Scheduler(), history, f"card {number}"))
        first, second = (mine.interval - exact.interval for mine, exact in zip(fuzzed, plain, strict=True))
        return first, second

    found = [offsets(number) for number in range(200)]
    firsts, seconds = ({*drawn} for drawn in zip(*found, strict=True))
    assert len({*found}) > 1.5 * (len(firsts) + len(seconds))


@settings(max_examples=100)
@given(histories, schedulings, st.text(max_size=5))
def test_the_preview_is_what_happens(history: list[Answer], chosen: SchedulingSettings, card: str) -> None:
    scheduler = Scheduler(
        SchedulingSettings(
            learning_steps=chosen.learning_steps, maximum_interval=chosen.maximum_interval, fuzz=True
        )
    )
    state: MemoryState | None = None
    for (rating, _, _), moment in zip(history, moments(history), strict=True):
        promised = scheduler.preview(state, card=card, moment=moment)
        assert list(promised) == list(Rating)
        state = scheduler.after(state, rating, card=card, moment=moment)
        assert promised[rating] == state


def test_fuzz_is_the_same_in_another_process() -> None:
    program = (
        "from datetime import date\n"
        "from trainer.core.day import Moment\n"
        "from trainer.core.review import Rating\n"
        "from trainer.core.scheduling import Scheduler\n"
        "at = Moment(0, 0, date(2024, 6, 13))\n"
        "print([Scheduler().after(None, Rating.EASY, card=str(n), moment=at).interval for n in range(50)])"
    )
    here = [
        Scheduler().after(None, Rating.EASY, card=str(n), moment=Moment(0, 0, TODAY)).interval
        for n in range(50)
    ]
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == str(here)


any_day = st.dates(date(1970, 1, 1), date(2200, 1, 1))


@settings(max_examples=100)
@given(st.lists(st.tuples(ratings, any_day), min_size=1, max_size=12), st.booleans())
def test_a_clock_that_jumps_never_breaks_the_schedule(entries: list[tuple[Rating, date]], fuzz: bool) -> None:
    scheduler = Scheduler(SchedulingSettings(fuzz=fuzz))
    state: MemoryState | None = None
    seen: list[date] = []
    for rating, day in entries:
        seen.append(day)
        state = scheduler.after(state, rating, card="card", moment=make_moment(day))
        assert state.last_day == max(seen)
        assert state.due_day >= state.last_day
        assert state.stability > 0
        assert 1 <= state.difficulty <= 10


def test_a_review_before_the_last_one_counts_as_on_the_day_of_the_last_one() -> None:
    scheduler = Scheduler()
    first = scheduler.after(None, Rating.EASY, card="card", moment=make_moment(TODAY))
    back = scheduler.after(first, Rating.GOOD, card="card", moment=make_moment(date(1999, 1, 1)))
    same = scheduler.after(first, Rating.GOOD, card="card", moment=make_moment(TODAY))
    assert back == same


def test_hard_at_the_first_step_waits_between_the_first_two() -> None:
    def wait(steps: tuple[int, ...]) -> int:
        scheduler = Scheduler(SchedulingSettings(learning_steps=steps))
        state = scheduler.after(None, Rating.HARD, card="card", moment=make_moment())
        assert state.due_at is not None
        return (state.due_at - make_moment().at) // 1000

    assert wait((60, 600)) == 330
    assert wait((60,)) == 90


def test_a_step_of_a_day_is_due_on_the_next_study_day() -> None:
    scheduler = Scheduler(SchedulingSettings(learning_steps=(60, 86_400)))
    first = scheduler.after(None, Rating.GOOD, card="card", moment=make_moment())
    assert (first.phase, first.step, first.due_day) == (Phase.LEARNING, 1, TODAY + timedelta(days=1))
    assert first.due_at == make_moment().at + 86_400_000


def test_a_step_that_the_settings_no_longer_have_is_left_behind() -> None:
    longer = Scheduler(SchedulingSettings(learning_steps=(60, 600, 3600), fuzz=False))
    second = longer.after(None, Rating.GOOD, card="card", moment=make_moment())
    third = longer.after(second, Rating.GOOD, card="card", moment=make_moment(minutes=10))
    assert third.step == 2
    shorter = Scheduler(SchedulingSettings(learning_steps=(60,), fuzz=False))
    later = make_moment(minutes=70)
    found = {rating: state.phase for rating, state in shorter.preview(third, card="c", moment=later).items()}
    assert found == {
        Rating.AGAIN: Phase.LEARNING,
        Rating.HARD: Phase.REVIEW,
        Rating.GOOD: Phase.REVIEW,
        Rating.EASY: Phase.REVIEW,
    }


def test_a_better_rating_never_means_an_earlier_return() -> None:
    scheduler = Scheduler(NO_FUZZ)
    state = scheduler.after(None, Rating.EASY, card="card", moment=make_moment())
    promised = scheduler.preview(state, card="card", moment=make_moment(state.due_day))
    waits = [promised[rating].due_day for rating in Rating]
    assert all(worse < better for worse, better in pairwise(waits))


def test_phases_know_their_words_and_which_of_them_are_steps() -> None:
    assert [phase.word for phase in Phase] == ["new", "learning", "review", "relearning"]
    assert [phase for phase in Phase if phase.in_steps] == [Phase.LEARNING, Phase.RELEARNING]
    assert [rating.word for rating in Rating] == ["Again", "Hard", "Good", "Easy"]


def test_how_well_a_card_is_known_on_a_day_counts_from_its_last_review() -> None:
    last = date(2024, 6, 13)
    assert Curve().known_on(date(2024, 6, 20), 3.0, last) == Curve().recall(3.0, 7)
    assert Curve().known_on(date(2024, 6, 1), 3.0, last) == 1, "a clock set back"
