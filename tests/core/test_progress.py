from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.progress import bar, remaining, unseen


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
