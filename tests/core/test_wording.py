from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories import TODAY, make_moment, make_source

from trainer.core.deck import Citation
from trainer.core.review import Rating
from trainer.core.scheduling import Scheduler
from trainer.core.wording import capital, cited_sources, duration, entries, plural, short_date, some_of, wait

NOW = make_moment()
STATE = Scheduler().after(None, Rating.EASY, card="card", moment=NOW)


def test_dates_are_written_with_the_month_in_letters() -> None:
    assert short_date(date(2024, 6, 3)) == "3 Jun 2024"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-60, "1m"),
        (0, "1m"),
        (60, "1m"),
        (600, "10m"),
        (3540, "59m"),
        (3600, "1h"),
        (9000, "2h"),
        (86_400, "24h"),
    ],
)
def test_a_wait_within_the_steps_is_in_minutes_or_hours(seconds: int, words: str) -> None:
    assert wait(STATE._replace(due_at=NOW.at + seconds * 1000), NOW) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-5, "0d"),
        (0, "0d"),
        (1, "1d"),
        (30, "30d"),
        (31, "1.0mo"),
        (64, "2.1mo"),
        (365, "1.0y"),
        (548, "1.5y"),
    ],
)
def test_a_wait_of_days_is_in_the_largest_unit_that_fits(days: int, words: str) -> None:
    assert wait(STATE._replace(due_day=TODAY + timedelta(days=days)), NOW) == words


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (0, "0 s"),
        (48_400, "48 s"),
        (59_499, "59 s"),
        (59_500, "1 min"),
        (372_000, "6 min 12 s"),
        (3_600_000, "1 h 0 min"),
        (3_840_000, "1 h 4 min"),
    ],
)
def test_a_duration_is_written_in_two_units(milliseconds: int, words: str) -> None:
    assert duration(milliseconds) == words


def test_a_citation_names_what_is_known_of_the_source() -> None:
    known = make_source(title="Freeze", publisher="Civilnet", author="A. Writer", published="2024-06-13")
    assert cited_sources([Citation(source=known, paragraph=7)]) == ["Freeze, Civilnet, 13 June 2024, ¶ 7"]
    by_author = make_source(title="Freeze", author="A. Writer")
    assert cited_sources([Citation(source=by_author)]) == ["Freeze, A. Writer"]
    assert cited_sources([Citation(source=make_source(title="Freeze"))]) == ["Freeze"]


def test_the_paragraphs_of_one_source_stand_on_one_line() -> None:
    one, other = make_source("a", title="A"), make_source("b", title="B")
    cited = [Citation(source=one, paragraph=4), Citation(source=other), Citation(source=one, paragraph=2)]
    assert cited_sources(cited) == ["A, ¶ 2, 4", "B"]
    assert cited_sources([]) == []


def test_a_count_has_its_plural() -> None:
    assert [plural(count, "card") for count in (0, 1, 2)] == ["0 cards", "1 card", "2 cards"]


def test_a_sentence_begins_with_a_capital_and_keeps_the_rest() -> None:
    assert (capital("the CSTO"), capital("1 May"), capital("")) == ("The CSTO", "1 May", "")


def test_of_many_names_a_few_are_told_and_those_that_are_near_first() -> None:
    names = [f"deck-{number}" for number in range(200)] + ["ambassadors"]
    told = some_of(names, near="ambasadors").split(", ")
    assert (told[0], told[-1], len(told)) == ("ambassadors", "…", 7)
    assert some_of(["a", "b", "a"], near="c") == "a, b"


def test_entries_are_counted_with_commas() -> None:
    assert [entries(count) for count in (0, 1, 2000)] == ["0 entries", "1 entry", "2,000 entries"]
