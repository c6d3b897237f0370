"""When a screen has come to rest: the pilot waits for that after each key and pause.

Textual's own pilot waits until the process uses little processor time. A process that is given none looks the
same, and what a screen is about to paint may come later than that.
"""

from __future__ import annotations

import asyncio

import textual.app
import textual.pilot
from textual.pilot import Pilot
from textual.screen import Screen

SOON = 0.02
"""Seconds: timers that ring within these are waited for."""

_STILL = 4
"""Turns of the event loop with nothing to do, after which nothing is left to do."""
_TURNS = 300
"""So many turns are waited for in any case: a busy machine makes few of them in a second."""
_ROUNDS = 8
"""So often is a screen painted that wants to be painted again each time."""


async def nothing_to_do(min_sleep: float = 0.0, max_sleep: float = 0.5) -> None:
    """Wait until the event loop has nothing to do and no timer rings soon; for `max_sleep` seconds or so."""
    loop = asyncio.get_running_loop()
    end, still, turns = loop.time() + max_sleep, 0, 0
    while still < _STILL and (turns < _TURNS or loop.time() < end):
        turns += 1
        now = loop.time()
        rings = [timer.when() for timer in loop._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        if rings and min(rings) < now + SOON:
            if now >= end:
                return
            await asyncio.sleep(max(0.0, min(rings) - now))
            still = 0
        else:
            await asyncio.sleep(0)
            still = 0 if loop._ready else still + 1  # type: ignore[attr-defined]


async def painted(pilot: Pilot[object], delay: float | None = None) -> None:
    """Wait until the screen is laid out and painted, and what follows from that is done."""
    if delay is not None:
        await asyncio.sleep(delay)
    for _ in range(_ROUNDS):
        await pilot._wait_for_screen()
        await nothing_to_do()
        is_left = pilot.app._exit or not pilot.app._screen_stack
        if is_left or not _is_owed(screen := pilot.app.screen):
            return
        screen._on_timer_update()


def _is_owed(screen: Screen[object]) -> bool:
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def press(pilot: Pilot[object], *keys: str) -> None:
    """Press keys, each once the one before is done."""
    for key in keys:
        await pilot.app._press_keys([key])
        await painted(pilot)


async def _not_yet(min_sleep: float = 0.0, max_sleep: float = 0.0) -> None:
    """In the middle of a key press: what follows waits for all of it."""


def settle() -> None:
    """Have the pilot wait for that."""
    textual.app.wait_for_idle = _not_yet  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = nothing_to_do  # type: ignore[attr-defined]
    Pilot.pause = painted  # type: ignore[method-assign, assignment]
    Pilot.press = press  # type: ignore[method-assign, assignment]
