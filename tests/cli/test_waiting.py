"""What a terminal is told while something takes long."""

from __future__ import annotations

import io
from threading import Event
from types import SimpleNamespace

import pytest

from trainer.cli.waiting import under_way

LONG = 60


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
