"""What can be done with decks and their log, from sitting to sitting and day to day."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from desk import NAMES, SOURCES, Clock
from factories import RIGHT, WRONG
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.collection import Collection, looking
from trainer.collection.looking import remembered
from trainer.config import Config, Places
from trainer.core.prompt import Text, TypeIn
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.core.session import Selection, Session
from trainer.errors import DecksError
from trainer.storage.deck_index import DeckIndex

BERLIN = ZoneInfo("Europe/Berlin")
PLAIN = Config(learning_steps=(), relearning_steps=(), fuzz=False)
"""Intervals in whole days: a new card rated Good comes back after two, rated Easy after eight."""

PAIRS = """\
title: Pairs
tags: [pairs]
notes:
  - {id: tide, type: reversed, front: Spring tide, back: the tide at new moon, source: report#1}
  - {id: town, type: typed, question: Where is Parliament?, answer: Yerevan, source: report#2, tags: town}
"""


def numbers(count: int, *, title: str = "Numbers") -> str:
    notes = "".join(f"  - {{id: n{n}, question: Question {n}, answer: {n}}}\n" for n in range(1, count + 1))
    return f"title: {title}\nnotes:\n{notes}"


class Room:
    """A folder with decks and progress, a clock, and as many collections over it as a test opens."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.clock, self._stack = folder, Clock(), stack

    def write(self, name: str, text: str) -> Path:
        path = self.folder / "decks" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def open(self, config: Config = PLAIN) -> Collection:
        places = Places(self.folder / "progress.db", self.folder / "config.toml", (self.folder / "decks",))
        collection = Collection(places, config, clock=self.clock)
        self._stack.callback(collection.close)
        return collection

    def at(self, *parts: int) -> None:
        self.clock.time = datetime(*parts, tzinfo=BERLIN)  # type: ignore[arg-type,misc]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as stack:
        room = Room(tmp_path, stack)
        room.write("sources", SOURCES)
        room.write("names", NAMES)
        yield room


def rate(collection: Collection, session: Session, *ratings: Rating) -> Session:
    for rating in ratings:
        verdict = WRONG if rating is Rating.AGAIN else RIGHT
        session = collection.rate(session, rating, verdict=verdict, response="said", milliseconds=1000)
    return session


def study(collection: Collection, *ratings: Rating, **selection: object) -> Session:
    return rate(collection, collection.start(Selection(**selection)), *ratings)  # type: ignore[arg-type]


def asked(session: Session) -> set[str]:
    return {f"{card.note}/{card.key}" for card in session.cards.values()}


def notes(session: Session) -> set[str]:
    return {card.note for card in session.cards.values()}


def replayed(collection: Collection) -> dict[str, object]:
    """What the log implies under the settings in force, worked out from nothing."""
    scheduler = Scheduler(collection.config.scheduling())
    found = {card.id: scheduler.replay(collection.store.history(card.id)) for card in collection.cards()}
    return {card: state for card, state in found.items() if state is not None}


# Days


def test_the_streak_counts_days_in_a_row_up_to_today_or_yesterday(room: Room) -> None:
    room.write("numbers", numbers(9))
    collection = room.open()
    seen = []
    for studied in (False, True, False, True, True, False, False, True):
        if studied:
            study(collection, Rating.EASY, limit=1)
        seen.append(collection.overview().streak)
        room.clock.forward(days=1)
    assert seen == [0, 1, 1, 1, 2, 2, 0, 1]


def test_a_review_taken_back_makes_no_streak(room: Room) -> None:
    room.write("numbers", numbers(2))
    collection = room.open()
    collection.undo(study(collection, Rating.GOOD))
    assert collection.overview().streak == 0


def known_of(collection: Collection) -> dict[str, float]:
    return {deck: share for deck, share in remembered(collection) if share is not None}


def test_known_is_the_share_of_a_deck_remembered_today(room: Room) -> None:
    room.write("numbers", numbers(4))
    room.write("pairs", PAIRS)
    collection = room.open()
    assert known_of(collection) == {"numbers": 0.0, "pairs": 0.0}
    study(collection, Rating.EASY, Rating.EASY, decks=("numbers",))
    assert known_of(collection) == {"numbers": 0.5, "pairs": 0.0}
    room.clock.forward(days=8)
    assert 0.44 < known_of(collection)["numbers"] < 0.46


def test_ahead_counts_what_falls_due_on_each_of_seven_days(room: Room) -> None:
    room.write("numbers", numbers(5))
    collection = room.open()
    study(collection, Rating.GOOD, Rating.GOOD, Rating.EASY)
    today = collection.now().day
    ahead = collection.overview().ahead
    assert [day for day, _ in ahead] == [today + timedelta(days=each) for each in range(1, 8)]
    assert [count for _, count in ahead] == [0, 2, 0, 0, 0, 0, 0]
    room.clock.forward(days=3)  # The two are overdue now, and still due tomorrow if they are left.
    assert [count for _, count in collection.overview().ahead] == [2, 0, 0, 0, 1, 0, 0]
    assert collection.due().total.due == 2


def test_suspended_cards_are_not_ahead_but_buried_ones_are_due_tomorrow(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open()
    study(collection, Rating.GOOD, Rating.GOOD, Rating.GOOD)
    room.clock.forward(days=2)
    session = collection.suspend(collection.start(Selection()))
    collection.bury(session)
    assert collection.due().total.due == 1
    room.clock.forward(days=1)
    assert collection.due().total.due == 2


def test_new_tomorrow_is_what_is_left_within_the_daily_limit(room: Room) -> None:
    room.write("numbers", numbers(5))
    collection = room.open(PLAIN._replace(new_per_day=3))
    assert collection.overview().new_tomorrow == 3
    study(collection, Rating.EASY, Rating.EASY, Rating.EASY)
    assert collection.overview().new_tomorrow == 2
    room.clock.forward(days=1)
    assert collection.due().total.new == 2


def test_a_sibling_answered_today_is_new_tomorrow(room: Room) -> None:
    room.write("pairs", PAIRS)
    collection = room.open()
    assert asked(collection.start(Selection())) == {"tide/forward", "town/card"}
    study(collection, Rating.EASY, Rating.EASY)
    assert collection.due().total.new == 0
    assert collection.overview().new_tomorrow == 1
    room.clock.forward(days=1)
    assert asked(collection.start(Selection())) == {"tide/backward"}


def test_siblings_due_at_once_come_on_two_days_the_longest_due_first(room: Room) -> None:
    room.write("pairs", PAIRS)
    collection = room.open()
    study(collection, Rating.EASY, limit=1)
    room.clock.forward(days=1)
    study(collection, Rating.GOOD, limit=1, new=9)
    room.clock.forward(days=9)
    due = {card for card, state in collection.store.memory().items() if state.due_day <= collection.now().day}
    assert due == {"pairs/tide/forward", "pairs/tide/backward"}
    assert asked(collection.start(Selection(new=0))) == {"tide/backward"}
    study(collection, Rating.GOOD, new=0)
    assert collection.due().total.due == 0
    room.clock.forward(days=1)
    assert asked(collection.start(Selection(new=0))) == {"tide/forward"}


@pytest.mark.parametrize("reopened", [False, True])
def test_the_daily_limit_counts_what_was_introduced_today(room: Room, reopened: bool) -> None:
    room.write("numbers", numbers(9))
    config = PLAIN._replace(new_per_day=4)
    collection = room.open(config)
    study(collection, Rating.EASY, Rating.EASY, Rating.EASY)
    collection = room.open(config) if reopened else collection
    assert collection.start(Selection()).total == collection.due().total.new == 1
    assert collection.start(Selection(new=5)).total == 5
    room.clock.forward(days=1)
    assert collection.start(Selection()).total == 4


def test_reviews_do_not_use_up_the_limit_of_new_cards(room: Room) -> None:
    room.write("numbers", numbers(9))
    collection = room.open(PLAIN._replace(new_per_day=2))
    study(collection, Rating.GOOD, Rating.GOOD)
    room.clock.forward(days=2)
    study(collection, Rating.GOOD, Rating.GOOD, new=0)
    study(collection, Rating.GOOD, Rating.GOOD, cram=True)
    assert collection.due().total.new == 2
    assert collection.start(Selection()).total == 2


def test_a_lower_limit_than_what_was_introduced_leaves_none(room: Room) -> None:
    room.write("numbers", numbers(9))
    study(room.open(), Rating.EASY, Rating.EASY, Rating.EASY)
    assert room.open(PLAIN._replace(new_per_day=2)).due().total.new == 0


def test_a_study_day_begins_at_the_rollover_hour(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open(PLAIN._replace(new_per_day=1))
    room.at(2026, 11, 22, 3, 59)
    assert collection.due().day == date(2026, 11, 21)
    study(collection, Rating.EASY)
    assert collection.due().total.new == 0
    room.at(2026, 11, 22, 4, 1)
    assert collection.due().day == date(2026, 11, 22)
    assert collection.due().total.new == 1
    assert room.open(PLAIN._replace(rollover_hour=5)).due().day == date(2026, 11, 21)


def test_a_sitting_over_midnight_is_of_one_day(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open()
    room.at(2026, 11, 21, 23, 58)
    session = study(collection, Rating.GOOD)
    room.at(2026, 11, 22, 0, 3)
    rate(collection, session, Rating.GOOD)
    days = [collection.store.reviews(f"numbers/n{n}/card")[0].moment.day for n in (1, 2)]
    assert days == [date(2026, 11, 21)] * 2
    due = {state.due_day for state in collection.store.memory().values()}
    assert due == {date(2026, 11, 23)}
    assert collection.overview().streak == 1


def test_a_sitting_over_the_rollover_goes_on_in_the_new_day(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open()
    room.at(2026, 11, 22, 3, 58)
    session = study(collection, Rating.GOOD)
    room.at(2026, 11, 22, 4, 2)
    session = rate(collection, session, Rating.GOOD, Rating.GOOD)
    assert session.front is None
    assert collection.overview().streak == 2


@pytest.mark.parametrize(
    ("before", "changes"), [(date(2026, 10, 24), "back an hour"), (date(2027, 3, 27), "forward an hour")]
)
def test_the_days_on_which_clocks_change_are_days_like_others(room: Room, before: date, changes: str) -> None:
    room.write("numbers", numbers(9))
    collection = room.open()
    for ahead in range(3):
        day = before + timedelta(days=ahead)
        for hour in (4, 23):
            room.at(day.year, day.month, day.day, hour)
            assert collection.due().day == day, changes
            study(collection, Rating.GOOD, limit=1)
        following = day + timedelta(days=1)
        room.at(following.year, following.month, following.day, 3, 59)
        assert collection.due().day == day
        assert collection.overview().streak == ahead + 1
    assert collection.store.memory() == replayed(collection)
    gaps = {state.due_day - state.last_day for state in collection.store.memory().values()}
    assert min(gaps) >= timedelta(days=2)


def test_the_hour_that_comes_twice_is_of_one_study_day(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open()
    moments = []
    for fold in (0, 1):
        room.clock.time = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=fold)
        moments.append(collection.now())
    assert [moment.day for moment in moments] == [date(2026, 10, 24)] * 2
    assert [moment.utc_offset for moment in moments] == [120, 60]
    assert moments[1].at - moments[0].at == 3_600_000


def test_a_clock_set_back_loses_nothing(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open()
    study(collection, Rating.GOOD)
    room.clock.forward(days=-30)
    study(collection, Rating.GOOD, cards=("numbers/n1/card",), cram=True)
    study(collection, Rating.GOOD)
    assert collection.overview().totals.reviews == 1
    assert collection.store.memory() == replayed(collection)


# Selections


def test_a_deck_is_chosen_by_id_or_by_a_part_that_fits_one_only(room: Room) -> None:
    room.write("numbers", numbers(2))
    room.write("more/numbers-two", numbers(3, title="Numbers, continued"))
    room.write("pairs", PAIRS)
    collection = room.open()
    for wanted, count in {
        "numbers": 2,
        "NUMBERS": 2,
        "more/numbers-two": 3,
        "continued": 3,
        "pai": 2,
    }.items():
        assert collection.start(Selection(decks=(wanted,))).total == count, wanted
    assert collection.start(Selection(decks=("numbers", "pairs", "numbers"))).total == 4


def test_a_part_that_fits_several_decks_or_none_is_refused_naming_them(room: Room) -> None:
    room.write("numbers-one", numbers(2))
    room.write("numbers-two", numbers(2))
    room.write("pairs", PAIRS)
    collection = room.open()
    with pytest.raises(DecksError, match="numb: fits several decks") as several:
        collection.start(Selection(decks=("numb",)))
    assert several.value.hint == "decks: numbers-one, numbers-two"
    with pytest.raises(DecksError, match="letters: no such deck") as none:
        collection.start(Selection(decks=("pairs", "letters")))
    assert none.value.hint == "decks: numbers-one, numbers-two, pairs"


def test_tags_and_sources_narrow_a_sitting(room: Room) -> None:
    room.write("numbers", numbers(2))
    room.write("pairs", PAIRS)
    collection = room.open()
    for selection, expected in (
        (Selection(tags=("town",)), {"town"}),
        (Selection(tags=("pairs",)), {"town", "tide"}),
        (Selection(sources=("report",)), {"town", "tide"}),
        (Selection(sources=("report#1",)), {"tide"}),
        (Selection(sources=("report#1", "report#2")), {"town", "tide"}),
        (Selection(tags=("town",), sources=("report",), decks=("pairs",)), {"town"}),
    ):
        assert notes(collection.start(selection)) == expected, selection


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(tags=("no",)), "no: no card has such a tag"),
        (Selection(sources=("report#9",)), "report#9: no card cites that paragraph"),
        (Selection(names=("Baku",)), "Baku: no such name"),
        (Selection(tags=("town",), sources=("report#1",)), "no card is tagged town, from report#1"),
    ],
)
def test_what_no_card_has_is_refused(room: Room, selection: Selection, said: str) -> None:
    room.write("pairs", PAIRS)
    with pytest.raises(DecksError, match=said):
        room.open().start(selection)


def test_a_limit_is_of_the_whole_sitting_and_new_of_the_new_cards(room: Room) -> None:
    room.write("numbers", numbers(9))
    collection = room.open()
    study(collection, Rating.GOOD, Rating.GOOD, Rating.GOOD)
    room.clock.forward(days=2)
    assert collection.start(Selection()).total == 9
    assert collection.start(Selection(limit=4)).total == 4
    assert collection.start(Selection(new=1)).total == 4
    assert collection.start(Selection(new=0)).total == 3
    assert collection.start(Selection(new=9, limit=2)).total == 2


def test_cramming_asks_everything_until_it_is_known_and_leaves_the_schedule_alone(room: Room) -> None:
    room.write("pairs", PAIRS)
    collection = room.open()
    study(collection, Rating.GOOD)
    before = collection.store.memory()
    session = study(collection, Rating.AGAIN, Rating.GOOD, Rating.EASY, cram=True)
    assert asked(session) == {"tide/forward", "tide/backward", "town/card"}
    assert session.front == "pairs/tide/forward"
    assert rate(collection, session, Rating.GOOD).front is None
    assert collection.store.memory() == before == replayed(collection)
    assert collection.due().total.new == 1


def test_a_forgotten_card_comes_again_in_the_sitting(room: Room) -> None:
    room.write("numbers", numbers(2))
    collection = room.open(Config())
    session = study(collection, Rating.AGAIN)
    assert session.front == "numbers/n2/card"
    session = rate(collection, session, Rating.EASY)
    assert session.front == "numbers/n1/card"
    again = room.open(Config())
    assert again.due().total == ("", "", 0, 1, 0)
    assert again.start(Selection()).front == "numbers/n1/card"


# Deck files that change


def mark_index(room: Room, title: str) -> None:
    """Write into the index what no deck file says: it stays until the file is read anew."""
    with closing(sqlite3.connect(room.folder / "progress.db")) as file, file:
        file.execute("UPDATE deck_file SET title = ?", (title,))


def test_only_a_changed_deck_is_read_anew(room: Room) -> None:
    path = room.write("numbers", numbers(2))
    room.write("pairs", PAIRS)
    room.open().close()
    mark_index(room, "From the index")
    os.utime(path)
    assert [deck.title for deck in room.open().decks] == ["From the index"] * 2
    room.write("numbers", numbers(3))
    collection = room.open()
    assert [deck.title for deck in collection.decks] == ["Numbers", "From the index"]
    assert collection.due().total.new == 5


def test_sessions_over_a_folder_and_its_sub_folder_do_not_mix_up_their_cards(room: Room) -> None:
    room.write("sub/numbers", numbers(2))
    whole = room.open()
    part = Collection(
        whole.places._replace(decks=(whole.places.decks[0] / "sub",)), whole.config, clock=room.clock
    )
    assert [deck.deck for deck in part.decks] == ["numbers"]
    assert [deck.deck for deck in whole.overview().due.decks] == ["sub/numbers"]
    assert {card.deck for card in whole.cards()} == {"sub/numbers"}


@pytest.mark.parametrize("registry", ["sources", "names"])
def test_a_changed_registry_reads_its_decks_anew(room: Room, registry: str) -> None:
    room.write("pairs", PAIRS)
    first = room.open()
    before = DeckIndex(first.store).known()
    room.write("names", NAMES.replace("[Erevan]", "[Erevan, Eriwan]") if registry == "names" else NAMES)
    room.write("sources", SOURCES.replace("two", "both") if registry == "sources" else SOURCES)
    collection = room.open()
    assert DeckIndex(collection.store).known() != before
    (town,) = (card for card in collection.cards() if card.note == "town")
    assert isinstance(town.prompt.form, TypeIn)
    if registry == "names":
        assert isinstance(town.prompt.form.expected, Text)
        assert "Eriwan" in town.prompt.form.expected.aliases
    else:
        assert town.sources[0].source.title == "A report on both ambassadors"


def test_an_edited_question_keeps_its_history(room: Room) -> None:
    room.write("numbers", numbers(2))
    study(room.open(), Rating.GOOD)
    room.write("numbers", numbers(2).replace("Question 1", "What comes first?"))
    collection = room.open()
    assert collection.due().total.new == 1
    room.clock.forward(days=2)
    session = collection.start(Selection(new=0))
    assert session.card is not None and session.card.prompt.question == "What comes first?"


def test_a_card_gone_from_its_deck_is_not_asked_and_comes_back_with_its_history(room: Room) -> None:
    room.write("numbers", numbers(2))
    study(room.open(), Rating.GOOD, Rating.GOOD)
    room.clock.forward(days=2)
    room.write("numbers", numbers(1))
    collection = room.open()
    assert collection.due().total == ("", "", 0, 0, 1)
    assert collection.overview().totals.reviews == 0
    assert collection.start(Selection()).total == 1
    room.write("numbers", numbers(2))
    assert room.open().due().total == ("", "", 0, 0, 2)


def test_the_answer_to_a_card_gone_from_its_deck_can_be_taken_back(room: Room) -> None:
    room.write("numbers", numbers(2))
    study(room.open(), Rating.GOOD, Rating.GOOD)
    room.write("numbers", numbers(1))
    collection = room.open()
    session, entry = collection.undo(collection.start(Selection()))
    assert entry is not None and entry.card == "numbers/n2/card"
    assert session.front is None
    assert set(collection.store.memory()) == {"numbers/n1/card"}


@pytest.mark.parametrize("part", [1, 2, 3, 4, 5])
def test_how_well_a_deck_is_known_is_read_in_parts(
    room: Room, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.write("numbers", numbers(4))
    collection = room.open()
    study(collection, Rating.EASY, Rating.AGAIN, Rating.GOOD)
    whole = known_of(collection)["numbers"]
    monkeypatch.setattr(looking, "_PART", part)
    told = [share for _, share in remembered(collection)]
    assert told[:-1] == [None] * (-(-4 // part) - 1)
    assert told[-1] == pytest.approx(whole)


def test_a_deck_without_cards_is_known_to_be_not_known(room: Room) -> None:
    room.write("numbers", numbers(1))
    room.write("empty", "title: Empty\nnotes: []\n")
    collection = room.open()
    assert known_of(collection) == {deck.deck: 0.0 for deck in collection.decks}
    assert len(collection.decks) == 2


def test_a_deck_removed_is_gone_from_every_count(room: Room) -> None:
    room.write("numbers", numbers(2))
    path = room.write("pairs", PAIRS)
    study(room.open(), Rating.GOOD, decks=("pairs",))
    path.unlink()
    collection = room.open()
    assert [deck.deck for deck in collection.due().decks] == ["numbers"]
    assert known_of(collection) == {"numbers": 0.0}


def test_a_broken_deck_stops_no_other_and_keeps_its_history(room: Room) -> None:
    room.write("numbers", numbers(2))
    room.write("pairs", PAIRS)
    study(room.open(), Rating.GOOD, decks=("numbers",))
    room.write("numbers", numbers(2) + "  - {id: n3, question: }\n")
    collection = room.open()
    assert [deck.deck for deck in collection.due().decks] == ["pairs"]
    assert {problem.severity for problem in collection.problems} >= {"error"}
    assert all(problem.span.path.endswith("numbers.yaml") for problem in collection.problems)
    assert collection.start(Selection()).total == 2
    with pytest.raises(DecksError):
        collection.start(Selection(decks=("numbers",)))
    room.write("numbers", numbers(2))
    assert room.open().due().total.new == 3


# Settings that change


def test_another_desired_retention_is_applied_to_the_whole_log(room: Room) -> None:
    room.write("numbers", numbers(3))
    collection = room.open()
    for _ in range(3):
        study(collection, Rating.GOOD, Rating.EASY, Rating.HARD)
        room.clock.forward(days=900)
    before = collection.store.memory()
    strict = room.open(PLAIN._replace(desired_retention=0.97))
    after = strict.store.memory()
    assert after == replayed(strict)
    assert all(after[card].due_day < before[card].due_day for card in before)
    assert room.open().store.memory() == before


def test_settings_that_do_not_schedule_leave_memory_states_alone(room: Room) -> None:
    room.write("numbers", numbers(1))
    study(room.open(), Rating.GOOD)
    with closing(sqlite3.connect(room.folder / "progress.db")) as file, file:
        file.execute("UPDATE memory SET lapses = 77")
    other = room.open(PLAIN._replace(new_per_day=1, theme="light", rollover_hour=3))
    assert [state.lapses for state in other.store.memory().values()] == [77]


# Several sessions


def test_two_sessions_that_answer_one_card_lose_neither_answer(room: Room) -> None:
    room.write("numbers", numbers(2))
    one, two = room.open(), room.open()
    here, there = one.start(Selection()), two.start(Selection())
    assert here.front == there.front == "numbers/n1/card"
    here, there = rate(one, here, Rating.GOOD), rate(two, there, Rating.EASY)
    ratings = [review.rating for review in one.store.reviews("numbers/n1/card")]
    assert ratings == [Rating.GOOD, Rating.EASY]
    assert one.store.memory() == two.store.memory() == replayed(one)
    assert here.front == there.front == "numbers/n2/card"


def test_what_another_session_took_back_is_not_taken_back_twice(room: Room) -> None:
    room.write("numbers", numbers(2))
    one, two = room.open(), room.open()
    session = study(one, Rating.GOOD)
    two.undo(two.start(Selection()))
    assert two.store.memory() == {}
    one.undo(session)
    assert one.store.memory() == {} == replayed(one)


def test_a_deck_index_is_shared_by_sessions(room: Room) -> None:
    room.write("numbers", numbers(2))
    one = room.open()
    session = one.start(Selection())
    room.write("numbers", numbers(1))
    room.open()
    assert rate(one, session, Rating.GOOD, Rating.GOOD).front is None
    assert len(one.store.reviews("numbers/n2/card")) == 1


# Undo


@pytest.mark.parametrize("reopened", [False, True])
def test_everything_can_be_taken_back_step_by_step_also_tomorrow(room: Room, reopened: bool) -> None:
    room.write("numbers", numbers(6))
    collection = room.open()
    session = collection.start(Selection())
    start = session.front
    session = rate(collection, session, Rating.GOOD, Rating.AGAIN)
    session = collection.flag(session)
    session = collection.bury(session)
    session = collection.suspend(session)
    session = rate(collection, session, Rating.EASY)
    if reopened:
        collection.close()
        room.clock.forward(days=1)
        collection = room.open()
        session = collection.start(Selection())
    kinds = []
    for _ in range(6):
        session, entry = collection.undo(session)
        assert entry is not None
        kinds.append((entry.kind, session.front == entry.card))
        assert collection.store.memory() == replayed(collection)
    kinds_only = [kind for kind, _ in kinds]
    assert kinds_only == ["review", "suspend", "bury", "flag", "review", "review"]
    assert all(in_front for _, in_front in kinds)
    assert session.front == start
    assert collection.store.memory() == {} and collection.standing.flagged() == frozenset()
    assert collection.due().total.new == 6
    same, nothing = collection.undo(session)
    assert nothing is None and same.front == start


def test_undo_goes_from_this_sitting_into_the_one_before(room: Room) -> None:
    room.write("numbers", numbers(4))
    collection = room.open()
    study(collection, Rating.EASY)
    session = study(collection, Rating.EASY)
    session, _ = collection.undo(session)
    assert session.front == "numbers/n2/card"
    session, entry = collection.undo(session)
    assert entry is not None and entry.card == session.front == "numbers/n1/card"
    assert session.total == 4
    assert rate(collection, session, Rating.EASY).front == "numbers/n2/card"


def test_an_undone_answer_can_be_given_again(room: Room) -> None:
    room.write("numbers", numbers(2))
    collection = room.open()
    session, _ = collection.undo(study(collection, Rating.AGAIN))
    session = rate(collection, session, Rating.GOOD)
    assert [review.rating for review in collection.store.reviews("numbers/n1/card")] == [Rating.GOOD]
    assert collection.store.memory() == replayed(collection)


def test_flags_bury_and_suspend_do_nothing_where_no_card_is_in_front(room: Room) -> None:
    room.write("numbers", numbers(1))
    collection = room.open()
    over = study(collection, Rating.EASY)
    assert over.front is None
    assert collection.flag(over) is collection.bury(over) is collection.suspend(over) is over


@settings(max_examples=25)
@given(
    steps=st.lists(
        st.sampled_from([*Rating, "undo", "bury", "suspend", "flag", "tomorrow", "reopen"]), max_size=25
    )
)
def test_whatever_is_done_memory_is_what_the_log_implies(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Rating | str]
) -> None:
    with ExitStack() as stack:
        room = Room(tmp_path_factory.mktemp("room"), stack)
        room.write("numbers", numbers(3))
        room.write("sources", SOURCES)
        room.write("pairs", PAIRS)
        collection = room.open(Config())
        session = collection.start(Selection())
        for step in steps:
            if isinstance(step, Rating):
                session = rate(collection, session, step) if session.front else session
            elif step == "undo":
                session, _ = collection.undo(session)
            elif step in ("bury", "suspend", "flag"):
                session = getattr(collection, step)(session)
            else:
                room.clock.forward(days=int(step == "tomorrow"), minutes=1)
                collection = room.open(Config()) if step == "reopen" else collection
                session = collection.start(Selection())
            assert session.front is None or session.front in session.cards
            assert 0 <= session.finished <= session.total
        assert collection.store.memory() == replayed(collection)
