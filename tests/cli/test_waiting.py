"""What a terminal is told while something takes long."""

from __future__ import annotations

import io
import os
import re
from threading import Event
from types import SimpleNamespace

import pytest

from trainer.cli.waiting import under_way

LONG = 60
TAKEN_BACK = "\r\x1b[K"


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Screen(io.StringIO):
    """A terminal that knows when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """What the module takes for its stderr; that of the process is the test runner's."""
    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    monkeypatch.setattr("trainer.cli.waiting.sys", SimpleNamespace(stderr=screen))
    return screen


def test_what_takes_long_is_told_and_taken_back(screen: Screen) -> None:
    with under_way("Reading", after=0):
        assert screen.written.wait(LONG)
        assert screen.getvalue().startswith("Reading")
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_failure_takes_back_what_was_told(screen: Screen) -> None:
    with pytest.raises(ValueError, match="no"), under_way("Reading", after=0):
        assert screen.written.wait(LONG)
        raise ValueError("no")
    assert screen.getvalue().endswith("\r\x1b[K")


def test_what_is_done_at_once_is_not_told(screen: Screen) -> None:
    with under_way("Reading", after=LONG):
        pass
    assert not screen.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_nothing_is_told_where_no_terminal_listens(
    stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.cli.waiting.sys", SimpleNamespace(stderr=stream))
    with under_way("Reading", after=0):
        pass
    assert stream is None or not stream.getvalue()


@pytest.fixture
def width(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How wide the terminal is: the last of these numbers."""
    widths = [80]
    monkeypatch.setattr(Screen, "fileno", lambda screen: 2)
    monkeypatch.setattr(os, "get_terminal_size", lambda handle: os.terminal_size((widths[-1], 24)))
    return widths


@pytest.fixture
def clock() -> Clock:
    return Clock()


def lines(screen: Screen) -> list[str]:
    """What stood on the line, one after the other."""
    return [line for line in screen.getvalue().split(TAKEN_BACK) if line]


def test_how_far_it_is_and_how_long_it_takes_is_told_after_a_second(
    screen: Screen, clock: Clock, width: list[int]
) -> None:
    with under_way("Reading", clock=clock, after=LONG) as advance:
        advance(1, 4)
        assert not screen.getvalue()
        clock.seconds = LONG
        advance(2, 4)
    assert lines(screen) == ["Reading  ━━━━━━━━━━━━────────────   50%  60 s left"]
    assert screen.getvalue().endswith(TAKEN_BACK)


def test_it_is_told_ten_times_a_second_at_most(screen: Screen, clock: Clock, width: list[int]) -> None:
    with under_way("Reading", clock=clock, after=0) as advance:
        for done in range(1, 1_001):
            clock.seconds = done / 1_000
            advance(done, 1_000)
    assert 9 <= len([line for line in lines(screen) if "%" in line]) <= 11


def test_what_is_of_no_size_shows_no_bar(screen: Screen, clock: Clock, width: list[int]) -> None:
    with under_way("Reading", clock=clock, after=LONG) as advance:
        clock.seconds = LONG
        advance(0, 0)
    assert not screen.getvalue()


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (80, "Reading the decks  ━━━━━━━━━━━━────────────   50%  60 s left"),
        (44, "Reading the decks  ━━━╸───   50%  60 s left"),
        (40, "Reading the decks   50%  60 s left"),
        (20, "Reading the decks …"),
        (2, "R…"),
    ],
)
def test_the_line_fits_into_a_narrow_terminal(
    screen: Screen, clock: Clock, width: list[int], columns: int, told: str
) -> None:
    width.append(columns)
    with under_way("Reading the decks", clock=clock, after=LONG) as advance:
        clock.seconds = LONG
        advance(1, 2)
    assert len(lines(screen)[0]) < max(3, columns)
    assert lines(screen) == [told]


def test_a_terminal_that_does_not_say_how_wide_it_is_gets_a_bar_too(screen: Screen, clock: Clock) -> None:
    with under_way("Reading", clock=clock, after=0) as advance:
        clock.seconds = 1.0
        advance(1, 2)
    assert re.search("━+─+ +50%", screen.getvalue())


def test_what_is_broken_off_leaves_no_line(screen: Screen, clock: Clock, width: list[int]) -> None:
    with pytest.raises(KeyboardInterrupt), under_way("Reading", clock=clock, after=0) as advance:
        clock.seconds = 1.0
        advance(1, 2)
        raise KeyboardInterrupt
    assert screen.getvalue().endswith(TAKEN_BACK)
