"""How far long work has come."""

from __future__ import annotations

from collections.abc import Callable

Advance = Callable[[int, int], None]
"""Is told how much of how much is done, often enough to draw a bar: `advance(done, total)`.

It may raise, and so end the work: whoever works leaves nothing half done then.
"""


def unseen(done: int, total: int) -> None:
    """Progress that nobody looks at."""


def bar(share: float, width: int) -> str:
    """A bar of `width` cells, filled by half cells; `share` from 0 to 1."""
    halves = round(max(0.0, min(1.0, share)) * width * 2)
    full, half = divmod(halves, 2)
    return "━" * full + "╸" * half + "─" * (width - full - half)


def remaining(share: float, seconds: float) -> str:
    """How long work still takes, at its pace so far: `8 s`, `2 min`; nothing where that is not known."""
    if share <= 0 or share >= 1:
        return ""
    left = seconds * (1 - share) / share
    return f"{round(left)} s" if left < 99 else f"{round(left / 60)} min"
