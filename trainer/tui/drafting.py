"""What a note comes to, found out beside the typing: a thread at a time, and only the latest is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from trainer.collection.authoring import Drafted, FieldProblem
from trainer.errors import TrainerError

PAUSE = 0.06
"""Seconds without a key before what was typed is looked at."""


class Drafting:
    """Looks at what is typed, once typing pauses; `tell` gets what the latest comes to, and nothing older."""

    def __init__(self, tell: Callable[[Drafted], None], *, pause: float = PAUSE) -> None:
        self._tell, self._pause = tell, pause
        self._wanted: Callable[[], Drafted] | None = None
        self._task: asyncio.Task[None] | None = None
        self._turn = 0

    def ask(self, draft: Callable[[], Drafted]) -> None:
        """Find out what a draft comes to, in place of whatever was asked before."""
        self._wanted = draft
        self._turn += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._go_on())

    def forget(self) -> None:
        """Tell nothing of what was asked."""
        self._wanted = None
        self._turn += 1

    async def settled(self) -> None:
        """Wait until the latest was told."""
        if self._task is not None:
            await self._task

    async def _go_on(self) -> None:
        while self._wanted is not None:
            turn = -1
            while turn != self._turn:  # A key within the pause begins it anew.
                turn = self._turn
                await asyncio.sleep(self._pause)
            draft, self._wanted = self._wanted, None
            if draft is None:
                return
            try:
                drafted = await asyncio.to_thread(_drafted, draft)
            except Exception:
                if turn == self._turn:  # Else the deck was written to meanwhile, and it is of no more use.
                    raise
            else:
                if turn == self._turn:
                    self._tell(drafted)


def _drafted(draft: Callable[[], Drafted]) -> Drafted:
    try:
        return draft()
    except TrainerError as error:
        return Drafted(problems=(FieldProblem("", "error", "undrafted", str(error), error.hint),))
