"""Clocks set back, days skipped, zones changed, summer time, 29 February, the hour when a day begins."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from doing import NAMED, UNKNOWN, places_in, write_decks
from hypothesis import example, given, settings
from hypothesis import strategies as st
from implied import faults, implied, logged

from trainer.collection import Collection
from trainer.config import Config
from trainer.core.day import moment_of
from trainer.core.review import Rating
from trainer.core.session import Selection, Session

ZONES = (
    *(
        "Europe/Berlin",
        "Europe/Lisbon",
        "Europe/Moscow",
        "Europe/Istanbul",
        "Africa/Casablanca",
        "Africa/Cairo",
    ),
    *("America/New_York", "America/St_Johns", "America/Havana", "America/Sao_Paulo", "America/Caracas"),
    *("Asia/Kathmandu", "Asia/Tehran", "Asia/Pyongyang", "Asia/Gaza", "Australia/Lord_Howe", "Pacific/Apia"),
    *("Pacific/Chatham", "Pacific/Norfolk", "Antarctica/Troll"),
)
YEARS = range(2008, 2018)
QUARTER = timedelta(minutes=15)
ROLLOVER = 4
DAY = timedelta(days=1)


def test_in_every_quarter_of_an_hour_the_day_is_what_the_wall_clock_says(
    trials: Callable[[int], int],
) -> None:
    """The long run is ten years in each of twenty zones: `--trials 200`."""
    assert len(ZONES) == 20
    pairs = Random(1).sample([*product(ZONES, YEARS)], min(200, trials(2)))
    told = 0
    for zone, year in pairs:
        here, last, now = ZoneInfo(zone), None, datetime(year, 1, 1, tzinfo=UTC)
        while now.year == year:
            local = now.astimezone(here)
            day = moment_of(local, rollover_hour=ROLLOVER).day
            before_it_begins = local.hour < ROLLOVER
            assert day.toordinal() == local.toordinal() - before_it_begins
            assert last is None or last <= day <= last + DAY, f"{zone}: {last} and then {day}"
            last, now, told = day, now + QUARTER, told + 1
    print(len(pairs), "years in some zone,", told, "quarters of an hour")


@contextmanager
def zone_of_the_process(zone: str) -> Iterator[None]:
    """As long as this lasts, the process is in another time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


class Learner:
    """Somebody with four cards, whose clock and zone change as they like."""

    def __init__(self, folder: Path, start: datetime) -> None:
        write_decks(folder / "decks")
        (folder / "decks" / "nameless.yaml").unlink()
        self.time, self.zone = start.astimezone(UTC), ZoneInfo("UTC")
        self.collection = Collection(places_in(folder), Config(), clock=self.now)

    def now(self) -> datetime:
        return self.time.astimezone(self.zone)

    @property
    def today(self) -> date:
        local = self.now()
        return local.date() - DAY * (local.hour < ROLLOVER)


steps = st.tuples(
    st.sampled_from(ZONES),
    st.one_of(st.integers(-3_000, 3_000), st.integers(-100_000, 900_000), st.just(1)).map(
        lambda minutes: timedelta(minutes=minutes)
    ),
    st.sampled_from(Rating),
)
starts = st.datetimes(datetime(1999, 12, 1), datetime(2101, 3, 3), timezones=st.just(UTC))
FEBRUARY = datetime(2024, 2, 28, 12, tzinfo=UTC)


def test_whatever_the_clock_does_the_schedule_stays_sound(trials: Callable[[int], int]) -> None:
    """The long run: `--trials 2000`."""
    settings(max_examples=trials(15))(a_script_leaves_the_schedule_sound)()


@given(starts, st.lists(steps, max_size=12))
@example(FEBRUARY, [("Pacific/Apia", DAY, Rating.GOOD), ("Pacific/Apia", DAY, Rating.GOOD)] * 4)
@example(FEBRUARY, [("Europe/Berlin", -DAY * 400, Rating.EASY), ("Europe/Berlin", DAY * 401, Rating.AGAIN)])
def a_script_leaves_the_schedule_sound(start: datetime, script: list[tuple[str, timedelta, Rating]]) -> None:
    with TemporaryDirectory() as folder:
        learner = Learner(Path(folder), start)
        with closing(learner.collection) as collection:
            session = collection.start(Selection())
            for zone, later, rating in script:
                learner.zone = ZoneInfo(zone)
                learner.time += later
                if session.card is None or later > DAY:
                    session = collection.start(Selection())
                if session.card is None:
                    continue
                session = rated(learner, collection, session, rating)
            check_plan(learner, collection)
            check_replay(collection)


def rated(learner: Learner, collection: Collection, session: Session, rating: Rating) -> Session:
    """Rate the card in front; its schedule never runs backwards."""
    card = session.front
    assert card is not None
    before = collection.store.memory([card]).get(card)
    session = collection.rate(session, rating, verdict=UNKNOWN, response="", milliseconds=1)
    after = collection.store.memory([card])[card]
    (*_, review) = collection.store.reviews(card)
    assert review.moment.day == learner.today
    assert review.moment.at == round(learner.time.timestamp() * 1000)
    assert after.interval >= 0 and after.stability > 0
    assert after.last_day == max(learner.today, before.last_day if before else learner.today)
    assert after.due_day == after.last_day + timedelta(days=after.interval)
    return session


def check_plan(learner: Learner, collection: Collection) -> None:
    """All that is due is asked, oldest first, and nothing else but new cards."""
    memory = collection.store.memory()
    session = collection.start(Selection())
    order = [card for card in (session.front, *session.waiting) if card in memory]
    reviews = [card for card in order if card and memory[card].due_at is None]
    due = {card for card, state in memory.items() if state.due_day <= learner.today and state.due_at is None}
    assert {*reviews} == due
    assert [memory[card].due_day for card in reviews] == sorted(memory[card].due_day for card in reviews)


def check_replay(collection: Collection) -> None:
    """The log says the same in every zone."""
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"):
        with zone_of_the_process(zone):
            assert faults(collection.store.connection, collection.scheduler) == []
            log = logged(collection.store.connection)
            assert implied(log, collection.scheduler).memory == collection.store.memory()


def learner_at(folder: Path, *parts: int, zone: str = "Europe/Berlin") -> Learner:
    learner = Learner(folder, datetime(*parts, tzinfo=ZoneInfo(zone)))  # type: ignore[arg-type,misc]
    learner.zone = ZoneInfo(zone)
    return learner


def all_rated(collection: Collection, rating: Rating = Rating.EASY) -> list[str]:
    """The cards that a session asks, all rated."""
    session, asked = collection.start(Selection()), list[str]()
    while session.front is not None:
        asked.append(session.front)
        session = collection.rate(session, rating, verdict=UNKNOWN, response="", milliseconds=1)
    return asked


def test_a_session_that_runs_past_the_hour_when_the_day_begins_goes_on(tmp_path: Path) -> None:
    learner = learner_at(tmp_path, 2024, 2, 29, 3, 50)
    with closing(learner.collection) as collection:
        session = collection.start(Selection())
        for minutes in (5, 10, 5, 5):
            learner.time += timedelta(minutes=minutes)
            session = collection.rate(session, Rating.EASY, verdict=UNKNOWN, response="", milliseconds=1)
        assert session.front is None
        days = [collection.store.reviews(f"{note}/card")[0].moment.day for note in NAMED]
        assert days == [date(2024, 2, 28), date(2024, 2, 29), date(2024, 2, 29), date(2024, 2, 29)]


@pytest.mark.parametrize("days", [1, 2, 30, 400])
def test_days_that_were_skipped_lose_nothing_that_was_due(tmp_path: Path, days: int) -> None:
    learner = learner_at(tmp_path, 2023, 2, 27, 20)
    with closing(learner.collection) as collection:
        asked = all_rated(collection)
        learner.time += timedelta(days=20 + days)
        assert sorted(all_rated(collection)) == sorted(asked)
        assert faults(collection.store.connection, collection.scheduler) == []


def test_who_flies_west_is_not_asked_again_what_was_answered_tomorrow(tmp_path: Path) -> None:
    learner = learner_at(tmp_path, 2024, 6, 13, 5, zone="Pacific/Auckland")
    with closing(learner.collection) as collection:
        assert len(all_rated(collection)) == len(NAMED)
        learner.zone = ZoneInfo("Pacific/Honolulu")
        learner.time += timedelta(hours=9)
        assert learner.today == date(2024, 6, 12)
        assert all_rated(collection) == []
        states = collection.store.memory().values()
        assert {state.last_day for state in states} == {date(2024, 6, 13)}


@pytest.mark.parametrize(("hours", "parts"), [(23, (2024, 3, 30, 4)), (25, (2024, 10, 26, 4))])
def test_in_the_night_when_clocks_change_a_step_of_minutes_takes_minutes(
    tmp_path: Path, hours: int, parts: tuple[int, ...]
) -> None:
    """And what is due the next day is due when that day begins by the wall clock, to the second."""
    learner = learner_at(tmp_path, *parts)
    with closing(learner.collection) as collection:
        learner.time += timedelta(hours=hours - 2)  # Two hours before the next day begins.
        session = collection.start(Selection(limit=1))
        card = session.front
        session = collection.rate(session, Rating.AGAIN, verdict=UNKNOWN, response="", milliseconds=1)
        state = collection.store.memory()[card or ""]
        assert state.due_at == round((learner.time + timedelta(minutes=1)).timestamp() * 1000)
        assert learner.today == state.last_day
        learner.time += timedelta(hours=2) - timedelta(seconds=1)
        assert learner.today == collection.now().day == state.last_day
        learner.time += timedelta(seconds=1)
        assert collection.now().day == state.last_day + DAY
