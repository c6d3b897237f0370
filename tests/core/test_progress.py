from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.progress import bar, one_by_one, parts, remaining, unseen, unwatched


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0, "────"), (0.125, "╸───"), (0.5, "━━──"), (0.65, "━━╸─"), (1, "━━━━"), (7, "━━━━"), (-1, "────")],
)
def test_a_bar_is_filled_by_half_cells(share: float, drawn: str) -> None:
    assert bar(share, 4) == drawn


@given(st.floats(allow_nan=False), st.integers(0, 40))
def test_a_bar_is_as_wide_as_asked(share: float, width: int) -> None:
    assert len(bar(share, width)) == width


@pytest.mark.parametrize(
    ("share", "seconds", "told"),
    [(0, 5, ""), (1, 5, ""), (0.5, 8, "8 s"), (0.01, 1, "2 min"), (0.9, 90, "10 s")],
)
def test_the_time_left_is_told_at_the_pace_so_far(share: float, seconds: float, told: str) -> None:
    assert remaining(share, seconds) == told


def test_progress_that_nobody_looks_at_is_told_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    unseen(1, 2)
    assert capsys.readouterr() == ("", "")


def test_work_that_nobody_looks_at_is_told_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    with unwatched("Reading") as advance:
        advance(1, 2)
    assert capsys.readouterr() == ("", "")


def test_that_an_item_is_done_is_told_when_the_next_is_asked_for() -> None:
    told: list[tuple[int, int]] = []
    seen = [(item, *told) for item in one_by_one("abc", lambda *how_far: told.append(how_far))]
    assert seen == [("a",), ("b", (1, 3)), ("c", (1, 3), (2, 3))]
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("items", [1, 999, 1_000, 2_500, 12_345])
def test_of_very_many_items_a_thousand_steps_are_told_and_the_end(items: int) -> None:
    told: list[tuple[int, int]] = []
    assert list(one_by_one(range(items), lambda *how_far: told.append(how_far))) == list(range(items))
    assert len(told) <= 2_000 and told[-1] == (items, items)
    assert max(done for done, _ in told[:1]) <= max(1, items // 1_000)


def test_that_there_is_nothing_to_do_is_told() -> None:
    told: list[tuple[int, int]] = []
    assert list(one_by_one((), lambda *how_far: told.append(how_far))) == []
    assert told == [(0, 0)]


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=6), st.integers(0, 5))
def test_parts_of_work_come_to_the_whole_and_never_go_back(sizes: list[int], steps: int) -> None:
    told: list[tuple[int, int]] = []
    for part in parts(lambda *how_far: told.append(how_far), sizes):
        list(one_by_one(range(steps), part))
    assert told == sorted(told)
    assert len({total for _, total in told}) == 1
    assert told[-1][0] == told[-1][1] > 0


def test_a_part_takes_as_much_of_the_whole_as_its_size_says() -> None:
    told: list[float] = []
    short, long = parts(lambda done, total: told.append(done / total), (1, 3))
    short(1, 2)
    long(0, 5)
    long(5, 10)
    assert told == [0.125, 0.25, 0.625]


def test_parts_of_work_that_nobody_looks_at_cost_nothing() -> None:
    assert parts(unseen, (1, 2)) == [unseen, unseen]
