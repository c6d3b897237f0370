"""Long work beside the screens."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator

import pytest
from desk import Desk, seen

from trainer.core.progress import Advance
from trainer.errors import NotSavedError
from trainer.tui.palette import Palette
from trainer.tui.screens.home import HomeScreen
from trainer.tui.screens.working import StoppedError, Work, WorkPanel, working


class Labour:
    """Work that comes to a point and goes on from there when it is let."""

    def __init__(self, *, ends_with: Exception | None = None) -> None:
        self.is_there, self.may_go_on, self.has_ended = (threading.Event() for _ in range(3))
        self.was_stopped = False
        self._error = ends_with

    def __call__(self, advance: Advance) -> str:
        try:
            advance(43, 100)
            self.is_there.set()
            self.may_go_on.wait(5)
            advance(44, 100)
            if self._error is not None:
                raise self._error
        except StoppedError:
            self.was_stopped = True
            raise
        finally:
            self.has_ended.set()
        return "all of it"


@pytest.fixture
def labour() -> Iterator[Labour]:
    """It ends with the test, however that went."""
    made = Labour()
    yield made
    made.may_go_on.set()


def clock_of(*times: float) -> Callable[[], float]:
    """A clock that shows these times, one a look."""
    left = iter(times)
    return lambda: next(left)


async def test_work_in_a_thread_gives_its_result_and_tells_how_far_it_is(labour: Labour) -> None:
    work = Work("Counting", labour, clock=clock_of(0, 10.0, 10.0, 10.0))
    result = asyncio.ensure_future(work.result())
    await asyncio.to_thread(labour.is_there.wait)
    assert work.line(60).plain == "Counting  ━━━━━━━━━━╸─────────────   43 %  13 s left"
    assert work.line(36).plain == "Counting  ━━━╸────   43 %  13 s left"
    assert work.line(27).plain == "Counting  43 %  13 s left"
    labour.may_go_on.set()
    assert await result == "all of it"


async def test_nothing_is_told_of_short_work() -> None:
    work = Work("Counting", lambda advance: advance(1, 2), clock=clock_of(0, 0.4, 0.6))
    assert not work.line(60)
    assert work.line(60).plain == "Counting …"


async def test_what_is_stopped_ends_at_its_next_step(labour: Labour) -> None:
    work = Work("Counting", labour, clock=clock_of(0, 1.0))
    result = asyncio.ensure_future(work.result())
    await asyncio.to_thread(labour.is_there.wait)
    work.stop()
    assert work.line(60).plain == "Stopping …"
    labour.may_go_on.set()
    with pytest.raises(StoppedError):
        await result


async def test_work_that_nobody_waits_for_any_more_stops(labour: Labour) -> None:
    work = Work("Counting", labour, clock=clock_of(0))
    result = asyncio.ensure_future(work.result())
    await asyncio.to_thread(labour.is_there.wait)
    result.cancel()
    with pytest.raises(asyncio.CancelledError):
        await result
    labour.may_go_on.set()
    await asyncio.to_thread(labour.has_ended.wait)
    assert labour.was_stopped


async def test_the_panel_shows_a_bar_and_hands_over_the_result(desk: Desk, labour: Labour) -> None:
    app, done = desk.home(), list[str]()
    async with app.run_test(size=(60, 15)) as pilot:
        await working(app, "Counting", labour, done.append)
        shown = await seen(pilot, "43 %")
        assert "Counting  ━" in shown and "escape stops it" in shown
        await pilot.press("enter", "q")
        assert isinstance(app.screen, WorkPanel)
        labour.may_go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert done == ["all of it"]
        assert isinstance(app.screen, HomeScreen)


async def test_escape_stops_it_and_nothing_is_handed_over(desk: Desk, labour: Labour) -> None:
    app, done = desk.home(), list[str]()
    async with app.run_test(size=(60, 15)) as pilot:
        await working(app, "Counting", labour, done.append)
        await asyncio.to_thread(labour.is_there.wait)
        await pilot.press("escape")
        await seen(pilot, "Stopping …")
        labour.may_go_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert labour.was_stopped and not done


async def test_what_goes_wrong_is_told_in_a_line(desk: Desk) -> None:
    labour = Labour(ends_with=NotSavedError("out.html cannot be written: the disk is full", hint="/out"))
    labour.may_go_on.set()
    app, done = desk.home(), list[str]()
    async with app.run_test(size=(60, 15)) as pilot:
        await working(app, "Counting", labour, done.append)
        await app.workers.wait_for_complete()
        await pilot.pause()
        (notice,) = app._notifications
        assert notice.message == "out.html cannot be written: the disk is full (/out)"
        assert isinstance(app.screen, HomeScreen) and not done


async def test_quitting_stops_it(desk: Desk, labour: Labour) -> None:
    app = desk.home()
    async with app.run_test(size=(60, 15)) as pilot:
        await working(app, "Counting", labour, lambda done: None)
        await asyncio.to_thread(labour.is_there.wait)
        await pilot.press("ctrl+q")
    labour.may_go_on.set()
    await asyncio.to_thread(labour.has_ended.wait)
    assert labour.was_stopped


async def test_work_that_ends_while_something_stands_over_it_goes_once_that_has_gone(
    desk: Desk, labour: Labour
) -> None:
    app, done = desk.home(), list[str]()
    async with app.run_test(size=(60, 15)) as pilot:
        await working(app, "Counting", labour, done.append)
        await asyncio.to_thread(labour.is_there.wait)
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        labour.may_go_on.set()
        await asyncio.to_thread(labour.has_ended.wait)
        await pilot.pause()
        assert isinstance(app.screen, Palette) and not done
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert done == ["all of it"]
