"""Long work beside the screens: in a thread, with a bar and an estimate, and to be stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.core.progress import Advance, remaining
from trainer.core.visible import one_line
from trainer.errors import TrainerError
from trainer.tui.screens.base import Once
from trainer.tui.widgets.bars import progress_bar

_Result = TypeVar("_Result")

AFTER = 0.5
"""Seconds before anything is told."""

EVERY = 0.1
"""Seconds between two looks at how far it has come."""

_BAR = 24
_LEAST_BAR = 6


class StoppedError(Exception):
    """Nobody waits for this work any longer; raised in its thread, by what it tells its progress to."""


class Work(Generic[_Result]):
    """Something that takes long: `does` is done in a thread, and told where to report how far it is.

    It must not touch what is bound to the thread of the screens: neither widgets nor the collection's store.
    """

    def __init__(self, what: str, does: Callable[[Advance], _Result], *, clock: Callable[[], float]) -> None:
        self._what, self._does, self._clock = what, does, clock
        self._since = clock()
        self._done, self._total = 0, 0
        self.is_stopped = False

    async def result(self) -> _Result:
        """Do it and wait for it, while the screens go on.

        Raises StoppedError once it has stopped, and what it raises itself. It stops where nobody waits.
        """
        try:
            return await asyncio.to_thread(self._does, self._advance)
        except asyncio.CancelledError:
            self.stop()
            raise

    def stop(self) -> None:
        """End it at the next step."""
        self.is_stopped = True

    def line(self, width: int) -> Content:
        """How far it is, in a line of at most `width` cells; empty while it is not yet worth a word."""
        seconds = self._clock() - self._since
        if self.is_stopped:
            return Content("Stopping …").truncate(width)
        if seconds < AFTER:
            return Content.empty()
        done, total = self._done, self._total
        if total <= 0:
            return Content(f"{self._what} …").truncate(width, ellipsis=True)
        share = min(1.0, done / total)
        left = remaining(share, seconds)
        numbers = f"{round(100 * share):>3} %{f'  {left} left' if left else ''}"
        room = width - len(self._what) - len(numbers) - 4
        if room < _LEAST_BAR:
            return Content(f"{self._what} {numbers}").truncate(width, ellipsis=True)
        return Content.assemble(f"{self._what}  ", progress_bar(share, min(_BAR, room)), f"  {numbers}")

    def _advance(self, done: int, total: int) -> None:
        if self.is_stopped:
            raise StoppedError
        self._done, self._total = done, total


class WorkPanel(Once, ModalScreen["tuple[_Result] | None"], Generic[_Result]):
    """Work over a screen that has to wait for it: no key gets through but the one that stops it.

    Its result is what the work gave, in a tuple; None where it was stopped or failed, which is said.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "stop", show=False),
    ]
    DEFAULT_CSS = """
    WorkPanel { align: center middle; background: $background 0%; }
    WorkPanel Static {
        display: none; width: 64; max-width: 96%; height: auto;
        border: round $accent; padding: 0 1; background: $surface;
    }
    """

    def __init__(self, what: str, does: Callable[[Advance], _Result]) -> None:
        super().__init__()
        self._what, self._does = what, does
        self._has_ended = False
        self._result: tuple[_Result] | None = None

    def compose(self) -> ComposeResult:
        """A bar in a border, once it takes long."""
        box = Static(markup=False)
        box.border_subtitle = "escape stops it"
        yield box

    def on_mount(self) -> None:
        """Begin."""
        self._work = Work(self._what, self._does, clock=self.trainer.monotonic)
        self.set_interval(EVERY, self._show)
        self.run_worker(self._wait())

    def action_stop(self) -> None:
        """End the work at its next step."""
        self._work.stop()
        self._show()

    def _show(self) -> None:
        box = self.query_one(Static)
        line = self._work.line(max(10, min(64, self.app.size.width * 96 // 100) - 4))
        if line:
            box.display = True
            box.update(line)

    async def _wait(self) -> None:
        try:
            result = await self._work.result()
        except StoppedError:
            self._end(None)
        except TrainerError as error:
            self._end(None)
            text = f"{error}{f' ({error.hint})' if error.hint else ''}"
            self.app.notify(one_line(text), severity="error", markup=False)
        else:
            self._end((result,))

    def _end(self, result: tuple[_Result] | None) -> None:
        self._has_ended, self._result = True, result
        self.dismiss(result)

    def on_screen_resume(self) -> None:
        """What has ended while something stood over it, as the palette does, goes now."""
        if self._has_ended:
            self.dismiss(self._result)


async def working(
    app: App[None],
    what: str,
    does: Callable[[Advance], _Result],
    then: Callable[[_Result], object],
) -> None:
    """Do something long while the screen in front waits; `then` is given what it came to.

    Where it is stopped or fails, `then` is not called.
    """

    def take(done: tuple[_Result] | None) -> None:
        if done is not None:
            then(*done)

    panel: WorkPanel[_Result] = WorkPanel(what, does)
    await app.push_screen(panel, take)
