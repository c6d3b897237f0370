from __future__ import annotations

from datetime import date, timedelta

from factories import TODAY
from hypothesis import given
from hypothesis import strategies as st
from tallied import CARRIED, entry, memory

from trainer.core.fsrs6 import Curve
from trainer.core.outlook import CardNow
from trainer.core.reckoning import MOST_CONFUSIONS, Asked, meant, reckon
from trainer.core.scheduling import Scheduler
from trainer.core.statistics import Confusion, Day, Kept, QuizScore, Statistics
from trainer.core.stats import Accuracy, Streaks
from trainer.core.tally import Entry, Tally

CARDS = [
    CardNow("a/1/card", "a", "typed", "Capital?", "Yerevan", "TypeIn", "Text", False, False, memory()),
    CardNow("a/2/card", "a", "choice", "Which?", "Minsk", "Choose", "", False, False, None),
    CardNow("b/1/card", "b", "typed", "Where?", "Baku", "TypeIn", "Text", False, False, memory(lapses=9)),
    CardNow("b/2/card", "b", "list", "Who?", "x; y", "TypeIn", "Items", False, False, None),
    CardNow("b/3/card", "b", "true-false", "So?", "true", "Choose", "", False, False, None),
    CardNow("b/4/card", "b", "basic", "Why?", "So.", "Reveal", "", False, False, None),
]
TESTS = tuple(QuizScore(TODAY - timedelta(days=ago), (), 3.0, 4) for ago in (9, 1))


def statistics(
    *entries: Entry, since: date | None = None, until: date | None = None, today: date = TODAY
) -> Statistics:
    tally = Tally(Scheduler(), since=since, until=until, meant=meant(CARDS), decode={"": CARRIED}.__getitem__)
    tally.add(entries)
    return reckon(
        Asked(today, since, until, 0.85, Curve(), 8),
        tally,
        CARDS,
        sources=[
            ("a/1/card", "report"),
            ("a/1/card", "report"),
            ("b/1/card", "memo"),
            ("b/1/card", "report"),
        ],
        people=[("a/1/card", "Ann"), ("a/1/card", "Bob"), ("b/1/card", "Bob"), ("b/9/card", "Eve")],
        quizzes=TESTS,
    )


def labels(parts: tuple[Accuracy, ...]) -> list[tuple[str, int, float]]:
    return [(part.label, part.answers, part.score) for part in parts]


def test_nothing_is_nothing() -> None:
    told = statistics()
    assert (told.today, told.first, told.days, told.total) == (TODAY, None, (), Accuracy("", 0, 0.0, 0))
    assert (told.done_today, told.streaks) == (Day(TODAY, 0, 0.0, 0), Streaks(0, 0))
    assert (told.decks, told.ratings, told.hours, told.calibration, told.desired) == ((), (), (), (), 0.85)
    assert told.retention == {"day": (), "week": (), "month": (), "year": ()}
    assert [fact.card for fact in told.leeches] == ["b/1/card"]


def test_scores_are_told_by_deck_type_source_and_person_and_gone_cards_in_all_alone() -> None:
    told = statistics(
        entry(3, card="b/1/card"),
        entry(1, card="b/1/card"),
        entry(3, card="a/1/card", score=0.5),
        entry(3, card="gone/1/card"),
    )
    assert told.total == Accuracy("", 4, 2.5, 4000)
    assert labels(told.decks) == [("a", 1, 0.5), ("b", 2, 1.0)]
    assert labels(told.types) == [("typed", 3, 1.5)]
    assert labels(told.sources) == [("report", 3, 1.5), ("memo", 2, 1.0)]
    assert labels(told.people) == [("Bob", 3, 1.5), ("Ann", 1, 0.5)]


def test_days_and_streaks_are_of_study_and_streaks_of_all_time() -> None:
    days = [TODAY - timedelta(days=ago) for ago in (5, 4, 3, 1, 0)]
    entries = [entry(3, day=day) for day in days] + [entry(3, day=days[0] - timedelta(days=1), mode="quiz")]
    told = statistics(*entries, since=days[3])
    assert [day.day for day in told.days] == days[3:]
    assert told.streaks == Streaks(2, 3)
    assert told.first == days[0] - timedelta(days=1)
    assert told.done_today == Day(TODAY, 1, 1.0, 1000)
    assert (told.total.answers, told.best_run) == (2, 2)
    assert [quiz.day for quiz in told.quizzes] == [TESTS[1].day]


def test_a_period_ends_with_its_last_day() -> None:
    told = statistics(until=TESTS[0].day)
    assert told.quizzes == TESTS[:1]
    assert statistics().quizzes == TESTS


def test_retention_is_told_by_day_week_month_and_year() -> None:
    days = [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2), date(2025, 1, 6)]
    entries = [entry(kind="carried", card=f"c/{place}/card") for place in range(4)]
    entries += [
        entry(rating, card=f"c/{place}/card", day=day)
        for place, (day, rating) in enumerate(zip(days, (3, 1, 4, 3), strict=True))
    ]
    told = statistics(*entries, entry(3, card="new/1/card", day=date(2023, 5, 5))).retention
    assert [(part.begins, part.mature, part.young.reviews) for part in told["week"]] == [
        (date(2024, 12, 30), Kept(3, 2), 0),
        (date(2025, 1, 6), Kept(1, 1), 0),
    ]
    assert [part.begins for part in told["day"]] == days
    assert [(part.begins, part.both) for part in told["month"]] == [
        (date(2024, 12, 1), Kept(2, 1)),
        (date(2025, 1, 1), Kept(2, 2)),
    ]
    assert [part.begins.year for part in told["year"]] == [2024, 2025]
    assert [part.both.share for part in told["year"]] == [0.5, 1.0]


def test_a_share_of_nothing_is_none() -> None:
    assert Kept(0, 0).share is None
    assert QuizScore(TODAY, (), 0.0, 0).share == 0.0
    assert TESTS[0].share == 0.75


def test_ratings_hours_and_confidence_are_told_where_there_are_any() -> None:
    told = statistics(entry(1, hour=23, confidence=1), entry(3, hour=7, confidence=3), entry(4, hour=23))
    assert [(part.label, part.counts) for part in told.ratings] == [("learning", (1, 0, 1, 1))]
    assert [tuple(part) for part in told.hours] == [(7, 1, 1), (23, 2, 1)]
    assert labels(told.calibration) == [("sure", 1, 1.0), ("guess", 1, 0.0)]


def test_confusions_are_of_one_answer_typed_or_chosen_and_told_from_twice_on() -> None:
    said = [
        ("a/1/card", "Minsk"),
        ("a/1/card", "minsk "),
        ("a/1/card", "the Minsk"),
        ("a/1/card", "Baku"),
        ("a/2/card", "Kyiv"),
        ("a/2/card", "Kyiv"),
        ("b/2/card", "z"),
        ("b/2/card", "z"),
        ("b/3/card", "false"),
        ("b/3/card", "false"),
        ("b/1/card", "baku"),
        ("b/1/card", "baku"),
    ]
    told = statistics(*(entry(1, card=card, response=text) for card, text in said))
    assert told.confusions == (Confusion("Minsk", "Yerevan", 3), Confusion("Kyiv", "Minsk", 2))


def test_not_all_confusions_are_told() -> None:
    said = [entry(1, card="a/1/card", response=f"City {place}") for place in range(50) for _ in range(2)]
    assert len(statistics(*said).confusions) == MOST_CONFUSIONS


@given(st.lists(st.tuples(st.sampled_from(CARDS), st.integers(1, 4), st.integers(0, 9)), max_size=20))
def test_parts_add_up_to_the_whole(answers: list[tuple[CardNow, int, int]]) -> None:
    told = statistics(
        *(entry(rating, card=card.id, day=TODAY - timedelta(days=ago)) for card, rating, ago in answers)
    )
    for parts in (told.decks, told.types):
        assert sum(part.answers for part in parts) == told.total.answers == len(answers)
        assert sum(part.milliseconds for part in parts) == told.total.milliseconds
    assert sum(day.reviews for day in told.days) == sum(hour.reviews for hour in told.hours) == len(answers)
    assert sum(sum(part.counts) for part in told.ratings) == len(answers)
    assert told.best_run <= len(answers)
